//! What the agent paused, as the worker hears of it at once.
//!
//! What counts is on the disk: a paused row says so itself, and that all sending is paused is kept beside the rows. Whoever
//! pauses writes that down first and then pulls the brake, so that a call under way is cut where that is safe.

use domain::IntentId;
use domain::outbox::OutboxRow;
use std::collections::BTreeSet;
use tokio::sync::watch;

/// Stops what the agent paused. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Brake(watch::Sender<Held>);

#[derive(Debug, Default)]
struct Held {
    all: bool,
    rows: BTreeSet<IntentId>,
}

impl Brake {
    /// A brake that holds everything, or nothing.
    #[must_use]
    pub fn new(all: bool) -> Self {
        Self(watch::Sender::new(Held { all, rows: BTreeSet::new() }))
    }

    /// Holds everything from now on, or no longer.
    pub fn hold_all(&self, all: bool) {
        self.0.send_modify(|held| held.all = all);
    }

    /// Holds a row that is paused, and no longer one that is not.
    pub fn follow(&self, row: &OutboxRow) {
        self.0.send_modify(|held| {
            if row.paused {
                held.rows.insert(row.id.clone());
            } else {
                held.rows.remove(&row.id);
            }
        });
    }

    /// Whether it holds everything.
    #[must_use]
    pub fn holds_all(&self) -> bool {
        self.0.borrow().all
    }

    /// Waits until it holds this row.
    pub(super) async fn asked(&self, id: &IntentId) {
        let mut held = self.0.subscribe();
        // The sender lives in this brake.
        let _ = held.wait_for(|held| held.all || held.rows.contains(id)).await;
    }
}
