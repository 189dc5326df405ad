import { DeskProblem } from "../../lib/problem";
import type { LettersProgress } from "../bindings";

/** Letters of a made-up desk that are being prepared or saved: told one by one, until the rest is not wanted. */
export class FakeLetterWork {
  private stopped = false;

  stop(): void {
    this.stopped = true;
  }

  /** Goes through so many letters, `pause` milliseconds apart; at once without one. */
  async through(total: number, tell: (progress: LettersProgress) => void, pause: number): Promise<void> {
    this.stopped = false;
    for (let done = 0; done < total; done += 1) {
      if (total > 1) {
        tell({ done, total });
      }
      if (pause > 0) {
        // oxlint-disable-next-line no-await-in-loop -- one letter after the other is the point
        await new Promise((resolve) => {
          setTimeout(resolve, pause);
        });
      }
      if (this.stopped) {
        throw new DeskProblem({ code: "cancelled", message: "Cancelled; nothing was changed." });
      }
    }
  }
}
