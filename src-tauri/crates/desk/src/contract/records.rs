//! A client's notes, documents and correspondence.

use super::{OutboxItem, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What became of asking the portal for a client's records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordAccess {
    /// Not asked yet.
    Unread,
    /// They were read.
    Read,
    /// The agent's account may not read them, or not what is in them.
    Forbidden,
    /// The portal has nothing where they should be.
    Missing,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoteRow {
    /// The portal's key; `null` for a note that still waits in the outbox.
    pub id: Option<String>,
    /// Plain text.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When, RFC 3339 UTC.
    pub created_at: Option<String>,
    /// What waits for it in the outbox: its creation, a change, or its removal.
    pub pending: Option<OutboxItem>,
}

/// A new note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoteAdd {
    /// About whom.
    pub client_id: String,
    /// Plain text.
    pub text: String,
}

/// A changed note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteChange {
    /// The portal's key.
    pub id: String,
    /// The new text.
    pub text: String,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentCard {
    /// The portal's key; `null` for a document that still waits in the outbox.
    pub id: Option<String>,
    /// Documented type, e.g. `id`.
    pub kind: String,
    /// Documented subtype, e.g. `utility_bills`; may be empty.
    pub subkind: String,
    /// What the portal shows for its file.
    pub caption: String,
    /// `pdf`, `png`, ...
    pub extension: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// When, RFC 3339 UTC.
    pub created_at: Option<String>,
    /// Key of its file, to be opened.
    pub attachment_id: Option<String>,
    /// The file is on this computer: it opens without a network.
    pub here: bool,
    /// What waits for it in the outbox.
    pub pending: Option<OutboxItem>,
}

/// What a chosen file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// PDF.
    Pdf,
    /// Word before 2007.
    Doc,
    /// Word.
    Docx,
}

/// A file that the agent chose or dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChosenFile {
    /// Stands for the file until the desk is closed.
    pub token: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What it is by its content; `null` when it cannot be taken.
    pub format: Option<FileFormat>,
    /// Why it cannot be taken.
    pub problem: Option<Problem>,
    /// The same bytes wait in the outbox already, or went through it.
    pub duplicate: bool,
}

/// A chosen picture that was straightened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StraightenedFile {
    /// It, as another chosen file; the one before can still be filed instead.
    pub file: ChosenFile,
    /// It was turned upright, as its camera was held.
    pub turned: bool,
    /// How far it was tilted, in degrees; 0 when it was straight or shows no lines.
    pub tilt: f32,
}

/// A chosen file to be filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentAdd {
    /// Whose.
    pub client_id: String,
    /// Stands for the file.
    pub token: String,
    /// Documented type.
    pub kind: String,
    /// Documented subtype; `null` for none.
    pub subkind: Option<String>,
    /// What the portal shows for it; names no consumer.
    pub caption: Option<String>,
}

/// Another file for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReplace {
    /// Whose.
    pub client_id: String,
    /// The document.
    pub id: String,
    /// Stands for the file.
    pub token: String,
}

/// One document of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRef {
    /// Whose.
    pub client_id: String,
    /// The document.
    pub id: String,
}

/// How something was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChannelCode {
    /// Fax.
    Fax,
    /// E-mail.
    Email,
    /// Text message.
    Sms,
    /// Letter.
    Letter,
    /// Something else.
    Other,
}

/// One piece of correspondence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrespondenceRow {
    /// The portal's key; `null` for a piece that still waits in the outbox, and for a letter that was mailed from here.
    pub id: Option<String>,
    /// How.
    pub channel: ChannelCode,
    /// To whom, as far as the portal says.
    pub recipient: String,
    /// How its delivery stands, in the portal's words; may be empty.
    pub status: String,
    /// The negative item it is about.
    pub item_id: Option<String>,
    /// Who sent it.
    pub run_by: String,
    /// When, RFC 3339 UTC; of what this desk sent and the portal gives no time, when it went from here.
    pub created_at: Option<String>,
    /// The day, where no more is known.
    pub sent_on: Option<String>,
    /// The letter of this desk that it is.
    pub letter_id: Option<String>,
    /// Everything else that the portal says of it.
    pub attributes: BTreeMap<String, String>,
    /// Keys and captions of its files.
    pub attachments: Vec<FileLink>,
    /// What waits for it in the outbox.
    pub pending: Option<OutboxItem>,
}

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileLink {
    /// The portal's key.
    pub id: String,
    /// What the portal shows for it.
    pub caption: String,
    /// `pdf`, `png`, ...
    pub extension: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// It is on this computer: it opens without a network.
    pub here: bool,
}

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "channel", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum MessageSend {
    /// An e-mail.
    Email {
        /// About whom.
        client_id: String,
        /// Address.
        to: String,
        /// Subject.
        subject: String,
        /// Text.
        body: String,
        /// The item it is about.
        item_id: Option<String>,
    },
    /// A text message.
    Sms {
        /// About whom.
        client_id: String,
        /// Number.
        number: String,
        /// Text.
        body: String,
        /// The item it is about.
        item_id: Option<String>,
    },
    /// A letter that the portal's provider prints and mails.
    Letter {
        /// About whom.
        client_id: String,
        /// Text.
        content: String,
        /// Where it goes.
        address: String,
        /// The item it is about.
        item_id: Option<String>,
    },
}

/// A fax that went another way than through this desk, to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FaxRecord {
    /// About whom.
    pub client_id: String,
    /// The number that it went to.
    pub number: String,
    /// Whom it went to.
    pub recipient: String,
    /// The recipient is a furnisher.
    pub furnisher: bool,
    /// Stands for what was faxed; `null` for none.
    pub token: Option<String>,
}

/// A template to be said to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageAsk {
    /// To whom.
    pub client_id: String,
    /// What.
    pub template_id: String,
}

/// What a template says to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessageDraft {
    /// The text; what could not be filled in stands in brackets.
    pub text: String,
    /// What could not be filled in, by its name.
    pub unfilled: Vec<String>,
}
