import { Button, Checkbox, Popover } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { hint } from "../../components/hint";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { AgreementState, ClientRow, ClientSortBy } from "../../host/bindings";
import { cityLine, count, phone, plural } from "../../lib/format";
import { useShortcuts } from "../../lib/use-shortcuts";
import classes from "./client-list.module.css";

const AGREEMENT: Record<AgreementState, { tone: "good" | "warn" | "neutral"; text: string }> = {
  signed: { tone: "good", text: "Signed" },
  cancellable: { tone: "warn", text: "Can cancel" },
  unsigned: { tone: "warn", text: "Not signed" },
  unknown: { tone: "neutral", text: "Unknown" },
};

interface Column {
  id: ClientSortBy;
  label: string;
  /** As CSS: how wide the column is. */
  width: string;
  figures?: boolean;
  right?: boolean;
  /** What a screen reader says in place of the cell's text. */
  says?: (row: ClientRow) => string;
  cell: (row: ClientRow) => ReactNode;
}

/** What the list of clients can show beside the name, in its order. */
export const COLUMNS: readonly Column[] = [
  { id: "city", label: "City, state", width: "minmax(140px, 1.4fr)", cell: (row) => cityLine(row) || <Unknown /> },
  { id: "email", label: "E-mail", width: "minmax(160px, 1.6fr)", cell: (row) => row.email || <Unknown /> },
  { id: "phone", label: "Phone", width: "132px", figures: true, cell: (row) => phone(row.phone) || <Unknown /> },
  { id: "ssn", label: "SSN", width: "84px", figures: true, cell: (row) => (row.ssnLastFour ? `••• ${row.ssnLastFour}` : <Unknown />) },
  { id: "id", label: "Client id", width: "84px", figures: true, cell: (row) => row.id },
  { id: "items", label: "Items", width: "60px", figures: true, right: true, says: (row) => plural(row.items, "item"), cell: (row) => count(row.items) },
  { id: "agreement", label: "Agreement", width: "104px", cell: (row) => <Tag tone={AGREEMENT[row.agreement].tone}>{AGREEMENT[row.agreement].text}</Tag> },
];

/** What is shown until an agent chooses otherwise. */
const USUAL = ["city", "phone", "ssn", "items", "agreement"];
/** Where the choice is kept: it names columns, and nobody. */
const KEPT = "dispute-desk.client-columns";

function kept(): string[] {
  const text = window.localStorage.getItem(KEPT);
  const names = text?.split(",").filter((name) => COLUMNS.some(({ id }) => id === name));
  return names ?? USUAL;
}

export interface ClientColumns {
  shown: readonly Column[];
  /** As CSS: the widths of all, the name's first. */
  template: string;
  toggle: (id: string) => void;
  reset: () => void;
}

/** The columns that the agent chose; they are the same the next time. */
export function useClientColumns(): ClientColumns {
  const [chosen, setChosen] = useState(kept);
  return useMemo(() => {
    const choose = (ids: string[]) => {
      window.localStorage.setItem(KEPT, ids.join(","));
      setChosen(ids);
    };
    const shown = COLUMNS.filter(({ id }) => chosen.includes(id));
    return {
      shown,
      template: ["minmax(200px, 2.2fr)", ...shown.map(({ width }) => width)].join(" "),
      toggle: (id) => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
      reset: () => {
        window.localStorage.removeItem(KEPT);
        setChosen(USUAL);
      },
    };
  }, [chosen]);
}

/** Chooses what the list shows beside the name. */
export function ColumnPicker({ columns: { shown, toggle, reset } }: { columns: ClientColumns }) {
  const [opened, setOpened] = useState(false);
  useShortcuts({ columns: () => setOpened(true), columnsUsual: reset });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<Icon name="sliders" />} onClick={() => setOpened(!opened)} {...hint("columns")} data-testid="columns">
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" data-testid="column-choices">
        <div className={classes["picker"]}>
          {COLUMNS.map(({ id, label }) => (
            <Checkbox key={id} size="xs" label={label} checked={shown.some((column) => column.id === id)} onChange={() => toggle(id)} data-testid={`column-${id}`} />
          ))}
          <Hint shortcut="columnsUsual">
            <Button size="compact-xs" variant="subtle" onClick={reset} data-testid="columns-usual">
              As usual
            </Button>
          </Hint>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
