import { PasswordInput, TextInput } from "@mantine/core";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Problem } from "../../host/bindings";
import { fieldMessage } from "../../lib/problem";

/** What an agent types on the way in. It lives in the memory of the forms, and only until the desk is open. */
export interface Typed {
  portal: string;
  email: string;
  password: string;
  apiKey: string;
  /** Of the mail to those who forgot their password. */
  token: string;
  newPassword: string;
}

export const NOTHING_TYPED: Typed = { portal: "", email: "", password: "", apiKey: "", token: "", newPassword: "" };

/** What an empty field asks for, and how desk and portal spell the field. */
const FIELDS: Record<keyof Typed, { missing: string; spellings: readonly string[] }> = {
  portal: {
    missing: "Enter the portal's address, as your administrator gave it to you.",
    spellings: ["portal", "base_url"],
  },
  email: { missing: "Enter the e-mail of your portal account.", spellings: ["email"] },
  password: { missing: "Enter your password.", spellings: ["password"] },
  apiKey: { missing: "Enter the company's API key.", spellings: ["apiKey", "api_key", "x-api-key"] },
  token: { missing: "Enter the code from the mail.", spellings: ["token"] },
  newPassword: { missing: "Enter a new password.", spellings: ["password", "password_confirmation"] },
};

export interface FieldsProps {
  typed: Typed;
  onType: (part: Partial<Typed>) => void;
  problem: Problem | null;
  pending: boolean;
}

interface Field {
  name: keyof Typed;
  value: string;
  disabled: boolean;
  error: string | undefined;
  "aria-invalid": boolean;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

interface Fields {
  form: RefObject<HTMLFormElement | null>;
  field: (name: keyof Typed) => Field;
  /** Whether all of these are filled in. Those that are not say so, and the first takes the focus. */
  complete: (...names: (keyof Typed)[]) => boolean;
}

/** The fields of one form: what is missing, what the portal says of each, and where the focus goes then. */
export function useFields({ typed, onType, problem, pending }: FieldsProps): Fields {
  const form = useRef<HTMLFormElement>(null);
  const pressed = useRef<Element | null>(null);
  const [missing, setMissing] = useState<ReadonlySet<keyof Typed>>(new Set());

  // Fields lose the focus while the portal is asked: it comes back to the first that is wrong, or to where it was.
  useEffect(() => {
    const back = problem ? (form.current?.querySelector('input[aria-invalid="true"]') ?? pressed.current) : null;
    if (back instanceof HTMLElement) {
      back.focus();
    }
  }, [problem]);

  return {
    form,
    field: (name) => {
      const error = missing.has(name) ? FIELDS[name].missing : fieldMessage(problem, ...FIELDS[name].spellings);
      return {
        name,
        value: typed[name],
        disabled: pending,
        error,
        // Mantine says it of the frame around a password, which nobody hears.
        "aria-invalid": error !== undefined,
        onChange: ({ currentTarget: { value } }) => {
          onType({ [name]: value });
          setMissing((before) => new Set([...before].filter((one) => one !== name)));
        },
      };
    },
    complete: (...names) => {
      const empty = names.filter((name) => typed[name].trim() === "");
      setMissing(new Set(empty));
      pressed.current = document.activeElement;
      form.current?.querySelector<HTMLInputElement>(`input[name="${empty[0]}"]`)?.focus();
      return empty.length === 0;
    },
  };
}

interface FieldProps {
  field: Field;
  /** Takes the focus when its form opens. */
  focus?: boolean;
}

function focused(focus: boolean) {
  // React focuses a form that opens in its place, and a dialog that opens around it goes by the attribute.
  return focus ? { autoFocus: true, "data-autofocus": true } : {};
}

export function PortalField({ field, focus = false }: FieldProps) {
  return (
    <TextInput
      {...field}
      {...focused(focus)}
      label="Portal address"
      placeholder="https://portal.example.com/api"
      type="url"
      autoComplete="off"
      spellCheck={false}
      data-testid="portal-address"
    />
  );
}

export function EmailField({ field, focus = false }: FieldProps) {
  return (
    <TextInput
      {...field}
      {...focused(focus)}
      label="E-mail"
      type="email"
      autoComplete="off"
      spellCheck={false}
      data-testid="email"
    />
  );
}

export function PasswordField({ field, focus = false }: FieldProps) {
  return (
    <PasswordInput {...field} {...focused(focus)} label="Password" autoComplete="off" data-testid="password" />
  );
}

export function ApiKeyField({ field, focus = false }: FieldProps) {
  return (
    <PasswordInput
      {...field}
      {...focused(focus)}
      label="API key"
      description="The company's key for the portal. Your administrator has it."
      autoComplete="off"
      data-testid="api-key"
    />
  );
}

export function TokenField({ field, focus = false }: FieldProps) {
  return (
    <TextInput
      {...field}
      {...focused(focus)}
      label="Code from the mail"
      autoComplete="off"
      spellCheck={false}
      data-testid="reset-code"
    />
  );
}

export function NewPasswordField({ field, focus = false }: FieldProps) {
  return (
    <PasswordInput
      {...field}
      {...focused(focus)}
      label="New password"
      autoComplete="new-password"
      data-testid="new-password"
    />
  );
}
