import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { SHORTCUTS, type ShortcutId, keyCaps } from "../lib/shortcuts";
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

/** Says what a control does, and its shortcut. */
export function Hint({ shortcut, label, children }: { shortcut?: ShortcutId; label?: string; children: ReactElement }) {
  const text = label ?? (shortcut ? SHORTCUTS[shortcut].does : "");
  return (
    <Tooltip
      openDelay={350}
      label={
        <span className={classes["hint"]}>
          {text}
          {shortcut ? <Keys of={shortcut} /> : null}
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}
