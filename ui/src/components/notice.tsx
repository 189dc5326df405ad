import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";
import classes from "./notice.module.css";

const ICONS = { problem: "warning", caution: "warning", info: "help", done: "check" } satisfies Record<string, IconName>;

interface NoticeProps {
  kind: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
  /** Interrupts those who listen. Only for what has just happened. */
  alert?: boolean;
  testId?: string;
  /** A problem's code, for tests. */
  code?: string;
}

export function Notice({ kind, title, children, alert = false, testId, code }: NoticeProps) {
  return (
    <div
      className={classes["notice"]}
      data-kind={kind}
      role={alert ? "alert" : undefined}
      data-testid={testId}
      data-code={code}
    >
      <span className={classes["icon"]}>
        <Icon name={ICONS[kind]} size={18} />
      </span>
      <div className={classes["body"]}>
        {title ? <p className={classes["title"]}>{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

Notice.Actions = function NoticeActions({ children }: { children: ReactNode }) {
  return <div className={classes["actions"]}>{children}</div>;
};
