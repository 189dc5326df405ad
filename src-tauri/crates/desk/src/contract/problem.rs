//! What went wrong, as the window is told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of failure; the window has one table from this to what the agent reads and can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// What was asked is not well-formed or names a record that is not here.
    BadRequest,
    /// No such record in the local cache.
    NotFound,
    /// No cache is open: sign in first.
    NotSignedIn,
    /// The portal does not know this e-mail and password.
    WrongCredentials,
    /// The session ended: sign in again. Nothing local is lost.
    SessionExpired,
    /// The signed-in user lacks a permission.
    Forbidden,
    /// The portal could not be reached.
    PortalUnreachable,
    /// The portal answered with an error of its own.
    PortalFailed,
    /// The portal refused values: see `fields`.
    PortalRefused,
    /// The portal asks to slow down.
    PortalBusy,
    /// The portal answered something this build cannot read.
    PortalUnreadable,
    /// This computer has no keychain: choose a passphrase.
    KeychainUnavailable,
    /// The keychain is there but locked or refused.
    KeychainLocked,
    /// The keychain no longer holds the key of the cache.
    KeyMissing,
    /// The passphrase is not the right one.
    WrongPassphrase,
    /// The passphrase is too short.
    WeakPassphrase,
    /// The cache's files are damaged.
    CacheDamaged,
    /// Another window has the cache open.
    CacheBusy,
    /// The cache was made by a newer version.
    CacheTooNew,
    /// No space left on the disk.
    DiskFull,
    /// A file or folder could not be written.
    FileFailed,
    /// A pull is cancelled.
    Cancelled,
    /// The list on the portal kept changing while it was read.
    ListUnstable,
    /// A template, snippet or value keeps a letter from being written: see `message`.
    LetterFailed,
    /// No chosen item belongs to this recipient.
    NoItemsForRecipient,
    /// The item is excluded from disputes.
    ItemExcluded,
    /// The client has not signed an agreement.
    AgreementUnsigned,
    /// The client's or recipient's address is incomplete.
    AddressIncomplete,
    /// There are prepared letters that were never printed or saved.
    LettersUnprinted,
    /// Something was not sent yet and would be lost.
    OutboxUnsent,
    /// The row is somewhere else by now: look again.
    OutboxMoved,
    /// A change of this record waits in the outbox already.
    OutboxWaiting,
    /// The gate holds it: see `message`.
    Held,
    /// The operating system's printing failed.
    PrintFailed,
    /// The deployment's settings file is wrong: see `message`.
    SettingsWrong,
    /// A failure that should not happen; the log has more.
    Internal,
}

/// A failure, worded for the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Which kind.
    pub code: ProblemCode,
    /// What happened and what to do, in plain words.
    pub message: String,
    /// Messages by field name, when the failure is about fields.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    #[ts(optional, as = "Option<std::collections::BTreeMap<String, Vec<String>>>")]
    pub fields: std::collections::BTreeMap<String, Vec<String>>,
}
