import type { ReactNode } from "react";
import classes from "./empty-state.module.css";
import { Icon, type IconName } from "./icon";

/** Nothing to show: why, and what to do about it. */
export function EmptyState({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className={classes["empty"]} role="status">
      <span className={classes["icon"]}>
        <Icon name={icon} size={32} />
      </span>
      <p className={classes["title"]}>{title}</p>
      {children ? <div className={classes["body"]}>{children}</div> : null}
    </div>
  );
}
