//! One schedule: what happens, and whether every promise was kept.

use super::journal::{Counted, Memory, Rows};
use super::server::Server;
use super::time::{Dice, Time};
use domain::outbox::{
    Attempt, Decision, DocumentBase, DocumentFile, FaxTo, FileRef, Intent, IntentKind, Look, NotSent, NoteBase,
    OutboxRow, OutboxState, Rules, Trouble, TroubleKind, Turn,
};
use domain::{AttachmentId, ClientId, DocumentId, GoalId, IntentId, LetterId, NoteId};
use futures::future::{Either, select};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{DatabaseKey, Store};
use sync::outbox::{Brake, Clock, Gate, Head, Journal, JournalError, Parts, Remote, Wake, Worker};
use tokio_util::sync::CancellationToken;

/// What is queued, by a number below this; faxes and notes have several.
const KINDS: u64 = 18;

/// How long things go wrong, and how long the desk then has to settle everything.
const STORMY: u64 = 30 * 60;
const CALM: u64 = 3 * 60 * 60;

/// A mistake that a build could make. The proof must find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A lost answer is taken for a call that never left.
    ResendsAfterATimeout,
    /// The first byte leaves before the row is durable as sending.
    SendsBeforeItIsDurable,
    /// Rows of an unknown kind are dropped.
    DropsUnknownKinds,
    /// One absence is enough, at once.
    BelievesTheFirstAbsence,
    /// A row that is paused goes like any other.
    SendsWhatIsPaused,
}

/// What happens, from one number.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The number.
    pub seed: u64,
    /// A planted mistake.
    pub bug: Option<Bug>,
}

/// How a schedule ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Promises that were broken, in words; empty for a good schedule.
    pub broken: Vec<String>,
    /// Intents that were queued.
    pub intents: u32,
    /// Outcomes that were unknown at some time.
    pub were_unknown: u32,
    /// Of those with a mark, the ones that only the agent could settle.
    pub left_to_the_agent: u32,
    /// Power failures.
    pub crashes: u32,
    /// Calls that the server accepted.
    pub accepted: u32,
    /// Times that the agent paused a row, or all sending.
    pub pauses: u32,
}

impl Report {
    /// Both together.
    pub fn add(&mut self, other: Report) {
        self.broken.extend(other.broken);
        self.intents += other.intents;
        self.were_unknown += other.were_unknown;
        self.left_to_the_agent += other.left_to_the_agent;
        self.crashes += other.crashes;
        self.accepted += other.accepted;
        self.pauses += other.pauses;
    }
}

/// Plays a schedule on rows in memory.
#[must_use]
pub fn in_memory(schedule: Schedule) -> Report {
    let time = Time::default();
    let memory = Memory::default();
    let dropped = memory.clone();
    time.clone().run(play(schedule, &time, &memory, move || dropped.drop_unknown()))
}

/// Plays a schedule on a real database in a folder. Needs a runtime for the database's threads.
pub async fn on_disk(schedule: Schedule, folder: &Path) -> Report {
    let path = folder.join(format!("{}.db", schedule.seed));
    let store = Store::open(&path, &DatabaseKey::new([9; 32])).await.unwrap();
    let opened = store.clone();
    let report = tokio::task::spawn_blocking(move || {
        let time = Time::default();
        let counted = Counted { store, time: time.clone() };
        time.clone().run(play(schedule, &time, &counted, || {}))
    });
    let report = report.await.unwrap();
    opened.close().await;
    for name in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{name}", path.display()));
    }
    report
}

/// The simulation's clocks.
#[derive(Clone)]
struct SimulatedClock {
    time: Time,
    dice: Arc<Mutex<Dice>>,
    /// How far the clock that people read is off.
    skew: Arc<Mutex<SignedDuration>>,
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.time.now()).unwrap();
        Timestamp::from_second(1_780_000_000).unwrap() + elapsed + *self.skew.lock().unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.time.now()
    }

    async fn sleep(&self, wait: Duration) {
        self.time.sleep(wait).await;
    }

    fn dice(&self) -> u8 {
        u8::try_from(self.dice.lock().unwrap().below(256)).unwrap()
    }
}

/// Holds the rows that it was told to hold.
#[derive(Clone, Default)]
struct SimulatedGate(Arc<Mutex<BTreeSet<IntentId>>>);

impl Gate for SimulatedGate {
    async fn holds(&self, row: &OutboxRow) -> Result<Option<Trouble>, JournalError> {
        let held = self.0.lock().unwrap().contains(&row.id);
        Ok(held.then(|| Trouble::new(TroubleKind::Held, "The agreement is no longer signed.")))
    }
}

/// The server, seen by a build with a mistake.
struct Seen(Server, Option<Bug>);

impl Remote for Seen {
    async fn attempt(&self, row: &OutboxRow) -> Attempt {
        match self.0.attempt(row).await {
            Attempt::Lost(why) if self.1 == Some(Bug::ResendsAfterATimeout) => {
                Attempt::NotSent(NotSent::Unreachable(why))
            }
            attempt => attempt,
        }
    }

    async fn look(&self, row: &OutboxRow, claimed: &[String]) -> Look {
        self.0.look(row, claimed).await
    }
}

/// The journal, as a build with a mistake uses it.
struct Kept<'a, J> {
    journal: &'a J,
    bug: Option<Bug>,
    /// A row that was acknowledged and is not durable yet.
    pending: Mutex<Option<OutboxRow>>,
    drop_unknown: &'a (dyn Fn() + Sync),
}

impl<J: Journal> Kept<'_, J> {
    async fn flush(&self) -> Result<(), JournalError> {
        let pending = self.pending.lock().unwrap().take();
        if let Some(row) = pending {
            self.journal.save(&row).await?;
        }
        Ok(())
    }
}

impl<J: Journal> Journal for Kept<'_, J> {
    async fn heads(&self) -> Result<Vec<Head>, JournalError> {
        let mut heads = self.journal.heads().await?;
        if self.bug == Some(Bug::SendsWhatIsPaused) {
            for head in &mut heads {
                if let Head::Row(row) = head {
                    row.paused = false;
                }
            }
        }
        if self.bug == Some(Bug::DropsUnknownKinds) && heads.iter().any(|head| matches!(head, Head::Parked(_))) {
            (self.drop_unknown)();
        }
        Ok(heads)
    }

    async fn row(&self, id: &IntentId) -> Result<Option<OutboxRow>, JournalError> {
        self.journal.row(id).await
    }

    async fn save(&self, row: &OutboxRow) -> Result<bool, JournalError> {
        if self.bug == Some(Bug::SendsBeforeItIsDurable) {
            self.flush().await?;
            if row.state == OutboxState::Sending {
                *self.pending.lock().unwrap() = Some(row.clone());
                return Ok(true);
            }
        }
        if self.bug == Some(Bug::BelievesTheFirstAbsence) && row.state == OutboxState::Unknown && row.next.is_some() {
            let seen = row.evidence.last().is_some_and(|piece| piece.what.contains("none with"));
            if seen {
                let hasty = OutboxRow { state: OutboxState::Queued, next: None, ..row.clone() };
                return self.journal.save(&hasty).await;
            }
        }
        self.journal.save(row).await
    }

    async fn recover(&self, now: Timestamp, rules: &Rules) -> Result<u32, JournalError> {
        self.journal.recover(now, rules).await
    }

    async fn claimed(&self, client: ClientId, kind: IntentKind) -> Result<Vec<String>, JournalError> {
        self.journal.claimed(client, kind).await
    }
}

fn file(name: &str) -> FileRef {
    FileRef { hash: name.into(), name: "letter.pdf".into(), kind: "application/pdf".into(), size: 9, caption: None }
}

fn intent(kind: u64, name: &str) -> Intent {
    let to = FaxTo::Recipient("Equifax".into());
    match kind {
        0..=3 => Intent::Fax { file: file(name), number: "8885550100".into(), to, item: None, letter: None },
        4..=6 => Intent::CreateNote { text: name.into() },
        7 => Intent::Email { to: "a@b.c".into(), subject: name.into(), body: "B".into(), item: None },
        8 => Intent::AddDocument(DocumentFile { file: file(name), kind: "id".into(), subkind: None }),
        9 => Intent::RecordFax { file: Some(file(name)), number: "8885550100".into(), to },
        10 => Intent::Sms { number: "8885550100".into(), body: name.into(), item: None },
        11 => Intent::PostalLetter { content: name.into(), address: "1 Main Street".into(), item: None },
        12 => Intent::LinkAttachment { attachment: AttachmentId(7), entity: "client".into(), entity_id: 7 },
        13 => {
            Intent::CreateAgreement { name: name.into(), kind: "service".into(), signed: None, file: Some(file(name)) }
        }
        14 => Intent::FileLetter {
            letter: LetterId(name.into()),
            document: DocumentFile { file: file(name), kind: "other".into(), subkind: None },
        },
        15 => Intent::ReplaceDocument {
            base: DocumentBase { document: DocumentId(name.into()), file: None },
            file: file(name),
        },
        16 => Intent::DeleteNote { base: NoteBase { note: NoteId(7), text: name.into() } },
        _ => Intent::AssignGoals { goals: vec![GoalId(7)] },
    }
}

/// What the agent and the world do.
struct Stage<'a, J> {
    journal: &'a J,
    server: Server,
    gate: SimulatedGate,
    clock: SimulatedClock,
    wake: Wake,
    brake: Brake,
    dice: Dice,
    queued: Mutex<Vec<IntentId>>,
    unknown_kinds: Mutex<usize>,
    cancelled: Mutex<u32>,
    pauses: Mutex<u32>,
}

impl<J: Rows> Stage<'_, J> {
    /// Lives through the stormy time.
    async fn live(&self) {
        let intents = 3 + self.dice.below(8);
        let mut left = intents;
        while self.clock.elapsed() < Duration::from_secs(STORMY) {
            self.clock.sleep(self.dice.seconds(150)).await;
            match self.dice.below(14) {
                0..=5 if left > 0 => {
                    left -= 1;
                    self.queue(intents - left).await;
                }
                6 => self.wake.network(),
                7 | 8 => {
                    self.server.sign_in();
                    self.wake.signed_in();
                }
                9 => self.meddle().await,
                10 if self.dice.chance(300) => self.set_the_clock(),
                12 => self.pause_something().await,
                13 if self.dice.chance(400) => self.pause_all(true),
                13 => self.pause_all(false),
                _ => {}
            }
        }
        while left > 0 {
            left -= 1;
            self.queue(intents - left).await;
        }
    }

    async fn queue(&self, number: u64) {
        let client = ClientId(1 + i64::try_from(self.dice.below(3)).unwrap());
        let id = IntentId(format!("intent-{number}"));
        if self.dice.chance(40) {
            *self.unknown_kinds.lock().unwrap() += 1;
            // In a lane of its own: a row that no build can send holds up its lane for good.
            self.journal.enqueue_unknown(id, ClientId(9)).await;
            return;
        }
        let row = OutboxRow::new(id.clone(), client, intent(self.dice.below(KINDS), &id.0), self.clock.now());
        if self.dice.chance(100) {
            self.server.refuse(&id);
        }
        if self.dice.chance(60) {
            self.gate.0.lock().unwrap().insert(id.clone());
        }
        self.queued.lock().unwrap().push(id);
        self.journal.enqueue(row).await;
        self.wake.rows();
    }

    /// The agent cancels, edits or retries something.
    async fn meddle(&self) {
        let rows = self.journal.all().await;
        let open: Vec<&OutboxRow> = rows.iter().filter(|row| !row.state.is_over()).collect();
        let Some(row) = open.get(usize::try_from(self.dice.below(open.len().max(1) as u64)).unwrap()) else { return };
        let changed = match row.state {
            OutboxState::Rejected => {
                self.corrected(&row.id);
                row.edited(row.intent.clone())
            }
            OutboxState::Queued if self.dice.chance(400) => row.cancelled(),
            OutboxState::Queued => row.edited(row.intent.clone()),
            _ => return,
        };
        if let Ok(changed) = changed
            && self.journal.save(&changed).await.unwrap_or(false)
        {
            if changed.state == OutboxState::Cancelled {
                *self.cancelled.lock().unwrap() += 1;
            }
            self.brake.follow(&changed);
            self.wake.rows();
        }
    }

    /// What was refused or held is put right; what waits for the agent is paused no more.
    fn corrected(&self, id: &IntentId) {
        self.server.accept(id);
        self.server.resume(id);
        self.gate.0.lock().unwrap().remove(id);
    }

    /// The agent pauses a row, which may be on its way, or lets one go.
    async fn pause_something(&self) {
        let rows = self.journal.all().await;
        let open: Vec<&OutboxRow> = rows.iter().filter(|row| !row.state.is_over()).collect();
        // Of those on their way rather one of them, because they are few.
        let sending = open.iter().position(|row| row.state == OutboxState::Sending).filter(|_| self.dice.chance(500));
        let at = sending.unwrap_or(usize::try_from(self.dice.below(open.len().max(1) as u64)).unwrap());
        let Some(row) = open.get(at) else { return };
        let changed = if row.paused {
            self.server.resume(&row.id);
            row.resumed()
        } else {
            row.paused()
        };
        let Ok(changed) = changed else { return };
        let saved = self.journal.save(&changed).await.unwrap_or(false);
        if saved {
            self.brake.follow(&changed);
            self.wake.rows();
        }
        if saved && changed.paused {
            *self.pauses.lock().unwrap() += 1;
            self.server.pause(&row.id);
        } else if row.paused && !saved {
            self.server.pause(&row.id);
        }
    }

    /// The agent pauses all sending, or lets it go on.
    fn pause_all(&self, paused: bool) {
        if !paused {
            self.server.pause_all(false);
        }
        self.brake.hold_all(paused);
        if paused {
            *self.pauses.lock().unwrap() += 1;
            self.server.pause_all(true);
        }
        self.wake.rows();
    }

    /// Somebody, or a time server, sets the clock that people read.
    fn set_the_clock(&self) {
        let minutes = i64::try_from(self.dice.below(240)).unwrap() - 120;
        *self.clock.skew.lock().unwrap() = SignedDuration::from_mins(minutes);
    }

    /// The storm is over: the agent corrects what was refused, and everything else settles by itself.
    async fn calm(&self) {
        self.server.calm_down();
        self.pause_all(false);
        self.wake.signed_in();
        self.wake.network();
        let end = self.clock.elapsed() + Duration::from_secs(CALM);
        while self.clock.elapsed() < end {
            for row in self.journal.all().await {
                if row.paused {
                    self.server.resume(&row.id);
                    if let Ok(goes) = row.resumed()
                        && self.journal.save(&goes).await.unwrap()
                    {
                        self.brake.follow(&goes);
                    }
                    self.wake.rows();
                } else if row.state == OutboxState::Rejected {
                    self.corrected(&row.id);
                    if let Ok(again) = row.retried() {
                        self.journal.save(&again).await.unwrap();
                        self.brake.follow(&again);
                    }
                    self.wake.rows();
                } else if row.state == OutboxState::Unknown
                    && row.turn(self.clock.now()) == Turn::Agent
                    && !row.intent.kind().is_known_by_a_mark()
                {
                    // The agent asks the recipient.
                    let arrived = self.server.accepted().contains_key(&row.id);
                    let decision = if arrived { Decision::WasSent } else { Decision::SendAgain };
                    let settled = row.settled(decision, self.clock.now()).unwrap();
                    self.journal.save(&settled).await.unwrap();
                    self.wake.rows();
                }
            }
            self.clock.sleep(Duration::from_secs(60)).await;
            let rows = self.journal.all().await;
            if rows.iter().all(|row| row.state.is_over()) {
                return;
            }
        }
    }
}

async fn play<J: Rows>(schedule: Schedule, time: &Time, journal: &J, drop_unknown: impl Fn() + Sync) -> Report {
    let dice = Dice::new(schedule.seed);
    let faults = 100 + dice.below(500);
    let server = Server::new(dice.below(u64::MAX), time.clone(), faults);
    let clock = SimulatedClock {
        time: time.clone(),
        dice: Arc::new(Mutex::new(Dice::new(dice.below(u64::MAX)))),
        skew: Arc::default(),
    };
    let power = Dice::new(dice.below(u64::MAX));
    let power_fails = power.below(4) * 150;
    let stage = Stage {
        journal,
        server: server.clone(),
        gate: SimulatedGate::default(),
        clock: clock.clone(),
        wake: Wake::default(),
        brake: Brake::default(),
        dice,
        queued: Mutex::default(),
        unknown_kinds: Mutex::default(),
        cancelled: Mutex::default(),
        pauses: Mutex::default(),
    };
    let unknown = Mutex::new(BTreeSet::new());
    let mut crashes = 0;
    let life = async {
        stage.live().await;
        stage.calm().await;
    };
    let mut life = pin!(life);
    loop {
        let kept = Kept { journal, bug: schedule.bug, pending: Mutex::default(), drop_unknown: &drop_unknown };
        let parts = Parts {
            journal: kept,
            remote: Seen(server.clone(), schedule.bug),
            gate: stage.gate.clone(),
            clock: clock.clone(),
            brake: stage.brake.clone(),
            rules: Rules::default(),
        };
        let never = CancellationToken::new();
        let tell = |row: &OutboxRow, _| {
            if row.state == OutboxState::Unknown {
                unknown.lock().unwrap().insert(row.id.clone());
            }
        };
        let working = Worker::new(parts, stage.wake.clone()).run(&never, &tell);
        let storm_left = Duration::from_secs(STORMY).saturating_sub(time.now());
        let failure = async {
            if storm_left.is_zero() || !power.chance(power_fails) {
                std::future::pending::<()>().await;
            }
            time.sleep(power.seconds(storm_left.as_secs().max(1))).await;
        };
        let worker = async {
            match select(pin!(working), pin!(failure)).await {
                Either::Left((Err(error), _)) => panic!("seed {}: {error}", schedule.seed),
                Either::Left((Ok(()), _)) | Either::Right(_) => {}
            }
        };
        match select(life.as_mut(), pin!(worker)).await {
            Either::Left(_) => break,
            // The worker is gone in the middle of whatever it did; a new one starts.
            Either::Right(_) => crashes += 1,
        }
        time.sleep(power.seconds(20)).await;
    }
    judge(schedule, &stage, &unknown.into_inner().unwrap(), crashes).await
}

/// Holds the rows against the server's ledger.
async fn judge<J: Rows>(
    schedule: Schedule,
    stage: &Stage<'_, J>,
    unknown: &BTreeSet<IntentId>,
    crashes: u32,
) -> Report {
    let rows = stage.journal.all().await;
    let accepted = stage.server.accepted();
    let mut broken = Vec::new();
    let mut say = |what: String| broken.push(format!("seed {}: {what}", schedule.seed));
    let queued = stage.queued.lock().unwrap().clone();
    if rows.iter().map(|row| &row.id).ne(queued.iter()) {
        say("rows are missing or out of order".into());
    }
    if stage.journal.unknown().await != *stage.unknown_kinds.lock().unwrap() {
        say("a row of an unknown kind is gone".into());
    }
    for id in stage.server.begun_paused() {
        say(format!("a call of {id} began while it was paused"));
    }
    let mut left_to_the_agent = 0;
    let mut blocked = BTreeSet::new();
    for row in &rows {
        let behind = blocked.contains(&row.client);
        if row.state == OutboxState::Unknown {
            blocked.insert(row.client);
        }
        let count = accepted.get(&row.id).copied().unwrap_or(0);
        let kind = row.intent.kind().code();
        // Made twice it leaves what one leaves; given up after a lost answer, it says so.
        let repeatable = row.intent.kind().is_repeatable();
        match (row.state, count) {
            (OutboxState::Done, 1..) if repeatable => {}
            (OutboxState::Cancelled | OutboxState::Rejected, 1..) if repeatable && !row.evidence.is_empty() => {}
            (_, 2..) => say(format!("{kind} {} was accepted {count} times", row.id)),
            (OutboxState::Done, 0) => say(format!("{kind} {} is called done and never arrived", row.id)),
            (OutboxState::Cancelled, 1) => say(format!("{kind} {} was cancelled and arrived", row.id)),
            (OutboxState::Rejected, 1) => say(format!("{kind} {} is called rejected and arrived", row.id)),
            (OutboxState::Queued | OutboxState::Sending, _) if !behind => {
                say(format!("{kind} {} is still {} after hours of calm", row.id, row.state.code()));
            }
            (OutboxState::Unknown, _) if row.evidence.is_empty() => {
                say(format!("{kind} {} is unknown and shows no evidence", row.id));
            }
            _ => {}
        }
        if row.state == OutboxState::Unknown && row.intent.kind().is_known_by_a_mark() {
            left_to_the_agent += 1;
        }
    }
    Report {
        broken,
        intents: u32::try_from(rows.len()).unwrap(),
        were_unknown: u32::try_from(unknown.len()).unwrap(),
        left_to_the_agent,
        crashes,
        accepted: u32::try_from(accepted.values().sum::<usize>()).unwrap(),
        pauses: *stage.pauses.lock().unwrap(),
    }
}
