//! Internal notes.

use crate::columns::{count, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, Note};

impl Store {
    /// How many notes a client has.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_notes(&self, client: ClientId) -> Result<u32, StoreError> {
        let notes: i64 = sqlx::query_scalar("SELECT count(*) FROM notes WHERE client_id = ?1")
            .bind(client.0)
            .fetch_one(&self.readers)
            .await?;
        Ok(count(notes))
    }
}

impl Write {
    /// Inserts or replaces notes.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_notes(&mut self, notes: &[Sent<Note>], walk: i64) -> Result<(), StoreError> {
        put!(self, notes, walk, "notes"("id", "client_id", "text", "author", "created"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(row.value.client.0)
                .push_bind(&row.value.text)
                .push_bind(&row.value.author)
                .push_bind(row.value.created.map(|at| at.to_string()))
        });
        Ok(())
    }
}
