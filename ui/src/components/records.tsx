import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Problem } from "../host/bindings";
import { EmptyState } from "./empty-state";
import { ProblemNotice } from "./problem-notice";
import type { Nothing } from "./record-access";
import classes from "./records.module.css";

interface RecordsProps<T> {
  label: string;
  tools: ReactNode;
  /** The portal does not answer: what is queued waits. `null` while nobody knows. */
  online: boolean | null;
  /** What that means here, where nothing is queued. */
  offline?: string;
  records: readonly T[] | undefined;
  problem: Problem | null;
  onRetry: () => void;
  /** What stands in place of none; `undefined` while it is not known why there are none. */
  empty: Nothing | undefined;
  /** What stands below them, whatever there is of them. */
  below?: ReactNode;
  children: (records: readonly T[]) => ReactNode;
}

/** The frame of a client's records of one kind: what can be done, then loading, a problem, nothing, or the records. */
export function Records<T>({ label, tools, online, offline, records, problem, onRetry, empty, below, children }: RecordsProps<T>) {
  return (
    <section className={classes["section"]} aria-label={label}>
      <div className={classes["tools"]}>{tools}</div>
      {online === false ? (
        <p className={classes["offline"]} role="status" data-testid="records-offline">
          {offline ?? "Offline: what you do here waits in the outbox until the portal can be reached."}
        </p>
      ) : null}
      <div className={classes["scroller"]}>
        <div className={below ? undefined : classes["alone"]}>
          {records === undefined && problem ? (
            <div className={classes["problem"]}>
              {/* Asking again does not change what an account may see. */}
              <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
            </div>
          ) : records === undefined || (records.length === 0 && !empty) ? (
            <div className={classes["ghosts"]} aria-busy="true" data-testid="records-loading">
              {["one", "two", "three", "four"].map((key) => (
                <Skeleton key={key} height={32} />
              ))}
            </div>
          ) : records.length === 0 && empty ? (
            <EmptyState icon={empty.icon} title={empty.title}>
              <p>{empty.text}</p>
            </EmptyState>
          ) : (
            children(records)
          )}
        </div>
        {below}
      </div>
    </section>
  );
}
