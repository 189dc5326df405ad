//! Every documented operation, called once through the typed client with plausible arguments.
//!
//! The match has an arm for each operation and no other, so that a new operation does not compile without its call. The
//! records it names have the key 1 throughout: whether they are there is up to the portal that is called.
//!
//! Left out: what the answers should be. Whoever calls decides that.

mod arguments;

use arguments as with;
use domain::{
    AttachmentId, BureauAddressId, ClaimCodeId, ClientId, ClientProductId, ContractId, ContractVersionId, DocumentId,
    EventDefinitionId, FaxSettingsId, FurnisherId, GoalId, InstructionId, ItemDropdownId, ItemId, MasterSchemaId,
    NoteId, RoleId, SegmentId, SnippetId, TemplateCategoryId, TemplateId, WorkflowStepId,
};
use portal_api::{ApiError, Done, Download, Operation, Page, Portal, Reading, Record, Row};

/// The longest file that is read into memory, bytes.
const LONGEST_FILE: usize = 1 << 20;

/// Calls an operation and tells what was read of its answer; of a list, its first page.
///
/// # Errors
/// As the operation's method.
pub async fn call(portal: &Portal, operation: Operation) -> Result<Reading, ApiError> {
    let (client, item, document) = (ClientId(1), ItemId("1".into()), DocumentId("1".into()));
    match operation {
        // Attachments
        Operation::ListAttachments => page(portal.list_attachments(&with::attachments()).page(1)).await,
        Operation::UploadAttachment => one(portal.upload_attachment(&with::upload())).await,
        Operation::DeleteAttachment => done(portal.delete_attachment(AttachmentId(1))).await,
        Operation::GetAttachment => one(portal.get_attachment(AttachmentId(1))).await,
        Operation::DownloadAttachment => file(portal.download_attachment(AttachmentId(1))).await,
        Operation::CreateAttachmentLink => one(portal.create_attachment_link(&with::new_attachment_link())).await,
        Operation::DeleteAttachmentLink => {
            done(portal.delete_attachment_link(AttachmentId(1), &with::old_attachment_link())).await
        }
        // Auth
        Operation::Login => portal.login(&with::login()).await.map(|_| ONE),
        Operation::RefreshToken => portal.refresh_token().await.map(|_| ONE),
        Operation::LoginSocialite => portal.login_socialite(&with::login_socialite()).await.map(|_| ONE),
        Operation::ForgotPassword => done(portal.forgot_password(&with::forgot_password())).await,
        Operation::ResetPassword => done(portal.reset_password(&with::reset_password())).await,
        // Bureau Addresses
        Operation::ListBureauAddresses => page(portal.list_bureau_addresses(&with::bureau_addresses()).page(1)).await,
        Operation::CreateBureauAddress => one(portal.create_bureau_address(&with::new_bureau_address())).await,
        Operation::DeleteBureauAddress => done(portal.delete_bureau_address(BureauAddressId(1))).await,
        Operation::UpdateBureauAddress => {
            one(portal.update_bureau_address(BureauAddressId(1), &with::changed_bureau_address())).await
        }
        // Client Agreements
        Operation::ListClientAgreements => page(portal.list_client_agreements(&with::agreements()).page(1)).await,
        Operation::CreateClientAgreement => one(portal.create_client_agreement(&with::new_agreement())).await,
        // Clients
        Operation::ListClients => page(portal.list_clients(&with::clients()).page(1)).await,
        Operation::ListClientsByConditions => {
            let (query, request) = (with::clients_by_conditions(), with::conditions());
            page(portal.list_clients_by_conditions(&query, &request).page(1)).await
        }
        Operation::GetClient => one(portal.get_client(client)).await,
        // Client Documents
        Operation::ListClientDocuments => page(portal.list_client_documents(&with::documents()).page(1)).await,
        Operation::CreateClientDocument => one(portal.create_client_document(&with::new_document())).await,
        Operation::DeleteClientDocument => done(portal.delete_client_document(&document)).await,
        Operation::GetClientDocument => one(portal.get_client_document(&document)).await,
        Operation::UpdateClientDocument => {
            one(portal.update_client_document(&document, &with::changed_document())).await
        }
        // Client Goals
        Operation::RemoveClientGoals => done(portal.remove_client_goals(client, &with::goal_ids())).await,
        Operation::ListClientGoals => page(portal.list_client_goals(client)).await,
        Operation::AssignClientGoals => page(portal.assign_client_goals(client, &with::goal_ids())).await,
        // Client Reports
        Operation::ListClientReports => page(portal.list_client_reports(client)).await,
        Operation::GetClientReport => one(portal.get_client_report(client, "equifax")).await,
        // Client Products
        Operation::ListClientProducts => page(portal.list_client_products(&with::client_products()).page(1)).await,
        Operation::GetClientProduct => one(portal.get_client_product(ClientProductId(1))).await,
        // KBA
        Operation::GetKbaQuestions => one(portal.get_kba_questions(client, &with::PROVIDER)).await,
        Operation::AnswerKbaQuestions => {
            let next = portal.answer_kba_questions(client, &with::PROVIDER, &with::kba_answers()).await?;
            Ok(next.map_or_else(Reading::default, |_| ONE))
        }
        Operation::SkipKba => done(portal.skip_kba(client, &with::PROVIDER)).await,
        // Client Segments
        Operation::ListClientSegments => page(portal.list_client_segments(client)).await,
        // Client Tasks
        Operation::ListClientTasks => page(portal.list_client_tasks(&with::tasks()).page(1)).await,
        // Credit Report Master Schemas
        Operation::GetCreditReportMasterSchema => one(portal.get_credit_report_master_schema(MasterSchemaId(1))).await,
        Operation::ListClientCreditReportMasterSchemas => {
            page(portal.list_client_credit_report_master_schemas(client, &with::credit_reports()).page(1)).await
        }
        Operation::GetLatestClientCreditReportMasterSchema => {
            one(portal.get_latest_client_credit_report_master_schema(client)).await
        }
        // Negative Items
        Operation::ListNegativeItems => page(portal.list_negative_items(&with::negative_items()).page(1)).await,
        Operation::GetNegativeItem => one(portal.get_negative_item(&item)).await,
        // Contracts
        Operation::ListContracts => page(portal.list_contracts(&with::contracts()).page(1)).await,
        Operation::CreateContract => one(portal.create_contract(&with::contract())).await,
        Operation::DeleteContract => done(portal.delete_contract(ContractId(1))).await,
        Operation::GetContract => one(portal.get_contract(ContractId(1))).await,
        Operation::UpdateContract => one(portal.update_contract(ContractId(1), &with::contract())).await,
        Operation::CloneContract => one(portal.clone_contract(ContractId(1))).await,
        Operation::ListContractVersions => page(portal.list_contract_versions(ContractId(1))).await,
        Operation::RevertContractVersion => {
            page(portal.revert_contract_version(ContractId(1), ContractVersionId(1))).await
        }
        // Correspondence
        Operation::ListCorrespondences => page(portal.list_correspondences(&with::correspondences()).page(1)).await,
        Operation::CreateCorrespondence => one(portal.create_correspondence(&with::recorded_fax())).await,
        Operation::SendCorrespondence => one(portal.send_correspondence(&with::letter_to_send())).await,
        // Fax Settings
        Operation::ListFaxSettings => page(portal.list_fax_settings(&with::fax_settings()).page(1)).await,
        Operation::CreateFaxSettings => one(portal.create_fax_settings(&with::new_fax_settings())).await,
        Operation::UpdateFaxSettings => {
            one(portal.update_fax_settings(FaxSettingsId(1), &with::changed_fax_settings())).await
        }
        // CustomerIo Templates
        Operation::ListCustomerIoTemplates => page(portal.list_customer_io_templates()).await,
        // Customer Portal
        Operation::PortalCreateClientAgreement => {
            one(portal.portal_create_client_agreement(&with::new_agreement())).await
        }
        Operation::PortalListClientAgreements => page(portal.portal_list_client_agreements(client)).await,
        Operation::PortalUpdateClient => one(portal.portal_update_client(client, &with::changed_client())).await,
        Operation::PortalGetClientMe => one(portal.portal_get_client_me(client)).await,
        Operation::PortalCreateClientDocument => one(portal.portal_create_client_document(&with::new_document())).await,
        Operation::PortalUpdateClientDocument => {
            one(portal.portal_update_client_document(&document, &with::changed_document())).await
        }
        Operation::PortalListClientDocuments => page(portal.portal_list_client_documents(client)).await,
        Operation::PortalDeleteClientDocument => done(portal.portal_delete_client_document(client, &document)).await,
        Operation::PortalRemoveClientGoals => done(portal.portal_remove_client_goals(client, &with::goal_ids())).await,
        Operation::PortalListClientGoals => page(portal.portal_list_client_goals(client)).await,
        Operation::PortalAssignClientGoals => page(portal.portal_assign_client_goals(client, &with::goal_ids())).await,
        Operation::PortalListContracts => page(portal.portal_list_contracts(&with::portal_contracts()).page(1)).await,
        Operation::PortalGetContract => one(portal.portal_get_contract(ContractId(1))).await,
        Operation::PortalUploadAttachment => one(portal.portal_upload_attachment(&with::upload())).await,
        Operation::PortalGetAttachment => one(portal.portal_get_attachment(AttachmentId(1))).await,
        Operation::PortalListClientProducts => page(portal.portal_list_client_products(client)).await,
        Operation::PortalListCreditReportMasterSchemas => {
            page(portal.portal_list_credit_report_master_schemas(&with::portal_credit_reports()).page(1)).await
        }
        Operation::PortalGetLatestCreditReportMasterSchema => {
            one(portal.portal_get_latest_credit_report_master_schema()).await
        }
        Operation::PortalGetCreditReportMasterSchema => {
            one(portal.portal_get_credit_report_master_schema(MasterSchemaId(1))).await
        }
        Operation::PortalListGoals => page(portal.portal_list_goals()).await,
        Operation::PortalListNegativeItems => {
            page(portal.portal_list_negative_items(client, &with::portal_negative_items()).page(1)).await
        }
        Operation::PortalGetNegativeItem => one(portal.portal_get_negative_item(client, &item)).await,
        // Debug
        Operation::DebugRunWorkflowStep => portal.debug_run_workflow_step(WorkflowStepId(1), client).await.map(|_| ONE),
        // ClickHouse Events
        Operation::ListClickHouseEvents => page(portal.list_click_house_events(&with::events()).page(1)).await,
        Operation::GetClickHouseEvent => one(portal.get_click_house_event("User Login")).await,
        // Furnishers
        Operation::ListFurnishers => page(portal.list_furnishers(&with::furnishers()).page(1)).await,
        Operation::CreateFurnisher => one(portal.create_furnisher(&with::furnisher())).await,
        Operation::DeleteFurnisher => done(portal.delete_furnisher(FurnisherId(1))).await,
        Operation::GetFurnisher => one(portal.get_furnisher(FurnisherId(1))).await,
        Operation::UpdateFurnisher => one(portal.update_furnisher(FurnisherId(1), &with::furnisher())).await,
        // Goals
        Operation::ListGoals => page(portal.list_goals()).await,
        Operation::CreateGoal => one(portal.create_goal(&with::new_goal())).await,
        Operation::DeleteGoal => done(portal.delete_goal(GoalId(1))).await,
        Operation::GetGoal => one(portal.get_goal(GoalId(1))).await,
        Operation::UpdateGoal => one(portal.update_goal(GoalId(1), &with::changed_goal())).await,
        // Imports
        Operation::ListImports => page(portal.list_imports(&with::imports()).page(1)).await,
        Operation::CreateImport => one(portal.create_import(&with::new_import())).await,
        Operation::DownloadImportExample => file(portal.download_import_example()).await,
        // Notes
        Operation::ListNotes => page(portal.list_notes(&with::notes()).page(1)).await,
        Operation::CreateNote => one(portal.create_note(&with::note())).await,
        Operation::DeleteNote => done(portal.delete_note(NoteId(1))).await,
        Operation::GetNote => one(portal.get_note(NoteId(1))).await,
        Operation::UpdateNote => one(portal.update_note(NoteId(1), &with::note())).await,
        // Products
        Operation::ListProducts => page(portal.list_products()).await,
        // Roles
        Operation::ListRoles => page(portal.list_roles(&with::roles()).page(1)).await,
        Operation::GetRole => one(portal.get_role(&RoleId("1".into()))).await,
        // Query Builder
        Operation::GetQueryBuilderFields => {
            portal.get_query_builder_fields("client", &with::query_builder_fields()).await.map(|_| ONE)
        }
        Operation::ListQueryBuilderModels => portal.list_query_builder_models().await.map(|_| ONE),
        Operation::GetQueryBuilderValues => {
            let (query, request) = (with::values(), with::query_builder_values());
            page(portal.get_query_builder_values("client", &query, &request).page(1)).await
        }
        Operation::ListAttributeTypes => page(portal.list_attribute_types()).await,
        // Segments
        Operation::ListSegments => page(portal.list_segments(&with::segments()).page(1)).await,
        Operation::CreateSegment => one(portal.create_segment(&with::new_segment())).await,
        Operation::RefreshSegment => one(portal.refresh_segment(SegmentId(1))).await,
        Operation::DeleteSegment => done(portal.delete_segment(SegmentId(1))).await,
        Operation::GetSegment => one(portal.get_segment(SegmentId(1))).await,
        Operation::UpdateSegment => one(portal.update_segment(SegmentId(1), &with::changed_segment())).await,
        Operation::ExportSegment => file(portal.export_segment(SegmentId(1))).await,
        // Claim Codes
        Operation::ListClaimCodes => page(portal.list_claim_codes()).await,
        Operation::CreateClaimCode => one(portal.create_claim_code(&with::new_claim_code())).await,
        Operation::DeleteClaimCode => done(portal.delete_claim_code(ClaimCodeId(1))).await,
        Operation::UpdateClaimCode => one(portal.update_claim_code(ClaimCodeId(1), &with::changed_claim_code())).await,
        // Creditor Types
        Operation::ListCreditorTypes => page(portal.list_creditor_types()).await,
        // Event Definitions
        Operation::ListEventDefinitions => {
            page(portal.list_event_definitions(&with::event_definitions()).page(1)).await
        }
        Operation::CreateEventDefinition => one(portal.create_event_definition(&with::new_event_definition())).await,
        Operation::GetEventDefinition => one(portal.get_event_definition(EventDefinitionId(1))).await,
        Operation::UpdateEventDefinition => {
            one(portal.update_event_definition(EventDefinitionId(1), &with::changed_event_definition())).await
        }
        // Instructions
        Operation::ListInstructions => page(portal.list_instructions(&with::instructions()).page(1)).await,
        Operation::CreateInstruction => one(portal.create_instruction(&with::instruction())).await,
        Operation::DeleteInstruction => done(portal.delete_instruction(InstructionId(1))).await,
        Operation::GetInstruction => one(portal.get_instruction(InstructionId(1))).await,
        Operation::UpdateInstruction => one(portal.update_instruction(InstructionId(1), &with::instruction())).await,
        Operation::MoveInstruction => done(portal.move_instruction(InstructionId(1), &with::move_instruction())).await,
        // Item Dropdowns
        Operation::DeleteItemDropdown => done(portal.delete_item_dropdown(ItemDropdownId(1))).await,
        Operation::UpdateItemDropdown => {
            one(portal.update_item_dropdown(ItemDropdownId(1), &with::changed_dropdown())).await
        }
        Operation::ListItemDropdownsByType => {
            page(portal.list_item_dropdowns_by_type("status", &with::dropdowns()).page(1)).await
        }
        Operation::CreateItemDropdown => one(portal.create_item_dropdown(&with::new_dropdown())).await,
        // Snippets
        Operation::ListSnippets => page(portal.list_snippets(&with::snippets()).page(1)).await,
        Operation::CreateSnippet => one(portal.create_snippet(&with::snippet())).await,
        Operation::DeleteSnippet => done(portal.delete_snippet(SnippetId(1))).await,
        Operation::GetSnippetPreview => one(portal.get_snippet_preview(SnippetId(1))).await,
        Operation::UpdateSnippet => one(portal.update_snippet(SnippetId(1), &with::snippet())).await,
        Operation::CloneSnippet => one(portal.clone_snippet(SnippetId(1))).await,
        // Template Categories
        Operation::ListTemplateCategories => page(portal.list_template_categories(&with::categories()).page(1)).await,
        Operation::CreateTemplateCategory => one(portal.create_template_category(&with::new_category())).await,
        Operation::DeleteTemplateCategory => done(portal.delete_template_category(TemplateCategoryId(1))).await,
        Operation::GetTemplateCategory => one(portal.get_template_category(TemplateCategoryId(1))).await,
        Operation::UpdateTemplateCategory => {
            one(portal.update_template_category(TemplateCategoryId(1), &with::changed_category())).await
        }
        // Templates
        Operation::ListTemplates => page(portal.list_templates(&with::templates()).page(1)).await,
        Operation::CreateTemplate => one(portal.create_template(&with::new_template())).await,
        Operation::DeleteTemplate => done(portal.delete_template(TemplateId(1))).await,
        Operation::GetTemplatePreview => one(portal.get_template_preview(TemplateId(1), &with::preview())).await,
    }
}

const ONE: Reading = Reading { records: 1, parked: Vec::new() };

async fn one<T>(call: impl Future<Output = Result<Record<T>, ApiError>>) -> Result<Reading, ApiError> {
    call.await.map(|_| ONE)
}

async fn done(call: impl Future<Output = Result<Done, ApiError>>) -> Result<Reading, ApiError> {
    call.await.map(|_| Reading::default())
}

async fn page<T>(call: impl Future<Output = Result<Page<T>, ApiError>>) -> Result<Reading, ApiError> {
    let mut reading = Reading::default();
    for row in call.await?.rows {
        match row {
            Row::Read(_) => reading.records += 1,
            Row::Parked { reason, .. } => reading.parked.push(reason),
        }
    }
    Ok(reading)
}

async fn file(call: impl Future<Output = Result<Download, ApiError>>) -> Result<Reading, ApiError> {
    call.await?.bytes(LONGEST_FILE).await.map(|_| Reading::default())
}
