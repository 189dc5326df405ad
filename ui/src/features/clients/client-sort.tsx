import { Button, Menu, UnstyledButton } from "@mantine/core";
import { useCallback, useState } from "react";
import { hint } from "../../components/hint";
import { Icon } from "../../components/icon";
import { Keys } from "../../components/keys";
import type { ClientSort, ClientSortBy } from "../../host/bindings";
import { useShortcuts } from "../../lib/use-shortcuts";
import { USUAL_SORT } from "./client-filter";
import classes from "./client-list.module.css";

/** What the list is sorted by, in the order of its columns; `ways` say both directions in the column's own words. */
const SORTS: readonly { by: ClientSortBy; label: string; ways: readonly [string, string] }[] = [
  { by: "name", label: "Name", ways: ["A to Z", "Z to A"] },
  { by: "city", label: "City, state", ways: ["A to Z", "Z to A"] },
  { by: "email", label: "E-mail", ways: ["A to Z", "Z to A"] },
  { by: "phone", label: "Phone", ways: ["0 to 9", "9 to 0"] },
  { by: "ssn", label: "SSN", ways: ["0 to 9", "9 to 0"] },
  { by: "id", label: "Client id", ways: ["lowest first", "highest first"] },
  { by: "items", label: "Items", ways: ["fewest first", "most first"] },
  { by: "agreement", label: "Agreement", ways: ["signed first", "not signed first"] },
];

/** Where the order is kept: it names a column, and nobody. */
const KEPT = "dispute-desk.client-sort";

function kept(): ClientSort {
  const [name, way] = window.localStorage.getItem(KEPT)?.split(" ") ?? [];
  const sort = SORTS.find(({ by }) => by === name);
  return sort ? { by: sort.by, descending: way === "descending" } : USUAL_SORT;
}

/** Has the list sorted so from now on. */
export function keepSort({ by, descending }: ClientSort): void {
  window.localStorage.setItem(KEPT, `${by} ${descending ? "descending" : "ascending"}`);
}

/** The order that the agent chose; it is the same the next time. */
export function useClientSort(): [ClientSort, (sort: ClientSort) => void] {
  const [sort, setSort] = useState(kept);
  const sortBy = useCallback((next: ClientSort) => {
    keepSort(next);
    setSort(next);
  }, []);
  return [sort, sortBy];
}

/** By this column, the way one looks at it first; the other way round when it is sorted by it already. */
export function sortedBy(by: ClientSortBy, before: ClientSort): ClientSort {
  return before.by === by ? { by, descending: !before.descending } : { by, descending: by === "items" };
}

interface SortProps {
  sort: ClientSort;
  onSort: (sort: ClientSort) => void;
}

/** The head of a column, which sorts the list. */
export function SortHead({ by, label, right = false, sort, onSort }: SortProps & { by: ClientSortBy; label: string; right?: boolean | undefined }) {
  const mine = sort.by === by;
  const way = sort.descending ? "descending" : "ascending";
  return (
    <span role="columnheader" aria-sort={mine ? way : "none"} className={right ? classes["right"] : undefined}>
      <UnstyledButton className={classes["sorter"]} data-sorted={mine} onClick={() => onSort(sortedBy(by, sort))} {...hint("sortClients", `Sort by ${label}`)} data-testid={`sort-${by}`}>
        {label}
        {mine ? <Icon name={sort.descending ? "down" : "up"} size={12} /> : null}
      </UnstyledButton>
    </span>
  );
}

/** Sorts by any column, also one that is not shown. */
export function SortMenu({ sort, onSort }: SortProps) {
  const [opened, setOpened] = useState(false);
  useShortcuts({ sortClients: () => setOpened(true) });
  const { label, ways } = SORTS.find(({ by }) => by === sort.by) ?? { label: "Name", ways: ["A to Z", "Z to A"] };
  return (
    <Menu opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={classes["tool"] ?? ""}
          leftSection={<Icon name="sort" />}
          {...hint("sortClients", `Sorted by ${label.toLowerCase()}, ${ways[sort.descending ? 1 : 0]}`)}
          data-testid="sort-menu"
        >
          Sort
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Sort by" data-testid="sort-choices">
        <Menu.Label className={classes["menuHead"] ?? ""}>
          Sort by <Keys of="sortClients" />
        </Menu.Label>
        {SORTS.map((one) => {
          const mine = one.by === sort.by;
          const next = sortedBy(one.by, sort);
          return (
            <Menu.RadioItem
              key={one.by}
              value={one.by}
              checked={mine}
              checkIcon={<Icon name={sort.descending ? "down" : "up"} size={14} />}
              rightSection={<span className={classes["way"]}>{one.ways[mine ? (sort.descending ? 1 : 0) : next.descending ? 1 : 0]}</span>}
              closeMenuOnClick
              onClick={() => onSort(next)}
              data-testid={`sort-by-${one.by}`}
            >
              {one.label}
            </Menu.RadioItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
