import { Anchor } from "@mantine/core";
import type { FormEvent } from "react";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { ApiKeyField, EmailField, type FieldsProps, NewPasswordField, PortalField, TokenField, useFields } from "./fields";
import classes from "./sign-in.module.css";
import { StepButtons } from "./step-buttons";

interface ForgottenFormProps extends FieldsProps {
  onSubmit: () => void;
  onHasCode: () => void;
  onBack: () => void;
}

/** Has a code mailed. An agent whose mail came while the desk was closed goes on without another one. */
export function ForgottenForm({ onSubmit, onHasCode, onBack, ...fields }: ForgottenFormProps) {
  const { problem, pending } = fields;
  const { form, field, complete } = useFields(fields);
  const known = () => complete("portal", "apiKey", "email");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (known()) {
      onSubmit();
    }
  };

  return (
    <form ref={form} className={classes["form"]} onSubmit={submit} noValidate aria-label="Forgot your password?">
      <p className={classes["lead"]}>The portal mails you a code for a new password.</p>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <PortalField field={field("portal")} focus />
      <ApiKeyField field={field("apiKey")} />
      <EmailField field={field("email")} />
      <StepButtons testId="send-code" backTestId="forgotten-back" pending={pending} onBack={onBack}>
        Mail me a code
      </StepButtons>
      <Hint shortcut="dialogOther" label="Type the code that was mailed">
        <Anchor
          component="button"
          type="button"
          className={classes["link"]}
          onClick={() => {
            if (known()) {
              onHasCode();
            }
          }}
          disabled={pending}
          data-testid="has-code"
        >
          I have a code already
        </Anchor>
      </Hint>
    </form>
  );
}

interface NewPasswordFormProps extends FieldsProps {
  /** The portal's words about the mail; `null` when none was asked for just now. */
  mailed: string | null;
  onSubmit: () => void;
  onBack: () => void;
}

/** The code of the mail and the new password. */
export function NewPasswordForm({ mailed, onSubmit, onBack, ...fields }: NewPasswordFormProps) {
  const { typed, problem, pending } = fields;
  const { form, field, complete } = useFields(fields);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete("token", "newPassword")) {
      onSubmit();
    }
  };

  return (
    <form ref={form} className={classes["form"]} onSubmit={submit} noValidate aria-label="Choose a new password">
      {mailed !== null && !problem ? (
        <Notice kind="info" title="Check your mail" alert testId="mailed">
          <p>{mailed || "The portal was asked to mail you a code."}</p>
        </Notice>
      ) : null}
      {problem ? <ProblemNotice problem={problem} /> : null}
      <p className={classes["lead"]}>
        For the account <strong>{typed.email.trim()}</strong>.
      </p>
      <TokenField field={field("token")} focus />
      <NewPasswordField field={field("newPassword")} />
      <StepButtons testId="set-password" backTestId="new-password-back" pending={pending} onBack={onBack}>
        Set the new password
      </StepButtons>
    </form>
  );
}
