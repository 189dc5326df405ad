//! The outbox worker: it takes each client's rows in their order, sends one at a time, and reads back what it cannot know.
//!
//! What a row may become is decided in `domain::outbox`; here is who asks it, and when. Invariants:
//! - a row is durable as sending before [`Remote::attempt`] is called, and the outcome is durable before the next row of
//!   its lane is looked at;
//! - one lane never has two calls under way; a lane whose head waits does not hold up another;
//! - the quiet period is measured by a clock that cannot be set, from the end of the call or the start of this worker;
//! - while the portal is away one call at a time asks for it; a session that ended stops everything until the next one;
//! - what the agent paused begins no call ([`Brake`]); of a call under way only an upload is cut.
//!
//! Time, network, randomness and the store come in from outside ([`Parts`]), so that a simulation runs this very code.

mod brake;
mod client_data;
mod look;
mod portal;
mod turn;
mod worker;

pub use brake::Brake;
pub use portal::{OnUpload, PortalRemote};
pub use turn::{Clock, Gate, Head, Journal, JournalError, Parts, Remote, Taken, turn};
pub use worker::{Paused, Wake, Worker};
