//! Which bureaus' reports a client has (API: Client Reports).

use crate::fields::record;
use crate::{ApiError, Operation, Page, Portal, Record};
use crate::{Missing, ToDomain};
use domain::Bureau;
use domain::{ClientId, ReportId};
use jiff::Timestamp;

record! {
    /// `ClientReport`.
    pub struct ClientReport {
        id: Option<ReportId>,
        client_id: Option<ClientId>,
        bureau: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

impl ToDomain for ClientReport {
    type Value = domain::ClientReport;

    fn to_domain(self) -> Result<domain::ClientReport, Missing> {
        Ok(domain::ClientReport {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client_id.ok_or(Missing("client_id"))?,
            bureau: Bureau::from_code(&self.bureau.unwrap_or_default()),
            created: self.created_at,
            updated: self.updated_at,
        })
    }
}

impl Portal {
    /// Internal credit reports of a client, all bureaus (API: `listClientReports`).
    pub async fn list_client_reports(&self, id: ClientId) -> Result<Page<ClientReport>, ApiError> {
        self.list(Operation::ListClientReports, &[&id], &(), &()).await
    }

    /// Internal credit report of a client from one bureau (API: `getClientReport`).
    pub async fn get_client_report(&self, id: ClientId, bureau: &str) -> Result<Record<ClientReport>, ApiError> {
        self.one(Operation::GetClientReport, &[&id, &bureau], &(), &()).await
    }
}
