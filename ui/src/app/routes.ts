import { useSyncExternalStore } from "react";

/** The sides of a client, in the order of their tabs. The first needs no name in the hash. */
export const CLIENT_TABS = ["items", "letters", "correspondence", "documents", "notes"] as const;

export type ClientTab = (typeof CLIENT_TABS)[number];

/** Where the agent is. Routes live in the hash and carry ids, never a name or a search. */
export type Route =
  | { page: "clients" }
  | { page: "client"; id: string; tab: ClientTab }
  | { page: "letters" }
  | { page: "outbox" }
  | { page: "help" };

export function parseRoute(hash: string): Route {
  const [page = "", id, tab] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  switch (page) {
    case "clients":
      return id ? { page: "client", id, tab: CLIENT_TABS.find((known) => known === tab) ?? "items" } : { page: "clients" };
    case "letters":
      return { page: "letters" };
    case "outbox":
      return { page: "outbox" };
    case "help":
      return { page: "help" };
    default:
      return { page: "clients" };
  }
}

export function routeHash(route: Route): string {
  if (route.page === "client") {
    const base = `#/clients/${encodeURIComponent(route.id)}`;
    return route.tab === "items" ? base : `${base}/${route.tab}`;
  }
  return `#/${route.page}`;
}

export function go(route: Route): void {
  window.location.hash = routeHash(route);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** The hash itself is the state: text compares by value, so nothing redraws without a reason. */
export function useRouteHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}
