import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { NoteRow, OutboxItem, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { useRefreshRecords } from "../../lib/use-take-back";

/** A client's notes, those that wait first, then newest first. */
export function useNotes(clientId: string, enabled = true): UseQueryResult<NoteRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["notes", clientId], queryFn: () => host.call("note_list", { id: clientId }), enabled });
}

export type NoteWrite =
  | { does: "add"; clientId: string; text: string }
  | { does: "change"; note: NoteRow; text: string }
  | { does: "remove"; note: NoteRow };

/** Queues what is done to a note. A note that still waits is corrected where it waits, not changed behind itself. */
export function useWriteNote(): UseMutationResult<OutboxItem, Problem, NoteWrite> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({
    mutationFn: (write: NoteWrite) => {
      switch (write.does) {
        case "add":
          return host.call("note_add", { clientId: write.clientId, text: write.text });
        case "change":
          return write.note.pending
            ? host.call("outbox_edit", { id: write.note.pending.id, values: { note_text: write.text } })
            : host.call("note_change", { id: write.note.id ?? "", text: write.text });
        case "remove":
          return host.call("note_remove", { id: write.note.id ?? "" });
      }
    },
    onSuccess: refresh,
  });
}

export function noteKey({ id, pending }: NoteRow): string {
  return id ?? pending?.id ?? "";
}
