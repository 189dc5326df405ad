import { useQueries } from "@tanstack/react-query";
import type { GateFinding, GateMedium, LetterChecked, LetterRow, Problem } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Letters looked at in one question: the first marks come soon, also of thousands. */
const CHUNK = 100;

export interface Checks {
  /** By letter; a letter that was not looked at yet is not in it. */
  byLetter: ReadonlyMap<string, LetterChecked>;
  pending: boolean;
  problem: Problem | null;
  retry: () => void;
}

/** What the gate finds in letters that are about to go out. */
export function useChecks(ids: readonly string[], medium: GateMedium): Checks {
  const host = useHost();
  const chunks: string[][] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    chunks.push(ids.slice(at, at + CHUNK));
  }
  return useQueries({
    queries: chunks.map((chunk) => ({
      queryKey: ["gate", "checked", medium, chunk],
      queryFn: () => host.call("letter_check", { ids: chunk, medium }),
      gcTime: 60_000,
    })),
    combine: (answers) => ({
      byLetter: new Map(answers.flatMap(({ data }) => data ?? []).map((checked) => [checked.letterId, checked])),
      pending: answers.some(({ isPending }) => isPending),
      problem: answers.find(({ error }) => error)?.error ?? null,
      retry: () => {
        for (const answer of answers) {
          if (answer.isError) {
            // The query keeps its own failure.
            answer.refetch().catch(() => undefined);
          }
        }
      },
    }),
  });
}

/** Whether the gate is asked about a letter at all: what is out, or set aside, goes nowhere any more. */
export function goesOut({ stage, sentOn }: LetterRow): boolean {
  return stage !== "discarded" && sentOn === null;
}

/** What still keeps a letter. */
export function blocking(checked: LetterChecked): GateFinding[] {
  return checked.findings.filter(({ severity, overridden }) => severity === "block" && overridden === null);
}

/** What is shown and keeps nothing. */
export function warnings(checked: LetterChecked): GateFinding[] {
  return checked.findings.filter(({ severity }) => severity === "warn");
}
