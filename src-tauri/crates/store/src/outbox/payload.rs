//! Intents as they are stored: JSON with a kind and a version beside it. A shipped version is never changed; a new one is
//! added, and both are read.

use crate::StoreError;
use crate::columns::to_json;
use domain::outbox::{DocumentBase, DocumentFile, FaxTo, FileRef, Intent, IntentKind, NoteBase};
use domain::{AttachmentId, ClientChange, ClientField, DocumentId, GoalId, ItemId, LetterId, NoteId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What this build writes of a kind. A document is changed with the file that it had since version 2.
pub(super) fn version(kind: IntentKind) -> i64 {
    match kind {
        IntentKind::ReplaceDocument | IntentKind::DeleteDocument => 2,
        _ => 1,
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    hash: String,
    name: String,
    kind: String,
    size: u64,
    caption: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum To {
    Recipient(String),
    Furnisher(String),
}

#[derive(Serialize, Deserialize)]
struct Document {
    file: File,
    kind: String,
    subkind: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Note {
    note: i64,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct Fax {
    file: File,
    number: String,
    to: To,
    item: Option<String>,
    letter: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Email {
    to: String,
    subject: String,
    body: String,
    item: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Sms {
    number: String,
    body: String,
    item: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PostalLetter {
    content: String,
    address: String,
    item: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct RecordFax {
    file: Option<File>,
    number: String,
    to: To,
}

#[derive(Serialize, Deserialize)]
struct FileLetter {
    letter: String,
    document: Document,
}

#[derive(Serialize, Deserialize)]
struct ReplaceDocument {
    document: String,
    #[serde(default)]
    had: Option<i64>,
    file: File,
}

#[derive(Serialize, Deserialize)]
struct DeleteDocument {
    document: String,
    #[serde(default)]
    had: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct Link {
    attachment: i64,
    entity: String,
    entity_id: i64,
}

#[derive(Serialize, Deserialize)]
struct Text {
    text: String,
}

#[derive(Serialize, Deserialize)]
struct UpdateNote {
    base: Note,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct DeleteNote {
    base: Note,
}

#[derive(Serialize, Deserialize)]
struct UpdateClient {
    changes: Vec<Change>,
}

#[derive(Serialize, Deserialize)]
struct Change {
    field: String,
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
struct Goals {
    goals: Vec<i64>,
}

#[derive(Serialize, Deserialize)]
struct Agreement {
    name: String,
    kind: String,
    signed: Option<String>,
    file: Option<File>,
}

impl From<&FileRef> for File {
    fn from(file: &FileRef) -> Self {
        let FileRef { hash, name, kind, size, caption } = file.clone();
        Self { hash, name, kind, size, caption }
    }
}

impl From<File> for FileRef {
    fn from(File { hash, name, kind, size, caption }: File) -> Self {
        Self { hash, name, kind, size, caption }
    }
}

impl From<&FaxTo> for To {
    fn from(to: &FaxTo) -> Self {
        match to {
            FaxTo::Recipient(name) => To::Recipient(name.clone()),
            FaxTo::Furnisher(name) => To::Furnisher(name.clone()),
        }
    }
}

impl From<To> for FaxTo {
    fn from(to: To) -> Self {
        match to {
            To::Recipient(name) => FaxTo::Recipient(name),
            To::Furnisher(name) => FaxTo::Furnisher(name),
        }
    }
}

impl From<&DocumentFile> for Document {
    fn from(document: &DocumentFile) -> Self {
        let DocumentFile { file, kind, subkind } = document;
        Self { file: file.into(), kind: kind.clone(), subkind: subkind.clone() }
    }
}

impl From<Document> for DocumentFile {
    fn from(Document { file, kind, subkind }: Document) -> Self {
        Self { file: file.into(), kind, subkind }
    }
}

impl From<&NoteBase> for Note {
    fn from(base: &NoteBase) -> Self {
        Self { note: base.note.0, text: base.text.clone() }
    }
}

impl From<&ClientChange> for Change {
    fn from(ClientChange { field, from, to }: &ClientChange) -> Self {
        Self { field: field.code().to_owned(), from: from.clone(), to: to.clone() }
    }
}

impl From<Note> for NoteBase {
    fn from(Note { note, text }: Note) -> Self {
        Self { note: NoteId(note), text }
    }
}

fn key(base: &DocumentBase) -> Option<i64> {
    base.file.map(|file| file.0)
}

fn base(document: String, had: Option<i64>) -> DocumentBase {
    DocumentBase { document: DocumentId(document), file: had.map(AttachmentId) }
}

fn text_of(item: Option<&ItemId>) -> Option<String> {
    item.map(|item| item.0.clone())
}

/// SHA-256 of what a row sends, as it is stored: two rows that send the same have the same.
///
/// # Errors
/// [`StoreError::Unreadable`] for what cannot be written.
pub fn payload_hash(intent: &Intent) -> Result<String, StoreError> {
    Ok(hex::encode(Sha256::digest(write(intent)?)))
}

/// The stored text of an intent.
pub(super) fn write(intent: &Intent) -> Result<String, StoreError> {
    fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
        to_json(value, "outbox.payload")
    }
    match intent {
        Intent::Fax { file, number, to, item, letter } => json(&Fax {
            file: file.into(),
            number: number.clone(),
            to: to.into(),
            item: text_of(item.as_ref()),
            letter: letter.as_ref().map(|letter| letter.0.clone()),
        }),
        Intent::Email { to, subject, body, item } => {
            json(&Email { to: to.clone(), subject: subject.clone(), body: body.clone(), item: text_of(item.as_ref()) })
        }
        Intent::Sms { number, body, item } => {
            json(&Sms { number: number.clone(), body: body.clone(), item: text_of(item.as_ref()) })
        }
        Intent::PostalLetter { content, address, item } => {
            json(&PostalLetter { content: content.clone(), address: address.clone(), item: text_of(item.as_ref()) })
        }
        Intent::RecordFax { file, number, to } => {
            json(&RecordFax { file: file.as_ref().map(Into::into), number: number.clone(), to: to.into() })
        }
        Intent::AddDocument(document) => json(&Document::from(document)),
        Intent::FileLetter { letter, document } => {
            json(&FileLetter { letter: letter.0.clone(), document: document.into() })
        }
        Intent::ReplaceDocument { base, file } => {
            json(&ReplaceDocument { document: base.document.0.clone(), had: key(base), file: file.into() })
        }
        Intent::DeleteDocument { base } => json(&DeleteDocument { document: base.document.0.clone(), had: key(base) }),
        Intent::LinkAttachment { attachment, entity, entity_id }
        | Intent::UnlinkAttachment { attachment, entity, entity_id } => {
            json(&Link { attachment: attachment.0, entity: entity.clone(), entity_id: *entity_id })
        }
        Intent::CreateNote { text } => json(&Text { text: text.clone() }),
        Intent::UpdateNote { base, text } => json(&UpdateNote { base: base.into(), text: text.clone() }),
        Intent::DeleteNote { base } => json(&DeleteNote { base: base.into() }),
        Intent::UpdateClient { changes } => json(&UpdateClient { changes: changes.iter().map(Into::into).collect() }),
        Intent::AssignGoals { goals } | Intent::RemoveGoals { goals } => {
            json(&Goals { goals: goals.iter().map(|goal| goal.0).collect() })
        }
        Intent::CreateAgreement { name, kind, signed, file } => json(&Agreement {
            name: name.clone(),
            kind: kind.clone(),
            signed: signed.map(|at| at.to_string()),
            file: file.as_ref().map(Into::into),
        }),
    }
}

/// The intent of a stored row; `None` when this build does not know its kind or version, or cannot read it.
pub(super) fn read(kind: &str, version: i64, text: &str) -> Option<Intent> {
    fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
        serde_json::from_str(text).ok()
    }
    let kind = IntentKind::from_code(kind).filter(|kind| (1..=self::version(*kind)).contains(&version))?;
    let item = |item: Option<String>| item.map(ItemId);
    Some(match kind {
        IntentKind::Fax => {
            let fax: Fax = json(text)?;
            Intent::Fax {
                file: fax.file.into(),
                number: fax.number,
                to: fax.to.into(),
                item: item(fax.item),
                letter: fax.letter.map(LetterId),
            }
        }
        IntentKind::Email => {
            let email: Email = json(text)?;
            Intent::Email { to: email.to, subject: email.subject, body: email.body, item: item(email.item) }
        }
        IntentKind::Sms => {
            let sms: Sms = json(text)?;
            Intent::Sms { number: sms.number, body: sms.body, item: item(sms.item) }
        }
        IntentKind::PostalLetter => {
            let letter: PostalLetter = json(text)?;
            Intent::PostalLetter { content: letter.content, address: letter.address, item: item(letter.item) }
        }
        IntentKind::RecordFax => {
            let record: RecordFax = json(text)?;
            Intent::RecordFax { file: record.file.map(Into::into), number: record.number, to: record.to.into() }
        }
        IntentKind::AddDocument => Intent::AddDocument(json::<Document>(text)?.into()),
        IntentKind::FileLetter => {
            let filed: FileLetter = json(text)?;
            Intent::FileLetter { letter: LetterId(filed.letter), document: filed.document.into() }
        }
        IntentKind::ReplaceDocument => {
            let ReplaceDocument { document, had, file } = json(text)?;
            Intent::ReplaceDocument { base: base(document, had), file: file.into() }
        }
        IntentKind::DeleteDocument => {
            let DeleteDocument { document, had } = json(text)?;
            Intent::DeleteDocument { base: base(document, had) }
        }
        IntentKind::LinkAttachment => {
            let Link { attachment, entity, entity_id } = json(text)?;
            Intent::LinkAttachment { attachment: AttachmentId(attachment), entity, entity_id }
        }
        IntentKind::UnlinkAttachment => {
            let Link { attachment, entity, entity_id } = json(text)?;
            Intent::UnlinkAttachment { attachment: AttachmentId(attachment), entity, entity_id }
        }
        IntentKind::CreateNote => Intent::CreateNote { text: json::<Text>(text)?.text },
        IntentKind::UpdateNote => {
            let UpdateNote { base, text } = json(text)?;
            Intent::UpdateNote { base: base.into(), text }
        }
        IntentKind::DeleteNote => Intent::DeleteNote { base: json::<DeleteNote>(text)?.base.into() },
        IntentKind::UpdateClient => Intent::UpdateClient { changes: changes(json(text)?)? },
        IntentKind::AssignGoals => Intent::AssignGoals { goals: goals(json(text)?) },
        IntentKind::RemoveGoals => Intent::RemoveGoals { goals: goals(json(text)?) },
        IntentKind::CreateAgreement => {
            let Agreement { name, kind, signed, file } = json(text)?;
            let signed: Option<Timestamp> = match signed {
                Some(at) => Some(at.parse().ok()?),
                None => None,
            };
            Intent::CreateAgreement { name, kind, signed, file: file.map(Into::into) }
        }
    })
}

fn goals(goals: Goals) -> Vec<GoalId> {
    goals.goals.into_iter().map(GoalId).collect()
}

/// A change of a field that this build does not know makes the row one of a newer version.
fn changes(update: UpdateClient) -> Option<Vec<ClientChange>> {
    let known = |Change { field, from, to }| Some(ClientChange { field: ClientField::from_code(&field)?, from, to });
    update.changes.into_iter().map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_shipped_are_read_and_newer_ones_are_not() {
        let first =
            r#"{"document":"5","file":{"hash":"h","name":"n.pdf","kind":"application/pdf","size":9,"caption":null}}"#;
        let Some(Intent::ReplaceDocument { base, file }) = read("replace_document", 1, first) else {
            panic!("version 1 is read")
        };
        assert_eq!((base.document.0.as_str(), base.file, file.size), ("5", None, 9));
        let second = r#"{"document":"5","had":8}"#;
        let Some(Intent::DeleteDocument { base }) = read("delete_document", 2, second) else {
            panic!("version 2 is read")
        };
        assert_eq!(base.file, Some(AttachmentId(8)));
        assert!(
            read("delete_document", 3, second).is_none() && read("create_note", 2, r#"{"text":"Called."}"#).is_none()
        );
    }
}
