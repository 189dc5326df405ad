import { Button, UnstyledButton, VisuallyHidden, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { DropArea } from "../components/drop-area";
import { Icon, type IconName } from "../components/icon";
import { Hint, Keys } from "../components/keys";
import { useSavedFilters } from "../features/clients/client-filters";
import { ClientList, type ClientListState, FRESH_LIST } from "../features/clients/client-list";
import { keepSort } from "../features/clients/client-sort";
import { clientOptions, useClientCount } from "../features/clients/clients";
import { HelpPage } from "../features/help/help-page";
import { FollowUpsView } from "../features/follow-ups/follow-ups-view";
import { GatePage } from "../features/gate/gate-page";
import { FaxDialog } from "../features/fax/fax-dialog";
import { itemsOptions } from "../features/items/items";
import { LettersView } from "../features/letters/letters-view";
import { useOutboxStatus, usePauseAll } from "../features/outbox/outbox";
import { OutboxPage } from "../features/outbox/outbox-page";
import { PrintDialog, type PrintTask } from "../features/print/print-dialog";
import { RunsPage } from "../features/print/runs-page";
import { SettingsPage } from "../features/settings/settings-page";
import { useSaveDiagnostics } from "../features/settings/settings";
import { SignOutDialog } from "../features/sign-in/sign-out-dialog";
import { FirstPull, FirstPullBanner } from "../features/sync/first-pull";
import { useRegularSync, useSyncCommand, useSyncStatus } from "../features/sync/sync";
import { SyncState } from "../features/sync/sync-state";
import { useTasksDue } from "../features/tasks/tasks";
import { TasksOfDay, tasksWait } from "../features/tasks/tasks-of-day";
import { TasksPage } from "../features/tasks/tasks-page";
import { TodayPage, type TodayPlaces } from "../features/today/today-page";
import type { LetterRow, OutboxStatus, SavedClientFilter, Session, TemplateRow } from "../host/bindings";
import { useHost } from "../host/host-context";
import { PageTitle } from "../components/page-title";
import { SCHEMES } from "../components/theme-choice";
import { showDone } from "../components/toast";
import { count } from "../lib/format";
import type { ShortcutId } from "../lib/shortcuts";
import { useDroppedFiles } from "../lib/use-dropped-files";
import { HINTED, pressing, useShortcuts } from "../lib/use-shortcuts";
import { AccountMenu } from "./account-menu";
import { ClientPage } from "./client-page";
import { type Command, CommandPalette } from "./command-palette";
import { Drafts, DraftsProvider } from "./drafts";
import classes from "./frame.module.css";
import { helpAbout } from "./help-about";
import { goToPlace } from "./places";
import { type Route, go, parseRoute, routeHash, useRouteHash } from "./routes";
import { ShortcutSheet } from "./shortcut-sheet";
import { ThemeMenu } from "./theme-menu";

const PLACES: readonly { page: "today" | "clients" | "letters" | "outbox" | "runs" | "settings" | "help"; label: string; icon: IconName; shortcut: ShortcutId }[] = [
  { page: "today", label: "Today", icon: "sun", shortcut: "goToday" },
  { page: "clients", label: "Clients", icon: "people", shortcut: "goClients" },
  { page: "letters", label: "Letters", icon: "letter", shortcut: "goLetters" },
  { page: "outbox", label: "Outbox", icon: "outbox", shortcut: "goOutbox" },
  { page: "runs", label: "Print runs", icon: "print", shortcut: "goRuns" },
  { page: "settings", label: "Settings", icon: "sliders", shortcut: "goSettings" },
  { page: "help", label: "Help", icon: "help", shortcut: "help" },
];

/** Pages without a place of their own in the rail. */
const OTHER_TITLES: Partial<Record<Route["page"], string>> = { "follow-ups": "Follow-ups", tasks: "Tasks", gate: "Gate" };

interface FrameProps {
  session: Session;
  onSignInAgain: () => void;
}

/** What stands around every page of an open desk. */
export function Frame({ session, onSignInAgain }: FrameProps) {
  const hash = useRouteHash();
  const route = parseRoute(hash);
  const [drafts] = useState(() => new Drafts());
  const [list, setList] = useState<ClientListState>(FRESH_LIST);
  const [open, setOpen] = useState<"palette" | "sheet" | "sign-out" | null>(null);
  const [printing, setPrinting] = useState<PrintTask | null>(null);
  const [faxing, setFaxing] = useState<LetterRow[] | null>(null);
  const { data: outbox } = useOutboxStatus();
  const { setColorScheme } = useMantineColorScheme();
  const startSync = useSyncCommand("sync_start");
  const syncEverything = useSyncCommand("sync_everything");
  const cancelSync = useSyncCommand("sync_cancel");
  const { data: sync } = useSyncStatus();
  const pauseAll = usePauseAll();
  const diagnostics = useSaveDiagnostics();
  const { data: filters } = useSavedFilters();
  const close = () => setOpen(null);
  const [leftList] = useState(() => new LeftList());
  const atClient = route.page === "client";
  useDroppedFiles(() => {
    if (!atClient) {
      showDone("Open a client first, then drop the files: they are filed with that client.");
    }
  });

  useFirstSync(session, () => startSync.mutate());
  useRegularSync(() => {
    if (sync?.online !== false && !sync?.running) {
      startSync.mutate();
    }
  });
  useEffect(() => {
    document.title = `${PLACES.find(({ page }) => page === route.page)?.label ?? OTHER_TITLES[route.page] ?? "Client"} - Dispute Desk`;
  }, [route.page]);

  useShortcuts({
    palette: () => setOpen("palette"),
    sheet: () => setOpen("sheet"),
    help: () => {
      const about = helpAbout(route);
      go({ page: "help", ...(about ? { about } : {}) });
    },
    goToday: () => go({ page: "today" }),
    goRuns: () => go({ page: "runs" }),
    goClients: () => go({ page: "clients" }),
    goLetters: () => go({ page: "letters" }),
    goOutbox: () => go({ page: "outbox" }),
    goFollowUps: () => go({ page: "follow-ups" }),
    goGate: () => go({ page: "gate" }),
    goSettings: () => go({ page: "settings" }),
    goTasks: () => go({ page: "tasks" }),
    diagnostics: diagnostics.save,
    signOut: () => setOpen("sign-out"),
    goBack: () => window.history.back(),
    syncNow: () => startSync.mutate(),
    syncStop: () => sync?.running && cancelSync.mutate(),
    syncEverything: () => sync?.running !== true && syncEverything.mutate(),
  });
  useShortcuts(pressing(HINTED.page));
  useShortcuts({ sheet: () => setOpen("sheet"), ...pressing(HINTED.dialog) }, true, "dialog");

  const narrowTo = ({ filter, sort }: SavedClientFilter) => {
    keepSort(sort);
    setList((before) => ({ ...FRESH_LIST, filter, turn: before.turn + 1 }));
    go({ page: "clients" });
  };

  /** For the client in view, whose letter desk shows it; else for the next one. */
  const chooseTemplate = ({ id, name }: TemplateRow) => {
    if (route.page === "client") {
      drafts.change(route.id, { type: "template", templateId: id });
      openItems(route.id);
      showDone(`${name}: the letters are written from it.`);
    } else {
      drafts.begin(id);
      showDone(`${name}: the next client's letters are written from it.`);
    }
  };

  const commands: Command[] = [
    ...PLACES.map(({ page, label, shortcut }) => ({ id: page, label, shortcut, run: () => go({ page }) })),
    { id: "follow-ups", label: "Follow-ups", shortcut: "goFollowUps", run: () => go({ page: "follow-ups" }) },
    { id: "tasks", label: "Tasks of all clients", shortcut: "goTasks", run: () => go({ page: "tasks" }) },
    { id: "gate", label: "Gate: the rules for letters", shortcut: "goGate", run: () => go({ page: "gate" }) },
    sync?.running
      ? { id: "cancel", label: "Cancel the sync", shortcut: "syncStop" as const, run: () => cancelSync.mutate() }
      : { id: "sync", label: "Sync now", shortcut: "syncNow" as const, run: () => startSync.mutate() },
    outbox?.paused === "agent"
      ? { id: "resume-sending", label: "Resume sending", run: () => pauseAll.mutate(false) }
      : { id: "pause-sending", label: "Pause sending", run: () => pauseAll.mutate(true) },
    { id: "sheet", label: "Keyboard shortcuts", shortcut: "sheet", run: () => setOpen("sheet") },
    ...SCHEMES.map(({ id, label }) => ({ id: `theme-${id}`, label: `Theme: ${label.toLowerCase()}`, run: () => setColorScheme(id) })),
    { id: "diagnostics", label: "Save diagnostics for support", shortcut: "diagnostics", run: diagnostics.save },
    { id: "sign-out", label: "Sign out", shortcut: "signOut", run: () => setOpen("sign-out") },
    ...(filters ?? []).map((saved) => ({ id: `filter-${saved.id}`, label: saved.name, group: "Saved filters", run: () => narrowTo(saved) })),
  ];

  return (
    <DraftsProvider value={drafts}>
      <div className={classes["frame"]} data-realm={session.realm}>
        {session.realm === "practice" ? <div className={classes["stripe"]} aria-hidden="true" /> : null}
        <header className={classes["bar"]}>
          <span className={classes["brand"]}>Dispute Desk</span>
          {session.realm === "practice" ? (
            <span className={classes["practice"]} data-testid="practice-badge">
              PRACTICE <span>made-up people, nothing is sent</span>
            </span>
          ) : null}
          <Hint shortcut="palette">
            <UnstyledButton className={classes["find"]} onClick={() => setOpen("palette")} data-testid="open-palette">
              <Icon name="search" />
              <span>Find a client, a template or a command</span>
              <Keys of="palette" />
            </UnstyledButton>
          </Hint>
          {outbox?.paused === "agent" ? <SendingPaused /> : null}
          <SyncState outbox={outbox} />
          <ThemeMenu />
          <AccountMenu
            session={session}
            onSettings={() => go({ page: "settings" })}
            onGate={() => go({ page: "gate" })}
            onShortcuts={() => setOpen("sheet")}
            onSignOut={() => setOpen("sign-out")}
          />
        </header>
        <nav className={classes["rail"]} aria-label="Main">
          {PLACES.map(({ page, label, icon, shortcut }) => (
            <Hint key={page} shortcut={shortcut} label={label}>
              <a href={routeHash({ page })} aria-current={isAt(route, page) ? "page" : undefined} data-testid={`nav-${page}`}>
                <Icon name={icon} size={20} />
                {label}
                {page === "outbox" && outbox ? <Unsent status={outbox} /> : null}
              </a>
            </Hint>
          ))}
        </nav>
        <main className={classes["main"]}>
          {session.signInNeeded ? <SessionEnded onSignInAgain={onSignInAgain} /> : null}
          {atClient ? null : <DropArea takes={false} title="Open a client first" text="Files are filed with a client. Hold them over that client's page, and let them go there." />}
          <Page
            key={pageKey(route)}
            route={route}
            session={session}
            list={list}
            leftList={leftList}
            onPrint={setPrinting}
            onFax={setFaxing}
            onSignIn={onSignInAgain}
            onSignOut={() => setOpen("sign-out")}
          />
        </main>
      </div>
      <CommandPalette
        opened={open === "palette"}
        onClose={close}
        commands={commands}
        onOpenClient={openItems}
        onTemplate={chooseTemplate}
      />
      <ShortcutSheet opened={open === "sheet"} onClose={close} />
      <SignOutDialog
        opened={open === "sign-out"}
        onClose={close}
        onOutbox={() => {
          close();
          go({ page: "outbox" });
        }}
      />
      <FaxDialog letters={faxing} onClose={() => setFaxing(null)} onLook={openLetter} onOpenOutbox={() => go({ page: "outbox" })} />
      <PrintDialog task={printing} onClose={() => setPrinting(null)} onLook={openLetter} onOpenRun={(run) => go({ page: "runs", run })} />
    </DraftsProvider>
  );
}

function openLetter({ id }: LetterRow): void {
  go({ page: "letters", letters: [id] });
}

function isAt(route: Route, page: Route["page"]): boolean {
  return route.page === page || (route.page === "client" && page === "clients");
}

/** A page is drawn anew for another place or another client, not for another tab of the same client or another section of the guide. */
function pageKey(route: Route): string {
  if (route.page === "help") {
    return route.page;
  }
  return route.page === "client" ? `client ${route.id}` : routeHash(route);
}

interface PageProps {
  route: Route;
  session: Session;
  list: ClientListState;
  leftList: LeftList;
  onPrint: (task: PrintTask) => void;
  onFax: (letters: LetterRow[]) => void;
  onSignIn: () => void;
  onSignOut: () => void;
}

function Page({ route, session, list, leftList, onPrint, onFax, onSignIn, onSignOut }: PageProps): ReactNode {
  switch (route.page) {
    case "clients":
      return <Clients list={list} leftList={leftList} />;
    case "today":
      return <TheDay />;
    case "client":
      return <ClientPage id={route.id} tab={route.tab} item={route.item} onPrint={(letters) => onPrint({ letters })} onFax={onFax} />;
    case "letters":
      return (
        <>
          <header className={classes["pageHead"]}>
            <PageTitle>Letters</PageTitle>
          </header>
          <LettersView
            clientId={null}
            initial={route.letters && route.letters.length > 1 ? route.letters : []}
            first={route.letters?.[0]}
            onPrint={(letters) => onPrint({ letters })}
            onFax={onFax}
            onOpenClient={(id) => go({ page: "client", id, tab: "letters" })}
            onOpenPlace={goToPlace}
          />
        </>
      );
    case "follow-ups":
      return (
        <>
          <header className={classes["pageHead"]}>
            <PageTitle>Follow-ups</PageTitle>
          </header>
          <FollowUpsView
            clientId={null}
            onOpenClient={(id) => go({ page: "client", id, tab: "follow-ups" })}
            onOpenLetter={(letter) => go({ page: "letters", letters: [letter] })}
          />
        </>
      );
    case "tasks":
      return <TasksPage place={tasksPlace} />;
    case "runs":
      return (
        <RunsPage
          initial={route.run ?? null}
          onConfirm={(id) => onPrint({ confirm: id })}
          onReprint={(run) => onPrint({ reprint: run })}
          onOpenLetter={(letter) => go({ page: "letters", letters: [letter] })}
        />
      );
    case "gate":
      return <GatePage />;
    case "outbox":
      return <OutboxPage onOpenClient={(id) => go({ page: "client", id, tab: "items" })} onSignIn={onSignIn} />;
    case "settings":
      return <Settings session={session} onSignIn={onSignIn} onSignOut={onSignOut} />;
    case "help":
      return <HelpPage about={route.about} />;
  }
}

/** How much was not sent yet; red when some of it needs the agent. */
function Unsent({ status: { waiting, trouble, pausedRows } }: { status: OutboxStatus }) {
  const unsent = waiting + trouble + pausedRows;
  if (unsent === 0) {
    return null;
  }
  return (
    <span className={classes["unsent"]} data-trouble={trouble > 0} data-testid="unsent-count">
      {count(unsent)}
      <VisuallyHidden>{trouble > 0 ? ` not sent, ${trouble} need you` : " not sent"}</VisuallyHidden>
    </span>
  );
}

/** Stands in the bar for as long as the agent keeps everything from going. */
function SendingPaused() {
  return (
    <a className={classes["held"]} href={routeHash({ page: "outbox" })} title="Nothing leaves this computer before you resume it in the outbox." data-testid="sending-paused">
      <Icon name="pause" />
      Sending paused
    </a>
  );
}

const PLACES_OF_TODAY: TodayPlaces = {
  followUps: (clientId) => routeHash(clientId === null ? { page: "follow-ups" } : { page: "client", id: clientId, tab: "follow-ups" }),
  letters: (letters) => routeHash({ page: "letters", letters }),
  run: (run) => routeHash({ page: "runs", run }),
  runs: routeHash({ page: "runs" }),
  outbox: routeHash({ page: "outbox" }),
  settings: routeHash({ page: "settings" }),
};

function tasksPlace(clientId: string): string {
  return routeHash({ page: "client", id: clientId, tab: "tasks" });
}

/** The day's work, or the first pull while there is nothing to work on. */
function TheDay() {
  const { data: sync } = useSyncStatus();
  const { data: clients } = useClientCount();
  const tasks = useTasksDue();
  if (sync?.finishedAt === null && clients === 0) {
    return <FirstPull />;
  }
  const further = {
    waits: tasksWait(tasks),
    part: <TasksOfDay tasks={tasks} place={tasksPlace} all={routeHash({ page: "tasks" })} />,
  };
  return <TodayPage places={PLACES_OF_TODAY} online={sync?.online ?? null} further={further} />;
}

/** The settings, with the sync that they start and stop. */
function Settings({ session, onSignIn, onSignOut }: Pick<PageProps, "session" | "onSignIn" | "onSignOut">) {
  const { data: status } = useSyncStatus();
  const start = useSyncCommand("sync_start");
  const everything = useSyncCommand("sync_everything");
  const cancel = useSyncCommand("sync_cancel");
  const sync = {
    status,
    start: () => start.mutate(),
    everything: () => everything.mutate(),
    cancel: () => cancel.mutate(),
    pending: start.isPending || everything.isPending || cancel.isPending,
  };
  return <SettingsPage session={session} sync={sync} gate={routeHash({ page: "gate" })} onOpenOutbox={() => go({ page: "outbox" })} onSignIn={onSignIn} onSignOut={onSignOut} />;
}

/** What a client's first screen shows is asked for while the list rests on the client: it is here when Enter is pressed. */
function useAskAhead(): (clientId: string) => void {
  const host = useHost();
  const queries = useQueryClient();
  return useCallback(
    (id) => {
      void queries.prefetchQuery(clientOptions(host, id));
      void queries.prefetchQuery(itemsOptions(host, id));
    },
    [host, queries],
  );
}

/** How the list of clients was left: looked at when it is shown again, so that leaving it draws nothing. */
class LeftList {
  private left = FRESH_LIST;

  readonly keep = (left: ClientListState): void => {
    this.left = left;
  };

  /** What was asked of the list meanwhile is newer than how it was left. */
  or(asked: ClientListState): ClientListState {
    return this.left.turn === asked.turn ? this.left : asked;
  }
}

function openItems(id: string): void {
  go({ page: "client", id, tab: "items" });
}

/** The list of clients, or the first pull while there are none. */
function Clients({ list, leftList }: Pick<PageProps, "list" | "leftList">) {
  const { data: sync } = useSyncStatus();
  const { data: clients } = useClientCount();
  const askAhead = useAskAhead();
  const first = sync?.finishedAt === null;
  if (first && clients === 0) {
    return <FirstPull />;
  }
  return (
    <>
      {first && clients !== undefined ? <FirstPullBanner status={sync} clients={clients} /> : null}
      <ClientList
        key={list.turn}
        initial={leftList.or(list)}
        onLeave={leftList.keep}
        onRest={askAhead}
        onOpen={openItems}
      />
    </>
  );
}

function SessionEnded({ onSignInAgain }: { onSignInAgain: () => void }) {
  return (
    <div className={classes["ended"]} role="status" data-testid="sign-in-needed">
      <span>The portal ended the session. Work here goes on; syncing waits until you sign in again.</span>
      <Hint shortcut="signInAgain">
        <Button size="compact-sm" variant="default" onClick={onSignInAgain} data-testid="sign-in-again">
          Sign in again
        </Button>
      </Hint>
    </div>
  );
}

/** An opened desk reads the portal by itself, once. */
function useFirstSync(session: Session, start: () => void): void {
  const started = useRef(false);
  useEffect(() => {
    if (!started.current && !session.signInNeeded) {
      started.current = true;
      start();
    }
  });
}
