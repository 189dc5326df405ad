import { Modal, Radio, Skeleton } from "@mantine/core";
import { Fragment, useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import type { OutboxDecision, OutboxItem } from "../../host/bindings";
import { instant, phone } from "../../lib/format";
import { kindName } from "../../lib/outbox-words";
import { Evidence } from "./evidence";
import { useRow, useSettle } from "./outbox";
import classes from "./outbox.module.css";

interface SettleDialogProps {
  /** The row whose outcome nobody knows; nothing while closed. */
  item: OutboxItem | undefined;
  onClose: () => void;
}

/** The agent says what became of a row, before the evidence, told what each answer will do. */
export function SettleDialog({ item, onClose }: SettleDialogProps) {
  return (
    <Modal opened={item !== undefined} onClose={onClose} title={item ? `Settle: ${item.title}` : ""} size={560} data-testid="settle-dialog">
      {item ? <Question key={item.id} item={item} onClose={onClose} /> : null}
    </Modal>
  );
}

const BUTTONS: Record<OutboxDecision, string> = {
  was_sent: "Record that it was sent",
  send_again: "Send it again",
  cancel: "Give it up",
};

const DONE: Record<OutboxDecision, string> = {
  was_sent: "recorded as sent",
  send_again: "queued again",
  cancel: "given up",
};

function Question({ item, onClose }: { item: OutboxItem; onClose: () => void }) {
  const { data: row, error, refetch } = useRow(item.id);
  const settle = useSettle();
  const [decision, setDecision] = useState<OutboxDecision | null>(null);
  const kind = kindName(item.kind);

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (decision) {
          settle.mutate(
            { id: item.id, decision },
            {
              onSuccess: ({ title }) => {
                showDone(`${title}: ${DONE[decision]}.`);
                onClose();
              },
            },
          );
        }
      }}
    >
      <p className={classes["sentence"]}>
        {item.sentAt ? `The call began ${instant(item.sentAt)}, and its answer was lost.` : "Its answer was lost."}{" "}
        {item.asks ? "Reading the portal back did not settle it." : "The desk is still reading the portal back; it may settle this by itself."}
      </p>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {row ? (
        <div className={classes["case"]}>
          <h3 className={classes["heading"]}>Evidence</h3>
          <Evidence row={row} />
          {row.fields.length > 0 || row.payloadHash ? (
            <dl className={classes["facts"]}>
              {row.fields.map(({ name, label, value }) => (
                <Fragment key={name}>
                  <dt>{label}</dt>
                  <dd>{/number$|phone$/.test(name) ? phone(value) : value}</dd>
                </Fragment>
              ))}
              {row.attachmentId ? (
                <>
                  <dt>The file's key on the portal</dt>
                  <dd data-code="true">{row.attachmentId}</dd>
                </>
              ) : null}
              {row.fileHash ? (
                <>
                  <dt>File, SHA-256</dt>
                  <dd data-code="true">{row.fileHash}</dd>
                </>
              ) : null}
              {row.payloadHash ? (
                <>
                  <dt>All of it, SHA-256</dt>
                  <dd data-code="true">{row.payloadHash}</dd>
                </>
              ) : null}
            </dl>
          ) : null}
        </div>
      ) : error ? null : (
        <Skeleton height={96} />
      )}
      <Radio.Group label="What became of it?" value={decision} onChange={(value) => setDecision(asDecision(value))}>
        <div className={classes["choices"]}>
          <Radio
            value="was_sent"
            label="It was sent"
            description="Nothing more is sent. Your answer is recorded, and the client's next row goes on."
            data-testid="settle-was_sent"
            data-autofocus
          />
          <Radio
            value="send_again"
            label="It was not: send it again"
            description={`A second ${kind} leaves the desk. If the first one did arrive after all, there are two.`}
            data-testid="settle-send_again"
          />
          <Radio
            value="cancel"
            label="Give it up"
            description="Nothing more is sent, and it is kept as cancelled. If it did arrive, it stays there."
            data-testid="settle-cancel"
          />
        </div>
      </Radio.Group>
      {settle.error ? <ProblemNotice problem={settle.error} /> : null}
      <DialogButtons
        leave="Decide later"
        onLeave={onClose}
        disabled={!decision}
        color={decision === "send_again" ? "red" : undefined}
        loading={settle.isPending}
        data-testid="settle-confirm"
      >
        {decision ? BUTTONS[decision] : "Settle"}
      </DialogButtons>
    </form>
  );
}

function asDecision(value: string): OutboxDecision | null {
  return value === "was_sent" || value === "send_again" || value === "cancel" ? value : null;
}
