//! How many calls run at once, how often they start, and how long everybody waits when the portal asks for it.

use crate::{ApiError, Limits};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The longest that a call waits here for a server that asked for time; a longer wait is the caller's to plan.
const PATIENCE: Duration = Duration::from_secs(5);

/// A place among the calls under way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

/// The gate that every call passes.
#[derive(Debug)]
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    /// Between two starts.
    interval: Duration,
    times: Mutex<Times>,
}

#[derive(Debug, Default)]
struct Times {
    /// When the next call may start.
    next: Option<Instant>,
    /// Until when the server wants to be left alone.
    closed_until: Option<Instant>,
}

impl Gate {
    pub(crate) fn new(limits: Limits) -> Self {
        let interval = limits.per_minute.map_or(Duration::ZERO, |calls| Duration::from_secs(60) / calls.max(1));
        Self { places: Arc::new(Semaphore::new(limits.concurrent.max(1))), interval, times: Mutex::default() }
    }

    /// Waits for a place and for the time to start.
    ///
    /// # Errors
    /// [`ApiError::TooManyRequests`] at once, when the server wants to be left alone for longer than it is worth waiting.
    pub(crate) async fn enter(&self) -> Result<Place, ApiError> {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
            return Err(ApiError::TooManyRequests { retry_after: None });
        };
        loop {
            let Some(start) = self.reserve()? else { return Ok(Place(place)) };
            tokio::time::sleep_until(start).await;
        }
    }

    /// Takes the next start: `None` for now, else when to ask again.
    fn reserve(&self) -> Result<Option<Instant>, ApiError> {
        let now = Instant::now();
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = times.closed_until.filter(|until| *until > now) {
            let wait = until - now;
            if wait > PATIENCE {
                return Err(ApiError::TooManyRequests { retry_after: Some(wait) });
            }
            return Ok(Some(until));
        }
        if let Some(next) = times.next.filter(|next| *next > now) {
            return Ok(Some(next));
        }
        times.next = Some(now + self.interval);
        Ok(None)
    }

    /// Keeps every call back for as long as the server asked.
    pub(crate) fn close_for(&self, wait: Duration) {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now().checked_add(wait);
        times.closed_until = times.closed_until.max(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn starts_are_spread_over_the_minute() {
        let gate = Gate::new(Limits { concurrent: 9, per_minute: Some(60) });
        let began = Instant::now();
        for _ in 0..3 {
            gate.enter().await.unwrap();
        }
        assert_eq!(began.elapsed(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_calls_run_at_once_than_there_are_places() {
        let gate = Gate::new(Limits { concurrent: 1, per_minute: None });
        let first = gate.enter().await.unwrap();
        let second = tokio::time::timeout(Duration::from_secs(60), gate.enter()).await;
        assert!(second.is_err(), "the only place is taken");
        drop(first);
        gate.enter().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_rest_is_waited_for_and_a_long_one_is_told() {
        let gate = Gate::new(Limits::default());
        let began = Instant::now();
        gate.close_for(Duration::from_secs(3));
        gate.enter().await.unwrap();
        assert_eq!(began.elapsed(), Duration::from_secs(3));
        gate.close_for(Duration::from_secs(90));
        let error = gate.enter().await.unwrap_err();
        assert!(
            matches!(error, ApiError::TooManyRequests { retry_after: Some(wait) } if wait.as_secs() >= 89),
            "{error}"
        );
    }
}
