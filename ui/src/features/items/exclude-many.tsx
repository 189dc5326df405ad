import { TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import classes from "../../components/dialog-form.module.css";
import { ProblemNotice } from "../../components/problem-notice";
import type { ItemRow } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import { plural } from "../../lib/format";
import { useExcludeMany, useWaysBack } from "./exclusions";

interface ExcludeManyProps {
  clientId: string;
  items: readonly ItemRow[];
  onClose: () => void;
  onDone: (message: string, back: () => void) => void;
}

/** Several items excluded for one reason, each as an exclusion of its own: any of them can be included again alone. */
export function ExcludeMany({ clientId, items, onClose, onDone }: ExcludeManyProps) {
  const exclude = useExcludeMany();
  const back = useWaysBack();
  const [reason, setReason] = useState("");
  // What a try has excluded before it failed is excluded: the next one goes on with the rest.
  const [excluded, setExcluded] = useState<readonly { id: string; itemId: string }[]>([]);
  const left = items.filter(({ id }) => !excluded.some(({ itemId }) => itemId === id));
  const problem = exclude.data?.problem ?? exclude.error;

  const go = () => {
    if (exclude.isPending) {
      return;
    }
    const adds = left.map(({ id }) => ({ clientId, what: { kind: "item" as const, itemId: id }, reason: reason.trim() }));
    exclude.mutate(adds, {
      onSuccess: (done) => {
        const all = [...excluded, ...done.rows.map(({ id }, at) => ({ id, itemId: left[at]?.id ?? "" }))];
        setExcluded(all);
        if (done.problem === null) {
          onClose();
          onDone(`${plural(all.length, "item is", "items are")} excluded.`, () => back.include(all.map(({ id }) => id)));
        }
      },
    });
  };

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <ul className={classes["names"]} aria-label="Items to be excluded" data-testid="exclude-items">
        {left.map(({ id, accountName, accountNumber, bureau }) => (
          <li key={id}>
            <strong>{accountName}</strong> <span className="figures">{accountNumber}</span>
            {bureau ? `, ${bureauName(bureau)}` : ""}
          </li>
        ))}
      </ul>
      <TextInput
        label="Why?"
        description="Shown on each item. May stay empty."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
        data-testid="exclude-reason"
      />
      {problem ? (
        <ProblemNotice problem={problem}>
          {excluded.length > 0 ? <p>{plural(excluded.length, "item is", "items are")} excluded already; the others are above.</p> : null}
        </ProblemNotice>
      ) : null}
      <DialogButtons leave={excluded.length > 0 ? "Close" : "Cancel"} onLeave={onClose} loading={exclude.isPending} data-testid="exclude-confirm">
        Exclude {plural(left.length, "item")}
      </DialogButtons>
    </form>
  );
}
