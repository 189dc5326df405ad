//! One row, and every change that it can go through.

use super::intent::{Intent, Step};
use super::rules::Rules;
use crate::{AttachmentId, ClientId, IntentId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Waits for its turn; it can still be edited and cancelled.
    Queued,
    /// A call may be under way; written down before its first byte.
    Sending,
    /// The portal has it.
    Done,
    /// The portal or the gate said no; the agent corrects it, tries again, or cancels.
    Rejected,
    /// The portal may or may not have it.
    Unknown,
    /// The agent no longer wants it.
    Cancelled,
}

impl OutboxState {
    const ALL: [(OutboxState, &str); 6] = [
        (OutboxState::Queued, "queued"),
        (OutboxState::Sending, "sending"),
        (OutboxState::Done, "done"),
        (OutboxState::Rejected, "rejected"),
        (OutboxState::Unknown, "unknown"),
        (OutboxState::Cancelled, "cancelled"),
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, code)| code)
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(state, _)| *state)
    }

    /// Whether nothing more happens to the row.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, OutboxState::Done | OutboxState::Cancelled)
    }
}

/// What keeps a row, or kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Which kind.
    pub kind: TroubleKind,
    /// In words, for the agent; may be the server's own.
    pub message: String,
    /// Messages by field, when values were refused.
    pub fields: BTreeMap<String, Vec<String>>,
    /// What the portal has in place of what an edit was made on.
    pub theirs: Option<String>,
    /// The same by field, where the edit was of several.
    pub their_values: BTreeMap<String, String>,
}

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TroubleKind {
    /// The portal could not be reached.
    Unreachable,
    /// The portal asked for time.
    Busy,
    /// The session has ended.
    SignIn,
    /// The portal refused the values.
    Refused,
    /// The portal's record changed under the edit.
    Conflict,
    /// The gate holds it: what it says is no longer right.
    Held,
    /// The answer was lost, or was an error of the server's own.
    Lost,
    /// Reading back did not settle it.
    Unclear,
    /// The server answered too often without taking it.
    TooManyTries,
}

impl TroubleKind {
    /// Every kind with its stored spelling.
    pub const ALL: &[(TroubleKind, &str)] = &[
        (TroubleKind::Unreachable, "unreachable"),
        (TroubleKind::Busy, "busy"),
        (TroubleKind::SignIn, "sign_in"),
        (TroubleKind::Refused, "refused"),
        (TroubleKind::Conflict, "conflict"),
        (TroubleKind::Held, "held"),
        (TroubleKind::Lost, "lost"),
        (TroubleKind::Unclear, "unclear"),
        (TroubleKind::TooManyTries, "too_many_tries"),
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, code)| code)
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(kind, _)| *kind)
    }
}

impl Trouble {
    /// Trouble in words.
    #[must_use]
    pub fn new(kind: TroubleKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), fields: BTreeMap::new(), theirs: None, their_values: BTreeMap::new() }
    }
}

/// Something that was seen of a row's fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// When.
    pub at: Timestamp,
    /// What, in words; names no consumer.
    pub what: String,
}

/// What an agent decided about an unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// It was sent: nothing more is done.
    WasSent,
    /// It was not: send it again.
    SendAgain,
    /// Leave it.
    Cancel,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The portal has it.
    Accepted {
        /// Its key of what was made.
        server_id: Option<String>,
        /// Key of the file, after an upload.
        attachment: Option<AttachmentId>,
    },
    /// It is certain that the portal does not have it.
    NotSent(NotSent),
    /// The portal refused it.
    Refused(Trouble),
    /// Nobody knows.
    Lost(String),
    /// The agent paused it, and its file's way was cut.
    Stopped,
}

/// Why nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// No connection.
    Unreachable(String),
    /// It answered, and failed at what this row asked; others may go.
    Failed(String),
    /// The portal asked for time.
    Busy(Option<SignedDuration>),
    /// The session has ended.
    SignIn,
}

/// What reading back showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is there.
    Found {
        /// Its key.
        server_id: Option<String>,
        /// What was seen.
        evidence: String,
    },
    /// It is not there.
    Absent {
        /// What was seen.
        evidence: String,
    },
    /// Something is there that may be it.
    Unclear {
        /// What was seen.
        evidence: String,
    },
    /// The portal could not be read.
    NotNow(NotSent),
}

/// What a row wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To be sent.
    Send,
    /// To be read back.
    Look,
    /// Nothing before this time.
    Wait(Timestamp),
    /// Nothing before the agent resumes it.
    Paused,
    /// A decision of the agent.
    Agent,
    /// Nothing, ever.
    Over,
}

/// Why a change is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutboxError {
    /// The row is somewhere else by now.
    #[error("this is {} by now", .0.code())]
    NotNow(OutboxState),
    /// The agent paused it.
    #[error("this is paused")]
    Paused,
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its key, made on this desk.
    pub id: IntentId,
    /// Whose lane it is in.
    pub client: ClientId,
    /// What it is to bring about.
    pub intent: Intent,
    /// Where it stands.
    pub state: OutboxState,
    /// The next call of its chain.
    pub step: Step,
    /// Key of its file on the portal, once uploaded.
    pub attachment: Option<AttachmentId>,
    /// The portal's key of what was made.
    pub server_id: Option<String>,
    /// Counts changes: what a change is compared and swapped on.
    pub revision: i64,
    /// When it was queued.
    pub created: Timestamp,
    /// When the last call was written down.
    pub sent: Option<Timestamp>,
    /// Calls that the server answered without taking it.
    pub attempts: u32,
    /// Tries in a row that did not reach the server.
    pub unreached: u32,
    /// Not before.
    pub next: Option<Timestamp>,
    /// How often it was seen missing after the quiet period.
    pub absences: u32,
    /// What keeps it.
    pub trouble: Option<Trouble>,
    /// What was seen of it, oldest first.
    pub evidence: Vec<Evidence>,
    /// What the agent decided, and when.
    pub decision: Option<(Decision, Timestamp)>,
    /// The agent paused it: no further call of it begins.
    pub paused: bool,
}

/// The longest wait that is ever given, whatever a server asks for.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// Pieces of evidence that are kept; the oldest gives way.
const MOST_EVIDENCE: usize = 20;

impl OutboxRow {
    /// A row that waits.
    #[must_use]
    pub fn new(id: IntentId, client: ClientId, intent: Intent, now: Timestamp) -> Self {
        Self {
            id,
            client,
            step: intent.first_step(),
            intent,
            state: OutboxState::Queued,
            attachment: None,
            server_id: None,
            revision: 0,
            created: now,
            sent: None,
            attempts: 0,
            unreached: 0,
            next: None,
            absences: 0,
            trouble: None,
            evidence: Vec::new(),
            decision: None,
            paused: false,
        }
    }

    /// What it wants now.
    #[must_use]
    pub fn turn(&self, now: Timestamp) -> Turn {
        // A wait longer than any that is given here means that the clock was set back.
        let waits = self.next.filter(|next| *next > now && next.duration_since(now) <= LONGEST_WAIT);
        match (self.state, waits) {
            (OutboxState::Done | OutboxState::Cancelled, _) => Turn::Over,
            (OutboxState::Rejected, _) => Turn::Agent,
            (OutboxState::Unknown, _) if self.asks_the_agent() => Turn::Agent,
            (OutboxState::Queued, _) if self.paused => Turn::Paused,
            (_, Some(next)) => Turn::Wait(next),
            (OutboxState::Queued, None) => Turn::Send,
            // Somebody is at it, or will be told at the next start.
            (OutboxState::Sending, None) => Turn::Agent,
            (OutboxState::Unknown, None) => Turn::Look,
        }
    }

    /// Whether reading back has ended without an answer.
    fn asks_the_agent(&self) -> bool {
        self.trouble
            .as_ref()
            .is_some_and(|trouble| matches!(trouble.kind, TroubleKind::Unclear | TroubleKind::TooManyTries))
    }

    fn changed(&self) -> Self {
        Self { revision: self.revision + 1, ..self.clone() }
    }

    fn note(&mut self, at: Timestamp, what: String) {
        if let Some(last) = self.evidence.last_mut().filter(|last| last.what == what) {
            last.at = at;
            return;
        }
        if self.evidence.len() >= MOST_EVIDENCE {
            self.evidence.remove(0);
        }
        self.evidence.push(Evidence { at, what });
    }

    /// The row as it must be on the disk before the first byte leaves.
    ///
    /// # Errors
    /// It is not queued any more, or paused.
    pub fn begin(&self, now: Timestamp) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued])?;
        if self.paused {
            return Err(OutboxError::Paused);
        }
        Ok(Self { state: OutboxState::Sending, sent: Some(now), next: None, absences: 0, ..self.changed() })
    }

    /// The row after a call.
    #[must_use]
    pub fn attempted(&self, attempt: Attempt, now: Timestamp, rules: &Rules, jitter: u8) -> Self {
        let mut row = self.changed();
        match attempt {
            Attempt::Accepted { server_id, attachment } => {
                row.attempts = 0;
                row.unreached = 0;
                row.trouble = None;
                if self.step == Step::Upload {
                    row.attachment = attachment;
                    row.step = Step::Act;
                    row.state = OutboxState::Queued;
                } else {
                    row.server_id = server_id;
                    row.over(OutboxState::Done);
                }
            }
            Attempt::NotSent(why) => {
                row.state = OutboxState::Queued;
                row.put_off(&why, now, rules, jitter);
            }
            Attempt::Refused(trouble) => {
                row.attempts += 1;
                row.unreached = 0;
                row.rejected(trouble);
            }
            Attempt::Lost(why) => row.lost(why, now, rules, jitter),
            Attempt::Stopped if self.step == Step::Upload => row.state = OutboxState::Queued,
            Attempt::Stopped => row.lost("it was stopped on its way".to_owned(), now, rules, jitter),
        }
        row
    }

    /// Waits for the agent, so that there is nothing to pause.
    fn rejected(&mut self, trouble: Trouble) {
        self.state = OutboxState::Rejected;
        self.paused = false;
        self.next = None;
        self.trouble = Some(trouble);
    }

    /// Nothing more happens to it, so that there is nothing to resume.
    fn over(&mut self, state: OutboxState) {
        self.state = state;
        self.paused = false;
        self.next = None;
    }

    /// Waits for a portal that could not take it; nothing else changes.
    fn put_off(&mut self, why: &NotSent, now: Timestamp, rules: &Rules, jitter: u8) {
        let trouble = match why {
            NotSent::Unreachable(reason) | NotSent::Failed(reason) => {
                Trouble::new(TroubleKind::Unreachable, reason.clone())
            }
            NotSent::Busy(_) => Trouble::new(TroubleKind::Busy, "the portal asked for time"),
            NotSent::SignIn => Trouble::new(TroubleKind::SignIn, "the session has ended"),
        };
        let wait = match why {
            NotSent::Busy(Some(asked)) => (*asked).min(LONGEST_WAIT),
            _ => rules.backoff(self.unreached, jitter),
        };
        if matches!(why, NotSent::Unreachable(_) | NotSent::Failed(_)) {
            self.unreached = self.unreached.saturating_add(1);
        }
        self.next = now.checked_add(wait).ok();
        // What an unknown outcome is about stays on the row while the portal is away.
        if self.state == OutboxState::Queued {
            self.trouble = Some(trouble);
        }
    }

    /// Whether the call under way leaves the same made twice. A file that was uploaded twice is there twice, and seen by
    /// nobody.
    fn may_be_repeated(&self) -> bool {
        self.step == Step::Upload || self.intent.kind().is_repeatable()
    }

    /// The answer did not come, or said nothing.
    fn lost(&mut self, why: String, now: Timestamp, rules: &Rules, jitter: u8) {
        self.note(now, why.clone());
        self.attempts += 1;
        self.unreached = 0;
        if self.may_be_repeated() {
            self.again(why, now, rules, jitter);
            self.let_pass(now, rules);
        } else {
            self.state = OutboxState::Unknown;
            self.trouble = Some(Trouble::new(TroubleKind::Lost, why));
            // The portal may well have taken it: a first look is worth it at once.
            self.next = now.checked_add(rules.first_wait).ok();
        }
    }

    /// A call that the server may still be at work on could come after the next change of the same record and undo it: neither
    /// it nor what waits behind it is made before that call can only be over. A file that is uploaded changes nothing.
    fn let_pass(&mut self, now: Timestamp, rules: &Rules) {
        if self.step == Step::Act && self.state == OutboxState::Queued {
            self.next = self.next.max(now.checked_add(rules.quiet).ok());
        }
    }

    /// Back to the queue, or to the agent when the server has answered often enough.
    fn again(&mut self, why: String, now: Timestamp, rules: &Rules, jitter: u8) {
        if self.attempts >= rules.most_attempts {
            self.rejected(Trouble::new(TroubleKind::TooManyTries, why));
            return;
        }
        self.state = OutboxState::Queued;
        self.trouble = Some(Trouble::new(TroubleKind::Lost, why));
        self.next = now.checked_add(rules.backoff(self.attempts.saturating_sub(1), jitter)).ok();
    }

    /// The row after a start that found it being sent: whoever sent it is gone, and nobody knows how far it came.
    #[must_use]
    pub fn recovered(&self, now: Timestamp, rules: &Rules) -> Self {
        let mut row = self.changed();
        if self.state != OutboxState::Sending {
            return row;
        }
        let why = "the desk ended while it was being sent";
        row.note(now, why.to_owned());
        row.trouble = Some(Trouble::new(TroubleKind::Lost, why));
        if self.may_be_repeated() {
            row.state = OutboxState::Queued;
            row.let_pass(now, rules);
        } else {
            row.state = OutboxState::Unknown;
            row.next = now.checked_add(rules.first_wait).ok();
        }
        row
    }

    /// The row as another cache takes it over from one that was set aside: nothing of it goes before the agent looked at it.
    /// `lost_changes` says that what was written last into that cache is gone, so that a row which seems to wait may have
    /// been sent since.
    #[must_use]
    pub fn rescued(&self, lost_changes: bool, now: Timestamp, rules: &Rules) -> Self {
        let mut row = if self.state == OutboxState::Sending { self.recovered(now, rules) } else { self.changed() };
        row.note(now, "it was brought here from a cache that was set aside".to_owned());
        if lost_changes && !self.intent.kind().is_repeatable() {
            let message = "the cache that it comes from lost its last changes, so that this may have been sent";
            row.state = OutboxState::Unknown;
            row.trouble = Some(Trouble::new(TroubleKind::Unclear, message));
            row.next = None;
        }
        row.paused = row.state != OutboxState::Rejected;
        row
    }

    /// The row after reading back. `quiet` says whether the quiet period is over, by a clock that cannot be set.
    ///
    /// # Errors
    /// It is not unknown any more.
    pub fn looked(
        &self,
        look: Look,
        quiet: bool,
        now: Timestamp,
        rules: &Rules,
        jitter: u8,
    ) -> Result<Self, OutboxError> {
        if self.state != OutboxState::Unknown {
            return Err(OutboxError::NotNow(self.state));
        }
        let mut row = self.changed();
        match look {
            Look::Found { server_id, evidence } => {
                row.note(now, evidence);
                row.server_id = server_id;
                row.over(OutboxState::Done);
                row.trouble = None;
                row.unreached = 0;
            }
            Look::Unclear { evidence } => {
                row.note(now, evidence.clone());
                row.trouble = Some(Trouble::new(TroubleKind::Unclear, evidence));
            }
            Look::Absent { evidence } => {
                row.unreached = 0;
                row.note(now, evidence);
                if quiet {
                    row.absences += 1;
                }
                let missing = row.absences >= 2;
                if missing && self.intent.kind().is_known_by_a_mark() {
                    row.absences = 0;
                    row.again("the portal did not take it".to_owned(), now, rules, jitter);
                } else if missing {
                    let message = "the portal's list does not show it, which proves nothing for this kind of message";
                    row.trouble = Some(Trouble::new(TroubleKind::Unclear, message));
                } else {
                    row.next = now.checked_add(rules.between_looks).ok();
                }
            }
            Look::NotNow(why) => row.put_off(&why, now, rules, jitter),
        }
        Ok(row)
    }

    /// Held by the gate before the first byte.
    ///
    /// # Errors
    /// It is not queued any more.
    pub fn hold(&self, trouble: Trouble) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued])?;
        let mut row = self.changed();
        row.rejected(trouble);
        Ok(row)
    }

    /// With other content, from the first step on. One that is paused stays paused.
    ///
    /// # Errors
    /// It is neither queued nor rejected.
    pub fn edited(&self, intent: Intent) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued, OutboxState::Rejected])?;
        let same_file = intent.file() == self.intent.file() && self.attachment.is_some();
        let mut row = self.retried()?;
        row.paused = self.paused;
        row.step = if same_file { self.step } else { intent.first_step() };
        row.attachment = self.attachment.filter(|_| same_file);
        row.intent = intent;
        Ok(row)
    }

    /// Queued once more, at once, also when it was paused.
    ///
    /// # Errors
    /// It is neither queued nor rejected.
    pub fn retried(&self) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued, OutboxState::Rejected])?;
        let row = Self { state: OutboxState::Queued, trouble: None, next: None, paused: false, ..self.changed() };
        Ok(Self { attempts: 0, unreached: 0, ..row })
    }

    /// Paused: the next call does not begin. A call under way ends first, unless whoever makes it can cut it
    /// ([`Attempt::Stopped`]); an unknown outcome is still read back, and only what would be sent again stays.
    ///
    /// # Errors
    /// It is rejected, so that it waits for the agent anyway, or over.
    pub fn paused(&self) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued, OutboxState::Sending, OutboxState::Unknown])?;
        Ok(Self { paused: true, ..self.changed() })
    }

    /// No longer paused: it goes on where it stood.
    ///
    /// # Errors
    /// It is over.
    pub fn resumed(&self) -> Result<Self, OutboxError> {
        if self.state.is_over() {
            return Err(OutboxError::NotNow(self.state));
        }
        Ok(Self { paused: false, ..self.changed() })
    }

    /// With its wait ended, if it waits because of one of these; an unknown row's next look comes now, too.
    #[must_use]
    pub fn hurried(&self, kinds: &[TroubleKind]) -> Option<Self> {
        let waits_for = self.trouble.as_ref().is_some_and(|trouble| kinds.contains(&trouble.kind));
        let waits = self.next.is_some() && (waits_for || self.unreached > 0);
        let moves = matches!(self.state, OutboxState::Queued | OutboxState::Unknown);
        (waits && moves).then(|| Self { next: None, unreached: 0, ..self.changed() })
    }

    /// Given up before it went.
    ///
    /// # Errors
    /// It is neither queued nor rejected.
    pub fn cancelled(&self) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Queued, OutboxState::Rejected])?;
        let mut row = self.changed();
        row.over(OutboxState::Cancelled);
        Ok(row)
    }

    /// Settled by the agent.
    ///
    /// # Errors
    /// It is not unknown any more.
    pub fn settled(&self, decision: Decision, now: Timestamp) -> Result<Self, OutboxError> {
        self.expect(&[OutboxState::Unknown])?;
        let mut row = self.changed();
        row.decision = Some((decision, now));
        let decided = match decision {
            Decision::WasSent => "the agent decided that it was sent",
            Decision::SendAgain => "the agent decided that it was not sent, and to send it again",
            Decision::Cancel => "the agent gave it up",
        };
        row.note(now, decided.to_owned());
        row.next = None;
        row.trouble = None;
        row.absences = 0;
        row.paused = false;
        match decision {
            Decision::WasSent => row.state = OutboxState::Done,
            Decision::Cancel => row.state = OutboxState::Cancelled,
            Decision::SendAgain => {
                row.state = OutboxState::Queued;
                row.attempts = 0;
                // A new file has a key of its own, which tells this send from the one before.
                row.step = row.intent.first_step();
                row.attachment = None;
            }
        }
        Ok(row)
    }

    fn expect(&self, states: &[OutboxState]) -> Result<(), OutboxError> {
        if states.contains(&self.state) { Ok(()) } else { Err(OutboxError::NotNow(self.state)) }
    }
}
