import { type UseQueryResult, keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type { ClientTasks, Problem, TaskPage, TaskPart, TaskRow, TasksDue } from "../../host/bindings";
import type { Host } from "../../host/host";
import { useHost } from "../../host/host-context";
import { daysLeftWords } from "../../lib/days";
import { words } from "../../lib/format";

/** Lines that the day shows. */
export const TASKS_SHOWN = 8;

/** Days before a task is due from which on it is marked. */
const SOON = 7;

/** A client's tasks, open ones first, the most overdue first. */
export function useTasks(clientId: string, enabled = true): UseQueryResult<ClientTasks> {
  const host = useHost();
  return useQuery({ queryKey: ["tasks", clientId], queryFn: () => host.call("task_list", { id: clientId }), enabled });
}

/** Everyone's tasks that are overdue or due within a week. */
export function tasksDueOptions(host: Host) {
  return queryOptions({ queryKey: ["tasks", "due"], queryFn: () => host.call("tasks_due", { limit: TASKS_SHOWN }) });
}

export function useTasksDue(): UseQueryResult<TasksDue> {
  return useQuery(tasksDueOptions(useHost()));
}

export type TaskView = "open" | "overdue" | "all";

export const TASK_VIEWS: readonly { id: TaskView; label: string }[] = [
  { id: "open", label: "Open" },
  { id: "overdue", label: "Overdue" },
  { id: "all", label: "All" },
];

export function isOverdue({ stage, daysLeft }: TaskRow): boolean {
  return stage === "open" && daysLeft !== null && daysLeft < 0;
}

export function inView(task: TaskRow, view: TaskView): boolean {
  return view === "all" || (view === "open" ? task.stage === "open" : isOverdue(task));
}

/** How near its day is; `null` where that is no matter. */
export function nearness(task: TaskRow): { tone: Tone; text: string } | null {
  if (task.stage !== "open" || task.daysLeft === null) {
    return null;
  }
  return { tone: isOverdue(task) ? "bad" : task.daysLeft <= SOON ? "warn" : "neutral", text: daysLeftWords(task.daysLeft) };
}

/** How it stands, in the portal's own word where that says more. */
export function standing({ stage, status }: TaskRow): { tone: Tone; text: string } {
  const text = words(status) || { open: "Open", done: "Done", cancelled: "Cancelled" }[stage];
  return { tone: stage === "done" ? "good" : stage === "open" ? "info" : "neutral", text };
}

/** Rows of everyone's tasks asked for at a time. */
export const TASK_PAGE = 100;

export const TASK_PARTS: readonly { id: TaskPart; label: string }[] = [
  { id: "open", label: "Open" },
  { id: "overdue", label: "Overdue" },
  { id: "over", label: "Done" },
];

function pageOptions(host: Host, part: TaskPart, mine: boolean, page: number) {
  return {
    queryKey: ["tasks", "all", part, mine, page] as const,
    queryFn: async () => ({ part, mine, ...(await host.call("task_search", { part, mine, offset: page * TASK_PAGE, limit: TASK_PAGE })) }),
    gcTime: 60_000,
  };
}

export interface AllTasks {
  /** How many there are of each part; `null` before the first answer. */
  counts: Record<TaskPart, number> | null;
  /** How many of the part that is shown; `null` before its first answer. */
  total: number | null;
  /** The task at a place in the list, once its page is here. */
  row: (index: number) => TaskRow | undefined;
  problem: Problem | null;
  retry: () => void;
}

/** Everyone's tasks of one part, the rows from `first` to `last`, however many there are. */
export function useAllTasks(part: TaskPart, mine: boolean, first: number, last: number): AllTasks {
  const host = useHost();
  const top = useQuery({ ...pageOptions(host, part, mine, 0), placeholderData: keepPreviousData });
  const pages: number[] = [];
  for (let page = Math.max(1, Math.floor(first / TASK_PAGE)); page <= Math.floor(last / TASK_PAGE); page += 1) {
    pages.push(page);
  }
  // Rows that scroll away are still told apart from those of another part.
  const shown = top.data?.part === part && top.data.mine === mine ? top.data : undefined;
  const rest = useQueries({ queries: shown ? pages.map((page) => pageOptions(host, part, mine, page)) : [] });
  const byPage = new Map<number, TaskPage | undefined>(pages.map((page, index) => [page, rest[index]?.data]));
  byPage.set(0, shown);
  const counts = top.data ? { open: top.data.open, overdue: top.data.overdue, over: top.data.over } : null;

  return {
    counts,
    total: shown ? shown[part] : null,
    row: (index) => byPage.get(Math.floor(index / TASK_PAGE))?.rows[index % TASK_PAGE],
    problem: top.error ?? rest.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const one of [top, ...rest]) {
        if (one.isError) {
          // The query keeps its own failure.
          one.refetch().catch(() => undefined);
        }
      }
    },
  };
}
