import { Checkbox, VisuallyHidden } from "@mantine/core";
import { useMemo, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { ReportBeside as Beside, ReportBesideColumn, ReportBesideEntry, ReportBesideRow } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import { date, listed, plural } from "../../lib/format";
import { EntryHead, SectionHead } from "./entry-head";
import { inset } from "./report-document";
import { type Piece, ReportScroller, chunks } from "./report-scroller";
import classes from "./reports.module.css";

/** The newest report of each bureau in columns; what differs is marked. */
export function ReportBeside({ beside }: { beside: Beside }) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const pieces = useMemo(() => besidePieces(beside, onlyDifferent), [beside, onlyDifferent]);
  return (
    <>
      <div className={classes["columns"]} data-testid="beside-columns">
        <Checkbox
          label="Only what differs"
          checked={onlyDifferent}
          onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
          data-testid="only-different"
        />
        {beside.columns.map((column) => (
          <ColumnHead key={column.bureau} column={column} />
        ))}
      </div>
      {pieces.length > 0 ? (
        <ReportScroller label="Three bureaus side by side" pieces={pieces} />
      ) : (
        <EmptyState icon="check" title="Nothing differs">
          <p>What the bureaus tell is the same, as far as they tell it.</p>
        </EmptyState>
      )}
    </>
  );
}

function ColumnHead({ column: { bureau, report } }: { column: ReportBesideColumn }) {
  const day = report?.reportedOn ? date(report.reportedOn) : "date unknown";
  return (
    <span className={classes["columnHead"]}>
      <strong>{bureauName(bureau)}</strong> <span className={classes["aside"]}>{report ? day : "no report here"}</span>
    </span>
  );
}

function besidePieces(beside: Beside, onlyDifferent: boolean): Piece[] {
  return beside.sections.flatMap((section, index) => {
    const wanted = section.entries
      .map((entry) => ({ entry, rows: onlyDifferent ? entry.rows.filter(({ differs }) => differs) : entry.rows }))
      .filter(({ entry, rows }) => !onlyDifferent || rows.length > 0 || missing(entry, beside.columns).length > 0);
    if (wanted.length === 0) {
      return [];
    }
    const head: Piece = {
      key: `${index}`,
      height: 46,
      draw: () => <SectionHead title={section.title} entries={plural(wanted.length, "entry", "entries")} />,
    };
    return [head, ...wanted.flatMap(({ entry, rows }, place) => entryPieces(entry, rows, section.title, beside.columns, `${index}.${place}`))];
  });
}

function entryPieces(entry: ReportBesideEntry, rows: readonly ReportBesideRow[], fallback: string, columns: readonly ReportBesideColumn[], key: string): Piece[] {
  const without = missing(entry, columns);
  return chunks(rows).map((lines, part) => ({
    key: `${key}.${part}`,
    height: (part === 0 ? 44 : 0) + lines.length * 24,
    draw: () => (
      <article className={classes["entry"]} data-continues={part > 0} data-testid={part === 0 ? "beside-entry" : undefined}>
        {part === 0 ? (
          <EntryHead title={entry.title} number={entry.number} fallback={fallback}>
            {without.length > 0 ? <Tag tone="warn">Not at {listed(without)}</Tag> : null}
          </EntryHead>
        ) : null}
        <table className={classes["table"]}>
          <thead className={classes["hidden"]}>
            <tr>
              <th scope="col">Field</th>
              {columns.map(({ bureau }) => (
                <th key={bureau} scope="col">
                  {bureauName(bureau)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- the lines of a report never move
              <Row key={at} row={row} present={entry.present} />
            ))}
          </tbody>
        </table>
      </article>
    ),
  }));
}

function Row({ row, present }: { row: ReportBesideRow; present: readonly boolean[] }) {
  return (
    <tr data-differs={row.differs} data-testid={row.differs ? "beside-differs" : undefined}>
      <th scope="row" style={{ paddingLeft: inset(row.depth) }} data-heading={row.heading}>
        {row.label}
        {row.differs ? (
          <>
            <span className={classes["mark"]} aria-hidden="true">
              {" "}
              ≠
            </span>
            <VisuallyHidden> differs</VisuallyHidden>
          </>
        ) : null}
      </th>
      {row.values.map((value, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a column has no other name here
        <td key={at}>{value ?? (present[at] && !row.heading ? <Unknown /> : null)}</td>
      ))}
    </tr>
  );
}

/** Bureaus whose report is here and does not have the entry. */
function missing(entry: ReportBesideEntry, columns: readonly ReportBesideColumn[]): string[] {
  return columns.flatMap(({ bureau, report }, at) => (report && !entry.present[at] ? [bureauName(bureau)] : []));
}
