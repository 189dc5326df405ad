import { useSyncExternalStore } from "react";

/** Where the agent is. Routes live in the hash and carry ids, never a name or a search. */
export type Route =
  | { page: "clients" }
  | { page: "client"; id: string; tab: "items" | "letters" }
  | { page: "letters" }
  | { page: "outbox" }
  | { page: "help" };

export function parseRoute(hash: string): Route {
  const [page = "", id, tab] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  switch (page) {
    case "clients":
      return id ? { page: "client", id, tab: tab === "letters" ? "letters" : "items" } : { page: "clients" };
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
    return route.tab === "letters" ? `${base}/letters` : base;
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
