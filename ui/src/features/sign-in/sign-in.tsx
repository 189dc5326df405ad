import { Button } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useRef, useState } from "react";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem } from "../../host/bindings";
import { BrowserWait } from "./browser-wait";
import { NOTHING_TYPED, type Typed } from "./fields";
import { ForgottenForm, NewPasswordForm } from "./forgotten-password";
import { PassphraseForm } from "./passphrase-form";
import { useCommand, useSessionCommand, useSignInOptions } from "./session";
import { SignInForm } from "./sign-in-form";
import classes from "./sign-in.module.css";

/** Typed once, offered again until the window closes. */
export type Remembered = Pick<Typed, "portal" | "email">;

/** Where an agent is on the way in. Whoever draws the frame around it knows, for its heading and its Escape key. */
export type Step = "sign-in" | "browser" | "passphrase" | "forgotten" | "new-password";

/** What each step is called, where it is not what it is called around it. */
export const STEP_TITLES: Partial<Record<Step, string>> = {
  browser: "Sign in with Microsoft",
  forgotten: "Forgot your password?",
  "new-password": "Choose a new password",
};

interface SignInProps {
  remembered: Remembered;
  onRemember: (remembered: Remembered) => void;
  step: Step;
  onStep: (step: Step) => void;
  onSignedIn?: () => void;
  /** Offers the practice desk as well. */
  practice?: boolean;
}

/** The ways into a portal, and back in for those who forgot their password. */
export function SignIn(props: SignInProps) {
  const options = useSignInOptions();
  if (options.error) {
    return <ProblemNotice problem={options.error} onRetry={() => void options.refetch()} retrying={options.isFetching} />;
  }
  if (!options.data) {
    return null;
  }
  const { portal, azure } = options.data;
  const { remembered } = props;
  return <Steps {...props} remembered={{ ...remembered, portal: remembered.portal || (portal ?? "") }} azure={azure} />;
}

type Way = "portal" | "azure" | "practice";

function Steps({ remembered, onRemember, step, onStep, onSignedIn, practice = false, azure }: SignInProps & { azure: boolean }) {
  const ways = {
    portal: useSessionCommand("session_sign_in"),
    azure: useSessionCommand("session_sign_in_azure"),
    practice: useSessionCommand("session_practice"),
  };
  const stop = useCommand("session_cancel_azure");
  const forgotten = useCommand("password_forgotten");
  const reset = useCommand("password_reset");
  const [typed, setTyped] = useState<Typed>({ ...NOTHING_TYPED, ...remembered });
  const [way, setWay] = useState<Way>("portal");
  const [changed, setChanged] = useState<string | null>(null);
  const stopped = useRef(false);
  const entering = ways.portal.isPending || ways.azure.isPending || ways.practice.isPending;

  const onType = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const portal = typed.portal.trim();
  const email = typed.email.trim();
  const apiKey = typed.apiKey.trim();

  const enter = (next: Way, passphrase: string | null) => {
    for (const one of [...Object.values(ways), stop]) {
      one.reset();
    }
    setWay(next);
    setChanged(null);
    stopped.current = false;
    const then = {
      ...(onSignedIn ? { onSuccess: onSignedIn } : {}),
      onError: ({ code }: Problem) => {
        // Who stops it themselves need not be told.
        if (code === "cancelled" && stopped.current) {
          ways.azure.reset();
        }
        onStep(code === "keychain_unavailable" || code === "weak_passphrase" ? "passphrase" : "sign-in");
      },
    };
    switch (next) {
      case "portal":
        onRemember({ portal, email });
        ways.portal.mutate({ portal, email, password: typed.password, apiKey, passphrase }, then);
        break;
      case "azure":
        onRemember({ portal, email });
        onStep("browser");
        ways.azure.mutate({ portal, apiKey, passphrase }, then);
        break;
      case "practice":
        ways.practice.mutate({ passphrase }, then);
        break;
    }
  };

  const back = () => {
    switch (step) {
      case "sign-in":
        break;
      case "browser":
        stopped.current = true;
        stop.mutate({});
        break;
      case "passphrase":
        ways[way].reset();
        onStep("sign-in");
        break;
      case "forgotten":
        forgotten.reset();
        onStep("sign-in");
        break;
      case "new-password":
        reset.reset();
        onType({ token: "", newPassword: "" });
        onStep("forgotten");
        break;
    }
  };

  useWindowEvent("keydown", (event) => {
    const elsewhere = event.target instanceof Element && event.target.closest('[role="menu"]');
    const underWay = step !== "browser" && (entering || forgotten.isPending || reset.isPending);
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && !elsewhere && !underWay) {
      back();
    }
  });

  const fields = { typed, onType };
  switch (step) {
    case "browser":
      return <BrowserWait problem={stop.error} onCancel={back} />;
    case "passphrase":
      return (
        <PassphraseForm
          problem={ways[way].error}
          pending={entering}
          onSubmit={(passphrase) => enter(way, passphrase)}
          onBack={back}
        />
      );
    case "forgotten":
      return (
        <ForgottenForm
          {...fields}
          problem={forgotten.error}
          pending={forgotten.isPending}
          onSubmit={() =>
            forgotten.mutate({ portal, apiKey, email }, { onSuccess: () => onStep("new-password") })
          }
          onHasCode={() => {
            forgotten.reset();
            onStep("new-password");
          }}
          onBack={back}
        />
      );
    case "new-password":
      return (
        <NewPasswordForm
          {...fields}
          problem={reset.error}
          pending={reset.isPending}
          mailed={forgotten.data?.message ?? null}
          onSubmit={() =>
            reset.mutate(
              { portal, apiKey, email, token: typed.token.trim(), password: typed.newPassword },
              {
                onSuccess: ({ message }) => {
                  onRemember({ portal, email });
                  onType({ password: "", token: "", newPassword: "" });
                  forgotten.reset();
                  setChanged(message);
                  onStep("sign-in");
                },
              },
            )
          }
          onBack={back}
        />
      );
    case "sign-in":
      return (
        <>
          {changed !== null ? (
            <div className={classes["confirmation"]}>
              <Notice kind="done" title="Your password is changed" alert testId="password-changed">
                <p>{changed || "Sign in with the new one."}</p>
              </Notice>
            </div>
          ) : null}
          <SignInForm
            {...fields}
            problem={way === "practice" ? null : ways[way].error}
            problemTitle={
              way === "azure" && ways.azure.error?.code === "wrong_credentials"
                ? "Signing in with Microsoft did not work"
                : undefined
            }
            pending={entering}
            onSubmit={() => enter("portal", null)}
            onForgotten={() => {
              ways[way].reset();
              setWay("portal");
              setChanged(null);
              onStep("forgotten");
            }}
            microsoft={azure ? { onSignIn: () => enter("azure", null), focus: way === "azure" } : null}
          />
          {practice ? (
            <div className={classes["second"]}>
              <h2>Practice</h2>
              <p>Made-up people, nothing is sent. For training.</p>
              {ways.practice.error ? <ProblemNotice problem={ways.practice.error} /> : null}
              <Hint shortcut="practiceDesk">
                <Button
                  variant="default"
                  onClick={() => enter("practice", null)}
                  loading={ways.practice.isPending}
                  disabled={ways.portal.isPending}
                  data-testid="practice-button"
                >
                  Open the practice desk
                </Button>
              </Hint>
            </div>
          ) : null}
        </>
      );
  }
}
