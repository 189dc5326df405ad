import { Button, Modal } from "@mantine/core";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";

/** Signing out wipes this computer's copy, so it is asked for once; losing unprinted letters is asked for again. */
export function SignOutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Sign out" size={460} data-testid="sign-out-dialog">
      {opened ? <Question onClose={onClose} /> : null}
    </Modal>
  );
}

function Question({ onClose }: { onClose: () => void }) {
  const signOut = useSessionCommand("session_sign_out");
  const unprinted = signOut.error?.code === "letters_unprinted" ? signOut.error : null;

  return (
    <div className={classes["form"]}>
      <p className={classes["lead"]}>
        Signing out wipes the client data from this computer. To only stop working, close the window: it opens where you
        left it, with no network needed.
      </p>
      {unprinted ? (
        <Notice kind="caution" title="Some letters were never printed or saved" alert testId="unprinted">
          <p>{unprinted.message}</p>
        </Notice>
      ) : null}
      {signOut.error && !unprinted ? <ProblemNotice problem={signOut.error} /> : null}
      <div className={classes["buttons"]} style={{ justifyContent: "flex-end" }}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Stay
        </Button>
        {unprinted ? (
          <Button
            color="red"
            loading={signOut.isPending}
            onClick={() => signOut.mutate({ discardLetters: true })}
            data-testid="sign-out-discard"
          >
            Sign out and lose these letters
          </Button>
        ) : (
          <Button
            color="red"
            loading={signOut.isPending}
            onClick={() => signOut.mutate({ discardLetters: false })}
            data-testid="sign-out-confirm"
          >
            Sign out and wipe
          </Button>
        )}
      </div>
    </div>
  );
}
