import { Modal, Radio } from "@mantine/core";
import { useState } from "react";
import { DayField } from "../../components/day-field";
import { DialogButtons } from "../../components/dialog-buttons";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { LetterRow, ReviewChannelCode } from "../../host/bindings";
import { todayIso } from "../../lib/days";
import { listed, plural } from "../../lib/format";
import { REVIEW_CHANNELS } from "../../lib/outcomes";
import classes from "../../components/dialog-form.module.css";
import { useReview } from "./letters";

interface ReviewDialogProps {
  /** `null` while closed. */
  letters: readonly LetterRow[] | null;
  onClose: () => void;
  /** They are recorded; the letters as they were before. */
  onRecorded: (before: readonly LetterRow[]) => void;
}

/** How and when the client reviewed these letters. */
export function ReviewDialog({ letters, onClose, onRecorded }: ReviewDialogProps) {
  return (
    <Modal opened={letters !== null} onClose={onClose} title="Client review" size={440} data-testid="review-dialog">
      {letters ? <Form letters={letters} onClose={onClose} onRecorded={onRecorded} /> : null}
    </Modal>
  );
}

function Form({ letters, onClose, onRecorded }: ReviewDialogProps & { letters: readonly LetterRow[] }) {
  const review = useReview();
  const [channel, setChannel] = useState<ReviewChannelCode | null>(null);
  const [on, setOn] = useState<string | null>(todayIso);
  const clients = [...new Set(letters.map(({ clientName }) => clientName))];
  const again = letters.filter((letter) => letter.review !== null).length;
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (channel && on && !review.isPending) {
          review.mutate({ ids: letters.map(({ id }) => id), channel, on }, { onSuccess: () => onRecorded(letters) });
        }
      }}
    >
      <p className={classes["lead"]} data-testid="review-sentence">
        {plural(letters.length, "letter")} {clients.length > 3 ? `of ${clients.length} clients` : `of ${listed(clients)}`}. A bureau may ignore what the
        consumer never saw.
      </p>
      {clients.length > 1 ? (
        <Notice kind="caution">
          <p>These letters are of {plural(clients.length, "client")}. Record them together only if each client reviewed their own.</p>
        </Notice>
      ) : null}
      {again > 0 ? (
        <Notice kind="info">
          <p>
            {letters.length === 1 ? "It has" : plural(again, "of them has", "of them have")} a review on record, which this one replaces.
          </p>
        </Notice>
      ) : null}
      <Radio.Group label={`How did the client review ${letters.length === 1 ? "it" : "them"}?`} value={channel} onChange={(value) => setChannel(REVIEW_CHANNELS.find(({ code }) => code === value)?.code ?? null)}>
        <div className={classes["radios"]}>
          {REVIEW_CHANNELS.map(({ code, name }, index) => (
            <Radio key={code} value={code} label={name} data-autofocus={index === 0 ? true : undefined} data-testid={`review-${code}`} />
          ))}
        </div>
      </Radio.Group>
      <DayField label="On which day?" value={on} onChange={setOn} latest={todayIso()} testId="review-day" />
      {review.error ? <ProblemNotice problem={review.error} /> : null}
      <DialogButtons onLeave={onClose} disabled={!channel || !on} loading={review.isPending} data-testid="review-confirm">
        Record for {plural(letters.length, "letter")}
      </DialogButtons>
    </form>
  );
}
