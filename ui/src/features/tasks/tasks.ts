import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type { ClientTasks, TaskRow, TasksDue } from "../../host/bindings";
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
export function useTasksDue(): UseQueryResult<TasksDue> {
  const host = useHost();
  return useQuery({ queryKey: ["tasks", "due"], queryFn: () => host.call("tasks_due", { limit: TASKS_SHOWN }) });
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
