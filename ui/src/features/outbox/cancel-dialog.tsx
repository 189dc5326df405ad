import { Button, Modal } from "@mantine/core";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import type { OutboxItem } from "../../host/bindings";
import { kindName } from "../../lib/outbox-words";
import { useCancel } from "./outbox";
import classes from "./outbox.module.css";

interface CancelDialogProps {
  /** The row to be given up; nothing while closed. */
  item: OutboxItem | undefined;
  onClose: () => void;
}

/** A cancelled row cannot be brought back, so it is said before. */
export function CancelDialog({ item, onClose }: CancelDialogProps) {
  return (
    <Modal opened={item !== undefined} onClose={onClose} title={item ? `Cancel: ${item.title}` : ""} size={460} data-testid="cancel-dialog">
      {item ? <Question item={item} onClose={onClose} /> : null}
    </Modal>
  );
}

function Question({ item, onClose }: { item: OutboxItem; onClose: () => void }) {
  const cancel = useCancel();
  return (
    <div className={classes["form"]}>
      <p className={classes["sentence"]}>
        This {kindName(item.kind)} is not sent, and that cannot be undone: to send it after all, it has to be made again.
        {item.letterId ? " The letter itself stays." : ""} The client's next row goes on.
      </p>
      {cancel.error ? <ProblemNotice problem={cancel.error} /> : null}
      <div className={classes["buttons"]}>
        <Hint shortcut="dialogLeave">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
        </Hint>
        <Hint shortcut="dialogDo">
          <Button
            color="red"
            loading={cancel.isPending}
            onClick={() =>
              cancel.mutate(item.id, {
                onSuccess: ({ title }) => {
                  showDone(`${title}: cancelled, nothing was sent.`);
                  onClose();
                },
              })
            }
            data-testid="cancel-confirm"
          >
            Cancel this {kindName(item.kind)}
          </Button>
        </Hint>
      </div>
    </div>
  );
}
