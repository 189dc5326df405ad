import { type UseQueryResult, keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { ClientCard, ClientFilter, ClientFreshness, ClientPage, ClientRow, ClientSort, DocumentRow, Problem } from "../../host/bindings";
import type { Host } from "../../host/host";
import { useHost } from "../../host/host-context";
import { subkindName } from "../../lib/document-types";
import { NO_FILTER, USUAL_SORT } from "./client-filter";

/** Rows asked for at a time. */
export const PAGE = 60;

/** What is asked: words, order and filter. */
export interface Asked {
  query: string;
  sort: ClientSort;
  filter: ClientFilter;
}

/** The same for what finds the same, in the same order. */
export function keyOfAsked({ query, sort, filter }: Asked): string {
  return JSON.stringify([query, sort.by, sort.descending, filter]);
}

function searchOptions(host: Host, asked: Asked, page: number) {
  return {
    queryKey: ["clients", "search", asked.query, asked.sort, asked.filter, page] as const,
    queryFn: async (): Promise<ClientPage & { asked: Asked }> => ({
      ...(await host.call("client_search", { ...asked, offset: page * PAGE, limit: PAGE })),
      asked,
    }),
    gcTime: 60_000,
  };
}

export interface ClientRows {
  /** How many match; `null` before the first answer. */
  total: number | null;
  /** The row at a place in the list, once its page is here. */
  row: (index: number) => ClientRow | undefined;
  /** The first rows of the list, one and the same array until others come. */
  firstPage: readonly ClientRow[];
  /** What these are the rows of: what was asked before, while the rows of the new question are on their way. */
  asked: Asked;
  searching: boolean;
  problem: Problem | null;
  retry: () => void;
}

const NO_ROWS: readonly ClientRow[] = [];

/** The rows from `first` to `last` of a search, however many match. Rows of the last search stay until new ones come. */
export function useClientRows(asked: Asked, first: number, last: number): ClientRows {
  const host = useHost();
  const top = useQuery({ ...searchOptions(host, asked, 0), placeholderData: keepPreviousData });
  const shown = top.data?.asked ?? asked;

  const pages: number[] = [];
  for (let page = Math.max(1, Math.floor(first / PAGE)); page <= Math.floor(last / PAGE); page += 1) {
    pages.push(page);
  }
  const rest = useQueries({ queries: pages.map((page) => searchOptions(host, shown, page)) });
  const byPage = new Map(pages.map((page, index) => [page, rest[index]?.data]));
  byPage.set(0, top.data);

  return {
    total: top.data?.total ?? null,
    firstPage: top.data?.rows ?? NO_ROWS,
    row: (index) => byPage.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    asked: shown,
    searching: top.isFetching && top.isPlaceholderData,
    problem: top.error ?? rest.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const one of [top, ...rest]) {
        if (one.isError) {
          // The query keeps its own failure.
          one.refetch().catch(() => undefined);
        }
      }
    },
  };
}

/** Everyone whom the words find, by name. */
function plain(query: string): Asked {
  return { query, sort: USUAL_SORT, filter: NO_FILTER };
}

/** How many clients are in the cache. */
export function useClientCount(enabled = true): UseQueryResult<number> {
  const host = useHost();
  return useQuery({
    queryKey: ["clients", "count"],
    queryFn: async () => (await host.call("client_search", { ...plain(""), offset: 0, limit: 1 })).total,
    enabled,
  });
}

/** The first few matches, for a picker. */
export function useClientMatches(query: string, enabled: boolean): UseQueryResult<ClientPage> {
  const host = useHost();
  return useQuery({
    queryKey: ["clients", "matches", query],
    queryFn: () => host.call("client_search", { ...plain(query), offset: 0, limit: 8 }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

export function clientOptions(host: Host, id: string) {
  return queryOptions({ queryKey: ["clients", "one", id], queryFn: () => host.call("client_get", { id }) });
}

export function useClient(id: string): UseQueryResult<ClientCard> {
  return useQuery(clientOptions(useHost(), id));
}

/** A client who is looked at again after this long is read again, in milliseconds. */
const LOOK_AGAIN = 120_000;

/** Has the desk read this client's records again while they are looked at; events tell what came. */
export function useClientFreshness(id: string): UseQueryResult<ClientFreshness> {
  const host = useHost();
  return useQuery({
    queryKey: ["freshness", id],
    queryFn: () => host.call("client_refresh", { id }),
    staleTime: LOOK_AGAIN,
    refetchOnWindowFocus: true,
  });
}

/** What the bureaus take as a government ID, by the server's code. */
const IDENTITY: ReadonlySet<string> = new Set(["drive_licence", "government_issued_id"]);
/** What they take as a proof of address. */
const ADDRESS: ReadonlySet<string> = new Set([
  "utility_bills",
  "bank_or_credit_union_statement",
  "canceled_check",
  "pay_stub",
  "signed_letter_from_homeless_shelter",
  "stamped_post_office_box_receipt",
]);

export interface Enclosure {
  name: string;
  /** RFC 3339 UTC; `null` when the server gives none. */
  filedAt: string | null;
}

function newest(documents: readonly DocumentRow[], subkinds: ReadonlySet<string>): Enclosure | null {
  return (
    documents
      .filter(({ subkind }) => subkinds.has(subkind))
      .map(({ subkind, createdAt }) => ({ name: subkindName(subkind), filedAt: createdAt }))
      .toSorted((one, other) => (other.filedAt ?? "").localeCompare(one.filedAt ?? ""))[0] ?? null
  );
}

/** The newest of each enclosure a bureau wants; `null` when the cache has none. */
export function enclosures(documents: readonly DocumentRow[]) {
  return { identity: newest(documents, IDENTITY), proofOfAddress: newest(documents, ADDRESS) };
}
