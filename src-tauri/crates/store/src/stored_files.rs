//! The portal's stored files that were brought here, so that they can be enclosed and shown without a network.

use crate::letters::stamp;
use crate::{Store, StoreError, Write};
use domain::AttachmentId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashSet;

impl Store {
    /// A stored file's bytes, as they came; `None` when it was not brought here.
    ///
    /// # Errors
    /// As every query; [`StoreError::Unreadable`] for bytes that are no longer what came.
    pub async fn stored_file(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>, String)> =
            sqlx::query_as("SELECT bytes, hash FROM stored_files WHERE attachment_id = ?1")
                .bind(id.0)
                .fetch_optional(&self.readers)
                .await?;
        let Some((bytes, hash)) = found else { return Ok(None) };
        if hex::encode(Sha256::digest(&bytes)) != hash {
            return Err(StoreError::Unreadable("stored_files.bytes"));
        }
        Ok(Some(bytes))
    }
}

impl Store {
    /// Which of these stored files are here.
    ///
    /// # Errors
    /// As every query.
    pub async fn stored_files_here(&self, files: &[AttachmentId]) -> Result<HashSet<AttachmentId>, StoreError> {
        if files.is_empty() {
            return Ok(HashSet::new());
        }
        let keys: Vec<String> = files.iter().map(ToString::to_string).collect();
        let here: Vec<i64> = sqlx::query_scalar(
            "SELECT attachment_id FROM stored_files WHERE attachment_id IN (SELECT value FROM json_each(?1))",
        )
        .bind(format!("[{}]", keys.join(",")))
        .fetch_all(&self.readers)
        .await?;
        Ok(here.into_iter().map(AttachmentId).collect())
    }
}

impl Write {
    /// Says which stored files templates and snippets show: these are kept.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_library_files(&mut self, files: &[AttachmentId]) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM library_files").execute(&mut *self.tx).await?;
        for file in files {
            sqlx::query("INSERT OR IGNORE INTO library_files (attachment_id) VALUES (?1)")
                .bind(file.0)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Keeps a stored file, and drops those that no document, no agreement, no piece of correspondence and no template has
    /// any more. A stored file never changes on the portal: a replaced document has another one.
    ///
    /// # Errors
    /// As every query.
    pub async fn keep_stored_file(&mut self, id: AttachmentId, bytes: &[u8], now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM stored_files WHERE attachment_id NOT IN
             (SELECT attachment_id FROM documents WHERE attachment_id IS NOT NULL)
             AND attachment_id NOT IN (SELECT attachment_id FROM library_files)
             AND attachment_id NOT IN
             (SELECT attachment_id FROM agreements WHERE attachment_id IS NOT NULL)
             AND attachment_id NOT IN
             (SELECT json_extract(file.value, '$.id') FROM correspondences, json_each(correspondences.attachments) AS file)",
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "INSERT INTO stored_files (attachment_id, hash, bytes, kept) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (attachment_id) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes, kept = excluded.kept",
        )
        .bind(id.0)
        .bind(hex::encode(Sha256::digest(bytes)))
        .bind(bytes)
        .bind(stamp(now))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
