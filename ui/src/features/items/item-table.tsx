import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { EmptyState } from "../../components/empty-state";
import { FilterBar } from "../../components/filter-bar";
import { ProblemNotice } from "../../components/problem-notice";
import { useProblemToast } from "../../components/toast";
import { useNothing } from "../../components/use-nothing";
import { useLastUndo } from "../../components/use-last-undo";
import type { ItemRow, OutcomeCode, Problem } from "../../host/bindings";
import type { DraftChange } from "../../lib/dispute-draft";
import { useSetOutcome } from "../../lib/follow-ups";
import { plural } from "../../lib/format";
import { useShortcuts } from "../../lib/use-shortcuts";
import { ExcludeDialog } from "./exclude-dialog";
import { type Dispute, ItemDialog } from "./item-dialog";
import { ITEM_COLUMNS, type ItemColumn, ItemLine, NARROWEST_COLUMNS, NARROW_COLUMNS } from "./item-line";
import classes from "./item-table.module.css";
import { ITEM_FILTERS, type ItemFilter, byBureau, passes } from "./items";

interface ItemTableProps {
  clientId: string;
  items: readonly ItemRow[] | undefined;
  /** The item that takes the focus when it is there. */
  first: string | null;
  problem: Problem | null;
  onRetry: () => void;
  /** Chosen item -> its reason, as in the draft. */
  choice: ReadonlyMap<string, string | null>;
  onChange: (change: DraftChange) => void;
  reasonName: (id: string) => string;
  /** Asks for one reason for these items. */
  onAskReason: (itemIds: string[]) => void;
}

const FIGURES = new Set<ItemColumn>(["Balance", "Past due"]);

const NONE = {
  icon: "check",
  title: "No negative items",
  text: "None are in the cache for this client. They arrive with the next sync after a report is imported.",
} as const;

/** A client's negative items by bureau. Choosing needs no mouse: J and K move, Space chooses, R gives a reason. */
export const ItemTable = memo(function ItemTable(props: ItemTableProps) {
  const { clientId, items, first, problem, onRetry, choice, onChange, reasonName, onAskReason } = props;
  const [filter, setFilter] = useState<ItemFilter>("all");
  const [activeId, setActiveId] = useState<string | null>(null);
  const [excluding, setExcluding] = useState<readonly string[]>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const outcome = useSetOutcome();
  const report = useProblemToast();
  const { offer, undo } = useLastUndo();
  const none = useNothing("items", clientId, items?.length === 0, NONE);
  const table = useRef<HTMLTableElement>(null);
  // With the letter desk beside it, a small window keeps the columns that decide.
  const wide = useMediaQuery("(min-width: 1600px)", false, { getInitialValueInEffect: false });
  const beside = useMediaQuery("(min-width: 1200px)", true, { getInitialValueInEffect: false });
  const columns = wide ? ITEM_COLUMNS : beside ? NARROW_COLUMNS : NARROWEST_COLUMNS;

  const groups = useMemo(
    () => byBureau((items ?? []).filter((item) => passes(item, filter, choice))),
    [items, filter, choice],
  );
  const order = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  const active = order.find(({ id }) => id === activeId);
  const chosen = (items ?? []).filter(({ id, excluded }) => choice.has(id) && !excluded).map(({ id }) => id);

  const focusRow = (item: ItemRow | undefined) => {
    if (item) {
      setActiveId(item.id);
      rowOf(table.current, item.id)?.focus();
    }
  };
  const move = (by: number) => {
    const at = active ? order.indexOf(active) : by > 0 ? -1 : order.length;
    focusRow(order[Math.max(0, Math.min(order.length - 1, at + by))]);
  };
  const choose = useCallback(
    (id: string, chosenNow: boolean) => onChange({ type: "choose", itemIds: [id], chosen: chosenNow }),
    [onChange],
  );
  const askReasonOf = useCallback((id: string) => onAskReason([id]), [onAskReason]);
  const excludeOne = useCallback((id: string) => setExcluding([id]), []);
  const recordOutcome = ({ letter: { letterId }, item }: Dispute, to: OutcomeCode | null, name: string) => {
    const change = (code: OutcomeCode | null) => outcome.mutate({ letterId, itemIds: [item.itemId], outcome: code }, { onError: report });
    change(to);
    offer(`${item.accountName}: ${name.toLowerCase()}.`, () => change(item.outcome));
  };
  const askReason = () => {
    if (active && !active.excluded) {
      onAskReason([active.id]);
    } else if (chosen.length > 0) {
      onAskReason(chosen);
    }
  };

  useShortcuts({
    itemDown: () => move(1),
    itemUp: () => move(-1),
    itemChoose: () => {
      if (active && !active.excluded) {
        choose(active.id, !choice.has(active.id));
      }
    },
    itemOpen: () => setOpenId(active?.id ?? null),
    exclude: () => setExcluding(active ? [active.id] : chosen),
    excludeAll: () => setExcluding(chosen),
    undo,
    reason: askReason,
    reasonAll: () => {
      if (chosen.length > 0) {
        onAskReason(chosen);
      }
    },
  });

  const here = items?.some(({ id }) => id === first) ?? false;
  useEffect(() => {
    if (first && here) {
      rowOf(table.current, first)?.focus();
    }
  }, [first, here]);

  // The row that is moved to must not hide under its bureau's header.
  useEffect(() => {
    if (activeId) {
      rowOf(table.current, activeId)?.scrollIntoView?.({ block: "nearest" });
    }
  }, [activeId]);

  if (problem && !items) {
    return (
      <div className={classes["state"]}>
        <ProblemNotice problem={problem} onRetry={onRetry} />
      </div>
    );
  }

  const counted = ITEM_FILTERS.map((option) => ({
    ...option,
    count: (items ?? []).filter((item) => passes(item, option.id, choice)).length,
  }));

  return (
    <section className={classes["section"]} aria-label="Negative items">
      <div className={classes["tools"]}>
        <FilterBar label="Which items" options={counted} value={filter} onChange={setFilter} />
      </div>
      <div className={classes["scroller"]}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose rows are moved through and chosen is a grid */}
        <table ref={table} role="grid" aria-multiselectable="true" aria-label="Negative items" className={classes["table"]}>
          <thead>
            <tr>
              <th scope="col" className={classes["tick"]}>
                <span className={classes["hidden"]}>Chosen</span>
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" data-figures={FIGURES.has(column)} data-column={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          {items === undefined ? <Ghosts span={columns.length + 1} /> : null}
          {groups.map((group) => (
            <tbody key={group.name}>
              <tr className={classes["group"]}>
                <th colSpan={columns.length + 1} scope="rowgroup">
                  {group.name} <span>{plural(group.items.length, "item")}</span>
                </th>
              </tr>
              {group.items.map((item) => (
                <ItemLine
                  key={item.id}
                  item={item}
                  columns={columns}
                  chosen={choice.has(item.id)}
                  reason={reasonOf(choice, item.id, reasonName)}
                  // One row can be tabbed to: the active one, or the first.
                  tabbable={(active ?? order[0])?.id === item.id}
                  onActive={setActiveId}
                  onChoose={choose}
                  onAskReason={askReasonOf}
                  onExclude={excludeOne}
                  onOpen={setOpenId}
                />
              ))}
            </tbody>
          ))}
        </table>
        {items && order.length === 0 ? (
          items.length === 0 ? (
            none ? (
              <EmptyState icon={none.icon} title={none.title}>
                <p>{none.text}</p>
              </EmptyState>
            ) : null
          ) : (
            <EmptyState icon="search" title="No item of this kind">
              <p>Choose another view above.</p>
            </EmptyState>
          )
        ) : null}
      </div>
      <ItemDialog
        clientId={clientId}
        item={items?.find(({ id }) => id === openId)}
        onClose={() => setOpenId(null)}
        onExclude={(id) => {
          setOpenId(null);
          setExcluding([id]);
        }}
        onOutcome={recordOutcome}
      />
      <ExcludeDialog
        clientId={clientId}
        items={(items ?? []).filter(({ id }) => excluding.includes(id))}
        onClose={() => setExcluding([])}
        onDone={offer}
      />
    </section>
  );
});

function rowOf(table: HTMLTableElement | null, itemId: string): HTMLTableRowElement | null {
  return [...(table?.rows ?? [])].find((row) => row.dataset["itemId"] === itemId) ?? null;
}

function reasonOf(
  choice: ItemTableProps["choice"],
  itemId: string,
  reasonName: (id: string) => string,
): string | null {
  const reasonId = choice.get(itemId);
  return reasonId ? reasonName(reasonId) : null;
}

function Ghosts({ span }: { span: number }) {
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: 8 }, (_, index) => `ghost-${index}`).map((key) => (
        <tr key={key} className={classes["ghost"]}>
          <td colSpan={span}>
            <Skeleton height={10} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
