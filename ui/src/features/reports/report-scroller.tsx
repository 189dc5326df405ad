import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import classes from "./reports.module.css";

/** A piece of a report that is drawn at once. */
export interface Piece {
  key: string;
  /** How high it is about, in pixels, before it was drawn. */
  height: number;
  draw: () => ReactNode;
}

/** Lines that are drawn at once: a report may have thousands. */
const LINES = 60;

/** Parts lines so that no piece is long. */
export function chunks<T>(lines: readonly T[]): readonly T[][] {
  const parts: T[][] = [];
  for (let at = 0; at === 0 || at < lines.length; at += LINES) {
    parts.push(lines.slice(at, at + LINES));
  }
  return parts;
}

/** A report of any length: only what is in view is drawn. */
export function ReportScroller({ label, pieces }: { label: string; pieces: readonly Piece[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: pieces.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => pieces[index]?.height ?? 0,
    getItemKey: (index) => pieces[index]?.key ?? index,
    overscan: 4,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section ref={scroller} className={classes["scroller"]} aria-label={label} tabIndex={0} data-testid="report-scroller">
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={classes["piece"]}
            style={{ transform: `translateY(${start}px)` }}
          >
            {pieces[index]?.draw()}
          </div>
        ))}
      </div>
    </section>
  );
}
