//! What is to be sent, and how far it has come: the state machine of the outbox.
//!
//! A row is a journal. Every change of it is a function here from a row to the next row; who stores rows compares and
//! swaps on `revision`, so that two changes never overwrite each other. Invariants:
//! - a row is [`OutboxState::Sending`] before its first byte leaves; after a crash that means unknown;
//! - an unknown outcome of something that would count twice is settled by reading back; its absence counts only when seen
//!   twice, and only after a quiet period ([`Rules::quiet`]); what reading cannot settle waits for the agent;
//! - nothing that was accepted is ever sent again by itself;
//! - attempts are counted only when the server answered;
//! - a paused row does not begin a call until the agent resumes it; what the agent decides about it (try now, send again)
//!   resumes it. Reading back goes on, because it sends nothing.
//!
//! Left out: storing, the network and the clock. Callers pass in the time and the randomness.

mod intent;
mod row;
mod rules;
#[cfg(test)]
mod tests;

pub use intent::{DocumentBase, DocumentFile, FaxTo, FileRef, Intent, IntentKind, NoteBase, Step};
pub use row::{
    Attempt, Decision, Evidence, Look, NotSent, OutboxError, OutboxRow, OutboxState, Trouble, TroubleKind, Turn,
};
pub use rules::Rules;
