import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ExclusionAdd, ExclusionKind, ExclusionRow, ItemRow, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { bureauName } from "../../lib/bureaus";

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
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) }),
  });
}

export function useExclude(): UseMutationResult<ExclusionRow, Problem, ExclusionAdd> {
  const host = useHost();
  return useChange((take: ExclusionAdd) => host.call("exclusion_add", take));
}

export function useInclude(): UseMutationResult<unknown, Problem, string> {
  const host = useHost();
  return useChange((id: string) => host.call("exclusion_remove", { id }));
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
