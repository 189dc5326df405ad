import { Button, Skeleton, TextInput } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useEffect, useId, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { Icon } from "../../components/icon";
import { Keys } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientFilter, ClientRow, SavedClientFilter } from "../../host/bindings";
import { count, listed, plural } from "../../lib/format";
import { dialogIsOpen, useShortcuts } from "../../lib/use-shortcuts";
import { type ClientColumns, ColumnPicker, useClientColumns } from "./client-columns";
import classes from "./client-list.module.css";
import { NO_FILTER, criteria, narrows, sameFilter, sameSort } from "./client-filter";
import { useSavedFilters, useSegment } from "./client-filters";
import { SortHead, SortMenu, useClientSort } from "./client-sort";
import { type Asked, keyOfAsked, useClientCount, useClientRows } from "./clients";
import { FilterChips, type FilterChipsProps } from "./filter-chips";
import { FilterMenu } from "./filter-menu";
import { NameFilterDialog, type Naming, useForgetFilter } from "./saved-filters";

const ROW_HEIGHT = 36;

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
  const [active, setActive] = useState(initial.active);
  const input = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const columns = useClientColumns();

  // Every letter asks: the answer is quicker than the pause before the next one.
  const query = search.trim();
  const [range, setRange] = useState({ first: 0, last: 40 });
  const rows = useClientRows({ query, sort, filter }, range.first, range.last);
  const total = rows.total ?? 0;
  const narrowed = narrows(filter);
  const everyone = useClientCount(narrowed).data;
  const found = foundWords(rows.asked, rows.total, everyone);

  const { data: saved } = useSavedFilters();
  const current = saved?.find((one) => narrowed && sameFilter(one.filter, filter) && sameSort(one.sort, sort));
  const forget = useForgetFilter();
  const choose = (one: SavedClientFilter) => {
    setFilter(one.filter);
    setSort(one.sort);
  };
  const save = () => setNaming({ filter, sort, renames: null });
  const segment = useSegment(filter.segment);
  const ofSegment = { read: segment.data, problem: segment.error, reading: segment.isFetching };

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: Math.max(0, (initial.active - 6) * ROW_HEIGHT),
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 40;
  if (first !== range.first || last !== range.last) {
    setRange({ first, last });
  }

  // Enter may come before the rows it is about; it then waits for them.
  const wanted = search.trim();
  const [opening, setOpening] = useState(false);
  const ready = keyOfAsked(rows.asked) === keyOfAsked({ query: wanted, sort, filter }) && !rows.searching;
  const ripe = opening && ready;
  const opened = ripe ? rows.row(Math.min(active, Math.max(0, total - 1)))?.id : undefined;
  useEffect(() => {
    if (ripe) {
      setOpening(false);
      if (opened !== undefined) {
        onOpen(opened);
      }
    }
  }, [ripe, opened, onOpen]);

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
      scroller.current?.scrollTo?.({ top: 0 });
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
  useShortcuts({ searchClients: () => input.current?.focus() });

  const at = Math.min(active, Math.max(0, total - 1));
  const rested = rows.searching ? undefined : rows.row(at)?.id;
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
    virtualizer.scrollToIndex(next);
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_HEIGHT) - 1);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const here = ready ? rows.row(at)?.id : undefined;
      if (here === undefined) {
        setOpening(true);
      } else {
        onOpen(here);
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
          aria-activedescendant={rows.row(at) ? `${gridId}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setOpening(false);
          }}
          onKeyDown={onKeyDown}
          data-testid="client-search"
        />
        <FilterMenu
          filter={filter}
          onFilter={setFilter}
          found={rows.total === null ? "" : narrowed || query !== "" ? found : plural(total, "client")}
          current={current}
          onChoose={choose}
          onSave={save}
          onRename={(one) => setNaming({ filter: one.filter, sort: one.sort, renames: one })}
          onRemove={forget}
        />
        <SortMenu sort={sort} onSort={setSort} />
        <ColumnPicker columns={columns} />
      </header>
      {narrowed ? <FilterChips filter={filter} onFilter={setFilter} current={current} onSave={save} segment={ofSegment} /> : null}
      <NameFilterDialog naming={naming} onClose={() => setNaming(null)} />
      {rows.problem ? (
        <div className={classes["problem"]}>
          <ProblemNotice problem={rows.problem} onRetry={rows.retry} />
        </div>
      ) : null}
      <div
        id={gridId}
        role="grid"
        aria-label="Clients"
        aria-rowcount={total + 1}
        aria-busy={rows.searching}
        data-query={rows.asked.query}
        className={classes["grid"]}
        data-loaded={rows.total !== null}
      >
        <div role="rowgroup" className={classes["columns"]}>
          <div role="row" aria-rowindex={1} className={classes["row"]} style={{ gridTemplateColumns: columns.template }}>
            <SortHead by="name" label="Name" sort={sort} onSort={setSort} />
            {columns.shown.map(({ id, label, right }) => (
              <SortHead key={id} by={id} label={label} right={right} sort={sort} onSort={setSort} />
            ))}
          </div>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
        <div ref={scroller} role="rowgroup" className={classes["scroller"]} tabIndex={0} data-testid="client-rows">
          {rows.total === null && !rows.problem ? <SkeletonRows /> : null}
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {visible.map(({ index, start }) => (
              <Row
                key={index}
                id={`${gridId}-${index}`}
                index={index}
                top={start}
                row={rows.row(index)}
                shown={columns.shown}
                template={columns.template}
                active={index === at}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
      </div>
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
            <EmptyState icon="people" title="No clients yet">
              <p>The portal has no clients that your account can see, or they are still on their way.</p>
            </EmptyState>
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
          <Button size="xs" variant="default" onClick={onClear} data-testid="clear-filters">
            Clear the filters
          </Button>
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
        <Button size="xs" variant="default" onClick={onClear} data-testid="clear-filters">
          Clear the filters
        </Button>
      </div>
    </EmptyState>
  );
}

interface RowProps {
  id: string;
  index: number;
  top: number;
  row: ClientRow | undefined;
  shown: ClientColumns["shown"];
  template: string;
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
