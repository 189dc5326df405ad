import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { Session } from "../../host/bindings";
import { useCommand, useSessionCommand, useSignInOptions } from "./session";
import { type Remembered, SignIn, STEP_TITLES, type Step } from "./sign-in";
import classes from "./sign-in.module.css";

interface SignInAgainProps {
  session: Session;
  opened: boolean;
  onClose: () => void;
  remembered: Remembered;
  onRemember: (remembered: Remembered) => void;
}

/** The portal ended the session while the desk is open: sign in over it, losing nothing. */
export function SignInAgain({ session, opened, onClose, remembered, onRemember }: SignInAgainProps) {
  const practice = useSessionCommand("session_practice");
  const stop = useCommand("session_cancel_azure");
  const { data: options } = useSignInOptions();
  const [step, setStep] = useState<Step>("sign-in");

  const close = () => {
    // Nobody would hear of what the browser brings.
    if (step === "browser") {
      stop.mutate({});
    }
    setStep("sign-in");
    onClose();
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={STEP_TITLES[step] ?? "Sign in again"}
      size={440}
      closeOnEscape={step === "sign-in"}
      data-testid="sign-in-again-dialog"
    >
      {step === "sign-in" ? (
        <div className={classes["form"]}>
          <p className={classes["lead"]}>
            The portal ended the session. Everything on this desk is kept, and letters can still be prepared and printed.
          </p>
        </div>
      ) : null}
      {session.realm === "practice" ? (
        <div className={classes["form"]}>
          {practice.error ? <ProblemNotice problem={practice.error} /> : null}
          <Hint shortcut="dialogDo">
            <Button loading={practice.isPending} onClick={() => practice.mutate({ passphrase: null }, { onSuccess: close })}>
              Open the practice desk again
            </Button>
          </Hint>
        </div>
      ) : (
        <SignIn
          remembered={{ ...remembered, portal: remembered.portal || addressOf(session.portal, options?.portal) }}
          onRemember={onRemember}
          step={step}
          onStep={setStep}
          onSignedIn={close}
        />
      )}
    </Modal>
  );
}

/** The address of the portal by this host name: whole where the deployment offers that very one, else as it is known. */
function addressOf(host: string | null, offered: string | null | undefined): string {
  const isOffered = offered && URL.canParse(offered) && new URL(offered).host === host;
  return isOffered ? offered : (host ?? "");
}
