//! Permission to act for a client.

use crate::columns::{instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{Agreement, AgreementId, ClientId};
use sqlx::Row;

impl Store {
    /// A client's agreements, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn agreements_of(&self, client: ClientId) -> Result<Vec<Agreement>, StoreError> {
        let rows = sqlx::query("SELECT id, name, kind, signed FROM agreements WHERE client_id = ?1 ORDER BY id DESC")
            .bind(client.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Agreement {
                    id: AgreementId(row.try_get("id")?),
                    client,
                    name: row.try_get("name")?,
                    kind: row.try_get("kind")?,
                    signed: instant(row.try_get("signed")?, "agreements.signed")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces agreements.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_agreements(&mut self, agreements: &[Sent<Agreement>], walk: i64) -> Result<(), StoreError> {
        put!(self, agreements, walk, "agreements"("id", "client_id", "name", "kind", "signed"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(row.value.client.0)
                .push_bind(&row.value.name)
                .push_bind(&row.value.kind)
                .push_bind(row.value.signed.map(|at| at.to_string()))
        });
        Ok(())
    }
}
