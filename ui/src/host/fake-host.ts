import { DeskProblem } from "../lib/problem";
import type {
  AsideRow,
  ChosenFile,
  ClientAlertKind,
  ClientPage,
  ClientReports,
  ClientRow,
  ClientStanding,
  ClientSearch,
  Commands,
  DeskEvent,
  ItemRow,
  LetterCheck,
  LetterChecked,
  LetterRow,
  OutboxDetail,
  OutboxPause,
  PrintRunConfirm,
  PrintRunConfirmed,
  PrintRunRow,
  PrintRunStart,
  PrinterRow,
  Problem,
  ProofRow,
  RecordAccess,
  RecordKind,
  ResourceProgress,
  Session,
  SettingsView,
  SignInOptions,
  SyncStatus,
  TaskRow,
  Today,
} from "./bindings";
import { FakeAddressees } from "./fake/addressees";
import { type ClientFacts, FakeClientFilters } from "./fake/client-filters";
import { FakeClientData } from "./fake/client-data";
import { FakeClientFiles } from "./fake/client-files";
import { type FakeFile, FakeFiles, faxPicture } from "./fake/files";
import { FakeFollowUps, addDays } from "./fake/follow-ups";
import { FakeGate, GATE_TABLE } from "./fake/gate";
import { FakeGoals } from "./fake/goals";
import { FakeLetterWork } from "./fake/letter-work";
import { FakeLetters } from "./fake/letters";
import { BUREAU_ADDRESSES, FURNISHERS, PRINTERS, REASONS, TEMPLATES } from "./fake/library";
import { FakeOutbox, fakeRow, sampleRows } from "./fake/outbox";
import { makeCard, makeItems, makeRow } from "./fake/people";
import { draftMessage, messageTemplates } from "./fake/messages";
import { FakePrintRuns } from "./fake/print-runs";
import { FakeRecords } from "./fake/records";
import { DOUBLE_WINDOW, NO_WINDOW, fakeSettings } from "./fake/settings";
import { FakeReports } from "./fake/reports";
import { AGREEMENT_KINDS, agreementsOf, productsOf } from "./fake/agreements";
import { FakeTasks, manyTasks, sampleTasks } from "./fake/tasks";
import type { CommandName, Host } from "./host";

/** Calls that answer bytes. */
type RawName = "letter_pdf" | "file_bytes" | "file_thumbnail" | "fax_page";

/** A desk in memory, for tests and for development in a plain browser. It never leaves a development build. */
export interface FakeHost extends Host {
  /** Every call so far, in order. */
  readonly calls: readonly { name: CommandName; take: unknown }[];
  /** Makes the next calls of a command fail. */
  fail(name: CommandName | RawName, problem: Problem, times?: number): void;
  /** Keeps the answers of a command back until the answered function is called. */
  hold(name: CommandName | RawName): () => void;
  /** What a file is from now on, where it is not what its record says. */
  putFile(id: string, file: Partial<FakeFile>): void;
  emit(event: DeskEvent): void;
  /** Puts a row into the outbox, or another in its place, and tells the window. */
  putOutbox(row: OutboxDetail): void;
  pauseOutbox(paused: OutboxPause | null): void;
  /** What the system's dialog answers from now on. */
  chooseFiles(files: readonly ChosenFile[]): void;
  /** Why the portal does not tell who is in a segment from now on; `null` when it does again. */
  refuseSegments(problem: Problem | null): void;
  /** Lists that the account may not read from now on, as the end of a pull tells the window. */
  forbid(kinds: readonly RecordKind[]): void;
  setSync(part: Partial<SyncStatus>): void;
  setSession(part: Partial<Session>): void;
}

export interface FakeOptions {
  clients?: number;
  session?: Partial<Session>;
  sync?: Partial<SyncStatus>;
  /** "stays" leaves the sync as it is; "at-once" ends each pull when it begins; "slowly" takes some seconds. */
  pull?: "stays" | "at-once" | "slowly";
  /** No keychain: signing in asks for a passphrase. */
  keychain?: boolean;
  /** What the deployment set; nothing unless told. */
  signIn?: Partial<SignInOptions>;
  /** Microsoft's page: "returns" signs in as soon as it opens; "stays" is never finished, so that only a cancel ends it. */
  browser?: "returns" | "stays";
  /** The portal's words once it has mailed a code or changed a password. */
  said?: string;
  /** What waits in the outbox, in order. */
  outbox?: readonly OutboxDetail[];
  paused?: OutboxPause;
  /** Caches that were set aside. */
  asides?: readonly AsideRow[];
  printers?: readonly PrinterRow[];
  /** What is in force where it is not as usual. */
  settings?: Partial<SettingsView>;
  /** The agent closes the dialog that asks where to save. */
  closesDialogs?: boolean;
  /** What is other than usual about the credit reports. */
  reports?: Partial<ClientReports>;
  /** Tasks in the portal; with `day`, some of everyone's unless told. */
  tasks?: readonly TaskRow[];
  /** What became of reading tasks and products. */
  access?: RecordAccess;
  /** Lists that the account may not read. */
  forbidden?: readonly RecordKind[];
  /** Further accounts in each credit report. */
  reportAccounts?: number;
  /** Milliseconds that each letter of a print run takes; none unless told. */
  printing?: number;
  /** Milliseconds that each letter takes to be prepared or saved; none unless told. */
  writing?: number;
  /** So many answers that are awaited, beside those of `day`. */
  answers?: number;
  /** In the middle of the work: letters at every stage, print runs, answers due. */
  day?: boolean;
  /** Milliseconds before an answer. */
  latency?: number;
  now?: () => Date;
}

const RESOURCES = ["clients", "negative_items", "agreements", "documents", "bureau_addresses", "furnishers", "templates", "instructions"];

export const SIGNED_OUT: Session = {
  stage: "signed_out",
  realm: null,
  portal: null,
  agent: null,
  guard: null,
  signInNeeded: false,
  problem: null,
  version: "0.1.0",
};

export const SIGNED_IN: Session = {
  ...SIGNED_OUT,
  stage: "ready",
  realm: "portal",
  portal: "portal.example.com",
  agent: "Dana Whitfield",
  guard: "keychain",
};

/** The code of the mail that `password_forgotten` would have sent. */
export const RESET_CODE = "code-of-the-mail";

export const NEVER_SYNCED: SyncStatus = {
  revision: 0,
  running: false,
  online: null,
  resources: [],
  finishedAt: null,
  everythingAt: null,
  problem: null,
  parked: 0,
};

export function makeFakeHost(options: FakeOptions = {}): FakeHost {
  const now = options.now ?? (() => new Date());
  const total = options.clients ?? 40;
  const keychain = options.keychain ?? true;
  const pull = options.pull ?? "at-once";
  let forbidden = new Set(options.forbidden);
  /** Rows of a list, as far as the account may read it. */
  const permitted = <T>(kind: RecordKind, list: T[]): T[] => (forbidden.has(kind) ? [] : list);
  const calls: { name: CommandName; take: unknown }[] = [];
  const failures = new Map<string, { problem: Problem; times: number }>();
  const gates = new Map<string, Promise<void>>();
  const handlers = new Set<(event: DeskEvent) => void>();
  const addressees = new FakeAddressees();
  const letters = new FakeLetters(now, addressees);
  const work = new FakeLetterWork();
  const working = (wanted: number) => work.through(wanted, (body) => emit({ type: "letters", body }), options.writing ?? 0);
  let asides = [...(options.asides ?? [])];
  const outbox = new FakeOutbox(now, options.outbox ?? [], options.paused ?? null);
  const agent = () => session.agent ?? "Agent";
  const files = new FakeFiles();
  const records = new FakeRecords(now, outbox, agent, files);
  const clientFiles = new FakeClientFiles(now, outbox, files, (id) => records.attachment(id));
  const reports = new FakeReports(options.reports, options.reportAccounts);
  const tasks = new FakeTasks(options.tasks ?? (options.day ? sampleTasks(now()) : []), options.access ?? "read");
  const clientData = new FakeClientData(now, outbox);
  const goals = new FakeGoals(now, outbox, options.access ?? "read");
  const proofs = new Map<string, ProofRow[]>();
  const gate = new FakeGate(now, agent);
  const runs = new FakePrintRuns(now, agent);
  const followUps = new FakeFollowUps(now);
  followUps.many(options.answers ?? 0);
  const clientFilters = new FakeClientFilters(now, total);
  let rows: ClientRow[] | null = null;
  let texts: string[] = [];
  let session: Session = { ...SIGNED_IN, ...options.session };
  let sync: SyncStatus = { ...finished(), ...options.sync };
  let timer: ReturnType<typeof setInterval> | null = null;
  /** Ends the waiting for the browser, if anyone waits. */
  let leaveBrowser: () => void = () => undefined;

  function progress(fraction: number): ResourceProgress[] {
    return RESOURCES.map((resource, index) => {
      const here = Math.max(0, Math.min(1, fraction * RESOURCES.length - index));
      const all = resource === "negative_items" ? total * 9 : resource === "clients" ? total : 12 + index;
      return {
        resource,
        state: here >= 1 ? "done" : here > 0 ? "running" : "waiting",
        done: Math.floor(here * all),
        total: here > 0 ? all : null,
      };
    });
  }

  function finished(): SyncStatus {
    return {
      ...NEVER_SYNCED,
      online: true,
      resources: progress(1),
      finishedAt: new Date(now().getTime() - 130_000).toISOString(),
      everythingAt: new Date(now().getTime() - 3_600_000).toISOString(),
    };
  }

  function emit(event: DeskEvent): void {
    for (const handler of handlers) {
      handler(event);
    }
  }

  function setSync(part: Partial<SyncStatus>): SyncStatus {
    sync = { ...sync, ...part, revision: sync.revision + 1 };
    emit({ type: "sync", body: sync });
    return sync;
  }

  function setSession(part: Partial<Session>): Session {
    session = { ...session, ...part };
    emit({ type: "session", body: session });
    return session;
  }

  /** Tells the window that the outbox changed, as the desk does. */
  function told<T>(answer: T): T {
    emit({ type: "changed", body: ["outbox", "clients", "notes", "documents", "correspondence"] });
    emit({ type: "outbox", body: outbox.status() });
    return answer;
  }

  function stopPull(): void {
    if (timer) {
      clearInterval(timer);
      timer = null;
    }
  }

  function startPull(everything: boolean): SyncStatus {
    const everythingAt = everything || sync.everythingAt === null ? now().toISOString() : sync.everythingAt;
    if (sync.running || pull === "stays") {
      return sync;
    }
    if (pull === "at-once") {
      setSync({ running: false, online: true, resources: progress(1), finishedAt: now().toISOString(), everythingAt, problem: null });
      emit({ type: "changed", body: ["clients", "items", "library"] });
      return sync;
    }
    let steps = 0;
    timer = setInterval(() => {
      steps += 1;
      if (steps >= 60) {
        stopPull();
        setSync({ running: false, resources: progress(1), finishedAt: now().toISOString(), everythingAt });
      } else {
        setSync({ resources: progress(steps / 60) });
      }
      emit({ type: "changed", body: ["clients", "items", "library"] });
    }, 150);
    return setSync({ running: true, online: true, problem: null, resources: progress(0) });
  }

  function enter(realm: "portal" | "practice", passphrase: string | null, portal: string | null): Session {
    if (!keychain && passphrase === null) {
      refuse("keychain_unavailable", "This computer has no keychain. Choose a passphrase to guard the client data.");
    }
    sync = { ...NEVER_SYNCED, revision: sync.revision + 1 };
    return setSession({ ...SIGNED_IN, realm, portal, guard: keychain ? "keychain" : "passphrase" });
  }

  async function throughBrowser({ portal, passphrase }: Commands["session_sign_in_azure"]["take"]): Promise<Session> {
    if (options.browser === "stays") {
      await new Promise<never>((_, reject) => {
        leaveBrowser = () => reject(new DeskProblem({ code: "cancelled", message: "Cancelled; nothing was changed." }));
      });
    }
    return enter("portal", passphrase, hostOf(portal));
  }

  const clientFacts: ClientFacts = {
    undisputed: (id) => itemsOf(id).some((item) => ["new", "not_processed"].includes(item.status) && !item.excluded && !item.disputed && item.letters === 0),
    lettersWaiting: () => new Set(letters.rows(null, false).flatMap(({ stage, sentOn, clientId }) => (stage === "prepared" && sentOn === null ? [clientId] : []))),
    followUpDue: () => new Set(followUps.list({ clientId: null, closed: false }).flatMap(({ daysLeft, clientId }) => (daysLeft <= 7 ? [clientId] : []))),
    taskDue: () => new Set(tasks.due(Number.POSITIVE_INFINITY).rows.map(({ clientId }) => clientId)),
    writtenIn: (days) => {
      const since = days === 0 ? "" : addDays(today(), -days);
      return new Set(followUps.list({ clientId: null, closed: true }).flatMap(({ sentOn, clientId }) => (sentOn >= since ? [clientId] : [])));
    },
  };

  function everyone(): readonly ClientRow[] {
    if (!rows) {
      const order = new Intl.Collator("en-US");
      rows = Array.from({ length: total }, (_, index) => makeRow(index)).toSorted((one, other) =>
        order.compare(one.sortedName, other.sortedName),
      );
      texts = rows.map((row) => `${row.name} ${row.email} ${row.phone} ${row.id} ${row.ssnLastFour}`.toLowerCase());
    }
    return rows;
  }

  function search({ query, offset, limit, sort, filter }: ClientSearch): ClientPage {
    const all = everyone();
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = words.length === 0 ? all : all.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
    const found = clientFilters.sort(clientFilters.narrow(matching, filter, clientFacts), sort);
    return { total: found.length, rows: found.slice(offset, offset + limit) };
  }

  /** Clients in the cache: none before the first pull has brought some. */
  function arrived(): number {
    return sync.finishedAt ? total : (sync.resources.find(({ resource }) => resource === "clients")?.done ?? 0);
  }

  function clientIndex(id: string): number {
    const index = Number(id) - 1000;
    if (!Number.isInteger(index) || index < 0 || index >= total) {
      refuse("not_found", "This client is no longer in the cache. It may have been removed in the portal; sync to be sure.");
    }
    return index;
  }

  function today(): string {
    return now().toISOString().slice(0, 10);
  }

  function prove(clientId: string, proof: ProofRow): void {
    proofs.set(clientId, [proof, ...(proofs.get(clientId) ?? []).filter(({ provider }) => provider !== proof.provider)]);
  }

  /** What the header says beside the card. */
  function standingOf(id: string): ClientStanding {
    const late = (days: readonly number[]) => days.filter((left) => left < 0).map((left) => -left);
    const answers = late(followUps.list({ clientId: id, closed: false }).map(({ daysLeft }) => daysLeft));
    const undone = late(tasks.list(id).tasks.flatMap(({ stage, daysLeft }) => (stage === "open" && daysLeft !== null ? [daysLeft] : [])));
    const alert = (kind: ClientAlertKind, of: readonly unknown[], days: readonly number[] = []) =>
      of.length > 0 ? [{ kind, count: of.length, days: days.length > 0 ? Math.max(...days) : null }] : [];
    return {
      proofs: proofs.get(id) ?? [],
      products: options.access === undefined || options.access === "read" ? productsOf(clientIndex(id)).map(({ name }) => name) : [],
      productsAccess: options.access ?? "read",
      goals: goals.names(id),
      goalsAccess: options.access ?? "read",
      alerts: [
        ...alert("outbox_asks", outbox.list({ clientId: id, over: false }).filter(({ asks }) => asks)),
        ...alert("answers_overdue", answers, answers),
        ...alert("tasks_overdue", undone, undone),
        ...alert("items_reinserted", itemsOf(id).filter(({ lastOutcome }) => lastOutcome === "reinserted")),
      ],
    };
  }

  /** A client's items as they stand: with this desk's exclusions, letters and answers. */
  function itemsOf(clientId: string): ItemRow[] {
    return makeItems(clientIndex(clientId)).map((item) => ({
      ...gate.applied(clientId, item),
      ...followUps.of(item.id),
      letters: letters.disputing(item.id),
    }));
  }

  function check({ ids, medium }: LetterCheck): LetterChecked[] {
    return ids.flatMap((id) => {
      const kept = letters.find(id);
      if (!kept) {
        return [];
      }
      const { row: letter, itemIds } = kept;
      return gate.check({
        letter,
        client: records.card(makeCard(clientIndex(letter.clientId))),
        items: itemsOf(letter.clientId).filter((item) => itemIds.includes(item.id)),
        awaited: followUps.list({ clientId: letter.clientId, closed: false }).filter(({ recipientName }) => recipientName === letter.recipientName),
        medium,
      });
    });
  }

  /** Says that local data changed, as the desk does after what an agent did. */
  function changed<T>(answer: T, ...topics: Extract<DeskEvent, { type: "changed" }>["body"]): T {
    emit({ type: "changed", body: topics });
    return answer;
  }

  async function printRun(take: PrintRunStart, reprintOf: number | null): Promise<PrintRunRow> {
    const held = check({ ids: take.ids, medium: "paper" }).filter(({ blocked }) => blocked).length;
    if (held > 0) {
      refuse("held", `${held} of these letters may not go out yet. Look at their findings.`);
    }
    const wanted = take.ids.flatMap((id) => letters.find(id)?.row ?? []);
    const run = await runs.start(take, wanted, (body) => emit({ type: "print_run", body }), options.printing ?? 0, reprintOf);
    if (run.stage === "printed") {
      letters.change(take.ids, { stage: "printed", printedAt: now().toISOString() });
    }
    return changed(run, "print_runs", "letters");
  }

  function confirmRun({ id, jammed, mailedOn, file }: PrintRunConfirm): PrintRunConfirmed {
    const detail = runs.confirm(id, jammed);
    const sentOn = mailedOn ?? today();
    const good = detail.letters.filter(({ cameOut }) => cameOut === true).map(({ letterId }) => letterId);
    letters.change(good, { sentOn });
    const opened = good.flatMap((letterId) => {
      const kept = letters.find(letterId);
      if (!kept) {
        return [];
      }
      const items = kept.itemIds.map((itemId, index) => ({
        itemId,
        accountName: kept.why.items[index]?.[0] ?? "",
        reason: kept.why.items[index]?.[1] ?? "",
      }));
      return followUps.open(kept.row, items, "mail", sentOn);
    });
    const filing = file ? good.flatMap((letterId) => letters.find(letterId)?.row ?? []) : [];
    for (const row of filing) {
      outbox.put(fakeRow({ id: `file-${row.id}`, clientId: row.clientId, kind: "file_letter", title: "Letter to be filed", detail: row.recipientName, letterId: row.id, createdAt: now().toISOString() }));
    }
    const answer = { detail, followUps: opened, queued: filing.length };
    return told(changed(answer, "print_runs", "letters", "follow_ups", "items"));
  }

  function theDay(): Today {
    const open = followUps.list({ clientId: null, closed: false });
    const due = open.filter(({ daysLeft }) => daysLeft <= 7);
    const standing = letters.rows(null, false).filter(({ sentOn }) => sentOn === null).toReversed();
    const toReview = standing.filter(({ review }) => review === null);
    const toPrint = standing.filter(({ stage, review }) => stage === "prepared" && review !== null);
    return {
      date: today(),
      due: due.slice(0, 200),
      dueTotal: due.length,
      overdue: due.filter(({ daysLeft }) => daysLeft < 0).length,
      awaited: open.length,
      toReview: toReview.slice(0, 200),
      toReviewTotal: toReview.length,
      toPrint: toPrint.slice(0, 200),
      toPrintTotal: toPrint.length,
      toConfirm: runs.list().filter(({ stage }) => stage === "printed"),
      outbox: outbox.status(),
      syncedAt: sync.finishedAt,
    };
  }

  /** Letters of a client to the bureaus, for the first item of each that may be disputed. */
  function writeFor(clientId: string): LetterRow[] {
    const chosen = ["equifax", "experian", "transunion"].flatMap((bureau) => itemsOf(clientId).find((item) => item.bureau === bureau && !item.excluded) ?? []);
    const { letters: made } = letters.prepare(
      {
        clientId,
        templateId: "31",
        items: chosen.map(({ id }, index) => ({ itemId: id, reasonId: String(71 + index) })),
        recipients: chosen.flatMap(({ bureau }) => (bureau ? [{ party: { kind: "bureau" as const, bureau }, itemIds: null }] : [])),
        unsignedOverride: null,
        enclosures: [],
      },
      agent(),
    );
    return made;
  }

  /** A day in the middle of the work, for a developer's browser and for pictures. */
  async function fillTheDay(): Promise<void> {
    const run = async (clients: string[], sentBefore: number | null, jams: number) => {
      const ids = clients.flatMap((client) => writeFor(client).map(({ id }) => id));
      letters.review({ ids, channel: "phone", on: addDays(today(), -(sentBefore ?? 1)) }, agent());
      const { id } = await runs.start({ ids, printer: "PDF", tray: null, duplex: false, copies: 1 }, ids.flatMap((one) => letters.find(one)?.row ?? []), () => undefined, 0);
      letters.change(ids, { stage: "printed", printedAt: now().toISOString() });
      if (sentBefore !== null) {
        confirmRun({ id, jammed: ids.slice(0, jams), mailedOn: addDays(today(), -sentBefore), file: false });
      }
    };
    await run(["1002"], 41, 0);
    await run(["1030"], 31, 1);
    await run(["1006"], 9, 0);
    await run(["1008", "1012"], null, 0);
    const overdue = followUps.list({ clientId: "1002", closed: false })[0];
    if (overdue) {
      followUps.outcome({ letterId: overdue.letterId, itemIds: overdue.items.map(({ itemId }) => itemId), outcome: "deleted" });
    }
    const received = followUps.list({ clientId: "1030", closed: false })[0];
    if (received) {
      followUps.set({ letterId: received.letterId, receivedOn: addDays(received.sentOn, 2), extended: false });
    }
    writeFor("1014");
    writeFor("1003");
    letters.review({ ids: writeFor("1018").map(({ id }) => id), channel: "email", on: null }, agent());
  }

  if (options.day) {
    // Nothing of it waits for anything, so it is there with the first answer.
    fillTheDay().catch(() => undefined);
  }

  // Commands that no screen calls have no answer here.
  const answers: { [N in CommandName]?: (take: Commands[N]["take"]) => Commands[N]["give"] | Promise<Commands[N]["give"]> } = {
    session_get: () => session,
    session_options: () => ({ portal: null, azure: false, ...options.signIn }),
    session_sign_in: ({ portal, passphrase }) => enter("portal", passphrase, hostOf(portal)),
    session_sign_in_azure: throughBrowser,
    session_cancel_azure: () => {
      leaveBrowser();
      return {};
    },
    password_forgotten: () => ({ message: options.said ?? "If the account exists, a mail with a code is on its way." }),
    password_reset: ({ token, password }) => {
      refuseFields({
        ...(token === RESET_CODE ? {} : { token: ["This code is not valid, or no longer."] }),
        ...(password.length >= 8 ? {} : { password: ["The password must have at least 8 characters."] }),
      });
      return { message: options.said ?? "Your password has been reset." };
    },
    session_practice: ({ passphrase }) => enter("practice", passphrase, null),
    session_unlock: ({ passphrase }) =>
      passphrase === "correct horse battery"
        ? setSession({ ...SIGNED_IN, guard: "passphrase" })
        : refuse("wrong_passphrase", "This is not the passphrase of the data on this computer. Try again."),
    session_retry: () => setSession({ ...SIGNED_IN }),
    session_set_aside: () => setSession({ ...SIGNED_OUT }),
    session_sign_out: ({ discardLetters, discardUnsent }) => {
      const waiting = letters.rows(null, false).filter(({ stage }) => stage === "prepared").length;
      if (waiting > 0 && !discardLetters) {
        refuse("letters_unprinted", `${waiting} prepared letters were never printed or saved. Signing out wipes them.`);
      }
      const unsent = outbox.list({ clientId: null, over: false }).length;
      if (unsent > 0 && !discardUnsent) {
        refuse("outbox_unsent", `${unsent} things were not sent yet; signing out loses them.`);
      }
      stopPull();
      sync = { ...NEVER_SYNCED, revision: sync.revision + 1 };
      return setSession({ ...SIGNED_OUT });
    },
    sync_start: () => startPull(false),
    sync_everything: () => startPull(true),
    sync_cancel: () => {
      stopPull();
      return setSync({ running: false, problem: { code: "cancelled", message: "The sync was cancelled. What it brought is kept." } });
    },
    sync_status: () => sync,
    client_search: (take) => (arrived() === 0 || forbidden.has("clients") ? { total: 0, rows: [] } : search(take)),
    client_filter_choices: () => clientFilters.choices(arrived() === 0 ? [] : everyone()),
    client_filter_list: () => clientFilters.list(),
    client_filter_save: (take) => {
      const fault = clientFilters.fault(take);
      return fault === undefined ? changed(clientFilters.save(take), "clients") : refuseField("name", [fault]);
    },
    client_filter_remove: ({ id }) => (clientFilters.remove(id) ? changed({}, "clients") : refuse("not_found", "This filter is no longer here.")),
    segment_read: ({ id }) => changed(clientFilters.readSegment(id) ?? refuse("not_found", "This segment is no longer here."), "clients"),
    client_get: ({ id }) => {
      const card = records.card(makeCard(clientIndex(id)));
      return { ...card, agreements: agreementsOf(card).agreements, reports: reports.list(id).reports.length, openTasks: tasks.open(id) };
    },
    client_overview: ({ id }) => clientData.overview(makeCard(clientIndex(id))),
    client_update: (take) => told(clientData.update(take)),
    client_customer_view: ({ id }) => ({
      sections: (["data", "items", "documents", "agreements", "products", "goals"] as const).map((part) => {
        const lines = part === "goals" ? [{ title: "Buy a home", detail: "" }] : part === "items" ? itemsOf(id).map((item) => ({ title: item.accountName, detail: item.accountType })) : [];
        return { part, lines, total: lines.length, problem: part === "products" ? { code: "forbidden", message: "Your account may not read this." } : null };
      }),
    }),
    kba_questions: ({ provider }) =>
      provider === "spin_wheel"
        ? { way: "message", token: "t-2", questions: [] }
        : {
            way: "questions",
            token: "t-1",
            questions: [
              { id: "q1", text: "Which of these streets have you lived on?", options: [{ id: "a1", text: "Peachtree Street" }, { id: "a2", text: "None of these" }] },
              { id: "q2", text: "Who holds your auto loan of 2021?", options: [{ id: "b1", text: "Bluestone Auto" }, { id: "b2", text: "None of these" }] },
            ],
          },
    kba_answer: ({ token, clientId, provider }) => {
      if (token !== "t-1") {
        prove(clientId, { provider, state: "proven", at: now().toISOString(), author: agent() });
      }
      return { next: token === "t-1" ? { way: "code", token: "t-3", questions: [] } : null };
    },
    kba_skip: ({ clientId, provider }) => {
      prove(clientId, { provider, state: "skipped", at: now().toISOString(), author: agent() });
      return {};
    },
    reading_get: ({ kind }) => (forbidden.has(kind) ? "forbidden" : (options.access ?? "read")),
    client_standing: ({ id }) => standingOf(id),
    goal_list: ({ id }) => goals.list(id),
    goal_assign: ({ clientId, goalIds }) => told(goals.write("assign_goals", clientId, goalIds)),
    goal_remove: ({ clientId, goalIds }) => told(goals.write("remove_goals", clientId, goalIds)),
    client_refresh: () => ({ checkedAt: now().toISOString(), problem: null }),
    item_list: ({ id }) => permitted("items", itemsOf(id)),
    bureau_address_list: () => [...BUREAU_ADDRESSES],
    furnisher_search: ({ query, limit }) =>
      permitted("furnishers", FURNISHERS.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())).slice(0, limit)),
    addressee_list: () => addressees.list(),
    addressee_save: (take) => {
      const [field, faults] = Object.entries(addressees.faults(take))[0] ?? [];
      return field === undefined ? changed(addressees.save(take), "library") : refuseField(field, faults ?? []);
    },
    addressee_forget: ({ id }) =>
      addressees.forget(id) ? changed({}, "library") : refuse("not_found", "This address is no longer here."),
    template_list: () => permitted("templates", [...TEMPLATES]),
    reason_list: () => permitted("reasons", [...REASONS]),
    letter_prepare: async (take) => {
      await working(take.recipients.length);
      return letters.prepare(take, session.agent ?? "Agent");
    },
    letter_stop: () => {
      work.stop();
      return {};
    },
    letter_list: ({ clientId, discarded }) => letters.rows(clientId, discarded),
    letter_why: ({ id }) => {
      const { why, row } = letters.find(id) ?? refuse("not_found", "This letter is no longer here.");
      return { ...why, review: row.review, overrides: gate.overridesOf(id) };
    },
    letter_text: ({ id }) => (letters.find(id) ?? refuse("not_found", "This letter is no longer here.")).text,
    letter_reword: (take) => {
      if (take.text?.includes("[")) {
        refuse("letter_failed", "[ClientName] in the letter's text is not filled in, because a letter that is changed by hand says just what is written: write the words instead");
      }
      return changed(letters.reword(take, agent()) ?? refuse("not_found", "This letter is no longer here."), "letters");
    },
    letter_check: check,
    letter_override: (take) => {
      gate.override(take);
      const [looked] = check({ ids: [take.letterId], medium: "paper" });
      return changed(looked ?? refuse("not_found", "This letter is no longer here."), "letters");
    },
    letter_review: (take) => changed(letters.review(take, agent()), "letters"),
    gate_table: () => [...GATE_TABLE],
    exclusion_list: ({ id }) => gate.excluded(id),
    exclusion_add: (take) => changed(gate.exclude(take), "items"),
    exclusion_remove: ({ id }) => {
      gate.include(id);
      return changed({}, "items");
    },
    follow_up_list: (take) => followUps.list(take),
    follow_up_set: (take) => changed(followUps.set(take), "follow_ups"),
    follow_up_outcome: (take) => changed(followUps.outcome(take), "follow_ups", "items"),
    today_get: theDay,
    letter_discard: ({ ids }) => letters.change(ids, { stage: "discarded" }),
    letter_restore: ({ ids }) => letters.change(ids, { stage: "prepared" }),
    letter_save: async ({ ids, layout }) => {
      const held = check({ ids, medium: "paper" }).flatMap(({ letterId, findings }) => {
        const why = findings.find(({ severity, overridden }) => severity === "block" && overridden === null);
        return why ? [{ id: letterId, why: why.message }] : [];
      });
      const saved = ids.filter((id) => held.every((one) => one.id !== id));
      if (saved.length === 0) {
        refuse("held", `The letter is held. ${held[0]?.why ?? ""}`);
      }
      await working(saved.length);
      return { files: layout === "merged" ? ["letters.pdf"] : saved.map((id) => `${id}.pdf`), held };
    },
    outbox_list: (take) => outbox.list(take),
    outbox_get: ({ id }) => outbox.get(id),
    outbox_status: () => outbox.status(),
    outbox_retry: ({ id }) => told(outbox.retry(id)),
    outbox_pause: ({ id }) => told(outbox.pause(id)),
    outbox_resume: ({ id }) => told(outbox.resume(id)),
    aside_list: () => asides,
    aside_rescue: ({ id }) => {
      const aside = asides.find((one) => one.id === id) ?? refuse("not_found", "These files are no longer here.");
      asides = asides.map((one) => (one === aside ? { ...one, unsent: 0 } : one));
      const brought = Array.from({ length: aside.unsent }, (_, index) =>
        outbox.put(fakeRow({ id: `brought-${index}`, ...(aside.lostChanges ? { stage: "unknown", asks: true } : { paused: true }) })),
      );
      return told({ brought, unreadable: aside.unreadable });
    },
    sending_pause: () => told(outbox.pauseAll(true)),
    sending_resume: () => told(outbox.pauseAll(false)),
    outbox_cancel: ({ id }) => told(outbox.cancel(id)),
    outbox_settle: (take) => told(outbox.settle(take)),
    outbox_edit: (take) => told(outbox.edit(take)),
    network_back: () => ({}),
    note_list: ({ id }) => permitted("notes", records.notes(id)),
    note_add: ({ clientId, text }) => told(records.addNote(clientId, text)),
    note_change: ({ id, text }) => told(records.changeNote(id, text)),
    note_remove: ({ id }) => told(records.removeNote(id)),
    document_list: ({ id }) => permitted("documents", records.documents(id)),
    document_choose: () => [...records.chosen],
    fax_setting: () => ({ reattempts: 3 }),
    document_straighten: ({ id }) => records.straighten(id),
    document_add: (take) => told(records.addDocument(take)),
    document_replace: (take) => told(records.replaceDocument(take)),
    document_remove: ({ clientId, id }) => told(records.removeDocument(clientId, id)),
    file_open: (take) => changed(files.open(take), "documents", "correspondence"),
    file_cancel: ({ id }) => {
      files.cancel(id);
      return {};
    },
    file_save: ({ file }) => ({ files: options.closesDialogs ? [] : [files.copyName(file)] }),
    credit_report_list: ({ id }) => reports.list(id),
    credit_report_get: ({ id }) => reports.get(id),
    credit_report_beside: ({ id }) => reports.beside(id),
    credit_report_difference: (take) => reports.difference(take),
    task_list: ({ id }) => tasks.list(id),
    tasks_due: ({ limit }) => tasks.due(limit),
    task_search: (take) => tasks.search(take, agent()),
    agreement_list: ({ id }) => {
      const of = agreementsOf(makeCard(clientIndex(id)));
      return { ...of, agreements: permitted("agreements", [...records.agreements(id), ...of.agreements]) };
    },
    agreement_kinds: () => [...AGREEMENT_KINDS],
    agreement_add: (take) => told(records.addAgreement(take)),
    client_file_list: ({ id }) => clientFiles.list(id),
    client_file_link: (take) => told(clientFiles.write("link_attachment", take)),
    client_file_unlink: (take) => told(clientFiles.write("unlink_attachment", take)),
    product_list: ({ id }) => ({ products: options.access === undefined || options.access === "read" ? productsOf(clientIndex(id)) : [], access: options.access ?? "read" }),
    correspondence_list: ({ id }) => permitted("correspondence", records.correspondence(id)),
    message_send: (take) => told(records.send(take)),
    message_template_list: () => permitted("templates", messageTemplates()),
    message_draft: ({ templateId }) => draftMessage(templateId),
    fax_record: (take) => told(records.recordFax(take)),
    fax_look: ({ letterId, cover }) => {
      const { row } = letters.find(letterId) ?? refuse("not_found", "This letter is no longer here.");
      return { pages: row.pages + (cover ? 1 : 0), limit: 30 };
    },
    fax_send: (take) => told(outbox.fax(take, (id) => letters.find(id)?.row)),
    printer_list: () => [...(options.printers ?? PRINTERS)],
    print_run_start: (take) => printRun(take, null),
    print_run_cancel: () => {
      runs.cancel();
      return {};
    },
    print_run_list: () => runs.list(),
    print_run_get: ({ id }) => runs.get(id),
    print_run_confirm: confirmRun,
    print_run_reprint: ({ id }) => {
      const { take, number } = runs.again(id);
      return printRun(take, number);
    },
    print_run_manifest: ({ id, format }) => ({ files: [`${id}.${format}`] }),
    settings_get: () => ({ ...fakeSettings(session, arrived()), ...options.settings }),
    diagnostics_save: () => ({ files: options.closesDialogs ? [] : ["Dispute Desk diagnostics.txt"] }),
  };

  async function arrive(name: CommandName | RawName): Promise<void> {
    await gates.get(name);
    if (options.latency) {
      await new Promise((resolve) => {
        setTimeout(resolve, options.latency);
      });
    }
    const failure = failures.get(name);
    if (failure && failure.times > 0) {
      failure.times -= 1;
      throw new DeskProblem(failure.problem);
    }
  }

  return {
    calls,
    async call(name, take) {
      calls.push({ name, take });
      await arrive(name);
      const answer = answers[name];
      if (!answer) {
        throw new Error(`The fake host has no answer to ${name}.`);
      }
      return await answer(take);
    },
    async letterPdf(id) {
      await arrive("letter_pdf");
      return letters.find(id)?.pdf ?? refuse("not_found", "This letter is no longer here.");
    },
    async fileBytes(file) {
      await arrive("file_bytes");
      return files.bytes(file);
    },
    async fileThumbnail(file) {
      await arrive("file_thumbnail");
      return files.thumbnail(file);
    },
    async faxPage(look, page, fineness) {
      await arrive("fax_page");
      return faxPicture(look, page, fineness);
    },
    onDeskEvent(handler) {
      handlers.add(handler);
      return () => {
        handlers.delete(handler);
      };
    },
    fail(name, problem, times = 1) {
      failures.set(name, { problem, times });
    },
    hold(name) {
      let release: () => void = () => undefined;
      gates.set(
        name,
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return () => {
        gates.delete(name);
        release();
      };
    },
    emit,
    putOutbox(row) {
      told(outbox.put(row));
    },
    pauseOutbox(paused) {
      outbox.paused = paused;
      told(null);
    },
    chooseFiles(chosen) {
      records.chosen = chosen;
    },
    putFile(id, file) {
      files.put(id, file);
    },
    refuseSegments(problem) {
      clientFilters.refusal = problem;
    },
    forbid(kinds) {
      forbidden = new Set(kinds);
      emit({ type: "changed", body: ["clients", "items", "library", "notes", "documents", "correspondence"] });
    },
    setSync,
    setSession,
  };
}

function refuse(code: Problem["code"], message: string): never {
  throw new DeskProblem({ code, message });
}

/** Refuses as the desk does what was typed into a field. */
function refuseField(field: string, reasons: string[]): never {
  const message = `${field}: ${reasons.join(" ")}`;
  throw new DeskProblem({ code: "bad_request", message, fields: { [field]: reasons } });
}

/** Refuses as the portal's 422 arrives, when there is a field to refuse. */
function refuseFields(fields: { [field: string]: string[] }): void {
  const details = Object.entries(fields).map(([field, messages]) => `${field}: ${messages.join(" ")}`);
  if (details.length > 0) {
    throw new DeskProblem({
      code: "portal_refused",
      message: `The portal refused what was sent: some values are not accepted (${details.join("; ")}). Correct it and try again.`,
      fields,
    });
  }
}

function hostOf(portal: string): string {
  return URL.canParse(portal) ? new URL(portal).host : portal;
}

/** What a developer's browser shows; the page's own query string arranges it: `?clients=100000&stage=ready`, `?azure&portal=...`, `?day`, `?envelope=double`. */
export function developmentHost(query: URLSearchParams): FakeHost {
  const stage = query.get("stage") ?? "signed_out";
  const sessions: Record<string, Session> = {
    signed_out: SIGNED_OUT,
    locked: { ...SIGNED_OUT, stage: "locked", guard: "passphrase" },
    blocked: {
      ...SIGNED_OUT,
      stage: "blocked",
      problem: {
        code: "key_missing",
        message: "The keychain no longer holds the key of the client data on this computer. If it was moved, bring it back and try again.",
      },
    },
    ready: SIGNED_IN,
    practice: { ...SIGNED_IN, realm: "practice", portal: null },
    ended: { ...SIGNED_IN, signInNeeded: true },
    first: { ...SIGNED_IN },
  };
  const beginning: SyncStatus = {
    ...NEVER_SYNCED,
    running: true,
    online: true,
    resources: RESOURCES.map((resource, index) => ({
      resource,
      state: index === 0 ? "running" : "waiting",
      done: 0,
      total: index === 0 ? 10_000 : null,
    })),
  };
  return makeFakeHost({
    clients: Number(query.get("clients") ?? 500),
    session: sessions[stage] ?? SIGNED_OUT,
    keychain: query.get("keychain") !== "no",
    signIn: { portal: query.get("portal"), azure: query.has("azure") },
    browser: query.get("azure") === "returns" ? "returns" : "stays",
    pull: query.has("offline") || stage === "first" ? "stays" : query.get("pull") === "slowly" || stage === "signed_out" ? "slowly" : "at-once",
    outbox: query.has("outbox") ? sampleRows(new Date()) : [],
    ...(query.has("asides") ? { asides: sampleAsides() } : {}),
    ...(query.has("offline") ? { paused: "away" as const } : {}),
    day: query.has("day"),
    answers: Number(query.get("answers") ?? 0),
    ...(query.has("tasks") ? { tasks: manyTasks(Number(query.get("tasks")), new Date()) } : {}),
    reportAccounts: Number(query.get("accounts") ?? 0),
    printing: query.has("day") ? 250 : 0,
    writing: query.has("day") ? 250 : 0,
    settings: query.get("envelope") === "double" ? { letters: DOUBLE_WINDOW } : query.get("envelope") === "none" ? { letters: NO_WINDOW } : {},
    latency: Number(query.get("latency") ?? 30),
    sync: query.has("offline") ? { online: false } : stage === "first" ? beginning : {},
  });
}

/** Files that were set aside, of each sort, for a developer's browser. */
function sampleAsides(): AsideRow[] {
  const aside = { at: "2026-11-20T15:04:00Z", unsent: 0, unreadable: 0, lostChanges: false, problem: null };
  return [
    { ...aside, id: "one", unsent: 3, unreadable: 2 },
    { ...aside, id: "two", at: "2026-10-02T09:31:00Z", unsent: 1, lostChanges: true },
    { ...aside, id: "three", at: "2026-09-14T17:20:00Z", problem: { code: "key_missing", message: "The key of these files is no longer in the keychain of this computer, so that nothing in them can be read. If the keychain can be restored, look again." } },
  ];
}
