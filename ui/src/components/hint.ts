import { SHORTCUTS, type ShortcutId, ariaKeys } from "../lib/shortcuts";

/** What a `Hint` gives its control; for a control that opens a menu, whose own place around it is taken. */
export function hint(shortcut?: ShortcutId, label?: string): Record<string, string | undefined> {
  const does = label ?? (shortcut ? SHORTCUTS[shortcut].does : "");
  return shortcut ? { "data-hint": does, "data-hint-shortcut": shortcut, "aria-keyshortcuts": ariaKeys(shortcut) } : { "data-hint": does };
}
