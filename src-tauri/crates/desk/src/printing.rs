//! Saving letters, and what printing shares with it.

use crate::contract::{HeldLetter, LetterSave, LetterSaved, LettersSaved, SaveLayout};
use crate::desk::Open;
use crate::gate::refusal;
use crate::letters::Work;
use crate::{Desk, Error};
use domain::gate::Medium;
use domain::{LetterId, LetterState, RecipientKind};
use std::path::{Path, PathBuf};
use store::LetterRecord;

impl Desk {
    /// Asks where, and saves letters as PDF; those that the gate holds are left out and named.
    ///
    /// # Errors
    /// An unknown or discarded letter, [`Error::Held`] when the gate holds all of them, or [`Error::File`].
    pub async fn letter_save(&self, save: LetterSave) -> Result<LettersSaved, Error> {
        let open = self.ready().await?;
        let mut letters = chosen(&open, &save.ids).await?;
        // Before the dialog: a name is not asked for what may not go out.
        let held = self.held(&open, &letters, Medium::Paper).await?;
        if let Some(refusal) = refusal(&held, letters.len()).filter(|_| held.len() == letters.len()) {
            return Err(refusal);
        }
        let held: Vec<HeldLetter> =
            held.into_iter().map(|(record, why)| HeldLetter { id: record.letter.id.to_string(), why }).collect();
        letters.retain(|record| held.iter().all(|held| held.id != record.letter.id.0));
        let dialogs = &self.inner.ports.dialogs;
        let target = match (save.layout, letters.as_slice()) {
            (SaveLayout::Merged, [one]) => dialogs.save_file(&file_name(one, 1)).await,
            (SaveLayout::Merged, _) => dialogs.save_file("Letters.pdf").await,
            (SaveLayout::Separate, _) => dialogs.choose_folder().await,
        };
        match target {
            Some(target) => {
                let LetterSaved { files } = self.export(&open, &letters, save.layout, &target).await?;
                Ok(LettersSaved { files, held })
            }
            None => Ok(LettersSaved { files: Vec::new(), held: Vec::new() }),
        }
    }

    /// Saves letters at a known place: a file for [`SaveLayout::Merged`], a folder for [`SaveLayout::Separate`].
    /// File names say the recipient, never the client.
    ///
    /// # Errors
    /// An unknown or discarded letter, [`Error::Held`] when the gate holds any of them, or [`Error::File`]; a file is written
    /// whole or not at all.
    pub async fn letter_export(&self, ids: &[String], layout: SaveLayout, target: &Path) -> Result<LetterSaved, Error> {
        let open = self.ready().await?;
        let letters = chosen(&open, ids).await?;
        self.gate(&open, &letters, Medium::Paper).await?;
        self.export(&open, &letters, layout, target).await
    }

    /// Writes letters that may go out.
    async fn export(
        &self,
        open: &Open,
        letters: &[LetterRecord],
        layout: SaveLayout,
        target: &Path,
    ) -> Result<LetterSaved, Error> {
        let work = self.work_on(letters.len())?;
        let mut written = Vec::new();
        let outcome = match layout {
            SaveLayout::Merged => write_merged(open, &work, letters, target, &mut written).await,
            SaveLayout::Separate => write_separate(open, &work, letters, target, &mut written).await,
        };
        if let Err(error) = outcome {
            for path in written {
                // What was written of it is whole; of a part, the agent would not know which.
                let _ = tokio::fs::remove_file(path).await;
            }
            return Err(error);
        }
        let files = written.iter().map(|path| file_text(path)).collect();
        let now = self.inner.ports.clock.now();
        let mut write = open.store.write().await?;
        for record in letters {
            write.mark_letter_saved(&record.letter.id, now).await?;
        }
        write.commit().await?;
        Ok(LetterSaved { files })
    }

    /// A letter's PDF.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn letter_pdf(&self, id: &str) -> Result<Vec<u8>, Error> {
        let open = self.ready().await?;
        open.store.letter_pdf(&LetterId(id.to_owned())).await?.ok_or(Error::NotFound("letter"))
    }
}

/// The letters to put out, in the order given.
pub(crate) async fn chosen(open: &Open, ids: &[String]) -> Result<Vec<LetterRecord>, Error> {
    if ids.is_empty() {
        return Err(Error::bad("ids", "choose at least one letter"));
    }
    let mut letters = Vec::with_capacity(ids.len());
    for id in ids {
        let record = open.store.letter(&LetterId(id.clone())).await?.ok_or(Error::NotFound("letter"))?;
        if record.letter.state == LetterState::Discarded {
            return Err(Error::LetterState(LetterState::Discarded, "restore it before printing or saving it"));
        }
        letters.push(record);
    }
    Ok(letters)
}

pub(crate) async fn bytes(open: &Open, record: &LetterRecord) -> Result<Vec<u8>, Error> {
    open.store.letter_pdf(&record.letter.id).await?.ok_or(Error::NotFound("letter"))
}

async fn write_merged(
    open: &Open,
    work: &Work<'_>,
    letters: &[LetterRecord],
    target: &Path,
    written: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let pdf = merged(open, work, letters).await?;
    work.done(u32::try_from(letters.len()).unwrap_or(u32::MAX))?;
    write_whole(target.to_owned(), pdf).await?;
    written.push(target.to_owned());
    Ok(())
}

async fn write_separate(
    open: &Open,
    work: &Work<'_>,
    letters: &[LetterRecord],
    folder: &Path,
    written: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let made = tokio::fs::create_dir_all(folder).await;
    made.map_err(|source| Error::File { path: folder.to_owned(), source })?;
    for (number, record) in (1..).zip(letters) {
        work.done(number - 1)?;
        let path = free_name(folder, &file_name(record, number));
        write_whole(path.clone(), bytes(open, record).await?).await?;
        written.push(path);
    }
    Ok(())
}

async fn merged(open: &Open, work: &Work<'_>, letters: &[LetterRecord]) -> Result<Vec<u8>, Error> {
    let mut pdfs = Vec::with_capacity(letters.len());
    for (number, record) in (0..).zip(letters) {
        work.done(number)?;
        pdfs.push(bytes(open, record).await?);
    }
    if let [_] = pdfs.as_slice()
        && let Some(only) = pdfs.pop()
    {
        return Ok(only);
    }
    let merged = tokio::task::spawn_blocking(move || {
        let parts: Vec<&[u8]> = pdfs.iter().map(Vec::as_slice).collect();
        ::letters::merge(&parts)
    });
    Ok(merged.await.map_err(|error| Error::Internal(error.to_string()))??)
}

/// A path as the agent reads it.
pub(crate) fn file_text(path: &Path) -> String {
    path.display().to_string()
}

/// `Letter 01 Equifax.pdf`: the recipient is a company; the client is never named.
fn file_name(record: &LetterRecord, number: u32) -> String {
    let recipient = match record.letter.recipient.kind {
        RecipientKind::Bureau(bureau) => bureau.to_string(),
        RecipientKind::Furnisher(_) | RecipientKind::Addressee(_) => record
            .letter
            .recipient
            .name
            .chars()
            .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '&') { c } else { ' ' })
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    };
    format!("Letter {number:02} {recipient}.pdf")
}

/// A path in the folder that no file has yet: `name`, else `name (2)`, `name (3)`, ...
fn free_name(folder: &Path, name: &str) -> PathBuf {
    let stem = name.strip_suffix(".pdf").unwrap_or(name);
    let mut path = folder.join(name);
    let mut copy = 2;
    while path.exists() {
        path = folder.join(format!("{stem} ({copy}).pdf"));
        copy += 1;
    }
    path
}

/// Writes a file whole or not at all.
pub(crate) async fn write_whole(path: PathBuf, bytes: Vec<u8>) -> Result<(), Error> {
    let target = path.clone();
    let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".letter-").suffix(".part").tempfile_in(folder)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    });
    written.await.map_err(|error| Error::Internal(error.to_string()))?.map_err(|source| Error::File { path, source })
}
