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
//! To add a resource, write one file in `resources` and name it there. Paging, sorting, filters, errors, tokens and
//! storage are written once: `list`, `fields`, `problem`, `auth`, `records`.

#![forbid(unsafe_code)]

mod auth;
mod changes;
mod database;
mod dice;
mod faults;
mod fields;
mod line;
mod list;
mod pictures;
mod portal;
mod problem;
mod rates;
mod records;
mod resources;
mod seed;
mod shortcodes;

pub use changes::Change;
pub use faults::{Action, Faults, Gate, Received, Rule};

use auth::Tokens;
use jiff::civil::{Date, date};
use line::{Hangup, Lines};
use portal::{Portal, Shared};
use rates::Rates;
use std::{net::Ipv4Addr, path::PathBuf, sync::atomic::AtomicU64, time::Duration};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use url::Url;

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

/// What signs in to the practice portal. Made up, like everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// E-mail address of the practice agent.
    pub email: String,
    /// Password.
    pub password: String,
    /// Value of the `x-api-key` header.
    pub api_key: String,
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
}

/// A practice portal that answers. Dropping it stops it too, without waiting for requests under way.
#[derive(Debug)]
pub struct Running {
    portal: Portal,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Opens or makes the data and starts to answer on 127.0.0.1.
///
/// # Errors
/// When the port cannot be had, or the data cannot be opened or made.
pub async fn serve(options: Options) -> Result<Running, PracticeError> {
    let on_port = |source| PracticeError::Port { port: options.port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(on_port)?;
    let address = listener.local_addr().map_err(on_port)?;
    let base = Url::parse(&format!("http://{address}/api")).map_err(|error| on_port(std::io::Error::other(error)))?;
    let opened = database::open(&options).await?;
    let run = auth::random_hex().map_err(|_| PracticeError::Randomness("no run number".into()))?;
    let portal = Portal::new(Shared {
        db: opened.pool,
        base,
        api_key: auth::API_KEY.to_owned(),
        tokens: Tokens::new(&opened.secret, options.token_lifetime, run),
        rates: Rates::default(),
        faults: Faults::default(),
        seed: options.seed,
        as_of: options.as_of,
        previews: AtomicU64::new(0),
    });
    let router = portal::router(portal.clone()).into_make_service_with_connect_info::<Hangup>();
    let (stop, stopped) = oneshot::channel::<()>();
    let until_stopped = async move {
        // A dropped sender means that nobody holds the portal any more: it stops as well.
        let _ = stopped.await;
    };
    let serving = axum::serve(Lines(listener), router).with_graceful_shutdown(until_stopped);
    let server = tokio::spawn(async move { serving.await });
    Ok(Running { portal, stop, server })
}

impl Running {
    /// `http://127.0.0.1:PORT/api`
    #[must_use]
    pub fn base_url(&self) -> Url {
        self.portal.base.clone()
    }

    /// What signs in.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials {
            email: resources::users::AGENT_EMAIL.to_owned(),
            password: auth::PASSWORD.to_owned(),
            api_key: self.portal.api_key.clone(),
        }
    }

    /// Planned mischief and the ledger of requests.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.portal.faults
    }

    /// Lets each token make so many requests a minute, counted from now.
    pub fn limit_rate(&self, requests_per_minute: u32) {
        self.portal.rates.limit(requests_per_minute);
    }

    /// Changes the data now, as somebody else in the company would.
    ///
    /// # Errors
    /// When the record is not there, or the database fails.
    pub async fn change(&self, change: Change) -> Result<(), PracticeError> {
        changes::apply(&self.portal, change).await.map_err(|problem| PracticeError::Change(problem.to_string()))
    }

    /// Finishes the requests under way, lets held ones go on, and closes the port and the data.
    pub async fn stop(self) {
        const PATIENCE: Duration = Duration::from_secs(5);
        self.portal.faults.clear();
        let _ = self.stop.send(());
        let mut server = self.server;
        if tokio::time::timeout(PATIENCE, &mut server).await.is_err() {
            server.abort();
            let _ = server.await;
        }
        self.portal.db.close().await;
    }
}
