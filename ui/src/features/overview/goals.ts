import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { ClientGoals, OutboxItem, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { useRefreshRecords } from "../../lib/use-take-back";

/** A client's goals with what waits over them, and those there are to choose from. */
export function useGoals(clientId: string): UseQueryResult<ClientGoals> {
  const host = useHost();
  return useQuery({ queryKey: ["goals", clientId], queryFn: () => host.call("goal_list", { id: clientId }) });
}

export interface GoalWrite {
  does: "goal_assign" | "goal_remove";
  clientId: string;
  goalId: string;
}

/** Queues a goal for the client, or its removal. */
export function useWriteGoal(): UseMutationResult<OutboxItem[], Problem, GoalWrite> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: ({ does, clientId, goalId }: GoalWrite) => host.call(does, { clientId, goalIds: [goalId] }),
    onSuccess: refresh,
  });
}
