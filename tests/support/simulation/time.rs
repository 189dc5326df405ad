//! A clock that stands still while anything works, and jumps to the next moment when everything waits for it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

/// Virtual time. Cloning shares it.
#[derive(Clone, Default)]
pub struct Time(Arc<Inner>);

#[derive(Default)]
struct Inner {
    now: AtomicU64,
    next_key: AtomicU64,
    sleepers: Mutex<BTreeMap<(u64, u64), Waker>>,
    /// Work of other threads, such as a database's: the clock stands still while there is any.
    elsewhere: AtomicUsize,
}

impl Time {
    /// Time since the beginning.
    pub fn now(&self) -> Duration {
        Duration::from_nanos(self.0.now.load(Ordering::Relaxed))
    }

    /// Waits.
    pub fn sleep(&self, wait: Duration) -> Sleep {
        let until = self.0.now.load(Ordering::Relaxed) + u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX / 4);
        Sleep { time: self.clone(), key: (until, self.0.next_key.fetch_add(1, Ordering::Relaxed)) }
    }

    /// Runs a future that other threads work for.
    pub async fn elsewhere<T>(&self, work: impl Future<Output = T>) -> T {
        self.0.elsewhere.fetch_add(1, Ordering::SeqCst);
        let done = work.await;
        self.0.elsewhere.fetch_sub(1, Ordering::SeqCst);
        done
    }

    /// Runs a future to its end on this thread.
    ///
    /// # Panics
    /// When everything waits and nothing will ever happen.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let bell = Arc::new(Bell { rung: AtomicBool::new(true), thread: std::thread::current() });
        let waker = Waker::from(Arc::clone(&bell));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(future);
        loop {
            while bell.rung.swap(false, Ordering::SeqCst) {
                if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
                    return done;
                }
            }
            if self.0.elsewhere.load(Ordering::SeqCst) > 0 {
                std::thread::park();
                continue;
            }
            if bell.rung.load(Ordering::SeqCst) {
                continue;
            }
            let mut sleepers = self.0.sleepers.lock().unwrap();
            let ((until, _), sleeper) = sleepers.pop_first().expect("everything waits for nothing");
            self.0.now.fetch_max(until, Ordering::Relaxed);
            drop(sleepers);
            sleeper.wake();
        }
    }
}

struct Bell {
    rung: AtomicBool,
    thread: Thread,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// A wait of [`Time`].
pub struct Sleep {
    time: Time,
    key: (u64, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.time.0.now.load(Ordering::Relaxed) >= self.key.0 {
            return Poll::Ready(());
        }
        self.time.0.sleepers.lock().unwrap().insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.time.0.sleepers.lock().unwrap().remove(&self.key);
    }
}

/// Dice from a seed.
pub struct Dice(RefCell<fastrand::Rng>);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(RefCell::new(fastrand::Rng::with_seed(seed)))
    }

    /// Below `end`.
    pub fn below(&self, end: u64) -> u64 {
        self.0.borrow_mut().u64(..end)
    }

    /// True so many times in a thousand.
    pub fn chance(&self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// Some seconds below `end`.
    pub fn seconds(&self, end: u64) -> Duration {
        Duration::from_millis(self.below(end * 1000))
    }
}
