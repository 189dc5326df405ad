import { Button, Checkbox, Modal, Skeleton, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { GoesWithWarnings, KeptLetters, whyKept } from "../../components/kept-letters";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { type Undo, useUndo } from "../../components/use-undo";
import type { FaxesQueued, LetterChecked, LetterRow } from "../../host/bindings";
import { date, listed, plural } from "../../lib/format";
import { goesOut, useChecks } from "../../lib/gate";
import { useUnsentRows } from "../../lib/unsent-rows";
import { useShortcuts } from "../../lib/use-shortcuts";
import classes from "./fax-dialog.module.css";
import { type Party, numberFault, parties, useFax, useFaxLimit, useReattempts, useFurnisherNumbers } from "./fax";
import { FaxPreview } from "./fax-preview";
import { FaxProgress, MANY } from "./fax-progress";

interface FaxDialogProps {
  /** What to fax, in order; `null` while closed. */
  letters: readonly LetterRow[] | null;
  onClose: () => void;
  onLook: (letter: LetterRow) => void;
  onOpenOutbox: () => void;
}

/** How many faxes, to which numbers, and what cannot be faxed and why, before anything is queued. */
export function FaxDialog({ letters, onClose, onLook, onOpenOutbox }: FaxDialogProps) {
  const [looking, setLooking] = useState(false);
  // Outlives what is in the dialog, as its message does.
  const { offer } = useUndo();
  const shut = () => {
    setLooking(false);
    onClose();
  };
  return (
    <Modal
      opened={letters !== null}
      onClose={shut}
      title="Fax"
      size={looking ? 1160 : 560}
      {...(looking ? { yOffset: 24, padding: 0, classNames: { content: classes["wide"] ?? "", header: classes["wideHeader"] ?? "", body: classes["wideBody"] ?? "" } } : {})}
      data-testid="fax-dialog"
    >
      {letters ? <Loaded letters={letters} looking={looking} onLooking={setLooking} onClose={shut} onLook={onLook} onOpenOutbox={onOpenOutbox} offer={offer} /> : null}
    </Modal>
  );
}

interface FormProps {
  letters: readonly LetterRow[];
  /** The faxes are shown beside the form. */
  looking: boolean;
  onLooking: (looking: boolean) => void;
  onClose: () => void;
  onLook: (letter: LetterRow) => void;
  onOpenOutbox: () => void;
  /** Says what was queued, with a way back. */
  offer: Undo["offer"];
}

function Loaded(props: FormProps) {
  const waiting = useUnsentRows();
  // What was just taken back does not count as waiting, and a form that is shown stays.
  const [current, setCurrent] = useState(false);
  if (!current && waiting.data && (!waiting.isStale || waiting.isFetchedAfterMount)) {
    setCurrent(true);
  }
  const [groups] = useState(() => parties(props.letters));
  // A letter knows the number of its own day; of a furnisher without one, the portal's list may know it by now.
  const [named] = useState(() => groups.filter(({ isBureau, number }) => !isBureau && number === null).map(({ name }) => name));
  const found = useFurnisherNumbers(named);
  // Both at once: a cover page is one page more, and choosing it must not take the form away.
  const ids = props.letters.filter(goesOut).map(({ id }) => id);
  const bare = useChecks(ids, "fax");
  const covered = useChecks(ids, "fax_after_cover");
  const failed = bare.problem ?? covered.problem;
  if (failed) {
    const retry = () => {
      bare.retry();
      covered.retry();
    };
    return <ProblemNotice problem={failed} onRetry={retry} />;
  }
  if (waiting.error) {
    return <ProblemNotice problem={waiting.error} onRetry={() => void waiting.refetch()} retrying={waiting.isFetching} />;
  }
  if (!waiting.data || !current || !found || bare.pending || covered.pending) {
    return <Skeleton height={160} />;
  }
  const queued = new Set(waiting.data.filter(({ kind }) => kind === "fax").flatMap(({ letterId }) => letterId ?? []));
  const known = new Map(groups.map(({ name, number }) => [name, number ?? found.get(name) ?? ""]));
  return <FaxForm {...props} queued={queued} known={known} bare={bare.byLetter} covered={covered.byLetter} />;
}

interface FaxFormProps extends FormProps {
  queued: ReadonlySet<string>;
  /** Fax numbers by party. */
  known: ReadonlyMap<string, string>;
  /** What the gate finds in the letters as they are, and after a cover page. */
  bare: ReadonlyMap<string, LetterChecked>;
  covered: ReadonlyMap<string, LetterChecked>;
}

function FaxForm({ letters, looking, onLooking, onClose, onLook, onOpenOutbox, offer, queued, known, bare, covered }: FaxFormProps) {
  const [cover, setCover] = useState(false);
  const checked = cover ? covered : bare;
  const limit = useFaxLimit();
  const reattempts = useReattempts();
  // As it stood when the dialog opened: what was just queued is not then "in the outbox already".
  const [waits] = useState(queued);
  const fax = useFax();
  // What the numbers were waited for took the first focus of the dialog.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus(), []);
  const [numbers, setNumbers] = useState<Record<string, string>>(() => Object.fromEntries(known));
  const kept = letters.filter((letter) => checked.get(letter.id)?.blocked === true && !waits.has(letter.id));
  const free = letters.filter((letter) => goesOut(letter) && !waits.has(letter.id) && !kept.includes(letter));
  const groups = parties(free);
  const typed = (party: Party) => numbers[party.name]?.trim() ?? "";
  // Left empty, each letter goes to the number that it was written with; the portal may know none of a bureau.
  const reachable = (party: Party) => typed(party) !== "" || party.letters.every(({ faxNumber }) => faxNumber !== null);
  const ready = groups.filter((party) => numberFault(typed(party)) === null && reachable(party));
  const faulty = groups.some((party) => numberFault(typed(party)) !== null);
  const going = ready.flatMap((party) => party.letters);
  const pagesOf = (which: readonly LetterRow[]) => which.reduce((sum, letter) => sum + letter.pages + (cover ? 1 : 0), 0);
  const pages = pagesOf(going);
  useShortcuts({ faxLook: () => onLooking(!looking && free.length > 0) }, true, "dialog");
  const amount = `${plural(going.length, "fax", "faxes")}, ${plural(pages, "page")}`;
  const left = leftOut(letters, waits, groups.filter((party) => !reachable(party)));

  const go = () => {
    const ids = new Set(going.map(({ id }) => id));
    const to = ready.flatMap((party) => party.letters.map(({ id }): [string, string] => [id, typed(party)])).filter(([, number]) => number !== "");
    fax.mutate(
      { letterIds: letters.filter(({ id }) => ids.has(id)).map(({ id }) => id), numbers: Object.fromEntries(to), cover },
      {
        onSuccess: (result) => {
          if (result.queued.length > 0) {
            offer(`${plural(result.queued.length, "fax", "faxes")} in the outbox.`, result.queued, { label: "Open the outbox", go: onOpenOutbox });
          }
          if (result.problems.length === 0 && result.queued.length <= MANY) {
            onClose();
          }
        },
      },
    );
  };

  if (fax.data && fax.data.problems.length > 0) {
    return <NotQueued result={fax.data} letters={letters} onClose={onClose} onBack={fax.reset} />;
  }
  if (fax.data && fax.data.queued.length > MANY) {
    return <FaxProgress queued={fax.data.queued} onClose={onClose} onOpenOutbox={onOpenOutbox} />;
  }
  const numberOf = (letter: LetterRow) => {
    const text = numbers[letter.recipientName]?.trim() ?? "";
    return text === "" || numberFault(text) !== null ? null : text;
  };
  const filled = (
    <form
      ref={form}
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {groups.length > 0 ? (
        <div className={classes["parties"]}>
          {groups.map((party) => (
            <TextInput
              key={party.name}
              label={party.name}
              description={`${plural(party.letters.length, "letter")}, ${plural(pagesOf(party.letters), "page")}`}
              placeholder={party.letters.every(({ faxNumber }) => faxNumber !== null) ? "The number the portal keeps" : "Ten digits"}
              value={numbers[party.name] ?? ""}
              error={numberFault(typed(party))}
              inputMode="tel"
              autoComplete="off"
              data-autofocus={party === groups.find((one) => !reachable(one)) ? true : undefined}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setNumbers((before) => ({ ...before, [party.name]: value }));
              }}
              classNames={{ root: classes["party"] ?? "", description: classes["amount"] ?? "" }}
              data-testid="fax-number"
            />
          ))}
        </div>
      ) : null}
      {free.length > 0 ? (
        <div className={classes["choices"]}>
          <Checkbox
            label="Cover page before each letter"
            checked={cover}
            onChange={(event) => setCover(event.currentTarget.checked)}
            data-testid="fax-cover"
          />
          <Hint shortcut="faxLook">
            <Button size="xs" variant="default" leftSection={<Icon name="eye" />} aria-pressed={looking} onClick={() => onLooking(!looking)} data-testid="fax-look">
              {looking ? "Hide the pages" : "See what arrives"}
            </Button>
          </Hint>
        </div>
      ) : null}
      {going.length > 0 ? (
        <p className={classes["sentence"]} data-testid="fax-sentence">
          <strong>{amount}</strong> to {listed(ready.map((party) => `${party.name} at ${typed(party) || "the number the portal keeps for it"}`))}. Each goes
          out once, as soon as the portal takes it, and waits in the outbox until then.
          {reattempts ? ` The portal tries a line that fails again, up to ${plural(reattempts, "time")}.` : ""}
          {limit ? ` A fax has ${limit.pages} pages at most${limit.blocks ? "" : "; a longer one goes with a warning"}.` : ""}
        </p>
      ) : null}
      <KeptLetters
        title={`${plural(kept.length, "letter stays", "letters stay")} here`}
        kept={kept.map((letter) => {
          const found = checked.get(letter.id);
          return { letter, why: found ? whyKept(found) : "" };
        })}
        onLook={(letter) => {
          onClose();
          onLook(letter);
        }}
        testId="fax-kept"
      />
      <GoesWithWarnings going={going.flatMap(({ id }) => checked.get(id) ?? [])} />
      {left.length > 0 ? (
        <Notice kind="caution" title={going.length > 0 || kept.length > 0 ? "Not faxed" : "None of these letters can be faxed"} testId="fax-left-out">
          <ul className={classes["left"]}>
            {left.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {going.some(({ stage }) => stage === "printed") ? (
        <Notice kind="caution">
          <p>{plural(going.filter(({ stage }) => stage === "printed").length, "of them was", "of them were")} printed before. Send only one copy.</p>
        </Notice>
      ) : null}
      {fax.error ? <ProblemNotice problem={fax.error} /> : null}
      <DialogButtons
        leave="Do not fax"
        onLeave={onClose}
        disabled={going.length === 0 || faulty}
        loading={fax.isPending}
        data-autofocus={groups.every(reachable) ? true : undefined}
        data-testid="fax-confirm"
      >
        {going.length > 0 ? `Send ${amount}` : "Send"}
      </DialogButtons>
    </form>
  );
  const beside = looking && free.length > 0;
  return (
    <div className={beside ? classes["beside"] : undefined}>
      <div className={beside ? classes["side"] : undefined}>{filled}</div>
      {beside ? <FaxPreview letters={free} numberOf={numberOf} cover={cover} limit={limit?.pages ?? null} /> : null}
    </div>
  );
}

/** The letters that are not faxed, each with why. */
function leftOut(letters: readonly LetterRow[], waits: ReadonlySet<string>, unknown: readonly Party[]): { id: string; text: string }[] {
  const own = letters.flatMap(({ id, stage, sentOn, recipientName, clientName }) => {
    const which = `The letter to ${recipientName} for ${clientName}`;
    if (stage === "discarded") {
      return [{ id, text: `${which} is discarded. Bring it back first.` }];
    }
    if (sentOn !== null) {
      return [{ id, text: `${which} went out on ${date(sentOn)} already.` }];
    }
    return waits.has(id) ? [{ id, text: `${which} waits in the outbox as a fax already.` }] : [];
  });
  const numberless = unknown.map(({ name, letters: theirs }) => ({
    id: name,
    text: `${name}: the portal has no single fax number for it. Enter one above, or ${plural(theirs.length, "letter is", "letters are")} left out.`,
  }));
  return [...own, ...numberless];
}

/** Some were not queued; those that were are on their way. */
function NotQueued({ result, letters, onClose, onBack }: { result: FaxesQueued; letters: readonly LetterRow[]; onClose: () => void; onBack: () => void }) {
  const name = (id: string) => letters.find((letter) => letter.id === id)?.recipientName ?? "A letter no longer here";
  return (
    <div className={classes["form"]}>
      <Notice kind="problem" alert title={`${plural(result.problems.length, "fax was", "faxes were")} not queued`} testId="fax-problems">
        {result.queued.length > 0 ? <p>{plural(result.queued.length, "fax is", "faxes are")} in the outbox.</p> : null}
        <ul className={classes["left"]}>
          {result.problems.map(({ letterId, problem }) => (
            <li key={letterId} data-code={problem.code}>
              <strong>{name(letterId)}:</strong> {problem.message}
            </li>
          ))}
        </ul>
      </Notice>
      <div className={classes["buttons"]}>
        {result.queued.length === 0 ? (
          <Hint shortcut="dialogBack" label="Back to the numbers">
            <Button variant="default" onClick={onBack}>
              Back to the numbers
            </Button>
          </Hint>
        ) : null}
        <Hint shortcut="dialogLeave">
          <Button onClick={onClose} data-autofocus data-testid="fax-close">
            Close
          </Button>
        </Hint>
      </div>
    </div>
  );
}
