import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ClientFile, FileFormat, FileSave, FileSource, LetterSaved, OpenedFile, Problem } from "../host/bindings";
import { useHost } from "../host/host-context";
import { count } from "./format";
import { fetchKey } from "./use-fetch-progress";

/** A file to be looked at, with what its record says of it. */
export interface ViewedFile {
  source: FileSource;
  /** What it is, for the agent. */
  title: string;
  /** Without the dot; may be empty. */
  extension: string;
  /** Bytes as the portal counts them; 0 where it does not. */
  size: number;
}

/** A file that is here, with its bytes where they are shown. */
export interface FileContent {
  opened: OpenedFile;
  bytes: Uint8Array | null;
}

const FORMATS: Record<FileFormat, { name: string; type: string; extensions: readonly string[] }> = {
  jpeg: { name: "JPEG picture", type: "image/jpeg", extensions: ["jpg", "jpeg", "jpe", "jfif"] },
  png: { name: "PNG picture", type: "image/png", extensions: ["png"] },
  pdf: { name: "PDF", type: "application/pdf", extensions: ["pdf"] },
  doc: { name: "Word file", type: "application/msword", extensions: ["doc", "dot"] },
  docx: { name: "Word file", type: "application/octet-stream", extensions: ["docx", "dotx"] },
};

export function formatName(format: FileFormat): string {
  return FORMATS[format].name;
}

export function formatType(format: FileFormat): string {
  return FORMATS[format].type;
}

/** What it is shown as: by its content, which the desk has looked at. `null` for what is not shown. */
export function shownAs({ format, refused }: OpenedFile): "jpeg" | "png" | "pdf" | null {
  return refused === null && (format === "jpeg" || format === "png" || format === "pdf") ? format : null;
}

export function fileKey({ kind, id }: FileSource): readonly ["file", string, string] {
  return ["file", kind, id];
}

/** A client's other files begin with it: they are read from the portal, so that no topic of the desk tells of them. */
export const CLIENT_FILES_KEY = "client-files";

/** Brings a file here and opens it. Its bytes are forgotten as soon as nobody looks at them. */
export function useFile(source: FileSource): UseQueryResult<FileContent> {
  const host = useHost();
  const queries = useQueryClient();
  return useQuery({
    queryKey: fileKey(source),
    queryFn: async () => {
      // How far an earlier try came says nothing of this one.
      queries.setQueryData(fetchKey(source.id), null);
      const opened = await host.call("file_open", { file: source, again: false });
      queries.setQueriesData<ClientFile[]>({ queryKey: [CLIENT_FILES_KEY] }, (list) =>
        list?.map((one) => (one.file.id === source.id && source.kind === "stored" ? { ...one, file: { ...one.file, here: true } } : one)),
      );
      return { opened, bytes: shownAs(opened) !== null ? await host.fileBytes(source) : null };
    },
    gcTime: 0,
  });
}

/** Fetches a file anew in place of what came before. */
export function useFetchAgain(source: FileSource): UseMutationResult<OpenedFile, Problem, void> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => {
      queries.setQueryData(fetchKey(source.id), null);
      return host.call("file_open", { file: source, again: true });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["thumbnail", source.kind, source.id] });
      await queries.invalidateQueries({ queryKey: fileKey(source) });
    },
  });
}

export function useSaveCopy(): UseMutationResult<LetterSaved, Problem, FileSave> {
  const host = useHost();
  return useMutation({ mutationFn: (take: FileSave) => host.call("file_save", take) });
}

/** What of a file is not as its record says; nothing when all is. */
export function oddities(file: ViewedFile, opened: OpenedFile): string[] {
  const extension = file.extension.toLowerCase();
  const named = Object.values(FORMATS).find(({ extensions }) => extensions.includes(extension));
  const odd: string[] = [];
  if (named && (opened.format === null || !FORMATS[opened.format].extensions.includes(extension))) {
    odd.push(`Its name says ${extension.toUpperCase()}, but ${opened.format ? `it is a ${formatName(opened.format)}` : "its content is not one"}.`);
  }
  if (file.size > 0 && file.size !== opened.size) {
    odd.push(`The portal speaks of ${count(file.size)} bytes, and ${count(opened.size)} came.`);
  }
  return odd;
}
