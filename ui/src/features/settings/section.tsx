import { Skeleton } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./settings.module.css";

/** A part of the page: what it is about at the left, what is in force at the right. */
export function Section({ title, lead, children, testId }: { title: string; lead?: ReactNode; children: ReactNode; testId: string }) {
  const heading = useId();
  return (
    <section className={classes["section"]} aria-labelledby={heading} data-testid={testId}>
      <div className={classes["about"]}>
        <h2 id={heading}>{title}</h2>
        {lead ? <p>{lead}</p> : null}
      </div>
      <div className={classes["content"]}>{children}</div>
    </section>
  );
}

/** Named values; ghosts of them while they are asked for. */
export function Facts({ rows, ghosts = 0 }: { rows: readonly (readonly [string, ReactNode])[] | undefined; ghosts?: number }) {
  if (!rows) {
    return (
      <div className={classes["ghosts"]} aria-busy="true" data-testid="settings-loading">
        {Array.from({ length: ghosts }, (_, index) => index).map((key) => (
          <Skeleton key={key} height={18} width={`${70 - key * 12}%`} />
        ))}
      </div>
    );
  }
  return (
    <dl className={classes["facts"]}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
