//! A client's documents: chosen or dropped here, kept encrypted while they wait, filed through the outbox.
//!
//! The window never names a file: it gets a token for each file that the agent chose in the system's dialog or dropped on
//! the window, and hands the token back. What a file is, its content says, not its name.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{
    ChosenFile, DeskEvent, DocumentAdd, DocumentCard, DocumentRef, DocumentReplace, Empty, FileFormat, Id, OutboxItem,
    StraightenedFile,
};
use crate::desk::{Desk, Open};
use crate::notes::one;
use crate::stored_files::apart;
use domain::outbox::{DocumentBase, DocumentFile, FileRef, Intent};
use domain::{AttachmentId, ClientId, DocumentId};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use store::{OutboxEntry, OutboxFilter, PIECE};
use tokio::io::{AsyncRead, AsyncReadExt};

/// The largest file that is taken, bytes.
const LARGEST: u64 = 50 * 1024 * 1024;

/// A file that the agent chose.
#[derive(Clone)]
pub(crate) struct Chosen {
    token: String,
    content: Content,
    name: String,
    size: u64,
    hash: String,
    format: FileFormat,
}

/// Where a chosen file's bytes are. What is made here is in memory only: nothing of a client lies open on the disk.
#[derive(Clone)]
enum Content {
    Path(PathBuf),
    Made(Arc<[u8]>),
}

impl Chosen {
    /// All of its bytes.
    async fn bytes(&self) -> Result<Vec<u8>, Error> {
        match &self.content {
            Content::Made(bytes) => Ok(bytes.to_vec()),
            Content::Path(path) => {
                let unreadable = |source| Error::Unreadable { path: path.clone(), source };
                let mut bytes = Vec::new();
                let file = tokio::fs::File::open(path).await.map_err(unreadable)?;
                // It may have grown since it was chosen.
                file.take(LARGEST + 1).read_to_end(&mut bytes).await.map_err(unreadable)?;
                if hex::encode(Sha256::digest(&bytes)) == self.hash {
                    Ok(bytes)
                } else {
                    Err(Error::FileChanged(self.name.clone()))
                }
            }
        }
    }
}

impl Desk {
    /// A client's documents, newest first; what waits in the outbox comes first and is marked.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn document_list(&self, client: Id) -> Result<Vec<DocumentCard>, Error> {
        let open = self.ready().await?;
        let id = client_id(&client.id, "id")?;
        let filter = OutboxFilter { client: Some(id), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let mut waiting: Vec<(OutboxEntry, OutboxItem)> =
            entries.into_iter().zip(self.items(&open, filter).await?).collect();
        let mut cards: Vec<DocumentCard> = waiting.iter().filter_map(|(entry, item)| new_card(entry, item)).collect();
        cards.reverse();
        let documents = open.store.documents_of(id).await?;
        let files: Vec<AttachmentId> =
            documents.iter().filter_map(|it| it.attachment.as_ref()).map(|it| it.id).collect();
        let here = open.store.stored_files_here(&files).await?;
        for document in documents {
            let place = waiting.iter().position(|(entry, _)| changes(entry, &document.id));
            let pending = place.map(|place| waiting.remove(place).1);
            let file = document.attachment.as_ref();
            cards.push(DocumentCard {
                id: Some(document.id.to_string()),
                kind: document.kind.clone(),
                subkind: document.subkind.clone(),
                caption: file.map(|file| file.caption.clone()).unwrap_or_default(),
                extension: file.map(|file| file.extension.clone()).unwrap_or_default(),
                size: file.map_or(0, |file| file.size),
                created_at: document.created.map(|at| at.to_string()),
                attachment_id: file.map(|file| file.id.to_string()),
                here: file.is_some_and(|file| here.contains(&file.id)),
                pending,
            });
        }
        Ok(cards)
    }

    /// Asks for files in the system's dialog; none when the agent closes it.
    ///
    /// # Errors
    /// No open cache.
    pub async fn document_choose(&self, _: Empty) -> Result<Vec<ChosenFile>, Error> {
        self.ready().await?;
        let paths = self.inner.ports.dialogs.choose_files().await;
        self.files_chosen(paths).await
    }

    /// Takes files by their places, in the order given.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn files_chosen(&self, paths: Vec<PathBuf>) -> Result<Vec<ChosenFile>, Error> {
        let open = self.ready().await?;
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            files.push(self.take(&open, path).await?);
        }
        Ok(files)
    }

    /// Tells the window that files are held over it, or no longer.
    pub fn files_over(&self, over: bool) {
        self.tell(DeskEvent::FilesOver(over));
    }

    /// Takes files that were dropped on the window, and tells the window of them.
    ///
    /// # Errors
    /// As [`Desk::files_chosen`].
    pub async fn files_dropped(&self, paths: Vec<PathBuf>) -> Result<(), Error> {
        let files = self.files_chosen(paths).await?;
        self.tell(DeskEvent::Dropped(files));
        Ok(())
    }

    async fn take(&self, open: &Open, path: PathBuf) -> Result<ChosenFile, Error> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let token = uuid::Uuid::new_v4().to_string();
        match examine(&path).await {
            Ok((size, hash, format)) => {
                let duplicate = open.store.outbox_knows_file(&hash).await?;
                let content = Content::Path(path);
                let chosen = Chosen { token: token.clone(), content, name: name.clone(), size, hash, format };
                self.inner.chosen.lock().unwrap_or_else(PoisonError::into_inner).push(chosen);
                Ok(ChosenFile { token, name, size, format: Some(format), problem: None, duplicate })
            }
            Err(error) => {
                let problem = Some(error.problem());
                Ok(ChosenFile { token, name, size: 0, format: None, problem, duplicate: false })
            }
        }
    }

    /// Turns a chosen picture upright, takes its tilt out and makes it smaller. The original stays chosen too.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what is no picture or cannot be read as one, [`Error::FileChanged`], or the cache fails.
    pub async fn document_straighten(&self, file: Id) -> Result<StraightenedFile, Error> {
        let open = self.ready().await?;
        let chosen = self.chosen(&file.id)?;
        let bytes = chosen.bytes().await?;
        let made = apart(move || ::letters::straighten(&bytes)).await?;
        let made = made.map_err(|why| Error::bad("token", format!("it cannot be straightened: {why}")))?;
        let hash = hex::encode(Sha256::digest(&made.jpeg));
        let duplicate = open.store.outbox_knows_file(&hash).await?;
        let straight = Chosen {
            token: uuid::Uuid::new_v4().to_string(),
            name: Path::new(&chosen.name).with_extension("jpg").to_string_lossy().into_owned(),
            size: made.jpeg.len() as u64,
            hash,
            format: FileFormat::Jpeg,
            content: Content::Made(made.jpeg.into()),
        };
        let Chosen { token, name, size, format, .. } = straight.clone();
        self.inner.chosen.lock().unwrap_or_else(PoisonError::into_inner).push(straight);
        let file = ChosenFile { token, name, size, format: Some(format), problem: None, duplicate };
        Ok(StraightenedFile { file, turned: made.turned, tilt: made.tilt })
    }

    /// All bytes of a chosen file, to be looked at.
    pub(crate) async fn chosen_bytes(&self, token: &str) -> Result<Vec<u8>, Error> {
        self.chosen(token)?.bytes().await
    }

    /// Queues a chosen file as a new document; its bytes are kept from now on, whatever becomes of the file.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown type, [`Error::FileChanged`] when the file is no longer what was chosen.
    pub async fn document_add(&self, add: DocumentAdd) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&add.client_id, "clientId")?;
        let chosen = self.chosen(&add.token)?;
        if !TYPES.contains(&add.kind.as_str()) {
            return Err(Error::bad("kind", "choose what the document is"));
        }
        let subkind = add.subkind.filter(|subkind| !subkind.is_empty());
        if let Some(subkind) = &subkind
            && !SUBTYPES.contains(&subkind.as_str())
        {
            return Err(Error::bad("subkind", "choose what the document is, more closely"));
        }
        let file = file_ref(&chosen, add.caption);
        let document = DocumentFile { file, kind: add.kind, subkind };
        let row = self.row(client, Intent::AddDocument(document));
        self.enqueue_chosen(&open, &chosen, row).await
    }

    /// Queues a chosen file in place of a document's.
    ///
    /// # Errors
    /// As [`Desk::document_add`], and a change of this document that waits already.
    pub async fn document_replace(&self, replace: DocumentReplace) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&replace.client_id, "clientId")?;
        let base = self.unchanged_document(&open, client, &replace.id).await?;
        let chosen = self.chosen(&replace.token)?;
        let file = file_ref(&chosen, None);
        let row = self.row(client, Intent::ReplaceDocument { base, file });
        self.enqueue_chosen(&open, &chosen, row).await
    }

    /// Queues the removal of a document.
    ///
    /// # Errors
    /// A change of this document that waits already.
    pub async fn document_remove(&self, document: DocumentRef) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&document.client_id, "clientId")?;
        let base = self.unchanged_document(&open, client, &document.id).await?;
        let row = self.row(client, Intent::DeleteDocument { base });
        one(self.enqueue(&open, vec![row], &[]).await?)
    }

    async fn unchanged_document(&self, open: &Open, client: ClientId, id: &str) -> Result<DocumentBase, Error> {
        let id = DocumentId(id.to_owned());
        let known = open.store.documents_of(client).await?.into_iter().find(|document| document.id == id);
        let Some(known) = known else { return Err(Error::NotFound("document")) };
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        if open.store.outbox(filter).await?.iter().any(|entry| changes(entry, &id)) {
            return Err(Error::Waiting("document"));
        }
        Ok(DocumentBase { document: id, file: known.attachment.map(|file| file.id) })
    }

    fn chosen(&self, token: &str) -> Result<Chosen, Error> {
        let chosen = self.inner.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        let found = chosen.iter().find(|chosen| chosen.token == token).cloned();
        found.ok_or_else(|| Error::bad("token", "choose the file again"))
    }

    /// Queues what may come with a chosen file.
    pub(crate) async fn enqueue_with_chosen(
        &self,
        open: &Arc<Open>,
        client: ClientId,
        token: Option<&str>,
        intent: impl FnOnce(Option<FileRef>) -> Intent,
    ) -> Result<OutboxItem, Error> {
        match token {
            Some(token) => {
                let chosen = self.chosen(token)?;
                let row = self.row(client, intent(Some(file_ref(&chosen, None))));
                self.enqueue_chosen(open, &chosen, row).await
            }
            None => one(self.enqueue(open, vec![self.row(client, intent(None))], &[]).await?),
        }
    }

    /// Copies a chosen file into the cache, piece by piece, and queues its row in the same transaction.
    async fn enqueue_chosen(
        &self,
        open: &Arc<Open>,
        chosen: &Chosen,
        row: domain::outbox::OutboxRow,
    ) -> Result<OutboxItem, Error> {
        let (path, mut file): (PathBuf, Pin<Box<dyn AsyncRead + Send>>) = match &chosen.content {
            Content::Made(bytes) => (PathBuf::new(), Box::pin(std::io::Cursor::new(Arc::clone(bytes)))),
            Content::Path(path) => {
                let file = tokio::fs::File::open(path).await;
                let file = file.map_err(|source| Error::Unreadable { path: path.clone(), source })?;
                (path.clone(), Box::pin(file))
            }
        };
        let unreadable = |source| Error::Unreadable { path: path.clone(), source };
        let mut hash = Sha256::new();
        let mut write = open.store.write().await?;
        for position in 0_u32.. {
            let mut piece = Vec::with_capacity(PIECE);
            (&mut file).take(PIECE as u64).read_to_end(&mut piece).await.map_err(unreadable)?;
            if piece.is_empty() {
                break;
            }
            hash.update(&piece);
            write.keep_outbox_piece(&chosen.hash, position, &piece).await?;
        }
        if hex::encode(hash.finalize()) != chosen.hash {
            // Dropping the transaction drops the pieces.
            return Err(Error::FileChanged(chosen.name.clone()));
        }
        let entry = OutboxEntry::Row(Box::new(row.clone()));
        write.enqueue(&[row]).await?;
        write.commit().await?;
        self.queued(open).await;
        self.item(open, &entry).await
    }
}

/// Documented types (API: Client Documents).
const TYPES: [&str; 4] = ["id", "credit_related", "fixed_income_verification", "other"];

/// Documented subtypes.
const SUBTYPES: [&str; 13] = [
    "drive_licence",
    "bank_or_credit_union_statement",
    "canceled_check",
    "government_issued_id",
    "signed_letter_from_homeless_shelter",
    "stamped_post_office_box_receipt",
    "utility_bills",
    "pay_stub",
    "other",
    "transunion",
    "equifax",
    "experian",
    "creditor",
];

/// Size, SHA-256 and format of a file.
async fn examine(path: &Path) -> Result<(u64, String, FileFormat), Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    let mut file = tokio::fs::File::open(path).await.map_err(unreadable)?;
    let size = file.metadata().await.map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(Error::FileTooLarge(LARGEST));
    }
    let mut hash = Sha256::new();
    let mut start = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece).await.map_err(unreadable)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        if start.len() < START {
            start.extend_from_slice(bytes);
        }
        hash.update(bytes);
    }
    let format = format(&start).ok_or(Error::FileFormat)?;
    Ok((size, hex::encode(hash.finalize()), format))
}

/// Bytes of a file's start that its format is read from.
const START: usize = 4096;

/// What a file is, by its content.
pub(crate) fn format(bytes: &[u8]) -> Option<FileFormat> {
    let start = bytes.get(..START.min(bytes.len())).unwrap_or_default();
    let has = |text: &[u8]| start.windows(text.len()).any(|part| part == text);
    match start {
        [0xff, 0xd8, 0xff, ..] => Some(FileFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(FileFormat::Png),
        // A PDF may have a little before its head.
        _ if start.get(..1024.min(start.len())).is_some_and(|head| head.windows(5).any(|part| part == b"%PDF-")) => {
            Some(FileFormat::Pdf)
        }
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(FileFormat::Doc),
        [b'P', b'K', 3, 4, ..] if has(b"word/") || has(b"[Content_Types].xml") => Some(FileFormat::Docx),
        _ => None,
    }
}

/// A format's media type, and what a file's name ends with.
pub(crate) fn media_type(format: FileFormat) -> (&'static str, &'static str) {
    match format {
        FileFormat::Jpeg => ("image/jpeg", "jpg"),
        FileFormat::Png => ("image/png", "png"),
        FileFormat::Pdf => ("application/pdf", "pdf"),
        FileFormat::Doc => ("application/msword", "doc"),
        FileFormat::Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    }
}

/// The file as the portal is told of it. The name is a plain one: an agent's may name the client.
fn file_ref(chosen: &Chosen, caption: Option<String>) -> FileRef {
    let (kind, ending) = media_type(chosen.format);
    FileRef {
        hash: chosen.hash.clone(),
        name: format!("document.{ending}"),
        kind: kind.to_owned(),
        size: chosen.size,
        caption: caption.map(|caption| caption.trim().to_owned()).filter(|caption| !caption.is_empty()),
    }
}

fn changes(entry: &OutboxEntry, id: &DocumentId) -> bool {
    match entry {
        OutboxEntry::Row(row) => match &row.intent {
            Intent::ReplaceDocument { base, .. } | Intent::DeleteDocument { base } => base.document == *id,
            _ => false,
        },
        OutboxEntry::Parked(_) => false,
    }
}

/// A document that does not exist on the portal yet.
fn new_card(entry: &OutboxEntry, item: &OutboxItem) -> Option<DocumentCard> {
    let OutboxEntry::Row(row) = entry else { return None };
    let (Intent::AddDocument(document) | Intent::FileLetter { document, .. }) = &row.intent else { return None };
    let extension = document.file.name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default();
    Some(DocumentCard {
        id: None,
        kind: document.kind.clone(),
        subkind: document.subkind.clone().unwrap_or_default(),
        caption: document.file.caption.clone().unwrap_or_default(),
        extension,
        size: document.file.size,
        created_at: Some(item.created_at.clone()),
        attachment_id: None,
        here: true,
        pending: Some(item.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        for (start, expected) in [
            (&b"\xff\xd8\xff\xe0JFIF"[..], Some(FileFormat::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(FileFormat::Png)),
            (b"%PDF-1.7", Some(FileFormat::Pdf)),
            (b"\n\n%PDF-1.4", Some(FileFormat::Pdf)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Some(FileFormat::Doc)),
            (b"PK\x03\x04....[Content_Types].xml", Some(FileFormat::Docx)),
            (b"PK\x03\x04....photos/", None),
            (b"<html>%PDF", None),
            (b"MZ\x90", None),
            (b"", None),
        ] {
            assert_eq!(format(start), expected, "{:?}", String::from_utf8_lossy(start));
        }
    }

    #[test]
    fn the_portal_is_told_a_plain_name() {
        let chosen = Chosen {
            token: "t".into(),
            content: Content::Path("/x/Jane Roe passport.JPG".into()),
            name: "Jane Roe passport.JPG".into(),
            size: 5,
            hash: "h".into(),
            format: FileFormat::Jpeg,
        };
        let file = file_ref(&chosen, Some("  ".into()));
        assert_eq!((file.name.as_str(), file.kind.as_str(), file.caption), ("document.jpg", "image/jpeg", None));
    }
}
