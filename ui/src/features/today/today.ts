import { type UseQueryResult, queryOptions, useQuery } from "@tanstack/react-query";
import type { LetterRow, Today } from "../../host/bindings";
import type { Host } from "../../host/host";
import { useHost } from "../../host/host-context";

export function todayOptions(host: Host) {
  return queryOptions({ queryKey: ["today"], queryFn: () => host.call("today_get", {}) });
}

export function useToday(): UseQueryResult<Today> {
  return useQuery(todayOptions(useHost()));
}

/** Letters of one client that wait for the same thing. */
export interface Waiting {
  clientId: string;
  clientName: string;
  letters: LetterRow[];
}

/** A client's letters are reviewed and printed together, so they are one line. */
export function byClient(letters: readonly LetterRow[]): Waiting[] {
  const groups = new Map<string, Waiting>();
  for (const letter of letters) {
    const group = groups.get(letter.clientId) ?? { clientId: letter.clientId, clientName: letter.clientName, letters: [] };
    group.letters.push(letter);
    groups.set(letter.clientId, group);
  }
  return [...groups.values()];
}

/** Whether anything asks for the agent. */
export function isQuiet({ dueTotal, toReviewTotal, toPrintTotal, toConfirm, outbox }: Today): boolean {
  return dueTotal + toReviewTotal + toPrintTotal + toConfirm.length + outbox.trouble === 0;
}
