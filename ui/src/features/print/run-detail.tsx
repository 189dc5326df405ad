import { Button, Skeleton, UnstyledButton } from "@mantine/core";
import { hint } from "../../components/hint";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { PrintRunLetter, PrintRunRow } from "../../host/bindings";
import { instant, plural } from "../../lib/format";
import { ManifestButtons } from "./manifest-buttons";
import classes from "./runs-page.module.css";
import { canReprint, stageOf, useRun } from "./runs";

interface RunDetailProps {
  run: PrintRunRow;
  onConfirm: () => void;
  onReprint: () => void;
  onOpenLetter: (letterId: string) => void;
}

/** One run: what was sent to which printer, and its manifest. */
export function RunDetail({ run, onConfirm, onReprint, onOpenLetter }: RunDetailProps) {
  const { data: detail, error, refetch, isFetching } = useRun(run.id);
  const stage = stageOf(run);
  return (
    <section className={classes["detail"]} aria-label={`Run ${run.number}`} data-testid="run-detail">
      <div className={classes["tools"]}>
        <h2 className={classes["heading"]}>Run {run.number}</h2>
        <Tag tone={stage.tone}>{stage.text}</Tag>
        <span className={classes["gap"]} />
        {canReprint(run) ? (
          <Hint shortcut="runReprint">
            <Button size="xs" variant="default" leftSection={<Icon name="print" />} onClick={onReprint} data-testid="run-reprint">
              {run.jammed === 1 ? "Print the jammed one again" : "Print the jammed ones again"}
            </Button>
          </Hint>
        ) : null}
        <ManifestButtons runId={run.id} />
      </div>
      <div className={classes["body"]}>
        {run.stage === "printed" ? (
          <Notice kind="caution" title="Printed well?" testId="run-unconfirmed">
            <p>Nobody has said yet what came out. Until then these letters do not count as mailed, and no answer is awaited.</p>
            <Notice.Actions>
              <Hint shortcut="runConfirm">
                <Button size="xs" onClick={onConfirm} data-testid="run-confirm-open">
                  Say what came out
                </Button>
              </Hint>
            </Notice.Actions>
          </Notice>
        ) : null}
        {run.failure ? (
          <Notice kind="problem" title="Nothing was printed">
            <p>{run.failure}</p>
          </Notice>
        ) : null}
        {run.stage === "cancelled" ? (
          <Notice kind="info" title="Cancelled before the printer had it">
            <p>Nothing was printed.</p>
          </Notice>
        ) : null}
        <dl className={classes["facts"]}>
          <Fact name="Printer" value={[run.printer, run.tray && `tray ${run.tray}`].filter(Boolean).join(", ")} />
          <Fact name="Paper" value={`${plural(run.sheets, "sheet")}, ${run.duplex ? "both sides" : "one side"}${run.copies > 1 ? `, ${run.copies} copies` : ""}`} />
          <Fact name="Job" value={run.job} />
          <Fact name="Started" value={`${instant(run.startedAt)} by ${run.startedBy}`} />
          {run.reprintOf === null ? null : <Fact name="Jammed letters of" value={`Run ${run.reprintOf}`} />}
        </dl>
        {error && !detail ? (
          <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
        ) : detail ? (
          <Manifest letters={detail.letters} nothing={run.stage === "failed" || run.stage === "cancelled"} onOpenLetter={onOpenLetter} />
        ) : (
          <Skeleton height={160} />
        )}
      </div>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{value ?? <Unknown />}</dd>
    </div>
  );
}

function Manifest({ letters, nothing, onOpenLetter }: { letters: readonly PrintRunLetter[]; nothing: boolean; onOpenLetter: (id: string) => void }) {
  return (
    <table className={classes["manifest"]} data-testid="manifest">
      <caption>Manifest, in the order of the job</caption>
      <thead>
        <tr>
          <th scope="col" data-figures>
            No.
          </th>
          <th scope="col">Client</th>
          <th scope="col">Recipient</th>
          <th scope="col">Destination</th>
          <th scope="col" data-figures>
            Pages
          </th>
          <th scope="col" data-figures>
            Sheets
          </th>
          <th scope="col" data-figures>
            Ounces
          </th>
          <th scope="col">Postage</th>
          <th scope="col">Came out</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.letterId} data-testid="manifest-row">
            <td data-figures>{letter.position}</td>
            <td>{letter.clientName}</td>
            <td>
              <UnstyledButton className={classes["link"]} onClick={() => onOpenLetter(letter.letterId)} {...hint("runLetter", "Open the letter")} data-testid="manifest-letter">
                {letter.recipientName}
              </UnstyledButton>
            </td>
            <td>{letter.destination || <Unknown />}</td>
            <td data-figures>{letter.pages}</td>
            <td data-figures>{letter.sheets}</td>
            <td data-figures>{letter.ounces}</td>
            <td>{letter.postage}</td>
            <td>{nothing ? "Not printed" : <CameOut value={letter.cameOut} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CameOut({ value }: { value: boolean | null }) {
  if (value === null) {
    return <span>Not said yet</span>;
  }
  return value ? <Tag tone="good">Well</Tag> : <Tag tone="warn">Jammed</Tag>;
}
