import { useEffect, useRef } from "react";
import { showUndo } from "./toast";

/** The last thing that was done here, with a way back: a press on "Undo", or its shortcut while the message stands. */
export function useLastUndo() {
  const last = useRef<{ back: () => void; close: () => void } | null>(null);

  const offer = (message: string, back: () => void) => {
    last.current?.close();
    const close = showUndo(message, () => {
      last.current = null;
      back();
    });
    last.current = { back, close };
  };
  const undo = () => {
    const what = last.current;
    last.current = null;
    if (what) {
      what.close();
      what.back();
    }
  };
  // A message that outlives its page still works; only the shortcut ends with it.
  useEffect(
    () => () => {
      last.current = null;
    },
    [],
  );

  return { offer, undo };
}
