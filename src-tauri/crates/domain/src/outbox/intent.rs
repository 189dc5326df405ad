//! What one row is to bring about.

use crate::{AttachmentId, ClientChange, DocumentId, GoalId, ItemId, LetterId, NoteId};
use jiff::Timestamp;

/// A file whose bytes wait with the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    /// SHA-256 of the bytes, lower-case hex: where they are kept.
    pub hash: String,
    /// Name that the portal is told; names no consumer.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// What the portal shows for it.
    pub caption: Option<String>,
}

/// Whom a fax goes to, in the portal's two ways (API: oddity 44).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaxTo {
    /// A bureau, or anyone else by name.
    Recipient(String),
    /// A furnisher by name.
    Furnisher(String),
}

impl FaxTo {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            FaxTo::Recipient(name) | FaxTo::Furnisher(name) => name,
        }
    }
}

/// What an edit of a note was made on: if the portal's note is no longer that, the agent decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteBase {
    /// The note.
    pub note: NoteId,
    /// Its text as the agent saw it.
    pub text: String,
}

/// What a change of a document was made on: if the portal's document has another file by now, the agent decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentBase {
    /// The document.
    pub document: DocumentId,
    /// Its file as the agent saw it; any, when nobody knew or the agent went over what is there.
    pub file: Option<AttachmentId>,
}

/// A document and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFile {
    /// The file.
    pub file: FileRef,
    /// Documented type, e.g. `id`.
    pub kind: String,
    /// Documented subtype, e.g. `utility_bills`.
    pub subkind: Option<String>,
}

/// What one row is to bring about for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// A fax through the portal's provider.
    Fax {
        /// The PDF.
        file: FileRef,
        /// Ten digits, as normalised.
        number: String,
        /// Whom it goes to.
        to: FaxTo,
        /// The item it is about.
        item: Option<ItemId>,
        /// The letter that is faxed.
        letter: Option<LetterId>,
    },
    /// An e-mail through the portal.
    Email {
        /// Address.
        to: String,
        /// Subject.
        subject: String,
        /// Text.
        body: String,
        /// The item it is about.
        item: Option<ItemId>,
    },
    /// A text message through the portal.
    Sms {
        /// Number.
        number: String,
        /// Text.
        body: String,
        /// The item it is about.
        item: Option<ItemId>,
    },
    /// A letter that the portal's provider prints and mails.
    PostalLetter {
        /// Text.
        content: String,
        /// Where it goes.
        address: String,
        /// The item it is about.
        item: Option<ItemId>,
    },
    /// A record of a fax that went another way.
    RecordFax {
        /// What was faxed.
        file: Option<FileRef>,
        /// Ten digits.
        number: String,
        /// Whom it went to.
        to: FaxTo,
    },
    /// A new document.
    AddDocument(DocumentFile),
    /// A printed letter, filed with the client.
    FileLetter {
        /// The letter.
        letter: LetterId,
        /// Its PDF and where it is filed.
        document: DocumentFile,
    },
    /// Another file for a document.
    ReplaceDocument {
        /// The document as it was.
        base: DocumentBase,
        /// The new file.
        file: FileRef,
    },
    /// A document to be removed.
    DeleteDocument {
        /// The document as it was.
        base: DocumentBase,
    },
    /// A stored file to be tied to a record.
    LinkAttachment {
        /// The file.
        attachment: AttachmentId,
        /// `client`, `client_document`, ...
        entity: String,
        /// The record's key.
        entity_id: i64,
    },
    /// The tie to be removed; a file without any is removed too.
    UnlinkAttachment {
        /// The file.
        attachment: AttachmentId,
        /// `client`, `client_document`, ...
        entity: String,
        /// The record's key.
        entity_id: i64,
    },
    /// A new note.
    CreateNote {
        /// Text.
        text: String,
    },
    /// A changed note.
    UpdateNote {
        /// What was changed.
        base: NoteBase,
        /// The new text.
        text: String,
    },
    /// A note to be removed.
    DeleteNote {
        /// What is removed.
        base: NoteBase,
    },
    /// Values of the client, only those that were changed.
    UpdateClient {
        /// Which, and from what.
        changes: Vec<ClientChange>,
    },
    /// Goals for the client.
    AssignGoals {
        /// Which.
        goals: Vec<GoalId>,
    },
    /// Goals to be taken from the client.
    RemoveGoals {
        /// Which.
        goals: Vec<GoalId>,
    },
    /// An agreement that the client signed.
    CreateAgreement {
        /// Name.
        name: String,
        /// Type.
        kind: String,
        /// When it was signed.
        signed: Option<Timestamp>,
        /// The signed paper.
        file: Option<FileRef>,
    },
}

/// A kind of intent, as stored and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntentKind {
    /// See [`Intent::Fax`], and so on.
    Fax,
    #[expect(missing_docs, reason = "as the first")]
    Email,
    #[expect(missing_docs, reason = "as the first")]
    Sms,
    #[expect(missing_docs, reason = "as the first")]
    PostalLetter,
    #[expect(missing_docs, reason = "as the first")]
    RecordFax,
    #[expect(missing_docs, reason = "as the first")]
    AddDocument,
    #[expect(missing_docs, reason = "as the first")]
    FileLetter,
    #[expect(missing_docs, reason = "as the first")]
    ReplaceDocument,
    #[expect(missing_docs, reason = "as the first")]
    DeleteDocument,
    #[expect(missing_docs, reason = "as the first")]
    LinkAttachment,
    #[expect(missing_docs, reason = "as the first")]
    UnlinkAttachment,
    #[expect(missing_docs, reason = "as the first")]
    CreateNote,
    #[expect(missing_docs, reason = "as the first")]
    UpdateNote,
    #[expect(missing_docs, reason = "as the first")]
    DeleteNote,
    #[expect(missing_docs, reason = "as the first")]
    UpdateClient,
    #[expect(missing_docs, reason = "as the first")]
    AssignGoals,
    #[expect(missing_docs, reason = "as the first")]
    RemoveGoals,
    #[expect(missing_docs, reason = "as the first")]
    CreateAgreement,
}

/// One call of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The file goes to the portal. Nobody sees it there before it is used, so it may go twice.
    Upload,
    /// The thing itself, with the file's key if it has one.
    Act,
}

impl IntentKind {
    /// Every kind with its stored spelling.
    pub const ALL: &[(IntentKind, &str)] = &[
        (IntentKind::Fax, "fax"),
        (IntentKind::Email, "email"),
        (IntentKind::Sms, "sms"),
        (IntentKind::PostalLetter, "postal_letter"),
        (IntentKind::RecordFax, "record_fax"),
        (IntentKind::AddDocument, "add_document"),
        (IntentKind::FileLetter, "file_letter"),
        (IntentKind::ReplaceDocument, "replace_document"),
        (IntentKind::DeleteDocument, "delete_document"),
        (IntentKind::LinkAttachment, "link_attachment"),
        (IntentKind::UnlinkAttachment, "unlink_attachment"),
        (IntentKind::CreateNote, "create_note"),
        (IntentKind::UpdateNote, "update_note"),
        (IntentKind::DeleteNote, "delete_note"),
        (IntentKind::UpdateClient, "update_client"),
        (IntentKind::AssignGoals, "assign_goals"),
        (IntentKind::RemoveGoals, "remove_goals"),
        (IntentKind::CreateAgreement, "create_agreement"),
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, code)| code)
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(kind, _)| *kind)
    }

    /// Whether the same call made twice leaves what one leaves: such a call is simply made again.
    #[must_use]
    pub fn is_repeatable(self) -> bool {
        match self {
            IntentKind::ReplaceDocument
            | IntentKind::DeleteDocument
            | IntentKind::UnlinkAttachment
            | IntentKind::UpdateNote
            | IntentKind::DeleteNote
            | IntentKind::UpdateClient
            | IntentKind::AssignGoals
            | IntentKind::RemoveGoals => true,
            IntentKind::Fax
            | IntentKind::Email
            | IntentKind::Sms
            | IntentKind::PostalLetter
            | IntentKind::RecordFax
            | IntentKind::AddDocument
            | IntentKind::FileLetter
            | IntentKind::LinkAttachment
            | IntentKind::CreateNote
            | IntentKind::CreateAgreement => false,
        }
    }

    /// Whether the portal's list proves that it is not there: it is known by a key that only this row has, or by author,
    /// text and time. E-mails, texts and letters have no such mark.
    #[must_use]
    pub fn is_known_by_a_mark(self) -> bool {
        !matches!(self, IntentKind::Email | IntentKind::Sms | IntentKind::PostalLetter)
    }

    /// Whether it leaves the company: then the gate runs again before the first byte.
    #[must_use]
    pub fn leaves_the_company(self) -> bool {
        matches!(self, IntentKind::Fax | IntentKind::Email | IntentKind::Sms | IntentKind::PostalLetter)
    }
}

impl Intent {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> IntentKind {
        match self {
            Intent::Fax { .. } => IntentKind::Fax,
            Intent::Email { .. } => IntentKind::Email,
            Intent::Sms { .. } => IntentKind::Sms,
            Intent::PostalLetter { .. } => IntentKind::PostalLetter,
            Intent::RecordFax { .. } => IntentKind::RecordFax,
            Intent::AddDocument(_) => IntentKind::AddDocument,
            Intent::FileLetter { .. } => IntentKind::FileLetter,
            Intent::ReplaceDocument { .. } => IntentKind::ReplaceDocument,
            Intent::DeleteDocument { .. } => IntentKind::DeleteDocument,
            Intent::LinkAttachment { .. } => IntentKind::LinkAttachment,
            Intent::UnlinkAttachment { .. } => IntentKind::UnlinkAttachment,
            Intent::CreateNote { .. } => IntentKind::CreateNote,
            Intent::UpdateNote { .. } => IntentKind::UpdateNote,
            Intent::DeleteNote { .. } => IntentKind::DeleteNote,
            Intent::UpdateClient { .. } => IntentKind::UpdateClient,
            Intent::AssignGoals { .. } => IntentKind::AssignGoals,
            Intent::RemoveGoals { .. } => IntentKind::RemoveGoals,
            Intent::CreateAgreement { .. } => IntentKind::CreateAgreement,
        }
    }

    /// The file that goes first.
    #[must_use]
    pub fn file(&self) -> Option<&FileRef> {
        match self {
            Intent::Fax { file, .. } | Intent::ReplaceDocument { file, .. } => Some(file),
            Intent::AddDocument(document) | Intent::FileLetter { document, .. } => Some(&document.file),
            Intent::RecordFax { file, .. } | Intent::CreateAgreement { file, .. } => file.as_ref(),
            _ => None,
        }
    }

    /// The letter that it sends or files.
    #[must_use]
    pub fn letter(&self) -> Option<&LetterId> {
        match self {
            Intent::Fax { letter, .. } => letter.as_ref(),
            Intent::FileLetter { letter, .. } => Some(letter),
            _ => None,
        }
    }

    /// The first call of its chain.
    #[must_use]
    pub fn first_step(&self) -> Step {
        if self.file().is_some() { Step::Upload } else { Step::Act }
    }
}
