import { type QueryClient, type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import type { Problem, ResourceProgress, SyncStatus } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { replaceData } from "../../lib/desk-query";

export const SYNC_KEY = ["sync"] as const;

export function useSyncStatus(): UseQueryResult<SyncStatus> {
  const host = useHost();
  const queries = useQueryClient();
  return useQuery({
    queryKey: SYNC_KEY,
    queryFn: async () => newer(await host.call("sync_status", {}), queries.getQueryData<SyncStatus>(SYNC_KEY)),
  });
}

/** Answers and events come by different ways, so that an older status may arrive after a newer one. */
function newer(status: SyncStatus, known: SyncStatus | undefined): SyncStatus {
  return known && known.revision > status.revision ? known : status;
}

/** Shows a status, unless a newer one is shown already. */
export function takeSyncStatus(queries: QueryClient, status: SyncStatus): void {
  replaceData(queries, SYNC_KEY, newer(status, queries.getQueryData<SyncStatus>(SYNC_KEY)));
}

export function useSyncCommand(name: "sync_start" | "sync_everything" | "sync_cancel"): UseMutationResult<SyncStatus, Problem, void> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => host.call(name, {}),
    onSuccess: (status) => takeSyncStatus(queries, status),
    // Whoever asked, the frame shows what came of it.
    onError: (problem) => {
      queries.setQueryData<SyncStatus>(SYNC_KEY, (status) =>
        status ? { ...status, problem, online: problem.code === "portal_unreachable" ? false : status.online } : status,
      );
    },
  });
}

/** How often an open window looks for changes, in milliseconds. */
const AGAIN = 600_000;

/** Looks for changes again and again while the window is open. A pull that runs goes on, and offline the way back does it. */
export function useRegularSync(start: () => void): void {
  const run = useEffectEvent(start);
  useEffect(() => {
    const timer = setInterval(() => run(), AGAIN);
    return () => clearInterval(timer);
  }, []);
}

/** How far one kind of record is, 0 to 1. Unknown totals count as not begun, so that the whole never runs backwards. */
export function fraction({ state, done, total }: ResourceProgress): number {
  switch (state) {
    case "done":
      return 1;
    case "waiting":
      return 0;
    case "running":
      return total ? Math.min(done / total, 1) : 0;
  }
}

/** How far the pull is, in whole percent. Each kind of record counts the same: most totals come late. */
export function percent(status: SyncStatus): number {
  const { resources } = status;
  if (resources.length === 0) {
    return 0;
  }
  const sum = resources.reduce((before, resource) => before + fraction(resource), 0);
  return Math.floor((sum / resources.length) * 100);
}
