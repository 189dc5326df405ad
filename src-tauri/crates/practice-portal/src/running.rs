//! Starting and stopping, and what the process that started the portal can see and do, which nobody can over HTTP.

use crate::{
    Accepted, Change, Credentials, Faults, Options, PracticeError, Role, accepted, auth, azure, changes,
    clock::Clock,
    credentials::first_credentials,
    database,
    line::{Hangup, Lines},
    passwords,
    portal::{self, Portal, Shared},
    rates::Rates,
    resources::{clients, imports},
    stored,
    tokens::{Tokens, random_hex},
};
use jiff::{SignedDuration, Timestamp};
use std::{net::Ipv4Addr, sync::atomic::AtomicU64, time::Duration};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tokio_util::task::TaskTracker;
use url::Url;

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
    let run = random_hex().map_err(|_| PracticeError::Randomness("no run number".into()))?;
    let faults = Faults::default();
    let lines = Lines::new(listener, address, faults.refusal());
    let portal = Portal::new(Shared {
        db: opened.pool,
        base,
        api_key: auth::API_KEY.to_owned(),
        clock: Clock::default(),
        tokens: Tokens::new(&opened.secret, options.token_lifetime, run),
        azure: azure::Grants::default(),
        behind: TaskTracker::new(),
        rates: Rates::default(),
        faults,
        seed: options.seed,
        as_of: options.as_of,
        previews: AtomicU64::new(0),
    });
    imports::resume(&portal).await?;
    let router = portal::router(portal.clone()).into_make_service_with_connect_info::<Hangup>();
    let (stop, stopped) = oneshot::channel::<()>();
    let until_stopped = async move {
        // A dropped sender means that nobody holds the portal any more: it stops as well.
        let _ = stopped.await;
    };
    let serving = axum::serve(lines, router).with_graceful_shutdown(until_stopped);
    let server = tokio::spawn(async move { serving.await });
    Ok(Running { portal, stop, server })
}

impl Running {
    /// `http://127.0.0.1:PORT/api`
    #[must_use]
    pub fn base_url(&self) -> Url {
        self.portal.base.clone()
    }

    /// What signs the practice agent in.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        self.credentials_of(Role::Agent)
    }

    /// What signs an account in that may do other things.
    #[must_use]
    pub fn credentials_of(&self, role: Role) -> Credentials {
        role.credentials(&self.portal.api_key)
    }

    /// What signs a client in to the customer portal.
    ///
    /// # Errors
    /// When there is no such client, or the database fails.
    pub async fn credentials_of_client(&self, client_id: i64) -> Result<Credentials, PracticeError> {
        let client = clients::TABLE.get(&mut *self.portal.db.acquire().await?, client_id).await?;
        let client = client.ok_or(PracticeError::NoClient(client_id))?;
        Ok(first_credentials(stored::text(&client, "email"), &self.portal.api_key))
    }

    /// The page that a browser is sent to in order to sign in through the made-up Azure.
    #[must_use]
    pub fn azure_authorize_url(&self) -> Url {
        let mut url = self.portal.base.clone();
        url.set_path(azure::PATH);
        url
    }

    /// The token in the last password mail to this address, if one was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mailed_password_token(&self, email: &str) -> Result<Option<String>, PracticeError> {
        let mut db = self.portal.db.acquire().await?;
        match auth::by_email(&mut db, email).await? {
            Some(who) => Ok(passwords::mailed(&mut db, who).await?),
            None => Ok(None),
        }
    }

    /// Planned mischief and the ledger of requests.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.portal.faults
    }

    /// Every fax, mail, text, letter, note, document and agreement that was accepted, oldest first: what was committed,
    /// whatever became of the answers. Kept with the data.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accepted(&self) -> Result<Vec<Accepted>, PracticeError> {
        Ok(accepted::all(&mut *self.portal.db.acquire().await?).await?)
    }

    /// What the portal takes for now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.portal.clock.now()
    }

    /// Moves the portal's clock forward: faxes are tried, tokens expire, delays end, without waiting.
    pub fn advance(&self, by: Duration) {
        self.portal.clock.advance(by);
    }

    /// Puts the portal's clock wrong by so much, in its records and in the `Date` header; zero puts it right. Durations
    /// are measured as before.
    pub fn put_clock_wrong(&self, by: SignedDuration) {
        self.portal.clock.put_wrong(by);
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

    /// Waits until nothing is done any more: imports, requests that are handled late or whose sender has gone. Held ones
    /// must have been released.
    pub async fn quiet(&self) {
        self.portal.behind.close();
        self.portal.behind.wait().await;
        self.portal.behind.reopen();
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
        self.portal.behind.close();
        // What is still done behind ends at the closed database.
        let _ = tokio::time::timeout(PATIENCE, self.portal.behind.wait()).await;
    }
}
