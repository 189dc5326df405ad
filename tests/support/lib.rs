//! What the scenarios share: a desk on a practice portal, with a keychain, printers and dialogs that a test controls.

pub mod enqueue;
pub mod exercise;
pub mod kill;
pub mod pulling;
pub mod reading;
pub mod shifting;
pub mod simulation;
pub mod torn;
pub mod work;

use async_trait::async_trait;
use desk::contract::{Empty, Session, SignIn, SyncStatus};
use desk::{
    Browser, Clock, Desk, DeskFolder, Dialogs, Error, Keychain, KeychainError, Ports, PracticeSize, PrintError,
    PrintJob, Printer, Printers, Rules, Tray,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use practice_portal::{Options, Running};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use store::{DatabaseKey, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;
use zeroize::Zeroizing;

/// A keychain in memory that can be taken away or locked.
#[derive(Default)]
pub struct TestKeychain {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    failure: Mutex<Option<KeychainError>>,
}

impl TestKeychain {
    /// Fails every access from now on, or none.
    pub fn fail(&self, failure: Option<KeychainError>) {
        *self.failure.lock().unwrap() = failure;
    }

    /// Every entry, to be changed at will.
    pub fn entries(&self) -> std::sync::MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.entries.lock().unwrap()
    }

    fn working(&self) -> Result<(), KeychainError> {
        match &*self.failure.lock().unwrap() {
            Some(failure) => Err(failure.clone()),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Keychain for TestKeychain {
    async fn read(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.working()?;
        Ok(self.entries().get(account).cloned().map(Zeroizing::new))
    }

    async fn write(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.working()?;
        self.entries().insert(account.to_owned(), secret.to_vec());
        Ok(())
    }

    async fn remove(&self, account: &str) -> Result<(), KeychainError> {
        self.working()?;
        self.entries().remove(account);
        Ok(())
    }
}

/// One printer that keeps what it was given.
#[derive(Default)]
pub struct TestPrinters {
    /// What it was given.
    pub jobs: Mutex<Vec<PrintJob>>,
    /// Refuses jobs.
    pub refuses: Mutex<bool>,
}

#[async_trait]
impl Printers for TestPrinters {
    async fn list(&self) -> Result<Vec<Printer>, PrintError> {
        let tray = |name: &str| Tray { name: name.to_owned(), label: format!("{name} tray") };
        Ok(vec![Printer {
            name: "Office".into(),
            label: "Office".into(),
            is_default: true,
            ready: true,
            duplex: true,
            trays: vec![tray("Upper"), tray("Lower")],
        }])
    }

    async fn print(&self, printer: &str, job: PrintJob) -> Result<String, PrintError> {
        if *self.refuses.lock().unwrap() {
            return Err(PrintError::Refused("out of toner".into()));
        }
        let mut jobs = self.jobs.lock().unwrap();
        jobs.push(job);
        Ok(format!("{printer}-{}", jobs.len()))
    }
}

/// Dialogs that answer what the test said.
#[derive(Default)]
pub struct TestDialogs {
    /// The next answer.
    pub answer: Mutex<Option<PathBuf>>,
    /// The files that are chosen.
    pub files: Mutex<Vec<PathBuf>>,
}

#[async_trait]
impl Dialogs for TestDialogs {
    async fn save_file(&self, _suggested: &str) -> Option<PathBuf> {
        self.answer.lock().unwrap().clone()
    }

    async fn choose_files(&self) -> Vec<PathBuf> {
        self.files.lock().unwrap().clone()
    }

    async fn choose_folder(&self) -> Option<PathBuf> {
        self.answer.lock().unwrap().clone()
    }
}

/// A clock that stands still.
pub struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn date_of(&self, at: Timestamp) -> Date {
        TimeZone::UTC.to_datetime(at).date()
    }
}

/// A browser that loads a page of this computer and goes where the page sends it.
#[derive(Clone, Default)]
pub struct TestBrowser {
    /// Every address it was sent to, by the desk or by a page.
    pub visited: Arc<Mutex<Vec<Url>>>,
    /// The text of the last page.
    pub shown: Arc<Mutex<String>>,
    /// Opens nothing.
    pub missing: Arc<Mutex<bool>>,
}

#[async_trait]
impl Browser for TestBrowser {
    async fn open(&self, address: &str) -> Result<(), String> {
        if *self.missing.lock().unwrap() {
            return Err("there is no browser".into());
        }
        let (browser, first) = (self.clone(), Url::parse(address).unwrap());
        // As a real one: the desk goes on while the page loads.
        tokio::spawn(async move {
            let mut next = Some(first);
            while let Some(address) = next {
                browser.visited.lock().unwrap().push(address.clone());
                let page = get(&address).await;
                next = location(&page).map(|place| address.join(place).unwrap());
                *browser.shown.lock().unwrap() = page;
            }
        });
        Ok(())
    }
}

/// Where a page sends the browser.
fn location(page: &str) -> Option<&str> {
    page.lines().take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location").then_some(value.trim())
    })
}

/// The answer of a server on this computer, head and body.
async fn get(address: &Url) -> String {
    let host = format!("{}:{}", address.host_str().unwrap(), address.port().unwrap());
    let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
    let target = &address[url::Position::BeforePath..url::Position::AfterQuery];
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A clock that starts where the stopped one stands, and goes on.
pub struct RunningClock(Instant);

impl Default for RunningClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        StoppedClock.now() + SignedDuration::try_from(self.0.elapsed()).unwrap()
    }

    fn date_of(&self, at: Timestamp) -> Date {
        StoppedClock.date_of(at)
    }

    fn today(&self) -> Date {
        StoppedClock.today()
    }
}

/// The outbox waits as little as it can. The quiet period is real time, and short because the portal is in this process.
pub const QUICK: Rules = Rules {
    first_wait: SignedDuration::from_millis(1),
    longest_wait: SignedDuration::from_millis(20),
    quiet: SignedDuration::from_millis(150),
    between_looks: SignedDuration::from_millis(5),
    most_attempts: 6,
};

/// A desk's surroundings: its folder, keychain, printers and dialogs outlive the desk itself.
pub struct Office {
    /// Where the desk keeps its files.
    pub folder: TempDir,
    /// Its keychain.
    pub keychain: Arc<TestKeychain>,
    /// Its printers.
    pub printers: Arc<TestPrinters>,
    /// The system's own printers instead, when they are what is measured.
    pub system_printers: Option<Arc<dyn Printers>>,
    /// Its dialogs.
    pub dialogs: Arc<TestDialogs>,
    /// Its browser.
    pub browser: TestBrowser,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// How long its outbox waits.
    pub pace: Rules,
}

impl Default for Office {
    fn default() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            keychain: Arc::default(),
            printers: Arc::default(),
            system_printers: None,
            dialogs: Arc::default(),
            browser: TestBrowser::default(),
            clock: Arc::new(StoppedClock),
            pace: QUICK,
        }
    }
}

impl Office {
    /// Starts the desk, as after a computer's start.
    pub async fn desk(&self) -> Desk {
        self.try_desk().await.unwrap()
    }

    /// As [`Office::desk`], which another desk may have in use.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn try_desk(&self) -> Result<Desk, Error> {
        self.desk_when_free(std::time::Duration::ZERO).await
    }

    /// As [`Office::desk`], waiting for another desk to close.
    ///
    /// # Errors
    /// As [`Desk::open_when_free`].
    pub async fn desk_when_free(&self, patience: std::time::Duration) -> Result<Desk, Error> {
        let ports = Ports {
            keychain: self.keychain.clone(),
            printers: self.system_printers.clone().unwrap_or_else(|| self.printers.clone()),
            dialogs: self.dialogs.clone(),
            browser: Arc::new(self.browser.clone()),
            clock: self.clock.clone(),
            pace: self.pace,
        };
        let size = PracticeSize { clients: 12, seed: 7 };
        Desk::open_when_free(DeskFolder::new(self.data()), ports, size, patience).await
    }

    /// Works on the closed cache itself, with the key that the keychain keeps.
    pub async fn in_the_cache(&self, work: impl AsyncFnOnce(&Store)) {
        let key: [u8; 32] = self.keychain.entries().values().next().unwrap().clone().try_into().unwrap();
        let store = Store::open(&self.data().join("practice/desk.db"), &DatabaseKey::new(key)).await.unwrap();
        work(&store).await;
        store.close().await;
    }

    /// The same office after its power failed now: the files as they are on the disk, nothing closed.
    pub fn after_a_power_failure(&self) -> Self {
        let (keychain, clock) = (self.keychain.clone(), self.clock.clone());
        let after = Self { keychain, clock, pace: self.pace, ..Self::default() };
        for file in self.files() {
            let to = after.data().join(file.strip_prefix(self.data()).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(file, to).unwrap();
        }
        after
    }

    /// The desk's folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Every file below the desk's folder.
    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, into) } else { into.push(path) }
            }
        }
        let mut files = Vec::new();
        walk(&self.data(), &mut files);
        files
    }
}

/// A practice portal in memory.
pub async fn portal(clients: u32) -> Running {
    practice_portal::serve(Options { clients, seed: 7, ..Options::default() }).await.unwrap()
}

/// A sign-in that the portal accepts.
pub fn sign_in(portal: &Running) -> SignIn {
    let credentials = portal.credentials();
    SignIn {
        portal: portal.base_url().to_string(),
        email: credentials.email,
        password: credentials.password,
        api_key: credentials.api_key,
        passphrase: None,
    }
}

/// Signs in and pulls everything.
pub async fn signed_in_and_synced(office: &Office, portal: &Running) -> Desk {
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(portal)).await.unwrap();
    let status = synced(&desk).await;
    assert_eq!(status.problem, None);
    desk
}

/// Pulls everything to its end.
pub async fn synced(desk: &Desk) -> SyncStatus {
    desk.sync_everything(Empty {}).await.unwrap();
    desk.sync_finished().await
}

/// The session as it stands.
pub async fn session(desk: &Desk) -> Session {
    desk.session_get(Empty {}).await.unwrap()
}

/// The problem's code as the window sees it.
pub fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> desk::contract::ProblemCode {
    outcome.unwrap_err().problem().code
}

/// Clients with names of many scripts, unlike each other in what a search looks at.
pub fn made_up_clients(count: usize) -> Vec<store::Sent<domain::Client>> {
    const FIRST: [&str; 16] = [
        "María",
        "James",
        "Nguyễn",
        "Łukasz",
        "Olga",
        "Юлія",
        "محمد",
        "小明",
        "Zoë",
        "Kwame",
        "Priya",
        "Søren",
        "Ana",
        "Robert",
        "Chloé",
        "Дмитро",
    ];
    const LAST: [&str; 16] = [
        "García",
        "Smith",
        "Thị Hồng",
        "Wiśniewski",
        "Johnson",
        "Шевченко",
        "الأحمد",
        "王",
        "Müller",
        "Mensah",
        "Sharma",
        "Østergaard",
        "Núñez",
        "Williams",
        "Lefèvre",
        "Коваль",
    ];
    (0..count)
        .map(|n| {
            let (first, last) = (FIRST[n % 16], LAST[(n / 16) % 16]);
            let id = 100_000 + i64::try_from(n).unwrap();
            let value = domain::Client {
                id: domain::ClientId(id),
                key: None,
                name: domain::PersonName {
                    first: first.into(),
                    middle: String::new(),
                    last: format!("{last} {}", n / 256),
                },
                email: Some(format!("client{n}@example.com")),
                phones: vec![format!("({:03}) 555-{:04}", 200 + n % 700, n % 10_000)],
                ssn: domain::Ssn::parse(&format!("9{n:08}")).ok(),
                birth_date: None,
                mailing: domain::PostalAddress {
                    street: format!("{n} Main Street"),
                    city: "Dover".into(),
                    state: "DE".into(),
                    zip: "19901".into(),
                },
                attributes: [("FirstName".to_owned(), first.to_owned()), ("LastName".to_owned(), last.to_owned())]
                    .into(),
            };
            let body = format!(r#"{{"id":{id},"filler":"{}"}}"#, "x".repeat(800));
            store::Sent { value, body }
        })
        .collect()
}
