import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import { Hint } from "../../components/keys";
import { useProblemToast } from "../../components/toast";
import type { OutboxItem } from "../../host/bindings";
import { plural } from "../../lib/format";
import { toProblem } from "../../lib/problem";
import { useUnsentRows } from "../../lib/unsent-rows";
import { useTakeBack } from "../../lib/use-take-back";
import classes from "./fax-dialog.module.css";

/** A batch of more than a client's bureaus: somebody may want to watch it, and to stop it. */
export const MANY = 3;

interface FaxProgressProps {
  queued: readonly OutboxItem[];
  onClose: () => void;
  onOpenOutbox: () => void;
}

/** How many faxes of a batch have gone, and a way to keep the rest. It goes on when it is closed. */
export function FaxProgress({ queued, onClose, onOpenOutbox }: FaxProgressProps) {
  const unsent = useUnsentRows();
  const takeBack = useTakeBack();
  const report = useProblemToast();
  const [cancelled, setCancelled] = useState(0);
  const [cancelling, setCancelling] = useState(false);

  const ids = new Set(queued.map(({ id }) => id));
  const left = unsent.data?.filter(({ id }) => ids.has(id)) ?? queued;
  const waiting = left.filter(({ stage }) => stage === "queued");
  const asks = left.filter((row) => row.asks).length;
  const gone = queued.length - left.length - cancelled;

  const cancel = () => {
    setCancelling(true);
    takeBack(waiting.map(({ id }) => id))
      .then(() => setCancelled((before) => before + waiting.length))
      // One that left meanwhile is sent: the others are cancelled all the same.
      .catch((thrown: unknown) => report(toProblem(thrown)))
      .finally(() => setCancelling(false));
  };
  const rest = cancelled > 0 ? `, ${cancelled} cancelled` : "";

  return (
    <div className={classes["form"]} data-testid="fax-progress">
      <p className={classes["sentence"]} role="status">
        {gone} of {plural(queued.length, "fax", "faxes")} went{rest}
        {asks > 0 ? `. ${plural(asks, "needs", "need")} you` : ""}.
      </p>
      <Progress value={((gone + cancelled) / queued.length) * 100} aria-label="Faxes that went" />
      <div className={classes["buttons"]}>
        {asks > 0 ? (
          <Hint shortcut="dialogDo" label="Open the outbox">
            <Button variant="default" onClick={onOpenOutbox}>
              Open the outbox
            </Button>
          </Hint>
        ) : null}
        {waiting.length > 0 ? (
          <Hint shortcut="dialogOther" label="Cancel what waits">
            <Button variant="default" color="red" onClick={cancel} loading={cancelling} data-testid="fax-cancel-rest">
              Cancel the {plural(waiting.length, "fax", "faxes")} that wait
            </Button>
          </Hint>
        ) : null}
        <Hint shortcut="dialogLeave">
          <Button onClick={onClose} data-autofocus data-testid="fax-close">
            {left.length > 0 ? "Close; they go on" : "Close"}
          </Button>
        </Hint>
      </div>
    </div>
  );
}
