import { Checkbox, Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { FilterBar } from "../../components/filter-bar";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { TaskPart, TaskRow } from "../../host/bindings";
import { date } from "../../lib/format";
import { useShortcuts } from "../../lib/use-shortcuts";
import { TASK_PARTS, isOverdue, nearness, standing, useAllTasks } from "./tasks";
import classes from "./tasks-page.module.css";

const ROW_HEIGHT = 40;
/** The heads stay over the lines as these are scrolled. */
const HEAD_HEIGHT = 31;

/** What stands in place of no tasks. */
const NONE: Record<TaskPart, { title: string; text: string }> = {
  open: { title: "No open tasks", text: "Colleagues and workflows make them in the portal; they come with the next sync." },
  overdue: { title: "Nothing is overdue", text: "Every open task has its day still to come." },
  over: { title: "Nothing is done yet", text: "Tasks that were done or cancelled in the portal stand here." },
};

/** Everyone's tasks by their day, what is late first. Each line opens its client's tasks. Only the rows in sight are fetched and drawn. */
export function TasksPage({ place }: { place: (clientId: string) => string }) {
  const [part, setPart] = useState<TaskPart>("open");
  const [mine, setMine] = useState(false);
  const [active, setActive] = useState(0);
  const [range, setRange] = useState({ first: 0, last: 40 });
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const tasks = useAllTasks(part, mine, range.first, range.last);
  const total = tasks.total ?? 0;

  const virtualizer = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12, scrollMargin: HEAD_HEIGHT, scrollPaddingStart: HEAD_HEIGHT });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 40;
  if (first !== range.first || last !== range.last) {
    setRange({ first, last });
  }

  useEffect(() => {
    scroller.current?.scrollTo?.({ top: 0 });
  }, [part, mine]);

  const at = Math.min(active, Math.max(0, total - 1));
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    scroller.current?.focus({ preventScroll: true });
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const step = (by: number) => move(document.activeElement === scroller.current ? at + by : at);
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_HEIGHT) - 1);
  const open = (task: TaskRow | undefined) => {
    if (task) {
      window.location.hash = place(task.clientId);
    }
  };
  useShortcuts({ recordDown: () => step(1), recordUp: () => step(-1), recordOpen: () => (document.activeElement === scroller.current ? open(tasks.row(at)) : undefined) });

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { PageDown: at + page, PageUp: at - page, Home: 0, End: total - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    }
  };
  const show = (next: { part?: TaskPart; mine?: boolean }) => {
    setPart(next.part ?? part);
    setMine(next.mine ?? mine);
    setActive(0);
  };

  return (
    <section className={classes["page"]} aria-label="Tasks of all clients">
      <header className={classes["head"]}>
        <PageTitle>Tasks</PageTitle>
        <FilterBar
          label="Which tasks"
          options={TASK_PARTS.map((option) => (tasks.counts ? { ...option, count: tasks.counts[option.id] } : option))}
          value={part}
          onChange={(next) => show({ part: next })}
        />
        <Checkbox
          size="xs"
          label="Made by me"
          title="The portal names who made a task, and nobody who is to do it."
          checked={mine}
          onChange={(event) => show({ mine: event.currentTarget.checked })}
          data-testid="tasks-mine"
        />
        <span className={classes["aside"]}>Tasks are made and done in the portal.</span>
      </header>
      {tasks.problem ? (
        <div className={classes["problem"]}>
          <ProblemNotice problem={tasks.problem} onRetry={tasks.retry} />
        </div>
      ) : null}
      <div
        ref={scroller}
        id={gridId}
        role="grid"
        aria-label="Tasks of all clients"
        aria-rowcount={total + 1}
        aria-activedescendant={tasks.row(at) ? `${gridId}-${at}` : undefined}
        className={classes["grid"]}
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-testid="task-lines"
      >
        <div role="rowgroup" className={classes["columns"]}>
          <div role="row" aria-rowindex={1} className={classes["row"]}>
            <span role="columnheader">Due</span>
            <span role="columnheader">{part === "over" ? "State" : "Days left"}</span>
            <span role="columnheader">Task</span>
            <span role="columnheader">Client</span>
            <span role="columnheader">About</span>
            <span role="columnheader">Made by</span>
          </div>
        </div>
        <div role="rowgroup">
          {tasks.total === null && !tasks.problem ? <Ghosts /> : null}
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
            {visible.map(({ index, start }) => (
              <Line
                key={index}
                id={`${gridId}-${index}`}
                index={index}
                top={start - HEAD_HEIGHT}
                task={tasks.row(index)}
                sameDay={index > 0 && tasks.row(index) !== undefined && tasks.row(index - 1)?.dueOn === tasks.row(index)?.dueOn}
                active={index === at}
                onOpen={open}
              />
            ))}
          </div>
        </div>
      </div>
      {tasks.total === 0 ? (
        <div className={classes["none"]}>
          <EmptyState icon="check" title={mine ? `${NONE[part].title} that you made` : NONE[part].title}>
            <p>{NONE[part].text}</p>
          </EmptyState>
        </div>
      ) : null}
    </section>
  );
}

interface LineProps {
  id: string;
  index: number;
  top: number;
  task: TaskRow | undefined;
  /** As the line above: the day is said once. */
  sameDay: boolean;
  active: boolean;
  onOpen: (task: TaskRow) => void;
}

function Line({ id, index, top, task, sameDay, active, onOpen }: LineProps) {
  const place = { height: ROW_HEIGHT, transform: `translateY(${top}px)` };
  if (!task) {
    return (
      <div role="row" aria-rowindex={index + 2} className={classes["row"]} style={place}>
        <span role="gridcell">
          <Skeleton height={14} width="70%" />
        </span>
      </div>
    );
  }
  const near = nearness(task);
  const state = task.stage === "open" ? near : standing(task);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys go to the list, which names the active line
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={classes["row"]}
      style={place}
      onClick={() => onOpen(task)}
      data-same-day={sameDay}
      data-overdue={isOverdue(task)}
      data-testid="all-tasks-row"
    >
      <span role="gridcell" className={classes["day"]}>
        {task.dueOn ? date(task.dueOn) : "No day"}
      </span>
      <span role="gridcell">{state ? <Tag tone={state.tone}>{state.text}</Tag> : null}</span>
      <span role="gridcell" title={[task.name, task.description].filter(Boolean).join(": ")}>
        <span className={classes["name"]}>{task.name || "Task without a name"}</span>
        {task.description ? <span className={classes["weak"]}> {task.description}</span> : null}
      </span>
      <span role="gridcell">{task.clientName}</span>
      <span role="gridcell" className={classes["weak"]}>
        {task.item ? (task.item.accountName ?? "An item that is not here") : ""}
      </span>
      <span role="gridcell" className={classes["weak"]}>
        {task.author}
      </span>
    </div>
  );
}

function Ghosts() {
  return (
    <div aria-busy="true" data-testid="tasks-loading">
      {["one", "two", "three", "four", "five", "six"].map((key) => (
        <div key={key} className={classes["ghost"]} style={{ height: ROW_HEIGHT }}>
          <Skeleton height={14} />
        </div>
      ))}
    </div>
  );
}
