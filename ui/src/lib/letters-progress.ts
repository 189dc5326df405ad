import { skipToken, useQuery } from "@tanstack/react-query";
import type { LettersProgress } from "../host/bindings";

/** Only the desk's events fill it, and work that is over empties it: letters are prepared or saved one piece of work at a time. */
export const LETTERS_PROGRESS_KEY = ["letters-progress"] as const;

/** How far the letters are that are being prepared or saved; nothing before the desk says so. */
export function useLettersProgress(): LettersProgress | null {
  return useQuery<LettersProgress | null>({ queryKey: LETTERS_PROGRESS_KEY, queryFn: skipToken }).data ?? null;
}
