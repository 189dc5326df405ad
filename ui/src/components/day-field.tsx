import { TextInput } from "@mantine/core";
import { useState } from "react";
import { parseDay } from "../lib/days";
import { date } from "../lib/format";

interface DayFieldProps {
  label: string;
  description?: string;
  /** ISO date, or `null` while the field holds none. */
  value: string | null;
  /** Hears the day, and whether the text can stand as it is: of an optional field none is right, and half a day is not. */
  onChange: (value: string | null, stands: boolean) => void;
  /** The last day that it can be, ISO. */
  latest?: string;
  earliest?: string;
  /** It may stay empty. */
  optional?: boolean;
  error?: string | undefined;
  testId: string;
  size?: "xs" | "sm";
  /** What stands around it names it already, for those who see it. */
  bare?: boolean;
}

/** A day typed as it is written here: month, day, year. */
export function DayField({ label, description, value, onChange, latest, earliest, optional = false, error, testId, size = "sm", bare = false }: DayFieldProps) {
  const [text, setText] = useState(value ? date(value) : "");
  const fault = dayFault(text, optional, earliest, latest);
  return (
    <TextInput
      {...(bare ? { "aria-label": label } : { label })}
      description={description}
      placeholder="MM/DD/YYYY"
      inputMode="numeric"
      autoComplete="off"
      size={size}
      value={text}
      error={fault ?? error}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const stands = dayFault(typed, optional, earliest, latest) === null;
        onChange(stands ? parseDay(typed) : null, stands);
      }}
      data-testid={testId}
    />
  );
}

/** Why a text cannot be the day; `null` when it can. */
export function dayFault(text: string, optional: boolean, earliest?: string, latest?: string): string | null {
  if (text.trim() === "") {
    return optional ? null : "Enter a day.";
  }
  const day = parseDay(text);
  if (day === null) {
    return "Write the day as MM/DD/YYYY.";
  }
  if (latest && day > latest) {
    return `Not after ${date(latest)}.`;
  }
  return earliest && day < earliest ? `Not before ${date(earliest)}.` : null;
}
