//! The one table: operation -> method, path, what it is asked with and what it answers.
//!
//! The documentation lost its paths, so they are data (API: README, oddity 1). Every row can be overridden by a
//! deployment as `operationId = "METHOD /path/{parameter}"`; a wrong override is refused with the row named. The table
//! is checked against `openapi.yaml` by this crate's tests.

use crate::attachments::{Attachment, CreateAttachmentLinkRequest, DeleteAttachmentLinkRequest, ListAttachmentsQuery};
use crate::auth::{AuthToken, ForgotPasswordRequest, LoginRequest, LoginSocialiteRequest, ResetPasswordRequest};
use crate::bureau_addresses::{
    BureauAddress, CreateBureauAddressRequest, ListBureauAddressesQuery, UpdateBureauAddressRequest,
};
use crate::claim_codes::{ClaimCode, CreateClaimCodeRequest, UpdateClaimCodeRequest};
use crate::clickhouse_events::{ClickHouseEvent, ListClickHouseEventsQuery};
use crate::client_agreements::{ClientAgreement, CreateClientAgreementRequest, ListClientAgreementsQuery};
use crate::client_documents::{
    ClientDocument, CreateClientDocumentRequest, ListClientDocumentsQuery, UpdateClientDocumentRequest,
};
use crate::client_products::{ClientProduct, ListClientProductsQuery};
use crate::client_reports::ClientReport;
use crate::client_tasks::{ListClientTasksQuery, Task};
use crate::clients::{Client, ClientsByConditionsRequest, ListClientsByConditionsQuery, ListClientsQuery};
use crate::contracts::{Contract, ContractRequest, ContractVersion, ListContractsQuery};
use crate::correspondences::{
    Correspondence, CreateCorrespondenceRequest, ListCorrespondencesQuery, SendCorrespondenceRequest,
};
use crate::credit_reports::{CreditReport, ListClientCreditReportMasterSchemasQuery};
use crate::creditor_types::CreditorType;
use crate::customer_io_templates::CustomerIoTemplate;
use crate::customer_portal::{
    PortalListContractsQuery, PortalListCreditReportMasterSchemasQuery, PortalListNegativeItemsQuery,
    PortalUpdateClientRequest, UpdatedClient,
};
use crate::debug::DebugResult;
use crate::decode::{self, Trouble};
use crate::event_definitions::{
    CreateEventDefinitionRequest, EventDefinition, ListEventDefinitionsQuery, UpdateEventDefinitionRequest,
};
use crate::fax_settings::{CreateFaxSettingsRequest, FaxSettings, ListFaxSettingsQuery, UpdateFaxSettingsRequest};
use crate::fields::Word;
use crate::fields::send::Sent;
use crate::files::Upload;
use crate::furnishers::{Furnisher, FurnisherRequest, ListFurnishersQuery};
use crate::goals::{CreateGoalRequest, Goal, GoalIdsRequest, UpdateGoalRequest};
use crate::imports::{CreateImportRequest, Import, ListImportsQuery};
use crate::instructions::{Instruction, InstructionRequest, ListInstructionsQuery, MoveInstructionRequest};
use crate::item_dropdowns::{
    CreateItemDropdownRequest, ItemDropdown, ListItemDropdownsByTypeQuery, UpdateItemDropdownRequest,
};
use crate::kba::{KbaAnswersRequest, KbaChallenge};
use crate::negative_items::{ListNegativeItemsQuery, NegativeItem};
use crate::notes::{ListNotesQuery, Note, NoteRequest};
use crate::products::Product;
use crate::query_builder::{
    AttributeType, GetQueryBuilderValuesQuery, QueryBuilderFields, QueryBuilderFieldsRequest, QueryBuilderModels,
    QueryBuilderValuesRequest,
};
use crate::roles::{ListRolesQuery, Role};
use crate::segments::{CreateSegmentRequest, ListSegmentsQuery, Segment, UpdateSegmentRequest};
use crate::snippets::{ListSnippetsQuery, Snippet, SnippetRequest};
use crate::template_categories::{
    CreateTemplateCategoryRequest, ListTemplateCategoriesQuery, TemplateCategory, UpdateTemplateCategoryRequest,
};
use crate::templates::{CreateTemplateRequest, GetTemplatePreviewQuery, ListTemplatesQuery, Template};
use crate::{ApiError, Row};
use reqwest::Method;
use std::fmt;

macro_rules! operations {
    ($($name:ident $id:literal $method:ident $path:literal $(query($query:ty))? $(body($body:ty))? => $shape:ident $(($answer:ty))?;)+) => {
        /// An operation of the documented API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $(#[doc = concat!("`", $id, "`")] $name,)+
        }

        impl Operation {
            /// Every operation, in the order of the documentation.
            pub const ALL: &[Operation] = &[$(Operation::$name),+];

            /// The operation's id in `openapi.yaml`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Operation::$name => $id),+ }
            }

            /// The inferred method and path.
            #[must_use]
            pub fn default_route(self) -> (Method, &'static str) {
                match self { $(Operation::$name => (Method::$method, $path)),+ }
            }

            /// The names of what it can be asked with, but for `page`.
            #[must_use]
            pub fn query(self) -> &'static [&'static str] {
                match self { $(Operation::$name => fields!($($query)?)),+ }
            }

            /// The names of what its body holds.
            #[must_use]
            pub fn body(self) -> &'static [&'static str] {
                match self { $(Operation::$name => fields!($($body)?)),+ }
            }

            /// What a 2xx answer of it is.
            #[must_use]
            pub fn answer(self) -> Answer {
                match self { $(Operation::$name => answer!($shape)),+ }
            }

            /// Reads a 2xx body as the typed method would; tells what could not be read.
            pub(crate) fn read(self, body: &str) -> Result<Reading, Trouble> {
                match self { $(Operation::$name => read!(body, $shape $(, $answer)?)),+ }
            }

            /// Reads a 2xx body as the typed method would and writes what this build kept of it.
            #[cfg(test)]
            pub(crate) fn read_back(self, body: &str) -> Result<Vec<serde_json::Value>, Trouble> {
                match self { $(Operation::$name => read_back!(body, $shape $(, $answer)?)),+ }
            }
        }
    };
}

macro_rules! fields {
    () => {
        &[]
    };
    ($type:ty) => {
        <$type as Sent>::FIELDS
    };
}

macro_rules! answer {
    (page) => {
        Answer::Page
    };
    (list) => {
        Answer::List
    };
    (one) => {
        Answer::Record
    };
    (maybe) => {
        Answer::RecordOrNothing
    };
    (whole) => {
        Answer::Whole
    };
    (done) => {
        Answer::Nothing
    };
    (file) => {
        Answer::File
    };
}

macro_rules! read {
    ($body:ident, page, $answer:ty) => {
        decode::page::<$answer>($body).map(Reading::of_page)
    };
    ($body:ident, list, $answer:ty) => {
        decode::page::<$answer>($body).map(Reading::of_page)
    };
    ($body:ident, one, $answer:ty) => {
        decode::one::<$answer>($body).map(|_| Reading::ONE)
    };
    ($body:ident, maybe, $answer:ty) => {
        if $body.is_empty() { Ok(Reading::default()) } else { decode::one::<$answer>($body).map(|_| Reading::ONE) }
    };
    ($body:ident, whole, $answer:ty) => {
        decode::whole::<$answer>($body).map(|_| Reading::ONE)
    };
    ($body:ident, done) => {
        Ok(Reading::default())
    };
    ($body:ident, file) => {
        Ok(Reading::default())
    };
}

#[cfg(test)]
macro_rules! read_back {
    ($body:ident, page, $answer:ty) => {
        read_back!($body, list, $answer)
    };
    ($body:ident, list, $answer:ty) => {
        decode::page::<$answer>($body)?
            .rows
            .into_iter()
            .map(|row| match row {
                Row::Read(record) => Ok(record.value.sent().unwrap_or_default()),
                Row::Parked { reason, .. } => Err(Trouble::at("row", &reason)),
            })
            .collect()
    };
    ($body:ident, one, $answer:ty) => {
        Ok(decode::one::<$answer>($body)?.value.sent().into_iter().collect())
    };
    ($body:ident, maybe, $answer:ty) => {
        if $body.is_empty() { Ok(vec![]) } else { read_back!($body, one, $answer) }
    };
    ($body:ident, whole, $answer:ty) => {
        Ok(decode::whole::<$answer>($body)?.sent().into_iter().collect())
    };
    ($body:ident, done) => {
        Ok(vec![crate::Done::read($body).message.into()])
    };
    ($body:ident, file) => {{
        let _: &str = $body;
        Ok(vec![])
    }};
}

/// How a call is authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// `x-api-key` only: the sign-in calls (oddity 4).
    ApiKey,
    /// `x-api-key` and the bearer token.
    Bearer,
}

/// What a 2xx answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A list of records by pages.
    Page,
    /// A whole list of records.
    List,
    /// One record.
    Record,
    /// One record, or no content.
    RecordOrNothing,
    /// One record without the usual envelope.
    Whole,
    /// No content, or a message.
    Nothing,
    /// A file.
    File,
}

/// What was read of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Records that could be read.
    pub records: usize,
    /// What is wrong with each row that could not be read: JSON path and reason, without the value.
    pub parked: Vec<String>,
}

impl Reading {
    const ONE: Self = Self { records: 1, parked: Vec::new() };

    fn of_page<T>(page: crate::Page<T>) -> Self {
        let mut reading = Self::default();
        for row in page.rows {
            match row {
                Row::Read(_) => reading.records += 1,
                Row::Parked { reason, .. } => reading.parked.push(reason),
            }
        }
        reading
    }
}

operations! {
    // Attachments
    ListAttachments "listAttachments" GET "/attachments" query(ListAttachmentsQuery) => page(Attachment);
    UploadAttachment "uploadAttachment" POST "/attachments" body(Upload) => one(Attachment);
    DeleteAttachment "deleteAttachment" DELETE "/attachments/{id}" => done;
    GetAttachment "getAttachment" GET "/attachments/{id}" => one(Attachment);
    DownloadAttachment "downloadAttachment" GET "/attachments/{id}/download" => file;
    // Attachment Links
    CreateAttachmentLink "createAttachmentLink" POST "/attachment-links" body(CreateAttachmentLinkRequest) => one(Attachment);
    DeleteAttachmentLink "deleteAttachmentLink" DELETE "/attachment-links/{id}" body(DeleteAttachmentLinkRequest) => done;
    // Auth
    Login "login" POST "/auth/login" body(LoginRequest) => one(AuthToken);
    RefreshToken "refreshToken" POST "/auth/refresh" => one(AuthToken);
    LoginSocialite "loginSocialite" POST "/auth/login/socialite" body(LoginSocialiteRequest) => one(AuthToken);
    ForgotPassword "forgotPassword" POST "/auth/password/forgot" body(ForgotPasswordRequest) => done;
    ResetPassword "resetPassword" POST "/auth/password/reset" body(ResetPasswordRequest) => done;
    // Bureau Addresses
    ListBureauAddresses "listBureauAddresses" GET "/bureau-addresses" query(ListBureauAddressesQuery) => page(BureauAddress);
    CreateBureauAddress "createBureauAddress" POST "/bureau-addresses" body(CreateBureauAddressRequest) => one(BureauAddress);
    DeleteBureauAddress "deleteBureauAddress" DELETE "/bureau-addresses/{id}" => done;
    UpdateBureauAddress "updateBureauAddress" PUT "/bureau-addresses/{id}" body(UpdateBureauAddressRequest) => one(BureauAddress);
    // Client Agreements
    ListClientAgreements "listClientAgreements" GET "/client-agreements" query(ListClientAgreementsQuery) => page(ClientAgreement);
    CreateClientAgreement "createClientAgreement" POST "/client-agreements" body(CreateClientAgreementRequest) => one(ClientAgreement);
    // Clients
    ListClients "listClients" GET "/clients" query(ListClientsQuery) => page(Client);
    ListClientsByConditions "listClientsByConditions" POST "/clients/by-conditions" query(ListClientsByConditionsQuery) body(ClientsByConditionsRequest) => page(Client);
    GetClient "getClient" GET "/clients/{id}" => one(Client);
    // Client Documents
    ListClientDocuments "listClientDocuments" GET "/client-documents" query(ListClientDocumentsQuery) => page(ClientDocument);
    CreateClientDocument "createClientDocument" POST "/client-documents" body(CreateClientDocumentRequest) => one(ClientDocument);
    DeleteClientDocument "deleteClientDocument" DELETE "/client-documents/{id}" => done;
    GetClientDocument "getClientDocument" GET "/client-documents/{id}" => one(ClientDocument);
    UpdateClientDocument "updateClientDocument" PUT "/client-documents/{id}" body(UpdateClientDocumentRequest) => one(ClientDocument);
    // Client Goals
    RemoveClientGoals "removeClientGoals" DELETE "/clients/{client}/goals" body(GoalIdsRequest) => done;
    ListClientGoals "listClientGoals" GET "/clients/{client}/goals" => list(Goal);
    AssignClientGoals "assignClientGoals" POST "/clients/{client}/goals" body(GoalIdsRequest) => list(Goal);
    // Client Reports
    ListClientReports "listClientReports" GET "/clients/{id}/reports" => list(ClientReport);
    GetClientReport "getClientReport" GET "/clients/{id}/reports/{bureau}" => one(ClientReport);
    // Client Products
    ListClientProducts "listClientProducts" GET "/client-products" query(ListClientProductsQuery) => page(ClientProduct);
    GetClientProduct "getClientProduct" GET "/client-products/{id}" => one(ClientProduct);
    // KBA
    GetKbaQuestions "getKbaQuestions" GET "/clients/{id}/kba/{provider}" => one(KbaChallenge);
    AnswerKbaQuestions "answerKbaQuestions" POST "/clients/{id}/kba/{provider}" body(KbaAnswersRequest) => maybe(KbaChallenge);
    SkipKba "skipKba" POST "/clients/{id}/kba/{provider}/skip" => done;
    // Client Segments
    ListClientSegments "listClientSegments" GET "/clients/{client}/segments" => list(Segment);
    // Client Tasks
    ListClientTasks "listClientTasks" GET "/client-tasks" query(ListClientTasksQuery) => page(Task);
    // Credit Report Master Schemas
    GetCreditReportMasterSchema "getCreditReportMasterSchema" GET "/credit-report-master-schemas/{id}" => one(CreditReport);
    ListClientCreditReportMasterSchemas "listClientCreditReportMasterSchemas" GET "/clients/{client}/credit-report-master-schemas" query(ListClientCreditReportMasterSchemasQuery) => page(CreditReport);
    GetLatestClientCreditReportMasterSchema "getLatestClientCreditReportMasterSchema" GET "/clients/{client}/credit-report-master-schemas/latest" => one(CreditReport);
    // Negative Items
    ListNegativeItems "listNegativeItems" GET "/negative-items" query(ListNegativeItemsQuery) => page(NegativeItem);
    GetNegativeItem "getNegativeItem" GET "/negative-items/{id}" => one(NegativeItem);
    // Contracts
    ListContracts "listContracts" GET "/contracts" query(ListContractsQuery) => page(Contract);
    CreateContract "createContract" POST "/contracts" body(ContractRequest) => one(Contract);
    DeleteContract "deleteContract" DELETE "/contracts/{id}" => done;
    GetContract "getContract" GET "/contracts/{id}" => one(Contract);
    UpdateContract "updateContract" PUT "/contracts/{id}" body(ContractRequest) => one(Contract);
    CloneContract "cloneContract" POST "/contracts/{id}/clone" => one(Contract);
    ListContractVersions "listContractVersions" GET "/contracts/{id}/versions" => list(ContractVersion);
    RevertContractVersion "revertContractVersion" POST "/contracts/{id}/versions/{version_id}/revert" => list(ContractVersion);
    // Correspondence
    ListCorrespondences "listCorrespondences" GET "/correspondences" query(ListCorrespondencesQuery) => page(Correspondence);
    CreateCorrespondence "createCorrespondence" POST "/correspondences" body(CreateCorrespondenceRequest) => one(Correspondence);
    SendCorrespondence "sendCorrespondence" POST "/correspondences/send" body(SendCorrespondenceRequest) => one(Correspondence);
    // Fax Settings
    ListFaxSettings "listFaxSettings" GET "/fax-settings" query(ListFaxSettingsQuery) => page(FaxSettings);
    CreateFaxSettings "createFaxSettings" POST "/fax-settings" body(CreateFaxSettingsRequest) => one(FaxSettings);
    UpdateFaxSettings "updateFaxSettings" PUT "/fax-settings/{id}" body(UpdateFaxSettingsRequest) => one(FaxSettings);
    // CustomerIo Templates
    ListCustomerIoTemplates "listCustomerIoTemplates" GET "/customer-io/templates" => list(CustomerIoTemplate);
    // Customer Portal
    PortalCreateClientAgreement "portalCreateClientAgreement" POST "/customer-portal/client-agreements" body(CreateClientAgreementRequest) => one(ClientAgreement);
    PortalListClientAgreements "portalListClientAgreements" GET "/customer-portal/clients/{client}/agreements" => list(ClientAgreement);
    PortalUpdateClient "portalUpdateClient" PUT "/customer-portal/clients/{client}" body(PortalUpdateClientRequest) => one(UpdatedClient);
    PortalGetClientMe "portalGetClientMe" GET "/customer-portal/me/{id}" => one(Client);
    PortalCreateClientDocument "portalCreateClientDocument" POST "/customer-portal/client-documents" body(CreateClientDocumentRequest) => one(ClientDocument);
    PortalUpdateClientDocument "portalUpdateClientDocument" PUT "/customer-portal/client-documents/{id}" body(UpdateClientDocumentRequest) => one(ClientDocument);
    PortalListClientDocuments "portalListClientDocuments" GET "/customer-portal/clients/{client}/documents" => list(ClientDocument);
    PortalDeleteClientDocument "portalDeleteClientDocument" DELETE "/customer-portal/clients/{client}/documents/{clientDocument}" => done;
    PortalRemoveClientGoals "portalRemoveClientGoals" DELETE "/customer-portal/clients/{client}/goals" body(GoalIdsRequest) => done;
    PortalListClientGoals "portalListClientGoals" GET "/customer-portal/clients/{client}/goals" => list(Goal);
    PortalAssignClientGoals "portalAssignClientGoals" POST "/customer-portal/clients/{client}/goals" body(GoalIdsRequest) => list(Goal);
    PortalListContracts "portalListContracts" GET "/customer-portal/contracts" query(PortalListContractsQuery) => page(Contract);
    PortalGetContract "portalGetContract" GET "/customer-portal/contracts/{id}" => one(Contract);
    PortalUploadAttachment "portalUploadAttachment" POST "/customer-portal/attachments" body(Upload) => one(Attachment);
    PortalGetAttachment "portalGetAttachment" GET "/customer-portal/attachments/{id}" => one(Attachment);
    PortalListClientProducts "portalListClientProducts" GET "/customer-portal/clients/{client}/products" => list(ClientProduct);
    PortalListCreditReportMasterSchemas "portalListCreditReportMasterSchemas" GET "/customer-portal/credit-report-master-schemas" query(PortalListCreditReportMasterSchemasQuery) => page(CreditReport);
    PortalGetLatestCreditReportMasterSchema "portalGetLatestCreditReportMasterSchema" GET "/customer-portal/credit-report-master-schemas/latest" => one(CreditReport);
    PortalGetCreditReportMasterSchema "portalGetCreditReportMasterSchema" GET "/customer-portal/credit-report-master-schemas/{id}" => one(CreditReport);
    PortalListGoals "portalListGoals" GET "/customer-portal/goals" => list(Goal);
    PortalListNegativeItems "portalListNegativeItems" GET "/customer-portal/clients/{client}/negative-items" query(PortalListNegativeItemsQuery) => page(NegativeItem);
    PortalGetNegativeItem "portalGetNegativeItem" GET "/customer-portal/clients/{client}/negative-items/{id}" => one(NegativeItem);
    // Debug
    DebugRunWorkflowStep "debugRunWorkflowStep" POST "/debug/workflow-steps/{workflowStep}/clients/{client}" => whole(DebugResult);
    // ClickHouse Events
    ListClickHouseEvents "listClickHouseEvents" GET "/clickhouse-events" query(ListClickHouseEventsQuery) => page(ClickHouseEvent);
    GetClickHouseEvent "getClickHouseEvent" GET "/clickhouse-events/{eventName}" => one(ClickHouseEvent);
    // Furnishers
    ListFurnishers "listFurnishers" GET "/furnishers" query(ListFurnishersQuery) => page(Furnisher);
    CreateFurnisher "createFurnisher" POST "/furnishers" body(FurnisherRequest) => one(Furnisher);
    DeleteFurnisher "deleteFurnisher" DELETE "/furnishers/{id}" => done;
    GetFurnisher "getFurnisher" GET "/furnishers/{id}" => one(Furnisher);
    UpdateFurnisher "updateFurnisher" PUT "/furnishers/{id}" body(FurnisherRequest) => one(Furnisher);
    // Goals
    ListGoals "listGoals" GET "/goals" => list(Goal);
    CreateGoal "createGoal" POST "/goals" body(CreateGoalRequest) => one(Goal);
    DeleteGoal "deleteGoal" DELETE "/goals/{id}" => done;
    GetGoal "getGoal" GET "/goals/{id}" => one(Goal);
    UpdateGoal "updateGoal" PUT "/goals/{id}" body(UpdateGoalRequest) => one(Goal);
    // Imports
    ListImports "listImports" GET "/imports" query(ListImportsQuery) => page(Import);
    CreateImport "createImport" POST "/imports" body(CreateImportRequest) => one(Import);
    DownloadImportExample "downloadImportExample" GET "/imports/example" => file;
    // Notes
    ListNotes "listNotes" GET "/notes" query(ListNotesQuery) => page(Note);
    CreateNote "createNote" POST "/notes" body(NoteRequest) => one(Note);
    DeleteNote "deleteNote" DELETE "/notes/{id}" => done;
    GetNote "getNote" GET "/notes/{id}" => one(Note);
    UpdateNote "updateNote" PUT "/notes/{id}" body(NoteRequest) => one(Note);
    // Products
    ListProducts "listProducts" GET "/products" => list(Product);
    // Roles
    ListRoles "listRoles" GET "/roles" query(ListRolesQuery) => page(Role);
    GetRole "getRole" GET "/roles/{id}" => one(Role);
    // Query Builder
    GetQueryBuilderFields "getQueryBuilderFields" POST "/query-builder/fields/{modelName}" body(QueryBuilderFieldsRequest) => whole(QueryBuilderFields);
    ListQueryBuilderModels "listQueryBuilderModels" GET "/query-builder/models" => whole(QueryBuilderModels);
    GetQueryBuilderValues "getQueryBuilderValues" POST "/query-builder/values/{modelName}" query(GetQueryBuilderValuesQuery) body(QueryBuilderValuesRequest) => page(Word);
    ListAttributeTypes "listAttributeTypes" GET "/query-builder/attribute-types" => list(AttributeType);
    // Segments
    ListSegments "listSegments" GET "/segments" query(ListSegmentsQuery) => page(Segment);
    CreateSegment "createSegment" POST "/segments" body(CreateSegmentRequest) => one(Segment);
    RefreshSegment "refreshSegment" POST "/segments/{id}/refresh" => one(Segment);
    DeleteSegment "deleteSegment" DELETE "/segments/{id}" => done;
    GetSegment "getSegment" GET "/segments/{id}" => one(Segment);
    UpdateSegment "updateSegment" PUT "/segments/{id}" body(UpdateSegmentRequest) => one(Segment);
    ExportSegment "exportSegment" GET "/segments/{id}/export" => file;
    // Claim Codes
    ListClaimCodes "listClaimCodes" GET "/claim-codes" => list(ClaimCode);
    CreateClaimCode "createClaimCode" POST "/claim-codes" body(CreateClaimCodeRequest) => one(ClaimCode);
    DeleteClaimCode "deleteClaimCode" DELETE "/claim-codes/{id}" => done;
    UpdateClaimCode "updateClaimCode" PUT "/claim-codes/{id}" body(UpdateClaimCodeRequest) => one(ClaimCode);
    // Creditor Types
    ListCreditorTypes "listCreditorTypes" GET "/creditor-types" => list(CreditorType);
    // Event Definitions
    ListEventDefinitions "listEventDefinitions" GET "/event-definitions" query(ListEventDefinitionsQuery) => page(EventDefinition);
    CreateEventDefinition "createEventDefinition" POST "/event-definitions" body(CreateEventDefinitionRequest) => one(EventDefinition);
    GetEventDefinition "getEventDefinition" GET "/event-definitions/{id}" => one(EventDefinition);
    UpdateEventDefinition "updateEventDefinition" PUT "/event-definitions/{id}" body(UpdateEventDefinitionRequest) => one(EventDefinition);
    // Instructions
    ListInstructions "listInstructions" GET "/instructions" query(ListInstructionsQuery) => page(Instruction);
    CreateInstruction "createInstruction" POST "/instructions" body(InstructionRequest) => one(Instruction);
    DeleteInstruction "deleteInstruction" DELETE "/instructions/{instruction}" => done;
    GetInstruction "getInstruction" GET "/instructions/{instruction}" => one(Instruction);
    UpdateInstruction "updateInstruction" PUT "/instructions/{instruction}" body(InstructionRequest) => one(Instruction);
    MoveInstruction "moveInstruction" POST "/instructions/{instruction}/move" body(MoveInstructionRequest) => done;
    // Item Dropdowns
    DeleteItemDropdown "deleteItemDropdown" DELETE "/item-dropdowns/{id}" => done;
    UpdateItemDropdown "updateItemDropdown" PUT "/item-dropdowns/{id}" body(UpdateItemDropdownRequest) => one(ItemDropdown);
    ListItemDropdownsByType "listItemDropdownsByType" GET "/item-dropdowns/{id}" query(ListItemDropdownsByTypeQuery) => page(ItemDropdown);
    CreateItemDropdown "createItemDropdown" POST "/item-dropdowns" body(CreateItemDropdownRequest) => one(ItemDropdown);
    // Snippets
    ListSnippets "listSnippets" GET "/snippets" query(ListSnippetsQuery) => page(Snippet);
    CreateSnippet "createSnippet" POST "/snippets" body(SnippetRequest) => one(Snippet);
    DeleteSnippet "deleteSnippet" DELETE "/snippets/{id}" => done;
    GetSnippetPreview "getSnippetPreview" GET "/snippets/{id}" => one(Snippet);
    UpdateSnippet "updateSnippet" PUT "/snippets/{id}" body(SnippetRequest) => one(Snippet);
    CloneSnippet "cloneSnippet" POST "/snippets/{id}/clone" => one(Snippet);
    // Template Categories
    ListTemplateCategories "listTemplateCategories" GET "/template-categories" query(ListTemplateCategoriesQuery) => page(TemplateCategory);
    CreateTemplateCategory "createTemplateCategory" POST "/template-categories" body(CreateTemplateCategoryRequest) => one(TemplateCategory);
    DeleteTemplateCategory "deleteTemplateCategory" DELETE "/template-categories/{id}" => done;
    GetTemplateCategory "getTemplateCategory" GET "/template-categories/{id}" => one(TemplateCategory);
    UpdateTemplateCategory "updateTemplateCategory" PUT "/template-categories/{id}" body(UpdateTemplateCategoryRequest) => one(TemplateCategory);
    // Templates
    ListTemplates "listTemplates" GET "/templates" query(ListTemplatesQuery) => page(Template);
    CreateTemplate "createTemplate" POST "/templates" body(CreateTemplateRequest) => one(Template);
    DeleteTemplate "deleteTemplate" DELETE "/templates/{id}" => done;
    GetTemplatePreview "getTemplatePreview" GET "/templates/{id}" query(GetTemplatePreviewQuery) => one(Template);
}

impl Operation {
    /// The operation with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.id() == id)
    }

    pub(crate) fn auth(self) -> Auth {
        match self {
            Self::Login | Self::LoginSocialite | Self::ForgotPassword | Self::ResetPassword => Auth::ApiKey,
            _ => Auth::Bearer,
        }
    }

    /// Whether it lists by pages.
    #[must_use]
    pub fn takes_page(self) -> bool {
        self.answer() == Answer::Page
    }

    /// Whether it changes nothing on the portal.
    #[must_use]
    pub fn is_read(self) -> bool {
        let by_post = [Self::ListClientsByConditions, Self::GetQueryBuilderFields, Self::GetQueryBuilderValues];
        self.default_route().0 == Method::GET || by_post.contains(&self)
    }

    /// Reads a 2xx body as the typed method of this operation would.
    ///
    /// # Errors
    /// [`ApiError::Unreadable`] names the JSON path and what is wrong there.
    pub fn check(self, body: &str) -> Result<Reading, ApiError> {
        self.read(body).map_err(|trouble| trouble.of(self))
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
