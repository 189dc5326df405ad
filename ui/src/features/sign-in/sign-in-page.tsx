import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import type { Session } from "../../host/bindings";
import { Blocked } from "./blocked";
import { PassphraseForm } from "./passphrase-form";
import { useSessionCommand } from "./session";
import { type Credentials, SignInForm } from "./sign-in-form";
import classes from "./sign-in.module.css";
import { UnlockForm } from "./unlock-form";

/** Typed once, offered again until the window closes. */
export type Remembered = Pick<Credentials, "portal" | "email">;

interface SignInPageProps {
  session: Session;
  remembered: Remembered;
  onRemember: (remembered: Remembered) => void;
  /** Drawn in the corner: the theme switch. */
  corner?: ReactNode;
}

const TITLES = { signed_out: "Sign in", locked: "Unlock", blocked: "The desk cannot open", ready: "Sign in" };

/** Everything between starting the application and an open desk. */
export function SignInPage({ session, remembered, onRemember, corner }: SignInPageProps) {
  return (
    <main className={classes["page"]}>
      <div className={classes["corner"]}>{corner}</div>
      <div className={classes["card"]}>
        <p className={classes["brand"]}>Dispute Desk</p>
        <PageTitle focus={session.stage === "blocked"}>{TITLES[session.stage]}</PageTitle>
        {session.stage === "locked" ? <UnlockForm /> : null}
        {session.stage === "blocked" ? <Blocked session={session} /> : null}
        {session.stage === "signed_out" ? <SignIn remembered={remembered} onRemember={onRemember} /> : null}
      </div>
      <p className={classes["version"]}>Version {session.version}</p>
    </main>
  );
}

type Waiting = { way: "portal"; credentials: Credentials } | { way: "practice" };

function SignIn({ remembered, onRemember }: Omit<SignInPageProps, "session" | "corner">) {
  const signIn = useSessionCommand("session_sign_in");
  const practice = useSessionCommand("session_practice");
  /** What goes on once there is a passphrase. */
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const pending = signIn.isPending || practice.isPending;

  const enterPortal = (credentials: Credentials, passphrase: string | null) => {
    onRemember({ portal: credentials.portal, email: credentials.email });
    signIn.mutate(
      { ...credentials, passphrase },
      {
        onError: ({ code }) => {
          if (code === "keychain_unavailable") {
            setWaiting({ way: "portal", credentials });
          } else if (code !== "weak_passphrase") {
            setWaiting(null);
          }
        },
      },
    );
  };

  const enterPractice = (passphrase: string | null) => {
    practice.mutate(
      { passphrase },
      {
        onError: ({ code }) => {
          if (code === "keychain_unavailable") {
            setWaiting({ way: "practice" });
          }
        },
      },
    );
  };

  if (waiting) {
    return (
      <PassphraseForm
        problem={waiting.way === "portal" ? signIn.error : practice.error}
        pending={pending}
        onSubmit={(passphrase) =>
          waiting.way === "portal" ? enterPortal(waiting.credentials, passphrase) : enterPractice(passphrase)
        }
        onBack={() => {
          signIn.reset();
          practice.reset();
          setWaiting(null);
        }}
      />
    );
  }

  return (
    <>
      <SignInForm
        initial={remembered}
        problem={signIn.error}
        pending={pending}
        onSubmit={(credentials) => {
          practice.reset();
          enterPortal(credentials, null);
        }}
      />
      <div className={classes["second"]}>
        <h2>Practice</h2>
        <p>Made-up people, nothing is sent. For training.</p>
        {practice.error ? <ProblemNotice problem={practice.error} /> : null}
        <Button
          variant="default"
          onClick={() => {
            signIn.reset();
            enterPractice(null);
          }}
          loading={practice.isPending}
          disabled={signIn.isPending}
          data-testid="practice-button"
        >
          Open the practice desk
        </Button>
      </div>
    </>
  );
}
