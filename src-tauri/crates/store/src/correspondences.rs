//! What was sent and received.

use crate::columns::{count, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, Correspondence};

impl Store {
    /// How many pieces of correspondence a client has.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_correspondence(&self, client: ClientId) -> Result<u32, StoreError> {
        let pieces: i64 = sqlx::query_scalar("SELECT count(*) FROM correspondences WHERE client_id = ?1")
            .bind(client.0)
            .fetch_one(&self.readers)
            .await?;
        Ok(count(pieces))
    }
}

impl Write {
    /// Inserts or replaces correspondence.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_correspondences(&mut self, pieces: &[Sent<Correspondence>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            pieces,
            walk,
            "correspondences"("id", "client_id", "channel", "item_id", "run_by", "created"),
            |out, row| {
                out.push_bind(row.value.id.0)
                    .push_bind(row.value.client.0)
                    .push_bind(row.value.channel.code())
                    .push_bind(row.value.item.as_ref().map(|item| item.0.as_str()))
                    .push_bind(&row.value.run_by)
                    .push_bind(row.value.created.map(|at| at.to_string()))
            }
        );
        Ok(())
    }
}
