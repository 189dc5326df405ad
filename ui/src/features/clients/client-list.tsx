import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, memo, useCallback, useEffect, useId, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { useNothing } from "../../components/use-nothing";
import { Icon } from "../../components/icon";
import { Hint, Keys } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientFilter, ClientSort, SavedClientFilter } from "../../host/bindings";
import { count, listed, plural } from "../../lib/format";
import { dialogIsOpen, useShortcuts } from "../../lib/use-shortcuts";
import { type ClientColumns, ColumnPicker, useClientColumns } from "./client-columns";
import { ClientGrid, type GridHandle, rowId } from "./client-grid";
import classes from "./client-list.module.css";
import { NO_FILTER, criteria, narrows, sameFilter, sameSort } from "./client-filter";
import { useSavedFilters, useSegment } from "./client-filters";
import { SortMenu, useClientSort } from "./client-sort";
import { type Asked, keyOfAsked, useClientCount, useClientRows } from "./clients";
import { FilterChips, type FilterChipsProps } from "./filter-chips";
import { FilterMenu } from "./filter-menu";
import { NameFilterDialog, type Naming, useForgetFilter } from "./saved-filters";

/** Where the list was left, so that coming back is coming back. */
export interface ClientListState {
  search: string;
  filter: ClientFilter;
  active: number;
  /** Counts what was asked of the list from elsewhere. */
  turn: number;
}

export const FRESH_LIST: ClientListState = { search: "", filter: NO_FILTER, active: 0, turn: 0 };

interface ClientListProps {
  initial: ClientListState;
  onLeave: (state: ClientListState) => void;
  /** The list rests on a client, whom Enter would open. */
  onRest: (id: string) => void;
  onOpen: (id: string) => void;
}

/** How long the list rests on a client before that is told, in milliseconds: on its first row, where each letter of a search begins
 * anew, longer than typing takes; on others longer than a held arrow. */
const REST = { first: 150, other: 40 };

/** Every client, found as one types. Only the rows in sight are fetched and drawn. */
export function ClientList({ initial, onLeave, onRest, onOpen }: ClientListProps) {
  const [search, setSearch] = useState(initial.search);
  const [filter, setFilter] = useState(initial.filter);
  const [sort, setSort] = useClientSort();
  const [naming, setNaming] = useState<Naming | null>(null);
  const [filtering, setFiltering] = useState(false);
  const [active, setActive] = useState(initial.active);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const gridId = useId();
  const columns = useClientColumns();

  // Every letter asks: the answer is quicker than the pause before the next one.
  const query = search.trim();
  const rows = useClientRows({ query, sort, filter }, active, active);
  const total = rows.total ?? 0;
  const narrowed = narrows(filter);
  const everyone = useClientCount(narrowed).data;
  const found = foundWords(rows.asked, rows.total, everyone);

  const { data: saved } = useSavedFilters();
  const current = saved?.find((one) => narrowed && sameFilter(one.filter, filter) && sameSort(one.sort, sort));
  const save = useCallback(() => setNaming({ filter, sort, renames: null }), [filter, sort]);
  const segment = useSegment(filter.segment);
  const ofSegment = { read: segment.data, problem: segment.error, reading: segment.isFetching };

  // Enter may come before the rows it is about; it then waits for them.
  const opening = useRef(false);
  const ready = keyOfAsked(rows.asked) === keyOfAsked({ query, sort, filter }) && !rows.searching;
  const at = Math.min(active, Math.max(0, total - 1));
  const here = rows.row(at)?.id;
  useEffect(() => {
    if (ready && opening.current) {
      opening.current = false;
      if (here !== undefined) {
        onOpen(here);
      }
    }
  }, [ready, here, onOpen]);

  // A new search starts at its best match.
  const key = keyOfAsked(rows.asked);
  const [rowsOf, setRowsOf] = useState(key);
  if (rowsOf !== key) {
    setRowsOf(key);
    setActive(0);
  }
  const top = useRef(true);
  useEffect(() => {
    // Where the list was left is its first place, not the top.
    if (!top.current) {
      grid.current?.top();
    }
    top.current = false;
  }, [search, filter, sort]);

  const { turn } = initial;
  const left = useRef({ search, filter, active, turn });
  useEffect(() => {
    left.current = { search, filter, active, turn };
  }, [search, filter, active, turn]);
  useEffect(() => () => onLeave(left.current), [onLeave]);

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
  }, []);
  useTypeAnywhere(input);
  useShortcuts({
    searchClients: () => input.current?.focus(),
    saveFilter: () => {
      if (narrowed && !current) {
        setFiltering(false);
        save();
      }
    },
    clearFilters: () => setFilter(NO_FILTER),
  });

  const rested = rows.searching ? undefined : here;
  useEffect(() => {
    const rest = setTimeout(() => {
      if (rested !== undefined) {
        onRest(rested);
      }
    }, REST[at === 0 ? "first" : "other"]);
    return () => clearTimeout(rest);
  }, [at, rested, onRest]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setActive(next);
    grid.current?.show(next);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const page = grid.current?.page() ?? 1;
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (ready && here !== undefined) {
        onOpen(here);
      } else {
        opening.current = !ready || total > 0;
      }
    } else if (event.key === "Escape" && search !== "") {
      event.preventDefault();
      setSearch("");
    }
  };

  return (
    <section className={classes["page"]} aria-label="Clients">
      <header className={classes["head"]}>
        <PageTitle focus={false}>Clients</PageTitle>
        <span className={classes["total"]} role="status" data-testid="client-total">
          {found}
        </span>
        <TextInput
          ref={input}
          className={classes["search"] ?? ""}
          leftSection={<Icon name="search" />}
          rightSection={search === "" ? <Keys of="searchClients" /> : null}
          placeholder="Name, phone, e-mail, client id or last four of the SSN"
          aria-label="Search clients"
          role="combobox"
          aria-haspopup="grid"
          aria-expanded={total > 0}
          aria-controls={gridId}
          aria-activedescendant={here ? rowId(gridId, at) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            opening.current = false;
          }}
          onKeyDown={onKeyDown}
          data-testid="client-search"
        />
        <ListTools
          filter={filter}
          onFilter={setFilter}
          sort={sort}
          onSort={setSort}
          columns={columns}
          filtering={filtering}
          onFiltering={setFiltering}
          found={filtering && rows.total !== null ? (narrowed || query !== "" ? found : plural(total, "client")) : ""}
          current={current}
          onSave={save}
          onName={setNaming}
        />
      </header>
      {narrowed ? <FilterChips filter={filter} onFilter={setFilter} current={current} onSave={save} segment={ofSegment} /> : null}
      <NameFilterDialog naming={naming} onClose={() => setNaming(null)} />
      <ClientGrid
        ref={grid}
        id={gridId}
        query={query}
        sort={sort}
        filter={filter}
        total={rows.total}
        columns={columns}
        active={at}
        startsAt={initial.active}
        onSort={setSort}
        onOpen={onOpen}
      />
      {rows.total === 0 ? (
        <div className={classes["none"]}>
          {narrows(rows.asked.filter) ? (
            <NoneMeets
              asked={rows.asked}
              segment={ofSegment}
              onClear={() => setFilter(NO_FILTER)}
              onRetry={() => {
                // The query keeps its own failure.
                segment.refetch().catch(() => undefined);
              }}
            />
          ) : rows.asked.query === "" ? (
            <NoClients />
          ) : (
            <EmptyState icon="search" title="No client matches">
              <p>Try fewer letters, the last four of the SSN, or a phone number. Esc clears the search.</p>
            </EmptyState>
          )}
        </div>
      ) : null}
    </section>
  );
}

/** "100,000", "12 found", "12 of 100,000". */
function foundWords({ query, filter }: Asked, total: number | null, everyone: number | undefined): string {
  if (total === null) {
    return "";
  }
  if (narrows(filter) && everyone !== undefined) {
    return `${count(total)} of ${count(everyone)}`;
  }
  return query === "" && !narrows(filter) ? count(total) : `${count(total)} found`;
}

/** There are none at all: why. */
function NoClients() {
  const none = useNothing("clients", null, true, {
    icon: "people",
    title: "No clients yet",
    text: "The portal has no clients that your account can see, or they are still on their way.",
  });
  return none ? (
    <EmptyState icon={none.icon} title={none.title}>
      <p>{none.text}</p>
    </EmptyState>
  ) : null;
}

interface NoneMeetsProps {
  asked: Asked;
  segment: FilterChipsProps["segment"];
  onClear: () => void;
  onRetry: () => void;
}

/** The filter leaves nobody: what it asks for, and the way out. */
function NoneMeets({ asked: { query, filter }, segment: { read, problem, reading }, onClear, onRetry }: NoneMeetsProps) {
  const parts = criteria(filter, read ? [read.segment] : []).map(({ label }) => `“${label}”`);
  const why = problem ?? read?.problem;
  if (filter.segment !== null && reading && !read?.segment.readAt) {
    return <EmptyState icon="funnel" title="Asking the portal who is in the segment" />;
  }
  if (filter.segment !== null && why && !read?.segment.readAt) {
    return (
      <div className={classes["act"]}>
        <ProblemNotice problem={why} title="It is not known who is in this segment" onRetry={onRetry}>
          <Hint shortcut="clearFilters">
            <Button size="xs" variant="default" onClick={onClear} data-testid="clear-filters">
              Clear the filters
            </Button>
          </Hint>
        </ProblemNotice>
      </div>
    );
  }
  return (
    <EmptyState icon="funnel" title="No client matches the filters">
      <p>
        {query === "" ? "" : "With these words, "}
        {query === "" ? "Nobody" : "nobody"} meets {listed(parts)}.
      </p>
      <div className={classes["act"]}>
        <Hint shortcut="clearFilters">
          <Button size="xs" variant="default" onClick={onClear} data-testid="clear-filters">
            Clear the filters
          </Button>
        </Hint>
      </div>
    </EmptyState>
  );
}

/** Letters typed anywhere on the page are typed into the search. */
function useTypeAnywhere(input: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const target = event.target;
      const free = target instanceof Element && target.closest("input, textarea, select, [role=menu], [role=listbox], [role=dialog]") === null;
      const letter = event.key.length === 1 && event.key !== " " && event.key !== "?" && event.key !== "/";
      if (free && letter && !event.ctrlKey && !event.metaKey && !event.altKey && !dialogIsOpen()) {
        input.current?.focus();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [input]);
}

interface ListToolsProps {
  filter: ClientFilter;
  onFilter: (filter: ClientFilter) => void;
  sort: ClientSort;
  onSort: (sort: ClientSort) => void;
  columns: ClientColumns;
  filtering: boolean;
  onFiltering: (open: boolean) => void;
  /** How many are left, in words, while the filter is open. */
  found: string;
  current: SavedClientFilter | undefined;
  onSave: () => void;
  onName: (naming: Naming) => void;
}

/** Beside the search; it does not change while one types. */
const ListTools = memo(function ListTools({ filter, onFilter, sort, onSort, columns, filtering, onFiltering, found, current, onSave, onName }: ListToolsProps) {
  const forget = useForgetFilter();
  return (
    <>
      <FilterMenu
        filter={filter}
        onFilter={onFilter}
        opened={filtering}
        onOpened={onFiltering}
        found={found}
        current={current}
        onChoose={(one) => {
          onFilter(one.filter);
          onSort(one.sort);
        }}
        onSave={onSave}
        onRename={(one) => onName({ filter: one.filter, sort: one.sort, renames: one })}
        onRemove={forget}
      />
      <SortMenu sort={sort} onSort={onSort} />
      <ColumnPicker columns={columns} />
    </>
  );
});
