import { useCallback, useMemo, useRef, useState } from "react";
import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { EmptyState } from "../../components/empty-state";
import { FilterBar } from "../../components/filter-bar";
import { ProblemNotice } from "../../components/problem-notice";
import { useProblemToast } from "../../components/toast";
import { useLastUndo } from "../../components/use-last-undo";
import type { GatePlace, LetterRow } from "../../host/bindings";
import { plural } from "../../lib/format";
import { goesOut, useChecks } from "../../lib/gate";
import { useShortcuts } from "../../lib/use-shortcuts";
import { Findings } from "./findings";
import { LetterActions } from "./letter-actions";
import { LetterList } from "./letter-list";
import { LetterPane } from "./letter-pane";
import { LetterPreview } from "./letter-preview";
import { LetterWhy } from "./letter-why";
import classes from "./letters-view.module.css";
import { LETTER_VIEWS, type LetterView, inView, useLetters, useReview, useReword, useSetAside } from "./letters";
import { ReviewDialog } from "./review-dialog";
import { useNextFinding } from "./use-next-finding";
import { WordingDialog } from "./wording-dialog";

interface LettersViewProps {
  /** Only this client's; `null` for everyone's. */
  clientId: string | null;
  /** Chosen from the start: the letters that were just prepared. */
  initial: readonly string[];
  /** In view from the start, without being chosen. */
  first?: string | undefined;
  onPrint: (letters: LetterRow[]) => void;
  onFax: (letters: LetterRow[]) => void;
  onOpenClient?: (clientId: string) => void;
  /** Where a finding is mended, when that is not here. */
  onOpenPlace: (place: GatePlace, letter: LetterRow) => void;
}

/** Letters at the left, the true page of one of them in the middle, what is known of it at the right, and what can be done with those chosen. */
export function LettersView({ clientId, initial, first, onPrint, onFax, onOpenClient, onOpenPlace }: LettersViewProps) {
  const { data: letters, error, refetch } = useLetters(clientId);
  const [view, setView] = useState<LetterView>("current");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(initial));
  const [activeId, setActiveId] = useState<string | null>(first ?? initial[0] ?? null);
  const [whyId, setWhyId] = useState<string | null>(null);
  const [reviewing, setReviewing] = useState<readonly LetterRow[] | null>(null);
  const [rewording, setRewording] = useState<Rewording | null>(null);
  const [envelope, setEnvelope] = useState(true);
  const [beside, setBeside] = useBeside();
  const bed = useRef<HTMLDivElement>(null);
  const { offer, undo } = useLastUndo();
  const aside = useAside(offer);
  const takeReviewBack = useReviewBack();
  const takeWordsBack = useWordsBack();

  const shown = useMemo(() => (letters ?? []).filter((letter) => inView(letter, view)), [letters, view]);
  const active = shown.find(({ id }) => id === activeId) ?? shown[0];
  const checks = useChecks(
    useMemo(() => shown.filter(goesOut).map(({ id }) => id), [shown]),
    "paper",
  );
  const finding = useNextFinding(shown, checks, active?.id ?? null, (id) => {
    setActiveId(id);
    setBeside(true);
  });
  const picked = shown.filter(({ id }) => chosen.has(id));
  /** What an action is about: the chosen letters, else the one in view. */
  const about = picked.length > 0 ? picked : active ? [active] : [];

  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
  }, []);

  const move = (by: number) => {
    const at = active ? shown.indexOf(active) : -1;
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    if (next) {
      setActiveId(next.id);
    }
  };

  const discard = (which: readonly LetterRow[]) => {
    const ids = which.filter(({ stage }) => stage === "prepared").map(({ id }) => id);
    if (ids.length > 0) {
      aside.discard(ids, () => setChosen(new Set()));
    }
  };

  const jump = (place: GatePlace) => {
    if (!active) {
      return;
    }
    if (place.kind === "letter") {
      bed.current?.focus();
    } else if (place.kind === "other_letter" && shown.some(({ id }) => id === place.letterId)) {
      setActiveId(place.letterId);
    } else {
      onOpenPlace(place, active);
    }
  };

  useShortcuts({
    findingNext: finding.next,
    letterDown: () => move(1),
    letterUp: () => move(-1),
    letterChoose: () => {
      if (active) {
        toggle(active.id);
      }
    },
    discard: () => discard(about),
    undo,
    why: () => setWhyId(active?.id ?? null),
  });

  if (error && !letters) {
    return (
      <div className={classes["state"]}>
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      </div>
    );
  }

  const counted = LETTER_VIEWS.map((option) => ({
    ...option,
    count: (letters ?? []).filter((letter) => inView(letter, option.id)).length,
  }));

  return (
    <section className={classes["view"]} aria-label="Letters">
      <div className={classes["left"]}>
        <div className={classes["tools"]}>
          <FilterBar label="Which letters" options={counted} value={view} onChange={setView} />
        </div>
        {letters === undefined ? (
          <div className={classes["ghosts"]}>
            {["one", "two", "three", "four"].map((key) => (
              <Skeleton key={key} height={56} />
            ))}
          </div>
        ) : shown.length === 0 ? (
          <NoLetters view={view} mine={clientId !== null} />
        ) : (
          <LetterList
            letters={shown}
            chosen={chosen}
            activeId={active?.id ?? null}
            withClient={clientId === null}
            checked={checks.byLetter}
            onActive={setActiveId}
            onToggle={toggle}
            onAll={(all) => setChosen(new Set(all ? shown.map(({ id }) => id) : []))}
          />
        )}
      </div>
      <div className={classes["right"]}>
        <LetterActions
          letters={about}
          chosen={picked.length}
          active={active}
          onPrint={onPrint}
          onFax={onFax}
          onReview={setReviewing}
          onDiscard={discard}
          onRestore={(which) => aside.restore(which.map(({ id }) => id))}
          onWhy={(letter) => setWhyId(letter.id)}
          onOpenClient={onOpenClient}
        />
        {active ? (
          <div key={active.id} className={classes["pages"]}>
            <LetterPreview
              letter={active}
              bedRef={bed}
              envelope={envelope}
              onEnvelope={setEnvelope}
              beside={beside}
              onBeside={setBeside}
              onReword={() => setRewording({ letter: active, draft: null })}
            />
            {beside ? (
              <LetterPane letter={active} onReword={() => setRewording({ letter: active, draft: null })} onWhy={() => setWhyId(active.id)}>
                {active.stage === "discarded" ? null : (
                  <Findings
                    letter={active}
                    checked={checks.byLetter.get(active.id)}
                    pending={checks.pending}
                    problem={checks.problem}
                    onRetry={checks.retry}
                    current={finding.current}
                    onNext={finding.next}
                  onJump={jump}
                    onReview={() => setReviewing([active])}
                    onDone={offer}
                  />
                )}
              </LetterPane>
            ) : null}
          </div>
        ) : (
          <div className={classes["bed"]}>
            {letters === undefined ? null : (
              <EmptyState icon="letter" title="No letter to show">
                <p>The true pages of a letter appear here.</p>
              </EmptyState>
            )}
          </div>
        )}
      </div>
      <WordingDialog
        letter={rewording?.letter ?? null}
        draft={rewording?.draft ?? null}
        onLeave={(draft) => {
          setRewording(null);
          if (rewording && draft !== null) {
            offer("The letter's text was left unsaved.", () => setRewording({ letter: rewording.letter, draft }));
          }
        }}
        onChanged={(before) => {
          setRewording(null);
          if (rewording) {
            offer("The letter was set with its new text.", () => takeWordsBack(rewording.letter, before));
          }
        }}
      />
      <LetterWhy id={whyId} onClose={() => setWhyId(null)} />
      <ReviewDialog
        letters={reviewing}
        onClose={() => setReviewing(null)}
        onRecorded={(before) => {
          setReviewing(null);
          offer(`Review recorded for ${plural(before.length, "letter")}.`, () => takeReviewBack(before));
        }}
      />
    </section>
  );
}

/** What is known of a letter folds away in a narrow window, unless the agent says otherwise. */
function useBeside(): [boolean, (beside: boolean) => void] {
  const wide = useMediaQuery("(min-width: 1200px)", true, { getInitialValueInEffect: false });
  const [said, setSaid] = useState<boolean | null>(null);
  return [said ?? wide, setSaid];
}

/** A letter whose text is being changed, with what was typed before. */
interface Rewording {
  letter: LetterRow;
  draft: string | null;
}

function NoLetters({ view, mine }: { view: LetterView; mine: boolean }) {
  if (view !== "current") {
    return <EmptyState icon="letter" title="None at this stage" />;
  }
  return (
    <EmptyState icon="letter" title="No letters yet">
      <p>
        {mine
          ? "Choose this client's items and their recipients, then prepare: the letters appear here."
          : "Open a client, choose items and recipients, then prepare: the letters appear here."}
      </p>
    </EmptyState>
  );
}

/** Setting letters aside with a way back. */
function useAside(offer: (message: string, back: () => void) => void) {
  const discarding = useSetAside("letter_discard");
  const restoring = useSetAside("letter_restore");
  const report = useProblemToast();

  const restore = (ids: string[]) => restoring.mutate(ids, { onError: report });
  const discard = (ids: string[], onDone: () => void) =>
    discarding.mutate(ids, {
      onError: report,
      onSuccess: () => {
        onDone();
        offer(`${plural(ids.length, "letter")} discarded.`, () => restore(ids));
      },
    });

  return { discard, restore };
}

/** Gives a letter the text back that it had, and the review that its text had. */
function useWordsBack(): (letter: LetterRow, text: string | null) => void {
  const reword = useReword();
  const review = useReview();
  const report = useProblemToast();
  return ({ id, review: was }, text) =>
    reword.mutate(
      { id, text },
      {
        onError: report,
        onSuccess: () => {
          if (was) {
            review.mutate({ ids: [id], channel: was.channel, on: was.on }, { onError: report });
          }
        },
      },
    );
}

/** Puts the reviews of letters back to what they were. */
function useReviewBack(): (before: readonly LetterRow[]) => void {
  const review = useReview();
  const report = useProblemToast();
  return (before) => {
    const fresh = before.filter((letter) => letter.review === null).map(({ id }) => id);
    if (fresh.length > 0) {
      review.mutate({ ids: fresh, channel: null, on: null }, { onError: report });
    }
    for (const { id, review: was } of before) {
      if (was) {
        review.mutate({ ids: [id], channel: was.channel, on: was.on }, { onError: report });
      }
    }
  };
}
