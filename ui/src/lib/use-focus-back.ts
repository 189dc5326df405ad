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
