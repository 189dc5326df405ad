import { type ReactNode, useEffect, useRef } from "react";
import classes from "./page-title.module.css";

interface PageTitleProps {
  children: ReactNode;
  /** Takes the focus when the page opens, so that a listener hears where they are. Off where a field takes it. */
  focus?: boolean;
}

/** The page's only first-level heading. */
export function PageTitle({ children, focus = true }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [focus]);
  return (
    <h1 ref={heading} tabIndex={-1} className={classes["title"]} data-testid="page-title">
      {children}
    </h1>
  );
}
