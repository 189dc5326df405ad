import { useEffect, useLayoutEffect, useRef } from "react";
import { keysOf } from "./keys-of";
import { type ShortcutId, combinationOf } from "./shortcuts";

export type ShortcutHandlers = Partial<Record<ShortcutId, () => void>>;

const TEXT_FIELD = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]";
/** Where letters, arrows, Space and Enter already mean something. */
const OWN_KEYS = "[role=listbox], [role=menu], [role=menuitem], [role=option], [role=radiogroup], [role=tablist]";
const PRESSABLE = "button, a[href], input, summary, [role=button]";

const DIALOG = '[role="dialog"][aria-modal="true"]';

/** Keys without a modifier belong to a text field while one is typed in, and Space and Enter to a pressable control. */
function belongsToControl(event: KeyboardEvent, id: ShortcutId, combination: string): boolean {
  const target = event.target;
  if (!(target instanceof Element)) {
    return false;
  }
  const modified = combination.startsWith("Mod+") || /(^|\+)F\d/.test(combination);
  if (target.closest(TEXT_FIELD)) {
    // Undo in a field is the field's.
    return !modified || id === "undo" || id === "recordUndo" || id === "filterUndo";
  }
  if (modified) {
    return false;
  }
  if (target.closest(OWN_KEYS)) {
    return true;
  }
  return (event.key === " " || event.key === "Enter") && target.closest(PRESSABLE) !== null;
}

export function dialogIsOpen(): boolean {
  return document.querySelector(DIALOG) !== null;
}

/** Presses the control of the uppermost dialog that shows the shortcut in its hint. */
export function pressInDialog(id: ShortcutId): void {
  const dialog = [...document.querySelectorAll(DIALOG)].at(-1);
  dialog?.querySelector<HTMLElement>(`[data-hint-shortcut="${id}"]:not(:disabled)`)?.click();
}

/**
 * Acts on the shortcuts while mounted. A dialog that is open has the keyboard to itself: those of the page rest, and
 * those of the dialog act.
 */
export function useShortcuts(handlers: ShortcutHandlers, enabled = true, place: "page" | "dialog" = "page"): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const listen = (event: KeyboardEvent) => {
      // A list of choices takes Enter whatever is held with it.
      const taken = event.defaultPrevented && !(event.key === "Enter" && (event.ctrlKey || event.metaKey));
      if (taken || event.isComposing) {
        return;
      }
      const id = keysOf(latest.current).find((one) => {
        const combination = combinationOf(event, one);
        return combination !== undefined && !belongsToControl(event, one, combination);
      });
      // Asked last: it looks through the whole page, and most keys are nobody's.
      if (id && dialogIsOpen() === (place === "dialog")) {
        event.preventDefault();
        latest.current[id]?.();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled, place]);
}
