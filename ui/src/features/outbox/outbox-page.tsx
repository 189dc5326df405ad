import { Button, Skeleton } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { FilterBar } from "../../components/filter-bar";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone, useProblemToast } from "../../components/toast";
import { useLastUndo } from "../../components/use-last-undo";
import type { OutboxItem, OutboxPause } from "../../host/bindings";
import { focusIsLost } from "../../lib/use-focus-back";
import { useUnsentRows } from "../../lib/unsent-rows";
import { usePause } from "../../lib/use-pause";
import { useNow } from "../../lib/use-now";
import { useShortcuts } from "../../lib/use-shortcuts";
import { CancelDialog } from "./cancel-dialog";
import { EditDialog } from "./edit-dialog";
import { OUTBOX_VIEWS, type OutboxView, can, headOf, inView, lanes, useOutboxStatus, useOver, usePauseAll, useRetry } from "./outbox";
import { OutboxList } from "./outbox-list";
import classes from "./outbox.module.css";
import { RowDetail } from "./row-detail";
import { SettleDialog } from "./settle-dialog";

interface OutboxPageProps {
  onOpenClient: (clientId: string) => void;
  onSignIn: () => void;
}

/** Everything that is to leave the desk: what waits, why, since when, and what can be done about it. */
export function OutboxPage({ onOpenClient, onSignIn }: OutboxPageProps) {
  const unsent = useUnsentRows();
  const over = useOver();
  const { data: status } = useOutboxStatus();
  const now = useNow();
  const [view, setView] = useState<OutboxView>("unsent");
  const [activeId, setActiveId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<{ kind: "edit" | "cancel" | "settle"; item: OutboxItem } | null>(null);
  const detail = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const retrying = useRetry();
  const pausing = usePause();
  const pausingAll = usePauseAll();
  const { offer, undo } = useLastUndo();
  const report = useProblemToast();

  const rows = view === "over" ? over : unsent;
  const waiting = useMemo(() => unsent.data ?? [], [unsent.data]);
  const groups = useMemo(() => lanes((rows.data ?? []).filter((item) => inView(item, view))), [rows.data, view]);
  const shown = useMemo(() => groups.flatMap(({ items }) => items), [groups]);
  const found = shown.findIndex(({ id }) => id === activeId);
  const [lastAt, setLastAt] = useState(0);
  if (found >= 0 && found !== lastAt) {
    setLastAt(found);
  }
  // Where a row has left, the next one stands.
  const active = shown[found >= 0 ? found : Math.min(lastAt, shown.length - 1)];
  const may = active ? can(active) : null;
  const paused = status?.paused ?? null;

  // A row that leaves takes the focus along, with its detail or its dialog: the row that stands there now has it.
  const here = active?.id;
  const asking = dialog !== null;
  useEffect(() => {
    if (!asking && focusIsLost()) {
      const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
      (row ?? list.current)?.focus({ preventScroll: true });
    }
  }, [here, asking]);

  const move = (by: number) => {
    const at = active ? shown.indexOf(active) : -1;
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    if (next) {
      setActiveId(next.id);
    }
  };
  const show = (next: OutboxView) => {
    setView(next);
    setLastAt(0);
  };
  const retry = () => {
    if (active && may?.retry && !retrying.isPending) {
      retrying.mutate(active.id, { onError: report, onSuccess: ({ title }) => showDone(`${title}: tried again now.`) });
    }
  };
  const setPaused = (id: string, pause: boolean) => {
    if (!pausing.isPending) {
      pausing.mutate(
        { id, paused: pause },
        {
          onError: report,
          onSuccess: ({ title, stage }) => {
            const done = pause ? (stage === "sending" ? "pauses after the call under way" : "paused") : "goes on";
            offer(`${title}: ${done}.`, () => setPaused(id, !pause));
          },
        },
      );
    }
  };
  const pauseOrResume = () => {
    if (active && (may?.pause || may?.resume)) {
      setPaused(active.id, !active.paused);
    }
  };
  const setAllPaused = (pause: boolean) => {
    if (!pausingAll.isPending) {
      pausingAll.mutate(pause, {
        onError: report,
        onSuccess: () => offer(pause ? "Sending is paused." : "Sending goes on.", () => setAllPaused(!pause)),
      });
    }
  };
  const allPaused = paused === "agent";
  const ask = (kind: "edit" | "cancel" | "settle") => {
    if (active && may?.[kind]) {
      // What stands beside an open dialog is what it is about, whatever leaves the list meanwhile.
      setActiveId(active.id);
      setDialog({ kind, item: active });
    }
  };

  useShortcuts({
    outboxDown: () => move(1),
    outboxUp: () => move(-1),
    outboxOpen: () => detail.current?.focus(),
    outboxLeave: () => list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus(),
    outboxRetry: retry,
    outboxEdit: () => ask("edit"),
    outboxCancel: () => ask("cancel"),
    outboxSettle: () => ask("settle"),
    outboxPause: pauseOrResume,
    outboxPauseAll: () => setAllPaused(!allPaused),
    outboxUndo: undo,
  });

  const counted = OUTBOX_VIEWS.map((option) => ({
    ...option,
    count: (option.id === "over" ? (over.data ?? []) : waiting).filter((item) => inView(item, option.id)).length,
  }));
  // A row that leaves the lists before its answer is here keeps its dialog: only what was asked for closes it.
  const open = dialog ? ([...waiting, ...(over.data ?? [])].find(({ id }) => id === dialog.item.id) ?? dialog.item) : undefined;
  const close = () => setDialog(null);

  return (
    <>
      <header className={classes["head"]}>
        <PageTitle>Outbox</PageTitle>
        <FilterBar label="Which rows" options={counted} value={view} onChange={show} />
        {allPaused ? null : (
          <Hint shortcut="outboxPauseAll" label="Send nothing before you resume it, also after a restart">
            <Button
              size="xs"
              variant="default"
              ml="auto"
              leftSection={<Icon name="pause" />}
              loading={pausingAll.isPending}
              onClick={() => setAllPaused(true)}
              data-testid="sending-pause"
            >
              Pause sending
            </Button>
          </Hint>
        )}
      </header>
      {paused ? <PauseBanner paused={paused} onSignIn={onSignIn} onResume={() => setAllPaused(false)} resuming={pausingAll.isPending} /> : null}
      {rows.error && !rows.data ? (
        <div className={classes["state"]}>
          <ProblemNotice problem={rows.error} onRetry={() => void rows.refetch()} retrying={rows.isFetching} />
        </div>
      ) : (
        <section className={classes["view"]} aria-label="Outbox">
          <div className={classes["left"]} ref={list} tabIndex={-1}>
            {rows.data === undefined ? (
              <div className={classes["ghosts"]} data-testid="outbox-loading">
                {["one", "two", "three", "four"].map((key) => (
                  <Skeleton key={key} height={56} />
                ))}
              </div>
            ) : shown.length === 0 ? (
              <Nothing view={view} />
            ) : (
              <OutboxList
                groups={groups}
                unsent={waiting}
                activeId={active?.id ?? null}
                paused={paused}
                now={now}
                onActive={setActiveId}
              />
            )}
          </div>
          <div className={classes["right"]}>
            {active ? (
              <RowDetail
                key={active.id}
                ref={detail}
                item={active}
                head={headOf(active, waiting)}
                paused={paused}
                now={now}
                retrying={retrying.isPending}
                pausing={pausing.isPending}
                onRetry={retry}
                onPause={pauseOrResume}
                onAsk={ask}
                onShow={(item: OutboxItem) => setActiveId(item.id)}
                onOpenClient={onOpenClient}
              />
            ) : rows.data === undefined ? null : (
              <EmptyState icon="outbox" title="No row to show">
                <p>What is known of a row appears here.</p>
              </EmptyState>
            )}
          </div>
        </section>
      )}
      <EditDialog item={dialog?.kind === "edit" ? open : undefined} onClose={close} />
      <CancelDialog item={dialog?.kind === "cancel" ? open : undefined} onClose={close} />
      <SettleDialog item={dialog?.kind === "settle" ? open : undefined} onClose={close} />
    </>
  );
}

const GOES_ON: Record<OutboxPause, string> = {
  agent: "You paused it: nothing leaves before you resume it, also after a restart. What may have arrived is still looked up.",
  away: "What waits goes by itself when the portal is back.",
  sign_in: "The session has ended. What waits goes once you sign in again.",
  cache_failed: "The desk's files failed. What waits goes after the next start.",
};

interface PauseBannerProps {
  paused: OutboxPause;
  onSignIn: () => void;
  onResume: () => void;
  resuming: boolean;
}

function PauseBanner({ paused, onSignIn, onResume, resuming }: PauseBannerProps) {
  const titles = { agent: "Sending is paused", away: "Nothing is sent: the portal is away", sign_in: "Nothing is sent: sign in again", cache_failed: "Nothing is sent: restart the desk" };
  return (
    <div className={classes["banner"]}>
      <Notice kind={paused === "cache_failed" ? "problem" : "caution"} title={titles[paused]} testId="outbox-paused">
        <p>{GOES_ON[paused]} It is all kept on this computer.</p>
        {paused === "agent" ? (
          <Notice.Actions>
            <Hint shortcut="outboxPauseAll" label="Send again">
              <Button size="xs" leftSection={<Icon name="resume" />} loading={resuming} onClick={onResume} data-testid="sending-resume">
                Resume sending
              </Button>
            </Hint>
          </Notice.Actions>
        ) : null}
        {paused === "sign_in" ? (
          <Notice.Actions>
            <Hint shortcut="signInAgain">
              <Button size="xs" variant="default" onClick={onSignIn}>
                Sign in again
              </Button>
            </Hint>
          </Notice.Actions>
        ) : null}
      </Notice>
    </div>
  );
}

function Nothing({ view }: { view: OutboxView }) {
  switch (view) {
    case "unsent":
    case "waiting":
      return (
        <EmptyState icon="check" title="Nothing waits to be sent">
          <p>Faxes, messages, documents and notes stand here until the portal has them.</p>
        </EmptyState>
      );
    case "asks":
      return <EmptyState icon="check" title="Nothing needs you" />;
    case "paused":
      return <EmptyState icon="check" title="No row is paused" />;
    case "over":
      return <EmptyState icon="outbox" title="Nothing was sent or cancelled yet" />;
  }
}
