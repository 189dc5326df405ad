import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { FilterBar } from "../../components/filter-bar";
import { Hint } from "../../components/keys";
import { Records } from "../../components/records";
import { useLastUndo } from "../../components/use-last-undo";
import { useRecordKeys } from "../../components/record-keys";
import { count, plural } from "../../lib/format";
import { useFollowUps } from "../../lib/follow-ups";
import { pressing, useShortcuts } from "../../lib/use-shortcuts";
import { FOLLOW_UP_VIEWS, type FollowUpView, inView } from "./follow-ups";
import { FollowUpCard } from "./follow-up-card";
import classes from "./follow-ups.module.css";

/** Cards that are drawn at a time: more come as the end of them comes into view. */
const STEP = 100;

interface FollowUpsViewProps {
  /** Only this client's; `null` for everyone's. */
  clientId: string | null;
  onOpenClient?: (clientId: string) => void;
  onOpenLetter: (letterId: string) => void;
}

/** Letters that are out: when each was mailed and received, when its answer is due, and what became of its items. */
export function FollowUpsView({ clientId, onOpenClient, onOpenLetter }: FollowUpsViewProps) {
  const { data: rows, error, refetch } = useFollowUps(clientId, true);
  const [view, setView] = useState<FollowUpView>("open");
  const [drawn, setDrawn] = useState(STEP);
  const { offer, undo } = useLastUndo();
  useRecordKeys({ onUndo: undo });
  useShortcuts(pressing(["recordMore"]));

  const counted = FOLLOW_UP_VIEWS.map((option) => ({ ...option, count: (rows ?? []).filter((row) => inView(row, option.id)).length }));
  const none = (rows ?? []).length === 0;
  return (
    <Records
      label="Follow-ups"
      // Nothing of it goes to the portal: it is all kept on this computer.
      online={null}
      records={rows?.filter((row) => inView(row, view))}
      problem={error}
      onRetry={() => void refetch()}
      empty={
        none
          ? { icon: "clock", title: "No answer is awaited", text: "A follow-up opens by itself when a print run is confirmed or a fax is delivered." }
          : { icon: "check", title: view === "overdue" ? "Nothing is overdue" : "Every answer is in", text: "What was answered stands under All." }
      }
      tools={
        <>
          <FilterBar
            label="Which follow-ups"
            options={counted}
            value={view}
            onChange={(next) => {
              setView(next);
              setDrawn(STEP);
            }}
          />
          <span className={classes["aside"]}>Dates are computed aids, not legal advice.</span>
        </>
      }
    >
      {(shown) => (
        <ul className={classes["cards"]}>
          {shown.slice(0, drawn).map((row) => (
            <FollowUpCard
              key={row.letterId}
              row={row}
              withClient={clientId === null}
              onOpenClient={onOpenClient}
              onOpenLetter={onOpenLetter}
              onDone={offer}
            />
          ))}
          {shown.length > drawn ? <More key={drawn} drawn={drawn} total={shown.length} onMore={() => setDrawn(drawn + STEP)} /> : null}
        </ul>
      )}
    </Records>
  );
}

/** The end of what is drawn: coming near it draws more, and so does the button. */
function More({ drawn, total, onMore }: { drawn: number; total: number; onMore: () => void }) {
  const place = useRef<HTMLLIElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    const end = place.current;
    if (!end) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          latest.current();
        }
      },
      // The margin is that of what scrolls, which stands around the list.
      { root: end.parentElement?.parentElement ?? null, rootMargin: "800px" },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, []);
  return (
    <li ref={place} className={classes["more"]} data-testid="follow-ups-more">
      <span>
        {count(drawn)} of {plural(total, "follow-up")}, the most urgent first.
      </span>
      <Hint shortcut="recordMore">
        <Button size="compact-sm" variant="default" onClick={onMore} data-testid="more-follow-ups">
          Show {count(Math.min(STEP, total - drawn))} more
        </Button>
      </Hint>
    </li>
  );
}
