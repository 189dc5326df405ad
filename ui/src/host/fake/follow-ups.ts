import { DeskProblem } from "../../lib/problem";
import type { FollowUpFilter, FollowUpOutcome, FollowUpRow, FollowUpSet, LetterRow, OutcomeCode, SentByCode } from "../bindings";
import { makeRow } from "./people";

/** An answer as it is kept; what can be reckoned is reckoned when it is read. */
type Kept = Omit<FollowUpRow, "dueOn" | "estimated" | "daysLeft" | "open">;

/** The answers that a made-up desk waits for, with the real one's clocks. */
export class FakeFollowUps {
  private kept: Kept[] = [];
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** A large company's: answers to letters that nobody looks at. */
  many(wanted: number): void {
    const today = this.now().toISOString().slice(0, 10);
    const recipients = [["Equifax", "equifax"], ["Experian", "experian"], ["TransUnion", "transunion"]] as const;
    for (let index = 0; index < wanted; index += 1) {
      const clientId = String(1000 + (index % 400));
      const [recipientName, bureau] = recipients[index % 3] ?? recipients[0];
      const items = [{ itemId: `many-${index}`, accountName: "Capital Harbor Bank", reason: "The balance is incorrect", outcome: null }];
      this.kept.push({ letterId: `many-${index}`, clientId, clientName: makeRow(index % 400).name, recipientName, bureau, sentBy: "mail", sentOn: addDays(today, -(index % 60)), receivedOn: null, extended: false, items });
    }
  }

  list({ clientId, closed }: FollowUpFilter): FollowUpRow[] {
    return this.kept
      .map((one) => this.row(one))
      .filter((row) => (clientId === null || row.clientId === clientId) && (closed || row.open))
      .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  }

  open(letter: LetterRow, items: readonly { itemId: string; accountName: string; reason: string }[], sentBy: SentByCode, sentOn: string): FollowUpRow {
    const one: Kept = {
      letterId: letter.id,
      clientId: letter.clientId,
      clientName: letter.clientName,
      recipientName: letter.recipientName,
      bureau: letter.bureau,
      sentBy,
      sentOn,
      receivedOn: null,
      extended: false,
      items: items.map((item) => ({ ...item, outcome: null })),
    };
    this.kept = [...this.kept.filter(({ letterId }) => letterId !== letter.id), one];
    return this.row(one);
  }

  set({ letterId, receivedOn, extended }: FollowUpSet): FollowUpRow {
    return this.change(letterId, (one) => {
      if (receivedOn !== null && receivedOn < one.sentOn) {
        const message = "a letter cannot be received before it was sent";
        throw new DeskProblem({ code: "bad_request", message: `received_on: ${message}`, fields: { receivedOn: [message] } });
      }
      return { ...one, receivedOn, extended };
    });
  }

  outcome({ letterId, itemIds, outcome }: FollowUpOutcome): FollowUpRow {
    return this.change(letterId, (one) => ({
      ...one,
      items: one.items.map((item) => (itemIds.includes(item.itemId) ? { ...item, outcome } : item)),
    }));
  }

  /** What is known of one item: rounds, the last outcome, and whether an answer is awaited. */
  of(itemId: string): { rounds: number; lastOutcome: OutcomeCode | null; awaited: boolean } {
    const mine = this.kept.flatMap(({ items }) => items.filter((item) => item.itemId === itemId));
    return {
      rounds: mine.length,
      lastOutcome: mine.findLast(({ outcome }) => outcome !== null)?.outcome ?? null,
      awaited: mine.some(({ outcome }) => outcome === null),
    };
  }

  private change(letterId: string, how: (one: Kept) => Kept): FollowUpRow {
    const one = this.kept.find((kept) => kept.letterId === letterId);
    if (!one) {
      throw new DeskProblem({ code: "not_found", message: "No answer to this letter is awaited." });
    }
    const next = how(one);
    this.kept = this.kept.map((kept) => (kept.letterId === letterId ? next : kept));
    return this.row(next);
  }

  private row(one: Kept): FollowUpRow {
    const from = one.receivedOn ?? addDays(one.sentOn, one.sentBy === "mail" ? 5 : 0);
    const dueOn = addDays(from, one.extended ? 45 : 30);
    const today = this.now().toISOString().slice(0, 10);
    return {
      ...one,
      dueOn,
      estimated: one.receivedOn === null,
      daysLeft: Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000),
      open: one.items.some(({ outcome }) => outcome === null),
    };
  }
}

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);
}
