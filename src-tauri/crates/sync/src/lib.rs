//! Bringing the portal's records into the cache, and what was written here to the portal ([`outbox`]).
//!
//! Invariants of the pull:
//! - Each page and the mark of where the walk stands are one transaction, so a kill at any point is resumed at a page
//!   border and nothing is read twice without need.
//! - A list that moves under the walk is walked again until a pass over it was stable; rows leave the cache only after
//!   two complete walks without them (the store's rule).
//! - What is brought as a change is never below the mark of a list ([`changes`]): the mark moves only after what lies above it
//!   is in the cache.
//! - A report's content is read once, and again only when the report changed.
//! - A row this build cannot read is parked, counted and shown; it never stops the pull.

#![forbid(unsafe_code)]

mod apart;
mod changes;
mod credit_reports;
mod fax_setting;
mod goals;
mod lists;
pub mod outbox;
mod patience;
mod pull;
mod refresh;
mod segments;

pub use credit_reports::CONTENTS_KEPT;
pub use fax_setting::fax_reattempts;
pub use goals::refresh_goals;
pub use patience::Patience;
pub use pull::{Progress, PullError, Pulled, Scope, everything_read, pull};
pub use refresh::{
    refresh_agreements, refresh_client, refresh_client_alone, refresh_correspondences, refresh_documents,
    refresh_facts, refresh_notes,
};
pub use segments::segment_members;
