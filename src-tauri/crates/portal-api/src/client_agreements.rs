//! Permission to act (API: Client Agreements).

use crate::attachments::Attachment;
use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{AgreementId, AttachmentId, ClientId, ContractId, UserId};
use jiff::Timestamp;

record! {
    /// `ClientAgreement`; `contract_id` is documented only where it is written (oddity 31).
    pub struct ClientAgreement without ["client"] {
        id: Option<AgreementId>,
        name: Option<String>,
        r#type: Option<String>,
        agreement_signed: Option<Timestamp>,
        contract_id: Option<ContractId>,
        attachment: Option<Box<Attachment>>,
        author: Option<Box<User>>,
        client: Option<Box<Client>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listClientAgreements` can be asked for.
    pub struct ListClientAgreementsQuery {
        client_id: ClientId,
        ;
        name: String,
        r#type: String,
        author_id: UserId,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `CreateClientAgreementRequest`.
    pub struct CreateClientAgreementRequest {
        name: String,
        r#type: String,
        ;
        agreement_signed: Timestamp,
        attachment_id: AttachmentId,
        client_id: ClientId,
        contract_id: ContractId,
    }
}

impl ToDomain for ClientAgreement {
    type Value = domain::Agreement;

    fn to_domain(self) -> Result<domain::Agreement, Missing> {
        Ok(domain::Agreement {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client.and_then(|client| client.id).ok_or(Missing("client.id"))?,
            name: self.name.unwrap_or_default(),
            kind: self.r#type.unwrap_or_default(),
            signed: self.agreement_signed,
            created: self.created_at,
            // What cannot be read of its file must not hide the signature.
            attachment: self.attachment.and_then(|file| file.to_domain().ok()),
        })
    }
}

impl Portal {
    /// Filter and page the agreements of a client (API: `listClientAgreements`).
    pub fn list_client_agreements(&self, query: &ListClientAgreementsQuery) -> Pages<ClientAgreement> {
        Pages::new(self, Operation::ListClientAgreements, &[], query, &())
    }

    /// Record an agreement for a client (API: `createClientAgreement`).
    pub async fn create_client_agreement(
        &self,
        request: &CreateClientAgreementRequest,
    ) -> Result<Record<ClientAgreement>, ApiError> {
        self.one(Operation::CreateClientAgreement, &[], &(), request).await
    }
}
