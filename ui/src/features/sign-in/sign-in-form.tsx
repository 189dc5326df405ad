import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem } from "../../host/bindings";
import { keysOf } from "../../lib/keys-of";
import { fieldMessage } from "../../lib/problem";
import classes from "./sign-in.module.css";

export interface Credentials {
  portal: string;
  email: string;
  password: string;
  apiKey: string;
}

interface SignInFormProps {
  initial: Pick<Credentials, "portal" | "email">;
  problem: Problem | null;
  pending: boolean;
  onSubmit: (credentials: Credentials) => void;
}

const MISSING: Record<keyof Credentials, string> = {
  portal: "Enter the portal's address, as your administrator gave it to you.",
  email: "Enter the e-mail of your portal account.",
  password: "Enter your password.",
  apiKey: "Enter the company's API key.",
};

/** Portal address, account and API key. Secrets live in this form's memory only. */
export function SignInForm({ initial, problem, pending, onSubmit }: SignInFormProps) {
  const [values, setValues] = useState<Credentials>({ ...initial, password: "", apiKey: "" });
  const [missing, setMissing] = useState<ReadonlySet<keyof Credentials>>(new Set());

  const field = (name: keyof Credentials, ...spellings: string[]) => ({
    value: values[name],
    disabled: pending,
    error: missing.has(name) ? MISSING[name] : fieldMessage(problem, name, ...spellings),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
      setMissing((before) => new Set([...before].filter((one) => one !== name)));
    },
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const empty = keysOf(MISSING).filter((name) => values[name].trim() === "");
    setMissing(new Set(empty));
    const first = empty[0];
    if (first) {
      event.currentTarget.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus();
      return;
    }
    onSubmit({ ...values, portal: values.portal.trim(), email: values.email.trim(), apiKey: values.apiKey.trim() });
  };

  return (
    <form className={classes["form"]} onSubmit={submit} noValidate aria-label="Sign in">
      {problem ? <ProblemNotice problem={problem} /> : null}
      <TextInput
        {...field("portal", "base_url")}
        name="portal"
        label="Portal address"
        placeholder="https://portal.example.com/api"
        type="url"
        autoComplete="off"
        spellCheck={false}
        autoFocus={initial.portal === ""}
        data-testid="portal-address"
      />
      <TextInput
        {...field("email")}
        name="email"
        label="E-mail"
        type="email"
        autoComplete="off"
        spellCheck={false}
        data-testid="email"
      />
      <PasswordInput
        {...field("password")}
        name="password"
        label="Password"
        autoComplete="off"
        autoFocus={initial.portal !== ""}
        data-testid="password"
      />
      <PasswordInput
        {...field("apiKey", "api_key", "x-api-key")}
        name="apiKey"
        label="API key"
        description="The company's key for the portal. Your administrator has it."
        autoComplete="off"
        data-testid="api-key"
      />
      <Button type="submit" size="md" loading={pending} data-testid="sign-in-button">
        Sign in
      </Button>
    </form>
  );
}
