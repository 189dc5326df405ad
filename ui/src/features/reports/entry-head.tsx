import type { ReactNode } from "react";
import { Tag } from "../../components/tag";
import type { BureauCode } from "../../host/bindings";
import { bureauName } from "../../lib/bureaus";
import classes from "./reports.module.css";

interface EntryHeadProps {
  title: string;
  number: string;
  /** What stands in place of a name that nobody tells. */
  fallback: string;
  bureau?: BureauCode | null;
  /** Marks about it. */
  children?: ReactNode;
}

/** The name of an account, inquiry, score ..., and who tells it. */
export function EntryHead({ title, number, fallback, bureau = null, children }: EntryHeadProps) {
  return (
    <div className={classes["entryHead"]}>
      <h3>
        {title || fallback} {number ? <span className={classes["number"]}>{number}</span> : null}
      </h3>
      {children}
      {bureau ? <Tag>{bureauName(bureau)}</Tag> : null}
    </div>
  );
}

export function SectionHead({ title, entries }: { title: string; entries: string }) {
  return (
    <h2 className={classes["sectionHead"]}>
      {title} <span className={classes["aside"]}>{entries}</span>
    </h2>
  );
}
