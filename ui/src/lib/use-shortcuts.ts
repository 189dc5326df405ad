import { useEffect, useLayoutEffect, useRef } from "react";
import { keysOf } from "./keys-of";
import { type ShortcutId, combinationOf, isMac } from "./shortcuts";

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
  const typed = target.closest(TEXT_FIELD) !== null;
  // A Mac moves by words with Alt and an arrow.
  const back = id === "dialogBack" && !(isMac && typed);
  const modified = combination.startsWith("Mod+") || /(^|\+)F\d/.test(combination) || back;
  if (typed) {
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

/** What goes on while a key is held: anything else that is done again and again was not meant. */
const MOVES = /(Down|Up|Next|Previous)$|^zoom/;

/** Keys by which a web view would leave or load its page anew, and lose what is typed. */
const kept = new WeakSet<KeyboardEvent>();
const taken = new WeakSet<KeyboardEvent>();

function keepThePage(event: KeyboardEvent): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  const loads = key === "F5" || (key.toLowerCase() === "r" && (ctrlKey || metaKey) && !altKey);
  if (loads || (!isMac && altKey && (key === "ArrowLeft" || key === "ArrowRight"))) {
    event.preventDefault();
    kept.add(event);
  }
}
window.addEventListener("keydown", keepThePage, true);

/** Escape that closes a dialog, or what lies over the page, such as a menu's panel. Seen before anybody acts on it: what it closes may be
 * gone by then. */
const closing = new WeakSet<KeyboardEvent>();

function seeWhatCloses(event: KeyboardEvent): void {
  const { key, target } = event;
  if (key === "Escape" && (dialogIsOpen() || (target instanceof Element && target.closest('[role="dialog"]')))) {
    closing.add(event);
  }
}
window.addEventListener("keydown", seeWhatCloses, true);

/** Whether somebody acted on the key. A list of choices takes Enter whatever is held with it, which still confirms its dialog; a dialog
 * that came in the place of another is not the one that was confirmed. */
function isTaken(event: KeyboardEvent, id: ShortcutId): boolean {
  const confirms = id === "dialogDo" && event.target instanceof Node && event.target.isConnected;
  return taken.has(event) || (event.defaultPrevented && !kept.has(event) && !confirms);
}

export function dialogIsOpen(): boolean {
  return document.querySelector(DIALOG) !== null;
}

/** Presses the control that shows the shortcut in its hint, of the uppermost dialog or, without one, of the page: the one that is nearest
 * to what has the focus. */
export function pressHinted(id: ShortcutId): void {
  const within = [...document.querySelectorAll(DIALOG)].at(-1) ?? document.body;
  const control = (around: Element) => around.querySelector<HTMLElement>(`[data-hint-shortcut="${id}"]:not(:disabled)`);
  let around = document.activeElement;
  while (around && around !== within && within.contains(around) && !control(around)) {
    around = around.parentElement;
  }
  control(around && within.contains(around) ? around : within)?.click();
}

/** The shortcuts of what stands in many places: each presses the control that shows it. */
const ANYWHERE = ["tryAgain", "problemAct", "leaveOut"] as const;
export const HINTED = {
  page: [...ANYWHERE, "signInAgain", "asideBring", "account", "messageGo"],
  dialog: [...ANYWHERE, "dialogDo", "dialogOther", "dialogBack", "chooseFile", "sameForAll", "lookAt", "signInMicrosoft"],
  /** Before the desk is open. */
  door: [...ANYWHERE, "dialogDo", "dialogOther", "signInMicrosoft", "practiceDesk"],
} as const satisfies Record<string, readonly ShortcutId[]>;

export function pressing(ids: readonly ShortcutId[]): ShortcutHandlers {
  return Object.fromEntries(ids.map((id) => [id, () => pressHinted(id)]));
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
      if (event.isComposing) {
        return;
      }
      const id = keysOf(latest.current).find((one) => {
        const combination = combinationOf(event, one);
        return combination !== undefined && !isTaken(event, one) && !belongsToControl(event, one, combination);
      });
      // Asked last: it looks through the whole page, and most keys are nobody's.
      if (!id || dialogIsOpen() !== (place === "dialog") || (place === "page" && closing.has(event))) {
        return;
      }
      event.preventDefault();
      taken.add(event);
      if (!event.repeat || MOVES.test(id)) {
        latest.current[id]?.();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled, place]);
}
