import { ActionIcon, Button, Loader } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useShortcuts } from "../lib/use-shortcuts";
import { useWidth } from "../lib/use-width";
import { Icon } from "./icon";
import { Hint } from "./keys";
import classes from "./page-view.module.css";

/** CSS pixels in a point at 100 %. */
export const PIXELS = 96 / 72;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3] as const;
const MARGIN = 24;

export interface Sheet {
  /** In points. */
  width: number;
  height: number;
}

export const US_LETTER: Sheet = { width: 612, height: 792 };

interface PageViewProps {
  /** What is shown, in order; `null` while it is not known. */
  sheets: readonly Sheet[] | null;
  /** How many there will be, where that is known before. */
  expected?: number;
  /** The region with the pages, for those who listen. */
  label: string;
  waitingLabel: string;
  /** In place of pages: why there are none. */
  instead?: ReactNode;
  /** Beside page and size. */
  tools?: ReactNode;
  /** Between the bar and the pages. */
  children?: ReactNode;
  bedRef?: RefObject<HTMLDivElement | null> | undefined;
  /** Its keys are those of the dialog that it is in. */
  inDialog?: boolean;
  /** The pages take the focus as they come: arrows scroll them. */
  takesFocus?: boolean;
  /** One sheet, with its `data-page`; the scale is CSS pixels in a point. */
  renderSheet: (index: number, sheet: Sheet, scale: number) => ReactNode;
}

/** Pages one under the other, with their number and size: letters, files, faxes. */
export function PageView({ sheets, expected, label, waitingLabel, instead, tools, children, bedRef, inDialog = false, takesFocus = false, renderSheet }: PageViewProps) {
  const own = useRef<HTMLDivElement>(null);
  const bed = bedRef ?? own;
  const width = useWidth(bed);
  const [zoom, setZoom] = useState<number | "fit">("fit");
  const [page, setPage] = useState(1);

  useEffect(() => {
    if (takesFocus) {
      bed.current?.focus({ preventScroll: true });
    }
  }, [bed, takesFocus]);

  // What is on its way takes the room that it will have.
  const first = sheets?.[0] ?? US_LETTER;
  const fit = width > 0 ? Math.min((width - 2 * MARGIN) / (first.width * PIXELS), 1.25) : 1;
  const scale = zoom === "fit" ? fit : zoom;
  const pages = sheets?.length ?? expected ?? 0;

  const step = (by: 1 | -1) => {
    const next = by > 0 ? STEPS.find((one) => one > scale + 0.01) : STEPS.findLast((one) => one < scale - 0.01);
    if (next) {
      setZoom(next);
    }
  };
  const turn = (to: number) => {
    const next = Math.max(1, Math.min(pages, to));
    setPage(next);
    bed.current?.querySelector(`[data-page="${next}"]`)?.scrollIntoView?.({ block: "start" });
  };

  useShortcuts(
    {
      pageNext: () => turn(page + 1),
      pagePrevious: () => turn(page - 1),
      zoomIn: () => step(1),
      zoomOut: () => step(-1),
      zoomFit: () => setZoom("fit"),
    },
    true,
    inDialog ? "dialog" : "page",
  );

  const onScroll = () => {
    const top = bed.current;
    if (!top) {
      return;
    }
    const middle = top.scrollTop + top.clientHeight / 3;
    const all = [...top.querySelectorAll<HTMLElement>("[data-page]")];
    setPage(all.findLastIndex((sheet) => sheet.offsetTop <= middle) + 1 || 1);
  };

  return (
    <div className={classes["view"]}>
      <div className={classes["bar"]} role="toolbar" aria-label="Page and size">
        {instead ? null : (
          <>
            <Hint shortcut="pagePrevious">
              <ActionIcon onClick={() => turn(page - 1)} disabled={page <= 1} aria-label="Previous page">
                <Icon name="left" />
              </ActionIcon>
            </Hint>
            <span className={classes["page"]} role="status" data-testid="page-indicator">
              {pages > 0 ? `Page ${Math.min(page, pages)} of ${pages}` : ""}
            </span>
            <Hint shortcut="pageNext">
              <ActionIcon onClick={() => turn(page + 1)} disabled={page >= pages} aria-label="Next page">
                <Icon name="right" />
              </ActionIcon>
            </Hint>
            <span className={classes["gap"]} />
            <Hint shortcut="zoomOut">
              <ActionIcon onClick={() => step(-1)} disabled={sheets === null} aria-label="Smaller">
                <Icon name="minus" />
              </ActionIcon>
            </Hint>
            <Hint shortcut="zoomFit">
              <Button size="compact-xs" variant="subtle" color="gray" disabled={sheets === null} onClick={() => setZoom("fit")} className={classes["zoom"] ?? ""}>
                {Math.round(scale * 100)} %
              </Button>
            </Hint>
            <Hint shortcut="zoomIn">
              <ActionIcon onClick={() => step(1)} disabled={sheets === null} aria-label="Larger">
                <Icon name="plus" />
              </ActionIcon>
            </Hint>
            <span className={classes["gap"]} />
          </>
        )}
        {tools}
      </div>
      {children}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
      <div ref={bed} className={classes["bed"]} onScroll={onScroll} tabIndex={instead ? -1 : 0} role="region" aria-label={label} data-autofocus={takesFocus ? true : undefined}>
        {instead ? (
          <div className={classes["instead"]}>{instead}</div>
        ) : sheets ? (
          sheets.map((sheet, index) => renderSheet(index, sheet, scale * PIXELS))
        ) : (
          <div
            className={classes["waiting"]}
            style={{ width: US_LETTER.width * PIXELS * fit, height: US_LETTER.height * PIXELS * fit }}
            role="status"
            aria-label={waitingLabel}
          >
            <Loader size="sm" />
          </div>
        )}
      </div>
    </div>
  );
}
