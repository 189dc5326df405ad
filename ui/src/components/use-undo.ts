import { useRef } from "react";
import type { OutboxItem } from "../host/bindings";
import { toProblem } from "../lib/problem";
import { useTakeBack } from "../lib/use-take-back";
import { showUndo, useProblemToast } from "./toast";

export type Undo = ReturnType<typeof useUndo>;

/** Says what was queued with a way back: a press on "Undo" or its shortcut cancels the rows while they wait. */
export function useUndo() {
  const takeBack = useTakeBack();
  const report = useProblemToast();
  const last = useRef<{ ids: string[]; close: () => void } | null>(null);

  const cancel = (ids: readonly string[]) => {
    takeBack(ids).catch((thrown: unknown) => report(toProblem(thrown)));
  };

  const undo = () => {
    const what = last.current;
    last.current = null;
    if (what) {
      what.close();
      cancel(what.ids);
    }
  };

  const offer = (message: string, items: readonly OutboxItem[]) => {
    last.current?.close();
    last.current = { ids: items.map(({ id }) => id), close: showUndo(message, undo) };
  };

  return { offer, undo, cancel, report };
}
