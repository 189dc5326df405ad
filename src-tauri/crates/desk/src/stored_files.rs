//! Files opened in the window: fetched once, kept encrypted from then on, and judged by their bytes, not by their names.
//!
//! A file of the portal's is fetched when an agent opens it, or a letter encloses it, and never only for its thumbnail.
//! Copies leave this place raw; nothing of them is written in clear, except where an agent saves one.

use crate::contract::{
    DeskEvent, Empty, FetchProgress, FileFormat, FileOpen, FileSave, FileSource, Id, LetterSaved, OpenedFile, Topic,
};
use crate::desk::Open;
use crate::documents::{format, media_type};
use crate::outbox::entry;
use crate::printing::{file_text, write_whole};
use crate::{Desk, Error};
use domain::AttachmentId;
use futures::TryStreamExt;
use portal_api::ApiError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{OutboxEntry, StoreError};
use tokio_util::sync::CancellationToken;

/// The largest file that is opened, bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// A fetch is told of this often at most.
const TELL_EVERY: Duration = Duration::from_millis(150);

/// Dots across and down a thumbnail, twice as fine as it is shown.
const THUMBNAIL: u32 = 112;

/// Thumbnails that are kept in memory; past this, all are let go.
const MOST_THUMBNAILS: usize = 512;

/// Endings that a copy may have although its content is of no known kind: what agents receive, and nothing that runs.
const HARMLESS: [&str; 12] = ["bmp", "csv", "gif", "heic", "heif", "msg", "rtf", "tif", "tiff", "txt", "webp", "xlsx"];

/// Small pictures of files of an open cache: in memory alone, and gone with it.
#[derive(Default)]
pub(crate) struct Thumbnails {
    /// By file; empty for one that cannot be drawn.
    drawn: Mutex<HashMap<FileSource, Arc<[u8]>>>,
    /// One is drawn at a time: a list asks for many at once.
    turn: tokio::sync::Mutex<()>,
}

/// Files that are being fetched, each with what stops it.
#[derive(Default)]
pub(crate) struct Fetches {
    under_way: Vec<(u64, AttachmentId, CancellationToken)>,
    next: u64,
}

/// A fetch for as long as it lasts.
struct Fetch<'a> {
    desk: &'a Desk,
    number: u64,
    stop: CancellationToken,
}

impl<'a> Fetch<'a> {
    fn begin(desk: &'a Desk, id: AttachmentId) -> Self {
        let mut fetches = desk.fetches();
        let (number, stop) = (fetches.next, CancellationToken::new());
        fetches.next += 1;
        fetches.under_way.push((number, id, stop.clone()));
        drop(fetches);
        Self { desk, number, stop }
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        self.desk.fetches().under_way.retain(|(number, ..)| *number != self.number);
    }
}

impl Desk {
    /// Brings a file to this computer, unless it is here, and says what it is.
    ///
    /// # Errors
    /// [`Error::Opening`] says why the portal did not give it, [`Error::Cancelled`], [`Error::TooLargeToOpen`], and
    /// [`Error::FileDamaged`] where the copy here is, and no other can be had.
    pub async fn file_open(&self, ask: FileOpen) -> Result<OpenedFile, Error> {
        let open = self.ready().await?;
        let bytes = match &ask.file {
            FileSource::Stored { id } if ask.again => {
                let bytes = self.fetch(&open, attachment(id)?, LARGEST).await.map_err(opening)?;
                open.thumbnails.drawn.lock().unwrap_or_else(PoisonError::into_inner).remove(&ask.file);
                bytes
            }
            file => self.file(&open, file).await?,
        };
        let format = format(&bytes);
        let size = bytes.len() as u64;
        let refused = match format {
            Some(FileFormat::Pdf | FileFormat::Jpeg | FileFormat::Png) => {
                apart(move || ::letters::can_be_shown(&bytes).err().map(|why| why.to_string())).await?
            }
            Some(FileFormat::Doc | FileFormat::Docx) | None => None,
        };
        Ok(OpenedFile { format, size, refused })
    }

    /// A file's bytes, as they are; those of one that is not here are brought here.
    ///
    /// # Errors
    /// As [`Desk::file_open`], which also says whether they may be shown.
    pub async fn file_bytes(&self, file: &FileSource) -> Result<Vec<u8>, Error> {
        let open = self.ready().await?;
        self.file(&open, file).await
    }

    /// Stops bringing a file of the portal; whoever waits for it is told.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn file_cancel(&self, file: Id) -> Result<Empty, Error> {
        for (_, id, stop) in &self.fetches().under_way {
            if id.to_string() == file.id {
                stop.cancel();
            }
        }
        Ok(Empty {})
    }

    /// Asks where, and saves a copy. Its suggested name says what the file is by its content, and nothing of the client.
    ///
    /// # Errors
    /// As [`Desk::file_open`], and [`Error::File`].
    pub async fn file_save(&self, save: FileSave) -> Result<LetterSaved, Error> {
        let open = self.ready().await?;
        let bytes = self.file(&open, &save.file).await?;
        let name = copy_name(format(&bytes), &save.extension);
        match self.inner.ports.dialogs.save_file(&name).await {
            Some(target) => {
                write_whole(target.clone(), bytes).await?;
                Ok(LetterSaved { files: vec![file_text(&target)] })
            }
            None => Ok(LetterSaved { files: Vec::new() }),
        }
    }

    /// A file drawn small, as PNG; nothing for one that is not on this computer, or that cannot be drawn.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn file_thumbnail(&self, file: &FileSource) -> Result<Vec<u8>, Error> {
        let open = self.ready().await?;
        let kept = || open.thumbnails.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
        if let Some(drawn) = kept() {
            return Ok(drawn.to_vec());
        }
        let _turn = open.thumbnails.turn.lock().await;
        if let Some(drawn) = kept() {
            return Ok(drawn.to_vec());
        }
        let bytes = match file {
            FileSource::Stored { id } => match open.store.stored_file(attachment(id)?).await {
                Ok(Some(bytes)) => bytes,
                // It may be here the next time.
                Ok(None) | Err(StoreError::Unreadable(_)) => return Ok(Vec::new()),
                Err(error) => return Err(error.into()),
            },
            FileSource::Waiting { id } => waiting(&open, id).await?,
            FileSource::Chosen { id } => self.chosen_bytes(id).await?,
        };
        let drawn = apart(move || ::letters::thumbnail(&bytes, THUMBNAIL).unwrap_or_default()).await?;
        let mut all = open.thumbnails.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_THUMBNAILS {
            all.clear();
        }
        all.insert(file.clone(), drawn.as_slice().into());
        Ok(drawn)
    }

    async fn file(&self, open: &Arc<Open>, file: &FileSource) -> Result<Vec<u8>, Error> {
        match file {
            FileSource::Stored { id } => self.stored_file(open, attachment(id)?, LARGEST).await.map_err(opening),
            FileSource::Waiting { id } => waiting(open, id).await,
            FileSource::Chosen { id } => self.chosen_bytes(id).await,
        }
    }

    /// A stored file of the portal: from the cache, else fetched and kept there. A damaged copy is fetched anew.
    ///
    /// # Errors
    /// The portal, [`Error::Cancelled`], [`Error::TooLargeToOpen`], [`Error::FileDamaged`], or the cache fails.
    pub(crate) async fn stored_file(&self, open: &Arc<Open>, id: AttachmentId, most: usize) -> Result<Vec<u8>, Error> {
        match open.store.stored_file(id).await {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => self.fetch(open, id, most).await,
            Err(StoreError::Unreadable(_)) => self.fetch(open, id, most).await.map_err(|error| match error {
                Error::Portal(ApiError::Unreachable { .. }) => Error::FileDamaged,
                other => other,
            }),
            Err(error) => Err(error.into()),
        }
    }

    async fn fetch(&self, open: &Arc<Open>, id: AttachmentId, most: usize) -> Result<Vec<u8>, Error> {
        let fetch = Fetch::begin(self, id);
        let bytes = tokio::select! {
            biased;
            () = fetch.stop.cancelled() => return Err(Error::Cancelled),
            () = open.closing.cancelled() => return Err(Error::Cancelled),
            bytes = self.download(open, id, most) => bytes?,
        };
        let mut write = open.store.write().await?;
        write.keep_stored_file(id, &bytes, self.inner.ports.clock.now()).await?;
        write.commit().await?;
        self.changed(&[Topic::Documents, Topic::Correspondence]);
        Ok(bytes)
    }

    async fn download(&self, open: &Arc<Open>, id: AttachmentId, most: usize) -> Result<Vec<u8>, Error> {
        let portal = self.connected(open).await?;
        let download = portal.download_attachment(id).await?;
        let total = download.length();
        let tell = |received: usize| {
            self.tell(DeskEvent::Fetch(FetchProgress { id: id.to_string(), received: received as u64, total }));
        };
        if total.is_some_and(|total| total > most as u64) {
            return Err(Error::TooLargeToOpen(most));
        }
        let mut pieces = std::pin::pin!(download.pieces());
        let (mut bytes, mut told): (Vec<u8>, Option<Instant>) = (Vec::new(), None);
        while let Some(piece) = pieces.try_next().await? {
            if bytes.len() + piece.len() > most {
                return Err(Error::TooLargeToOpen(most));
            }
            bytes.extend_from_slice(&piece);
            if told.is_none_or(|at| at.elapsed() >= TELL_EVERY) {
                told = Some(Instant::now());
                tell(bytes.len());
            }
        }
        Ok(bytes)
    }

    fn fetches(&self) -> std::sync::MutexGuard<'_, Fetches> {
        self.inner.fetches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file of a row that waits, held against its hash.
pub(crate) async fn waiting(open: &Open, id: &str) -> Result<Vec<u8>, Error> {
    let OutboxEntry::Row(row) = entry(open, id).await? else { return Err(Error::NotFound("file")) };
    let file = row.intent.file().ok_or(Error::NotFound("file"))?;
    let (mut bytes, mut position) = (Vec::new(), 0);
    while let Some(piece) = open.store.outbox_piece(&file.hash, position).await? {
        if bytes.len() + piece.len() > LARGEST {
            return Err(Error::TooLargeToOpen(LARGEST));
        }
        bytes.extend_from_slice(&piece);
        position += 1;
    }
    if position == 0 {
        // The row went through meanwhile, and the portal has the file.
        return Err(Error::NotFound("file"));
    }
    if crate::letters::digest(&bytes) != file.hash {
        return Err(Error::WaitingFileDamaged);
    }
    Ok(bytes)
}

/// The portal's refusal, as one of a file.
fn opening(error: Error) -> Error {
    match error {
        Error::Portal(error) => Error::Opening(error),
        other => other,
    }
}

fn attachment(id: &str) -> Result<AttachmentId, Error> {
    id.parse().map_err(|_| Error::bad("id", "not the id of a file"))
}

/// What a copy is called: by its content, else by an ending that is known to run nothing.
fn copy_name(format: Option<FileFormat>, extension: &str) -> String {
    let extension = extension.to_ascii_lowercase();
    let ending = match format {
        Some(format) => media_type(format).1,
        None => HARMLESS.iter().copied().find(|known| *known == extension).unwrap_or("bin"),
    };
    format!("Document.{ending}")
}

/// Looks at bytes off the threads that serve others.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_by_its_content_and_never_so_that_it_runs() {
        assert_eq!(copy_name(Some(FileFormat::Pdf), "png"), "Document.pdf");
        assert_eq!(copy_name(Some(FileFormat::Jpeg), "jpeg"), "Document.jpg");
        assert_eq!(copy_name(None, "HEIC"), "Document.heic");
        assert_eq!(copy_name(None, "exe"), "Document.bin");
        assert_eq!(copy_name(None, "html"), "Document.bin");
        assert_eq!(copy_name(None, "../x"), "Document.bin");
    }
}
