import { Checkbox } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { DayField } from "../../components/day-field";
import { DialogButtons } from "../../components/dialog-buttons";
import { ProblemNotice } from "../../components/problem-notice";
import type { PrintRunConfirmed, PrintRunDetail } from "../../host/bindings";
import { todayIso } from "../../lib/days";
import { plural } from "../../lib/format";
import classes from "./print-dialog.module.css";
import { useConfirmRun } from "./runs";

interface ConfirmFormProps {
  detail: PrintRunDetail;
  onConfirmed: (confirmed: PrintRunConfirmed) => void;
  onLater: () => void;
}

/** Printed well? Every letter is taken to be, but for those whose tick the agent takes off. */
export function ConfirmForm({ detail: { run, letters }, onConfirmed, onLater }: ConfirmFormProps) {
  const confirm = useConfirmRun();
  const [jammed, setJammed] = useState<ReadonlySet<string>>(new Set());
  const [mailedOn, setMailedOn] = useState<string | null>(todayIso);
  const [file, setFile] = useState(true);
  const button = useRef<HTMLButtonElement>(null);
  const good = letters.length - jammed.size;

  useEffect(() => button.current?.focus(), []);

  const toggle = (id: string) => {
    setJammed((before) => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
  };
  const go = () => {
    if (!confirm.isPending && (mailedOn !== null || good === 0)) {
      confirm.mutate({ id: run.id, jammed: [...jammed], mailedOn, file }, { onSuccess: onConfirmed });
    }
  };

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
      data-testid="confirm-form"
    >
      <p className={classes["sentence"]}>
        Run {run.number} went to the printer{run.job ? ` as ${run.job}` : ""}: {plural(letters.length, "letter")}, {plural(run.pages, "page")} on{" "}
        {plural(run.sheets, "sheet")}
        {run.copies > 1 ? `, ${run.copies} copies` : ""}. Look at the paper, and take the tick off what jammed.
      </p>
      <fieldset className={classes["letters"]}>
        <legend className={classes["legend"]}>Came out well</legend>
        <div className={classes["ticks"]}>
          {letters.map(({ position, letterId, recipientName, clientName, pages }) => (
            <Checkbox
              key={letterId}
              size="sm"
              checked={!jammed.has(letterId)}
              onChange={() => toggle(letterId)}
              label={
                <span className={classes["letter"]}>
                  <span className="figures">{position}.</span> {recipientName} for {clientName}
                  <span className={classes["weak"]}>{jammed.has(letterId) ? "jammed" : plural(pages, "page")}</span>
                </span>
              }
              data-testid="came-out"
            />
          ))}
        </div>
      </fieldset>
      {good > 0 ? (
        <div className={classes["choices"]}>
          <DayField label="Mailed on" value={mailedOn} onChange={setMailedOn} testId="mailed-on" />
          <Checkbox
            label="File the PDFs with the clients"
            description="Through the outbox, with a note that each was mailed."
            checked={file}
            onChange={(event) => setFile(event.currentTarget.checked)}
            data-testid="file-pdfs"
          />
        </div>
      ) : null}
      {confirm.error ? <ProblemNotice problem={confirm.error} /> : null}
      <DialogButtons
        leave="Later"
        leaveTestId="confirm-later"
        onLeave={onLater}
        ref={button}
        data-autofocus
        loading={confirm.isPending}
        disabled={mailedOn === null && good > 0}
        data-testid="run-confirm"
      >
        {confirmLabel(good, jammed.size)}
      </DialogButtons>
    </form>
  );
}

function confirmLabel(good: number, jammed: number): string {
  if (good === 0) {
    return `Confirm: ${plural(jammed, "letter")} jammed`;
  }
  return `Confirm ${plural(good, "letter")}${jammed > 0 ? `, ${jammed} jammed` : ""}`;
}
