//! What the use cases need from the operating system.

use async_trait::async_trait;
pub use domain::outbox::Rules;
use jiff::Timestamp;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Why the keychain did not serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// This computer has none, or none is running.
    #[error("this computer has no keychain that can be reached ({0})")]
    Unavailable(String),
    /// It is there, but locked, or access was refused.
    #[error("the keychain is locked or refused access ({0})")]
    Locked(String),
    /// It failed in another way.
    #[error("the keychain failed ({0})")]
    Failed(String),
}

/// The operating system's store for secrets.
#[async_trait]
pub trait Keychain: Send + Sync {
    /// A secret by its account name; `None` when there is none.
    async fn read(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;
    /// Sets a secret.
    async fn write(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// Removes a secret; one that is not there is removed already.
    async fn remove(&self, account: &str) -> Result<(), KeychainError>;
}

/// A print queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// The operating system's name of the queue.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The one the operating system would choose.
    pub is_default: bool,
    /// Accepts jobs now.
    pub ready: bool,
    /// Prints on both sides.
    pub duplex: bool,
    /// Its paper sources; none when there is nothing to choose.
    pub trays: Vec<Tray>,
}

/// A printer's paper source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tray {
    /// The operating system's name.
    pub name: String,
    /// What people call it.
    pub label: String,
}

/// What is handed to a print queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// Appears in the queue and must not name a consumer.
    pub title: String,
    /// US Letter pages, printed at true size.
    pub pdf: Vec<u8>,
    /// A tray's name; the printer's own choice when `None`.
    pub tray: Option<String>,
    /// Both sides, turned on the long edge.
    pub duplex: bool,
    /// The whole job so many times, at least once.
    pub copies: u16,
}

/// Why printing failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// This computer cannot print at all.
    #[error("printing is not available on this computer: {0}")]
    Unavailable(String),
    /// There is no such queue.
    #[error("there is no printer named {0:?}")]
    NoSuchPrinter(String),
    /// The operating system refused the job.
    #[error("the printer did not take the job: {0}")]
    Refused(String),
}

/// The operating system's printers.
#[async_trait]
pub trait Printers: Send + Sync {
    /// Every queue.
    async fn list(&self) -> Result<Vec<Printer>, PrintError>;
    /// Hands a job to a queue; answers the operating system's name of it.
    async fn print(&self, printer: &str, job: PrintJob) -> Result<String, PrintError>;
}

/// The operating system's file dialogs. `None` means that the agent closed it.
#[async_trait]
pub trait Dialogs: Send + Sync {
    /// Where to save a file; its kind is what `suggested` ends with.
    async fn save_file(&self, suggested: &str) -> Option<PathBuf>;
    /// Which folder.
    async fn choose_folder(&self) -> Option<PathBuf>;
    /// Which files; none when the agent closed it.
    async fn choose_files(&self) -> Vec<PathBuf>;
}

/// No dialogs: the command line names its files itself.
pub struct NoDialogs;

#[async_trait]
impl Dialogs for NoDialogs {
    async fn save_file(&self, _suggested: &str) -> Option<PathBuf> {
        None
    }

    async fn choose_folder(&self) -> Option<PathBuf> {
        None
    }

    async fn choose_files(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// The system's browser.
#[async_trait]
pub trait Browser: Send + Sync {
    /// Shows a page; answers why it could not.
    async fn open(&self, address: &str) -> Result<(), String>;
}

/// No browser.
pub struct NoBrowser;

#[async_trait]
impl Browser for NoBrowser {
    async fn open(&self, _address: &str) -> Result<(), String> {
        Err("there is no browser here".to_owned())
    }
}

/// What time it is, and what day it is where the agent works.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// The day of an instant in the agent's time zone.
    fn date_of(&self, at: Timestamp) -> Date;
    /// Today's date in the agent's time zone: the date on a letter.
    fn today(&self) -> Date {
        self.date_of(self.now())
    }
}

/// The computer's clock and time zone.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn date_of(&self, at: Timestamp) -> Date {
        jiff::tz::TimeZone::system().to_datetime(at).date()
    }
}

/// Everything the desk needs from outside.
#[derive(Clone)]
pub struct Ports {
    /// Secrets.
    pub keychain: Arc<dyn Keychain>,
    /// Print queues.
    pub printers: Arc<dyn Printers>,
    /// File dialogs.
    pub dialogs: Arc<dyn Dialogs>,
    /// The browser.
    pub browser: Arc<dyn Browser>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// How long the outbox waits, unless a deployment's settings say otherwise.
    pub pace: Rules,
}
