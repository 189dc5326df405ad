import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type {
  OutboxDetail,
  OutboxEdit,
  OutboxItem,
  OutboxPause,
  OutboxSettle,
  OutboxStatus,
  OutboxTroubleKind,
  Problem,
} from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { replaceData } from "../../lib/desk-query";
import { clock, sentence } from "../../lib/format";
import { canPause } from "../../lib/use-pause";

/** Replaced by what the desk says unasked; not below `outbox`, whose changes would ask for it again. */
export const OUTBOX_STATUS_KEY = ["outbox-status"] as const;

export function useOutboxStatus(): UseQueryResult<OutboxStatus> {
  const host = useHost();
  return useQuery({ queryKey: OUTBOX_STATUS_KEY, queryFn: () => host.call("outbox_status", {}) });
}

/** What is over, newest first. */
export function useOver(): UseQueryResult<OutboxItem[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["outbox", "over"],
    queryFn: () => host.call("outbox_list", { clientId: null, over: true }),
    select: (items) => items.filter(isOver),
  });
}

export function useRow(id: string): UseQueryResult<OutboxDetail> {
  const host = useHost();
  return useQuery({ queryKey: ["outbox", "row", id], queryFn: () => host.call("outbox_get", { id }) });
}

/**
 * A change of one row. Whatever came of it, the rows are read again, because it may have gone on by itself; what was asked for is
 * done before they are here.
 */
function useRowChange<T>(change: (take: T) => Promise<OutboxItem>): UseMutationResult<OutboxItem, Problem, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => void queries.invalidateQueries({ queryKey: ["outbox"] }),
  });
}

export function useRetry(): UseMutationResult<OutboxItem, Problem, string> {
  const host = useHost();
  return useRowChange((id: string) => host.call("outbox_retry", { id }));
}

export function useCancel(): UseMutationResult<OutboxItem, Problem, string> {
  const host = useHost();
  return useRowChange((id: string) => host.call("outbox_cancel", { id }));
}

export function useSettle(): UseMutationResult<OutboxItem, Problem, OutboxSettle> {
  const host = useHost();
  return useRowChange((take: OutboxSettle) => host.call("outbox_settle", take));
}

/** Pauses all sending, or sends again. */
export function usePauseAll(): UseMutationResult<OutboxStatus, Problem, boolean> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => host.call(paused ? "sending_pause" : "sending_resume", {}),
    onSuccess: (status) => replaceData(queries, OUTBOX_STATUS_KEY, status),
  });
}

export function useEdit(): UseMutationResult<OutboxItem, Problem, OutboxEdit> {
  const host = useHost();
  return useRowChange((take: OutboxEdit) => host.call("outbox_edit", take));
}

export type OutboxView = "unsent" | "asks" | "waiting" | "paused" | "over";

export const OUTBOX_VIEWS: readonly { id: OutboxView; label: string }[] = [
  { id: "unsent", label: "Unsent" },
  { id: "asks", label: "Needs you" },
  { id: "waiting", label: "Waiting" },
  { id: "paused", label: "Paused" },
  { id: "over", label: "Over" },
];

export function isOver({ stage }: OutboxItem): boolean {
  return stage === "done" || stage === "cancelled";
}

export function inView(item: OutboxItem, view: OutboxView): boolean {
  switch (view) {
    case "unsent":
      return !isOver(item);
    case "asks":
      return item.asks;
    case "waiting":
      return !isOver(item) && !item.asks && !item.paused;
    case "paused":
      return item.paused && !item.asks;
    case "over":
      return isOver(item);
  }
}

export interface Lane {
  clientId: string;
  clientName: string;
  items: OutboxItem[];
}

/** Rows by client, in the order in which each client first appears. */
export function lanes(items: readonly OutboxItem[]): Lane[] {
  const byClient = new Map<string, Lane>();
  for (const item of items) {
    const lane = byClient.get(item.clientId) ?? { clientId: item.clientId, clientName: item.clientName, items: [] };
    lane.items.push(item);
    byClient.set(item.clientId, lane);
  }
  return [...byClient.values()];
}

/** The row that goes before all others of its client. */
export function headOf(item: OutboxItem, unsent: readonly OutboxItem[]): OutboxItem | undefined {
  return unsent.find(({ clientId }) => clientId === item.clientId);
}

/** What can be done with a row, as the desk will accept it. */
export function can(item: OutboxItem) {
  const { kind, stage, editable, paused } = item;
  const still = kind !== null && (stage === "queued" || stage === "rejected");
  return {
    retry: still,
    cancel: still,
    edit: still && editable,
    settle: kind !== null && stage === "unknown",
    pause: canPause(item),
    resume: paused && !isOver(item),
  };
}

/** Retrying a row that the portal's own change stands against goes over that change. */
export function goesOver({ stage, trouble }: OutboxItem): boolean {
  return stage === "rejected" && trouble?.kind === "conflict" && trouble.theirs !== null;
}

export interface Standing {
  word: string;
  tone: Tone;
  /** Why it stands there, or what comes next. */
  why: string;
}

const PAUSES: Record<OutboxPause, string> = {
  agent: "You paused sending. It goes once you resume it.",
  away: "The portal is away. It goes by itself when the portal is back.",
  sign_in: "The session has ended. It goes once you sign in again.",
  cache_failed: "The desk's files failed. It goes after the next start.",
};

export function pauseText(pause: OutboxPause): string {
  return PAUSES[pause];
}

const WAITS: Partial<Record<OutboxTroubleKind, string>> = {
  unreachable: "The portal cannot be reached.",
  busy: "The portal asks for time.",
  sign_in: "The session has ended.",
  lost: "The portal's answer was lost.",
};

const ASKS: Partial<Record<OutboxTroubleKind, string>> = {
  refused: "Refused",
  held: "Held back",
  conflict: "Changed on the portal",
  too_many_tries: "Failed too often",
};

/** When a row is tried next. While the agent keeps it here, no time is. */
export function nextTry(item: OutboxItem, paused: OutboxPause | null): string | null {
  return isOver(item) || item.paused || paused === "agent" ? null : item.nextAt;
}

/** Where a row stands and why, in words. */
export function standing(item: OutboxItem, head: OutboxItem | undefined, paused: OutboxPause | null, now: number): Standing {
  const { stage, trouble, asks, behind } = item;
  const at = nextTry(item, paused);
  const next = at && Date.parse(at) > now ? `Next try ${clock(at, now)}.` : "";
  const message = sentence(trouble?.message ?? "");
  switch (stage) {
    case "done":
      return { word: "Sent", tone: "good", why: "The portal has it." };
    case "cancelled":
      return { word: "Cancelled", tone: "neutral", why: "It was not sent." };
    case "sending":
      return {
        word: "Sending",
        tone: "info",
        why: item.paused ? "It is on its way to the portal. After this call it is paused, unless that was all of it." : "It is on its way to the portal.",
      };
    case "unknown": {
      if (asks) {
        return { word: "Outcome unknown", tone: "bad", why: message || "Reading the portal did not settle it." };
      }
      const then = item.paused ? "If it did not, it stays paused." : next;
      return { word: "Checking", tone: "warn", why: `${message || "The answer was lost."} The desk reads the portal to see whether it arrived. ${then}`.trim() };
    }
    case "rejected":
      return { word: (trouble && ASKS[trouble.kind]) ?? "Stopped", tone: "bad", why: message };
    case "queued":
      if (trouble?.kind === "unknown_kind") {
        return { word: "Not known", tone: "bad", why: message };
      }
      if (item.paused) {
        return { word: "Paused", tone: "warn", why: "You paused it. It goes once you resume it." };
      }
      if (behind && head && head.id !== item.id) {
        const stands = head.asks || head.paused;
        return {
          word: stands ? "Blocked" : "Waiting",
          tone: stands ? "warn" : "neutral",
          why: head.asks
            ? `Waits for the row before it: ${head.title}, which needs you.`
            : head.paused
              ? `Waits for a paused row: ${head.title}.`
              : `Waits for the row before it: ${head.title}.`,
        };
      }
      if (paused) {
        return { word: "Waiting", tone: "neutral", why: `${pauseText(paused)} ${next}`.trim() };
      }
      return {
        word: "Waiting",
        tone: "neutral",
        why: trouble ? `${WAITS[trouble.kind] ?? message} ${next}`.trim() : next || "It goes as soon as its turn comes.",
      };
  }
}
