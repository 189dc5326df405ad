import { useEffect, useEffectEvent } from "react";
import type { ChosenFile } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Hears of files that were dropped on the window, while mounted. */
export function useDroppedFiles(handler: (files: ChosenFile[]) => void): void {
  const host = useHost();
  const heard = useEffectEvent(handler);
  useEffect(
    () =>
      host.onDeskEvent((event) => {
        if (event.type === "dropped") {
          heard(event.body);
        }
      }),
    [host],
  );
}
