import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { toProblem } from "../lib/problem";
import type { Commands, DeskEvent, FaxFineness, FaxLook, FileSource } from "./bindings";

export type CommandName = keyof Commands;

/** The desk as the window sees it. Everything rejects with a `DeskProblem`. */
export interface Host {
  call<N extends CommandName>(name: N, take: Commands[N]["take"]): Promise<Commands[N]["give"]>;
  /** The letter's PDF. The bytes are the caller's to keep. */
  letterPdf(id: string): Promise<Uint8Array>;
  /** A file as it is. The bytes are the caller's to keep. */
  fileBytes(file: FileSource): Promise<Uint8Array>;
  /** A file drawn small, as PNG; no bytes when there is nothing to draw. Nothing is fetched for it. */
  fileThumbnail(file: FileSource): Promise<Uint8Array>;
  /** A page of a fax, from 1, in black and white as PNG. Its dots are not square. */
  faxPage(look: FaxLook, page: number, fineness: FaxFineness): Promise<Uint8Array>;
  /** Hears what the desk says unasked, until the answered function is called. */
  onDeskEvent(handler: (event: DeskEvent) => void): () => void;
}

/** Bytes that do not pass through JSON. */
async function raw(command: string, take: Record<string, unknown>): Promise<Uint8Array> {
  try {
    return new Uint8Array(await invoke<ArrayBuffer>(command, take));
  } catch (error) {
    throw toProblem(error);
  }
}

const hearers = new Set<(event: DeskEvent) => void>();
let listening: Promise<unknown> | undefined;

/** The real desk, on the other side of the web view. */
export const tauriHost: Host = {
  async call<N extends CommandName>(name: N, take: Commands[N]["take"]) {
    try {
      return await invoke<Commands[N]["give"]>("call", { name, take });
    } catch (error) {
      throw toProblem(error);
    }
  },

  letterPdf: (id) => raw("letter_pdf", { id }),
  fileBytes: (file) => raw("file_bytes", { file }),
  fileThumbnail: (file) => raw("file_thumbnail", { file }),
  faxPage: (look, page, fineness) => raw("fax_page", { look, page, fineness }),

  onDeskEvent(handler) {
    hearers.add(handler);
    // Once for the window's life: attaching costs a call, and pages come and go. A listener that could not be attached is tried
    // again with the next hearer.
    listening ??= listen<DeskEvent>("desk", ({ payload }) => {
      for (const hear of hearers) {
        hear(payload);
      }
    }).catch(() => {
      listening = undefined;
    });
    return () => void hearers.delete(handler);
  },
};
