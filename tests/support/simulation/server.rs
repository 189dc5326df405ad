//! The modelled server: what a call can meet, and a ledger of what was accepted.

use super::time::{Dice, Time};
use domain::outbox::{Attempt, Look, NotSent, OutboxRow, Step, Trouble, TroubleKind};
use domain::{AttachmentId, IntentId};
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use sync::outbox::Remote;

/// A client gives up after this long.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What was accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub intent: IntentId,
    pub key: i64,
    /// What the server knows it by: the file's key, or the text.
    pub mark: String,
    /// Looks that have overlooked it: at most one does.
    overlooked: bool,
}

#[derive(Default)]
struct State {
    next_key: i64,
    ledger: Vec<Accepted>,
    /// Requests that the server is still busy with after its client gave up, by the moment they are committed.
    late: Vec<(Duration, OutboxRow)>,
    signed_out: bool,
    /// Faults are over.
    calm: bool,
    /// Intents that the server refuses until they are edited.
    refused: BTreeSet<IntentId>,
    /// Intents that the agent paused, and whether all sending is.
    paused: BTreeSet<IntentId>,
    all_paused: bool,
    /// Calls that began although they were paused.
    begun_paused: Vec<IntentId>,
}

/// The modelled server. Cloning shares it.
#[derive(Clone)]
pub struct Server {
    state: Arc<Mutex<State>>,
    time: Time,
    dice: SendDice,
    /// Faults among a thousand calls.
    faults: u64,
}

/// Dice of this thread: the simulation runs on one.
#[derive(Clone)]
struct SendDice(Arc<Mutex<Dice>>);

impl SendDice {
    fn below(&self, end: u64) -> u64 {
        self.0.lock().unwrap().below(end)
    }

    fn chance(&self, per_mille: u64) -> bool {
        self.0.lock().unwrap().chance(per_mille)
    }

    fn seconds(&self, end: u64) -> Duration {
        self.0.lock().unwrap().seconds(end)
    }
}

/// What a call meets.
enum Met {
    Nothing,
    NoConnection,
    Busy,
    SignedOut,
    ResetBeforeCommit,
    ResetAfterCommit,
    ServerErrorBefore,
    ServerErrorAfter,
    CommittedLate,
    SlowButFine,
}

impl Server {
    pub fn new(seed: u64, time: Time, faults: u64) -> Self {
        let dice = SendDice(Arc::new(Mutex::new(Dice::new(seed))));
        Self { state: Arc::default(), time, dice, faults }
    }

    /// How often each intent was accepted.
    pub fn accepted(&self) -> BTreeMap<IntentId, usize> {
        self.commit_late();
        let mut counts = BTreeMap::new();
        for accepted in &self.state.lock().unwrap().ledger {
            *counts.entry(accepted.intent.clone()).or_insert(0) += 1;
        }
        counts
    }

    pub fn sign_in(&self) {
        self.state.lock().unwrap().signed_out = false;
    }

    pub fn calm_down(&self) {
        let mut state = self.state.lock().unwrap();
        state.calm = true;
        state.signed_out = false;
    }

    pub fn refuse(&self, intent: &IntentId) {
        self.state.lock().unwrap().refused.insert(intent.clone());
    }

    pub fn accept(&self, intent: &IntentId) {
        self.state.lock().unwrap().refused.remove(intent);
    }

    /// The agent paused an intent: no call of it is to begin.
    pub fn pause(&self, intent: &IntentId) {
        self.state.lock().unwrap().paused.insert(intent.clone());
    }

    /// The agent lets it go.
    pub fn resume(&self, intent: &IntentId) {
        self.state.lock().unwrap().paused.remove(intent);
    }

    /// The agent paused all sending, or lets it go on.
    pub fn pause_all(&self, paused: bool) {
        self.state.lock().unwrap().all_paused = paused;
    }

    /// Calls that began although they were paused.
    pub fn begun_paused(&self) -> Vec<IntentId> {
        self.state.lock().unwrap().begun_paused.clone()
    }

    /// Commits what became due while nobody looked.
    fn commit_late(&self) {
        let now = self.time.now();
        let due: Vec<OutboxRow> = {
            let mut state = self.state.lock().unwrap();
            let (due, rest) = std::mem::take(&mut state.late).into_iter().partition(|(at, _)| *at <= now);
            state.late = rest;
            due.into_iter().map(|(_, row)| row).collect()
        };
        for row in due {
            self.commit(&row);
        }
    }

    fn commit(&self, row: &OutboxRow) -> i64 {
        let mut state = self.state.lock().unwrap();
        state.next_key += 1;
        let key = state.next_key;
        if row.step == Step::Act {
            let mark = mark(row);
            state.ledger.push(Accepted { intent: row.id.clone(), key, mark, overlooked: false });
        }
        key
    }

    fn meets(&self) -> Met {
        if self.state.lock().unwrap().signed_out {
            return Met::SignedOut;
        }
        if self.state.lock().unwrap().calm || !self.dice.chance(self.faults) {
            return Met::Nothing;
        }
        match self.dice.below(10) {
            0 => Met::NoConnection,
            1 => Met::Busy,
            2 if self.dice.chance(300) => {
                self.state.lock().unwrap().signed_out = true;
                Met::SignedOut
            }
            2 | 3 => Met::ResetBeforeCommit,
            4 | 5 => Met::ResetAfterCommit,
            6 => Met::ServerErrorBefore,
            7 => Met::ServerErrorAfter,
            8 => Met::CommittedLate,
            _ => Met::SlowButFine,
        }
    }

    fn answered(row: &OutboxRow, key: i64) -> Attempt {
        match row.step {
            Step::Upload => Attempt::Accepted { server_id: None, attachment: Some(AttachmentId(key)) },
            Step::Act => Attempt::Accepted { server_id: Some(key.to_string()), attachment: None },
        }
    }
}

/// What the server's list shows of a row.
fn mark(row: &OutboxRow) -> String {
    match row.attachment {
        Some(file) => format!("file {file}"),
        None => format!("text of {}", row.id),
    }
}

impl Remote for Server {
    async fn attempt(&self, row: &OutboxRow) -> Attempt {
        {
            let mut state = self.state.lock().unwrap();
            if state.all_paused || state.paused.contains(&row.id) {
                state.begun_paused.push(row.id.clone());
            }
        }
        // The request is on its way; the power may fail meanwhile.
        self.time.sleep(self.dice.seconds(2)).await;
        self.commit_late();
        if row.step == Step::Act && self.state.lock().unwrap().refused.contains(&row.id) {
            return Attempt::Refused(Trouble::new(TroubleKind::Refused, "The note text field is required."));
        }
        match self.meets() {
            Met::Nothing => {
                let key = self.commit(row);
                self.time.sleep(self.dice.seconds(1)).await;
                Self::answered(row, key)
            }
            Met::SlowButFine => {
                self.time.sleep(self.dice.seconds(25)).await;
                let key = self.commit(row);
                self.time.sleep(self.dice.seconds(4)).await;
                Self::answered(row, key)
            }
            Met::NoConnection => Attempt::NotSent(NotSent::Unreachable("connection refused".into())),
            Met::Busy => {
                let wait = self.dice.below(2).checked_mul(self.dice.below(40));
                let wait = wait.and_then(|seconds| i64::try_from(seconds).ok()).map(SignedDuration::from_secs);
                Attempt::NotSent(NotSent::Busy(wait.filter(|wait| !wait.is_zero())))
            }
            Met::SignedOut => Attempt::NotSent(NotSent::SignIn),
            Met::ResetBeforeCommit => Attempt::Lost("connection lost".into()),
            Met::ResetAfterCommit => {
                self.commit(row);
                self.time.sleep(self.dice.seconds(3)).await;
                Attempt::Lost("connection lost".into())
            }
            Met::ServerErrorBefore => Attempt::Lost("status 500".into()),
            Met::ServerErrorAfter => {
                self.commit(row);
                Attempt::Lost("status 502".into())
            }
            Met::CommittedLate => {
                let late = self.time.now() + TIMEOUT + self.dice.seconds(140);
                self.state.lock().unwrap().late.push((late, row.clone()));
                self.time.sleep(TIMEOUT).await;
                Attempt::Lost("timed out".into())
            }
        }
    }

    async fn look(&self, row: &OutboxRow, claimed: &[String]) -> Look {
        self.time.sleep(self.dice.seconds(2)).await;
        self.commit_late();
        match self.meets() {
            Met::Nothing | Met::SlowButFine => {}
            Met::SignedOut => return Look::NotNow(NotSent::SignIn),
            Met::Busy => return Look::NotNow(NotSent::Busy(None)),
            Met::ServerErrorBefore | Met::ServerErrorAfter => {
                return Look::NotNow(NotSent::Failed("status 500".into()));
            }
            _ => return Look::NotNow(NotSent::Unreachable("connection lost".into())),
        }
        let overlooks = !self.state.lock().unwrap().calm && self.dice.chance(100);
        let mut state = self.state.lock().unwrap();
        let wanted = mark(row);
        let seen = state.ledger.len();
        let mut found = Vec::new();
        for accepted in state.ledger.iter_mut().filter(|accepted| accepted.mark == wanted) {
            if claimed.contains(&accepted.key.to_string()) {
                continue;
            }
            if overlooks && !accepted.overlooked {
                accepted.overlooked = true;
                continue;
            }
            found.push(accepted.key);
        }
        match found.as_slice() {
            [] => Look::Absent { evidence: format!("{seen} records, none with {wanted}") },
            [key] => Look::Found { server_id: Some(key.to_string()), evidence: format!("record {key} has {wanted}") },
            several => Look::Unclear { evidence: format!("{} records have {wanted}", several.len()) },
        }
    }
}
