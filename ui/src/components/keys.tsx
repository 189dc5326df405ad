import { type ReactElement, cloneElement } from "react";
import { SHORTCUTS, type ShortcutId, keyCaps } from "../lib/shortcuts";
import { hint } from "./hint";
import classes from "./keys.module.css";

/** The first combination of a shortcut, drawn as key caps. */
export function Keys({ of }: { of: ShortcutId }) {
  return <KeyCombination keys={SHORTCUTS[of].keys[0]} />;
}

export function KeyCombination({ keys }: { keys: string }) {
  return (
    <span className={classes["keys"]}>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap} className={classes["cap"]}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** Says what a control does, and its shortcut, to whoever points at it or comes to it by keys. `HintLayer` shows it: a tooltip of its
 * own for each control would cost more than the control. */
export function Hint({ shortcut, label, children }: { shortcut?: ShortcutId; label?: string; children: ReactElement<Record<string, unknown>> }) {
  return cloneElement(children, hint(shortcut, label));
}
