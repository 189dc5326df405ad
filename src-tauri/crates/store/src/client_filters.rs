//! Filters that an agent keeps by a name. What one asks for is written and read by the desk; here it is text.

use crate::letters::stamp;
use crate::{Store, StoreError, Write, fold};
use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A filter and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFilter {
    /// Made on this desk.
    pub id: String,
    /// What the agent calls it.
    pub name: String,
    /// What it asks for, as the desk writes it.
    pub criteria: String,
}

fn kept(row: &SqliteRow) -> Result<KeptFilter, StoreError> {
    Ok(KeptFilter { id: row.try_get("id")?, name: row.try_get("name")?, criteria: row.try_get("criteria")? })
}

impl Store {
    /// Every filter by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_filters(&self) -> Result<Vec<KeptFilter>, StoreError> {
        let rows = sqlx::query("SELECT id, name, criteria FROM client_filters ORDER BY sort_name")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(kept).collect()
    }

    /// The filter of a name; case and accents do not matter.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_filter_named(&self, name: &str) -> Result<Option<KeptFilter>, StoreError> {
        let row = sqlx::query("SELECT id, name, criteria FROM client_filters WHERE sort_name = ?1")
            .bind(fold(name))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(kept).transpose()
    }
}

impl Write {
    /// Keeps a filter, in place of what its id has.
    ///
    /// # Errors
    /// As every query, also for a name that another filter has.
    pub async fn put_client_filter(&mut self, filter: &KeptFilter, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO client_filters (id, name, sort_name, criteria, saved) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, sort_name = excluded.sort_name,
                 criteria = excluded.criteria, saved = excluded.saved",
        )
        .bind(&filter.id)
        .bind(&filter.name)
        .bind(fold(&filter.name))
        .bind(&filter.criteria)
        .bind(stamp(now))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets a filter; answers whether it was there.
    ///
    /// # Errors
    /// As every query.
    pub async fn drop_client_filter(&mut self, id: &str) -> Result<bool, StoreError> {
        let gone = sqlx::query("DELETE FROM client_filters WHERE id = ?1").bind(id).execute(&mut *self.tx).await?;
        Ok(gone.rows_affected() == 1)
    }
}
