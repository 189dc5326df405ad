import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Session, SyncStatus, Topic } from "../host/bindings";
import { replaceData } from "../lib/desk-query";
import { useHost } from "../host/host-context";
import { keysOf } from "../lib/keys-of";
import { LETTERS_PROGRESS_KEY } from "../lib/letters-progress";
import { PRINT_PROGRESS_KEY } from "../lib/print-progress";
import { fetchKey } from "../lib/use-fetch-progress";
import { uploadKey } from "../lib/use-upload";
import { OUTBOX_STATUS_KEY } from "../features/outbox/outbox";
import { SKIP_REFUSED_KEY } from "../features/overview/overview";
import { SESSION_KEY } from "../features/sign-in/session";
import { SYNC_KEY, takeSyncStatus } from "../features/sync/sync";

/** What is stale when a topic changed, by the first part of the query keys. Rows count other topics' records. */
const STALE: Record<Topic, readonly string[]> = {
  clients: ["clients", "readings", "agreements", "goals", "standing", "gate", "settings"],
  items: ["items", "readings", "clients", "gate", "tasks", "standing"],
  library: ["library", "readings", "gate", "settings"],
  letters: ["letters", "items", "gate", "today"],
  outbox: ["outbox", "today", "agreements", "goals", "standing"],
  notes: ["notes"],
  documents: ["documents", "clients", "gate"],
  correspondence: ["correspondence"],
  follow_ups: ["follow-ups", "items", "gate", "today", "standing"],
  print_runs: ["print-runs", "today"],
  reports: ["reports", "clients"],
  tasks: ["tasks", "clients", "standing"],
};

/** A pull reports each batch; queries are asked again at most this often, in milliseconds. */
const PAUSE = 400;

/** Makes what the desk says unasked into fresh queries. */
export function useDeskEvents(): void {
  const host = useHost();
  const queries = useQueryClient();

  useEffect(() => {
    const refresh = coalesce(queries);
    const stop = host.onDeskEvent((event) => {
      switch (event.type) {
        case "session":
          if (queries.getQueryData<Session>(SESSION_KEY)?.agent !== event.body.agent) {
            // Another account may.
            queries.removeQueries({ queryKey: SKIP_REFUSED_KEY });
          }
          replaceData(queries, SESSION_KEY, event.body);
          break;
        case "sync": {
          const before = queries.getQueryData<SyncStatus>(SYNC_KEY);
          takeSyncStatus(queries, event.body);
          // A pull that has ended may have touched anything, also what nobody was told of.
          if (before && before.finishedAt !== event.body.finishedAt) {
            refresh.changed(keysOf(STALE));
          }
          break;
        }
        case "outbox":
          replaceData(queries, OUTBOX_STATUS_KEY, event.body);
          // What keeps the outbox is told without a change of any row, and shows on the rows.
          refresh.changed(["outbox"]);
          break;
        case "upload":
          queries.setQueryData(uploadKey(event.body.id), event.body);
          break;
        case "fetch":
          queries.setQueryData(fetchKey(event.body.id), event.body);
          break;
        case "print_run":
          queries.setQueryData(PRINT_PROGRESS_KEY, event.body);
          break;
        case "letters":
          queries.setQueryData(LETTERS_PROGRESS_KEY, event.body);
          break;
        case "files_over":
        case "dropped":
          // The page that takes files hears of them itself.
          break;
        case "changed":
          refresh.changed(event.body);
          break;
      }
    });
    return () => {
      stop();
      refresh.stop();
    };
  }, [host, queries]);
}

/** The computer says that it has a network again: what waits for the portal is tried without its pause. */
export function useNetworkBack(): void {
  const host = useHost();
  useEffect(() => {
    // It only hastens what goes on by itself: whatever it answers, nobody waits for it.
    const back = () => void host.call("network_back", {}).catch(() => undefined);
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, [host]);
}

/** The first change acts at once; those within the pause after it act together at its end. */
function coalesce(queries: QueryClient) {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = () => {
    timer = null;
    if (waiting.size === 0) {
      return;
    }
    const roots = waiting;
    waiting = new Set();
    timer = setTimeout(flush, PAUSE);
    const stale = { predicate: ({ queryKey }: { queryKey: QueryKey }) => roots.has(String(queryKey[0])) };
    // An answer on its way may have been read before the change: it is asked for again. A query keeps its own failure.
    queries
      .cancelQueries(stale, { silent: true })
      .then(() => queries.invalidateQueries(stale))
      .catch(() => undefined);
  };

  return {
    changed(topics: readonly Topic[]) {
      for (const topic of topics) {
        for (const root of STALE[topic]) {
          waiting.add(root);
        }
      }
      if (timer === null) {
        flush();
      }
    },
    stop() {
      if (timer !== null) {
        clearTimeout(timer);
      }
    },
  };
}
