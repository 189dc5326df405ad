//! What a letter encloses: documents of the client's, whose files are brought here once and kept.

use crate::contract::FileFormat;
use crate::desk::Open;
use crate::documents::format;
use crate::{Desk, Error};
use domain::{ClientId, Document, DocumentId};
use std::sync::Arc;
use store::KeptEnclosure;

/// The largest file that a letter encloses, bytes. Larger ones are scans that nobody mails.
const LARGEST: usize = 20 * 1024 * 1024;

/// A document ready to be enclosed.
pub(crate) struct Enclosed {
    pub(crate) kept: KeptEnclosure,
    pub(crate) bytes: Vec<u8>,
}

impl Desk {
    /// Documents to enclose, in the order given; files that are not here are fetched from the portal.
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
            let document = documents.iter().find(|document| document.id == id).ok_or(Error::NotFound("document"))?;
            let name = name(document);
            let because = |why: &str| Error::Enclosure(format!("{name} cannot be enclosed: {why}"));
            let file = document.attachment.as_ref().ok_or_else(|| because("the portal has no file of it"))?;
            if file.size > LARGEST as u64 {
                return Err(because(&format!("its file is larger than {} MB", LARGEST / 1024 / 1024)));
            }
            let bytes = match self.stored_file(open, file.id, LARGEST).await {
                Ok(bytes) => bytes,
                Err(Error::Portal(error)) => {
                    return Err(because(&format!("its file is not on this computer, and the portal says: {error}")));
                }
                Err(error @ Error::TooLargeToOpen(_)) => return Err(because(&error.to_string())),
                Err(error) => return Err(error),
            };
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
}

/// What a document is, for readers of a letter and of its record: its subtype, else its type.
fn name(document: &Document) -> String {
    let code = match document.subkind.as_str() {
        "" | "other" => document.kind.as_str(),
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
