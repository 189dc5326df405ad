import type { OutboxItem } from "../host/bindings";
import { toProblem } from "../lib/problem";
import { useTakeBack } from "../lib/use-take-back";
import { type Place, useProblemToast } from "./toast";
import { useLastUndo } from "./use-last-undo";

export type Undo = ReturnType<typeof useUndo>;

/** Says what was queued with a way back: a press on "Undo" or its shortcut cancels the rows while they wait. */
export function useUndo() {
  const takeBack = useTakeBack();
  const report = useProblemToast();
  const { offer: offerBack, undo } = useLastUndo();

  const cancel = (ids: readonly string[]) => {
    takeBack(ids).catch((thrown: unknown) => report(toProblem(thrown)));
  };
  const offer = (message: string, items: readonly OutboxItem[], place?: Place) => {
    const ids = items.map(({ id }) => id);
    offerBack(message, () => cancel(ids), place);
  };

  return { offer, offerBack, undo, cancel, report };
}
