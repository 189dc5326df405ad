import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { AttributeEdit, AttributeGroup, AttributeRow, ClientValue, OutboxItem, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { parseDay } from "../../lib/days";
import { date, phone } from "../../lib/format";
import { useRefreshRecords } from "../../lib/use-take-back";

/** A fact that may be changed. */
export type EditableRow = AttributeRow & { edit: AttributeEdit };

export function isEditable(row: AttributeRow): row is EditableRow {
  return row.edit !== null;
}

/** What is being typed of a client's data, by the field's name. */
export type ClientDraft = Readonly<Record<string, string>>;

/** Why a fact has no field. */
export const READ_ONLY = "Changed in the portal itself: it lets nobody change this from here.";

/** Queues what was changed of a client. What waits already is corrected where it waits. */
export function useUpdateClient(clientId: string): UseMutationResult<OutboxItem, Problem, ClientValue[]> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: (changes: ClientValue[]) => host.call("client_update", { clientId, changes }),
    onSuccess: refresh,
  });
}

/** A value as it is shown and typed here: days and numbers as an office writes them. */
export function asTyped({ kind, value }: Pick<AttributeEdit, "kind" | "value">): string {
  if (kind === "day") {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(value) : value;
  }
  return kind === "phone" ? phone(value) : value;
}

/** What was typed otherwise than it stood when the form opened. What is no day goes as it is: the desk says so. */
export function changesOf(edits: readonly AttributeEdit[], typed: Readonly<Record<string, string>>): ClientValue[] {
  return edits.flatMap((edit) => {
    const text = typed[edit.name] ?? "";
    if (text.trim() === asTyped(edit).trim()) {
      return [];
    }
    return [{ name: edit.name, seen: edit.value, value: edit.kind === "day" ? (parseDay(text) ?? text) : text }];
  });
}

/** What is shown of a group: another address of which nothing is known takes no room. */
export function shownRows({ kind, rows }: AttributeGroup): AttributeRow[] {
  return rows.filter(({ value, edit }) => value !== null || edit === null || kind !== "address");
}

/** The rows of the outbox that change the client, each once. */
export function waitingOf(groups: readonly AttributeGroup[]): OutboxItem[] {
  const all = groups.flatMap(({ rows }) => rows.flatMap(({ pending }) => (pending ? [pending] : [])));
  return [...new Map(all.map((item) => [item.id, item])).values()];
}
