import { Button, Modal } from "@mantine/core";
import type { Session } from "../../host/bindings";
import { ProblemNotice } from "../../components/problem-notice";
import { useSessionCommand } from "./session";
import { SignInForm } from "./sign-in-form";
import type { Remembered } from "./sign-in-page";
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
  const signIn = useSessionCommand("session_sign_in");
  const practice = useSessionCommand("session_practice");
  const initial = { portal: remembered.portal || (session.portal ?? ""), email: remembered.email };

  return (
    <Modal opened={opened} onClose={onClose} title="Sign in again" size={440}>
      <div className={classes["form"]}>
        <p className={classes["lead"]}>
          The portal ended the session. Everything on this desk is kept, and letters can still be prepared and printed.
        </p>
        {session.realm === "practice" ? (
          <>
            {practice.error ? <ProblemNotice problem={practice.error} /> : null}
            <Button loading={practice.isPending} onClick={() => practice.mutate({ passphrase: null }, { onSuccess: onClose })}>
              Open the practice desk again
            </Button>
          </>
        ) : (
          <SignInForm
            initial={initial}
            problem={signIn.error}
            pending={signIn.isPending}
            onSubmit={(credentials) => {
              onRemember({ portal: credentials.portal, email: credentials.email });
              signIn.mutate({ ...credentials, passphrase: null }, { onSuccess: onClose });
            }}
          />
        )}
      </div>
    </Modal>
  );
}
