//! What is to be sent, as the window shows it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Kind of a row; `null` in a row for a kind that this build does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxKind {
    /// A fax.
    Fax,
    /// An e-mail.
    Email,
    /// A text message.
    Sms,
    /// A letter that the portal's provider mails.
    PostalLetter,
    /// A record of a fax that went another way.
    RecordFax,
    /// A new document.
    AddDocument,
    /// A printed letter filed with the client.
    FileLetter,
    /// Another file for a document.
    ReplaceDocument,
    /// A document to be removed.
    DeleteDocument,
    /// A file to be tied to a record.
    LinkAttachment,
    /// A tie to be removed.
    UnlinkAttachment,
    /// A new note.
    CreateNote,
    /// A changed note.
    UpdateNote,
    /// A note to be removed.
    DeleteNote,
    /// Changed data of the client.
    UpdateClient,
    /// Goals for the client.
    AssignGoals,
    /// Goals to be taken from the client.
    RemoveGoals,
    /// A signed agreement.
    CreateAgreement,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxStage {
    /// Waits for its turn.
    Queued,
    /// Under way.
    Sending,
    /// The portal has it.
    Done,
    /// Refused or held: the agent corrects it, tries again or cancels.
    Rejected,
    /// The portal may or may not have it.
    Unknown,
    /// The agent no longer wants it.
    Cancelled,
}

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxTroubleKind {
    /// The portal could not be reached.
    Unreachable,
    /// The portal asked for time.
    Busy,
    /// The session has ended.
    SignIn,
    /// The portal refused the values.
    Refused,
    /// The portal's record changed under the edit.
    Conflict,
    /// The gate holds it.
    Held,
    /// The answer was lost.
    Lost,
    /// Reading back did not settle it.
    Unclear,
    /// The portal failed too often.
    TooManyTries,
    /// This build does not know the row's kind.
    UnknownKind,
}

/// What keeps a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxTrouble {
    /// Which kind.
    pub kind: OutboxTroubleKind,
    /// In words; may be the portal's own.
    pub message: String,
    /// Messages by the portal's name of the field.
    pub fields: BTreeMap<String, Vec<String>>,
    /// What the portal has in place of what the edit was made on.
    pub theirs: Option<String>,
}

/// A row in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxItem {
    /// Its key.
    pub id: String,
    /// Whose lane it is in.
    pub client_id: String,
    /// The client's name; empty when the client left the cache.
    pub client_name: String,
    /// Its kind; `null` for one that this build does not know.
    pub kind: Option<OutboxKind>,
    /// Where it stands.
    pub stage: OutboxStage,
    /// What it does, e.g. `Fax to Equifax`.
    pub title: String,
    /// More of it: a number, the begin of a text, a file.
    pub detail: String,
    /// When it was queued, RFC 3339 UTC.
    pub created_at: String,
    /// When the last call began.
    pub sent_at: Option<String>,
    /// Not before.
    pub next_at: Option<String>,
    /// Calls that the portal answered without taking it.
    pub attempts: u32,
    /// Another row of the client is before it.
    pub behind: bool,
    /// It waits for a decision of the agent.
    pub asks: bool,
    /// The agent paused it: no further call of it begins before it is resumed.
    pub paused: bool,
    /// What keeps it.
    pub trouble: Option<OutboxTrouble>,
    /// The letter that it sends or files.
    pub letter_id: Option<String>,
    /// Its text can be edited.
    pub editable: bool,
}

/// A field of a row that can be edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxField {
    /// The portal's name, by which its messages come.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// As it stands.
    pub value: String,
    /// Several lines.
    pub long: bool,
}

/// Something that was seen of a row's fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxEvidence {
    /// When, RFC 3339 UTC.
    pub at: String,
    /// What, in words.
    pub what: String,
}

/// A row in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxDetail {
    /// As in the list.
    pub item: OutboxItem,
    /// What it says; it can be corrected while the row is editable.
    pub fields: Vec<OutboxField>,
    /// SHA-256 of all that it sends, the file by its own; `null` for a row of a newer version.
    pub payload_hash: Option<String>,
    /// What was seen of it, oldest first.
    pub evidence: Vec<OutboxEvidence>,
    /// SHA-256 of its file.
    pub file_hash: Option<String>,
    /// Key of its file on the portal.
    pub attachment_id: Option<String>,
    /// The portal's key of what was made.
    pub server_id: Option<String>,
    /// What the agent decided, and when.
    pub decision: Option<OutboxDecided>,
}

/// What an agent decided about an unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxDecision {
    /// It was sent.
    WasSent,
    /// It was not: send it again.
    SendAgain,
    /// Leave it.
    Cancel,
}

/// A decision on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxDecided {
    /// Which.
    pub decision: OutboxDecision,
    /// When, RFC 3339 UTC.
    pub at: String,
}

/// Which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxQuery {
    /// Of one client, or of all.
    pub client_id: Option<String>,
    /// Also those that are over; then the newest come first, 500 at most.
    pub over: bool,
}

/// Settles an unknown outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxSettle {
    /// The row.
    pub id: String,
    /// What the agent found out.
    pub decision: OutboxDecision,
}

/// Edits a row that is queued or rejected; it is queued again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboxEdit {
    /// The row.
    pub id: String,
    /// New values by the portal's name of the field; others stay.
    pub values: BTreeMap<String, String>,
}

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxPause {
    /// The agent paused all sending.
    Agent,
    /// The session has ended: sign in.
    SignIn,
    /// The portal is away or busy; it goes on by itself.
    Away,
    /// The cache failed; it goes on at the next start.
    CacheFailed,
}

/// The outbox as the frame shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutboxStatus {
    /// Rows that wait or are under way.
    pub waiting: u32,
    /// Rows that wait for the agent.
    pub trouble: u32,
    /// Rows that the agent paused.
    pub paused_rows: u32,
    /// Why nothing is sent.
    pub paused: Option<OutboxPause>,
}

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadProgress {
    /// The row.
    pub id: String,
    /// Bytes that left.
    #[ts(type = "number")]
    pub sent: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub total: u64,
}
