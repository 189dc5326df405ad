import type { ClientTasks, RecordAccess, TaskPage, TaskRow, TaskSearch, TasksDue } from "../bindings";
import { addDays } from "./follow-ups";
import { makeItems, makeRow } from "./people";

type Wanted = Partial<TaskRow> & Pick<TaskRow, "id" | "clientId" | "name"> & { dueIn?: number };

/** A task about a made-up client, due so many days from today. */
export function fakeTask({ dueIn, ...part }: Wanted, now: Date): TaskRow {
  return {
    clientName: makeRow(Number(part.clientId) - 1000).name,
    description: "",
    stage: "open",
    status: "open",
    dueOn: dueIn === undefined ? null : addDays(now.toISOString().slice(0, 10), dueIn),
    daysLeft: dueIn ?? null,
    item: null,
    author: "Marcus Bell",
    createdAt: "2024-03-01T15:00:00Z",
    ...part,
  };
}

/** What a company in the middle of its work has to do. */
export function sampleTasks(now: Date): TaskRow[] {
  const [item] = makeItems(30);
  const tasks: Wanted[] = [
    { id: "1", clientId: "1030", name: "Check the bureau's answer", description: "Compare it with the report", dueIn: -3, item: item ? { id: item.id, accountName: item.accountName } : null },
    { id: "2", clientId: "1030", name: "Call the client", description: "Ask whether the letters were reviewed", dueIn: 2, author: "Dana Whitfield" },
    { id: "3", clientId: "1030", name: "Plan the next round", status: "waiting_for_client" },
    { id: "4", clientId: "1030", name: "Ask for a proof of address", description: "The one on file is too old or missing", dueIn: -20, stage: "done", status: "completed" },
    { id: "5", clientId: "1014", name: "Review the letters", description: "Before they go out", dueIn: 0 },
    { id: "6", clientId: "1003", name: "Ask for the signed agreement", dueIn: 30 },
  ];
  return tasks.map((task) => fakeTask(task, now));
}

const CHORES = ["Check the bureau's answer", "Call the client", "Review the letters", "Ask for a proof of address", "Plan the next round", "Read the new report"];

/** A large company's tasks. */
export function manyTasks(wanted: number, now: Date): TaskRow[] {
  return Array.from({ length: wanted }, (_, index) => {
    const clientId = String(1000 + ((index * 7) % 400));
    const [item] = index % 3 === 0 ? makeItems(Number(clientId) - 1000) : [];
    const done = index % 5 === 4;
    return fakeTask(
      {
        id: String(index + 1),
        clientId,
        name: CHORES[index % CHORES.length] ?? "Call the client",
        description: index % 4 === 0 ? "Compare it with the report before the next round goes out" : "",
        author: index % 6 === 0 ? "Dana Whitfield" : "Marcus Bell",
        item: item ? { id: item.id, accountName: item.accountName } : null,
        ...(index % 11 === 10 ? {} : { dueIn: ((index * 13) % 90) - (done ? 89 : 12) }),
        ...(done ? { stage: "done" as const, status: "completed" } : {}),
      },
      now,
    );
  });
}

/** Everyone's tasks, in the order of the desk. */
export class FakeTasks {
  private readonly tasks: readonly TaskRow[];
  private readonly access: RecordAccess;

  constructor(tasks: readonly TaskRow[], access: RecordAccess) {
    this.tasks = tasks.toSorted((one, other) => rank(one) - rank(other));
    this.access = access;
  }

  list(clientId: string): ClientTasks {
    return { tasks: this.tasks.filter((task) => task.clientId === clientId), access: this.access };
  }

  open(clientId: string): number {
    return this.list(clientId).tasks.filter(({ stage }) => stage === "open").length;
  }

  search({ part, mine, offset, limit }: TaskSearch, agent: string): TaskPage {
    const all = this.tasks.filter(({ author }) => !mine || author === agent);
    const open = all.filter(({ stage }) => stage === "open");
    const overdue = open.filter(({ daysLeft }) => daysLeft !== null && daysLeft < 0);
    const over = all.filter(({ stage }) => stage !== "open");
    const rows = { open, overdue, over }[part].slice(offset, offset + limit);
    return { rows, open: open.length, overdue: overdue.length, over: over.length };
  }

  due(limit: number): TasksDue {
    const due = this.tasks.filter(({ stage, daysLeft }) => stage === "open" && daysLeft !== null && daysLeft <= 7);
    return { rows: due.slice(0, limit), total: due.length, overdue: due.filter(({ daysLeft }) => (daysLeft ?? 0) < 0).length };
  }
}

function rank({ stage, daysLeft }: TaskRow): number {
  return stage === "open" ? (daysLeft ?? 100_000) : 200_000 - (daysLeft ?? 0);
}
