import { ActionIcon, UnstyledButton } from "@mantine/core";
import { type MouseEvent, type ReactNode, memo } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Tag } from "../../components/tag";
import { Tick } from "../../components/tick";
import { Unknown } from "../../components/unknown";
import type { ItemRow } from "../../host/bindings";
import { date, listed, plural, words } from "../../lib/format";
import { outcomeOf } from "../../lib/outcomes";
import classes from "./item-table.module.css";

export const ITEM_COLUMNS = ["Account", "Kind", "Late 30/60/90", "Balance", "Past due", "Opened", "Reported", "Reason"] as const;

export type ItemColumn = (typeof ITEM_COLUMNS)[number];

export const NARROW_COLUMNS: readonly ItemColumn[] = ["Account", "Kind", "Late 30/60/90", "Balance", "Reported", "Reason"];

export const NARROWEST_COLUMNS: readonly ItemColumn[] = ["Account", "Kind", "Balance", "Reported", "Reason"];

interface ItemLineProps {
  item: ItemRow;
  columns: readonly ItemColumn[];
  chosen: boolean;
  /** The reason's text; `null` while none is picked. */
  reason: string | null;
  tabbable: boolean;
  onActive: (id: string) => void;
  onChoose: (id: string, chosen: boolean) => void;
  onAskReason: (id: string) => void;
  /** Asks what of the item must not be disputed. */
  onExclude: (id: string) => void;
  /** Shows all of the item. */
  onOpen: (id: string) => void;
}

/** One negative item. A press anywhere on it chooses it; an excluded one says why it cannot be chosen. */
export const ItemLine = memo(function ItemLine(props: ItemLineProps) {
  const { item, columns, chosen, reason, tabbable, onActive, onChoose, onAskReason, onExclude, onOpen } = props;
  const toggle = () => {
    if (!item.excluded) {
      onChoose(item.id, !chosen);
    }
  };
  const press = () => {
    // Dragging over an account number to copy it is not a press.
    if (window.getSelection()?.isCollapsed !== false) {
      toggle();
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Space on the focused row is the shortcut "itemChoose"
    <tr
      className={classes["row"]}
      tabIndex={tabbable ? 0 : -1}
      aria-selected={chosen}
      aria-disabled={item.excluded || undefined}
      onFocus={() => onActive(item.id)}
      onClick={press}
      data-testid="item-row"
      data-item-id={item.id}
      data-bureau={item.bureau ?? ""}
    >
      <td className={classes["tick"]}>
        <Tick checked={chosen} disabled={item.excluded} onChange={toggle} label={`Choose ${item.accountName} ${item.accountNumber}`} />
      </td>
      {columns.map((column) => (
        <Cell key={column} column={column} item={item} chosen={chosen} reason={reason} onAskReason={onAskReason} onExclude={onExclude} onOpen={onOpen} />
      ))}
    </tr>
  );
});

type CellProps = Pick<ItemLineProps, "item" | "chosen" | "reason" | "onAskReason" | "onExclude" | "onOpen"> & { column: ItemColumn };

function Cell({ column, item, chosen, reason, onAskReason, onExclude, onOpen }: CellProps): ReactNode {
  switch (column) {
    case "Account":
      return (
        <td className={classes["account"]}>
          <span className={classes["strong"]} title={item.accountName}>
            {item.accountName}
          </span>
          <span className={`figures ${classes["weak"]}`}>{item.accountNumber || "No number"}</span>
          <Tools item={item} onExclude={onExclude} onOpen={onOpen} />
        </td>
      );
    case "Kind":
      return (
        <td>
          <span className={classes["line"]}>{kind(item)}</span>
          <span className={classes["tags"]}>
            <Flags item={item} onOpen={onOpen} />
          </span>
        </td>
      );
    case "Late 30/60/90":
      return (
        <td className="figures">{item.lates.some((times) => times > 0) ? item.lates.join(" / ") : <Nothing />}</td>
      );
    case "Balance":
    case "Past due":
      return (
        <td className="figures" data-figures>
          {(column === "Balance" ? item.balance : item.pastDue) ?? <Unknown />}
        </td>
      );
    case "Opened":
      return <td className="figures">{item.opened ? date(item.opened) : <Unknown />}</td>;
    case "Reported":
      return (
        <td className="figures">
          <span className={classes["line"]}>{item.reported ? date(item.reported) : <Unknown />}</span>
          <span className={classes["weak"]} title={item.obsolescence.because}>
            {leaves(item)}
          </span>
        </td>
      );
    case "Reason":
      return (
        <td className={classes["reason"]}>
          <Reason item={item} chosen={chosen} reason={reason} onAskReason={onAskReason} onExclude={onExclude} />
        </td>
      );
  }
}

/** "off by 05/31/2028": when it has to be gone from the report. */
function leaves({ obsolescence }: ItemRow): string {
  return obsolescence.leaves ? `${obsolescence.atLatest ? "off by" : "off on"} ${date(obsolescence.leaves)}` : "leaving unknown";
}

/** What can be done with a row by the mouse alone; the keys are on it. */
function Tools({ item, onExclude, onOpen }: Pick<ItemLineProps, "onExclude" | "onOpen"> & { item: ItemRow }) {
  const press = (act: (id: string) => void) => (event: MouseEvent) => {
    event.stopPropagation();
    act(item.id);
  };
  return (
    <span className={classes["rowTools"]}>
      <Hint shortcut="itemOpen">
        <ActionIcon size="sm" variant="default" tabIndex={-1} aria-label={`All of ${item.accountName}`} onClick={press(onOpen)} data-testid="item-open">
          <Icon name="panel" size={14} />
        </ActionIcon>
      </Hint>
      {item.excluded ? null : (
        <Hint shortcut="exclude">
          <ActionIcon size="sm" variant="default" tabIndex={-1} aria-label={`Exclude ${item.accountName}`} onClick={press(onExclude)} data-testid="item-exclude">
            <Icon name="cross" size={14} />
          </ActionIcon>
        </Hint>
      )}
    </span>
  );
}

/** "Credit Card, Charged off"; an inquiry's two names are the same word, said once. */
function kind({ accountType, accountStatus }: ItemRow): string {
  return [...new Set([accountType, accountStatus])].filter(Boolean).join(", ");
}

function Nothing() {
  return (
    <span className={classes["weak"]}>none</span>
  );
}

/** What the words above them have not said yet. */
function Flags({ item, onOpen }: Pick<ItemLineProps, "onOpen"> & { item: ItemRow }): ReactNode {
  // Letters that are out are the rounds; those that are left wait on this desk.
  const waiting = Math.max(0, item.letters - item.rounds);
  return (
    <>
      {item.obsolescence.obsolete ? (
        <Tag tone="warn" title={item.obsolescence.because}>
          Obsolete
        </Tag>
      ) : null}
      {item.rounds > 0 ? (
        <Hint shortcut="itemOpen">
          <UnstyledButton
            tabIndex={-1}
            className={classes["rounds"]}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(item.id);
            }}
            data-testid="item-rounds"
          >
            <Rounds item={item} />
          </UnstyledButton>
        </Hint>
      ) : null}
      {item.excludedPayments.length > 0 ? (
        <Tag tone="warn" title={`Must not be disputed: ${listed(item.excludedPayments)}`}>
          {plural(item.excludedPayments.length, "late payment")} excluded
        </Tag>
      ) : null}
      {item.collection && !/collection/i.test(item.accountType) ? <Tag>Collection</Tag> : null}
      {item.chargeOff && !/charge.*off/i.test(item.accountStatus) ? <Tag>Charge-off</Tag> : null}
      {item.disputed ? <Tag tone="info">Disputed</Tag> : null}
      {item.status === "new" ? null : <Tag tone={item.status === "repaired" ? "good" : "neutral"}>{words(item.status)}</Tag>}
      {waiting > 0 ? <Tag tone="warn">In {plural(waiting, "letter")}</Tag> : null}
    </>
  );
}

/** How often it was disputed, and what came of it: "Round 2, awaited", "Round 1: verified". */
function Rounds({ item: { rounds, awaited, lastOutcome } }: { item: ItemRow }) {
  const last = lastOutcome ? outcomeOf(lastOutcome) : null;
  if (awaited) {
    return (
      <Tag tone="info" title={last ? `An answer is awaited; the last one was: ${last.name.toLowerCase()}` : "An answer is awaited"}>
        Round {rounds}, awaited
      </Tag>
    );
  }
  return <Tag tone={last?.tone ?? "neutral"}>{last ? `Round ${rounds}: ${last.name.toLowerCase()}` : `Round ${rounds}`}</Tag>;
}

function Reason({ item, chosen, reason, onAskReason, onExclude }: Omit<CellProps, "column" | "onOpen">) {
  if (item.excluded) {
    return (
      <Hint shortcut="exclude" label={item.excludedBecause ?? "Excluded: must not be disputed"}>
        <UnstyledButton
          className={classes["excluded"]}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            onExclude(item.id);
          }}
          data-testid="item-excluded"
        >
          {item.excludedBecause ?? "Excluded: must not be disputed"}
        </UnstyledButton>
      </Hint>
    );
  }
  if (!chosen) {
    return null;
  }
  return (
    <Hint shortcut="reason" label={reason ?? "Pick a reason"}>
      <UnstyledButton
        className={classes["pick"]}
        data-missing={reason === null}
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          onAskReason(item.id);
        }}
        data-testid="item-reason"
      >
        {reason ?? "Pick a reason"}
      </UnstyledButton>
    </Hint>
  );
}
