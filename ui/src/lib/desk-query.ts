import { QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Problem } from "../host/bindings";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Problem;
  }
}

/**
 * Everything asked is local, so it is asked with or without a network, and an answer stays good until the desk says
 * that its topic changed. Every key begins with that topic: `clients`, `items`, `library`, `letters`, `outbox`, `notes`,
 * `documents`, `correspondence`, `follow-ups`, `print-runs`, `reports`, `tasks`, `agreements`, `readings`; `gate`, `today` and `settings` are read from several of them,
 * `client-files` is read from the portal each time it is looked at, and when a change of such a file waits, or waits no longer;
 * `gate-table` never changes, `printers` is asked anew each time, and `segment` after two minutes. Beside them are `session`, `sync` and
 * `outbox-status`, which events replace, `asides`, which change by what is brought from them, `kba-skip-refused`, which only a refusal sets, and `upload`, `fetch`,
 * `letters-progress` and `print-progress`, which only events fill. `pdf`, `file`, `thumbnail` and `fax-page` hold bytes that never change.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Puts in place what the desk has just said. An answer that is still on its way is older, and must not undo it. */
export function replaceData(queries: QueryClient, queryKey: QueryKey, data: unknown): void {
  // Nothing waits for the cancelled question, and the data stands either way.
  queries.cancelQueries({ queryKey, exact: true }, { silent: true }).catch(() => undefined);
  queries.setQueryData(queryKey, data);
}
