//! What a letter encloses: documents of the client's, whose files are brought here once and kept.

use crate::contract::FileFormat;
use crate::desk::Open;
use crate::documents::format;
use crate::stored_files::waiting;
use crate::{Desk, Error};
use domain::outbox::Intent;
use domain::{ClientId, Document, DocumentId, IntentId};
use std::sync::Arc;
use store::{KeptEnclosure, OutboxEntry};

/// The largest file that a letter encloses, bytes. Larger ones are scans that nobody mails.
const LARGEST: usize = 20 * 1024 * 1024;

/// A document ready to be enclosed.
pub(crate) struct Enclosed {
    pub(crate) kept: KeptEnclosure,
    pub(crate) bytes: Vec<u8>,
}

impl Desk {
    /// Documents to enclose, in the order given; files that are not here are fetched from the portal. One that still waits
    /// to be filed is named by its row of the outbox.
    ///
    /// # Errors
    /// [`Error::Enclosure`] for a document that cannot be enclosed, or whose file is not here while the portal cannot be
    /// reached.
    pub(crate) async fn enclosures(
        &self,
        open: &Arc<Open>,
        client: ClientId,
        ids: &[String],
    ) -> Result<Vec<Enclosed>, Error> {
        let mut enclosed: Vec<Enclosed> = Vec::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(enclosed);
        }
        let documents = open.store.documents_of(client).await?;
        for id in ids {
            let id = DocumentId(id.clone());
            if enclosed.iter().any(|other| other.kept.document == id) {
                continue;
            }
            let (name, bytes) = match documents.iter().find(|document| document.id == id) {
                Some(document) => (name(&document.kind, &document.subkind), self.filed(open, document).await?),
                None => waiting_document(open, client, &id).await?,
            };
            let because = |why: &str| Error::Enclosure(format!("{name} cannot be enclosed: {why}"));
            if !matches!(format(&bytes), Some(FileFormat::Jpeg | FileFormat::Png | FileFormat::Pdf)) {
                return Err(because("only PDF, JPEG and PNG files can be; add it as one of these"));
            }
            enclosed.push(Enclosed {
                kept: KeptEnclosure { document: id, name, hash: crate::letters::digest(&bytes) },
                bytes,
            });
        }
        Ok(enclosed)
    }

    /// The file of a document that the portal has.
    async fn filed(&self, open: &Arc<Open>, document: &Document) -> Result<Vec<u8>, Error> {
        let name = name(&document.kind, &document.subkind);
        let because = |why: &str| Error::Enclosure(format!("{name} cannot be enclosed: {why}"));
        let file = document.attachment.as_ref().ok_or_else(|| because("the portal has no file of it"))?;
        if file.size > LARGEST as u64 {
            return Err(because(&too_large()));
        }
        self.stored_file(open, file.id, LARGEST).await.map_err(|error| match error {
            Error::Portal(error) => because(&format!("its file is not on this computer, and the portal says: {error}")),
            Error::TooLargeToOpen(_) => because(&error.to_string()),
            other => other,
        })
    }
}

/// A document that still waits in the outbox: its name and its file.
async fn waiting_document(open: &Open, client: ClientId, id: &DocumentId) -> Result<(String, Vec<u8>), Error> {
    let entry = open.store.outbox_row(&IntentId(id.0.clone())).await?;
    let Some(OutboxEntry::Row(row)) = entry else { return Err(Error::NotFound("document")) };
    let Intent::AddDocument(document) = &row.intent else { return Err(Error::NotFound("document")) };
    if row.client != client {
        return Err(Error::NotFound("document"));
    }
    let name = name(&document.kind, document.subkind.as_deref().unwrap_or_default());
    if document.file.size > LARGEST as u64 {
        return Err(Error::Enclosure(format!("{name} cannot be enclosed: {}", too_large())));
    }
    Ok((name, waiting(open, &id.0).await?))
}

fn too_large() -> String {
    format!("its file is larger than {} MB", LARGEST / 1024 / 1024)
}

/// What a document is, for readers of a letter and of its record: its subtype, else its type.
fn name(kind: &str, subkind: &str) -> String {
    let code = match subkind {
        "" | "other" => kind,
        subkind => subkind,
    };
    match code {
        "id" => "ID".to_owned(),
        "drive_licence" => "Driver license".to_owned(),
        "government_issued_id" => "Government-issued ID".to_owned(),
        "" | "other" => "Document".to_owned(),
        other => {
            let words = other.replace('_', " ");
            let mut letters = words.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}
