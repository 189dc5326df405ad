//! Files filed under a client (API: Client Documents).

use crate::attachments::Attachment;
use crate::clients::Client;
use crate::fields::{open_enum, record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{AttachmentId, ClientId, DocumentId, UserId};
use jiff::Timestamp;

open_enum! {
    /// What a document is.
    pub enum DocumentKind {
        Id "id",
        CreditRelated "credit_related",
        FixedIncomeVerification "fixed_income_verification",
        Unspecified "other",
    }
}

open_enum! {
    /// What a document is, more closely. `drive_licence` is the documented spelling (oddity 57).
    pub enum DocumentSubkind {
        DriverLicense "drive_licence" | "driver_license" | "driver_licence" | "drivers_licence" | "drivers_license",
        BankStatement "bank_or_credit_union_statement",
        CanceledCheck "canceled_check",
        GovernmentId "government_issued_id",
        ShelterLetter "signed_letter_from_homeless_shelter",
        PostOfficeBoxReceipt "stamped_post_office_box_receipt",
        UtilityBill "utility_bills",
        PayStub "pay_stub",
        Transunion "transunion",
        Equifax "equifax",
        Experian "experian",
        Creditor "creditor",
        Unspecified "other",
    }
}

record! {
    /// `ClientDocument`.
    pub struct ClientDocument without ["client"] {
        id: Option<DocumentId>,
        r#type: Option<DocumentKind>,
        subtype: Option<DocumentSubkind>,
        attachment: Option<Box<Attachment>>,
        author: Option<Box<User>>,
        client: Option<Box<Client>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listClientDocuments` can be asked for.
    pub struct ListClientDocumentsQuery {
        client_id: ClientId,
        ;
        r#type: DocumentKind,
        subtype: DocumentSubkind,
        author_id: UserId,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// `CreateClientDocumentRequest`.
    pub struct CreateClientDocumentRequest {
        r#type: DocumentKind,
        attachment_id: AttachmentId,
        ;
        client_id: ClientId,
        subtype: DocumentSubkind,
    }
}

request! {
    /// `UpdateClientDocumentRequest`.
    pub struct UpdateClientDocumentRequest {
        attachment_id: AttachmentId,
        ;
    }
}

impl ToDomain for ClientDocument {
    type Value = domain::Document;

    fn to_domain(self) -> Result<domain::Document, Missing> {
        let attachment = self.attachment.map(|attachment| attachment.to_domain()).transpose()?;
        // The documented record has no key (oddity 30).
        let id = match (self.id, &attachment) {
            (Some(id), _) => id,
            (None, Some(attachment)) => DocumentId(format!("attachment:{}", attachment.id)),
            (None, None) => return Err(Missing("id")),
        };
        Ok(domain::Document {
            id,
            client: self.client.and_then(|client| client.id).ok_or(Missing("client.id"))?,
            kind: self.r#type.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            subkind: self.subtype.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            attachment,
            created: self.created_at,
        })
    }
}

impl Portal {
    /// Filter and page the documents of a client (API: `listClientDocuments`).
    pub fn list_client_documents(&self, query: &ListClientDocumentsQuery) -> Pages<ClientDocument> {
        Pages::new(self, Operation::ListClientDocuments, &[], query, &())
    }

    /// Register a stored file as a client document (API: `createClientDocument`).
    pub async fn create_client_document(
        &self,
        request: &CreateClientDocumentRequest,
    ) -> Result<Record<ClientDocument>, ApiError> {
        self.one(Operation::CreateClientDocument, &[], &(), request).await
    }

    /// Remove a client document; an orphaned file goes too (API: `deleteClientDocument`).
    pub async fn delete_client_document(&self, id: &DocumentId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteClientDocument, &[&id], &(), &()).await
    }

    /// Read one client document (API: `getClientDocument`).
    pub async fn get_client_document(&self, id: &DocumentId) -> Result<Record<ClientDocument>, ApiError> {
        self.one(Operation::GetClientDocument, &[&id], &(), &()).await
    }

    /// Point a client document at another file (API: `updateClientDocument`).
    pub async fn update_client_document(
        &self,
        id: &DocumentId,
        request: &UpdateClientDocumentRequest,
    ) -> Result<Record<ClientDocument>, ApiError> {
        self.one(Operation::UpdateClientDocument, &[&id], &(), request).await
    }
}
