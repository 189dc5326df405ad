//! A practice portal: a stand-in for the company's server that runs in the caller's process, for training, for the demo
//! and for tests.
//!
//! It is a real HTTP server with a real database: what is written is there when it is read again, tokens expire, pages
//! shift when data changes. Everybody in it is made up, from a seed number.
//!
//! Invariants: it listens on 127.0.0.1 only; it answers what it answers in the documented shapes, oddities included; a
//! path it does not answer is a 404, never a pretence. Faults can be planned by the process that started it, never over
//! HTTP.
//!
//! To add a resource, write one file in `resources` and name it there. Paging, sorting, filters, errors, permissions and
//! storage are written once: `list`, `fields`, `problem`, `access`, `records` and `stored`.

#![forbid(unsafe_code)]

mod accepted;
mod access;
mod answers;
mod auth;
mod azure;
mod changes;
mod clock;
mod credentials;
mod csv;
mod database;
mod delivery;
mod dice;
mod faults;
mod fields;
mod gate;
mod ids;
mod kba_questions;
mod kinds;
mod line;
mod list;
mod mischief;
mod passwords;
mod pictures;
mod portal;
mod problem;
mod rates;
mod records;
mod report;
mod resources;
mod rules;
mod running;
mod seed;
mod shortcodes;
mod stored;
mod tokens;

pub use accepted::{Accepted, AcceptedKind};
pub use changes::Change;
pub use credentials::{Credentials, Role};
pub use faults::{Action, Faults, Received, Rule};
pub use gate::Gate;
pub use running::{Running, serve};

use jiff::civil::{Date, date};
use std::{path::PathBuf, time::Duration};

/// What the portal is made of.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file that keeps the data; in memory without one. A file made from the same numbers is used again, with
    /// everything that was changed in it; made from others, it is replaced.
    pub database: Option<PathBuf>,
    /// How many clients there are.
    pub clients: u32,
    /// What the data is made from: the same number gives the same people.
    pub seed: u64,
    /// Port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// How long a bearer token lives, in whole seconds.
    pub token_lifetime: Duration,
    /// The day that the data is dated relative to.
    pub as_of: Date,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            database: None,
            clients: 200,
            seed: 1,
            port: 0,
            token_lifetime: Duration::from_secs(60 * 60),
            as_of: date(2026, 11, 16),
        }
    }
}

/// Why the practice portal could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PracticeError {
    /// The port is taken, or may not be listened on.
    #[error("the practice portal cannot listen on port {port}: choose another port, or 0 for any free one")]
    Port {
        /// The port asked for.
        port: u16,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file holds something else, and is left alone.
    #[error("{} is not practice data: choose another file", path.display())]
    NotPracticeData {
        /// The file asked for.
        path: PathBuf,
    },
    /// The file cannot be written or replaced.
    #[error("the practice data cannot be written: check that the folder exists and has room, or choose another file")]
    File(#[source] std::io::Error),
    /// The database failed.
    #[error("the practice data cannot be made or opened: check that the file can be written, or choose another one")]
    Database(#[from] sqlx::Error),
    /// The operating system gave no random bytes.
    #[error("this computer gives no random numbers, so no sign-in tokens can be made: {0}")]
    Randomness(String),
    /// A change was asked for a record that is not there.
    #[error("the practice data was not changed: {0}")]
    Change(String),
    /// Credentials were asked for a client that is not there.
    #[error("the practice data has no client {0}")]
    NoClient(i64),
}
