import { DeskProblem } from "../../lib/problem";
import type { FaxFineness, FaxLook, FileFormat, FileOpen, FileSource, OpenedFile } from "../bindings";
import { makePdf } from "./pdf";
import { makePng } from "./picture";

/** A file as it turns out to be. */
export interface FakeFile extends OpenedFile {
  bytes: Uint8Array;
}

/** What the made-up records say their files are. */
const KNOWN: Record<string, { format: FileFormat; size: number }> = {
  "7713": { format: "pdf", size: 1_284_000 },
  "7702": { format: "png", size: 842_100 },
  "7701": { format: "jpeg", size: 2_713_000 },
  "7700": { format: "jpeg", size: 2_713_000 },
};

const STATEMENT = [
  ["Experian", "P.O. Box 4500, Allen, TX 75013", "", "Results of our investigation", "", "The item below was verified as accurate."],
  ["Page 2", "", "If you do not agree, you may add a statement of up to 100 words."],
];

/** The files of a made-up desk: fetched once, and here from then on. */
export class FakeFiles {
  private readonly here = new Set<string>();
  private readonly changed = new Map<string, Partial<FakeFile>>();
  /** Ends the fetch of a file, if one is held. */
  private readonly stops = new Map<string, () => void>();

  isHere(id: string, usually: boolean): boolean {
    return usually || this.here.has(id);
  }

  put(id: string, file: Partial<FakeFile>): void {
    this.changed.set(id, file);
  }

  /** Fetches it. A file of no bytes is on its way until it is cancelled. */
  async open({ file, again }: FileOpen): Promise<OpenedFile> {
    if (again) {
      this.changed.delete(file.id);
    }
    const found = this.find(file);
    if (found.size === 0) {
      await new Promise<never>((_, reject) => {
        this.stops.set(file.id, () => reject(new DeskProblem({ code: "cancelled", message: "Cancelled; nothing was changed." })));
      });
    }
    this.here.add(file.id);
    const { format, size, refused } = found;
    return { format, size, refused };
  }

  cancel(id: string): void {
    this.stops.get(id)?.();
  }

  bytes(file: FileSource): Uint8Array {
    return this.find(file).bytes;
  }

  thumbnail(file: FileSource): Uint8Array {
    const { format } = this.find(file);
    return format === "pdf" ? makePng(43, 56, smallPage) : format === "png" || format === "jpeg" ? makePng(56, 36, card) : new Uint8Array();
  }

  copyName(file: FileSource): string {
    return `Document.${this.find(file).format ?? "bin"}`;
  }

  private find({ id }: FileSource): FakeFile {
    const { format, size } = KNOWN[id] ?? { format: "pdf" as const, size: 245_300 };
    const bytes = format === "pdf" ? makePdf(STATEMENT) : makePng(640, 400, (x, y) => card(x / 11.4, y / 11.1));
    return { format, size, refused: null, bytes, ...this.changed.get(id) };
  }
}

/** A page of a fax, as coarse as it is asked for. */
export function faxPicture({ cover }: FaxLook, page: number, fineness: FaxFineness): Uint8Array {
  const height = fineness === "fine" ? 1100 : 550;
  const isCover = cover && page === 1;
  return makePng(850, height, (x, y) => (isCover ? coverPage(x, (y * 1100) / height) : lines(x, (y * 1100) / height)));
}

function smallPage(x: number, y: number): number {
  return lines(x * 19.8, y * 19.6);
}

/** Lines of words. */
function lines(x: number, y: number): number {
  const line = Math.floor(y / 22);
  const word = Math.sin(Math.floor(x / 19) * 12.9 + line * 78.2) > -0.6;
  return x > 90 && x < 760 - (line % 7) * 40 && y > 110 && y < 900 && line % 8 !== 0 && y % 22 < 8 && word ? 0 : 255;
}

function coverPage(x: number, y: number): number {
  const frame = (x > 90 && x < 760 && (Math.abs(y - 170) < 2 || Math.abs(y - 430) < 2)) || (x > 90 && x < 190 && y > 90 && y < 140);
  return frame || (y > 190 && y < 420 && lines(x, y) === 0 && (x < 170 || x > 210)) ? 0 : 255;
}

/** An identity card: a face, and lines beside it. */
function card(x: number, y: number): number {
  if (y < 6) {
    return 70;
  }
  const face = ((x - 13) / 5) ** 2 + ((y - 17) / 6) ** 2 < 1 || ((x - 13) / 9) ** 2 + ((y - 33) / 9) ** 2 < 1;
  if (x > 3 && x < 23 && y > 9 && y < 32) {
    return face ? 120 : 205;
  }
  return x > 26 && x < 50 && y > 9 && y < 32 && Math.floor(y) % 4 === 1 ? 60 : 235;
}
