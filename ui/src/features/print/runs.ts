import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type {
  LetterSaved,
  PrintRunConfirm,
  PrintRunConfirmed,
  PrintRunDetail,
  PrintRunManifest,
  PrintRunRow,
  PrintRunStage,
  PrintRunStart,
  Problem,
  ProblemCode,
} from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { PRINT_PROGRESS_KEY } from "../../lib/print-progress";

export function useRuns(): UseQueryResult<PrintRunRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["print-runs", "list"], queryFn: () => host.call("print_run_list", {}) });
}

export function useRun(id: string): UseQueryResult<PrintRunDetail> {
  const host = useHost();
  return useQuery({ queryKey: ["print-runs", "run", id], queryFn: () => host.call("print_run_get", { id }) });
}

/** A run's letters, or the jammed letters of a run once more. */
export type RunRequest = { start: PrintRunStart } | { reprint: string };

/** What a run changes, whatever came of it. */
const TOUCHED: ReadonlySet<string> = new Set(["print-runs", "letters", "items", "follow-ups", "gate", "today", "outbox"]);

function useTouched(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) });
}

/** Answers when the print system has the job, or has not. */
export function useStartRun(): UseMutationResult<PrintRunRow, Problem, RunRequest> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: RunRequest) => {
      queries.setQueryData(PRINT_PROGRESS_KEY, null);
      return "start" in request
        ? host.call("print_run_start", request.start)
        : host.call("print_run_reprint", { id: request.reprint });
    },
    onSettled: useTouched(),
  });
}

export function useCancelRun(): UseMutationResult<unknown, Problem, void> {
  const host = useHost();
  return useMutation({ mutationFn: () => host.call("print_run_cancel", {}) });
}

export function useConfirmRun(): UseMutationResult<PrintRunConfirmed, Problem, PrintRunConfirm> {
  const host = useHost();
  return useMutation({ mutationFn: (take: PrintRunConfirm) => host.call("print_run_confirm", take), onSettled: useTouched() });
}

export function useManifest(): UseMutationResult<LetterSaved, Problem, PrintRunManifest> {
  const host = useHost();
  return useMutation({ mutationFn: (take: PrintRunManifest) => host.call("print_run_manifest", take) });
}

const STAGES: Record<PrintRunStage, { tone: Tone; text: string }> = {
  printing: { tone: "info", text: "Printing" },
  printed: { tone: "warn", text: "To confirm" },
  failed: { tone: "bad", text: "Failed" },
  cancelled: { tone: "neutral", text: "Cancelled" },
  confirmed: { tone: "good", text: "Confirmed" },
};

export function stageOf({ stage }: PrintRunRow): { tone: Tone; text: string } {
  return STAGES[stage];
}

/** Failures before the print system has the job. Of any other, only its own words tell what came out. */
const BEFORE_PAPER: ReadonlySet<ProblemCode> = new Set(["print_failed", "cancelled", "held", "letter_failed", "bad_request", "not_found"]);

export function nothingPrinted({ code }: Problem): boolean {
  return BEFORE_PAPER.has(code);
}

/** Letters that jammed and can be printed again. */
export function canReprint({ stage, jammed }: PrintRunRow): boolean {
  return stage === "confirmed" && jammed > 0;
}
