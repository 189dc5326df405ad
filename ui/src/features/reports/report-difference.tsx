import { useMemo } from "react";
import { EmptyState } from "../../components/empty-state";
import { Tag, type Tone } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { ReportChange, ReportChangedEntry, ReportChangedRow, ReportDifference as Difference } from "../../host/bindings";
import { plural } from "../../lib/format";
import { EntryHead, SectionHead } from "./entry-head";
import { type Piece, ReportScroller, chunks } from "./report-scroller";
import classes from "./reports.module.css";
import { type BureauFilter, isTold, reportName } from "./reports";

const CHANGES: Record<ReportChange, { tone: Tone; text: string }> = {
  added: { tone: "warn", text: "Added" },
  removed: { tone: "good", text: "Deleted" },
  changed: { tone: "info", text: "Changed" },
};

/** What was added, deleted and changed, field by field. */
export function ReportDifference({ difference, filter }: { difference: Difference; filter: BureauFilter }) {
  const pieces = useMemo(() => differencePieces(difference, filter), [difference, filter]);
  const entries = difference.sections
    .filter(({ part }) => part !== "report")
    .flatMap((section) => section.entries)
    .filter((entry) => isTold(entry, filter));
  const count = (change: ReportChange) => entries.filter((entry) => entry.change === change).length;
  return (
    <>
      <p className={classes["sum"]} role="status" data-testid="difference-sum">
        {count("added")} added, {count("removed")} deleted, {count("changed")} changed,{" "}
        {plural(difference.unchanged, "entry", "entries")} the same{filter === "all" ? "" : " at all bureaus"}
      </p>
      {pieces.length > 0 ? (
        <ReportScroller label={`From ${reportName(difference.before)} to ${reportName(difference.after)}`} pieces={pieces} />
      ) : (
        <EmptyState icon="check" title="No difference">
          <p>Both reports say the same.</p>
        </EmptyState>
      )}
    </>
  );
}

function differencePieces(difference: Difference, filter: BureauFilter): Piece[] {
  return difference.sections.flatMap((section, index) => {
    const told = section.entries.filter((entry) => isTold(entry, filter));
    if (told.length === 0) {
      return [];
    }
    const head: Piece = { key: `${index}`, height: 46, draw: () => <SectionHead title={section.title} entries={plural(told.length, "difference")} /> };
    return [head, ...told.flatMap((entry, place) => entryPieces(entry, section.title, `${index}.${place}`))];
  });
}

function entryPieces(entry: ReportChangedEntry, fallback: string, key: string): Piece[] {
  const { tone, text } = CHANGES[entry.change];
  return chunks(entry.rows).map((rows, part) => ({
    key: `${key}.${part}`,
    height: (part === 0 ? 44 : 0) + rows.length * 24,
    draw: () => (
      <article
        className={classes["entry"]}
        data-continues={part > 0}
        data-change={entry.change}
        data-testid={part === 0 ? "changed-entry" : undefined}
      >
        {part === 0 ? (
          <EntryHead title={entry.title} number={entry.number} fallback={fallback} bureau={entry.bureau}>
            <Tag tone={tone}>{text}</Tag>
          </EntryHead>
        ) : null}
        <table className={classes["table"]}>
          <thead className={classes["hidden"]}>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Earlier</th>
              <th scope="col">Later</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- the lines of a report never move
              <Row key={at} row={row} change={entry.change} />
            ))}
          </tbody>
        </table>
      </article>
    ),
  }));
}

function Row({ row: { label, before, after }, change }: { row: ReportChangedRow; change: ReportChange }) {
  return (
    <tr data-testid="changed-row" data-label={label}>
      <th scope="row">{label}</th>
      <td>{before === null ? change === "added" ? null : <Unknown /> : <del>{before}</del>}</td>
      <td>{after === null ? change === "removed" ? null : <Unknown /> : <ins>{after}</ins>}</td>
    </tr>
  );
}
