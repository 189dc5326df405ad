import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { LetterArea } from "../host/bindings";
import type { PdfFile } from "../lib/pdf";
import { useNear } from "../lib/use-near";
import classes from "./pdf-page.module.css";

interface PdfPageProps {
  file: PdfFile;
  /** From 1. */
  number: number;
  /** In points. */
  size: { width: number; height: number };
  /** CSS pixels in a point. */
  scale: number;
  label: string;
  /** What an envelope's window shows of this page, in inches; `null` draws none. */
  window: LetterArea | null;
}

/** One sheet, painted once it is near what is in view. Its size is right before its ink is. */
export function PdfPage({ file, number, size, scale, label, window: area }: PdfPageProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const near = useNear(sheet);
  const [painted, setPainted] = useState(0);
  const [failed, setFailed] = useState(false);
  const [text, setText] = useState("");

  useEffect(() => {
    const target = canvas.current;
    if (!near || !target) {
      return undefined;
    }
    const stop = new AbortController();
    file.paint(number, target, scale * (globalThis.devicePixelRatio || 1), stop.signal).then(
      () => {
        if (!stop.signal.aborted) {
          setPainted(scale);
          setFailed(false);
        }
      },
      () => setFailed(true),
    );
    return () => stop.abort();
  }, [file, number, scale, near]);

  useEffect(() => {
    if (!near) {
      return undefined;
    }
    let wanted = true;
    file.text(number).then(
      (words) => {
        if (wanted) {
          setText(words);
        }
      },
      // A page whose words cannot be read is still seen.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [file, number, near]);

  const percent = (inches: number, points: number) => `${((inches * 72) / points) * 100}%`;

  return (
    <div
      ref={sheet}
      className={classes["sheet"]}
      style={{ width: size.width * scale, height: size.height * scale }}
      data-testid="pdf-page"
      data-page={number}
      data-rendered={painted > 0}
    >
      <canvas ref={canvas} role="img" aria-label={label} />
      <VisuallyHidden data-testid="pdf-text">{text}</VisuallyHidden>
      {failed ? <p className={classes["unpainted"]}>This page could not be drawn. The file itself is unharmed.</p> : null}
      {area ? (
        <div
          className={classes["window"]}
          style={{
            left: percent(area.x, size.width),
            top: percent(area.y, size.height),
            width: percent(area.width, size.width),
            height: percent(area.height, size.height),
          }}
          data-testid="envelope-window"
        >
          <span>Shows through the envelope</span>
        </div>
      ) : null}
    </div>
  );
}
