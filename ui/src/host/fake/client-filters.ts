import type { ClientFilter, ClientFilterChoices, ClientFilterSave, ClientFilterValue, ClientRow, ClientSort, Problem, SavedClientFilter, SegmentRead, SegmentRow } from "../bindings";
import { productsOf } from "./agreements";
import { makeCard } from "./people";

/** What the fake desk knows of clients beside their rows. */
export interface ClientFacts {
  undisputed: (clientId: string) => boolean;
  lettersWaiting: () => ReadonlySet<string>;
  followUpDue: () => ReadonlySet<string>;
  taskDue: () => ReadonlySet<string>;
  /** Clients to whom a letter went out in so many days; ever for 0. */
  writtenIn: (days: number) => ReadonlySet<string>;
}

const ORDER = new Intl.Collator("en-US", { sensitivity: "base" });
const STANDING = ["signed", "cancellable", "unsigned", "unknown"];

const SEGMENTS: readonly { row: Omit<SegmentRow, "clients" | "readAt">; has: (index: number) => boolean }[] = [
  { row: { id: "3", name: "Follow-up", description: "Clients whose answers came in" }, has: (index) => index % 7 === 2 },
  { row: { id: "1", name: "First round", description: "Clients whose first disputes are being prepared" }, has: (index) => index % 4 === 0 },
  { row: { id: "2", name: "Waiting for answers", description: "Clients with disputes under way" }, has: (index) => index % 4 === 1 },
];

function indexOf(clientId: string): number {
  return Number(clientId) - 1000;
}

/** Sorts and narrows made-up clients, and keeps filters, as the desk does. */
export class FakeClientFilters {
  private readonly now: () => Date;
  private readonly total: number;
  private kept: SavedClientFilter[] = [];
  private made = 0;
  private readonly read = new Map<string, string>();
  /** Why the portal does not tell who is in a segment. */
  refusal: Problem | null = null;

  constructor(now: () => Date, total: number) {
    this.now = now;
    this.total = total;
  }

  narrow(rows: readonly ClientRow[], filter: ClientFilter, facts: ClientFacts): readonly ClientRow[] {
    const waiting = filter.lettersWaiting ? facts.lettersWaiting() : null;
    const due = filter.followUpDue ? facts.followUpDue() : null;
    const tasks = filter.taskDue ? facts.taskDue() : null;
    const written = filter.noLetterDays === null ? null : facts.writtenIn(filter.noLetterDays);
    const segment = filter.segment === null ? null : SEGMENTS.find(({ row }) => row.id === filter.segment && this.read.has(row.id));
    return rows.filter(
      (row) =>
        (filter.agreements.length === 0 || filter.agreements.includes(row.agreement)) &&
        (filter.states.length === 0 || filter.states.includes(row.state)) &&
        (filter.mailingComplete === null || makeCard(indexOf(row.id)).mailingComplete === filter.mailingComplete) &&
        (filter.products.length === 0 || productsOf(indexOf(row.id)).some(({ name }) => filter.products.includes(name))) &&
        (!filter.undisputed || facts.undisputed(row.id)) &&
        (waiting?.has(row.id) ?? true) &&
        (due?.has(row.id) ?? true) &&
        (tasks?.has(row.id) ?? true) &&
        !(written?.has(row.id) ?? false) &&
        (segment === null || (segment?.has(indexOf(row.id)) ?? false)),
    );
  }

  /** The rows come by name. */
  sort(rows: readonly ClientRow[], { by, descending }: ClientSort): readonly ClientRow[] {
    if (by === "name") {
      return descending ? rows.toReversed() : rows;
    }
    const way = descending ? -1 : 1;
    const key = (row: ClientRow): string | number => {
      switch (by) {
        case "city":
          return row.city && `${row.city}, ${row.state}`;
        case "email":
          return row.email;
        case "phone":
          return row.phone;
        case "ssn":
          return row.ssnLastFour;
        case "id":
          return Number(row.id);
        case "items":
          return row.items;
        case "agreement":
          return row.agreement === "unknown" ? "" : STANDING.indexOf(row.agreement);
        default:
          return row.sortedName;
      }
    };
    return rows.toSorted((one, other) => {
      const [first, second] = [key(one), key(other)];
      if (first === "" || second === "") {
        return Number(first === "") - Number(second === "");
      }
      return way * (typeof first === "number" && typeof second === "number" ? first - second : ORDER.compare(String(first), String(second)));
    });
  }

  choices(rows: readonly ClientRow[]): ClientFilterChoices {
    const counted = (names: string[]): ClientFilterValue[] => {
      const counts = new Map<string, number>();
      for (const name of names) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return [...counts].map(([name, clients]) => ({ name, clients })).toSorted((one, other) => ORDER.compare(one.name, other.name));
    };
    return {
      states: counted(rows.map(({ state }) => state)),
      products: counted(rows.flatMap(({ id }) => productsOf(indexOf(id)).map(({ name }) => name)).filter((name) => name !== "")),
      segments: SEGMENTS.map(({ row }) => this.segment(row.id) ?? { ...row, clients: null, readAt: null }).toSorted((one, other) => ORDER.compare(one.name, other.name)),
    };
  }

  private segment(id: string): SegmentRow | undefined {
    const found = SEGMENTS.find(({ row }) => row.id === id);
    if (!found) {
      return undefined;
    }
    const clients = Array.from({ length: this.total }, (_, index) => index).filter(found.has).length;
    return { ...found.row, clients, readAt: this.read.get(id) ?? null };
  }

  /** Who is in a segment, as the portal says now; nothing for one that there is not. */
  readSegment(id: string): SegmentRead | undefined {
    if (!this.refusal && this.segment(id)) {
      this.read.set(id, this.now().toISOString());
    }
    const segment = this.segment(id);
    return segment && { segment, problem: this.refusal };
  }

  list(): SavedClientFilter[] {
    return this.kept.toSorted((one, other) => ORDER.compare(one.name, other.name));
  }

  /** Why it cannot be kept by this name. */
  fault({ id, name }: ClientFilterSave): string | undefined {
    if (name.trim() === "") {
      return "must not be empty";
    }
    const taken = this.kept.some((one) => one.id !== id && ORDER.compare(one.name, name.trim()) === 0);
    return taken ? "another filter has this name: choose a different one, or replace that filter" : undefined;
  }

  save({ id, name, filter, sort }: ClientFilterSave): SavedClientFilter {
    this.made += 1;
    const saved = { id: id ?? `filter-${this.made}`, name: name.trim(), filter, sort };
    this.kept = [...this.kept.filter((one) => one.id !== saved.id), saved];
    return saved;
  }

  remove(id: string): boolean {
    const known = this.kept.some((one) => one.id === id);
    this.kept = this.kept.filter((one) => one.id !== id);
    return known;
  }
}
