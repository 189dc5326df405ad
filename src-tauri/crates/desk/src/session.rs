//! Signing in and out, and opening the cache.

use crate::Error;
use crate::contract::{DeskEvent, Empty, Passphrase, Practice, Realm, Session, SessionStage, SignIn, SignOut};
use crate::desk::{Account, Desk, Open, State};
use crate::stored_files::Thumbnails;
use crate::vault::Vault;
use ::sync::outbox::{Brake, Wake};
use jiff::SignedDuration;
use portal_api::auth::LoginRequest;
use portal_api::{Config, Portal, SignedIn, Token};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use store::{DatabaseKey, Store};
use tokio::sync::RwLock;
use tokio_util::sync::CancellationToken;

pub(crate) const ACCOUNT: &str = "session.account";
const API_KEY: &str = "session.api_key";
const TOKEN: &str = "session.token";

/// Which realm the desk opens at its start.
#[derive(Serialize, Deserialize)]
struct Current {
    realm: Realm,
}

impl Desk {
    /// Who is signed in, and whether the cache is open.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn session_get(&self, _: Empty) -> Result<Session, Error> {
        Ok(self.session().await)
    }

    /// Signs in. The first time makes the cache; later it renews the session of the same account.
    ///
    /// # Errors
    /// The address, the credentials, the portal, the keychain, or a cache that belongs to another account.
    pub async fn session_sign_in(&self, sign_in: SignIn) -> Result<Session, Error> {
        if sign_in.email.trim().is_empty() {
            return Err(Error::bad("email", "Enter your e-mail address."));
        }
        if sign_in.password.is_empty() {
            return Err(Error::bad("password", "Enter your password."));
        }
        known(&*self.inner.state.read().await)?;
        let api_key = SecretString::from(sign_in.api_key.trim().to_owned());
        let config = self.inner.settings.config(&sign_in.portal, api_key.clone())?;
        let portal = Portal::new(&config, None)?;
        let login = LoginRequest::new(sign_in.email.trim().to_owned(), sign_in.password.into());
        let signed_in = portal.login(&login).await?;
        self.begin(Some(&config), &api_key, portal, signed_in, sign_in.passphrase).await
    }

    /// Starts the practice portal of this application and signs in to it.
    ///
    /// # Errors
    /// As [`Desk::session_sign_in`], or the practice portal does not start.
    pub async fn session_practice(&self, practice: Practice) -> Result<Session, Error> {
        known(&*self.inner.state.read().await)?;
        let (base, credentials) = self.practice_portal().await?;
        let api_key = SecretString::from(credentials.api_key);
        let portal = Portal::new(&Config::new(base.as_str(), api_key.clone())?, None)?;
        let signed_in = portal.login(&LoginRequest::new(credentials.email, credentials.password.into())).await?;
        self.begin(None, &api_key, portal, signed_in, practice.passphrase).await
    }

    /// Opens a cache with its passphrase.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], or the cache cannot be opened.
    pub async fn session_unlock(&self, given: Passphrase) -> Result<Session, Error> {
        let mut state = self.inner.state.write().await;
        let State::Locked { realm, vault } = &*state else {
            drop(state);
            return Ok(self.session().await);
        };
        let (realm, vault) = (*realm, vault.clone());
        let key = vault.key_from_passphrase(&given.passphrase.into()).await?;
        *state = self.opened(realm, vault, &key).await;
        drop(state);
        self.resume().await;
        Ok(self.tell_session().await)
    }

    /// Tries again to open a blocked cache.
    ///
    /// # Errors
    /// None today: a cache that is still blocked says so in its session.
    pub async fn session_retry(&self, _: Empty) -> Result<Session, Error> {
        if matches!(&*self.inner.state.read().await, State::Blocked { .. }) {
            self.reopen().await;
        }
        Ok(self.tell_session().await)
    }

    /// Sets the cache's files aside, under a name with the time, and keeps them: the way out of a damaged cache or a
    /// forgotten passphrase.
    ///
    /// # Errors
    /// When there is no cache, or the files cannot be moved.
    pub async fn session_set_aside(&self, _: Empty) -> Result<Session, Error> {
        self.stop_sync().await;
        let mut state = self.inner.state.write().await;
        let realm = match &*state {
            State::SignedOut => return Err(Error::NotSignedIn),
            State::Locked { realm, .. } | State::Blocked { realm, .. } => *realm,
            State::Ready(open) => {
                open.close().await;
                open.realm
            }
        };
        // Until the files are moved they stay what they were: a cache that the next start opens.
        *state = State::SignedOut;
        self.set_folder_aside(realm).await?;
        self.set_current(None).await?;
        self.sync_state().forget();
        drop(state);
        Ok(self.tell_session().await)
    }

    /// Signs out: the cache is deleted and its key forgotten.
    ///
    /// # Errors
    /// [`Error::LettersUnprinted`] unless told to discard them, or the files cannot be deleted.
    pub async fn session_sign_out(&self, sign_out: SignOut) -> Result<Session, Error> {
        let open = self.ready().await?;
        let unprinted = open.store.count_letters_unprinted().await?;
        if unprinted > 0 && !sign_out.discard_letters {
            return Err(Error::LettersUnprinted(unprinted));
        }
        let unsent = open.store.outbox_counts().await?.unsent();
        if unsent > 0 && !sign_out.discard_unsent {
            return Err(Error::Unsent(unsent));
        }
        self.stop_sync().await;
        // The key goes first: from here on the files are noise, whatever happens to them. While the keychain keeps it,
        // the desk stays open.
        open.vault.forget(&*self.inner.ports.keychain).await?;
        let mut state = self.inner.state.write().await;
        *state = State::SignedOut;
        open.close().await;
        self.set_current(None).await?;
        let folder = self.inner.folder.of(open.realm);
        match tokio::fs::remove_dir_all(&folder).await {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(Error::File { path: folder, source }),
        }
        self.sync_state().forget();
        drop(state);
        if open.realm == Realm::Practice
            && let Some(running) = self.inner.practice.lock().await.take()
        {
            running.stop().await;
        }
        Ok(self.tell_session().await)
    }

    /// Renames a realm's folder to one with the time in its name.
    async fn set_folder_aside(&self, realm: Realm) -> Result<(), Error> {
        let from = self.inner.folder.of(realm);
        let mut at = self.inner.ports.clock.now();
        let mut to = self.inner.folder.aside(realm, at);
        // Another may have been set aside in the same second; both are kept.
        while tokio::fs::try_exists(&to).await.map_err(|source| Error::File { path: to.clone(), source })? {
            at += SignedDuration::from_secs(1);
            to = self.inner.folder.aside(realm, at);
        }
        tokio::fs::rename(&from, &to).await.map_err(|source| Error::File { path: from, source })
    }

    /// The practice portal of this process, started when it does not run.
    pub(crate) async fn practice_portal(&self) -> Result<(url::Url, practice_portal::Credentials), Error> {
        let mut practice = self.inner.practice.lock().await;
        if practice.is_none() {
            let folder = self.inner.folder.root().join("practice-portal");
            tokio::fs::create_dir_all(&folder).await.map_err(|source| Error::File { path: folder.clone(), source })?;
            let size = self.inner.practice_size;
            let options = practice_portal::Options {
                database: Some(folder.join("portal.db")),
                clients: size.clients,
                seed: size.seed,
                ..practice_portal::Options::default()
            };
            *practice = Some(practice_portal::serve(options).await?);
        }
        match &*practice {
            Some(running) => Ok((running.base_url(), running.credentials())),
            None => Err(Error::Internal("the practice portal did not start".into())),
        }
    }

    /// Keeps a session that began: in the open cache of the same account, or in a new one. Without a `config` it is the
    /// practice portal's of this application.
    pub(crate) async fn begin(
        &self,
        config: Option<&Config>,
        api_key: &SecretString,
        portal: Portal,
        SignedIn { token, user }: SignedIn,
        passphrase: Option<String>,
    ) -> Result<Session, Error> {
        // A portal on this computer is a practice portal: no company's system is on an agent's desk.
        let realm = match config {
            Some(config) if config.base.scheme() != "http" => Realm::Portal,
            _ => Realm::Practice,
        };
        let base = config.map(|config| config.base.as_str().trim_end_matches('/').to_owned());
        let account = Account { base, user_id: user.id.0, agent: user.display_name(), email: user.email.clone() };
        // Only now: nobody waits for this lock while a portal takes its time.
        let mut state = self.inner.state.write().await;
        if let Some(open) = known(&state)? {
            if open.realm != realm || open.account.base != account.base || open.account.user_id != account.user_id {
                return Err(Error::OtherAccount { agent: open.account.agent.clone(), portal: place(&open.account) });
            }
            remember(&open.store, &account, api_key, Some(&token)).await?;
            *open.portal.write().await = portal;
            drop(state);
            self.keep_token(&open).await;
            open.wake.signed_in();
            return Ok(self.tell_session().await);
        }
        let folder = self.inner.folder.of(realm);
        let database = self.inner.folder.database(realm);
        if tokio::fs::try_exists(&database).await.map_err(|source| Error::File { path: database.clone(), source })? {
            // Files that nothing points to: a sign-out that did not finish, or a lost pointer. Nobody asked for their end.
            self.set_folder_aside(realm).await?;
        }
        tokio::fs::create_dir_all(&folder).await.map_err(|source| Error::File { path: folder.clone(), source })?;
        let passphrase = passphrase.map(SecretString::from);
        let (vault, key) = Vault::create(&folder, &*self.inner.ports.keychain, passphrase.as_ref()).await?;
        let store = Store::open(&database, &key).await?;
        remember(&store, &account, api_key, Some(&token)).await?;
        self.set_current(Some(realm)).await?;
        let brake = Brake::new(store.sending_is_paused().await?);
        let open = Arc::new(Open {
            realm,
            vault,
            store,
            portal: RwLock::new(portal),
            account,
            wake: Wake::default(),
            brake,
            thumbnails: Thumbnails::default(),
            checked: Mutex::default(),
            sending: Mutex::default(),
            closing: CancellationToken::new(),
        });
        *state = State::Ready(Arc::clone(&open));
        drop(state);
        self.keep_token(&open).await;
        self.start_sending(&open);
        Ok(self.tell_session().await)
    }

    /// Opens the cache that was current when the desk was last closed.
    pub(crate) async fn reopen(&self) {
        let mut state = self.inner.state.write().await;
        *state = match self.current().await {
            Ok(None) => State::SignedOut,
            Ok(Some(realm)) => match Vault::read(&self.inner.folder.of(realm)).await {
                Ok(None) => State::SignedOut,
                Ok(Some(vault)) => self.unlocked(realm, vault).await,
                Err(error) => State::Blocked { realm, guard: None, problem: error.problem() },
            },
            Err(error) => State::Blocked { realm: Realm::Portal, guard: None, problem: error.problem() },
        };
        drop(state);
        self.resume().await;
    }

    /// Goes on where an opened cache was left.
    async fn resume(&self) {
        if let Ok(open) = self.ready().await {
            self.keep_token(&open).await;
            self.recall_sync(&open).await;
            self.start_sending(&open);
        }
    }

    async fn unlocked(&self, realm: Realm, vault: Vault) -> State {
        match vault.guard() {
            crate::contract::KeyGuard::Passphrase => State::Locked { realm, vault },
            crate::contract::KeyGuard::Keychain => match vault.key_from_keychain(&*self.inner.ports.keychain).await {
                Ok(key) => self.opened(realm, vault, &key).await,
                Err(error) => State::Blocked { realm, guard: Some(vault.guard()), problem: error.problem() },
            },
        }
    }

    async fn opened(&self, realm: Realm, vault: Vault, key: &DatabaseKey) -> State {
        let guard = Some(vault.guard());
        match self.open_cache(realm, vault, key).await {
            Ok(Some(open)) => State::Ready(Arc::new(open)),
            Ok(None) => State::SignedOut,
            Err(error) => State::Blocked { realm, guard, problem: error.problem() },
        }
    }

    /// Opens the database and recalls its session; `None` when a sign-in never finished.
    async fn open_cache(&self, realm: Realm, vault: Vault, key: &DatabaseKey) -> Result<Option<Open>, Error> {
        let path: PathBuf = self.inner.folder.database(realm);
        match tokio::fs::metadata(&path).await {
            // SQLite would take it for a new database. One is never left empty: its first page is written when it is made.
            Ok(file) if file.len() == 0 => return Err(Error::Store(store::StoreError::NotReadable)),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::File { path, source }),
        }
        let store = Store::open(&path, key).await?;
        let (Some(account), Some(api_key)) = (store.meta(ACCOUNT).await?, store.meta(API_KEY).await?) else {
            store.close().await;
            return Ok(None);
        };
        let account: Account =
            serde_json::from_str(&account).map_err(|_| Error::Store(store::StoreError::Unreadable("meta.account")))?;
        let token = store.meta(TOKEN).await?.map(SecretString::from);
        let config = match &account.base {
            Some(base) => self.inner.settings.config(base, api_key.into())?,
            // The practice portal of this application has another port at each start: see `Desk::connected`.
            None => Config::new("http://127.0.0.1:9/api", api_key.into())?,
        };
        let portal = Portal::new(&config, token)?;
        let brake = Brake::new(store.sending_is_paused().await?);
        Ok(Some(Open {
            realm,
            vault,
            store,
            portal: RwLock::new(portal),
            account,
            wake: Wake::default(),
            brake,
            thumbnails: Thumbnails::default(),
            checked: Mutex::default(),
            sending: Mutex::default(),
            closing: CancellationToken::new(),
        }))
    }

    /// The portal to call: for practice, the one of this process, started when it does not run.
    pub(crate) async fn connected(&self, open: &Arc<Open>) -> Result<Portal, Error> {
        if open.account.base.is_none() {
            let was_running = self.inner.practice.lock().await.is_some();
            let (base, credentials) = self.practice_portal().await?;
            if !was_running {
                let token = open.store.meta(TOKEN).await?.map(SecretString::from);
                let config = Config::new(base.as_str(), credentials.api_key.into())?;
                *open.portal.write().await = Portal::new(&config, token)?;
                self.keep_token(open).await;
            }
        }
        Ok(open.portal.read().await.clone())
    }

    /// Keeps the session's token in the cache as it changes, until the cache is closed.
    async fn keep_token(&self, open: &Arc<Open>) {
        let mut token = open.portal.read().await.token();
        token.mark_unchanged();
        let closing = open.closing.clone();
        let store = open.store.clone();
        let desk = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = closing.cancelled() => return,
                    changed = token.changed() => if changed.is_err() { return },
                }
                let now: Option<Token> = token.borrow_and_update().clone();
                if let Err(error) = set_token(&store, now.as_ref()).await {
                    tracing::error!(%error, "the session's token could not be kept");
                }
                desk.tell_session().await;
            }
        });
    }

    async fn session(&self) -> Session {
        let state = self.inner.state.read().await;
        let mut session = Session {
            stage: SessionStage::SignedOut,
            realm: None,
            portal: None,
            agent: None,
            guard: None,
            sign_in_needed: false,
            problem: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        match &*state {
            State::SignedOut => {}
            State::Locked { realm, vault } => {
                session.stage = SessionStage::Locked;
                session.realm = Some(*realm);
                session.guard = Some(vault.guard());
            }
            State::Blocked { realm, guard, problem } => {
                session.stage = SessionStage::Blocked;
                session.realm = Some(*realm);
                session.guard = *guard;
                session.problem = Some(problem.clone());
            }
            State::Ready(open) => {
                session.stage = SessionStage::Ready;
                session.realm = Some(open.realm);
                session.guard = Some(open.vault.guard());
                session.portal = Some(place(&open.account));
                session.agent = Some(open.account.agent.clone());
                session.sign_in_needed = open.portal.read().await.token().borrow().is_none();
            }
        }
        session
    }

    pub(crate) async fn tell_session(&self) -> Session {
        let session = self.session().await;
        self.tell(DeskEvent::Session(session.clone()));
        session
    }

    async fn current(&self) -> Result<Option<Realm>, Error> {
        let path = self.inner.folder.root().join("current.json");
        match tokio::fs::read(&path).await {
            Ok(bytes) => Ok(serde_json::from_slice::<Current>(&bytes).ok().map(|current| current.realm)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::File { path, source }),
        }
    }

    async fn set_current(&self, realm: Option<Realm>) -> Result<(), Error> {
        let path = self.inner.folder.root().join("current.json");
        let done = match realm {
            Some(realm) => {
                let text =
                    serde_json::to_vec(&Current { realm }).map_err(|error| Error::Internal(error.to_string()))?;
                // Whole or not at all: a torn pointer would hide the cache.
                let next = path.with_extension("next");
                match tokio::fs::write(&next, text).await {
                    Ok(()) => tokio::fs::rename(&next, &path).await,
                    failed => failed,
                }
            }
            None => match tokio::fs::remove_file(&path).await {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                other => other,
            },
        };
        done.map_err(|source| Error::File { path, source })
    }
}

/// The cache that a sign-in renews, if one is open.
fn known(state: &State) -> Result<Option<Arc<Open>>, Error> {
    match state {
        State::Ready(open) => Ok(Some(Arc::clone(open))),
        State::SignedOut => Ok(None),
        State::Locked { .. } => Err(Error::Locked),
        State::Blocked { problem, .. } => Err(Error::Blocked(problem.clone())),
    }
}

/// What the agent calls the portal.
pub(crate) fn place(account: &Account) -> String {
    match &account.base {
        None => "Practice".to_owned(),
        Some(base) => match url::Url::parse(base) {
            Ok(url) => match (url.host_str(), url.port()) {
                (Some(host), Some(port)) => format!("{host}:{port}"),
                (Some(host), None) => host.to_owned(),
                (None, _) => base.clone(),
            },
            Err(_) => base.clone(),
        },
    }
}

async fn remember(
    store: &Store,
    account: &Account,
    api_key: &SecretString,
    token: Option<&Token>,
) -> Result<(), Error> {
    let account = serde_json::to_string(account).map_err(|error| Error::Internal(error.to_string()))?;
    let mut write = store.write().await?;
    write.set_meta(ACCOUNT, Some(&account)).await?;
    write.set_meta(API_KEY, Some(api_key.expose_secret())).await?;
    write.set_meta(TOKEN, token.map(ExposeSecret::expose_secret)).await?;
    Ok(write.commit().await?)
}

async fn set_token(store: &Store, token: Option<&Token>) -> Result<(), Error> {
    let mut write = store.write().await?;
    write.set_meta(TOKEN, token.map(ExposeSecret::expose_secret)).await?;
    Ok(write.commit().await?)
}
