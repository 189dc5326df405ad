import { useEffect, useEffectEvent, useState } from "react";
import type { ChosenFile } from "../host/bindings";
import { useHost } from "../host/host-context";

/** Dialogs that take files. */
let dialogs = 0;

/** Hears of files that were dropped on the window, while mounted. A dialog that takes files takes them from the page below it. */
export function useDroppedFiles(handler: (files: ChosenFile[]) => void, place: "page" | "dialog" = "page"): void {
  const host = useHost();
  const heard = useEffectEvent(handler);
  useEffect(() => {
    const inDialog = place === "dialog";
    dialogs += inDialog ? 1 : 0;
    const stop = host.onDeskEvent((event) => {
      if (event.type === "dropped" && (inDialog || dialogs === 0)) {
        heard(event.body);
      }
    });
    return () => {
      dialogs -= inDialog ? 1 : 0;
      stop();
    };
  }, [host, place]);
}

/** Whether files are held over the window, where this place takes them. */
export function useFilesOver(place: "page" | "dialog" = "page"): boolean {
  const host = useHost();
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      host.onDeskEvent((event) => {
        if (event.type === "files_over") {
          setOver(event.body && (place === "dialog" || dialogs === 0));
        }
      }),
    [host, place],
  );
  return over;
}
