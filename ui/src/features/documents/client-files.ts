import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { ClientFile, ClientFileRef, OutboxItem, OutboxKind, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { CLIENT_FILES_KEY, type ViewedFile } from "../../lib/files";
import { useUnsentRows } from "../../lib/unsent-rows";
import { useRefreshRecords } from "../../lib/use-take-back";

const TIES: ReadonlySet<OutboxKind | null> = new Set<OutboxKind | null>(["link_attachment", "unlink_attachment"]);

interface ClientFiles {
  files: UseQueryResult<ClientFile[]>;
  /** Rows of the outbox that add or remove such files. */
  waiting: readonly OutboxItem[];
}

/**
 * Files that are tied to a client's own record, read from the portal while it can be reached: when they are looked at, and
 * when a row of the outbox that changes them is new or gone.
 */
export function useClientFiles(clientId: string, online: boolean | null): ClientFiles {
  const host = useHost();
  const unsent = useUnsentRows();
  const waiting = (unsent.data ?? []).filter((row) => row.clientId === clientId && TIES.has(row.kind));
  const files = useQuery({
    queryKey: [CLIENT_FILES_KEY, clientId, ...waiting.map(({ id }) => id)],
    queryFn: () => host.call("client_file_list", { id: clientId }),
    enabled: !unsent.isPending && online !== false,
    placeholderData: (before, query) => (query?.queryKey[1] === clientId ? before : undefined),
    staleTime: 0,
    gcTime: 60_000,
  });
  return { files, waiting };
}

export function useRemoveClientFile(): UseMutationResult<OutboxItem, Problem, ClientFileRef> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (file: ClientFileRef) => host.call("client_file_unlink", file), onSuccess: refresh });
}

export function clientFileName({ file: { caption } }: ClientFile): string {
  return caption || "File without a caption";
}

export function viewed(one: ClientFile): ViewedFile {
  const { id, extension, size } = one.file;
  return { source: { kind: "stored", id }, title: clientFileName(one), extension, size };
}
