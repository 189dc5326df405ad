//! Many letters at once: all cores work, letters come out in order, memory stays flat.
//!
//! The caller says how letter number N is made, and takes the finished ones in order; where they go is the caller's.
//! No more than a few letters for each thread wait for their turn, however many there are.

use crate::error::LetterError;
use crate::press::{Press, SetLetter};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Finished letters that may wait, for each thread.
const WAITING: usize = 8;

/// How a batch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchEnd {
    /// Every letter was handed over.
    Complete,
    /// The taker wanted no more after this many.
    Cancelled {
        /// Letters handed over.
        taken: usize,
    },
}

/// Sets `count` letters on `threads` threads (all cores, when `None`). `make` sets letter number N on the press that it is
/// given, on any of the threads; `take` gets every letter in order, on the caller's own thread, so it can count progress,
/// write files, and stop the batch by breaking. A letter's bytes do not depend on the number of threads.
///
/// # Errors
/// `Typeface` when no press could be made. What `make` fails with goes to `take`.
pub fn batch<E: Send>(
    count: usize,
    threads: Option<NonZero<usize>>,
    make: impl Fn(usize, &mut Press) -> Result<SetLetter, E> + Sync,
    mut take: impl FnMut(usize, Result<SetLetter, E>) -> ControlFlow<()>,
) -> Result<BatchEnd, LetterError> {
    let threads =
        threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get).min(count.max(1));
    let presses = (0..threads).map(|_| Press::new()).collect::<Result<Vec<_>, _>>()?;
    let work = Work { state: Mutex::new(State::default()), changed: Condvar::new() };
    let window = threads * WAITING;
    std::thread::scope(|scope| {
        for mut press in presses {
            let (work, make) = (&work, &make);
            scope.spawn(move || {
                // Should making a letter panic, the taker must not wait for it for ever.
                let _end = EndOnUnwind(work);
                while let Some(number) = work.next(count, window) {
                    let made = make(number, &mut press);
                    work.put(number, made);
                }
            });
        }
        for number in 0..count {
            let Some(made) = work.take(number) else { return Ok(BatchEnd::Cancelled { taken: number }) };
            if take(number, made).is_break() {
                work.end();
                return Ok(BatchEnd::Cancelled { taken: number + 1 });
            }
        }
        Ok(BatchEnd::Complete)
    })
}

struct Work<E> {
    state: Mutex<State<E>>,
    changed: Condvar,
}

struct State<E> {
    /// The next letter to begin, and the next to hand over.
    next: usize,
    taken: usize,
    finished: BTreeMap<usize, Result<SetLetter, E>>,
    ended: bool,
}

impl<E> Default for State<E> {
    fn default() -> Self {
        Self { next: 0, taken: 0, finished: BTreeMap::new(), ended: false }
    }
}

impl<E> Work<E> {
    /// A panic while the lock is held leaves nothing half done: every change is one assignment.
    fn lock(&self) -> MutexGuard<'_, State<E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a letter to make, once there is room for it.
    fn next(&self, count: usize, window: usize) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.ended || state.next >= count {
                return None;
            }
            if state.next < state.taken + window {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn put(&self, number: usize, made: Result<SetLetter, E>) {
        self.lock().finished.insert(number, made);
        self.changed.notify_all();
    }

    /// The letter of a number, once it is made; `None` when the batch ended before.
    fn take(&self, number: usize) -> Option<Result<SetLetter, E>> {
        let mut state = self.lock();
        loop {
            if let Some(made) = state.finished.remove(&number) {
                state.taken = number + 1;
                self.changed.notify_all();
                return Some(made);
            }
            if state.ended {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }
}

struct EndOnUnwind<'a, E>(&'a Work<E>);

impl<E> Drop for EndOnUnwind<'_, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}
