//! A gate at which requests wait until a test opens it.

use std::sync::Arc;
use tokio::sync::watch;

/// Holds requests back until it is released. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<GateState>>);

#[derive(Clone, Copy, Debug, Default)]
struct GateState {
    open: bool,
    arrived: usize,
}

impl Default for Gate {
    fn default() -> Self {
        Gate(Arc::new(watch::Sender::new(GateState::default())))
    }
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets every held request go on, and those to come.
    pub fn release(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    /// Waits until this many requests have arrived at the gate.
    pub async fn reached(&self, requests: usize) {
        self.until(|state| state.arrived >= requests).await;
    }

    /// Waits at the gate until it is open.
    pub(crate) async fn pass(&self) {
        self.0.send_modify(|state| state.arrived += 1);
        self.until(|state| state.open).await;
    }

    async fn until(&self, ready: impl FnMut(&GateState) -> bool) {
        // The sender lives in `self`, so the channel cannot close while this waits.
        let _ = self.0.subscribe().wait_for(ready).await;
    }
}
