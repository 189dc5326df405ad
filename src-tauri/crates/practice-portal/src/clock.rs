//! The portal's own clock: the computer's, moved forward or put wrong by the process that started the portal.
//!
//! Fax outcomes, expiry and delays are judged by it, so that a test moves the clock instead of waiting. Data that was
//! made with the portal is dated relative to its own day and does not move.

use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// A clock that can be moved.
#[derive(Debug)]
pub(crate) struct Clock(watch::Sender<Moved>);

#[derive(Clone, Copy, Debug, Default)]
struct Moved {
    ahead: Duration,
    wrong_by: SignedDuration,
}

impl Default for Clock {
    fn default() -> Self {
        Clock(watch::Sender::new(Moved::default()))
    }
}

impl Clock {
    /// What the portal takes for now.
    pub(crate) fn now(&self) -> Timestamp {
        let moved = *self.0.borrow();
        let ahead = SignedDuration::try_from(moved.ahead).unwrap_or(SignedDuration::MAX);
        let by = ahead.saturating_add(moved.wrong_by);
        Timestamp::now().saturating_add(by).unwrap_or(Timestamp::MAX)
    }

    /// Now as records carry it: ISO 8601 in UTC to the second.
    pub(crate) fn text(&self) -> String {
        written(self.now())
    }

    /// A moment that only grows: what durations are measured by. A wrong clock does not change it.
    pub(crate) fn moment(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.0.borrow().ahead).unwrap_or(now)
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.0.send_modify(|moved| moved.ahead = moved.ahead.saturating_add(by));
    }

    /// Puts the clock wrong by so much, instead of what it was wrong by before.
    pub(crate) fn put_wrong(&self, by: SignedDuration) {
        self.0.send_modify(|moved| moved.wrong_by = by);
    }

    /// Waits until so much time has passed on this clock, by itself or because it was moved.
    pub(crate) async fn pass(&self, duration: Duration) {
        let start = self.moment();
        let mut moves = self.0.subscribe();
        loop {
            let left = duration.saturating_sub(self.moment().saturating_duration_since(start));
            if left.is_zero() {
                return;
            }
            // Woken by time or by a move; either way what is left is computed anew.
            let _ = tokio::time::timeout(left, moves.changed()).await;
        }
    }
}

/// ISO 8601 in UTC to the second.
pub(crate) fn written(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_moved_clock_ends_a_wait() {
        let clock = Clock::default();
        let before = clock.now();
        clock.advance(Duration::from_secs(3_600));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_secs(3_600));
        let waiting = clock.pass(Duration::from_secs(86_400));
        tokio::pin!(waiting);
        assert!(futures_are_pending(waiting.as_mut()).await);
        clock.advance(Duration::from_secs(86_400));
        waiting.await;
    }

    #[test]
    fn a_wrong_clock_tells_another_time_and_measures_the_same() {
        let clock = Clock::default();
        let (now, moment) = (clock.now(), clock.moment());
        clock.put_wrong(SignedDuration::from_hours(-5));
        assert!(clock.now() < now - SignedDuration::from_hours(4));
        assert!(clock.moment().duration_since(moment) < Duration::from_secs(3_600));
        clock.put_wrong(SignedDuration::ZERO);
        assert!(clock.now() >= now);
    }

    async fn futures_are_pending(future: std::pin::Pin<&mut impl Future>) -> bool {
        tokio::select! {
            biased;
            _ = future => false,
            () = std::future::ready(()) => true,
        }
    }
}
