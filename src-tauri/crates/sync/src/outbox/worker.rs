//! The loop: which rows take their turn now, and what wakes it.

use super::turn::{Clock, Gate, Head, Journal, JournalError, Parts, Remote, Taken, turn};
use domain::outbox::{OutboxRow, OutboxState, TroubleKind, Turn};
use domain::{ClientId, IntentId};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::SignedDuration;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Lanes under way at once.
const LANES: usize = 4;
/// The longest sleep: a clock that was set is noticed at last.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Why the worker rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paused {
    /// The session has ended; it goes on after a sign-in.
    SignIn,
    /// The portal is away or asked for time; it goes on by itself.
    Away,
}

/// Wakes the worker, from anywhere. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Wake(watch::Sender<Signals>);

/// How often each kind of thing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signals {
    rows: u64,
    network: u64,
    signed_in: u64,
}

impl Default for Wake {
    fn default() -> Self {
        Self(watch::Sender::new(Signals::default()))
    }
}

impl Wake {
    /// Rows were queued, changed or settled.
    pub fn rows(&self) {
        self.0.send_modify(|signals| signals.rows += 1);
    }

    /// The network may be back: what waits for it is tried at once.
    pub fn network(&self) {
        self.0.send_modify(|signals| signals.network += 1);
    }

    /// Somebody signed in.
    pub fn signed_in(&self) {
        self.0.send_modify(|signals| signals.signed_in += 1);
    }
}

/// The worker.
pub struct Worker<J, R, G, C> {
    parts: Parts<J, R, G, C>,
    wake: Wake,
    /// When this worker started, and when each call of it ended: from there quiet is counted.
    started: Duration,
    ended: HashMap<IntentId, Duration>,
    paused: Option<Paused>,
    /// Calls in a row that found the portal away, and when it is asked again.
    away: u32,
    away_until: Duration,
}

impl<J: Journal, R: Remote, G: Gate, C: Clock> Worker<J, R, G, C> {
    /// A worker that has not begun.
    pub fn new(parts: Parts<J, R, G, C>, wake: Wake) -> Self {
        let started = parts.clock.elapsed();
        Self { parts, wake, started, ended: HashMap::new(), paused: None, away: 0, away_until: started }
    }

    /// Works until it is cancelled; a call that is under way is finished first. `tell` learns of every changed row, and of
    /// every pause.
    ///
    /// # Errors
    /// The journal. Nothing is lost: what was under way is unknown at the next start.
    pub async fn run(
        mut self,
        cancel: &CancellationToken,
        tell: &(dyn Fn(&OutboxRow, Option<Paused>) + Send + Sync),
    ) -> Result<(), JournalError> {
        self.parts.journal.recover(self.parts.clock.now(), &self.parts.rules).await?;
        let mut signals = self.wake.0.subscribe();
        let mut seen = *signals.borrow_and_update();
        loop {
            // Before the rows are read: a row that is queued meanwhile wakes the next round.
            let now = *signals.borrow_and_update();
            if now.signed_in != seen.signed_in {
                self.paused = None;
                self.hurry(&[TroubleKind::SignIn, TroubleKind::Unreachable]).await?;
            }
            if now.network != seen.network {
                self.back();
                self.hurry(&[TroubleKind::Unreachable]).await?;
            }
            seen = now;
            let wait = self.round(cancel, tell).await?;
            if cancel.is_cancelled() {
                return Ok(());
            }
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                // The sender lives in this worker.
                _ = signals.changed() => {}
                () = self.parts.clock.sleep(wait) => {}
            }
        }
    }

    /// Takes every turn that is due, lanes side by side; answers how long nothing is.
    async fn round(
        &mut self,
        cancel: &CancellationToken,
        tell: &(dyn Fn(&OutboxRow, Option<Paused>) + Send + Sync),
    ) -> Result<Duration, JournalError> {
        let mut wait = LONGEST_SLEEP;
        loop {
            if cancel.is_cancelled() || self.paused == Some(Paused::SignIn) {
                return Ok(LONGEST_SLEEP);
            }
            if let Some(rest) = self.away_until.checked_sub(self.parts.clock.elapsed()).filter(|rest| !rest.is_zero()) {
                return Ok(rest.min(LONGEST_SLEEP));
            }
            let (due, next) = self.due().await?;
            if let Some(next) = next {
                wait = wait.min(next);
            }
            if due.is_empty() {
                return Ok(wait);
            }
            self.take(due, cancel, tell).await?;
        }
    }

    /// The heads whose turn it is, and how long until the next one's.
    async fn due(&self) -> Result<(Vec<OutboxRow>, Option<Duration>), JournalError> {
        let now = self.parts.clock.now();
        let mut due = Vec::new();
        let mut next: Option<Duration> = None;
        for head in self.parts.journal.heads().await? {
            let Head::Row(row) = head else { continue };
            match row.turn(now) {
                // Reading back sends nothing, so that it goes on while all sending is paused.
                Turn::Send if self.parts.brake.holds_all() => {}
                Turn::Send | Turn::Look => due.push(*row),
                Turn::Wait(until) => {
                    let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                    next = Some(next.map_or(wait, |next| next.min(wait)));
                }
                Turn::Paused | Turn::Agent | Turn::Over => {}
            }
        }
        Ok((due, next))
    }

    /// Takes these turns, a few at once; while the portal is away, one.
    async fn take(
        &mut self,
        due: Vec<OutboxRow>,
        cancel: &CancellationToken,
        tell: &(dyn Fn(&OutboxRow, Option<Paused>) + Send + Sync),
    ) -> Result<(), JournalError> {
        let lanes = if self.away > 0 { 1 } else { LANES };
        let mut waiting = due.into_iter();
        let mut outcomes = Vec::new();
        {
            let parts = &self.parts;
            let since = |id: &IntentId| self.ended.get(id).copied().unwrap_or(self.started);
            let begin = |row: OutboxRow| {
                let since = since(&row.id);
                async move {
                    let taken = turn(&row, since, parts).await;
                    (row, taken, parts.clock.elapsed())
                }
            };
            let mut under_way: FuturesUnordered<_> = waiting.by_ref().take(lanes).map(begin).collect();
            let mut stop = false;
            while let Some((row, taken, ended)) = under_way.next().await {
                stop |=
                    cancel.is_cancelled() || !matches!(taken, Ok(Taken::On(_) | Taken::Stopped(_) | Taken::Nothing));
                outcomes.push((row, taken, ended));
                if !stop && let Some(row) = waiting.next() {
                    under_way.push(begin(row));
                }
            }
        }
        for (row, taken, ended) in outcomes {
            let taken = taken?;
            if row.state == OutboxState::Queued {
                self.ended.insert(row.id, ended);
            }
            match &taken {
                Taken::On(row) if row.state.is_over() => {
                    self.ended.remove(&row.id);
                    self.back();
                }
                Taken::On(_) => self.back(),
                Taken::Stopped(_) | Taken::Nothing => {}
                Taken::Away(_, wait) => self.rest(*wait),
                Taken::SignIn(_) => self.paused = Some(Paused::SignIn),
            }
            if let Some(row) = taken.row() {
                tell(row, self.paused);
            }
        }
        Ok(())
    }

    /// The portal answered.
    fn back(&mut self) {
        self.away = 0;
        self.away_until = self.parts.clock.elapsed();
        if self.paused == Some(Paused::Away) {
            self.paused = None;
        }
    }

    /// The portal is away: everybody waits.
    fn rest(&mut self, asked: Option<SignedDuration>) {
        let wait = asked.unwrap_or_else(|| self.parts.rules.backoff(self.away, self.parts.clock.dice()));
        self.away = self.away.saturating_add(1);
        self.away_until = self.parts.clock.elapsed() + Duration::try_from(wait).unwrap_or_default();
        if self.paused.is_none() {
            self.paused = Some(Paused::Away);
        }
    }

    /// Lets the rows that wait for one of these take their turn now.
    async fn hurry(&self, kinds: &[TroubleKind]) -> Result<(), JournalError> {
        let mut seen = HashSet::<ClientId>::new();
        for head in self.parts.journal.heads().await? {
            if let Head::Row(row) = head
                && seen.insert(row.client)
                && let Some(hurried) = row.hurried(kinds)
            {
                self.parts.journal.save(&hurried).await?;
            }
        }
        Ok(())
    }
}
