import { useSyncExternalStore } from "react";

/** The sides of a client, in the order of their tabs. The first needs no name in the hash. */
export const CLIENT_TABS = ["items", "letters", "follow-ups", "tasks", "reports", "correspondence", "documents", "agreements", "notes", "overview"] as const;

export type ClientTab = (typeof CLIENT_TABS)[number];

/** Where the agent is. Routes live in the hash and carry ids, never a name or a search. */
export type Route =
  | { page: "today" }
  | { page: "clients" }
  /** `item` is the negative item that takes the focus. */
  | { page: "client"; id: string; tab: ClientTab; item?: string }
  /** The first is in view; several are chosen. */
  | { page: "letters"; letters?: readonly string[] }
  | { page: "follow-ups" }
  | { page: "tasks" }
  | { page: "runs"; run?: string }
  | { page: "gate" }
  | { page: "outbox" }
  | { page: "settings" }
  /** `about` is the section that is shown first. */
  | { page: "help"; about?: string };

export function parseRoute(hash: string): Route {
  const [page = "", id, tab, item] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  switch (page) {
    case "clients":
      return id
        ? { page: "client", id, tab: CLIENT_TABS.find((known) => known === tab) ?? "items", ...(item ? { item } : {}) }
        : { page: "clients" };
    case "letters":
      return { page: "letters", ...(id ? { letters: id.split(",") } : {}) };
    case "runs":
      return { page: "runs", ...(id ? { run: id } : {}) };
    case "follow-ups":
      return { page: "follow-ups" };
    case "tasks":
      return { page: "tasks" };
    case "gate":
      return { page: "gate" };
    case "outbox":
      return { page: "outbox" };
    case "settings":
      return { page: "settings" };
    case "help":
      return { page: "help", ...(id ? { about: id } : {}) };
    default:
      return { page: "today" };
  }
}

export function routeHash(route: Route): string {
  const parts = (...rest: string[]) => `#/${rest.map(encodeURIComponent).join("/")}`;
  if (route.page === "client") {
    const { id, tab, item } = route;
    return item ? parts("clients", id, "items", item) : parts("clients", id, ...(tab === "items" ? [] : [tab]));
  }
  const one = route.page === "letters" ? route.letters?.join(",") : route.page === "runs" ? route.run : route.page === "help" ? route.about : undefined;
  return parts(route.page, ...(one ? [one] : []));
}

/** Who shows the page. */
const hearers = new Set<() => void>();

export function go(route: Route): void {
  window.location.hash = routeHash(route);
  // The event comes a turn later, and the page may come now.
  for (const changed of hearers) {
    changed();
  }
}

function subscribe(changed: () => void): () => void {
  hearers.add(changed);
  window.addEventListener("hashchange", changed);
  return () => {
    hearers.delete(changed);
    window.removeEventListener("hashchange", changed);
  };
}

/** The hash itself is the state: text compares by value, so nothing redraws without a reason. */
export function useRouteHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}
