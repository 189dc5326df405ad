import { Button, Switch, UnstyledButton } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { DayField } from "../../components/day-field";
import { hint } from "../../components/hint";
import { Hint } from "../../components/keys";
import { Tag } from "../../components/tag";
import { useProblemToast } from "../../components/toast";
import type { FollowUpItem, FollowUpRow, OutcomeCode } from "../../host/bindings";
import { daysLeftWords, todayIso } from "../../lib/days";
import { date, plural } from "../../lib/format";
import { fieldMessage } from "../../lib/problem";
import { isShortcut } from "../../lib/shortcuts";
import { useFocusBack } from "../../lib/use-focus-back";
import { useSetFollowUp, useSetOutcome } from "../../lib/follow-ups";
import { urgency } from "./follow-ups";
import classes from "./follow-ups.module.css";
import { OutcomePicker } from "../../components/outcome-picker";

interface FollowUpCardProps {
  row: FollowUpRow;
  withClient: boolean;
  onOpenClient: ((clientId: string) => void) | undefined;
  onOpenLetter: (letterId: string) => void;
  /** Says what was recorded, with a way back. */
  onDone: (message: string, back: () => void) => void;
}

/** One letter that is out. Mailed, received and due stand apart, and what is only reckoned says so. */
export function FollowUpCard({ row, withClient, onOpenClient, onOpenLetter, onDone }: FollowUpCardProps) {
  const set = useSetFollowUp();
  const outcome = useSetOutcome();
  const report = useProblemToast();
  const { letterId, recipientName, clientName, clientId, sentBy, sentOn, dueOn, estimated, extended, daysLeft, open, items } = row;
  const mailed = sentBy === "mail";
  const card = useRef<HTMLLIElement>(null);

  const extend = (next: boolean) => {
    const change = (to: boolean) => set.mutate({ letterId, receivedOn: row.receivedOn, extended: to }, { onError: report });
    change(next);
    onDone(next ? "45 days apply." : "30 days apply.", () => change(!next));
  };
  const record = (item: FollowUpItem, to: OutcomeCode | null, name: string) => {
    const change = (code: OutcomeCode | null) => outcome.mutate({ letterId, itemIds: [item.itemId], outcome: code }, { onError: report });
    change(to);
    onDone(`${item.accountName}: ${name.toLowerCase()}.`, () => change(item.outcome));
  };
  const unanswered = items.filter((item) => item.outcome === null);

  return (
    <li ref={card} className={classes["card"]} tabIndex={-1} data-record data-testid="follow-up" data-letter-id={letterId} data-open={open}>
      <div className={classes["head"]}>
        <h2 className={classes["name"]}>{recipientName}</h2>
        {withClient ? (
          <Hint shortcut="recordClient" label="Open the client">
            <UnstyledButton className={classes["link"]} onClick={() => onOpenClient?.(clientId)} data-action="client" data-testid="follow-up-client">
              {clientName}
            </UnstyledButton>
          </Hint>
        ) : null}
        <Tag tone={urgency(row)}>{open ? daysLeftWords(daysLeft) : "Answered"}</Tag>
        <span className={classes["gap"]} />
        <Hint shortcut="recordOpen" label="Open the letter">
          <UnstyledButton className={classes["link"]} onClick={() => onOpenLetter(letterId)} data-action="open" data-testid="follow-up-letter">
            Show the letter
          </UnstyledButton>
        </Hint>
      </div>
      <div className={classes["times"]}>
        <dl className={classes["dates"]}>
          <Fact name={mailed ? "Mailed" : "Faxed"} testId="sent-on">
            <span className="figures">{date(sentOn)}</span>
          </Fact>
          <Fact name="Received" testId="received-on">
            <Received row={row} card={card} onDone={onDone} />
          </Fact>
          <Fact name="Answer due" testId="due-on">
            <span className="figures">{date(dueOn)}</span>{" "}
            {estimated ? (
              <Tag tone="info" title={mailed ? "Reckoned from the day of mailing and five days in the mail, because nothing says when it was received." : "Reckoned from the day of the fax, because nothing says when it was received."}>
                Estimated
              </Tag>
            ) : (
              <Tag title="Counted from the day on which it was received.">From receipt</Tag>
            )}
          </Fact>
        </dl>
        <Switch
          size="xs"
          className={classes["extended"] ?? ""}
          label="45 days"
          description="New facts from the client, or a free annual report"
          wrapperProps={hint("recordExtend", extended ? "30 days again" : "Give the recipient 45 days")}
          checked={extended}
          onChange={(event) => extend(event.currentTarget.checked)}
          data-action="extend"
          data-testid="extended"
        />
      </div>
      <table className={classes["items"]}>
        <caption>
          {plural(items.length, "item")}
          {unanswered.length > 0 && unanswered.length < items.length ? `, ${unanswered.length} without an outcome` : ""}
        </caption>
        <tbody>
          {items.map((item) => (
            <tr key={item.itemId} data-testid="follow-up-item">
              <th scope="row">{item.accountName}</th>
              <td>{item.reason}</td>
              <td>
                <OutcomePicker item={item} onPick={(to, name) => record(item, to, name)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}

function Fact({ name, testId, children }: { name: string; testId: string; children: ReactNode }) {
  return (
    <div data-testid={testId}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The day of receipt, which somebody must say: nothing guesses it. */
function Received({ row: { letterId, receivedOn, sentOn, extended }, card, onDone }: Pick<FollowUpCardProps, "row" | "onDone"> & { card: RefObject<HTMLElement | null> }) {
  const set = useSetFollowUp();
  const report = useProblemToast();
  const [editing, setEditing] = useState(false);
  const [day, setDay] = useState<string | null>(receivedOn);
  const form = useRef<HTMLFormElement>(null);
  useFocusBack(editing, card);
  useEffect(() => {
    if (editing) {
      form.current?.querySelector("input")?.focus();
    }
  }, [editing]);

  const save = (next: string | null) =>
    set.mutate(
      { letterId, receivedOn: next, extended },
      {
        onSuccess: () => {
          setEditing(false);
          onDone(next ? `Received on ${date(next)}.` : "The day of receipt is not known.", () =>
            set.mutate({ letterId, receivedOn, extended }, { onError: report }),
          );
        },
      },
    );

  if (!editing) {
    return (
      <>
        {receivedOn ? <span className="figures">{date(receivedOn)}</span> : <span className={classes["weak"]}>Not known</span>}
        <Hint shortcut="recordChange" label="Set the day of receipt">
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              setDay(receivedOn ?? todayIso());
              setEditing(true);
            }}
            data-action="change"
            data-testid="set-received"
          >
            {receivedOn ? "Change" : "Set"}
          </Button>
        </Hint>
      </>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape in any of its fields leaves it
    <form
      ref={form}
      className={classes["received"]}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) {
          return;
        }
        if (event.key === "Escape") {
          event.preventDefault();
          setEditing(false);
        } else if (isShortcut(event.nativeEvent, "recordSave")) {
          event.preventDefault();
          form.current?.requestSubmit();
        } else if (receivedOn && isShortcut(event.nativeEvent, "dialogOther")) {
          event.preventDefault();
          save(null);
        }
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (day) {
          save(day);
        }
      }}
    >
      <DayField
        label="Received on"
        size="xs"
        bare
        value={day}
        onChange={setDay}
        earliest={sentOn}
        latest={todayIso()}
        error={set.error ? (fieldMessage(set.error, "receivedOn", "received_on") ?? set.error.message) : undefined}
        testId="received-day"
      />
      <Hint shortcut="recordSave" label="Save">
        <Button size="xs" type="submit" disabled={!day} loading={set.isPending} data-testid="received-save">
          Save
        </Button>
      </Hint>
      {receivedOn ? (
        <Hint shortcut="dialogOther" label="The day is not known">
          <Button size="xs" variant="default" onClick={() => save(null)} data-testid="received-unknown">
            Not known
          </Button>
        </Hint>
      ) : null}
      <Hint shortcut="dialogLeave" label="Cancel">
        <Button size="xs" variant="subtle" onClick={() => setEditing(false)}>
          Cancel
        </Button>
      </Hint>
    </form>
  );
}
