//! A clock that stands still while the cache works, and jumps to the next moment when everything waits for it.

use std::sync::{Arc, Mutex};
use store::Store;
use tokio::runtime::{Builder, Runtime};

/// What the clock waits for. Cloning shares it.
#[derive(Clone, Default)]
pub(super) struct Stillness(Arc<Mutex<Option<Store>>>);

impl Stillness {
    /// A runtime whose clock goes on when nothing is to be done and the cache is at rest.
    pub(super) fn runtime(&self) -> Runtime {
        let watched = self.clone();
        let mut builder = Builder::new_current_thread();
        builder.enable_time().start_paused(true).on_thread_park(move || watched.hold());
        builder.build().unwrap()
    }

    /// Watches this cache from now on. While there is none the clock stands still, so that one can be opened and closed.
    pub(super) fn watch(&self, store: Option<Store>) {
        *self.0.lock().unwrap() = store;
    }

    /// Keeps the runtime from parking, which is when its clock jumps.
    fn hold(&self) {
        let at_rest = self.0.lock().unwrap().as_ref().is_some_and(Store::is_at_rest);
        if !at_rest {
            std::thread::yield_now();
            drop(tokio::spawn(async {}));
        }
    }
}
