import { useEffect, useEffectEvent, useState } from "react";
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

/** Whether files are held over the window. */
export function useFilesOver(): boolean {
  const host = useHost();
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      host.onDeskEvent((event) => {
        if (event.type === "files_over") {
          setOver(event.body);
        }
      }),
    [host],
  );
  return over;
}
