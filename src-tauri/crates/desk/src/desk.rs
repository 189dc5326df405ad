//! The desk itself: what is open, who is told, and where files are.

use crate::Error;
use crate::contract::{DeskEvent, KeyGuard, OutboxPause, Problem, Realm, Topic};
use crate::documents::Chosen;
use crate::ports::Ports;
use crate::settings::Settings;
use crate::stored_files::{Fetches, Thumbnails};
use crate::sync::SyncState;
use crate::vault::Vault;
use ::sync::outbox::{Brake, Wake};
use domain::ClientId;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use portal_api::Portal;
use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::Store;
use tokio::sync::{RwLock, broadcast};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How many made-up clients the practice portal of this application has, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeSize {
    /// Clients.
    pub clients: u32,
    /// Same seed, same people.
    pub seed: u64,
}

impl Default for PracticeSize {
    fn default() -> Self {
        Self { clients: 250, seed: 7 }
    }
}

/// Name of the database in a realm's folder.
pub(crate) const DATABASE: &str = "desk.db";
/// How the name of a folder that was set aside ends: this, and when, in UTC.
const ASIDE: &str = "aside-";
const STAMP: &str = "%Y%m%d-%H%M%S";

/// Where the desk keeps its files: one folder for the company's data, one for practice.
#[derive(Clone, Debug)]
pub struct DeskFolder(PathBuf);

impl DeskFolder {
    /// A folder of this user on a local disk. It is made when needed.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.0
    }

    pub(crate) fn of(&self, realm: Realm) -> PathBuf {
        self.0.join(match realm {
            Realm::Portal => "portal",
            Realm::Practice => "practice",
        })
    }

    pub(crate) fn database(&self, realm: Realm) -> PathBuf {
        self.of(realm).join(DATABASE)
    }

    /// Where a realm's folder goes when it is set aside.
    pub(crate) fn aside(&self, realm: Realm, at: Timestamp) -> PathBuf {
        self.of(realm).with_extension(format!("{ASIDE}{}", at.strftime(STAMP)))
    }

    /// When a folder of this name, which was a realm's, was set aside.
    pub(crate) fn set_aside_at(&self, realm: Realm, name: &str) -> Option<Timestamp> {
        let of = self.of(realm);
        let stamp = name.strip_prefix(of.file_name()?.to_str()?)?.strip_prefix('.')?.strip_prefix(ASIDE)?;
        let at = DateTime::strptime(STAMP, stamp).ok()?;
        TimeZone::UTC.to_timestamp(at).ok()
    }
}

/// The desk. Cloning shares it.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) folder: DeskFolder,
    pub(crate) ports: Ports,
    pub(crate) practice_size: PracticeSize,
    pub(crate) settings: Settings,
    /// Why nothing is sent.
    pub(crate) outbox_pause: Mutex<Option<OutboxPause>>,
    /// Files that the agent chose, by token.
    pub(crate) chosen: Mutex<Vec<Chosen>>,
    /// Files that are being fetched.
    pub(crate) fetches: Mutex<Fetches>,
    /// Ends the sign-in that waits for a browser.
    pub(crate) browser_attempt: Mutex<CancellationToken>,
    /// Ends the print run that is being put together.
    pub(crate) printing: Mutex<CancellationToken>,
    /// Stops the letters that are being prepared or saved.
    pub(crate) letter_work: Mutex<Option<CancellationToken>>,
    pub(crate) state: RwLock<State>,
    pub(crate) sync: Mutex<SyncState>,
    /// The practice portal of this process, once started.
    pub(crate) practice: tokio::sync::Mutex<Option<practice_portal::Running>>,
    /// One press for all letters: its fonts and caches are worth keeping.
    pub(crate) press: tokio::sync::Mutex<Option<letters::Press>>,
    pub(crate) events: broadcast::Sender<DeskEvent>,
    /// Held while the desk is open: two of them would undo each other's work in one folder.
    lock: Mutex<Option<File>>,
}

/// How far the desk is open.
pub(crate) enum State {
    SignedOut,
    Locked { realm: Realm, vault: Vault },
    Blocked { realm: Realm, guard: Option<KeyGuard>, problem: Problem },
    Ready(Arc<Open>),
}

/// An open cache and the session with its portal.
pub(crate) struct Open {
    pub(crate) realm: Realm,
    pub(crate) vault: Vault,
    pub(crate) store: Store,
    pub(crate) portal: RwLock<Portal>,
    pub(crate) account: Account,
    /// Wakes the outbox worker.
    pub(crate) wake: Wake,
    /// Stops what the agent paused.
    pub(crate) brake: Brake,
    /// Files drawn small.
    pub(crate) thumbnails: Thumbnails,
    /// When each client's records were last read by themselves.
    pub(crate) checked: Mutex<HashMap<ClientId, Timestamp>>,
    /// The outbox worker's task.
    pub(crate) sending: Mutex<Option<JoinHandle<()>>>,
    /// Ends the worker, and the task that keeps the session's token in the cache.
    pub(crate) closing: CancellationToken,
}

/// Who is signed in, and where.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Account {
    /// Base address; `None` for the practice portal of this application.
    pub(crate) base: Option<String>,
    pub(crate) user_id: i64,
    pub(crate) agent: String,
    pub(crate) email: String,
}

impl Open {
    /// Ends the worker, after the call that is under way, and closes the cache.
    pub(crate) async fn close(&self) {
        self.closing.cancel();
        let worker = self.sending.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker
            && let Err(error) = worker.await
        {
            tracing::error!(%error, "the outbox worker did not end well");
        }
        self.store.close().await;
    }
}

impl Desk {
    /// Opens the desk: the cache of the last sign-in if there is one. A cache that cannot be opened is not an error
    /// here; [`Desk::session_get`] says what is wrong with it.
    ///
    /// # Errors
    /// When the folder cannot be made, another desk is open in it, or its settings are wrong.
    pub async fn open(folder: DeskFolder, ports: Ports, practice_size: PracticeSize) -> Result<Self, Error> {
        Self::open_when_free(folder, ports, practice_size, Duration::ZERO).await
    }

    /// As [`Desk::open`]; another desk in the folder, which may be closing, is waited for so long.
    ///
    /// # Errors
    /// As [`Desk::open`], once `patience` is over.
    pub async fn open_when_free(
        folder: DeskFolder,
        ports: Ports,
        practice_size: PracticeSize,
        patience: Duration,
    ) -> Result<Self, Error> {
        let root = folder.root().to_owned();
        tokio::fs::create_dir_all(&root).await.map_err(|source| Error::File { path: root.clone(), source })?;
        let lock = lock_when_free(&root.join("desk.lock"), patience).await?;
        let settings = Settings::read(&root).await?;
        let desk = Self {
            inner: Arc::new(Inner {
                folder,
                ports,
                practice_size,
                settings,
                outbox_pause: Mutex::default(),
                chosen: Mutex::default(),
                fetches: Mutex::default(),
                browser_attempt: Mutex::default(),
                printing: Mutex::new(CancellationToken::new()),
                letter_work: Mutex::new(None),
                state: RwLock::new(State::SignedOut),
                sync: Mutex::new(SyncState::default()),
                practice: tokio::sync::Mutex::new(None),
                press: tokio::sync::Mutex::new(None),
                events: broadcast::Sender::new(256),
                lock: Mutex::new(Some(lock)),
            }),
        };
        desk.reopen().await;
        Ok(desk)
    }

    /// What the desk tells unasked, from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<DeskEvent> {
        self.inner.events.subscribe()
    }

    /// Stops the pull, closes the cache and the practice portal. The desk can be opened again.
    pub async fn close(&self) {
        self.stop_sync().await;
        let state = std::mem::replace(&mut *self.inner.state.write().await, State::SignedOut);
        if let State::Ready(open) = state {
            open.close().await;
        }
        if let Some(running) = self.inner.practice.lock().await.take() {
            running.stop().await;
        }
        drop(self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// The open cache.
    pub(crate) async fn ready(&self) -> Result<Arc<Open>, Error> {
        match &*self.inner.state.read().await {
            State::Ready(open) => Ok(Arc::clone(open)),
            State::SignedOut => Err(Error::NotSignedIn),
            State::Locked { .. } => Err(Error::Locked),
            State::Blocked { problem, .. } => Err(Error::Blocked(problem.clone())),
        }
    }

    /// Tells whoever listens; no one may.
    pub(crate) fn tell(&self, event: DeskEvent) {
        let _ = self.inner.events.send(event);
    }

    pub(crate) fn changed(&self, topics: &[Topic]) {
        self.tell(DeskEvent::Changed(topics.to_vec()));
    }

    pub(crate) fn sync_state(&self) -> std::sync::MutexGuard<'_, SyncState> {
        // The state is plain data: a panic elsewhere leaves it whole.
        self.inner.sync.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Between two looks at whether the folder is free.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

async fn lock_when_free(path: &Path, patience: Duration) -> Result<File, Error> {
    let began = Instant::now();
    loop {
        match lock(path) {
            Err(Error::AlreadyOpen) if began.elapsed() < patience => tokio::time::sleep(LOOK_AGAIN).await,
            other => return other,
        }
    }
}

/// Takes the folder for this desk alone; the operating system gives it back when the process ends, however it ends.
fn lock(path: &Path) -> Result<File, Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::AlreadyOpen),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}
