//! The real pull on a virtual clock against a modelled portal, from one number.
//!
//! A [`Schedule`] is everything that happens: what the portal lists and how it sorts and pages it, what others change while it
//! is read, what each call meets, when the pull is cancelled, when the process dies, when the session ends, and how clocks are
//! set. Pull, client and cache are the real ones; the network is a [`portal_api::model::Model`], and tokio's clock stands
//! still while the cache works, so a schedule that breaks a promise is played again by its number.
//!
//! What the model assumes of the world, and the proof therefore does not cover: keys are never given twice; of a list, at most
//! one pass is read in which what was taken out cannot be told (a row was added as well, or no total is sent), and none that
//! asks for what changed; a list that ignores how it is asked to be sorted is not in that order by luck; a row that was changed
//! says so, where its list shows a time of change.

mod judge;
mod portal;
mod records;
mod schedule;
mod still;

pub use schedule::{Bug, Report, Schedule, play};

use tempfile::TempDir;

/// A folder for caches: in memory where the system has such, because nothing here is about disks.
#[must_use]
pub fn folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}
