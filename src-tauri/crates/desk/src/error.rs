//! What can go wrong in a use case, and how the agent is told.

use crate::asides::AsideError;
use crate::contract::{Problem, ProblemCode};
use crate::ports::{KeychainError, PrintError};
use domain::outbox::OutboxError;
use portal_api::azure::AzureError;
use portal_api::{ApiError, ConfigError, Fields};
use practice_portal::PracticeError;
use std::path::PathBuf;
use store::{Resource, StoreError};
use sync::PullError;

/// A use case that did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked is not well-formed.
    #[error("{field}: {reason}")]
    BadRequest {
        /// Which field.
        field: &'static str,
        /// What is wrong and what is expected.
        reason: String,
    },
    /// Several values cannot be what they should be: which, and why.
    #[error("some of this cannot be right: see what stands under each field")]
    BadValues(Vec<(&'static str, String)>),
    /// No such record in the cache.
    #[error("this {0} is not in the local cache; it may have left the portal. Sync and look again")]
    NotFound(&'static str),
    /// Another window or command line has this folder.
    #[error("Dispute Desk is already open here, in another window or command line")]
    AlreadyOpen,
    /// No cache is open.
    #[error("no one is signed in")]
    NotSignedIn,
    /// The cache belongs to someone else.
    #[error("this computer's cache belongs to {agent} at {portal}. Sign out there first; signing out wipes it")]
    OtherAccount {
        /// Whose.
        agent: String,
        /// Where.
        portal: String,
    },
    /// The portal's address or key.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A call to the portal.
    #[error(transparent)]
    Portal(#[from] ApiError),
    /// The practice portal did not start.
    #[error("the practice portal could not start: {0}")]
    Practice(#[from] PracticeError),
    /// The cache.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A pull.
    #[error(transparent)]
    Pull(#[from] PullError),
    /// Parts of a pull: the rest is whole.
    #[error("{} kinds of records could not be read", .0.len())]
    LeftOut(Vec<(Resource, PullError)>),
    /// The keychain.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The keychain has no key for the cache, or another one.
    #[error("the keychain no longer holds the key of the cache")]
    KeyMissing,
    /// Not the right passphrase.
    #[error("this is not the passphrase of the cache")]
    WrongPassphrase,
    /// Too short.
    #[error("a passphrase needs at least {0} characters")]
    WeakPassphrase(usize),
    /// The description of the cache's key cannot be read.
    #[error("the description of the cache's key is damaged")]
    VaultDamaged,
    /// The cache is locked: its passphrase has not been given.
    #[error("the cache is locked: its passphrase is needed")]
    Locked,
    /// The cache is there but cannot be opened.
    #[error("{}", .0.message)]
    Blocked(Problem),
    /// A cache that was set aside.
    #[error(transparent)]
    Aside(#[from] AsideError),
    /// Prepared letters would be lost.
    #[error("{0} prepared letters were neither printed nor saved; signing out wipes them")]
    LettersUnprinted(u32),
    /// Something was not sent yet and would be lost.
    #[error("{0} things were not sent yet; signing out loses them")]
    Unsent(u32),
    /// A row of the outbox is somewhere else by now.
    #[error(transparent)]
    OutboxMoved(#[from] OutboxError),
    /// A change waits already.
    #[error("a change of this {0} waits in the outbox already: correct or cancel that one")]
    Waiting(&'static str),
    /// A letter's fax arrived on the portal before.
    #[error("this letter was faxed already: fax it again only if it did not arrive")]
    FaxedBefore,
    /// The gate holds it.
    #[error("{0}")]
    Held(String),
    /// A chosen file is larger than what is taken.
    #[error("the file is larger than {} MB", .0 / 1024 / 1024)]
    FileTooLarge(u64),
    /// A chosen file is of no kind that the portal takes.
    #[error("this is no JPEG, PNG, PDF or Word file, whatever its name says")]
    FileFormat,
    /// A chosen file changed after it was chosen.
    #[error("{0} was changed after it was chosen: choose it again")]
    FileChanged(String),
    /// The letter engine.
    #[error(transparent)]
    Letter(#[from] ::letters::LetterError),
    /// A letter would show all nine digits.
    #[error(
        "the letter would show the client's whole Social Security number. Take the shortcode out of the template, or use \
         [SSNLast4]"
    )]
    WholeSsn,
    /// Paper came out, and the cache could not take note of it.
    #[error("the letters were printed as job {job}, but could not be marked as printed: {}", .why.message)]
    PrintedUnmarked {
        /// The print system's name of the job.
        job: String,
        /// Why not.
        why: Problem,
    },
    /// The portal did not give a file that is to be opened.
    #[error("the portal did not give the file: {0}")]
    Opening(#[source] ApiError),
    /// A file is larger than what is opened here, bytes.
    #[error("the file is larger than {} MB", .0 / 1024 / 1024)]
    TooLargeToOpen(usize),
    /// The copy of a file in the cache is not what came, and no other can be had now.
    #[error("the copy of this file on this computer is damaged")]
    FileDamaged,
    /// The bytes of a file that waits in the outbox are not what was put there.
    #[error("the file that waits in the outbox is damaged")]
    WaitingFileDamaged,
    /// A document cannot be enclosed.
    #[error("{0}")]
    Enclosure(String),
    /// Nothing to write to this recipient.
    #[error("none of the chosen items is reported by {0}: choose one of its items, or leave this recipient out")]
    NoItems(String),
    /// An item must not be disputed.
    #[error("{0} is excluded from disputes on the portal: take it out of the selection")]
    ItemExcluded(String),
    /// No permission to act.
    #[error(
        "this client has not signed an agreement. No letter may be prepared before; if it is signed on paper, say so and go on"
    )]
    Unsigned,
    /// An address is missing a part.
    #[error("{whose} address is incomplete: street, city, state and ZIP are needed")]
    AddressIncomplete {
        /// `the client's mailing`, `Equifax's default`, ...
        whose: String,
    },
    /// No default address of a bureau.
    #[error("the portal has no default dispute address for {0}: mark one as default on the portal, then sync")]
    NoBureauAddress(domain::Bureau),
    /// A letter is not in the state that the action needs.
    #[error("this letter is {0}: {1}")]
    LetterState(domain::LetterState, &'static str),
    /// A printer.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// A file or folder.
    #[error("{} could not be written: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file that was named cannot be read.
    #[error("{} could not be read: {source}", .path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The operating system gave no random bytes.
    #[error("this computer gave no random numbers; restart it")]
    Random(#[from] getrandom::Error),
    /// The deployment's settings.
    #[error("{}: {reason}", .path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// Which row, and what is wrong with it.
        reason: String,
    },
    /// No application at Azure is set.
    #[error("signing in with Microsoft is not set up here: settings.toml has no [azure] table")]
    NoAzure,
    /// The page that the browser comes back to could not be offered.
    #[error("this computer did not let the desk wait for the browser: {0}")]
    Loopback(#[source] std::io::Error),
    /// The browser did not open.
    #[error("the browser could not be opened: {0}")]
    Browser(String),
    /// The browser took too long.
    #[error("the browser did not come back in five minutes")]
    BrowserSilent,
    /// The browser came back without a sign-in.
    #[error(transparent)]
    Azure(#[from] AzureError),
    /// The agent stopped it.
    #[error("cancelled")]
    Cancelled,
    /// A task of ours stopped unexpectedly.
    #[error("an internal task stopped: {0}")]
    Internal(String),
}

impl Error {
    pub(crate) fn bad(field: &'static str, reason: impl Into<String>) -> Self {
        Error::BadRequest { field, reason: reason.into() }
    }

    /// The failure as the agent is told: what happened and what to do.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let mut fields = Fields::new();
        let (code, message) = match self {
            Error::BadRequest { field, reason } => {
                fields.insert((*field).to_owned(), vec![reason.clone()]);
                (ProblemCode::BadRequest, self.to_string())
            }
            Error::BadValues(wrong) => {
                fields.extend(wrong.iter().map(|(field, reason)| ((*field).to_owned(), vec![reason.clone()])));
                (ProblemCode::BadRequest, sentence(self))
            }
            Error::NotFound(_) => (ProblemCode::NotFound, sentence(self)),
            Error::AlreadyOpen => (ProblemCode::CacheBusy, format!("{} Use that one, or close it first.", sentence(self))),
            Error::NotSignedIn => (ProblemCode::NotSignedIn, "No one is signed in. Sign in first.".into()),
            Error::OtherAccount { .. } => (ProblemCode::BadRequest, sentence(self)),
            Error::Config(error) => {
                let field = if matches!(error, ConfigError::ApiKey) { "apiKey" } else { "portal" };
                fields.insert(field.to_owned(), vec![sentence(error)]);
                (ProblemCode::BadRequest, sentence(error))
            }
            Error::Portal(error) | Error::Pull(PullError::Portal(error)) => {
                let (code, message) = portal(error);
                if let ApiError::Refused { fields: refused, .. } = error {
                    fields.clone_from(refused);
                }
                (code, message)
            }
            Error::LeftOut(parts) => return left_out(parts),
            Error::Practice(_) => (ProblemCode::Internal, sentence(self)),
            Error::Store(error) | Error::Pull(PullError::Store(error)) => store(error),
            Error::Pull(PullError::Cancelled) => {
                (ProblemCode::Cancelled, "The sync was cancelled. What it brought is kept; the next one goes on from there.".into())
            }
            Error::Pull(PullError::Unstable(_)) => (
                ProblemCode::ListUnstable,
                format!("{}. What was read is kept. Sync again when the portal is quieter.", sentence(self).trim_end_matches('.')),
            ),
            Error::Keychain(KeychainError::Unavailable(reason)) => (
                ProblemCode::KeychainUnavailable,
                format!(
                    "This computer has no keychain that the desk can use ({reason}). Start it and try again, or choose a \
                     passphrase that is asked for at every start."
                ),
            ),
            Error::Keychain(KeychainError::Locked(_)) => (
                ProblemCode::KeychainLocked,
                "The keychain of this computer is locked or refused access. Unlock it, then try again. Nothing is lost.".into(),
            ),
            Error::Keychain(KeychainError::Failed(_)) => (ProblemCode::KeychainLocked, format!("{} Try again; nothing is lost.", sentence(self))),
            Error::KeyMissing => (
                ProblemCode::KeyMissing,
                "The keychain no longer holds the key of the local cache, so it cannot be opened. If you can, restore the \
                 keychain and try again. Otherwise set the files aside and sign in anew: the portal still has all its data; \
                 letters that were only on this computer stay in the files set aside."
                    .into(),
            ),
            Error::WrongPassphrase => (ProblemCode::WrongPassphrase, "This is not the passphrase of this cache. Try again; nothing is lost.".into()),
            Error::WeakPassphrase(_) => {
                fields.insert("passphrase".into(), vec![sentence(self)]);
                (ProblemCode::WeakPassphrase, sentence(self))
            }
            Error::VaultDamaged => (
                ProblemCode::CacheDamaged,
                "The file that describes the cache's key is damaged. Set the files aside and sign in anew; nothing on the portal is lost.".into(),
            ),
            Error::Locked => (ProblemCode::NotSignedIn, "The cache is locked. Give its passphrase first.".into()),
            Error::Blocked(problem) => return problem.clone(),
            Error::Aside(AsideError::KeyGone) => (ProblemCode::KeyMissing, sentence(self)),
            Error::Aside(AsideError::Passphrase | AsideError::Foreign { .. }) => (ProblemCode::BadRequest, sentence(self)),
            Error::Aside(_) => (ProblemCode::CacheDamaged, sentence(self)),
            Error::LettersUnprinted(_) => (ProblemCode::LettersUnprinted, sentence(self)),
            Error::Unsent(_) => (ProblemCode::OutboxUnsent, sentence(self)),
            Error::OutboxMoved(_) => (ProblemCode::OutboxMoved, format!("{} Look again.", sentence(self))),
            Error::Waiting(_) => (ProblemCode::OutboxWaiting, sentence(self)),
            Error::FaxedBefore => (ProblemCode::BadRequest, sentence(self)),
            Error::Held(_) => (ProblemCode::Held, sentence(self)),
            Error::FileTooLarge(_) | Error::FileFormat | Error::FileChanged(_) => (ProblemCode::BadRequest, sentence(self)),
            Error::Letter(error) => (ProblemCode::LetterFailed, sentence(error)),
            Error::WholeSsn => (ProblemCode::LetterFailed, sentence(self)),
            Error::PrintedUnmarked { why, .. } => {
                (why.code, format!("{} Do not print them again.", sentence(self)))
            }
            Error::Opening(error) => opening(error),
            Error::TooLargeToOpen(_) => (
                ProblemCode::BadRequest,
                format!("{} That is more than is opened here; look at it on the portal.", sentence(self)),
            ),
            Error::FileDamaged => (
                ProblemCode::PortalUnreachable,
                format!("{} It is fetched anew when you open it while the portal can be reached.", sentence(self)),
            ),
            Error::WaitingFileDamaged => (
                ProblemCode::BadRequest,
                format!("{} Do not send it: add the file once more.", sentence(self)),
            ),
            Error::Enclosure(_) => {
                fields.insert("enclosures".into(), vec![sentence(self)]);
                (ProblemCode::BadRequest, sentence(self))
            }
            Error::NoItems(_) => (ProblemCode::NoItemsForRecipient, sentence(self)),
            Error::ItemExcluded(_) => (ProblemCode::ItemExcluded, sentence(self)),
            Error::Unsigned => (ProblemCode::AgreementUnsigned, sentence(self)),
            Error::AddressIncomplete { .. } | Error::NoBureauAddress(_) => (ProblemCode::AddressIncomplete, sentence(self)),
            Error::LetterState(..) => (ProblemCode::BadRequest, sentence(self)),
            Error::Print(_) => (ProblemCode::PrintFailed, format!("{} The letters are unchanged.", sentence(self))),
            Error::File { path, source } if source.kind() == std::io::ErrorKind::StorageFull => (
                ProblemCode::DiskFull,
                format!("The disk is full: {} was not written. Free some space and try again.", path.display()),
            ),
            Error::Unreadable { .. } => (ProblemCode::FileFailed, sentence(self)),
            Error::File { .. } => (ProblemCode::FileFailed, format!("{} Choose another place and try again.", sentence(self))),
            Error::Settings { .. } => (
                ProblemCode::SettingsWrong,
                format!("{}. Correct it, or move the file away, and start again.", sentence(self).trim_end_matches('.')),
            ),
            Error::NoAzure | Error::Loopback(_) | Error::Browser(_) => (ProblemCode::BadRequest, sentence(self)),
            Error::BrowserSilent => (ProblemCode::Cancelled, format!("{} Start again when you are ready.", sentence(self))),
            Error::Azure(_) => (ProblemCode::WrongCredentials, sentence(self)),
            Error::Cancelled => (ProblemCode::Cancelled, "Cancelled; nothing was changed.".into()),
            Error::Random(_) | Error::Internal(_) => (ProblemCode::Internal, sentence(self)),
        };
        Problem { code, message, fields }
    }
}

/// What a pull left out, in the words of the first reason.
fn left_out(parts: &[(Resource, PullError)]) -> Problem {
    let names: Vec<String> = parts.iter().map(|(resource, _)| resource.name().replace('_', " ")).collect();
    let names = names.join(", ");
    match parts.first() {
        Some((_, PullError::Portal(ApiError::Forbidden { .. }))) => Problem {
            code: ProblemCode::Forbidden,
            message: format!(
                "Your account may not read: {names}. Everything else is up to date. Ask an administrator of the portal if \
                 you need them."
            ),
            fields: Fields::new(),
        },
        Some((_, PullError::Portal(error))) => {
            let (code, why) = portal(error);
            let fields = match error {
                ApiError::Refused { fields, .. } => fields.clone(),
                _ => Fields::new(),
            };
            let message = format!("These could not be read whole: {names}. {why} Everything else is up to date.");
            Problem { code, message, fields }
        }
        Some((_, error)) => Problem {
            code: ProblemCode::ListUnstable,
            message: format!(
                "{} Everything else is up to date. Sync again when the portal is quieter.",
                sentence(error)
            ),
            fields: Fields::new(),
        },
        None => Error::Internal("nothing was left out".into()).problem(),
    }
}

/// Which kind of failure kept a part of a pull from being read.
pub(crate) fn code_of_part(error: &PullError) -> ProblemCode {
    match error {
        PullError::Portal(error) => portal(error).0,
        PullError::Store(error) => store(error).0,
        PullError::Cancelled => ProblemCode::Cancelled,
        PullError::Unstable(_) => ProblemCode::ListUnstable,
    }
}

fn portal(error: &ApiError) -> (ProblemCode, String) {
    match error {
        ApiError::Unreachable { reason, .. } => (
            ProblemCode::PortalUnreachable,
            format!(
                "The portal could not be reached ({reason}). Your local work goes on; check the network and try again."
            ),
        ),
        ApiError::WrongCredentials(words) => {
            (ProblemCode::WrongCredentials, format!("The portal does not accept this e-mail and password ({words})."))
        }
        ApiError::SessionExpired(_) => (
            ProblemCode::SessionExpired,
            "Your session at the portal has ended. Sign in again to sync; local work goes on and nothing is lost."
                .into(),
        ),
        ApiError::Forbidden { operation, .. } => (
            ProblemCode::Forbidden,
            format!("Your account has no permission for {operation}. Ask an administrator of the portal."),
        ),
        ApiError::NotFound { operation, .. } => (
            ProblemCode::PortalFailed,
            format!(
                "The portal has nothing where {operation} should be. Check the portal address; if it is right, tell your administrator."
            ),
        ),
        ApiError::Refused { message, fields } => {
            let details: Vec<String> =
                fields.iter().map(|(field, messages)| format!("{field}: {}", messages.join(" "))).collect();
            let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) };
            (
                ProblemCode::PortalRefused,
                format!("The portal refused what was sent: {message}{details}. Correct it and try again."),
            )
        }
        ApiError::TooManyRequests { retry_after } => {
            let when = retry_after
                .map_or_else(|| "in a minute".into(), |wait| format!("in {} seconds", wait.as_secs().max(1)));
            (ProblemCode::PortalBusy, format!("The portal asks to slow down. Try again {when}; what was read is kept."))
        }
        ApiError::Server { status, .. } => (
            ProblemCode::PortalFailed,
            format!("The portal failed (status {status}). Try again later; what was read is kept."),
        ),
        ApiError::Unreadable { .. } => (
            ProblemCode::PortalUnreadable,
            format!("{} Nothing was changed here. Tell your administrator.", sentence(error)),
        ),
    }
}

/// Why a file that is not here was not given.
fn opening(error: &ApiError) -> (ProblemCode, String) {
    match error {
        ApiError::Unreachable { reason, .. } => (
            ProblemCode::PortalUnreachable,
            format!(
                "This file was not fetched to this computer yet, and the portal could not be reached ({reason}). Open it again \
                 when the portal can be reached; from then on it opens without a network."
            ),
        ),
        ApiError::Forbidden { .. } => (
            ProblemCode::Forbidden,
            "Your account may not open this file. Ask an administrator of the portal for it.".into(),
        ),
        ApiError::NotFound { .. } => (
            ProblemCode::NotFound,
            "The portal no longer has this file: it was removed or replaced. Sync, then look again.".into(),
        ),
        other => portal(other),
    }
}

fn store(error: &StoreError) -> (ProblemCode, String) {
    match error {
        StoreError::NotReadable | StoreError::Damaged(_) | StoreError::LogDamaged | StoreError::Unreadable(_) => (
            ProblemCode::CacheDamaged,
            "The local cache is damaged. Set its files aside and sign in anew: the portal still has all its data. Letters and \
             messages that were not sent yet are only in the files that are set aside; they are kept."
                .into(),
        ),
        StoreError::DiskFull => (
            ProblemCode::DiskFull,
            "The disk is full. Nothing that was there is lost. Free some space and try again.".into(),
        ),
        StoreError::Busy => {
            (ProblemCode::CacheBusy, "Another program is using the local cache. Close it and try again.".into())
        }
        StoreError::TooNew => (
            ProblemCode::CacheTooNew,
            "The local cache was made by a newer version of Dispute Desk. Install that version; nothing was changed.".into(),
        ),
        StoreError::NotEncrypted => (ProblemCode::Internal, sentence(error)),
        StoreError::Io(_) | StoreError::Sql(_) => (
            ProblemCode::FileFailed,
            "The local cache could not be read or written. Check that its folder can be used, then try again.".into(),
        ),
    }
}

/// An error's words as a sentence.
fn sentence(error: &(impl std::error::Error + ?Sized)) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let text = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    };
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}
