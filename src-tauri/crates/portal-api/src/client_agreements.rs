//! Permission to act (API: Client Agreements).

use crate::client::Call;
use crate::decode::{Instant, Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Agreement, AgreementId, ClientId};
use serde::Deserialize;

/// The embedded client is not read: the list is asked for one client.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct AgreementWire {
    id: Int,
    name: Text,
    r#type: Text,
    agreement_signed: Instant,
}

impl Wire for AgreementWire {
    type Value = (AgreementId, Self);

    const EMBEDDED_CLIENTS: &[&str] = &["client"];

    fn value(self) -> Result<(AgreementId, Self), Missing> {
        Ok((AgreementId(self.id.0.ok_or(Missing("id"))?), self))
    }
}

impl Portal {
    /// One page of a client's agreements (API: `listClientAgreements`, a bare list that takes a page).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn client_agreements(&self, client: ClientId, page: PageRequest) -> Result<Page<Agreement>, ApiError> {
        let mut query = page.query();
        query.push(("client_id", client.to_string()));
        let page = self.page::<AgreementWire>(Call { query, ..Call::get(Operation::ListClientAgreements) }).await?;
        Ok(page.map(|(id, wire)| Agreement {
            id,
            client,
            name: wire.name.or_empty(),
            kind: wire.r#type.or_empty(),
            signed: wire.agreement_signed.0,
        }))
    }
}
