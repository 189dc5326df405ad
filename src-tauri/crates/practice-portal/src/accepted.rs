//! The ledger of what was accepted: every fax, mail, text, letter, note and document that a caller may count on.
//!
//! Invariant: an entry is written in the transaction of what it is about, so the ledger holds exactly what was
//! committed, whatever became of the answer. Only the process that started the portal can read it.

use crate::{portal::Portal, problem::Problem};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::{Row as _, SqliteConnection};

/// Something the portal accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What it is.
    pub kind: AcceptedKind,
    /// Key of the record that was made.
    pub record_id: i64,
    /// Whom it is about.
    pub client_id: Option<i64>,
    /// The file that went along.
    pub attachment_id: Option<i64>,
    /// SHA-256 of the request's fields as JSON with sorted keys, in hexadecimal.
    pub payload_sha256: String,
    /// SHA-256 of the uploaded file, in hexadecimal.
    pub file_sha256: Option<String>,
    /// When, on the portal's clock.
    pub at: Timestamp,
}

/// What was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AcceptedKind {
    /// A fax to be sent.
    Fax,
    /// A mail to be sent.
    Email,
    /// A text message to be sent.
    Sms,
    /// A letter to be mailed.
    Letter,
    /// The record of a correspondence that was sent by other means.
    Record,
    /// A note about a client.
    Note,
    /// A document of a client.
    Document,
    /// A signed agreement.
    Agreement,
}

/// Every kind with its word in the database.
const WORDS: [(AcceptedKind, &str); 8] = [
    (AcceptedKind::Fax, "fax"),
    (AcceptedKind::Email, "email"),
    (AcceptedKind::Sms, "sms"),
    (AcceptedKind::Letter, "letter"),
    (AcceptedKind::Record, "record"),
    (AcceptedKind::Note, "note"),
    (AcceptedKind::Document, "document"),
    (AcceptedKind::Agreement, "agreement"),
];

/// Where the ledger is kept.
pub(crate) const SCHEMA: &[&str] = &["CREATE TABLE accepted (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, \
     record_id INTEGER NOT NULL, client_id INTEGER, attachment_id INTEGER, payload TEXT NOT NULL, file TEXT, \
     at TEXT NOT NULL) STRICT"];

/// What is entered, besides the kind and the time.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Key of the record that was made.
    pub(crate) record: i64,
    /// Whom it is about.
    pub(crate) client: Option<i64>,
    /// The file that went along.
    pub(crate) attachment: Option<i64>,
    /// Hash of the request's fields.
    pub(crate) payload: String,
}

/// Enters something accepted, in the transaction that makes it.
pub(crate) async fn enter(
    portal: &Portal,
    db: &mut SqliteConnection,
    kind: AcceptedKind,
    entry: Entry,
) -> Result<(), Problem> {
    let bytes: Option<Vec<u8>> = sqlx::query_scalar("SELECT bytes FROM attachment_bytes WHERE id = ?")
        .bind(entry.attachment)
        .fetch_optional(&mut *db)
        .await?;
    let word = WORDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word);
    sqlx::query(
        "INSERT INTO accepted (kind, record_id, client_id, attachment_id, payload, file, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(word)
    .bind(entry.record)
    .bind(entry.client)
    .bind(entry.attachment)
    .bind(entry.payload)
    .bind(bytes.map(|bytes| sha256(&bytes)))
    .bind(portal.clock.now().to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// The whole ledger, oldest first.
pub(crate) async fn all(db: &mut SqliteConnection) -> Result<Vec<Accepted>, sqlx::Error> {
    let rows =
        sqlx::query("SELECT kind, record_id, client_id, attachment_id, payload, file, at FROM accepted ORDER BY id")
            .fetch_all(db)
            .await?;
    let unreadable = || sqlx::Error::Decode("the ledger holds a word that this build does not know".into());
    rows.iter()
        .map(|row| {
            let word: &str = row.try_get(0)?;
            let at: &str = row.try_get(6)?;
            Ok(Accepted {
                kind: WORDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind).ok_or_else(unreadable)?,
                record_id: row.try_get(1)?,
                client_id: row.try_get(2)?,
                attachment_id: row.try_get(3)?,
                payload_sha256: row.try_get(4)?,
                file_sha256: row.try_get(5)?,
                at: at.parse().map_err(|_| unreadable())?,
            })
        })
        .collect()
}

/// In hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
