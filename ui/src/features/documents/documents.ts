import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { ChosenFile, DocumentAdd, DocumentCard, DocumentRef, DocumentReplace, OutboxItem, Problem, StraightenedFile } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import type { ViewedFile } from "../../lib/files";
import { kindName, subkindName } from "../../lib/document-types";
import { fileSize } from "../../lib/format";
import { useRefreshRecords } from "../../lib/use-take-back";

/** A client's documents, those that wait first, then newest first. */
export function useDocuments(clientId: string, enabled = true): UseQueryResult<DocumentCard[]> {
  const host = useHost();
  return useQuery({ queryKey: ["documents", clientId], queryFn: () => host.call("document_list", { id: clientId }), enabled });
}

export function useAddDocument(): UseMutationResult<OutboxItem, Problem, DocumentAdd> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (take: DocumentAdd) => host.call("document_add", take), onSuccess: refresh });
}

/** Turns a chosen picture upright, takes its tilt out and makes it smaller. */
export function useStraighten(): UseMutationResult<StraightenedFile, Problem, ChosenFile> {
  const host = useHost();
  return useMutation({ mutationFn: ({ token }: ChosenFile) => host.call("document_straighten", { id: token }) });
}

/** What was done to a picture, in words. */
export function straightenedWords(before: ChosenFile, { file, turned, tilt }: StraightenedFile): string {
  const done = [
    turned ? "turned upright" : "",
    tilt === 0 ? "" : `straightened by ${Math.abs(tilt).toFixed(1)}°`,
    `${fileSize(before.size)} is now ${fileSize(file.size)}`,
  ].filter(Boolean);
  const words = done.join(", ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

export function useReplaceDocument(): UseMutationResult<OutboxItem, Problem, DocumentReplace> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (take: DocumentReplace) => host.call("document_replace", take), onSuccess: refresh });
}

export function useRemoveDocument(): UseMutationResult<OutboxItem, Problem, DocumentRef> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (take: DocumentRef) => host.call("document_remove", take), onSuccess: refresh });
}

export function documentKey({ id, pending }: DocumentCard): string {
  return id ?? pending?.id ?? "";
}

/** What a document is, as closely as the portal says: its subtype, else its type. */
export function documentName({ kind, subkind }: DocumentCard): string {
  return subkind === "" || subkind === "other" ? kindName(kind) : subkindName(subkind);
}

/** The document's file, where it can be opened: the portal's, or the one that waits to be sent. */
export function documentFile(document: DocumentCard): ViewedFile | null {
  const { attachmentId, caption, extension, id, pending, size } = document;
  const name = documentName(document);
  const about = { title: caption ? `${name}: ${caption}` : name, extension, size };
  if (attachmentId !== null) {
    return { ...about, source: { kind: "stored", id: attachmentId } };
  }
  return id === null && pending ? { ...about, source: { kind: "waiting", id: pending.id } } : null;
}
