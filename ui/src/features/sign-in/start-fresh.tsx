import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";

/** The way out of files that cannot be opened any more: said, asked once more, then set aside and kept. */
export function StartFresh() {
  const setAside = useSessionCommand("session_set_aside");
  const [asking, setAsking] = useState(false);
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
            <Button
              size="xs"
              color="red"
              onClick={() => setAside.mutate({})}
              loading={setAside.isPending}
              data-testid="set-aside-confirm"
            >
              Set aside and start fresh
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)} autoFocus>
              Keep
            </Button>
          </Notice.Actions>
        </Notice>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)} data-testid="set-aside">
          Set the files aside and start fresh
        </Button>
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
