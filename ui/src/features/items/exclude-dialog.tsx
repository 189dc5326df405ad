import { Button, Modal, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { ExclusionKind, ExclusionRow, ItemRow } from "../../host/bindings";
import { instant } from "../../lib/format";
import classes from "../../components/dialog-form.module.css";
import { ExcludeMany } from "./exclude-many";
import { concerns, exclusionName, useExclude, useExclusions, useInclude, useWaysBack } from "./exclusions";

interface ExcludeDialogProps {
  clientId: string;
  /** One in all its parts, or several as a whole; none while closed. */
  items: readonly ItemRow[];
  onClose: () => void;
  /** Says what was done, with a way back. */
  onDone: (message: string, back: () => void) => void;
}

/** What of an item must not be disputed: excluded here with a reason, and included again. */
export function ExcludeDialog({ clientId, items, onClose, onDone }: ExcludeDialogProps) {
  const [item] = items;
  const title = items.length > 1 ? `Exclude ${items.length} items from disputes` : "Exclude from disputes";
  return (
    <Modal opened={item !== undefined} onClose={onClose} title={title} size={480} data-testid="exclude-dialog">
      {item === undefined ? null : items.length > 1 ? (
        <ExcludeMany clientId={clientId} items={items} onClose={onClose} onDone={onDone} />
      ) : (
        <Content clientId={clientId} item={item} onClose={onClose} onDone={onDone} />
      )}
    </Modal>
  );
}

type ContentProps = Omit<ExcludeDialogProps, "items"> & { item: ItemRow };

function Content({ clientId, item, onClose, onDone }: ContentProps) {
  const { data: exclusions, error, refetch } = useExclusions(clientId);
  const include = useInclude();
  const back = useWaysBack();
  const mine = (exclusions ?? []).filter(({ what }) => concerns(what, item));

  const includeAgain = ({ id, what, reason }: ExclusionRow) =>
    include.mutate(id, {
      onSuccess: () => {
        onClose();
        onDone("Included again.", () => back.exclude({ clientId, what, reason }));
      },
    });

  return (
    <div className={classes["form"]}>
      <p className={classes["lead"]}>
        <strong>{item.accountName}</strong> <span className="figures">{item.accountNumber}</span>
      </p>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {mine.map((row) => (
        <Notice key={row.id} kind="info" title={`${exclusionName(row.what)} is excluded`} testId="exclusion">
          <p>
            {row.reason ? `${row.reason}. ` : ""}By {row.by} on {instant(row.at)}.
          </p>
          <Notice.Actions>
            <Hint shortcut="dialogOther" label="Include it again">
              <Button size="xs" variant="default" onClick={() => includeAgain(row)} loading={include.isPending} data-testid="include">
                Include again
              </Button>
            </Hint>
          </Notice.Actions>
        </Notice>
      ))}
      {include.error ? <ProblemNotice problem={include.error} /> : null}
      {item.excluded && exclusions && !mine.some(({ what }) => what.kind !== "late_payment") ? (
        <Notice kind="info" title="Excluded in the portal" testId="excluded-in-portal">
          <p>The client or the company excluded this item. Change that in the portal.</p>
        </Notice>
      ) : null}
      {item.excluded ? (
        <div className={classes["buttons"]}>
          <Hint shortcut="dialogLeave">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </Hint>
        </div>
      ) : (
        <ExcludeForm clientId={clientId} item={item} onClose={onClose} onDone={onDone} />
      )}
    </div>
  );
}

function ExcludeForm({ clientId, item, onClose, onDone }: ContentProps) {
  const exclude = useExclude();
  const back = useWaysBack();
  const [kind, setKind] = useState<ExclusionKind["kind"]>("item");
  const [payment, setPayment] = useState("");
  const [reason, setReason] = useState("");
  const choices = choicesFor(item, payment.trim());
  const what = choices.find((choice) => choice.kind === kind);
  const ready = what !== undefined && (what.kind !== "late_payment" || what.payment !== "");

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !exclude.isPending) {
          exclude.mutate(
            { clientId, what, reason: reason.trim() },
            {
              onSuccess: (row) => {
                onClose();
                onDone(doneWords(row, item), () => back.include([row.id]));
              },
            },
          );
        }
      }}
    >
      <Radio.Group label="What must not be disputed?" value={kind} onChange={(value) => setKind(choices.find((choice) => choice.kind === value)?.kind ?? "item")}>
        <div className={classes["radios"]}>
          {choices.map((choice, index) => (
            <Radio
              key={choice.kind}
              value={choice.kind}
              label={choice.kind === "late_payment" ? "One late payment of it" : exclusionName(choice)}
              data-autofocus={index === 0 ? true : undefined}
              data-testid={`exclude-${choice.kind}`}
            />
          ))}
        </div>
      </Radio.Group>
      {kind === "late_payment" ? (
        <TextInput
          label="Which payment?"
          placeholder="90 days late in May 2025"
          description="The desk cannot take it out of a letter's text: it reminds you when a letter disputes the item."
          value={payment}
          onChange={(event) => setPayment(event.currentTarget.value)}
          data-testid="exclude-payment"
        />
      ) : null}
      <TextInput
        label="Why?"
        description="Shown on the item. May stay empty."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="exclude-reason"
      />
      {exclude.error ? <ProblemNotice problem={exclude.error} /> : null}
      <DialogButtons onLeave={onClose} disabled={!ready} loading={exclude.isPending} data-testid="exclude-confirm">
        Exclude
      </DialogButtons>
    </form>
  );
}

function doneWords({ what }: ExclusionRow, item: ItemRow): string {
  return what.kind === "item" ? `${item.accountName} is excluded.` : `Excluded: ${exclusionName(what)}.`;
}

/** What can be excluded from here; a late payment only of an item that has some, a bureau only when it is known. */
function choicesFor(item: ItemRow, payment: string): ExclusionKind[] {
  return [
    { kind: "item", itemId: item.id },
    ...(item.lates.some((times) => times > 0) ? [{ kind: "late_payment" as const, itemId: item.id, payment }] : []),
    { kind: "creditor", name: item.accountName },
    ...(item.bureau ? [{ kind: "bureau" as const, bureau: item.bureau }] : []),
  ];
}
