import { type UseMutationResult, type UseQueryResult, useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  LetterChecked,
  LetterOverride,
  LetterReview,
  LetterReword,
  LetterRow,
  LetterSave,
  LettersSaved,
  LetterStage,
  LetterText,
  PrepareLetters,
  PreparedLetters,
  Problem,
  Why,
} from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { LETTERS_PROGRESS_KEY } from "../../lib/letters-progress";

/** Every letter of one client, or of all, newest first; those set aside too. */
export function useLetters(clientId: string | null): UseQueryResult<LetterRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["letters", "list", clientId],
    queryFn: () => host.call("letter_list", { clientId, discarded: true }),
  });
}

/** A letter's bytes change with its text alone, so no other change of the letters makes them stale. */
export function useLetterPdf({ id, rewordedAt }: LetterRow): UseQueryResult<Uint8Array> {
  const host = useHost();
  return useQuery({ queryKey: ["pdf", id, rewordedAt], queryFn: () => host.letterPdf(id), gcTime: 60_000 });
}

/** What a letter says, to be changed. */
export function useLetterText(id: string): UseQueryResult<LetterText> {
  const host = useHost();
  return useQuery({ queryKey: ["letters", "text", id], queryFn: () => host.call("letter_text", { id }), gcTime: 0 });
}

export function useWhy(id: string | null): UseQueryResult<Why> {
  const host = useHost();
  return useQuery({
    queryKey: ["letters", "why", id],
    queryFn: () => host.call("letter_why", { id: id ?? "" }),
    enabled: id !== null,
  });
}

/** Preparing and saving letters: the desk does one piece of it at a time. */
const WORK_KEY = ["letters-work"] as const;

/** Whether one piece of work is under way and no other: what the desk tells of it, and what is stopped, is then that one. */
export function useIsOneWork(): boolean {
  return useIsMutating({ mutationKey: WORK_KEY }) === 1;
}

export function usePrepare(): UseMutationResult<PreparedLetters, Problem, PrepareLetters> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationKey: WORK_KEY,
    mutationFn: (take: PrepareLetters) => host.call("letter_prepare", take),
    onSettled: () => queries.setQueryData(LETTERS_PROGRESS_KEY, null),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["letters"] });
      await queries.invalidateQueries({ queryKey: ["items"] });
    },
  });
}

/** Sets letters aside, or brings them back. */
export function useSetAside(name: "letter_discard" | "letter_restore"): UseMutationResult<LetterRow[], Problem, string[]> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => host.call(name, { ids }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["letters"] });
      await queries.invalidateQueries({ queryKey: ["items"] });
    },
  });
}

/** What a record about a letter changes. */
const TOUCHED: ReadonlySet<string> = new Set(["letters", "gate", "today", "fax-page"]);

function useRecord<T, R>(record: (take: T) => Promise<R>): UseMutationResult<R, Problem, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: record,
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED.has(String(queryKey[0])) }),
  });
}

/** Lets a letter go although a finding holds it, or takes that back. */
export function useOverride(): UseMutationResult<LetterChecked, Problem, LetterOverride> {
  const host = useHost();
  return useRecord((take: LetterOverride) => host.call("letter_override", take));
}

/** Sets a letter again with another text, or as it was made. */
export function useReword(): UseMutationResult<LetterRow, Problem, LetterReword> {
  const host = useHost();
  return useRecord((take: LetterReword) => host.call("letter_reword", take));
}

/** Records that the client reviewed letters, or takes that back. */
export function useReview(): UseMutationResult<LetterRow[], Problem, LetterReview> {
  const host = useHost();
  return useRecord((take: LetterReview) => host.call("letter_review", take));
}

export function useSave(): UseMutationResult<LettersSaved, Problem, LetterSave> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationKey: WORK_KEY,
    mutationFn: (take: LetterSave) => host.call("letter_save", take),
    onSettled: () => queries.setQueryData(LETTERS_PROGRESS_KEY, null),
  });
}

/** Stops the letters that are being prepared or saved: their call fails as `cancelled`, and none of them is kept. */
export function useStop(): UseMutationResult<unknown, Problem, void> {
  const host = useHost();
  return useMutation({ mutationFn: () => host.call("letter_stop", {}) });
}

export type LetterView = "current" | LetterStage;

export const LETTER_VIEWS: readonly { id: LetterView; label: string }[] = [
  { id: "current", label: "All" },
  { id: "prepared", label: "Prepared" },
  { id: "printed", label: "Printed" },
  { id: "discarded", label: "Discarded" },
];

export function inView(letter: LetterRow, view: LetterView): boolean {
  return view === "current" ? letter.stage !== "discarded" : letter.stage === view;
}

/** A letter that went out keeps its words. */
export function isChangeable({ stage, sentOn }: LetterRow): boolean {
  return stage === "prepared" && sentOn === null;
}

export function pagesOf(letters: readonly LetterRow[]): number {
  return letters.reduce((sum, letter) => sum + letter.pages, 0);
}
