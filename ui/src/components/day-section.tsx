import type { ReactNode } from "react";
import classes from "./day-section.module.css";
import { Icon, type IconName } from "./icon";
import { Tag, type Tone } from "./tag";

interface DaySectionProps {
  id: string;
  icon: IconName;
  title: string;
  note: string;
  none: string;
  all: { href: string; label: string } | null;
  children: ReactNode[] | ReactNode;
}

/** One kind of the day's work: how much of it there is, and its lines. */
export function DaySection({ id, icon, title, note, none, all, children }: DaySectionProps) {
  const empty = Array.isArray(children) && children.length === 0;
  return (
    <section className={classes["section"]} aria-labelledby={`today-${id}`} data-testid={`today-section-${id}`}>
      <div className={classes["title"]}>
        <Icon name={icon} />
        <h2 id={`today-${id}`}>{title}</h2>
        <span className={classes["note"]}>{empty ? "" : note}</span>
        {all ? (
          <a href={all.href} className={classes["all"]}>
            {all.label}
          </a>
        ) : null}
      </div>
      {empty ? <p className={classes["none"]}>{none}</p> : <ul className={classes["lines"]}>{children}</ul>}
    </section>
  );
}

interface DayLineProps {
  href: string;
  tone: Tone;
  tag: string;
  title: string;
  testId: string;
  children: ReactNode;
}

/** A line of the day's work; it opens the place to act. */
export function DayLine({ href, tone, tag, title, testId, children }: DayLineProps) {
  return (
    <li>
      <a href={href} className={classes["line"]} data-today-line data-testid={testId}>
        <span className={classes["about"]}>
          <span className={classes["name"]}>{title}</span>
          <span className={classes["detail"]}>{children}</span>
        </span>
        <Tag tone={tone}>{tag}</Tag>
        <Icon name="right" size={14} />
      </a>
    </li>
  );
}

/** The last line of a section that shows the first few of many; it opens all of them. */
export function DayMore({ href, testId, children }: { href: string; testId: string; children: ReactNode }) {
  return (
    <li className={classes["more"]} data-testid={testId}>
      <a href={href}>{children}</a> after these.
    </li>
  );
}
