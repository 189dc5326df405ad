import { Anchor, Button } from "@mantine/core";
import type { FormEvent } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { ApiKeyField, EmailField, type FieldsProps, PasswordField, PortalField, useFields } from "./fields";
import classes from "./sign-in.module.css";

interface SignInFormProps extends FieldsProps {
  /** Over the problem's own words, where its usual title would mislead. */
  problemTitle?: string | undefined;
  onSubmit: () => void;
  onForgotten: () => void;
  /** `null` where the deployment did not set it up. */
  microsoft: { onSignIn: () => void; focus: boolean } | null;
}

/** Portal address, account and API key; Microsoft's page needs only the address and the key. */
export function SignInForm({ problemTitle, onSubmit, onForgotten, microsoft, ...fields }: SignInFormProps) {
  const { typed, problem, pending } = fields;
  const { form, field, complete } = useFields(fields);
  const first = microsoft?.focus ? null : typed.portal === "" ? "portal" : typed.email === "" ? "email" : "password";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete("portal", "email", "password", "apiKey")) {
      onSubmit();
    }
  };

  return (
    <form ref={form} className={classes["form"]} onSubmit={submit} noValidate aria-label="Sign in">
      {problem ? <ProblemNotice problem={problem} title={problemTitle} /> : null}
      <PortalField field={field("portal")} focus={first === "portal"} />
      <EmailField field={field("email")} focus={first === "email"} />
      <div className={classes["password"]}>
        <PasswordField field={field("password")} focus={first === "password"} />
        <Hint shortcut="dialogOther" label="Have a code mailed for a new password">
          <Anchor
            component="button"
            type="button"
            className={classes["link"]}
            onClick={onForgotten}
            disabled={pending}
            data-testid="forgot-password"
          >
            Forgot your password?
          </Anchor>
        </Hint>
      </div>
      <ApiKeyField field={field("apiKey")} />
      <div className={classes["buttons"]}>
        <Hint shortcut="dialogDo">
          <Button type="submit" size="md" loading={pending} data-testid="sign-in-button" flex={1}>
            Sign in
          </Button>
        </Hint>
        {microsoft ? (
          <Hint shortcut="signInMicrosoft">
            <Button
              variant="default"
              size="md"
              leftSection={<MicrosoftMark />}
              onClick={() => {
                if (complete("portal", "apiKey")) {
                  microsoft.onSignIn();
                }
              }}
              disabled={pending}
              autoFocus={microsoft.focus}
              data-testid="microsoft-button"
            >
              Sign in with Microsoft
            </Button>
          </Hint>
        ) : null}
      </div>
    </form>
  );
}

/** The mark by which people know Microsoft's sign-in, in its own colours. */
function MicrosoftMark() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path fill="#f25022" d="M0 0h7.6v7.6H0z" />
      <path fill="#7fba00" d="M8.4 0H16v7.6H8.4z" />
      <path fill="#00a4ef" d="M0 8.4h7.6V16H0z" />
      <path fill="#ffb900" d="M8.4 8.4H16V16H8.4z" />
    </svg>
  );
}
