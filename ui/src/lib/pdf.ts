import { createContext, useContext } from "react";

/** An opened PDF. Pages count from 1; sizes are in points (1/72 inch). */
export interface PdfFile {
  pages: readonly { width: number; height: number }[];
  /** Pages that the file has; more than `pages` where it is longer than what is shown at once. */
  total: number;
  /** Paints a page so that one point is `scale` device pixels. Ends early, without a failure, when `signal` aborts. */
  paint(page: number, canvas: HTMLCanvasElement, scale: number, signal: AbortSignal): Promise<void>;
  /** The words of a page in reading order, for those who cannot see it. */
  text(page: number): Promise<string>;
  close(): void;
}

export type OpenPdf = (bytes: Uint8Array) => Promise<PdfFile>;

/** Loads pdf.js with the first preview, not with the window. */
const openWithPdfJs: OpenPdf = async (bytes) => (await import("./pdf-js")).openPdf(bytes);

const PdfContext = createContext<OpenPdf>(openWithPdfJs);

export const PdfProvider = PdfContext.Provider;

export function useOpenPdf(): OpenPdf {
  return useContext(PdfContext);
}
