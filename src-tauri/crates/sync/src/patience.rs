//! Making a call again while the portal is busy or failing.

use crate::PullError;
use futures::future::{Either, select};
use portal_api::{ApiError, Retry};
use std::pin::pin;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How patiently a call is made again when the portal is busy or failing.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Tries in all.
    pub tries: u32,
    /// Wait before the second try; doubled for each further one. `Retry-After` wins.
    pub wait: Duration,
    /// The longest `Retry-After` that is waited for; the pull stops at a longer one.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 4, wait: Duration::from_millis(500), longest: Duration::from_secs(60) }
    }
}

impl Patience {
    /// Makes a call, again while the portal is busy or failing, until it answers, patience ends, or the caller cancels.
    ///
    /// # Errors
    /// What the last call failed with; [`PullError::Cancelled`].
    pub(crate) async fn call<T, F>(self, cancel: &CancellationToken, call: impl Fn() -> F) -> Result<T, PullError>
    where
        F: Future<Output = Result<T, ApiError>> + Unpin,
    {
        let mut wait = self.wait;
        for left in (0..self.tries.max(1)).rev() {
            let outcome = match select(call(), pin!(cancel.cancelled())).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(_) => return Err(PullError::Cancelled),
            };
            let error = match outcome {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let pause = match error.retry() {
                // A portal that is not there is told at once; the next pull goes on from here.
                Retry::Later(_) if matches!(error, ApiError::Unreachable { .. }) => return Err(error.into()),
                Retry::Later(Some(named)) if named > self.longest => return Err(error.into()),
                Retry::Later(named) if left > 0 => named.unwrap_or(wait),
                _ => return Err(error.into()),
            };
            match select(pin!(tokio::time::sleep(pause)), pin!(cancel.cancelled())).await {
                Either::Left(_) => wait *= 2,
                Either::Right(_) => return Err(PullError::Cancelled),
            }
        }
        Err(PullError::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::future::ready;
    use tokio::time::Instant;

    const PATIENCE: Patience = Patience { tries: 4, wait: Duration::from_secs(1), longest: Duration::from_secs(60) };

    fn busy(retry_after: Option<u64>) -> ApiError {
        ApiError::TooManyRequests { retry_after: retry_after.map(Duration::from_secs) }
    }

    /// When calls were made that failed so, in seconds after the first, and what came of it. What is not said succeeds.
    async fn calls(
        patience: Patience,
        cancel: &CancellationToken,
        failures: Vec<ApiError>,
    ) -> (Vec<u64>, Result<(), PullError>) {
        let (began, made) = (Instant::now(), RefCell::new(Vec::new()));
        let failures = RefCell::new(failures.into_iter());
        let outcome = patience
            .call(cancel, || {
                made.borrow_mut().push(began.elapsed().as_secs());
                ready(failures.borrow_mut().next().map_or(Ok(()), Err))
            })
            .await;
        (made.into_inner(), outcome)
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_portal_is_waited_for_twice_as_long_each_time() {
        let (made, outcome) =
            calls(PATIENCE, &CancellationToken::new(), vec![busy(None), busy(None), busy(None)]).await;
        assert_eq!(made, [0, 1, 3, 7]);
        outcome.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends_with_the_last_try() {
        let failures = (0..9).map(|_| busy(None)).collect();
        let (made, outcome) = calls(PATIENCE, &CancellationToken::new(), failures).await;
        assert_eq!(made, [0, 1, 3, 7]);
        assert!(matches!(outcome, Err(PullError::Portal(ApiError::TooManyRequests { .. }))), "{outcome:?}");
        let once = Patience { tries: 0, ..PATIENCE };
        assert_eq!(calls(once, &CancellationToken::new(), vec![busy(None)]).await.0, [0], "a call is made in any case");
    }

    #[tokio::test(start_paused = true)]
    async fn the_portal_says_how_long_to_wait_unless_that_is_too_long() {
        let never = CancellationToken::new();
        let (made, outcome) = calls(PATIENCE, &never, vec![busy(Some(60)), busy(Some(0)), busy(None)]).await;
        assert_eq!(made, [0, 60, 60, 64]);
        outcome.unwrap();
        let (made, outcome) = calls(PATIENCE, &never, vec![busy(Some(61))]).await;
        assert_eq!(made, [0]);
        assert!(matches!(outcome, Err(PullError::Portal(_))), "{outcome:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_would_fail_again_is_told_at_once() {
        let refused = ApiError::Refused { message: String::new(), fields: portal_api::Fields::default() };
        let (made, outcome) = calls(PATIENCE, &CancellationToken::new(), vec![refused]).await;
        assert_eq!(made, [0]);
        assert!(matches!(outcome, Err(PullError::Portal(ApiError::Refused { .. }))), "{outcome:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn cancelling_ends_a_wait_and_a_call() {
        let cancel = CancellationToken::new();
        let (cancelled, waits) = (cancel.clone(), vec![busy(Some(60))]);
        let began = Instant::now();
        let (_, (made, outcome)) = tokio::join!(
            async move {
                tokio::time::sleep(Duration::from_secs(5)).await;
                cancelled.cancel();
            },
            calls(PATIENCE, &cancel, waits)
        );
        assert_eq!((made.len(), began.elapsed().as_secs()), (1, 5));
        assert!(matches!(outcome, Err(PullError::Cancelled)), "{outcome:?}");
        let never: Result<(), _> = PATIENCE.call(&cancel, futures::future::pending).await;
        assert!(matches!(never, Err(PullError::Cancelled)), "{never:?}");
    }
}
