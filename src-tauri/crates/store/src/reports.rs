//! Which bureau a report came from.

use crate::columns::put;
use crate::{Sent, StoreError, Write};
use domain::{Bureau, ClientReport};

impl Write {
    /// Inserts or replaces reports.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_reports(&mut self, reports: &[Sent<ClientReport>], walk: i64) -> Result<(), StoreError> {
        put!(self, reports, walk, "client_reports"("id", "client_id", "bureau"), |out, row| {
            out.push_bind(row.value.id.0).push_bind(row.value.client.0).push_bind(row.value.bureau.map(Bureau::code))
        });
        Ok(())
    }
}
