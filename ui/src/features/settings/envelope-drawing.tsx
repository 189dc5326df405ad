import type { ReactNode } from "react";
import type { EnvelopeView, EnvelopeWindow, LetterArea } from "../../host/bindings";
import { inches } from "./measures";
import classes from "./settings.module.css";

/** CSS pixels to the inch. */
const SCALE = 17;
/** A sheet of US Letter. */
const SHEET = { width: 8.5, height: 11 };

/** The envelope and its sheet, both to the same scale, drawn from the measures in force. */
export function EnvelopeDrawing({ envelope }: { envelope: EnvelopeView }) {
  const { width, height, windows, firstFold, secondFold } = envelope;
  return (
    <div className={classes["drawings"]}>
      {width !== null && height !== null ? (
        <Drawing
          width={width}
          height={height}
          says={`The envelope, ${inches(width)} by ${inches(height)}, with ${windows.length === 1 ? "its window" : "its windows"}`}
          caption="Envelope"
        >
          {windows.map((window) => (
            <rect key={window.bottom} className={classes["pane"]} {...paneOf(window, height)} rx={0.12} />
          ))}
        </Drawing>
      ) : null}
      <Drawing {...SHEET} says={saysOfSheet(envelope)} caption="First page">
        {windows.map(({ bottom, canShow, alwaysShows }) => (
          <g key={bottom}>
            <rect className={classes["canShow"]} {...boxOf(canShow)} />
            <rect className={classes["alwaysShows"]} {...boxOf(alwaysShows)} />
          </g>
        ))}
        {[firstFold, secondFold].map((fold) => (
          <line key={fold} className={classes["fold"]} x1={0} x2={SHEET.width} y1={fold} y2={fold} />
        ))}
      </Drawing>
      <ul className={classes["legend"]}>
        {windows.length > 0 ? (
          <>
            <li data-mark="always">Always in the window: the address stands here</li>
            <li data-mark="can">May come into the window: kept free of everything else</li>
          </>
        ) : null}
        <li data-mark="fold">
          Folded at {inches(firstFold)} and {inches(secondFold)} from the top
        </li>
      </ul>
    </div>
  );
}

interface DrawingProps {
  width: number;
  height: number;
  /** For those who listen. */
  says: string;
  caption: string;
  children: ReactNode;
}

/** Inches are the units of the drawing itself, so nothing in it is converted. */
function Drawing({ width, height, says, caption, children }: DrawingProps) {
  return (
    <figure className={classes["drawing"]}>
      <svg width={width * SCALE} height={height * SCALE} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
        <rect className={classes["paper"]} x={0} y={0} width={width} height={height} />
        {children}
      </svg>
      <figcaption aria-hidden="true">{caption}</figcaption>
    </figure>
  );
}

/** An envelope is measured from its lower edge, a drawing from its upper one. */
function paneOf({ left, bottom, width, height }: EnvelopeWindow, envelopeHeight: number) {
  return { x: left, y: envelopeHeight - bottom - height, width, height };
}

function boxOf({ x, y, width, height }: LetterArea) {
  return { x, y, width, height };
}

function saysOfSheet({ windows }: EnvelopeView): string {
  const [recipient] = windows;
  if (!recipient) {
    return "The first page and its folds";
  }
  const { x, y, width, height } = recipient.alwaysShows;
  return `The first page: the window always shows ${inches(width)} by ${inches(height)}, ${inches(x)} from the left and ${inches(y)} from the top`;
}
