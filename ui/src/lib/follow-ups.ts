import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FollowUpOutcome, FollowUpRow, FollowUpSet, Problem } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Answers that are awaited, of one client or of all, the most overdue first; those that came, too. */
export function useFollowUps(clientId: string | null, closed: boolean, enabled = true): UseQueryResult<FollowUpRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["follow-ups", "list", clientId, closed],
    queryFn: () => host.call("follow_up_list", { clientId, closed }),
    enabled,
  });
}

/** What an answer changes: items show their rounds, and the gate knows what is open. */
const TOUCHED: ReadonlySet<string> = new Set(["follow-ups", "items", "gate", "today"]);

function useChange<T>(change: (take: T) => Promise<FollowUpRow>): UseMutationResult<FollowUpRow, Problem, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) }),
  });
}

export function useSetFollowUp(): UseMutationResult<FollowUpRow, Problem, FollowUpSet> {
  const host = useHost();
  return useChange((take: FollowUpSet) => host.call("follow_up_set", take));
}

export function useSetOutcome(): UseMutationResult<FollowUpRow, Problem, FollowUpOutcome> {
  const host = useHost();
  return useChange((take: FollowUpOutcome) => host.call("follow_up_outcome", take));
}
