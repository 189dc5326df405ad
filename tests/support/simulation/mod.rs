//! The real outbox on a virtual clock against a modelled server, from one number.
//!
//! A [`Schedule`] is everything that happens: what is queued and when, what the agent cancels, edits, pauses, resumes and
//! settles, when the power fails, when somebody signs in, and what each call meets. Everything follows from the seed, so a
//! schedule that breaks a promise is played again by its number.
//!
//! What the model assumes of the world, and the proof therefore does not cover: a request that the server commits after
//! the client gave up is committed within the quiet period; one record is overlooked by at most one look (a page that
//! shifts under it); a disk that says that a commit is durable tells the truth.

mod journal;
mod schedule;
mod server;
mod time;

pub use journal::{Counted, Memory, Rows};
pub use schedule::{Bug, Report, Schedule, in_memory, on_disk};
pub use time::Time;
