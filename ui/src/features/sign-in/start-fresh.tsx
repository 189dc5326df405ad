import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";

/** The way out of files that cannot be opened any more: said, asked once more, then set aside and kept. Beside a form, whose own button
 * the key that confirms presses, that key does nothing of it. */
export function StartFresh({ beside = false }: { beside?: boolean }) {
  const setAside = useSessionCommand("session_set_aside");
  /** `false` once the question was left. */
  const [asking, setAsking] = useState<boolean>();
  return (
    <>
      <p>
        The files are set aside on this computer, not deleted. You sign in and the clients are pulled from the portal
        again. What was not sent can then be brought into the new outbox, as far as the files can be read: Today and the
        settings say so. Other letters that were prepared but not printed stay in the files that were set aside.
      </p>
      {setAside.error ? <ProblemNotice problem={setAside.error} /> : null}
      {asking ? (
        <Notice kind="caution" title="Set the files aside?">
          <Notice.Actions>
            <Hint shortcut={beside ? undefined : "dialogDo"} label="Set aside and start fresh">
              <Button
                size="xs"
                color="red"
                onClick={() => setAside.mutate({})}
                loading={setAside.isPending}
                data-testid="set-aside-confirm"
              >
                Set aside and start fresh
              </Button>
            </Hint>
            <Hint shortcut="dialogOther" label="Keep the files">
              <Button size="xs" variant="default" onClick={() => setAsking(false)} autoFocus>
                Keep
              </Button>
            </Hint>
          </Notice.Actions>
        </Notice>
      ) : (
        <Hint shortcut={beside ? "dialogOther" : "dialogDo"} label="Asks once more before it does">
          <Button variant="default" onClick={() => setAsking(true)} autoFocus={asking === false} data-testid="set-aside">
            Set the files aside and start fresh
          </Button>
        </Hint>
      )}
    </>
  );
}

/** The same over an open desk whose files turned out to be damaged. */
export function StartFreshDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Start fresh" size={460} data-testid="start-fresh-dialog">
      <div className={classes["form"]}>{opened ? <StartFresh /> : null}</div>
    </Modal>
  );
}
