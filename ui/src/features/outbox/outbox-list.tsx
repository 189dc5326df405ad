import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { Tag } from "../../components/tag";
import type { OutboxItem, OutboxPause } from "../../host/bindings";
import { clock, plural } from "../../lib/format";
import { type Lane, headOf, standing } from "./outbox";
import classes from "./outbox.module.css";

interface OutboxListProps {
  groups: readonly Lane[];
  unsent: readonly OutboxItem[];
  activeId: string | null;
  paused: OutboxPause | null;
  now: number;
  onActive: (id: string) => void;
}

const ROW_HEIGHT = 72;
const GROUP_HEIGHT = 30;

type Line = { kind: "client"; lane: Lane } | { kind: "row"; item: OutboxItem };

/** Rows under their clients: a client's rows go one after the other, clients beside each other. */
export function OutboxList({ groups, unsent, activeId, paused, now, onActive }: OutboxListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo<Line[]>(
    () => groups.flatMap((lane) => [{ kind: "client" as const, lane }, ...lane.items.map((item) => ({ kind: "row" as const, item }))]),
    [groups],
  );
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === "client" ? GROUP_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => {
      const line = lines[index];
      return line?.kind === "row" ? line.item.id : `client ${line?.lane.clientId ?? index}`;
    },
    overscan: 8,
  });
  const at = lines.findIndex((line) => line.kind === "row" && line.item.id === activeId);

  useEffect(() => {
    if (at >= 0) {
      // The first row is shown with the client above it.
      virtualizer.scrollToIndex(at === 1 ? 0 : at);
      const row = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${at + 1}"]`);
      // Moving by keys moves the focus too, unless it is in a control elsewhere.
      if (row && scroller.current?.contains(document.activeElement)) {
        row.focus({ preventScroll: true });
      }
    }
  }, [at, activeId, virtualizer]);

  return (
    <div ref={scroller} role="grid" aria-label="Rows of the outbox, by client" aria-rowcount={lines.length} className={classes["list"]}>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          if (!line) {
            return null;
          }
          const style = { transform: `translateY(${start}px)`, height: line.kind === "client" ? GROUP_HEIGHT : ROW_HEIGHT };
          return line.kind === "client" ? (
            <div key={key} role="row" aria-rowindex={index + 1} className={classes["group"]} style={style} data-testid="outbox-client">
              <span role="rowheader">{line.lane.clientName || "A client no longer here"}</span>
              <span role="gridcell" className={classes["groupCount"]}>
                {plural(line.lane.items.length, "row")}
              </span>
            </div>
          ) : (
            <Row
              key={key}
              item={line.item}
              index={index}
              style={style}
              active={index === at}
              head={headOf(line.item, unsent)}
              paused={paused}
              now={now}
              onActive={onActive}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps extends Pick<OutboxListProps, "paused" | "now" | "onActive"> {
  item: OutboxItem;
  index: number;
  style: { transform: string; height: number };
  active: boolean;
  head: OutboxItem | undefined;
}

function Row({ item, index, style, active, head, paused, now, onActive }: RowProps) {
  const { word, tone, why } = standing(item, head, paused, now);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- moving to the row by keys shows it as a press does
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-current={active}
      tabIndex={active ? 0 : -1}
      className={classes["row"]}
      style={style}
      onClick={() => onActive(item.id)}
      onFocus={() => onActive(item.id)}
      data-testid="outbox-row"
      data-row-id={item.id}
      data-stage={item.stage}
    >
      <div role="gridcell" className={classes["what"]}>
        <span className={classes["title"]}>
          <span className={classes["name"]}>{item.title}</span>
          <Tag tone={tone}>{word}</Tag>
        </span>
        <span className={classes["title"]}>
          <span className={classes["sub"]}>{item.detail}</span>
          <span className={classes["since"]}>since {clock(item.createdAt, now)}</span>
        </span>
        <span className={classes["sub"]} data-asks={item.asks} title={why}>
          {why}
        </span>
      </div>
    </div>
  );
}
