import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { toProblem } from "../lib/problem";
import type { Commands, DeskEvent } from "./bindings";

export type CommandName = keyof Commands;

/** The desk as the window sees it. Everything rejects with a `DeskProblem`. */
export interface Host {
  call<N extends CommandName>(name: N, take: Commands[N]["take"]): Promise<Commands[N]["give"]>;
  /** The letter's PDF. The bytes are the caller's to keep. */
  letterPdf(id: string): Promise<Uint8Array>;
  /** Hears what the desk says unasked, until the answered function is called. */
  onDeskEvent(handler: (event: DeskEvent) => void): () => void;
}

/** The real desk, on the other side of the web view. */
export const tauriHost: Host = {
  async call<N extends CommandName>(name: N, take: Commands[N]["take"]) {
    try {
      return await invoke<Commands[N]["give"]>("call", { name, take });
    } catch (error) {
      throw toProblem(error);
    }
  },

  async letterPdf(id) {
    try {
      return new Uint8Array(await invoke<ArrayBuffer>("letter_pdf", { id }));
    } catch (error) {
      throw toProblem(error);
    }
  },

  onDeskEvent(handler) {
    let listening = true;
    const stop = listen<DeskEvent>("desk", (event) => {
      if (listening) {
        handler(event.payload);
      }
    });
    return () => {
      listening = false;
      // A listener that could not be attached has nothing to detach.
      stop.then(
        (unlisten) => unlisten(),
        () => undefined,
      );
    };
  },
};
