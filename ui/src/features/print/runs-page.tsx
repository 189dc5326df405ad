import { Skeleton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { PrintRunRow } from "../../host/bindings";
import { instant, plural } from "../../lib/format";
import { pressing, useShortcuts } from "../../lib/use-shortcuts";
import { useSaveManifest } from "./manifest-buttons";
import { RunDetail } from "./run-detail";
import classes from "./runs-page.module.css";
import { canReprint, stageOf, useRuns } from "./runs";

interface RunsPageProps {
  /** The run to show first; the newest when it is not told. */
  initial: string | null;
  onConfirm: (id: string) => void;
  onReprint: (run: PrintRunRow) => void;
  onOpenLetter: (letterId: string) => void;
}

/** Every print run, newest first, and the manifest of one of them. */
export function RunsPage({ initial, onConfirm, onReprint, onOpenLetter }: RunsPageProps) {
  const { data: runs, error, refetch, isFetching } = useRuns();
  const [activeId, setActiveId] = useState(initial);
  const list = useRef<HTMLDivElement>(null);
  const manifest = useSaveManifest();
  const active = runs?.find(({ id }) => id === activeId) ?? runs?.[0];

  const move = (by: number) => {
    const at = active && runs ? runs.indexOf(active) : -1;
    const next = runs?.[Math.max(0, Math.min(runs.length - 1, at + by))];
    if (next) {
      setActiveId(next.id);
    }
  };

  useShortcuts({
    ...pressing(["runLetter"]),
    runDown: () => move(1),
    runUp: () => move(-1),
    runConfirm: () => {
      if (active?.stage === "printed") {
        onConfirm(active.id);
      }
    },
    runReprint: () => {
      if (active && canReprint(active)) {
        onReprint(active);
      }
    },
    runManifest: () => {
      if (active) {
        manifest.save(active.id, "pdf");
      }
    },
    runManifestCsv: () => {
      if (active) {
        manifest.save(active.id, "csv");
      }
    },
  });

  const shown = active?.id;
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    row?.scrollIntoView?.({ block: "nearest" });
    // Moving by keys moves the focus too, unless it is elsewhere.
    if (list.current?.contains(document.activeElement)) {
      row?.focus({ preventScroll: true });
    }
  }, [shown]);

  return (
    <>
      <header className={classes["head"]}>
        <PageTitle>Print runs</PageTitle>
      </header>
      {error && !runs ? (
        <div className={classes["state"]}>
          <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
        </div>
      ) : runs === undefined ? (
        <div className={classes["ghosts"]} data-testid="runs-loading">
          {["one", "two", "three", "four"].map((key) => (
            <Skeleton key={key} height={56} />
          ))}
        </div>
      ) : runs.length === 0 ? (
        <EmptyState icon="print" title="No print runs yet">
          <p>Each time letters go to paper, what was printed is kept here with its manifest.</p>
        </EmptyState>
      ) : (
        <section className={classes["view"]} aria-label="Print runs">
          <div className={classes["left"]} ref={list} role="grid" aria-label="Print runs, newest first" aria-rowcount={runs.length}>
            {runs.map((run, index) => (
              <RunLine key={run.id} run={run} index={index} active={run.id === active?.id} onActive={setActiveId} />
            ))}
          </div>
          {active ? (
            <RunDetail key={active.id} run={active} onConfirm={() => onConfirm(active.id)} onReprint={() => onReprint(active)} onOpenLetter={onOpenLetter} />
          ) : null}
        </section>
      )}
    </>
  );
}

function RunLine({ run, index, active, onActive }: { run: PrintRunRow; index: number; active: boolean; onActive: (id: string) => void }) {
  const { tone, text } = stageOf(run);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- moving to the row by keys shows it as a press does
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-current={active}
      tabIndex={active ? 0 : -1}
      className={classes["row"]}
      onClick={() => onActive(run.id)}
      onFocus={() => onActive(run.id)}
      data-testid="run-row"
      data-run-id={run.id}
      data-stage={run.stage}
    >
      <div role="gridcell" className={classes["about"]}>
        <span className={classes["title"]}>
          <span className={classes["name"]}>Run {run.number}</span>
          <span className={classes["tags"]}>
            {run.jammed > 0 ? <Tag tone="warn">{run.jammed} jammed</Tag> : null}
            <Tag tone={tone}>{text}</Tag>
          </span>
        </span>
        <span className={classes["sub"]}>
          <span className="figures">{instant(run.startedAt)}</span>
          {run.reprintOf === null ? "" : `, again from run ${run.reprintOf}`}
        </span>
        <span className={classes["sub"]}>
          {plural(run.letters, "letter")}, {plural(run.pages, "page")} on {plural(run.sheets, "sheet")}
        </span>
      </div>
    </div>
  );
}
