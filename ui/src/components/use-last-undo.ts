import { useEffect, useState } from "react";
import { type Place, showUndo } from "./toast";

interface Done {
  /** Who did it; nobody once that is left, and the shortcut with it. */
  by: object | null;
  back: () => void;
  close: () => void;
}

/** One for the whole window: whichever part of a page did it, what was done last is taken back first. */
let last: Done | null = null;

/**
 * The last thing that was done, with a way back: a press on "Undo", or its shortcut. Beside that the message can lead to
 * where what was done is followed.
 */
export function useLastUndo() {
  const [by] = useState(() => ({}));

  const offer = (message: string, back: () => void, place?: Place) => {
    last?.close();
    const done: Done = {
      by,
      back,
      close: showUndo(
        message,
        () => {
          if (last === done) {
            last = null;
          }
          back();
        },
        place,
      ),
    };
    last = done;
  };
  const undo = () => {
    if (last?.by) {
      const done = last;
      last = null;
      done.close();
      done.back();
    }
  };
  // A message that outlives its page still works until there is another; only the shortcut ends with it.
  useEffect(() => {
    const leave = () => {
      if (last?.by === by) {
        last.by = null;
      }
    };
    window.addEventListener("hashchange", leave);
    return () => {
      window.removeEventListener("hashchange", leave);
      leave();
    };
  }, [by]);

  return { offer, undo };
}
