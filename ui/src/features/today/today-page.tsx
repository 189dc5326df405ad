import { Skeleton } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { DayLine, DayMore, DaySection } from "../../components/day-section";
import { EmptyState } from "../../components/empty-state";
import type { IconName } from "../../components/icon";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import type { AsideRow, FollowUpRow, PrintRunRow, Today } from "../../host/bindings";
import { useAsides } from "../../lib/asides";
import { daysLeftWords } from "../../lib/days";
import { ago, count, date, instant, listed, plural } from "../../lib/format";
import { useNow } from "../../lib/use-now";
import { useShortcuts } from "../../lib/use-shortcuts";
import { type Waiting, byClient, isQuiet, useToday } from "./today";
import classes from "./today.module.css";

/** Where a line leads: the hash of the place to act. */
export interface TodayPlaces {
  followUps: (clientId: string | null) => string;
  /** The first in view, and all of them chosen. */
  letters: (letterIds: readonly string[]) => string;
  run: (id: string) => string;
  runs: string;
  outbox: string;
  settings: string;
}

interface TodayPageProps {
  places: TodayPlaces;
  /** Whether the portal answered when last asked; `null` while nobody knows. */
  online: boolean | null;
  further: Further;
}

/** Work of another kind that the day shows beside its own. */
export interface Further {
  /** Whether any of it waits; `undefined` while nobody knows. */
  waits: boolean | undefined;
  part: ReactNode;
}

const SHOWN = 8;

/** The day's work, what is late first. Every line opens the place to act. */
export function TodayPage({ places, online, further }: TodayPageProps) {
  const { data: today, error, refetch, isFetching } = useToday();
  // What keeps them from being read is said in the settings; the day goes on.
  const unsentAside = (useAsides().data ?? []).filter(({ unsent }) => unsent > 0);
  const now = useNow();

  const shown = today !== undefined && further.waits !== undefined;
  useEffect(() => {
    // For whoever measures a cold start: the window opens here, and the first time counts.
    if (shown && performance.getEntriesByName("day-shown").length === 0) {
      performance.mark("day-shown");
    }
  }, [shown]);

  useShortcuts({ todayDown: () => move(1), todayUp: () => move(-1) });

  return (
    <>
      <header className={classes["head"]}>
        <PageTitle>Today</PageTitle>
        {today ? <span className={classes["day"]}>{longDay(today.date)}</span> : null}
        <span className={classes["synced"]} data-testid="today-synced">
          {today ? synced(today, online, now) : ""}
        </span>
      </header>
      <div className={classes["page"]}>
        {error && !today ? (
          <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
        ) : today === undefined || further.waits === undefined ? (
          <div className={classes["ghosts"]} data-testid="today-loading">
            {["one", "two", "three"].map((key) => (
              <Skeleton key={key} height={110} />
            ))}
          </div>
        ) : isQuiet(today) && !further.waits && unsentAside.length === 0 ? (
          <Quiet today={today} places={places} />
        ) : (
          <Work today={today} unsentAside={unsentAside} places={places} further={further.part} />
        )}
      </div>
    </>
  );
}

function Quiet({ today, places }: { today: Today; places: TodayPlaces }) {
  return (
    <EmptyState icon="check" title="Nothing waits for you">
      <p>
        {today.awaited > 0 ? (
          <>
            <a href={places.followUps(null)}>{plural(today.awaited, "answer is", "answers are")} awaited</a>, none of them due within a week.
          </>
        ) : (
          "Answers, letters and print runs appear here when their time comes."
        )}
      </p>
    </EmptyState>
  );
}

interface WorkProps {
  today: Today;
  /** Caches that were set aside with something that was not sent. */
  unsentAside: readonly AsideRow[];
  places: TodayPlaces;
  further: ReactNode;
}

function Work({ today, unsentAside, places, further }: WorkProps) {
  const { due, dueTotal, overdue, awaited, toReview, toReviewTotal, toPrint, toPrintTotal, toConfirm, outbox } = today;
  return (
    <div className={classes["columns"]}>
      <div className={classes["column"]}>
        <DaySection
          id="due"
          icon="clock"
          title="Answers due"
          note={overdue > 0 ? `${plural(dueTotal, "answer")}, ${count(overdue)} overdue` : plural(dueTotal, "answer")}
          none="None within a week."
          all={awaited > dueTotal || dueTotal > SHOWN ? { href: places.followUps(null), label: `All ${count(awaited)} awaited` } : null}
        >
          {[
            ...due.slice(0, SHOWN).map((row) => (
              <DayLine key={row.letterId} href={places.followUps(row.clientId)} tone={row.daysLeft < 0 ? "bad" : "warn"} tag={daysLeftWords(row.daysLeft)} title={row.clientName} testId="today-due">
                {dueDetail(row)}
              </DayLine>
            )),
            ...more(dueTotal - Math.min(due.length, SHOWN), places.followUps(null), "is due", "are due", "today-more-due"),
          ]}
        </DaySection>
        {further}
      </div>
      <div className={classes["column"]}>
        {outbox.trouble > 0 || unsentAside.length > 0 ? (
          <DaySection id="outbox" icon="outbox" title="Outbox" note="" none="" all={null}>
            {[
              ...(outbox.trouble > 0
                ? [
                    <DayLine key="trouble" href={places.outbox} tone="bad" tag="Needs you" title={plural(outbox.trouble, "row was not sent", "rows were not sent")} testId="today-outbox">
                      {outbox.waiting > 0 ? `${plural(outbox.waiting, "more row waits", "more rows wait")} for the portal` : "Correct it, settle it, or cancel it"}
                    </DayLine>,
                  ]
                : []),
              ...unsentAside.map(({ id, at, unsent }) => (
                <DayLine key={id} href={places.settings} tone="warn" tag="Look" title={plural(unsent, "unsent row was set aside", "unsent rows were set aside")} testId="today-aside">
                  In files that were set aside on {instant(at)}
                </DayLine>
              )),
            ]}
          </DaySection>
        ) : null}
        {toConfirm.length > 0 ? (
          <DaySection id="confirm" icon="print" title="Print runs to confirm" note={plural(toConfirm.length, "run")} none="" all={toConfirm.length > SHOWN ? { href: places.runs, label: "All runs" } : null}>
            {toConfirm.slice(0, SHOWN).map((run) => (
              <DayLine key={run.id} href={places.run(run.id)} tone="warn" tag="Printed well?" title={`Run ${run.number}`} testId="today-run">
                {runDetail(run)}
              </DayLine>
            ))}
          </DaySection>
        ) : null}
        <Letters id="review" icon="person" title="Waiting for the client's review" all={toReview} total={toReviewTotal} none="No letter waits for a review." tag="Review" places={places} testId="today-review" />
        <Letters id="print" icon="letter" title="Waiting to be printed or faxed" all={toPrint} total={toPrintTotal} none="No letter waits to go out." tag="Print" places={places} testId="today-print" />
      </div>
    </div>
  );
}

interface LettersProps {
  id: string;
  icon: IconName;
  title: string;
  all: Today["toReview"];
  /** How many there are, of which `all` has the oldest. */
  total: number;
  none: string;
  tag: string;
  places: TodayPlaces;
  testId: string;
}

function Letters({ id, icon, title, all, total, none, tag, places, testId }: LettersProps) {
  const groups = byClient(all).slice(0, SHOWN);
  const rest = total - groups.reduce((shown, { letters }) => shown + letters.length, 0);
  return (
    <DaySection id={id} icon={icon} title={title} note={plural(total, "letter")} none={none} all={rest > 0 ? { href: places.letters([]), label: `All ${count(total)}` } : null}>
      {[
        ...groups.map((group) => (
          <DayLine key={group.clientId} href={places.letters(group.letters.map((letter) => letter.id))} tone="neutral" tag={tag} title={group.clientName} testId={testId}>
            {lettersDetail(group)}
          </DayLine>
        )),
        ...more(rest, places.letters([]), "letter waits", "letters wait", `today-more-${id}`),
      ]}
    </DaySection>
  );
}

/** The line that says how many stand behind those that are shown, with the way to all of them. */
function more(rest: number, href: string, one: string, many: string, testId: string): ReactNode[] {
  return rest > 0
    ? [
        <DayMore key="more" href={href} testId={testId}>
          {count(rest)} more {rest === 1 ? one : many}
        </DayMore>,
      ]
    : [];
}

/** "Experian, mailed 03/02/2026, due 04/06/2026 (estimated)": what is known stands apart from what is reckoned. */
function dueDetail({ recipientName, sentBy, sentOn, receivedOn, dueOn, estimated }: FollowUpRow): string {
  return [
    recipientName,
    `${sentBy === "mail" ? "mailed" : "faxed"} ${date(sentOn)}`,
    ...(receivedOn ? [`received ${date(receivedOn)}`] : []),
    `due ${date(dueOn)}${estimated ? " (estimated)" : ""}`,
  ].join(", ");
}

function runDetail({ letters, sheets, printer, startedAt }: PrintRunRow): string {
  return `${plural(letters, "letter")} on ${plural(sheets, "sheet")}, ${printer}, ${instant(startedAt)}`;
}

function lettersDetail({ letters }: Waiting): string {
  return `${plural(letters.length, "letter")} to ${listed([...new Set(letters.map(({ recipientName }) => recipientName))])}`;
}

function synced({ syncedAt }: Today, online: boolean | null, now: number): string {
  const read = syncedAt ? `Portal last read ${ago(syncedAt, now)}` : "The portal was never read in whole";
  return online === false ? `Offline. ${read}` : read;
}

/** "Tuesday, November 24, 2026"; a calendar day has no time zone. */
function longDay(iso: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}

/** Moves the focus over the lines of the page, whichever section they are in. */
function move(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-today-line]")];
  const at = lines.findIndex((line) => line === document.activeElement);
  lines[at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + by))]?.focus();
}
