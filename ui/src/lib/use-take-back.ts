import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useHost } from "../host/host-context";

/** Every kind of record that the outbox may hold something of. */
const ROOTS: ReadonlySet<string> = new Set(["clients", "gate", "notes", "documents", "correspondence", "agreements", "goals", "standing", "outbox"]);

/** Asks again for what a new or a cancelled row of the outbox changes. */
export function useRefreshRecords(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    () => queries.invalidateQueries({ predicate: ({ queryKey }) => ROOTS.has(String(queryKey[0])) }),
    [queries],
  );
}

/** Cancels rows of the outbox while they wait. Rejects when one has left by now. */
export function useTakeBack(): (ids: readonly string[]) => Promise<void> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return async (ids) => {
    try {
      await Promise.all(ids.map((id) => host.call("outbox_cancel", { id })));
    } finally {
      await refresh();
    }
  };
}
