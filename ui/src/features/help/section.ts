import type { ReactNode } from "react";
import type { ShortcutId } from "../../lib/shortcuts";

/** One part of the guide. */
export interface Section {
  /** Names it in the address of the page. */
  id: string;
  title: string;
  /** What the contents call it, where the title is long. */
  short?: string;
  keys?: ShortcutId;
  text: ReactNode;
  /** Pictures, each with what it shows. */
  shots?: readonly (readonly [name: string, caption: string])[];
}

/** Sections that belong together. */
export interface Chapter {
  title: string;
  sections: readonly Section[];
}
