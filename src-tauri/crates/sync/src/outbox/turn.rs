//! One turn of one row, and what it needs from outside.

use super::brake::Brake;
use domain::outbox::{Attempt, IntentKind, Look, NotSent, OutboxRow, OutboxState, Rules, Step, Trouble, Turn};
use domain::{ClientId, IntentId};
use jiff::{SignedDuration, Timestamp};
use std::future::Future;
use std::time::Duration;
use store::StoreError;

/// Why the journal failed.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The cache.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The process is to end now: how a simulation pulls the plug.
    #[error("the power failed")]
    PowerFailure,
}

/// The first waiting row of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A row that can be sent.
    Row(Box<OutboxRow>),
    /// A row that this build does not know.
    Parked(ClientId),
}

/// Where the rows are kept.
pub trait Journal: Sync {
    /// The first waiting row of every lane, oldest first.
    fn heads(&self) -> impl Future<Output = Result<Vec<Head>, JournalError>> + Send;
    /// A row as it is now; `None` for one that this build does not know.
    fn row(&self, id: &IntentId) -> impl Future<Output = Result<Option<OutboxRow>, JournalError>> + Send;
    /// Makes a changed row durable, if nobody changed it meanwhile; answers whether it did.
    fn save(&self, row: &OutboxRow) -> impl Future<Output = Result<bool, JournalError>> + Send;
    /// Takes note that whoever was sending is gone.
    fn recover(&self, now: Timestamp, rules: &Rules) -> impl Future<Output = Result<u32, JournalError>> + Send;
    /// The portal's keys that other rows of this kind have claimed for what they made.
    fn claimed(
        &self,
        client: ClientId,
        kind: IntentKind,
    ) -> impl Future<Output = Result<Vec<String>, JournalError>> + Send;
}

/// The portal, as far as rows go.
pub trait Remote: Sync {
    /// Makes the row's next call.
    fn attempt(&self, row: &OutboxRow) -> impl Future<Output = Attempt> + Send;
    /// Reads back whether the portal has what the row sent. What other rows have claimed is not it.
    fn look(&self, row: &OutboxRow, claimed: &[String]) -> impl Future<Output = Look> + Send;
}

/// Whether a row may still go out, asked just before its first byte.
pub trait Gate: Sync {
    /// What holds the row, if anything does.
    fn holds(&self, row: &OutboxRow) -> impl Future<Output = Result<Option<Trouble>, JournalError>> + Send;
}

/// Two clocks: one that people read, and one that cannot be set.
pub trait Clock: Sync {
    /// The time of day.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment of this process.
    fn elapsed(&self) -> Duration;
    /// Lets this much of [`Clock::elapsed`] pass.
    fn sleep(&self, wait: Duration) -> impl Future<Output = ()> + Send;
    /// Something between 0 and 255.
    fn dice(&self) -> u8;
}

/// What a turn is made with.
pub struct Parts<J, R, G, C> {
    /// Where the rows are kept.
    pub journal: J,
    /// The portal.
    pub remote: R,
    /// What runs before the first byte.
    pub gate: G,
    /// Time and chance.
    pub clock: C,
    /// What the agent paused.
    pub brake: Brake,
    /// How long is waited.
    pub rules: Rules,
}

/// How a turn ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The row went on; here it is.
    On(Box<OutboxRow>),
    /// It is not its turn, or somebody changed the row first.
    Nothing,
    /// The agent paused it, and its file's way was cut: the portal said nothing.
    Stopped(Box<OutboxRow>),
    /// The portal is away or busy; the row waits.
    Away(Box<OutboxRow>, Option<SignedDuration>),
    /// The session has ended; the row waits.
    SignIn(Box<OutboxRow>),
}

impl Taken {
    /// The row as it is now, if it changed.
    #[must_use]
    pub fn row(&self) -> Option<&OutboxRow> {
        match self {
            Taken::On(row) | Taken::Stopped(row) | Taken::Away(row, _) | Taken::SignIn(row) => Some(row),
            Taken::Nothing => None,
        }
    }
}

/// Takes one turn of a row. `since` is the moment, by [`Clock::elapsed`], from which quiet is counted.
///
/// # Errors
/// The journal; what was under way is then unknown, and says so at the next start.
pub async fn turn<J: Journal, R: Remote, G: Gate, C: Clock>(
    row: &OutboxRow,
    since: Duration,
    parts: &Parts<J, R, G, C>,
) -> Result<Taken, JournalError> {
    match row.turn(parts.clock.now()) {
        Turn::Send => send(row, parts).await,
        Turn::Look => look(row, since, parts).await,
        Turn::Wait(_) | Turn::Paused | Turn::Agent | Turn::Over => Ok(Taken::Nothing),
    }
}

async fn send<J: Journal, R: Remote, G: Gate, C: Clock>(
    row: &OutboxRow,
    parts: &Parts<J, R, G, C>,
) -> Result<Taken, JournalError> {
    let Parts { journal, remote, gate, clock, brake, rules } = parts;
    if let Some(trouble) = gate.holds(row).await? {
        let Ok(held) = row.hold(trouble) else { return Ok(Taken::Nothing) };
        return Ok(if journal.save(&held).await? { Taken::On(Box::new(held)) } else { Taken::Nothing });
    }
    if brake.holds_all() {
        return Ok(Taken::Nothing);
    }
    let Ok(begun) = row.begin(clock.now()) else { return Ok(Taken::Nothing) };
    // From here on a crash means unknown.
    if !journal.save(&begun).await? {
        return Ok(Taken::Nothing);
    }
    let attempt = match begun.step {
        // A file that did not arrive whole is seen by nobody, and its call may be made again: its way can be cut.
        Step::Upload => tokio::select! {
            biased;
            attempt = remote.attempt(&begun) => attempt,
            () = brake.asked(&begun.id) => Attempt::Stopped,
        },
        Step::Act => remote.attempt(&begun).await,
    };
    let (now, dice) = (clock.now(), clock.dice());
    let mut sending = begun;
    let after = loop {
        let after = Box::new(sending.attempted(attempt.clone(), now, rules, dice));
        if journal.save(&after).await? {
            break after;
        }
        // The agent paused or resumed it meanwhile: the outcome belongs on the row as it is now.
        match journal.row(&after.id).await? {
            Some(row) if row.state == OutboxState::Sending => sending = row,
            _ => return Ok(Taken::Nothing),
        }
    };
    Ok(match attempt {
        Attempt::Stopped => {
            // Whatever the agent did meanwhile, the row says what holds now.
            brake.follow(&after);
            Taken::Stopped(after)
        }
        Attempt::NotSent(why) => taken(after, Some(&why)),
        Attempt::Accepted { .. } | Attempt::Refused(_) | Attempt::Lost(_) => taken(after, None),
    })
}

async fn look<J: Journal, R: Remote, G: Gate, C: Clock>(
    row: &OutboxRow,
    since: Duration,
    parts: &Parts<J, R, G, C>,
) -> Result<Taken, JournalError> {
    let Parts { journal, remote, clock, rules, .. } = parts;
    let quiet_for = SignedDuration::try_from(clock.elapsed().saturating_sub(since));
    let quiet = quiet_for.is_ok_and(|quiet| quiet >= rules.quiet);
    let claimed = journal.claimed(row.client, row.intent.kind()).await?;
    let seen = remote.look(row, &claimed).await;
    let away = match &seen {
        Look::NotNow(why) => Some(why.clone()),
        _ => None,
    };
    let Ok(after) = row.looked(seen, quiet, clock.now(), rules, clock.dice()) else { return Ok(Taken::Nothing) };
    // The agent may have settled it while it was read.
    if !journal.save(&after).await? {
        return Ok(Taken::Nothing);
    }
    Ok(taken(Box::new(after), away.as_ref()))
}

fn taken(row: Box<OutboxRow>, away: Option<&NotSent>) -> Taken {
    match away {
        None | Some(NotSent::Failed(_)) => Taken::On(row),
        Some(NotSent::SignIn) => Taken::SignIn(row),
        Some(NotSent::Busy(wait)) => Taken::Away(row, *wait),
        Some(NotSent::Unreachable(_)) => Taken::Away(row, None),
    }
}
