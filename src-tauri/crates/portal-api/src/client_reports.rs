//! Which bureaus' reports a client has (API: Client Reports).

use crate::client::Call;
use crate::decode::{Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, Portal};
use domain::{Bureau, ClientId, ClientReport, ReportId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ClientReportWire {
    id: Int,
    client_id: Int,
    bureau: Text,
}

impl Wire for ClientReportWire {
    type Value = ClientReport;

    fn value(self) -> Result<ClientReport, Missing> {
        Ok(ClientReport {
            id: ReportId(self.id.0.ok_or(Missing("id"))?),
            client: ClientId(self.client_id.0.ok_or(Missing("client_id"))?),
            bureau: Bureau::from_code(&self.bureau.or_empty()),
        })
    }
}

impl Portal {
    /// All reports of a client (API: `listClientReports`, a bare list).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn client_reports(&self, client: ClientId) -> Result<Page<ClientReport>, ApiError> {
        let id = client.to_string();
        self.page::<ClientReportWire>(Call { parameters: &[&id], ..Call::get(Operation::ListClientReports) }).await
    }
}
