import type { UseQueryResult } from "@tanstack/react-query";
import { DayLine, DayMore, DaySection } from "../../components/day-section";
import { ProblemNotice } from "../../components/problem-notice";
import type { TasksDue } from "../../host/bindings";
import { count, date, plural } from "../../lib/format";
import { TASKS_SHOWN, nearness } from "./tasks";

interface TasksOfDayProps {
  tasks: UseQueryResult<TasksDue>;
  /** A client's tasks. */
  place: (clientId: string) => string;
  /** Everyone's. */
  all: string;
}

/** The part of the day with everyone's tasks that are overdue or due within a week. Each line opens its client's tasks. */
export function TasksOfDay({ tasks, place, all }: TasksOfDayProps) {
  const { data: due, error, refetch, isFetching } = tasks;
  if (!due) {
    return error ? <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} /> : null;
  }
  const { rows, total, overdue } = due;
  const more = total - Math.min(rows.length, TASKS_SHOWN);
  return (
    <DaySection
      id="tasks"
      icon="check"
      title="Tasks due"
      note={overdue > 0 ? `${plural(total, "task")}, ${count(overdue)} overdue` : plural(total, "task")}
      none="None within a week."
      all={{ href: all, label: "All tasks" }}
    >
      {[
        ...rows.slice(0, TASKS_SHOWN).map((task) => {
          const near = nearness(task);
          return (
            <DayLine key={task.id} href={place(task.clientId)} tone={near?.tone ?? "neutral"} tag={near?.text ?? "Open"} title={task.clientName} testId="today-task">
              {[task.name, task.item?.accountName, task.dueOn && `due ${date(task.dueOn)}`].filter(Boolean).join(", ")}
            </DayLine>
          );
        }),
        ...(more > 0
          ? [
              <DayMore key="more" href={all} testId="today-more-tasks">
                {plural(more, "more is", "more are")} due
              </DayMore>,
            ]
          : []),
      ]}
    </DaySection>
  );
}

/** Whether any task is due, or why nobody can tell must be shown; `undefined` while it is asked. */
export function tasksWait({ data: due, error }: UseQueryResult<TasksDue>): boolean | undefined {
  return due ? due.total > 0 : error ? true : undefined;
}
