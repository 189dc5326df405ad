import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { kindsCounted } from "../../lib/outbox-words";
import { useUnsentRows } from "../../lib/unsent-rows";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";

interface SignOutDialogProps {
  opened: boolean;
  onClose: () => void;
  onOutbox: () => void;
}

/** Signing out wipes this computer's copy, so it is asked for once; losing work is asked for again, each kind by itself. */
export function SignOutDialog({ opened, onClose, onOutbox }: SignOutDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Sign out" size={480} data-testid="sign-out-dialog">
      {opened ? <Question onClose={onClose} onOutbox={onOutbox} /> : null}
    </Modal>
  );
}

function Question({ onClose, onOutbox }: Omit<SignOutDialogProps, "opened">) {
  const signOut = useSessionCommand("session_sign_out");
  // What the agent has already agreed to lose.
  const [lost, setLost] = useState({ discardLetters: false, discardUnsent: false });
  const unprinted = signOut.error?.code === "letters_unprinted" ? signOut.error : null;
  const unsent = signOut.error?.code === "outbox_unsent" ? signOut.error : null;

  const leave = (more: Partial<typeof lost>) => {
    const take = { ...lost, ...more };
    setLost(take);
    signOut.mutate(take);
  };

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
      {unsent ? (
        <Notice kind="caution" title="Something was not sent yet" alert testId="unsent">
          <p>{unsent.message}</p>
          <Unsent />
          <Notice.Actions>
            <Button size="xs" variant="default" onClick={onOutbox} data-testid="sign-out-outbox">
              Open the outbox
            </Button>
          </Notice.Actions>
        </Notice>
      ) : null}
      {signOut.error && !unprinted && !unsent ? <ProblemNotice problem={signOut.error} /> : null}
      <div className={classes["buttons"]} style={{ justifyContent: "flex-end" }}>
        <Hint shortcut="dialogLeave">
          <Button variant="default" onClick={onClose} data-autofocus>
            Stay
          </Button>
        </Hint>
        {unprinted ? (
          <Hint shortcut="dialogOther" label="Sign out and lose these letters">
            <Button color="red" loading={signOut.isPending} onClick={() => leave({ discardLetters: true })} data-testid="sign-out-discard">
              Sign out and lose these letters
            </Button>
          </Hint>
        ) : unsent ? (
          <Hint shortcut="dialogOther" label="Sign out and never send this">
            <Button color="red" loading={signOut.isPending} onClick={() => leave({ discardUnsent: true })} data-testid="sign-out-unsent">
              Sign out and never send this
            </Button>
          </Hint>
        ) : (
          <Hint shortcut="dialogDo">
            <Button color="red" loading={signOut.isPending} onClick={() => leave({})} data-testid="sign-out-confirm">
              Sign out and wipe
            </Button>
          </Hint>
        )}
      </div>
    </div>
  );
}

/** What would be lost, in words. */
function Unsent() {
  const { data: rows } = useUnsentRows();
  const unknown = rows?.filter(({ stage }) => stage === "unknown").length ?? 0;
  return rows && rows.length > 0 ? (
    <p>
      Lost for good: {kindsCounted(rows)}.
      {unknown > 0 ? ` Nobody knows whether ${unknown === 1 ? "one of them" : `${unknown} of them`} arrived; the evidence is lost too.` : ""}
    </p>
  ) : null;
}
