import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

/** A small word about a row. The word carries the meaning; the colour only repeats it. */
export function Tag({ tone = "neutral", title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={classes["tag"]} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
