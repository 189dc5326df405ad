//! Reusable texts.

use crate::columns::put;
use crate::{Sent, Store, StoreError, Write};
use domain::{Snippet, SnippetId};
use sqlx::Row;

impl Store {
    /// Every snippet by name, the general variant first.
    ///
    /// # Errors
    /// As every query.
    pub async fn snippets(&self) -> Result<Vec<Snippet>, StoreError> {
        let rows = sqlx::query("SELECT id, name, html, state FROM snippets ORDER BY name, state, id")
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Snippet {
                    id: SnippetId(row.try_get("id")?),
                    name: row.try_get("name")?,
                    html: row.try_get("html")?,
                    state: row.try_get("state")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces snippets.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_snippets(&mut self, snippets: &[Sent<Snippet>], walk: i64) -> Result<(), StoreError> {
        put!(self, snippets, walk, "snippets"("id", "name", "html", "state"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(&row.value.name)
                .push_bind(&row.value.html)
                .push_bind(row.value.state.as_deref())
        });
        Ok(())
    }
}
