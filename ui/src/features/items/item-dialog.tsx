import { Button, Modal, Skeleton } from "@mantine/core";
import { Fragment } from "react";
import { Hint } from "../../components/keys";
import { OutcomePicker } from "../../components/outcome-picker";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { FollowUpItem, FollowUpRow, ItemRow, OutcomeCode } from "../../host/bindings";
import { BUREAUS } from "../../lib/bureaus";
import { date, words } from "../../lib/format";
import { useFollowUps } from "../../lib/follow-ups";
import { useShortcuts } from "../../lib/use-shortcuts";
import form from "../../components/dialog-form.module.css";
import classes from "./item-dialog.module.css";

interface ItemDialogProps {
  clientId: string;
  /** The item; nothing while closed. */
  item: ItemRow | undefined;
  onClose: () => void;
  onExclude: (id: string) => void;
  /** Records what became of the item in one dispute. */
  onOutcome: (dispute: Dispute, outcome: OutcomeCode | null, name: string) => void;
}

/** A letter that is out, and what it says of the item. */
export interface Dispute {
  letter: FollowUpRow;
  item: FollowUpItem;
}

/** All of an item: its days, when it has to leave the report and why, and every dispute of it with what came of it. */
export function ItemDialog({ item, onClose, ...rest }: ItemDialogProps) {
  return (
    <Modal opened={item !== undefined} onClose={onClose} title="Negative item" size={680} data-testid="item-dialog">
      {item ? <Content item={item} onClose={onClose} {...rest} /> : null}
    </Modal>
  );
}

function Content({ clientId, item, onClose, onExclude, onOutcome }: ItemDialogProps & { item: ItemRow }) {
  const exclude = () => onExclude(item.id);
  useShortcuts({ exclude }, true, "dialog");
  const { obsolescence } = item;
  return (
    <div className={form["form"]}>
      <p className={form["lead"]}>
        <strong>{item.accountName}</strong> <span className="figures">{item.accountNumber || "No number"}</span>
        <span className={classes["kind"]}>{[bureau(item), item.accountType, item.accountStatus, words(item.status)].filter(Boolean).join(", ")}</span>
      </p>
      <Facts
        facts={[
          ["Balance", item.balance],
          ["Past due", item.pastDue],
          ["Late 30/60/90", item.lates.join(" / ")],
          ["Opened", day(item.opened)],
          ["Last activity", day(item.lastActivity)],
          ["Reported", day(item.reported)],
          ["Late or worse, last", day(item.lastAdverse)],
          ["Charged off", day(item.chargedOff)],
          ["In collection", day(item.collected)],
        ]}
      />
      <section aria-label="When it leaves the report" data-testid="item-leaves">
        <h3 className={classes["heading"]}>
          {leavesWords(item)} {obsolescence.obsolete ? <Tag tone="warn">Obsolete</Tag> : null}
        </h3>
        <p className={classes["because"]}>{obsolescence.because} A computed aid, not legal advice.</p>
      </section>
      <Disputes clientId={clientId} item={item} onOutcome={onOutcome} />
      <div className={form["buttons"]}>
        <Hint shortcut="exclude">
          <Button variant="default" onClick={exclude} data-testid="item-dialog-exclude">
            {item.excluded ? "Why it is excluded…" : "Exclude from disputes…"}
          </Button>
        </Hint>
        <Hint shortcut="dialogLeave">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </Hint>
      </div>
    </div>
  );
}

function Disputes({ clientId, item, onOutcome }: Pick<ItemDialogProps, "clientId" | "onOutcome"> & { item: ItemRow }) {
  const { data: letters, error, refetch, isFetching } = useFollowUps(clientId, true);
  const disputes = (letters ?? [])
    .flatMap((letter) => letter.items.filter(({ itemId }) => itemId === item.id).map((about): Dispute => ({ letter, item: about })))
    .toSorted((one, other) => one.letter.sentOn.localeCompare(other.letter.sentOn));
  return (
    <section aria-label="Disputes">
      <h3 className={classes["heading"]}>Disputes</h3>
      {error ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
      ) : letters === undefined ? (
        <Skeleton height={40} />
      ) : disputes.length === 0 ? (
        <p className={classes["because"]}>No letter of this desk about it is out.</p>
      ) : (
        <ol className={classes["disputes"]}>
          {disputes.map((dispute, at) => (
            <li key={dispute.letter.letterId} data-testid="item-dispute">
              <span className={classes["round"]}>Round {at + 1}</span>
              <span className={classes["told"]}>
                <span>
                  {dispute.letter.recipientName}, {dispute.letter.sentBy === "mail" ? "mailed" : "faxed"} {date(dispute.letter.sentOn)}
                </span>
                <span className={classes["because"]}>
                  {dispute.item.reason.replace(/\.$/, "")}. {when(dispute)}
                </span>
              </span>
              <OutcomePicker item={dispute.item} onPick={(outcome, name) => onOutcome(dispute, outcome, name)} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** "Received 11/03/2026." or when the answer is due. */
function when({ letter, item }: Dispute): string {
  const received = letter.receivedOn ? `Received ${date(letter.receivedOn)}. ` : "";
  return item.outcome ? received.trim() : `${received}Answer due ${date(letter.dueOn)}${letter.estimated ? ", estimated" : ""}.`;
}

function Facts({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd className="figures">{value ?? <Unknown />}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function day(iso: string | null): string | null {
  return iso ? date(iso) : null;
}

function bureau(item: ItemRow): string {
  return BUREAUS.find(({ code }) => code === item.bureau)?.name ?? "Bureau unknown";
}

/** "Leaves the report by 05/31/2028". */
function leavesWords({ obsolescence: { leaves, atLatest, obsolete } }: ItemRow): string {
  if (leaves === null) {
    return "Nobody knows when it leaves the report";
  }
  return `${obsolete ? "Had to leave" : "Leaves"} the report ${atLatest ? "by" : "on"} ${date(leaves)}`;
}
