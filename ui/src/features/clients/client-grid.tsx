import { Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, memo, useDeferredValue, useImperativeHandle, useRef } from "react";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientFilter, ClientRow, ClientSort } from "../../host/bindings";
import type { ClientColumns } from "./client-columns";
import classes from "./client-list.module.css";
import { SortHead } from "./client-sort";
import { useClientRows } from "./clients";

const ROW_HEIGHT = 36;
/** Rows that are drawn above and below those in sight. */
const AROUND = 12;

/** What the keys do to the rows in sight. */
export interface GridHandle {
  /** Scrolls no farther than needed to show a row. */
  show: (index: number) => void;
  top: () => void;
  /** Rows that fit, less one: what Page down goes by. */
  page: () => number;
}

/** The DOM id of a row, for whoever names the active one. */
export function rowId(grid: string, index: number): string {
  return `${grid}-${index}`;
}

interface ClientGridProps {
  ref: Ref<GridHandle>;
  id: string;
  query: string;
  sort: ClientSort;
  filter: ClientFilter;
  /** How many match, once that is known. */
  total: number | null;
  columns: ClientColumns;
  active: number;
  /** The row to begin near. */
  startsAt: number;
  onSort: (sort: ClientSort) => void;
  onOpen: (id: string) => void;
}

/** The clients themselves. It stands by itself, so that a scroll draws rows and nothing else. */
export const ClientGrid = memo(function ClientGrid({ ref, id, query, sort, filter, total, columns, active, startsAt, onSort, onOpen }: ClientGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { shown, template } = columns;
  const virtualizer = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: AROUND,
    initialOffset: Math.max(0, (startsAt - 6) * ROW_HEIGHT),
  });
  const drawn = virtualizer.getVirtualItems();
  const rows = useClientRows({ query, sort, filter }, drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0);
  const sight = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  // A row that leaves one end of the list is drawn anew at the other: changing it costs less than making it.
  const most = Math.ceil((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) + 1 + 2 * AROUND;
  // While one types, the rows in sight come first; those around them follow when there is time.
  const settled = useDeferredValue(rows.firstPage);

  useImperativeHandle(ref, () => ({
    show: (index) => virtualizer.scrollToIndex(index),
    top: () => scroller.current?.scrollTo?.({ top: 0 }),
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_HEIGHT) - 1),
  }));

  return (
    <>
      {rows.problem ? (
        <div className={classes["problem"]}>
          <ProblemNotice problem={rows.problem} onRetry={rows.retry} />
        </div>
      ) : null}
      <div
        id={id}
        role="grid"
        aria-label="Clients"
        aria-rowcount={(total ?? 0) + 1}
        aria-busy={rows.searching}
        data-query={rows.asked.query}
        className={classes["grid"]}
        data-loaded={total !== null}
      >
        <Heads shown={shown} template={template} sort={sort} onSort={onSort} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
        <div ref={scroller} role="rowgroup" className={classes["scroller"]} tabIndex={0} data-testid="client-rows">
          {total === null && !rows.problem ? <SkeletonRows /> : null}
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {drawn.map(({ index, start }) => {
              const inSight = index >= sight.startIndex && index <= sight.endIndex;
              return (
                <Row
                  key={drawn.length <= most ? index % most : index}
                  id={rowId(id, index)}
                  index={index}
                  top={start}
                  row={(inSight ? undefined : settled[index]) ?? rows.row(index)}
                  shown={shown}
                  template={template}
                  active={index === active}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
});

type Shown = Pick<ClientColumns, "shown" | "template">;

const Heads = memo(function Heads({ shown, template, sort, onSort }: Shown & Pick<ClientGridProps, "sort" | "onSort">) {
  return (
    <div role="rowgroup" className={classes["columns"]}>
      <div role="row" aria-rowindex={1} className={classes["row"]} style={{ gridTemplateColumns: template }}>
        <SortHead by="name" label="Name" sort={sort} onSort={onSort} />
        {shown.map(({ id, label, right }) => (
          <SortHead key={id} by={id} label={label} right={right} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
});

interface RowProps extends Shown {
  id: string;
  index: number;
  top: number;
  row: ClientRow | undefined;
  active: boolean;
  onOpen: (id: string) => void;
}

/** Drawn again only when it changes: while one types, most rows on the screen do not. */
const Row = memo(function Row({ id, index, top, row, shown, template, active, onOpen }: RowProps) {
  const style = { transform: `translateY(${top}px)`, height: ROW_HEIGHT, gridTemplateColumns: template };
  if (!row) {
    return (
      <div role="row" aria-rowindex={index + 2} className={classes["row"]} data-waiting style={style}>
        <span role="gridcell">
          <Skeleton height={10} width="60%" />
        </span>
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys go to the search field, which names the active row
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes["row"]}
      style={style}
      onClick={() => onOpen(row.id)}
      data-testid="client-row"
      data-client-id={row.id}
    >
      <span role="gridcell" className={classes["name"]} title={row.name}>
        {row.sortedName}
      </span>
      {shown.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          className={[column.figures ? "figures" : "", column.right ? classes["right"] : ""].join(" ").trim() || undefined}
          aria-label={column.says?.(row)}
        >
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
});

function SkeletonRows() {
  return (
    <div role="presentation" aria-hidden="true">
      {Array.from({ length: 14 }, (_, index) => `waiting-${index}`).map((key) => (
        <div key={key} className={classes["ghost"]} style={{ height: ROW_HEIGHT }}>
          <Skeleton height={10} width="100%" />
        </div>
      ))}
    </div>
  );
}
