//! How long is waited, and how often is tried.

use jiff::SignedDuration;

/// How long is waited, and how often is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Wait before the second try; doubled for each further one.
    pub first_wait: SignedDuration,
    /// The longest wait between two tries.
    pub longest_wait: SignedDuration,
    /// Longer than the server's longest request: only after it, a missing record may be missing for good.
    pub quiet: SignedDuration,
    /// Between the two sightings of an absence.
    pub between_looks: SignedDuration,
    /// Answers of the server that brought nothing, after which the agent is asked.
    pub most_attempts: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            first_wait: SignedDuration::from_secs(5),
            longest_wait: SignedDuration::from_mins(15),
            quiet: SignedDuration::from_mins(3),
            between_looks: SignedDuration::from_secs(45),
            most_attempts: 6,
        }
    }
}

impl Rules {
    /// The wait before the next try after `tries` that failed: doubling from the first wait to the longest, of which up to
    /// a quarter is taken away by `jitter` (0 to 255), so that a hundred desks do not come back at once.
    #[must_use]
    pub fn backoff(&self, tries: u32, jitter: u8) -> SignedDuration {
        let doubled = 2_i32.saturating_pow(tries.min(16));
        let full = self.first_wait.saturating_mul(doubled).min(self.longest_wait);
        full - full / 1024 * i32::from(jitter)
    }
}
