import type { ChangeEventHandler } from "react";
import classes from "./tick.module.css";

interface TickProps {
  checked: boolean;
  disabled?: boolean;
  onChange: ChangeEventHandler<HTMLInputElement>;
  label: string;
}

/** The box of a row that can be chosen. A long list has hundreds, so it is the browser's own; Space on the row does the same. */
export function Tick({ checked, disabled, onChange, label }: TickProps) {
  return (
    <input
      type="checkbox"
      className={classes["tick"]}
      checked={checked}
      disabled={disabled}
      onChange={onChange}
      // The row has a press of its own.
      onClick={(event) => event.stopPropagation()}
      tabIndex={-1}
      aria-label={label}
    />
  );
}
