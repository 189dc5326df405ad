import { useState } from "react";
import { showDone } from "../../components/toast";
import type { LetterRow } from "../../host/bindings";
import type { Checks } from "../../lib/gate";

interface Spot {
  letterId: string;
  index: number;
}

/** Walks the findings of these letters in order, round and round; what is overridden asks for nothing any more. */
export function useNextFinding(letters: readonly LetterRow[], checks: Checks, activeId: string | null, onActive: (letterId: string) => void) {
  const [spot, setSpot] = useState<Spot | null>(null);
  const current = spot !== null && spot.letterId === activeId ? spot.index : null;

  const next = () => {
    const all = letters.flatMap(({ id }): Spot[] =>
      (checks.byLetter.get(id)?.findings ?? []).flatMap(({ overridden }, index) => (overridden ? [] : [{ letterId: id, index }])),
    );
    const order = letters.map(({ id }) => id);
    const here = order.indexOf(activeId ?? "");
    // From the letter in view on: from its current finding, or from its first.
    const after = all.find(({ letterId, index }) => {
      const at = order.indexOf(letterId);
      return at > here || (at === here && index > (current ?? -1));
    });
    const to = after ?? all[0];
    if (!to) {
      showDone(checks.pending ? "The letters are still being looked at." : "Nothing is left to look at in these letters.");
      return;
    }
    setSpot(to);
    onActive(to.letterId);
  };

  return { current, next };
}
