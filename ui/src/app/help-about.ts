import type { Route } from "./routes";

/** The section of the guide about a page or a client's tab, whose name it has; nothing where the guide itself is open. */
export function helpAbout(route: Route): string | undefined {
  switch (route.page) {
    case "client":
      return route.tab;
    case "help":
      return undefined;
    case "today":
    case "clients":
    case "letters":
    case "follow-ups":
    case "tasks":
    case "runs":
    case "gate":
    case "outbox":
    case "settings":
      return route.page;
  }
}
