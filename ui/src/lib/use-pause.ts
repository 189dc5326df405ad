import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { OutboxItem, Problem } from "../host/bindings";
import { useHost } from "../host/host-context";
import { useRefreshRecords } from "./use-take-back";

/** Pauses a row of the outbox, or lets a paused one go: the outbox does it, and the list of the record that waits. */
export function usePause(): UseMutationResult<OutboxItem, Problem, { id: string; paused: boolean }> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: ({ id, paused }) => host.call(paused ? "outbox_pause" : "outbox_resume", { id }),
    // Whatever came of it, the rows are read again: one may have gone on by itself.
    onSettled: refresh,
  });
}

/** Whether a row can be paused: what waits for the agent waits anyway, and what is over has gone. */
export function canPause({ kind, stage, asks, paused }: OutboxItem): boolean {
  return kind !== null && !paused && !asks && (stage === "queued" || stage === "sending" || stage === "unknown");
}
