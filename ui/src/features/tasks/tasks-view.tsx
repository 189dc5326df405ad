import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { FilterBar } from "../../components/filter-bar";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { nothingOf } from "../../components/record-access";
import { useRecordKeys } from "../../components/record-keys";
import { Records } from "../../components/records";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { TaskRow } from "../../host/bindings";
import { date } from "../../lib/format";
import { TASK_VIEWS, type TaskView, inView, isOverdue, nearness, standing, useTasks } from "./tasks";
import classes from "./tasks.module.css";

interface TasksViewProps {
  clientId: string;
  online: boolean | null;
  onOpenItem: (itemId: string) => void;
}

/** A client's tasks as the portal has them; they are made and done there. */
export function TasksView({ clientId, online, onOpenItem }: TasksViewProps) {
  const { data, error, refetch } = useTasks(clientId);
  const [view, setView] = useState<TaskView>("open");
  useRecordKeys({});
  const tasks = data?.tasks;
  const counted = TASK_VIEWS.map((option) => ({ ...option, count: (tasks ?? []).filter((task) => inView(task, option.id)).length }));
  return (
    <Records
      label="Tasks"
      online={online}
      offline="Offline: these tasks are as they were at the last sync."
      records={tasks?.filter((task) => inView(task, view))}
      problem={error}
      onRetry={() => void refetch()}
      empty={
        tasks && tasks.length > 0
          ? { icon: "check", title: view === "overdue" ? "Nothing is overdue" : "Everything is done", text: "What was done stands under All." }
          : nothingOf("tasks", data?.access ?? "unread", { icon: "check", title: "No tasks", text: "Colleagues and workflows make them in the portal; they come with the next sync." })
      }
      tools={
        <>
          <FilterBar label="Which tasks" options={counted} value={view} onChange={setView} />
          <span className={classes["aside"]}>Tasks are made and done in the portal.</span>
        </>
      }
    >
      {(rows) => (
        <>
          {data?.access === "forbidden" ? (
            <div className={classes["refused"]}>
              <Notice kind="caution" title="Your account may no longer read tasks">
                <p>These are as they were when it could. Ask an administrator of the portal.</p>
              </Notice>
            </div>
          ) : null}
          <table className={classes["table"]}>
            <thead>
              <tr>
                <th>Task</th>
                <th data-column="due">Due</th>
                <th data-column="near">
                  <span className={classes["hidden"]}>Days left</span>
                </th>
                <th data-column="state">State</th>
                <th data-column="item">About</th>
                <th data-column="author">Made by</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((task) => (
                <TaskLine key={task.id} task={task} onOpenItem={onOpenItem} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Records>
  );
}

function TaskLine({ task, onOpenItem }: { task: TaskRow; onOpenItem: (itemId: string) => void }) {
  const { name, description, dueOn, author, stage } = task;
  const near = nearness(task);
  const state = standing(task);
  return (
    <tr tabIndex={-1} data-record data-testid="task-row" data-stage={stage} data-overdue={isOverdue(task)}>
      <td>
        <span className={classes["name"]}>{name || "Task without a name"}</span>
        {description ? <span className={classes["description"]}>{description}</span> : null}
      </td>
      <td className="figures">{dueOn ? date(dueOn) : <Unknown />}</td>
      <td>{near ? <Tag tone={near.tone}>{near.text}</Tag> : null}</td>
      <td>
        <Tag tone={state.tone}>{state.text}</Tag>
      </td>
      <td>
        <About task={task} onOpenItem={onOpenItem} />
      </td>
      <td>{author || <Unknown />}</td>
    </tr>
  );
}

/** The item it is about, when that is here to be opened. */
function About({ task: { item }, onOpenItem }: { task: TaskRow; onOpenItem: (itemId: string) => void }) {
  if (!item) {
    return null;
  }
  if (item.accountName === null) {
    return <span className={classes["gone"]}>An item that is not here</span>;
  }
  return (
    <Hint shortcut="recordOpen" label="Go to the item">
      <UnstyledButton className={classes["link"]} onClick={() => onOpenItem(item.id)} data-action="open" data-testid="task-item">
        {item.accountName || "Item without a name"}
      </UnstyledButton>
    </Hint>
  );
}
