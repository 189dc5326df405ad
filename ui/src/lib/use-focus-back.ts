import { type RefObject, useEffect, useRef } from "react";
import { dialogIsOpen } from "./use-shortcuts";

/** What had the focus is gone, and nothing else took it: the next key would be for nobody. */
export function focusIsLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Gives the focus back to where a form belongs, once the form is gone and with it the focus. */
export function useFocusBack(opened: boolean, to: RefObject<HTMLElement | null>): void {
  const was = useRef(opened);
  useEffect(() => {
    if (was.current && !opened && focusIsLost()) {
      to.current?.focus();
    }
    was.current = opened;
  }, [opened, to]);
}

/** Gives the focus to another side of the page once it is shown: neither what was shown before nor the page's name keeps it. */
export function useFocusOnSide(shown: string, side: RefObject<HTMLElement | null>): void {
  const was = useRef(shown);
  useEffect(() => {
    if (was.current !== shown && !dialogIsOpen() && (focusIsLost() || document.activeElement?.tagName === "H1")) {
      side.current?.focus({ preventScroll: true });
    }
    was.current = shown;
  }, [shown, side]);
}

/**
 * A line that goes takes the focus along, and so does a control that goes from its line: the line that stands there now has it, or what
 * begins a list where none is left, or the page's name.
 */
export function useFocusOnLines(lines: string, begin: string): void {
  useEffect(() => {
    let last: { line: Element; at: number } | null = null;
    const all = () => [...document.querySelectorAll<HTMLElement>(lines)];
    const forget = () => {
      last = null;
    };
    const remember = ({ target }: Event) => {
      // Dialogs and messages stand outside: what had the focus before them has it after them.
      if (target instanceof Element && target.closest("main")) {
        const line = target.closest<HTMLElement>(lines);
        last = line && { line, at: all().indexOf(line) };
      }
    };
    const changes = new MutationObserver(() => {
      if (last && focusIsLost() && !dialogIsOpen()) {
        const left = all();
        const begins = document.querySelector(begin) ?? document.querySelector("main h1");
        const next = last.line.isConnected ? last.line : (left[Math.min(last.at, left.length - 1)] ?? begins);
        if (next instanceof HTMLElement) {
          next.focus({ preventScroll: true });
        }
      }
    });
    changes.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", remember);
    window.addEventListener("hashchange", forget);
    return () => {
      changes.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", remember);
      window.removeEventListener("hashchange", forget);
    };
  }, [lines, begin]);
}
