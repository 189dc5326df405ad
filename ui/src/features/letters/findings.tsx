import { Button, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag, type Tone } from "../../components/tag";
import { useProblemToast } from "../../components/toast";
import type { GateFinding, GatePlace, LetterChecked, LetterRow, Problem } from "../../host/bindings";
import { date, instant, plural } from "../../lib/format";
import { blocking, warnings } from "../../lib/gate";
import { reviewBy } from "../../lib/outcomes";
import { useShortcuts } from "../../lib/use-shortcuts";
import classes from "./findings.module.css";
import { useOverride } from "./letters";
import { OverrideDialog } from "./override-dialog";

/** Where the list of rules is. The application's routes read the same, and the client's follow-ups below. */
const GATE = "#/gate";

interface FindingsProps {
  letter: LetterRow;
  checked: LetterChecked | undefined;
  pending: boolean;
  problem: Problem | null;
  onRetry: () => void;
  /** The finding that F8 came to. */
  current: number | null;
  onJump: (place: GatePlace) => void;
  onReview: () => void;
  /** Goes on to the next finding, in this letter or a later one. */
  onNext?: () => void;
  /** Says what was overridden, with a way back. */
  onDone: (message: string, back: () => void) => void;
}

const JUMPS: Partial<Record<GatePlace["kind"], string>> = {
  agreement: "The client",
  documents: "Documents",
  review: "Record the review",
  item: "The item",
  letter: "The page",
  other_letter: "The other letter",
};

/** What the gate finds in the letter in view, each with the way to where it is mended. */
export function Findings({ letter, checked, pending, problem, onRetry, current, onJump, onReview, onNext, onDone }: FindingsProps) {
  const [asking, setAsking] = useState<GateFinding | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const override = useOverride();
  const report = useProblemToast();

  useEffect(() => {
    if (current !== null) {
      list.current?.querySelector<HTMLElement>(`[data-finding="${current}"]`)?.focus();
    }
  }, [current]);

  const set = ({ rule, subject }: GateFinding, reason: string | null, onSuccess?: () => void) => {
    override.mutate({ letterId: letter.id, rule, subject, reason }, { onError: report, ...(onSuccess ? { onSuccess } : {}) });
  };
  const takeBack = (finding: GateFinding) => {
    const reason = finding.overridden?.reason ?? null;
    set(finding, null, () => onDone(`No longer overridden: ${finding.title}.`, () => set(finding, reason)));
  };

  /** The finding that has the focus is meant, else the first that offers it. */
  const press = (action: string) => {
    const focused = document.activeElement?.closest("[data-finding]") ?? list.current;
    focused?.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
  };
  useShortcuts({ findingMend: () => press("mend"), override: () => press("override"), overrideBack: () => press("back") });

  if (letter.sentOn !== null) {
    return (
      <div className={classes["panel"]} data-testid="findings">
        <p className={classes["summary"]}>
          <Tag tone="good">Sent</Tag> Mailed or faxed on {date(letter.sentOn)}. <Reviewed letter={letter} onReview={null} />
          <a href={`#/clients/${encodeURIComponent(letter.clientId)}/follow-ups`} className={classes["rules"]} data-testid="letter-follow-up">
            Its answer
          </a>
        </p>
      </div>
    );
  }
  if (problem && !checked) {
    return (
      <div className={classes["panel"]}>
        <ProblemNotice problem={problem} title="The findings cannot be shown" onRetry={onRetry} />
      </div>
    );
  }
  return (
    <section className={classes["panel"]} aria-label="Findings" data-testid="findings">
      <div className={classes["summary"]} role="status">
        {checked ? <GateMark checked={checked} /> : pending ? <span className={classes["weak"]}>Looking at the letter</span> : null}
        <Reviewed letter={letter} onReview={onReview} />
        {onNext ? (
          <Hint shortcut="findingNext">
            <Button size="compact-xs" variant="subtle" onClick={onNext} data-testid="finding-next">
              Next finding
            </Button>
          </Hint>
        ) : null}
        <a href={GATE} className={classes["rules"]}>
          The rules
        </a>
      </div>
      {checked && checked.findings.length > 0 ? (
        <ul className={classes["list"]} ref={list}>
          {checked.findings.map((finding, index) => (
            <FindingLine
              key={`${finding.rule} ${finding.subject}`}
              finding={finding}
              index={index}
              current={index === current}
              onJump={() => (finding.place.kind === "review" ? onReview() : onJump(finding.place))}
              onOverride={() => setAsking(finding)}
              onTakeBack={() => takeBack(finding)}
            />
          ))}
        </ul>
      ) : null}
      <OverrideDialog
        letter={letter}
        finding={asking}
        onClose={() => setAsking(null)}
        onOverridden={(finding) => {
          setAsking(null);
          onDone(`Overridden: ${finding.title}.`, () => set(finding, null));
        }}
      />
    </section>
  );
}

interface FindingLineProps {
  finding: GateFinding;
  index: number;
  current: boolean;
  onJump: () => void;
  onOverride: () => void;
  onTakeBack: () => void;
}

function FindingLine({ finding, index, current, onJump, onOverride, onTakeBack }: FindingLineProps) {
  const { title, severity, message, place, overridden } = finding;
  const blocks = severity === "block" && overridden === null;
  const jump = JUMPS[place.kind];
  return (
    <li
      tabIndex={-1}
      className={classes["finding"]}
      data-severity={overridden ? "overridden" : severity}
      data-current={current}
      data-finding={index}
      data-rule={finding.rule}
      data-testid="finding"
    >
      <span className={classes["icon"]}>
        <Icon name={overridden ? "check" : "warning"} />
      </span>
      <span className={classes["text"]}>
        <span>
          <strong>{title}.</strong> <span className={classes["severity"]}>{overridden ? "Overridden." : blocks ? "Holds the letter." : ""}</span> {message}
        </span>
        {overridden ? (
          <span className={classes["weak"]} data-testid="overridden">
            By {overridden.by} on {instant(overridden.at)}: {overridden.reason}
          </span>
        ) : null}
      </span>
      <span className={classes["actions"]}>
        {jump ? (
          <Hint shortcut="findingMend">
            <Button size="compact-xs" variant="subtle" onClick={onJump} data-action="mend" data-testid="finding-jump">
              {jump}
            </Button>
          </Hint>
        ) : null}
        {blocks ? (
          <Hint shortcut="override">
            <Button size="compact-xs" variant="default" onClick={onOverride} data-action="override" data-testid="override">
              Override
            </Button>
          </Hint>
        ) : null}
        {overridden ? (
          <Hint shortcut="overrideBack">
            <Button size="compact-xs" variant="default" onClick={onTakeBack} data-action="back" data-testid="take-back-override">
              Take back
            </Button>
          </Hint>
        ) : null}
      </span>
    </li>
  );
}

/** "Reviewed by phone on 03/05/2026", or the way to record it. */
function Reviewed({ letter: { review }, onReview }: { letter: LetterRow; onReview: (() => void) | null }) {
  const text = review ? `Reviewed ${reviewBy(review.channel)} on ${date(review.on)}` : "Client review not recorded";
  if (!onReview) {
    return <span className={classes["weak"]}>{text}</span>;
  }
  return (
    <Hint shortcut="review" label={review ? `Recorded by ${review.by}` : "Record the client's review"}>
      <UnstyledButton className={classes["review"]} onClick={onReview} data-testid="letter-review">
        {text}
      </UnstyledButton>
    </Hint>
  );
}

/** Blocked, so many warnings, or ready: one calm word about a letter. */
export function GateMark({ checked }: { checked: LetterChecked }) {
  const { tone, text } = markOf(checked);
  return (
    <span data-testid="gate-mark" data-blocked={checked.blocked}>
      <Tag tone={tone}>{text}</Tag>
    </span>
  );
}

export function markOf(checked: LetterChecked): { tone: Tone; text: string } {
  if (checked.blocked) {
    const held = blocking(checked).length;
    return { tone: "bad", text: held > 1 ? `Blocked by ${held}` : "Blocked" };
  }
  const warned = warnings(checked).length;
  return warned > 0 ? { tone: "warn", text: plural(warned, "warning") } : { tone: "neutral", text: "Ready" };
}
