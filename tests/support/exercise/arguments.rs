//! Plausible arguments of every operation: each query asks something, each body holds what the documentation wants.

use bytes::Bytes;
use domain::{
    AttachmentId, Channel, ClaimCodeId, ClientId, CreditReportId, CreditorTypeId, FurnisherKind, GoalId, ItemId,
    ItemStatus, ProductId, SegmentId, Ssn, TemplateCategoryId, TemplateKind,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use portal_api::attachments::{CreateAttachmentLinkRequest, DeleteAttachmentLinkRequest, ListAttachmentsQuery};
use portal_api::auth::{ForgotPasswordRequest, LoginRequest, LoginSocialiteRequest, ResetPasswordRequest};
use portal_api::bureau_addresses::{CreateBureauAddressRequest, ListBureauAddressesQuery, UpdateBureauAddressRequest};
use portal_api::claim_codes::{CreateClaimCodeRequest, UpdateClaimCodeRequest};
use portal_api::clickhouse_events::ListClickHouseEventsQuery;
use portal_api::client_agreements::{CreateClientAgreementRequest, ListClientAgreementsQuery};
use portal_api::client_documents::{
    CreateClientDocumentRequest, DocumentKind, DocumentSubkind, ListClientDocumentsQuery, UpdateClientDocumentRequest,
};
use portal_api::client_products::ListClientProductsQuery;
use portal_api::client_tasks::ListClientTasksQuery;
use portal_api::clients::{ClientsByConditionsRequest, ListClientsByConditionsQuery, ListClientsQuery};
use portal_api::contracts::{ContractRequest, ListContractsQuery};
use portal_api::correspondences::{
    CreateCorrespondenceRequest, FaxRecipient, ListCorrespondencesQuery, PostalLetter, SendCorrespondenceRequest,
};
use portal_api::credit_reports::ListClientCreditReportMasterSchemasQuery;
use portal_api::customer_portal::{
    PortalClientAttributes, PortalListContractsQuery, PortalListCreditReportMasterSchemasQuery,
    PortalListNegativeItemsQuery, PortalUpdateClientRequest,
};
use portal_api::event_definitions::{
    CreateEventDefinitionRequest, DefinitionStatus, ListEventDefinitionsQuery, UpdateEventDefinitionRequest,
};
use portal_api::fax_settings::{CreateFaxSettingsRequest, ListFaxSettingsQuery, UpdateFaxSettingsRequest};
use portal_api::furnishers::{FurnisherRequest, ListFurnishersQuery};
use portal_api::goals::{CreateGoalRequest, GoalIdsRequest, UpdateGoalRequest};
use portal_api::imports::{CreateImportRequest, ImportKind, ListImportsQuery};
use portal_api::instructions::{InstructionRequest, ListInstructionsQuery, MoveInstructionRequest};
use portal_api::item_dropdowns::{CreateItemDropdownRequest, ListItemDropdownsByTypeQuery, UpdateItemDropdownRequest};
use portal_api::kba::{KbaAnswer, KbaAnswersRequest, KbaProvider};
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::notes::{ListNotesQuery, NoteRequest};
use portal_api::query_builder::{GetQueryBuilderValuesQuery, QueryBuilderFieldsRequest, QueryBuilderValuesRequest};
use portal_api::roles::ListRolesQuery;
use portal_api::segments::{
    Combinator, CreateSegmentRequest, ListSegmentsQuery, Rule, SegmentKind, UpdateSegmentRequest,
};
use portal_api::snippets::{ListSnippetsQuery, SnippetRequest};
use portal_api::template_categories::{
    CreateTemplateCategoryRequest, ListTemplateCategoriesQuery, UpdateTemplateCategoryRequest,
};
use portal_api::templates::{CreateTemplateRequest, GetTemplatePreviewQuery, ListTemplatesQuery, NewTemplateContent};
use portal_api::{FileSource, SortDirection, Upload, Zip};

const CLIENT: ClientId = ClientId(1);
const FILE: AttachmentId = AttachmentId(1);
const DAY: Date = date(2024, 3, 25);
const MOMENT: Timestamp = Timestamp::constant(1_711_375_200, 0);

/// Who asks the questions.
pub(super) const PROVIDER: KbaProvider = KbaProvider::ArrayTransunion;

/// Defines arguments: name, type, what is needed, what else is given.
macro_rules! arguments {
    ($($name:ident = $type:ident $(($($needed:expr),+))? { $($field:ident: $value:expr),* $(,)? })+) => {$(
        pub(super) fn $name() -> $type {
            filled!(base!($type $(($($needed),+))?); $($field: $value),*)
        }
    )+};
}

/// Some types have every field named and others not, so that an update of the base would not do for both.
macro_rules! filled {
    ($base:expr;) => {
        $base
    };
    ($base:expr; $($field:ident: $value:expr),+) => {{
        let mut arguments = $base;
        $(arguments.$field = Some($value);)+
        arguments
    }};
}

macro_rules! base {
    ($type:ident) => {
        $type::default()
    };
    ($type:ident ($($needed:expr),+)) => {
        $type::new($($needed),+)
    };
}

pub(super) fn upload() -> Upload {
    Upload {
        name: "letter.pdf".into(),
        kind: "application/pdf".into(),
        source: FileSource::Bytes(Bytes::from_static(b"%PDF-1.7\n%%EOF\n")),
        caption: Some("Dispute letter".into()),
        on_progress: None,
    }
}

fn rule() -> Rule {
    Rule { field: Some("MailingState".into()), operator: Some("=".into()), value: Some("DE".into()), ..Rule::default() }
}

fn group() -> Rule {
    Rule { combinator: Some(Combinator::And), not: Some(false), rules: vec![rule()], ..Rule::default() }
}

fn block() -> NewTemplateContent {
    NewTemplateContent::new("<p>Dear [ClientName],</p>".into())
}

arguments! {
    attachments = ListAttachmentsQuery("client".into(), 1) { caption: "letter".into(), per_page: 5, sort_direction: SortDirection::Descending }
    new_attachment_link = CreateAttachmentLinkRequest(FILE, "client".into(), 1) {}
    old_attachment_link = DeleteAttachmentLinkRequest("client".into(), 1) {}
    login = LoginRequest("agent@example.com".into(), "not the password".into()) {}
    login_socialite = LoginSocialiteRequest("code".into(), "azure".into()) {
        code_verifier: "verifier".into(),
        redirect_uri: "http://127.0.0.1/signed-in".into(),
    }
    forgot_password = ForgotPasswordRequest("agent@example.com".into()) {}
    reset_password = ResetPasswordRequest(
        "agent@example.com".into(), "another password".into(), "token".into(), "another password".into()
    ) {}
    bureau_addresses = ListBureauAddressesQuery { r#type: "equifax".into(), is_default: true, per_page: 5 }
    new_bureau_address = CreateBureauAddressRequest {
        address: "1 Main Street".into(),
        city: "Boston".into(),
        fax_number: "617-555-0100".into(),
        state: "MA".into(),
        title: "Boston office".into(),
        r#type: "equifax".into(),
        zip_code: Zip::new("02108"),
    }
    changed_bureau_address = UpdateBureauAddressRequest { city: "Dover".into(), is_default: true, zip_code: Zip::new("19901") }
    agreements = ListClientAgreementsQuery(CLIENT) { name: "Service".into(), per_page: 5 }
    new_agreement = CreateClientAgreementRequest("Service agreement".into(), "service_agreement".into()) {
        agreement_signed: MOMENT,
        client_id: CLIENT,
    }
    clients = ListClientsQuery { search: "a".into(), sort_by: "LastName".into(), per_page: 5 }
    clients_by_conditions = ListClientsByConditionsQuery { sort_by: "LastName".into(), per_page: 5 }
    conditions = ClientsByConditionsRequest {
        combinator: Combinator::And,
        conditions: group(),
        segment_id: SegmentId(1),
    }
    documents = ListClientDocumentsQuery(CLIENT) { r#type: DocumentKind::Id, per_page: 5 }
    new_document = CreateClientDocumentRequest(DocumentKind::Id, FILE) {
        client_id: CLIENT,
        subtype: DocumentSubkind::DriverLicense,
    }
    changed_document = UpdateClientDocumentRequest(FILE) {}
    goal_ids = GoalIdsRequest(vec![GoalId(1), GoalId(2)]) {}
    client_products = ListClientProductsQuery { client_id: CLIENT, per_page: 5 }
    kba_answers = KbaAnswersRequest(vec![KbaAnswer::new("1".into(), "11".into())]) { auth_token: "token".into() }
    tasks = ListClientTasksQuery(CLIENT) { status: "open".into(), due_date: MOMENT, per_page: 5 }
    credit_reports = ListClientCreditReportMasterSchemasQuery { vendor: "Array".into(), report_date: DAY, per_page: 5 }
    negative_items = ListNegativeItemsQuery {
        client_id: CLIENT,
        is_collection: true,
        status: ItemStatus::New,
        per_page: 5,
    }
    contracts = ListContractsQuery { name: "Agreement".into(), product_id: ProductId(1), per_page: 5 }
    contract = ContractRequest {
        content: "<p>Signed by [ClientName]</p>".into(),
        description: "For new clients".into(),
        name: "NewAgreement".into(),
        product_id: ProductId(1),
        r#type: "service_agreement".into(),
    }
    correspondences = ListCorrespondencesQuery { r#type: Channel::Fax, client_id: CLIENT, per_page: 5 }
    recorded_fax = CreateCorrespondenceRequest(CLIENT, Channel::Fax) {
        attachment_id: FILE,
        attributes: FaxRecipient {
            recipient: Some("equifax".into()),
            ..FaxRecipient::new("800-555-0100".into())
        },
    }
    letter_to_send = SendCorrespondenceRequest(Channel::Letter) {
        client_id: CLIENT,
        letter: PostalLetter::new("<p>Dear Sir or Madam,</p>".into(), "1 Main Street, Dover, DE 19901".into()),
        negative_item_id: ItemId("1".into()),
    }
    fax_settings = ListFaxSettingsQuery { reattempt_count: "3".into(), per_page: 5 }
    new_fax_settings = CreateFaxSettingsRequest { reattempt_count: 3 }
    changed_fax_settings = UpdateFaxSettingsRequest(5) {}
    changed_client = PortalUpdateClientRequest {
        attributes: PortalClientAttributes {
            birth_date: Some(DAY),
            first_name: Some("Ada".into()),
            mailing_postal_code: Some(Zip::new("02108")),
            ..PortalClientAttributes::default()
        },
        email: "ada@example.com".into(),
        mobile_phone: "6175550100".into(),
        ssn: made_up_ssn(),
    }
    portal_contracts = PortalListContractsQuery { r#type: "notice".into(), per_page: 5 }
    portal_credit_reports = PortalListCreditReportMasterSchemasQuery {
        bureau: "EFX".into(),
        report_id: CreditReportId("789".into()),
        per_page: 5,
    }
    portal_negative_items = PortalListNegativeItemsQuery { is_disputed: false, status: ItemStatus::InProgress, per_page: 5 }
    events = ListClickHouseEventsQuery { event: "User".into(), per_page: 5 }
    furnishers = ListFurnishersQuery { r#type: FurnisherKind::CollectionAgency, per_page: 5 }
    furnisher = FurnisherRequest {
        fax_number: "800-555-0100".into(),
        name: "Quillmark Bank".into(),
        r#type: FurnisherKind::OriginalCreditor,
    }
    new_goal = CreateGoalRequest { icon: "boat".into(), name: "Buy a boat".into() }
    changed_goal = UpdateGoalRequest("Buy a boat".into(), "boat".into()) {}
    imports = ListImportsQuery { search: "add".into(), per_page: 5 }
    new_import = CreateImportRequest(ImportKind::Add, FILE) {}
    notes = ListNotesQuery { client_id: CLIENT, search: "called".into(), per_page: 5 }
    note = NoteRequest { client_id: CLIENT, note_text: "The client called.".into() }
    roles = ListRolesQuery { name: "agent".into(), per_page: 5 }
    query_builder_fields = QueryBuilderFieldsRequest { combinator: Combinator::And, rules: vec![rule()] }
    values = GetQueryBuilderValuesQuery { per_page: 5 }
    query_builder_values = QueryBuilderValuesRequest {
        combinator: Combinator::And,
        conditions: group(),
        field_name: "MailingState".into(),
    }
    segments = ListSegmentsQuery(false) { r#type: SegmentKind::Client, per_page: 5 }
    new_segment = CreateSegmentRequest {
        combinator: Combinator::And,
        conditions: group(),
        description: "Clients of one state".into(),
        is_active: true,
        is_archive: false,
        name: "Delaware".into(),
        r#type: SegmentKind::Client,
    }
    changed_segment = UpdateSegmentRequest { name: "Delaware".into(), is_archive: true }
    new_claim_code = CreateClaimCodeRequest {
        eq_code: "E1".into(),
        ex_code: "X1".into(),
        is_active: true,
        tcp_name: "Not mine".into(),
        tu_code: "T1".into(),
    }
    changed_claim_code = UpdateClaimCodeRequest { is_active: false }
    event_definitions = ListEventDefinitionsQuery { status: DefinitionStatus::Active, per_page: 5 }
    new_event_definition = CreateEventDefinitionRequest(
        "client.moved".into(), "The client moved".into(), "desk".into(), vec!["client_id".into(), "address.city".into()]
    ) { status: DefinitionStatus::Draft }
    changed_event_definition = UpdateEventDefinitionRequest { status: DefinitionStatus::Active }
    instructions = ListInstructionsQuery { name: "account".into(), per_page: 5 }
    instruction = InstructionRequest {
        claim_code_id: ClaimCodeId(1),
        creditor_types: vec![CreditorTypeId(1)],
        name: "This account is not mine.".into(),
    }
    move_instruction = MoveInstructionRequest { order_from: 1, order_to: 2 }
    dropdowns = ListItemDropdownsByTypeQuery { search: "new".into(), created_at: MOMENT, per_page: 5 }
    new_dropdown = CreateItemDropdownRequest("status".into(), "Waiting".into()) {}
    changed_dropdown = UpdateItemDropdownRequest("Waiting".into()) {}
    snippets = ListSnippetsQuery { state_code: "CA".into(), created_at: DAY, per_page: 5 }
    snippet = SnippetRequest {
        content: "Yours truly, [ClientName]".into(),
        is_state_related: true,
        name: "Closing".into(),
        state_code: "CA".into(),
    }
    categories = ListTemplateCategoriesQuery { name: "bureau".into(), per_page: 5 }
    new_category = CreateTemplateCategoryRequest { name: "Bureaus".into() }
    changed_category = UpdateTemplateCategoryRequest("Bureaus".into()) {}
    templates = ListTemplatesQuery { r#type: TemplateKind::Static, category_name: "bureau".into(), per_page: 5 }
    new_template = CreateTemplateRequest {
        category_id: TemplateCategoryId(1),
        contents: vec![block()],
        is_dispute: true,
        name: "Dispute".into(),
        r#type: TemplateKind::Static,
    }
    preview = GetTemplatePreviewQuery { client_id: CLIENT }
}

/// Area 900 was never issued.
fn made_up_ssn() -> Ssn {
    Ssn::parse("900-12-3456").expect("nine digits")
}
