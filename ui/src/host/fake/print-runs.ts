import { DeskProblem } from "../../lib/problem";
import type { LetterRow, PrintRunDetail, PrintRunLetter, PrintRunProgress, PrintRunRow, PrintRunStart } from "../bindings";
import { BUREAU_ADDRESSES } from "./library";

/** The print runs of a made-up desk. Its printer takes every job, and jams nothing by itself. */
export class FakePrintRuns {
  private runs: PrintRunDetail[] = [];
  private readonly now: () => Date;
  private readonly agent: () => string;
  private cancelled = false;
  private readonly asked = new Map<string, PrintRunStart>();

  constructor(now: () => Date, agent: () => string) {
    this.now = now;
    this.agent = agent;
  }

  list(): PrintRunRow[] {
    return this.runs.map(({ run }) => run).toReversed();
  }

  get(id: string): PrintRunDetail {
    const found = this.runs.find(({ run }) => run.id === id);
    if (!found) {
      throw new DeskProblem({ code: "not_found", message: "This print run is no longer here." });
    }
    return found;
  }

  cancel(): void {
    this.cancelled = true;
  }

  /** Puts a job together, telling of each letter, `pause` milliseconds apart; at once without one. */
  async start(
    take: PrintRunStart,
    letters: readonly LetterRow[],
    tell: (progress: PrintRunProgress) => void,
    pause: number,
    reprintOf: number | null = null,
  ): Promise<PrintRunRow> {
    this.cancelled = false;
    const number = this.runs.length + 1;
    const id = `run-${number}`;
    const lines = letters.map((letter, index) => line(letter, index + 1, take.duplex));
    const run: PrintRunRow = {
      id,
      number,
      reprintOf,
      stage: "printing",
      printer: take.printer,
      tray: take.tray,
      duplex: take.duplex,
      copies: take.copies,
      startedAt: this.now().toISOString(),
      startedBy: this.agent(),
      letters: lines.length,
      pages: lines.reduce((sum, { pages }) => sum + pages, 0),
      sheets: lines.reduce((sum, { sheets }) => sum + sheets, 0),
      jammed: 0,
      job: null,
      failure: null,
    };
    this.asked.set(id, take);
    this.put({ run, letters: lines });
    for (const { position } of pause > 0 ? lines : []) {
      tell({ id, done: position, total: lines.length });
      // oxlint-disable-next-line no-await-in-loop -- one letter after the other is the point
      await new Promise((resolve) => {
        setTimeout(resolve, pause);
      });
      if (this.cancelled) {
        return this.move(id, { stage: "cancelled" });
      }
    }
    return this.move(id, { stage: "printed", job: `${take.printer}-${11 + number}` });
  }

  confirm(id: string, jammed: readonly string[]): PrintRunDetail {
    const { run, letters } = this.get(id);
    if (run.stage !== "printed") {
      throw new DeskProblem({ code: "bad_request", message: "This run is confirmed already." });
    }
    const next = letters.map((letter) => ({ ...letter, cameOut: !jammed.includes(letter.letterId) }));
    return this.put({ run: { ...run, stage: "confirmed", jammed: jammed.length }, letters: next });
  }

  /** What was asked of a run, for its jammed letters alone. */
  again(id: string): { take: PrintRunStart; number: number } {
    const { run, letters } = this.get(id);
    const take = this.asked.get(id);
    const ids = letters.filter(({ cameOut }) => cameOut === false).map(({ letterId }) => letterId);
    if (!take || ids.length === 0) {
      throw new DeskProblem({ code: "bad_request", message: "No letter of this run jammed." });
    }
    return { take: { ...take, ids }, number: run.number };
  }

  move(id: string, part: Partial<PrintRunRow>): PrintRunRow {
    const { run, letters } = this.get(id);
    return this.put({ run: { ...run, ...part }, letters }).run;
  }

  private put(detail: PrintRunDetail): PrintRunDetail {
    const known = this.runs.some(({ run }) => run.id === detail.run.id);
    this.runs = known ? this.runs.map((one) => (one.run.id === detail.run.id ? detail : one)) : [...this.runs, detail];
    return detail;
  }
}

function line(letter: LetterRow, position: number, duplex: boolean): PrintRunLetter {
  const sheets = duplex ? Math.ceil(letter.pages / 2) : letter.pages;
  const hundredths = Math.ceil(((sheets * 4536 + 6800) * 100) / 28_350);
  const address = BUREAU_ADDRESSES.find(({ bureau }) => bureau === letter.bureau)?.address;
  return {
    position,
    letterId: letter.id,
    clientId: letter.clientId,
    clientName: letter.clientName,
    recipientName: letter.recipientName,
    bureau: letter.bureau,
    destination: address ? `${address.city}, ${address.state} ${address.zip}` : "Reno, NV 89501",
    pages: letter.pages,
    sheets,
    ounces: (hundredths / 100).toFixed(2),
    postage: `Letter, ${Math.ceil(hundredths / 100)} oz`,
    cameOut: null,
  };
}
