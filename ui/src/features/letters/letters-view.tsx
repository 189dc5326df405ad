import { useCallback, useMemo, useRef, useState } from "react";
import { Skeleton } from "@mantine/core";
import { EmptyState } from "../../components/empty-state";
import { FilterBar } from "../../components/filter-bar";
import { ProblemNotice } from "../../components/problem-notice";
import { showUndo, useProblemToast } from "../../components/toast";
import type { LetterRow } from "../../host/bindings";
import { plural } from "../../lib/format";
import { useShortcuts } from "../../lib/use-shortcuts";
import { LetterActions } from "./letter-actions";
import { LetterList } from "./letter-list";
import { LetterPreview } from "./letter-preview";
import { LetterWhy } from "./letter-why";
import classes from "./letters-view.module.css";
import { LETTER_VIEWS, type LetterView, inView, useLetters, useSetAside } from "./letters";

interface LettersViewProps {
  /** Only this client's; `null` for everyone's. */
  clientId: string | null;
  /** Chosen from the start: the letters that were just prepared. */
  initial: readonly string[];
  onPrint: (letters: LetterRow[]) => void;
  onFax: (letters: LetterRow[]) => void;
  onOpenClient?: (clientId: string) => void;
}

/** Letters at the left, the true page of one of them beside them, and what can be done with those chosen. */
export function LettersView({ clientId, initial, onPrint, onFax, onOpenClient }: LettersViewProps) {
  const { data: letters, error, refetch } = useLetters(clientId);
  const [view, setView] = useState<LetterView>("current");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(initial));
  const [activeId, setActiveId] = useState<string | null>(initial[0] ?? null);
  const [whyId, setWhyId] = useState<string | null>(null);
  const aside = useAside();

  const shown = useMemo(() => (letters ?? []).filter((letter) => inView(letter, view)), [letters, view]);
  const active = shown.find(({ id }) => id === activeId) ?? shown[0];
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

  useShortcuts({
    letterDown: () => move(1),
    letterUp: () => move(-1),
    letterChoose: () => {
      if (active) {
        toggle(active.id);
      }
    },
    discard: () => discard(about),
    undo: aside.undo,
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
          onDiscard={discard}
          onRestore={(which) => aside.restore(which.map(({ id }) => id))}
          onWhy={(letter) => setWhyId(letter.id)}
          onOpenClient={onOpenClient}
        />
        {active ? (
          <LetterPreview key={active.id} letter={active} />
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
      <LetterWhy id={whyId} onClose={() => setWhyId(null)} />
    </section>
  );
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

/** Setting letters aside with a way back: a press on "Undo", or its shortcut, while the message stands. */
function useAside() {
  const discarding = useSetAside("letter_discard");
  const restoring = useSetAside("letter_restore");
  const report = useProblemToast();
  const last = useRef<{ ids: string[]; close: () => void } | null>(null);

  const restore = (ids: string[]) => restoring.mutate(ids, { onError: report });

  const undo = () => {
    if (last.current) {
      last.current.close();
      restore(last.current.ids);
      last.current = null;
    }
  };

  const discard = (ids: string[], onDone: () => void) =>
    discarding.mutate(ids, {
      onError: report,
      onSuccess: () => {
        onDone();
        last.current?.close();
        last.current = { ids, close: showUndo(`${plural(ids.length, "letter")} discarded.`, undo) };
      },
    });

  return { discard, restore, undo };
}
