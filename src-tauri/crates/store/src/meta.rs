//! Single values: the session, the signed-in user, when the last pull ended.

use crate::{Store, StoreError, Write};

impl Store {
    /// A value by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT value FROM meta WHERE name = ?1")
            .bind(name)
            .fetch_optional(&self.readers)
            .await?)
    }
}

impl Write {
    /// Sets a value, or removes it.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_meta(&mut self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => {
                sqlx::query("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                    .bind(name)
                    .bind(value)
                    .execute(&mut *self.tx)
                    .await?
            }
            None => sqlx::query("DELETE FROM meta WHERE name = ?1").bind(name).execute(&mut *self.tx).await?,
        };
        Ok(())
    }
}
