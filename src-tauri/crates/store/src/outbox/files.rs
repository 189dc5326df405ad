//! The bytes that wait to be sent, in pieces: a long scan is never whole in memory.

use crate::{Store, StoreError, Write};
use sha2::{Digest, Sha256};

/// Bytes of a piece; the last of a file may be shorter.
pub const PIECE: usize = 512 * 1024;

impl Store {
    /// A piece of a file, counted from 0; `None` after the last.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_piece(&self, hash: &str, position: u32) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(sqlx::query_scalar("SELECT bytes FROM outbox_pieces WHERE hash = ?1 AND position = ?2")
            .bind(hash)
            .bind(position)
            .fetch_optional(&self.readers)
            .await?)
    }

    /// Whether a file's pieces still are what its SHA-256 was taken of.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_file_is_whole(&self, hash: &str) -> Result<bool, StoreError> {
        let mut digest = Sha256::new();
        let mut position = 0;
        while let Some(piece) = self.outbox_piece(hash, position).await? {
            digest.update(&piece);
            position += 1;
        }
        Ok(hex::encode(digest.finalize()) == hash)
    }

    /// Whether a file waits in the outbox, or went through it.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_knows_file(&self, hash: &str) -> Result<bool, StoreError> {
        let rows: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM outbox WHERE file_hash = ?1 AND state <> 'cancelled' AND kind <> 'fax'",
        )
        .bind(hash)
        .fetch_one(&self.readers)
        .await?;
        Ok(rows > 0)
    }
}

impl Write {
    /// Keeps a file whole, unless it is kept already. The row that needs it is queued in the same transaction.
    ///
    /// # Errors
    /// As every query.
    pub async fn keep_outbox_file(&mut self, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        for (position, piece) in (0_u32..).zip(bytes.chunks(PIECE)) {
            self.keep_outbox_piece(hash, position, piece).await?;
        }
        Ok(())
    }

    /// Keeps a piece of a file, unless it is kept already.
    ///
    /// # Errors
    /// As every query.
    pub async fn keep_outbox_piece(&mut self, hash: &str, position: u32, bytes: &[u8]) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO outbox_pieces (hash, position, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
            .bind(hash)
            .bind(position)
            .bind(bytes)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a file that no waiting row needs.
    pub(super) async fn drop_unneeded_file(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM outbox_pieces WHERE hash = ?1
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE file_hash = ?1 AND NOT over)",
        )
        .bind(hash)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
