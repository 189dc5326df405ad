import { ActionIcon, Button, Loader } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { LetterRow } from "../../host/bindings";
import { type PdfFile, useOpenPdf } from "../../lib/pdf";
import { toProblem } from "../../lib/problem";
import { useShortcuts } from "../../lib/use-shortcuts";
import { useLetterPdf } from "./letters";
import classes from "./letter-preview.module.css";
import { PdfPage } from "./pdf-page";

/** CSS pixels in a point at 100 %. */
const PIXELS = 96 / 72;
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3] as const;
const MARGIN = 24;

interface LetterPreviewProps {
  letter: LetterRow;
  /** The region with the pages, for what leads to them. */
  bedRef?: RefObject<HTMLDivElement | null>;
  /** What is known of the letter, above its pages. */
  children?: ReactNode;
}

/** The pages of the PDF itself, as they will be printed. */
export function LetterPreview({ letter, bedRef, children }: LetterPreviewProps) {
  const { data: bytes, error, refetch } = useLetterPdf(letter.id);
  const { file, failed } = usePdfFile(bytes);
  const own = useRef<HTMLDivElement>(null);
  const bed = bedRef ?? own;
  const width = useWidth(bed);

  const [zoom, setZoom] = useState<number | "fit">("fit");
  const [page, setPage] = useState(1);
  const [envelope, setEnvelope] = useState(false);

  const first = file?.pages[0];
  const fit = first && width > 0 ? Math.min((width - 2 * MARGIN) / (first.width * PIXELS), 1.25) : 1;
  const scale = zoom === "fit" ? fit : zoom;
  const count = file?.pages.length ?? letter.pages;

  const step = (by: 1 | -1) => {
    const next = by > 0 ? STEPS.find((one) => one > scale + 0.01) : STEPS.findLast((one) => one < scale - 0.01);
    if (next) {
      setZoom(next);
    }
  };
  const turn = (to: number) => {
    const next = Math.max(1, Math.min(count, to));
    setPage(next);
    bed.current?.querySelector(`[data-page="${next}"]`)?.scrollIntoView?.({ block: "start" });
  };

  useShortcuts({
    envelope: () => setEnvelope(!envelope),
    pageNext: () => turn(page + 1),
    pagePrevious: () => turn(page - 1),
    zoomIn: () => step(1),
    zoomOut: () => step(-1),
    zoomFit: () => setZoom("fit"),
  });

  const onScroll = () => {
    const top = bed.current;
    if (!top) {
      return;
    }
    const middle = top.scrollTop + top.clientHeight / 3;
    const sheets = [...top.querySelectorAll<HTMLElement>("[data-page]")];
    setPage(sheets.findLastIndex((sheet) => sheet.offsetTop <= middle) + 1 || 1);
  };

  const problem = error ?? failed;

  return (
    <div className={classes["preview"]} data-testid="letter-preview" data-letter-id={letter.id}>
      <div className={classes["bar"]} role="toolbar" aria-label="Page and size">
        <Hint shortcut="pagePrevious">
          <ActionIcon onClick={() => turn(page - 1)} disabled={page <= 1} aria-label="Previous page">
            <Icon name="left" />
          </ActionIcon>
        </Hint>
        <span className={classes["page"]} role="status" data-testid="page-indicator">
          Page {page} of {count}
        </span>
        <Hint shortcut="pageNext">
          <ActionIcon onClick={() => turn(page + 1)} disabled={page >= count} aria-label="Next page">
            <Icon name="right" />
          </ActionIcon>
        </Hint>
        <span className={classes["gap"]} />
        <Hint shortcut="zoomOut">
          <ActionIcon onClick={() => step(-1)} aria-label="Smaller">
            <Icon name="minus" />
          </ActionIcon>
        </Hint>
        <Hint shortcut="zoomFit">
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setZoom("fit")} className={classes["zoom"] ?? ""}>
            {Math.round(scale * 100)} %
          </Button>
        </Hint>
        <Hint shortcut="zoomIn">
          <ActionIcon onClick={() => step(1)} aria-label="Larger">
            <Icon name="plus" />
          </ActionIcon>
        </Hint>
        <span className={classes["gap"]} />
        {letter.window ? (
          <Hint shortcut="envelope">
            <Button
              size="compact-sm"
              variant={envelope ? "light" : "subtle"}
              leftSection={<Icon name="window" />}
              aria-pressed={envelope}
              onClick={() => setEnvelope(!envelope)}
              data-testid="envelope-toggle"
            >
              Envelope window
            </Button>
          </Hint>
        ) : (
          <span className={classes["note"]}>{letter.faxOnly ? "No postal address: for fax only" : ""}</span>
        )}
      </div>
      {children}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
      <div ref={bed} className={classes["bed"]} onScroll={onScroll} tabIndex={0} role="region" aria-label="Pages of the letter">
        {problem ? (
          <div className={classes["problem"]}>
            <ProblemNotice problem={problem} onRetry={() => void refetch()} />
          </div>
        ) : file ? (
          file.pages.map((size, index) => (
            <PdfPage
              // oxlint-disable-next-line react/no-array-index-key -- a page is its number
              key={index}
              file={file}
              number={index + 1}
              size={size}
              scale={scale * PIXELS}
              label={`Page ${index + 1} of ${count}, letter to ${letter.recipientName}`}
              window={envelope && index === 0 ? letter.window : null}
            />
          ))
        ) : (
          <div
            className={classes["waiting"]}
            style={{ width: 612 * PIXELS * fit, height: 792 * PIXELS * fit }}
            role="status"
            aria-label="Loading the letter"
          >
            <Loader size="sm" />
          </div>
        )}
      </div>
    </div>
  );
}

/** Opens the bytes, and closes the file when it is no longer shown. */
function usePdfFile(bytes: Uint8Array | undefined) {
  const open = useOpenPdf();
  const [file, setFile] = useState<PdfFile | null>(null);
  const [failed, setFailed] = useState<ReturnType<typeof toProblem> | null>(null);

  useEffect(() => {
    if (!bytes) {
      return undefined;
    }
    let opened: PdfFile | null = null;
    let wanted = true;
    open(bytes).then(
      (ready) => {
        opened = ready;
        if (wanted) {
          setFile(ready);
          setFailed(null);
        } else {
          ready.close();
        }
      },
      (error: unknown) => {
        if (wanted) {
          setFailed(toProblem(error));
        }
      },
    );
    return () => {
      wanted = false;
      setFile(null);
      opened?.close();
    };
  }, [bytes, open]);

  return { file, failed };
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = element.current;
    if (!watched) {
      return undefined;
    }
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
