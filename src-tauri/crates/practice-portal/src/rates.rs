//! How many requests a minute one token may make.
//!
//! A fixed window, as Laravel's throttle counts: the first request opens a minute, the rest of that minute draws on the
//! allowance. The default is generous, because a first pull asks once per client.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_secs(60);
const GENEROUS: u32 = 100_000;

/// The counters.
#[derive(Debug)]
pub(crate) struct Rates(Mutex<Counters>);

#[derive(Debug)]
struct Counters {
    per_minute: u32,
    windows: HashMap<String, Window>,
}

#[derive(Debug)]
struct Window {
    opened: Instant,
    used: u32,
}

/// What is left of a token's allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Requests a minute.
    pub(crate) limit: u32,
    /// Requests left in this one.
    pub(crate) remaining: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Rates(Mutex::new(Counters { per_minute: GENEROUS, windows: HashMap::new() }))
    }
}

impl Rates {
    /// Sets the limit and starts counting anew.
    pub(crate) fn limit(&self, per_minute: u32) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counters = Counters { per_minute, windows: HashMap::new() };
    }

    /// Counts one request of a token at an instant.
    ///
    /// # Errors
    /// The seconds until the next request is welcome, when the minute's allowance is used up.
    pub(crate) fn count(&self, token: &str, now: Instant) -> Result<Allowance, u64> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = counters.per_minute;
        let age = |window: &Window| now.saturating_duration_since(window.opened);
        if !counters.windows.contains_key(token) {
            counters.windows.retain(|_, window| age(window) < WINDOW);
        }
        let window = counters.windows.entry(token.to_owned()).or_insert(Window { opened: now, used: 0 });
        if age(window) >= WINDOW {
            *window = Window { opened: now, used: 0 };
        }
        if window.used >= limit {
            return Err((WINDOW - age(window)).as_secs().max(1));
        }
        window.used += 1;
        Ok(Allowance { limit, remaining: limit - window.used })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowance_is_per_token_and_comes_back_after_a_minute() {
        let rates = Rates::default();
        rates.limit(2);
        let start = Instant::now();
        assert_eq!(rates.count("a", start), Ok(Allowance { limit: 2, remaining: 1 }));
        assert_eq!(rates.count("a", start), Ok(Allowance { limit: 2, remaining: 0 }));
        assert_eq!(rates.count("a", start + Duration::from_secs(20)), Err(40));
        assert_eq!(rates.count("b", start), Ok(Allowance { limit: 2, remaining: 1 }));
        assert_eq!(rates.count("a", start + WINDOW), Ok(Allowance { limit: 2, remaining: 1 }));
    }
}
