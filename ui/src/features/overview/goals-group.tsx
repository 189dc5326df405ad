import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack, removes } from "../../components/outbox-mark";
import { PickerDialog } from "../../components/picker-dialog";
import { ProblemNotice } from "../../components/problem-notice";
import { nothingOf } from "../../components/record-access";
import { useRecordKeys } from "../../components/record-keys";
import type { Undo } from "../../components/use-undo";
import type { ClientGoals, GoalRow } from "../../host/bindings";
import { count } from "../../lib/format";
import { useGoals, useWriteGoal } from "./goals";
import classes from "./overview.module.css";

const NONE = { icon: "check", title: "No goals yet", text: "What the client wants to reach tells whoever works on the file next what comes first." } as const;

interface GoalsGroupProps {
  clientId: string;
  online: boolean | null;
  undo: Undo;
  /** Edits what stands beside the goals. */
  onEdit: (() => void) | undefined;
}

/** What the client works towards: given and taken away at once, with a way back while it waits for the portal. */
export function GoalsGroup({ clientId, online, undo: { offer, undo, cancel, report }, onEdit }: GoalsGroupProps) {
  const { data, error, refetch } = useGoals(clientId);
  const [choosing, setChoosing] = useState(false);
  const write = useWriteGoal();
  useRecordKeys({ onAdd: () => setChoosing(true), onChange: onEdit, onUndo: undo });

  const give = (goalId: string, name: string) => {
    setChoosing(false);
    write.mutate({ does: "goal_assign", clientId, goalId }, { onError: report, onSuccess: (items) => offer(`${name} is a goal of the client.`, items) });
  };
  const takeAway = ({ id, name }: GoalRow) =>
    write.mutate({ does: "goal_remove", clientId, goalId: id }, { onError: report, onSuccess: (items) => offer(`${goalName(name)} will be taken away.`, items) });

  return (
    <section className={classes["group"]} aria-label="Goals" data-testid="goals">
      <header className={classes["head"]}>
        <h2>
          Goals <span className="figures">{data ? count(data.goals.length) : ""}</span>
        </h2>
        <Hint shortcut="recordAdd" label="Add a goal">
          <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => setChoosing(true)} disabled={!data} data-testid="goal-add">
            Add a goal
          </Button>
        </Hint>
      </header>
      {!data ? (
        error ? (
          <ProblemNotice problem={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton height={48} />
        )
      ) : (
        <>
          {data.goals.length > 0 ? (
            <ul className={classes["goals"]}>
              {data.goals.map((goal) => (
                <Goal key={goal.id} goal={goal} onRemove={() => takeAway(goal)} onTakeBack={() => cancel(goal.pending ? [goal.pending.id] : [])} />
              ))}
            </ul>
          ) : (
            <None data={data} />
          )}
          {data.goals.length > 0 && data.access !== "read" ? <p className={classes["none"]}>{nothingOf("this client's goals", data.access, NONE).title}.</p> : null}
          {online === false ? <p className={classes["none"]}>Offline: what you change waits in the outbox until the portal can be reached.</p> : null}
        </>
      )}
      <PickerDialog
        opened={choosing && data !== undefined}
        onClose={() => setChoosing(false)}
        title="Add a goal"
        placeholder="What does the client want to reach?"
        options={(data ? free(data) : []).map(({ id, name }) => ({ id, label: goalName(name) }))}
        empty={data ? nothingToChoose(data) : ""}
        onPick={(id) => give(id, goalName(data?.choices.find((choice) => choice.id === id)?.name ?? ""))}
        testId="goal-picker"
      />
    </section>
  );
}

function Goal({ goal: { name, pending }, onRemove, onTakeBack }: { goal: GoalRow; onRemove: () => void; onTakeBack: () => void }) {
  return (
    <li className={classes["goal"]} tabIndex={-1} data-record data-testid="goal-row" data-leaving={removes(pending)}>
      <span className={classes["goalName"]}>{goalName(name)}</span>
      {pending ? <OutboxMark item={pending} /> : null}
      <span className={classes["actions"]}>
        {canTakeBack(pending) ? (
          <Hint shortcut="recordTakeBack">
            <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-action="takeback" data-testid="take-back">
              {removes(pending) ? "Keep it" : "Do not send"}
            </Button>
          </Hint>
        ) : null}
        {pending === null ? (
          <Hint shortcut="recordRemove" label="Remove">
            <ActionIcon size={24} onClick={onRemove} aria-label={`Remove the goal ${goalName(name)}`} data-action="remove">
              <Icon name="trash" size={14} />
            </ActionIcon>
          </Hint>
        ) : null}
      </span>
    </li>
  );
}

function None({ data: { access } }: { data: ClientGoals }) {
  const { title, text } = nothingOf("this client's goals", access, NONE);
  return (
    <p className={classes["none"]} data-testid="goals-none">
      <strong>{title}.</strong> {text}
    </p>
  );
}

function goalName(name: string): string {
  return name || "Goal without a name";
}

/** Goals that the client has not. One that waits to be taken away is kept where it stands, not given anew. */
function free({ choices, goals }: ClientGoals) {
  const has = new Set(goals.map(({ id }) => id));
  return choices.filter(({ id }) => !has.has(id));
}

/** Why nothing can be chosen. */
function nothingToChoose(data: ClientGoals): string {
  if (data.choices.length === 0) {
    const none = { icon: "check", title: "The company has set up no goals", text: "They are made in the portal." } as const;
    const { title, text } = nothingOf("the list of goals", data.choicesAccess, none);
    return `${title}. ${text}`;
  }
  return free(data).length === 0 ? "The client has every goal that there is." : "No goal has these words.";
}
