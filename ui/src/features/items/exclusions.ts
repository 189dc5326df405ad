import { type QueryClient, type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useProblemToast } from "../../components/toast";
import type { ExclusionAdd, ExclusionKind, ExclusionRow, ItemRow, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { bureauName } from "../../lib/bureaus";
import { toProblem } from "../../lib/problem";

/** What this desk excludes of a client; the portal's own marks are not among them. */
export function useExclusions(clientId: string): UseQueryResult<ExclusionRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["items", "exclusions", clientId], queryFn: () => host.call("exclusion_list", { id: clientId }) });
}

/** An exclusion changes what may be chosen, and what the gate finds. */
const TOUCHED: ReadonlySet<string> = new Set(["items", "gate"]);

function useChange<T, R>(change: (take: T) => Promise<R>): UseMutationResult<R, Problem, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => refresh(queries),
  });
}

function refresh(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) });
}

export function useExclude(): UseMutationResult<ExclusionRow, Problem, ExclusionAdd> {
  const host = useHost();
  return useChange((take: ExclusionAdd) => host.call("exclusion_add", take));
}

export function useInclude(): UseMutationResult<unknown, Problem, string> {
  const host = useHost();
  return useChange((id: string) => host.call("exclusion_remove", { id }));
}

/** Several items excluded one after the other: what was, and what kept the rest from it. */
export interface ManyExcluded {
  rows: readonly ExclusionRow[];
  problem: Problem | null;
}

/** Excludes items for one reason. The desk takes one exclusion at a time, so some may be excluded when one fails. */
export function useExcludeMany(): UseMutationResult<ManyExcluded, Problem, readonly ExclusionAdd[]> {
  const host = useHost();
  return useChange(async (all: readonly ExclusionAdd[]) => {
    const rows: ExclusionRow[] = [];
    for (const one of all) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the first that fails ends it, so that the rest is not excluded unseen
        rows.push(await host.call("exclusion_add", one));
      } catch (thrown) {
        return { rows, problem: toProblem(thrown) };
      }
    }
    return { rows, problem: null };
  });
}

/**
 * The ways back of what a dialog did, for when it is gone and nobody listens to its own mutations: what fails is told by a
 * message of its own.
 */
export function useWaysBack(): { include: (ids: readonly string[]) => void; exclude: (add: ExclusionAdd) => void } {
  const host = useHost();
  const queries = useQueryClient();
  const report = useProblemToast();
  const go = async (calls: readonly Promise<unknown>[]) => {
    try {
      await Promise.all(calls);
    } catch (thrown) {
      report(toProblem(thrown));
    }
    await refresh(queries);
  };
  return {
    include: (ids) => void go(ids.map((id) => host.call("exclusion_remove", { id }))),
    exclude: (add) => void go([host.call("exclusion_add", add)]),
  };
}

/** Whether an exclusion is about an item, wholly or in part. */
export function concerns(what: ExclusionKind, item: ItemRow): boolean {
  switch (what.kind) {
    case "item":
    case "late_payment":
      return what.itemId === item.id;
    case "bureau":
      return what.bureau === item.bureau;
    case "creditor":
      return sameName(what.name, item.accountName);
  }
}

/** As the desk compares names: by their letters and digits, and a name may be the beginning of the other. */
function sameName(one: string, other: string): boolean {
  const [short = "", long = ""] = [one, other]
    .map((name) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ""))
    .toSorted((a, b) => a.length - b.length);
  return short !== "" && (short === long || (short.length >= 4 && long.startsWith(short)));
}

/** "Everything of Bluestone Collections" */
export function exclusionName(what: ExclusionKind): string {
  switch (what.kind) {
    case "item":
      return "This item";
    case "late_payment":
      return `The late payment: ${what.payment}`;
    case "bureau":
      return `Everything that ${bureauName(what.bureau)} reports`;
    case "creditor":
      return `Everything of ${what.name}`;
  }
}
