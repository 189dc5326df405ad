import { Progress } from "@mantine/core";
import type { ReactNode, Ref } from "react";
import classes from "./work-progress.module.css";

interface WorkProgressProps {
  said: string;
  saidRef?: Ref<HTMLParagraphElement>;
  /** What the bar counts. */
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
  /** The way to end it. */
  children: ReactNode;
  testId: string;
}

/** How far work of several parts has come, and the way to end it. */
export function WorkProgress({ said, saidRef, label, done, total, children, testId }: WorkProgressProps) {
  return (
    <div className={classes["work"]} data-testid={testId}>
      <p ref={saidRef} tabIndex={-1} className={classes["said"]} role="status">
        {said}
      </p>
      <Progress value={total === 0 ? 100 : (done / total) * 100} animated={total === 0} aria-label={label} />
      <div className={classes["way"]}>{children}</div>
    </div>
  );
}
