import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { PrintRunConfirmed, PrintRunRow, Problem } from "../../host/bindings";
import { date, plural } from "../../lib/format";
import { ManifestButtons } from "./manifest-buttons";
import classes from "./print-dialog.module.css";
import { canReprint } from "./runs";

interface RunConfirmedProps {
  confirmed: PrintRunConfirmed;
  problem: Problem | null;
  onReprint: (run: PrintRunRow) => void;
  onClose: () => void;
}

/** What a confirmation brought about, and what is left to do with the run. */
export function RunConfirmed({ confirmed: { detail, followUps, queued }, problem, onReprint, onClose }: RunConfirmedProps) {
  const { run, letters } = detail;
  // What has no postal address came out, and is not mailed.
  const mailed = followUps.length;
  const unmailed = letters.filter(({ cameOut }) => cameOut === true).length - mailed;
  const first = followUps.map(({ dueOn }) => dueOn).toSorted()[0];
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <div className={classes["form"]} data-testid="run-confirmed">
      <Notice kind="done" title={mailed === 0 ? `Run ${run.number} is accounted for` : `${plural(mailed, "letter is", "letters are")} mailed`}>
        {followUps.length > 0 && first ? (
          <p>
            {plural(followUps.length, "answer is", "answers are")} awaited, the first by about {date(first)}: nothing says yet when{" "}
            {followUps.length === 1 ? "it was" : "they were"} received.
          </p>
        ) : null}
        {unmailed > 0 ? <p>{plural(unmailed, "letter has", "letters have")} no postal address and {unmailed === 1 ? "is" : "are"} not mailed.</p> : null}
        {queued > 0 ? <p>{plural(queued, "row", "rows")} in the outbox {queued === 1 ? "files" : "file"} them with the clients.</p> : null}
      </Notice>
      {canReprint(run) ? (
        <Notice kind="caution" title={`${plural(run.jammed, "letter")} jammed`}>
          <Notice.Actions>
            <Hint shortcut="dialogOther" label="Print them again">
              <Button size="xs" leftSection={<Icon name="print" />} onClick={() => onReprint(run)} data-testid="reprint">
                {run.jammed === 1 ? "Print the jammed one again" : "Print the jammed ones again"}
              </Button>
            </Hint>
          </Notice.Actions>
        </Notice>
      ) : null}
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className={classes["buttons"]}>
        <ManifestButtons runId={run.id} />
        <span className={classes["gap"]} />
        <Hint shortcut="dialogLeave">
          <Button ref={close} onClick={onClose} data-testid="run-done">
            Done
          </Button>
        </Hint>
      </div>
    </div>
  );
}
