import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type { ClientAlert, ClientStanding, ProofRow, RecordAccess } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { instantDay, plural } from "../../lib/format";
import { providerShort } from "../../lib/kba-providers";

/** What matters of a client, as far as the cache knows it. */
export function useClientStanding(id: string): UseQueryResult<ClientStanding> {
  const host = useHost();
  return useQuery({ queryKey: ["standing", id], queryFn: () => host.call("client_standing", { id }) });
}

/** Where each part of the header is acted on. */
export interface HeaderPlaces {
  items: string;
  followUps: string;
  tasks: string;
  documents: string;
  agreements: string;
  overview: string;
  outbox: string;
}

export interface Said {
  tone: Tone;
  state: string;
  detail: string;
}

/** What is known of the client's identity. A proof with any provider counts; that nobody proved it here says nothing. */
export function identitySaid(proofs: readonly ProofRow[]): Said {
  const made = proofs.find(({ state }) => state !== "refused");
  const last = made ?? proofs[0];
  if (!last) {
    return { tone: "neutral", state: "Not known", detail: "" };
  }
  const detail = [instantDay(last.at), providerShort(last.provider)].filter(Boolean).join(", ");
  switch (last.state) {
    case "proven":
      return { tone: "good", state: "Proven", detail };
    case "skipped":
      return { tone: "good", state: "Counts as proven", detail };
    case "refused":
      return { tone: "bad", state: "Not proven", detail };
  }
}

/** An alert in a few words, with the place to act. */
export function alertSaid({ kind, count, days }: ClientAlert, places: HeaderPlaces): { tone: Tone; text: string; href: string } {
  const late = days === null ? "" : ` by ${count > 1 ? "up to " : ""}${plural(days, "day")}`;
  switch (kind) {
    case "outbox_asks":
      return { tone: "bad", text: `${plural(count, "thing")} not sent`, href: places.outbox };
    case "answers_overdue":
      return { tone: "bad", text: `${plural(count, "answer")} overdue${late}`, href: places.followUps };
    case "tasks_overdue":
      return { tone: "warn", text: `${plural(count, "task")} overdue${late}`, href: places.tasks };
    case "items_reinserted":
      return { tone: "bad", text: `${plural(count, "item")} reinserted`, href: places.items };
  }
}

/** Names on one line, or why there are none. */
export function namesSaid(what: string, names: readonly string[], access: RecordAccess): { text: string; known: boolean } {
  if (names.length > 0) {
    // A name may have commas of its own.
    return { text: names.map((name) => name || "One without a name").join(" · "), known: true };
  }
  switch (access) {
    case "read":
      return { text: "None", known: false };
    case "unread":
      return { text: "Not read yet", known: false };
    case "forbidden":
      return { text: `Your account may not read ${what}`, known: false };
    case "missing":
      return { text: `This portal has no ${what}`, known: false };
  }
}
