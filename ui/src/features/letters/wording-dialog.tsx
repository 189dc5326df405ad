import { Button, Modal, Skeleton } from "@mantine/core";
import { Suspense, lazy, useState } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { LetterRow } from "../../host/bindings";
import { instant } from "../../lib/format";
import { useLetterText, useReword } from "./letters";
import classes from "./wording-dialog.module.css";

const WordingEditor = lazy(async () => ({ default: (await import("./wording-editor")).WordingEditor }));

interface WordingDialogProps {
  /** `null` while closed. */
  letter: LetterRow | null;
  /** What was typed before, and not saved. */
  draft: string | null;
  /** It is closed: what was typed and not saved, or `null`. */
  onLeave: (draft: string | null) => void;
  /** It is saved; the text before, `null` when that was the text as it was made. */
  onChanged: (before: string | null) => void;
}

/** A letter's text, to be changed by hand before it goes out. */
export function WordingDialog({ letter, draft, onLeave, onChanged }: WordingDialogProps) {
  return letter ? <Open key={letter.id} letter={letter} draft={draft} onLeave={onLeave} onChanged={onChanged} /> : null;
}

function Open({ letter, draft, onLeave, onChanged }: WordingDialogProps & { letter: LetterRow }) {
  const { data: kept, error, refetch } = useLetterText(letter.id);
  const reword = useReword();
  const [typed, setTyped] = useState<string | null>(draft);
  /** What the editor began with; another one makes it begin again. */
  const [begun, setBegun] = useState({ text: draft, times: 0 });
  const text = typed ?? kept?.text ?? null;
  const changed = kept !== undefined && typed !== null && typed !== kept.text;
  const made = kept?.made ?? kept?.text ?? null;

  const leave = () => {
    if (!reword.isPending) {
      onLeave(changed ? typed : null);
    }
  };
  const save = (now: string | null) => {
    if (kept && now !== null && now !== kept.text && !reword.isPending) {
      reword.mutate(
        { id: letter.id, text: now === made ? null : now },
        { onSuccess: () => onChanged(kept.made === null ? null : kept.text) },
      );
    }
  };

  return (
    <Modal
      opened
      onClose={leave}
      title={`Text of the letter to ${letter.recipientName}`}
      size={860}
      data-testid="wording-dialog"
      classNames={{ content: classes["content"] ?? "", body: classes["body"] ?? "" }}
    >
      {error ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : text === null ? (
        <Skeleton className={classes["ghost"] ?? ""} />
      ) : (
        <Suspense fallback={<Skeleton className={classes["ghost"] ?? ""} />}>
          <WordingEditor key={begun.times} initial={begun.text ?? kept?.text ?? text} label="The letter's text" onChange={setTyped} onSave={save} />
        </Suspense>
      )}
      {reword.error ? <ProblemNotice problem={reword.error} /> : null}
      <div className={classes["foot"]}>
        <p className={classes["note"]} role="status">
          {kept?.changedAt
            ? `Changed by ${kept.changedBy ?? "somebody"} on ${instant(kept.changedAt)}.`
            : "Address, date, the table of items and the signature stay as the letter has them."}
          {letter.review ? " Its review is dropped when the text changes: the client reviewed other words." : ""}
        </p>
        {made !== null && text !== made ? (
          <Hint shortcut="dialogOther" label="The text as the template made it">
            <Button
              variant="subtle"
              onClick={() => {
                setTyped(made);
                setBegun({ text: made, times: begun.times + 1 });
              }}
              data-testid="wording-as-made"
            >
              As it was made
            </Button>
          </Hint>
        ) : null}
        <Hint shortcut="dialogLeave">
          <Button variant="default" onClick={leave}>
            {changed ? "Cancel" : "Close"}
          </Button>
        </Hint>
        <Hint shortcut="dialogDo" label="Set the letter with this text">
          <Button onClick={() => save(typed)} disabled={!changed} loading={reword.isPending} data-testid="wording-save">
            Save
          </Button>
        </Hint>
      </div>
    </Modal>
  );
}
