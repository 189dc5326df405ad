import { type UseMutationResult, type UseQueryResult, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FaxFineness, FaxLook, FaxPages, FaxSend, FaxesQueued, LetterRow, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";

export function useFax(): UseMutationResult<FaxesQueued, Problem, FaxSend> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (take: FaxSend) => host.call("fax_send", take),
    onSettled: () => queries.invalidateQueries({ queryKey: ["outbox"] }),
  });
}

/** How many pages a fax will have, with its cover page, and how many the company faxes at most. */
export function useFaxPages(look: FaxLook): UseQueryResult<FaxPages> {
  const host = useHost();
  return useQuery({ queryKey: ["fax-page", "count", look], queryFn: () => host.call("fax_look", look), gcTime: 60_000 });
}

/** A page of a fax as it arrives, asked for once it is near what is in view. */
export function useFaxPage(look: FaxLook, page: number, fineness: FaxFineness, near: boolean): UseQueryResult<Uint8Array> {
  const host = useHost();
  return useQuery({
    queryKey: ["fax-page", look, page, fineness],
    queryFn: () => host.faxPage(look, page, fineness),
    gcTime: 60_000,
    enabled: near,
  });
}

/** How often the portal tries a failed fax again; nothing while that is not known. */
export function useReattempts(): number | null {
  const host = useHost();
  const { data } = useQuery({ queryKey: ["settings", "fax"], queryFn: () => host.call("fax_setting", {}) });
  return data?.reattempts ?? null;
}

/** The most pages that the company faxes; nothing while it is not known, or where nothing is said about it. */
export function useFaxLimit(): { pages: number; blocks: boolean } | null {
  const host = useHost();
  const { data } = useQuery({ queryKey: ["gate-table"], queryFn: () => host.call("gate_table", {}) });
  const rule = data?.find((row) => row.rule === "fax_too_long");
  return rule?.limit && rule.severity !== "off" ? { pages: rule.limit.value, blocks: rule.severity === "block" } : null;
}

/** Letters that go to the same party, and so to the same number. */
export interface Party {
  name: string;
  isBureau: boolean;
  /** As the portal had it when the newest of these letters was written; `null` when it had none. */
  number: string | null;
  letters: LetterRow[];
}

export function parties(letters: readonly LetterRow[]): Party[] {
  const byName = new Map<string, Party>();
  for (const letter of letters) {
    const party = byName.get(letter.recipientName) ?? { name: letter.recipientName, isBureau: letter.bureau !== null, number: null, letters: [] };
    party.number ??= letter.faxNumber;
    party.letters.push(letter);
    byName.set(letter.recipientName, party);
  }
  return [...byName.values()];
}

/** The furnishers' own fax numbers by name; empty where none, or where two of that name have different ones. */
export function useFurnisherNumbers(names: readonly string[]): ReadonlyMap<string, string> | null {
  const host = useHost();
  const answers = useQueries({
    queries: names.map((name) => ({
      queryKey: ["library", "furnishers", name],
      queryFn: () => host.call("furnisher_search", { query: name, limit: 50 }),
    })),
  });
  if (answers.some(({ isPending }) => isPending)) {
    return null;
  }
  return new Map(
    names.map((name, index) => {
      const numbers = new Set(answers[index]?.data?.filter((furnisher) => furnisher.name === name).map(({ fax }) => fax));
      return [name, numbers.size === 1 ? ([...numbers][0] ?? "") : ""];
    }),
  );
}

/** Why a text is no number that can be dialled; nothing for one that is, or for an empty one. */
export function numberFault(text: string): string | null {
  if (text.trim() === "") {
    return null;
  }
  const digits = text.replaceAll(/\D/g, "").replace(/^1(?=\d{10}$)/, "");
  if (digits.length !== 10) {
    return `A fax number has ten digits; this has ${digits.length}.`;
  }
  return /^[2-9]..[2-9]/.test(digits) ? null : "The area code and the three digits after it cannot begin with 0 or 1.";
}
