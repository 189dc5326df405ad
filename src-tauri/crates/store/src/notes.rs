//! Internal notes.

use crate::columns::{count, instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, Note, NoteId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

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

    /// A client's notes, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn notes_of(&self, client: ClientId) -> Result<Vec<Note>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, client_id, text, author, created FROM notes WHERE client_id = ?1 ORDER BY created DESC, id DESC",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(note).collect()
    }

    /// One note.
    ///
    /// # Errors
    /// As every query.
    pub async fn note(&self, id: NoteId) -> Result<Option<Note>, StoreError> {
        let row = sqlx::query("SELECT id, client_id, text, author, created FROM notes WHERE id = ?1")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(note).transpose()
    }
}

fn note(row: &SqliteRow) -> Result<Note, StoreError> {
    Ok(Note {
        id: NoteId(row.try_get("id")?),
        client: ClientId(row.try_get("client_id")?),
        text: row.try_get("text")?,
        author: row.try_get("author")?,
        created: instant(row.try_get("created")?, "notes.created")?,
    })
}

impl Write {
    /// Removes a note that is gone from the portal.
    ///
    /// # Errors
    /// As every query.
    pub async fn drop_note(&mut self, id: NoteId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM notes WHERE id = ?1").bind(id.0).execute(&mut *self.tx).await?;
        Ok(())
    }

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
