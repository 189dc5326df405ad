import { DeskProblem } from "../../lib/problem";
import type { ClientGoals, GoalChoice, GoalRow, OutboxItem, RecordAccess } from "../bindings";
import { type FakeOutbox, fakeRow } from "./outbox";

const CHOICES: readonly GoalChoice[] = [
  { id: "2", name: "Buy a car" },
  { id: "1", name: "Buy a home" },
  { id: "6", name: "Pay less interest" },
  { id: "3", name: "Qualify for a better card" },
  { id: "4", name: "Rent an apartment" },
  { id: "5", name: "Start a business" },
];

/** Goals of made-up clients, and what waits in the outbox over them. */
export class FakeGoals {
  private readonly now: () => Date;
  private readonly outbox: FakeOutbox;
  private readonly access: RecordAccess;
  /** Which goal a row is about. */
  private readonly about = new Map<string, string>();
  private next = 1;

  constructor(now: () => Date, outbox: FakeOutbox, access: RecordAccess) {
    this.now = now;
    this.outbox = outbox;
    this.access = access;
  }

  list(clientId: string): ClientGoals {
    const waiting = this.outbox.list({ clientId, over: false }).filter(({ id }) => this.about.has(id));
    const over = (goal: string) => waiting.find(({ id }) => this.about.get(id) === goal) ?? null;
    const had = this.kept(clientId);
    const goals = CHOICES.flatMap((choice): GoalRow[] => {
      const pending = over(choice.id);
      return had.includes(choice.id) || pending?.kind === "assign_goals" ? [{ ...choice, pending }] : [];
    });
    const known = this.access === "read";
    return { goals: known ? goals : [], access: this.access, choices: known ? [...CHOICES] : [], choicesAccess: this.access };
  }

  /** Names, with those that wait to be given and without those that wait to be taken away. */
  names(clientId: string): string[] {
    return this.list(clientId).goals.flatMap(({ name, pending }) => (pending?.kind === "remove_goals" ? [] : [name]));
  }

  write(kind: "assign_goals" | "remove_goals", clientId: string, goalIds: readonly string[]): OutboxItem[] {
    return goalIds.map((goal) => {
      if (this.list(clientId).goals.some(({ id, pending }) => id === goal && pending !== null)) {
        throw new DeskProblem({ code: "outbox_waiting", message: "A change of this goal waits in the outbox already: correct or cancel that one." });
      }
      const id = `goal-${this.next}`;
      this.next += 1;
      this.about.set(id, goal);
      const detail = CHOICES.find((choice) => choice.id === goal)?.name ?? "";
      const title = kind === "assign_goals" ? "New goal" : "Removal of a goal";
      return this.outbox.put(fakeRow({ id, clientId, kind, title, detail, createdAt: this.now().toISOString(), editable: false }, { fields: [], fileHash: null }));
    });
  }

  /** As the portal has them: a row that is done has changed it. */
  private kept(clientId: string): string[] {
    let had = clientId === "1030" ? ["1", "3"] : Number(clientId) % 3 === 0 ? ["2"] : [];
    for (const { id, stage, kind } of this.outbox.list({ clientId, over: true }).toReversed()) {
      const goal = this.about.get(id);
      if (goal !== undefined && stage === "done") {
        had = kind === "assign_goals" ? [...had, goal] : had.filter((one) => one !== goal);
      }
    }
    return had;
  }
}
