import { useMemo } from "react";
import { Unknown } from "../../components/unknown";
import type { ReportDocument as Document, ReportEntry, ReportLine, ReportSection } from "../../host/bindings";
import { plural } from "../../lib/format";
import { EntryHead, SectionHead } from "./entry-head";
import { type Piece, ReportScroller, chunks } from "./report-scroller";
import classes from "./reports.module.css";
import { type BureauFilter, isTold, reportName } from "./reports";

/** One report, part by part. */
export function ReportDocument({ document, filter }: { document: Document; filter: BureauFilter }) {
  const pieces = useMemo(() => document.sections.flatMap((section, index) => sectionPieces(section, index, filter)), [document, filter]);
  return <ReportScroller label={reportName(document.report)} pieces={pieces} />;
}

function sectionPieces(section: ReportSection, index: number, filter: BureauFilter): Piece[] {
  const told = section.entries.filter((entry) => isTold(entry, filter));
  if (told.length === 0) {
    return [];
  }
  const head: Piece = {
    key: `${index}`,
    height: 46,
    draw: () => <SectionHead title={section.title} entries={plural(told.length, "entry", "entries")} />,
  };
  return [head, ...told.flatMap((entry, place) => entryPieces(entry, section.title, `${index}.${place}`))];
}

function entryPieces(entry: ReportEntry, fallback: string, key: string): Piece[] {
  return chunks(entry.lines).map((lines, part) => ({
    key: `${key}.${part}`,
    height: (part === 0 ? 44 : 0) + lines.length * 22,
    draw: () => (
      <article className={classes["entry"]} data-continues={part > 0} data-testid={part === 0 ? "report-entry" : undefined}>
        {part === 0 ? <EntryHead title={entry.title} number={entry.number} fallback={fallback} bureau={entry.bureau} /> : null}
        <div className={classes["lines"]}>
          {lines.map((line, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the lines of a report never move
            <Line key={at} line={line} />
          ))}
        </div>
      </article>
    ),
  }));
}

function Line({ line: { label, value, depth, heading } }: { line: ReportLine }) {
  return (
    <p className={classes["line"]} data-heading={heading} style={{ paddingLeft: inset(depth) }}>
      <span className={classes["label"]}>{label}</span>
      {heading ? null : <span className={classes["value"]}>{value ?? <Unknown />}</span>}
    </p>
  );
}

/** How far a line is set in: what is nested deeper than can be shown keeps the last step. */
export function inset(depth: number): number {
  return Math.min(depth, 6) * 14;
}
