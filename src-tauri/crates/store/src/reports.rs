//! Which bureau a report came from.

use crate::columns::{bureau, instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{Bureau, ClientId, ClientReport, ReportId};
use sqlx::Row;

impl Store {
    /// The portal's headers of a client's bureau reports, by bureau.
    ///
    /// # Errors
    /// As every query.
    pub async fn reports_of(&self, client: ClientId) -> Result<Vec<ClientReport>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, bureau, created, updated FROM client_reports WHERE client_id = ?1 ORDER BY bureau IS NULL, bureau, id",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ClientReport {
                    id: ReportId(row.try_get("id")?),
                    client,
                    bureau: bureau(row.try_get("bureau")?, "client_reports.bureau")?,
                    created: instant(row.try_get("created")?, "client_reports.created")?,
                    updated: instant(row.try_get("updated")?, "client_reports.updated")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces reports.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_reports(&mut self, reports: &[Sent<ClientReport>], walk: i64) -> Result<(), StoreError> {
        put!(self, reports, walk, "client_reports"("id", "client_id", "bureau", "created", "updated"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(row.value.client.0)
                .push_bind(row.value.bureau.map(Bureau::code))
                .push_bind(row.value.created.map(|at| at.to_string()))
                .push_bind(row.value.updated.map(|at| at.to_string()))
        });
        Ok(())
    }
}
