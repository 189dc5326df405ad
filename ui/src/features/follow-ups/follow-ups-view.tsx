import { useState } from "react";
import { FilterBar } from "../../components/filter-bar";
import { Records } from "../../components/records";
import { useLastUndo } from "../../components/use-last-undo";
import { useRecordKeys } from "../../components/record-keys";
import { plural } from "../../lib/format";
import { FOLLOW_UP_VIEWS, type FollowUpView, inView, useFollowUps } from "./follow-ups";
import { FollowUpCard } from "./follow-up-card";
import classes from "./follow-ups.module.css";

/** More cards than anybody works through at once. */
const SHOWN = 200;

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
  const { offer, undo } = useLastUndo();
  useRecordKeys({ onUndo: undo });

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
          <FilterBar label="Which follow-ups" options={counted} value={view} onChange={setView} />
          <span className={classes["aside"]}>Dates are computed aids, not legal advice.</span>
        </>
      }
    >
      {(shown) => (
        <ul className={classes["cards"]}>
          {shown.slice(0, SHOWN).map((row) => (
            <FollowUpCard
              key={row.letterId}
              row={row}
              withClient={clientId === null}
              onOpenClient={onOpenClient}
              onOpenLetter={onOpenLetter}
              onDone={offer}
            />
          ))}
          {shown.length > SHOWN ? <li className={classes["more"]}>{plural(shown.length - SHOWN, "more stands", "more stand")} behind these, less urgent. They come up as these are answered.</li> : null}
        </ul>
      )}
    </Records>
  );
}
