//! Work on several letters: it tells how far it is, and can be stopped.

use crate::contract::{DeskEvent, Empty, LettersProgress};
use crate::{Desk, Error};
use std::sync::PoisonError;
use tokio_util::sync::CancellationToken;

/// Letters being prepared or saved.
pub(crate) struct Work<'a> {
    desk: &'a Desk,
    stop: CancellationToken,
    total: u32,
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        *self.desk.inner.letter_work.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Work<'_> {
    /// Tells that so many are done.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the rest is not wanted.
    pub(crate) fn done(&self, done: u32) -> Result<(), Error> {
        if self.stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        if self.total > 1 {
            self.desk.tell(DeskEvent::Letters(LettersProgress { done, total: self.total }));
        }
        Ok(())
    }

    /// A part of the work that takes its time.
    pub(crate) async fn unless_stopped<T>(&self, part: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Error::Cancelled),
            outcome = part => outcome,
        }
    }
}

impl Desk {
    /// Begins work on so many letters.
    ///
    /// # Errors
    /// [`Error::BadRequest`] while other letters are worked on: what is stopped would not be clear.
    pub(crate) fn work_on(&self, letters: usize) -> Result<Work<'_>, Error> {
        let mut under_way = self.inner.letter_work.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.is_some() {
            let reason = "other letters are being prepared or saved: wait until that is done, or stop it";
            return Err(Error::bad("letters", reason));
        }
        let stop = CancellationToken::new();
        *under_way = Some(stop.clone());
        Ok(Work { desk: self, stop, total: u32::try_from(letters).unwrap_or(u32::MAX) })
    }

    /// Stops the letters that are being prepared or saved: none of them is kept.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn letter_stop(&self, _: Empty) -> Result<Empty, Error> {
        if let Some(stop) = &*self.inner.letter_work.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.cancel();
        }
        Ok(Empty {})
    }
}
