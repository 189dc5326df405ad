import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { SHORTCUT_IDS } from "../lib/shortcuts";
import { Keys } from "./keys";
import classes from "./keys.module.css";

/** How long a pointer or the keyboard rests on a control before it is told about, in milliseconds. */
const REST = 350;

/** The one tooltip of the window: shows the `Hint` of the control under the pointer, or of the one that the keyboard came to, until a
 * key or a press. */
export function HintLayer() {
  const [at, setAt] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let under: HTMLElement | null = null;
    let focused: HTMLElement | null = null;
    let byTab = false;
    let rest: number | undefined;
    const point = (to: HTMLElement | null) => {
      if (to !== under) {
        under = to;
        window.clearTimeout(rest);
        setAt(null);
        if (to) {
          rest = window.setTimeout(() => setAt(to.isConnected ? to : null), REST);
        }
      }
    };
    const over = ({ target, pointerType }: PointerEvent) => {
      // A finger does not rest on what it has not pressed.
      const to = pointerType !== "touch" && target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;
      // A pointer that passes over nothing takes nothing from the keyboard.
      if (to || under !== focused) {
        point(to);
      }
    };
    const leave = () => point(focused);
    const focus = ({ target }: FocusEvent) => {
      // A focus that comes back from a dialog was there before: nobody looks for what it does.
      const to = byTab && target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;
      if (to) {
        focused = to;
        point(to);
      }
    };
    const blur = () => {
      if (focused && under === focused) {
        point(null);
      }
      focused = null;
    };
    // The control stays under the pointer or in focus, and has been understood.
    const act = (event: Event) => {
      byTab = event instanceof KeyboardEvent ? event.key === "Tab" : byTab && event.type === "wheel";
      window.clearTimeout(rest);
      setAt(null);
    };
    document.addEventListener("pointerover", over);
    document.documentElement.addEventListener("pointerleave", leave);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", blur);
    for (const acts of ["pointerdown", "keydown", "wheel"]) {
      document.addEventListener(acts, act, { capture: true, passive: true });
    }
    return () => {
      window.clearTimeout(rest);
      document.removeEventListener("pointerover", over);
      document.documentElement.removeEventListener("pointerleave", leave);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", blur);
      for (const acts of ["pointerdown", "keydown", "wheel"]) {
        document.removeEventListener(acts, act, { capture: true });
      }
    };
  }, []);

  const shortcut = SHORTCUT_IDS.find((id) => id === at?.dataset["hintShortcut"]);
  return at ? (
    <Tooltip
      key={at.dataset["hint"]}
      opened
      // A screen reader has the control's name and its keys from the control.
      aria-hidden
      target={at}
      label={
        <span className={classes["hint"]}>
          {at.dataset["hint"]}
          {shortcut ? <Keys of={shortcut} /> : null}
        </span>
      }
    />
  ) : null;
}
