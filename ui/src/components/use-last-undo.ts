import { useEffect, useState } from "react";
import { type Place, showUndo } from "./toast";

interface Done {
  /** Who did it. */
  by: object;
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
    const done = last;
    last = null;
    if (done) {
      done.close();
      done.back();
    }
  };
  // A message that outlives its page still works; only the shortcut ends with it.
  useEffect(() => {
    const leave = () => {
      if (last?.by === by) {
        last = null;
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
