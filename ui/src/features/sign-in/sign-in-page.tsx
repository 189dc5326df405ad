import { type ReactNode, useState } from "react";
import { PageTitle } from "../../components/page-title";
import type { Session } from "../../host/bindings";
import { HINTED, pressing, useShortcuts } from "../../lib/use-shortcuts";
import { Blocked } from "./blocked";
import { type Remembered, SignIn, STEP_TITLES, type Step } from "./sign-in";
import classes from "./sign-in.module.css";
import { UnlockForm } from "./unlock-form";

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
  const [step, setStep] = useState<Step>("sign-in");
  useShortcuts(pressing(HINTED.door));
  return (
    <main className={classes["page"]}>
      <div className={classes["corner"]}>{corner}</div>
      <div className={classes["card"]}>
        <p className={classes["brand"]}>Dispute Desk</p>
        <PageTitle focus={session.stage === "blocked"}>{STEP_TITLES[step] ?? TITLES[session.stage]}</PageTitle>
        {session.stage === "locked" ? <UnlockForm /> : null}
        {session.stage === "blocked" ? <Blocked session={session} /> : null}
        {session.stage === "signed_out" ? (
          <SignIn remembered={remembered} onRemember={onRemember} step={step} onStep={setStep} practice />
        ) : null}
      </div>
      <p className={classes["version"]}>Version {session.version}</p>
    </main>
  );
}
