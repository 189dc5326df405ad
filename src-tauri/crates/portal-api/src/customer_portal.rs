//! The records as the signed-in client sees them (API: Customer Portal).

use crate::attachments::Attachment;
use crate::client_agreements::{ClientAgreement, CreateClientAgreementRequest};
use crate::client_documents::{ClientDocument, CreateClientDocumentRequest, UpdateClientDocumentRequest};
use crate::client_products::ClientProduct;
use crate::clients::Client;
use crate::contracts::Contract;
use crate::credit_reports::CreditReport;
use crate::decode::{Wire, by_keys};
use crate::fields::{Zip, record, request};
use crate::goals::{Goal, GoalIdsRequest};
use crate::negative_items::NegativeItem;
use crate::page::SortDirection;
use crate::{ApiError, Done, Operation, Page, Pages, Portal, Record, Upload};
use domain::{
    AttachmentId, ClientId, ContractId, CreditReportId, DocumentId, ItemId, ItemStatus, MasterSchemaId, ProductId, Ssn,
};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

record! {
    /// `NegativeItemPortalAttributes`.
    pub struct NegativeItemPortalAttributes {
        item_type_equifax: Option<String>,
        item_verify_flag_byclient: Option<String>,
        payment_history: Option<String>,
    }
}

record! {
    /// `ClientsNegativeItem`.
    pub struct ClientsNegativeItem {
        id: Option<ItemId>,
        origin: Option<String>,
        status: Option<String>,
        attributes: Option<Box<NegativeItemPortalAttributes>>,
    }
}

request! {
    /// What a client may change of the dynamic attributes.
    pub struct PortalClientAttributes {
        ;
        birth_date as "D_O_B__c": Date,
        first_name as "FirstName": String,
        last_name as "LastName": String,
        mailing_city as "MailingCity": String,
        mailing_postal_code as "MailingPostalCode": Zip,
        mailing_state as "MailingState": String,
        mailing_street as "MailingStreet": String,
        other_city as "OtherCity": String,
        other_country as "OtherCountry": String,
        other_postal_code as "OtherPostalCode": Zip,
        other_street as "OtherStreet": String,
    }
}

request! {
    /// `PortalUpdateClientRequest`.
    pub struct PortalUpdateClientRequest {
        ;
        attributes: PortalClientAttributes,
        email: String,
        mobile_phone: String,
        ssn: Ssn,
    }
}

request! {
    /// What `portalListContracts` can be asked for.
    pub struct PortalListContractsQuery {
        ;
        name: String,
        r#type: String,
        created_at: Date,
        product_id: ProductId,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// What `portalListCreditReportMasterSchemas` can be asked for.
    pub struct PortalListCreditReportMasterSchemasQuery {
        ;
        vendor: String,
        bureau: String,
        report_date: Date,
        report_id: CreditReportId,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// What `portalListNegativeItems` can be asked for.
    pub struct PortalListNegativeItemsQuery {
        ;
        account_type: String,
        is_negative: bool,
        is_collection: bool,
        is_charge_off: bool,
        is_disputed: bool,
        status: ItemStatus,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

/// What changing a client answers: the client, or, as documented, a negative item (oddity 25). Told apart by their keys.
#[derive(Clone, Debug, PartialEq)]
pub enum UpdatedClient {
    /// The client.
    Client(Box<Client>),
    /// A negative item: read the client again to see it.
    Item(Box<ClientsNegativeItem>),
}

impl<'de> Deserialize<'de> for UpdatedClient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match by_keys(deserializer, &["origin"])? {
            Ok(item) => Self::Item(Box::new(item)),
            Err(client) => Self::Client(Box::new(client)),
        })
    }
}

impl Wire for UpdatedClient {}

#[cfg(test)]
impl crate::fields::send::Sent for UpdatedClient {
    fn sent(&self) -> Option<serde_json::Value> {
        match self {
            Self::Client(client) => client.sent(),
            Self::Item(item) => item.sent(),
        }
    }
}

impl Portal {
    /// Portal: record an agreement (API: `portalCreateClientAgreement`).
    pub async fn portal_create_client_agreement(
        &self,
        request: &CreateClientAgreementRequest,
    ) -> Result<Record<ClientAgreement>, ApiError> {
        self.one(Operation::PortalCreateClientAgreement, &[], &(), request).await
    }

    /// Portal: agreements of a client (API: `portalListClientAgreements`).
    pub async fn portal_list_client_agreements(&self, client: ClientId) -> Result<Page<ClientAgreement>, ApiError> {
        self.list(Operation::PortalListClientAgreements, &[&client], &(), &()).await
    }

    /// Portal: change client data (API: `portalUpdateClient`).
    pub async fn portal_update_client(
        &self,
        client: ClientId,
        request: &PortalUpdateClientRequest,
    ) -> Result<Record<UpdatedClient>, ApiError> {
        self.one(Operation::PortalUpdateClient, &[&client], &(), request).await
    }

    /// Portal: read the client (me) (API: `portalGetClientMe`).
    pub async fn portal_get_client_me(&self, id: ClientId) -> Result<Record<Client>, ApiError> {
        self.one(Operation::PortalGetClientMe, &[&id], &(), &()).await
    }

    /// Portal: register a stored file as a document (API: `portalCreateClientDocument`).
    pub async fn portal_create_client_document(
        &self,
        request: &CreateClientDocumentRequest,
    ) -> Result<Record<ClientDocument>, ApiError> {
        self.one(Operation::PortalCreateClientDocument, &[], &(), request).await
    }

    /// Portal: point a document at another file (API: `portalUpdateClientDocument`).
    pub async fn portal_update_client_document(
        &self,
        id: &DocumentId,
        request: &UpdateClientDocumentRequest,
    ) -> Result<Record<ClientDocument>, ApiError> {
        self.one(Operation::PortalUpdateClientDocument, &[&id], &(), request).await
    }

    /// Portal: documents of a client (API: `portalListClientDocuments`).
    pub async fn portal_list_client_documents(&self, client: ClientId) -> Result<Page<ClientDocument>, ApiError> {
        self.list(Operation::PortalListClientDocuments, &[&client], &(), &()).await
    }

    /// Portal: remove a document; an orphaned file goes too (API: `portalDeleteClientDocument`).
    pub async fn portal_delete_client_document(
        &self,
        client: ClientId,
        client_document: &DocumentId,
    ) -> Result<Done, ApiError> {
        self.done(Operation::PortalDeleteClientDocument, &[&client, &client_document], &(), &()).await
    }

    /// Portal: detach goals (API: `portalRemoveClientGoals`).
    pub async fn portal_remove_client_goals(
        &self,
        client: ClientId,
        request: &GoalIdsRequest,
    ) -> Result<Done, ApiError> {
        self.done(Operation::PortalRemoveClientGoals, &[&client], &(), request).await
    }

    /// Portal: goals of a client (API: `portalListClientGoals`).
    pub async fn portal_list_client_goals(&self, client: ClientId) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::PortalListClientGoals, &[&client], &(), &()).await
    }

    /// Portal: attach several goals (API: `portalAssignClientGoals`).
    pub async fn portal_assign_client_goals(
        &self,
        client: ClientId,
        request: &GoalIdsRequest,
    ) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::PortalAssignClientGoals, &[&client], &(), request).await
    }

    /// Portal: filter and page the contracts (API: `portalListContracts`).
    pub fn portal_list_contracts(&self, query: &PortalListContractsQuery) -> Pages<Contract> {
        Pages::new(self, Operation::PortalListContracts, &[], query, &())
    }

    /// Portal: read a contract with shortcodes resolved (API: `portalGetContract`).
    pub async fn portal_get_contract(&self, id: ContractId) -> Result<Record<Contract>, ApiError> {
        self.one(Operation::PortalGetContract, &[&id], &(), &()).await
    }

    /// Portal: store a file for a later document (API: `portalUploadAttachment`).
    pub async fn portal_upload_attachment(&self, upload: &Upload) -> Result<Record<Attachment>, ApiError> {
        self.upload(Operation::PortalUploadAttachment, upload).await
    }

    /// Portal: read the metadata of one file (API: `portalGetAttachment`).
    pub async fn portal_get_attachment(&self, id: AttachmentId) -> Result<Record<Attachment>, ApiError> {
        self.one(Operation::PortalGetAttachment, &[&id], &(), &()).await
    }

    /// Portal: products of a client (API: `portalListClientProducts`).
    pub async fn portal_list_client_products(&self, client: ClientId) -> Result<Page<ClientProduct>, ApiError> {
        self.list(Operation::PortalListClientProducts, &[&client], &(), &()).await
    }

    /// Portal: page the own master schemas (API: `portalListCreditReportMasterSchemas`).
    pub fn portal_list_credit_report_master_schemas(
        &self,
        query: &PortalListCreditReportMasterSchemasQuery,
    ) -> Pages<CreditReport> {
        Pages::new(self, Operation::PortalListCreditReportMasterSchemas, &[], query, &())
    }

    /// Portal: newest own master schema with content (API: `portalGetLatestCreditReportMasterSchema`).
    pub async fn portal_get_latest_credit_report_master_schema(&self) -> Result<Record<CreditReport>, ApiError> {
        self.one(Operation::PortalGetLatestCreditReportMasterSchema, &[], &(), &()).await
    }

    /// Portal: one own master schema with content (API: `portalGetCreditReportMasterSchema`).
    pub async fn portal_get_credit_report_master_schema(
        &self,
        id: MasterSchemaId,
    ) -> Result<Record<CreditReport>, ApiError> {
        self.one(Operation::PortalGetCreditReportMasterSchema, &[&id], &(), &()).await
    }

    /// Portal: every goal there is (API: `portalListGoals`).
    pub async fn portal_list_goals(&self) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::PortalListGoals, &[], &(), &()).await
    }

    /// Portal: filter and page the negative items of a client (API: `portalListNegativeItems`).
    pub fn portal_list_negative_items(
        &self,
        client: ClientId,
        query: &PortalListNegativeItemsQuery,
    ) -> Pages<NegativeItem> {
        Pages::new(self, Operation::PortalListNegativeItems, &[&client], query, &())
    }

    /// Portal: read one negative item of a client (API: `portalGetNegativeItem`).
    pub async fn portal_get_negative_item(
        &self,
        client: ClientId,
        id: &ItemId,
    ) -> Result<Record<NegativeItem>, ApiError> {
        self.one(Operation::PortalGetNegativeItem, &[&client, &id], &(), &()).await
    }
}
