import { skipToken, useQuery } from "@tanstack/react-query";
import type { PrintRunProgress } from "../host/bindings";

/** Only the desk's events fill it, and a new run empties it: one job is put together at a time. */
export const PRINT_PROGRESS_KEY = ["print-progress"] as const;

/** How far the job that is being put together has come; nothing before the desk says so. */
export function usePrintProgress(): PrintRunProgress | null {
  return useQuery<PrintRunProgress | null>({ queryKey: PRINT_PROGRESS_KEY, queryFn: skipToken }).data ?? null;
}
