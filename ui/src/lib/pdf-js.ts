// The legacy build carries what older web views (WebKitGTK, WKWebView of older macOS) lack.
import { GlobalWorkerOptions, RenderingCancelledException, getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import type { PdfFile } from "./pdf";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Pages that are shown at most: each is looked up before the first is painted. */
const MOST_PAGES = 400;

/** Opens a PDF. Throws when the bytes are none; what it throws is named `PasswordException` where one is asked for. */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  const task = getDocument({
    // pdf.js hands its buffer to the worker and so empties it; the caller keeps its own.
    data: bytes.slice(),
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    stopAtErrors: false,
  });
  const document = await task.promise;
  const pages = await Promise.all(Array.from({ length: Math.min(document.numPages, MOST_PAGES) }, (_, index) => document.getPage(index + 1)));

  const page = (number: number) => {
    const found = pages[number - 1];
    if (!found) {
      throw new Error(`There is no page ${number}`);
    }
    return found;
  };

  return {
    total: document.numPages,
    pages: pages.map((one) => {
      const { width, height } = one.getViewport({ scale: 1 });
      return { width, height };
    }),

    async paint(number, canvas, scale, signal) {
      const viewport = page(number).getViewport({ scale });
      // Painted aside and put in place whole: the page in view never flashes empty while its size changes.
      const fresh = globalThis.document.createElement("canvas");
      fresh.width = Math.floor(viewport.width);
      fresh.height = Math.floor(viewport.height);
      const work = page(number).render({ canvas: fresh, viewport });
      const cancel = () => work.cancel();
      signal.addEventListener("abort", cancel);
      try {
        await work.promise;
        if (!signal.aborted) {
          canvas.width = fresh.width;
          canvas.height = fresh.height;
          canvas.getContext("2d")?.drawImage(fresh, 0, 0);
        }
      } catch (error) {
        if (!(error instanceof RenderingCancelledException)) {
          throw error;
        }
      } finally {
        signal.removeEventListener("abort", cancel);
      }
    },

    async text(number) {
      const { items } = await page(number).getTextContent();
      return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    },

    close() {
      // Nobody waits for the worker's goodbye.
      task.destroy().catch(() => undefined);
    },
  };
}
