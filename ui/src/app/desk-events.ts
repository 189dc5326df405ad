import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Topic } from "../host/bindings";
import { useHost } from "../host/host-context";
import { SESSION_KEY } from "../features/sign-in/session";
import { SYNC_KEY } from "../features/sync/sync";

/** What is stale when a topic changed, by the first part of the query keys. Rows count other topics' records. */
const STALE: Record<Topic, readonly string[]> = {
  clients: ["clients"],
  items: ["items", "clients"],
  library: ["library"],
  letters: ["letters", "items"],
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
          queries.setQueryData(SESSION_KEY, event.body);
          break;
        case "sync":
          queries.setQueryData(SYNC_KEY, event.body);
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
    // A query that fails keeps its own failure.
    queries.invalidateQueries({ predicate: ({ queryKey }) => roots.has(String(queryKey[0])) }).catch(() => undefined);
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
