//! The records as the client who signed in sees them.

use crate::company::{Company, assert_forbidden, assert_gone, assert_refused, letter};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant, whole};
use domain::{AttachmentId, ClientId, ContractId, CreditReportId, GoalId, ItemId, ItemStatus, ProductId, Ssn};
use jiff::civil::date;
use portal_api::client_agreements::{CreateClientAgreementRequest, ListClientAgreementsQuery};
use portal_api::client_documents::{
    CreateClientDocumentRequest, DocumentKind, DocumentSubkind, ListClientDocumentsQuery, UpdateClientDocumentRequest,
};
use portal_api::client_products::ListClientProductsQuery;
use portal_api::contracts::ListContractsQuery;
use portal_api::customer_portal::{
    PortalClientAttributes, PortalListContractsQuery, PortalListCreditReportMasterSchemasQuery,
    PortalListNegativeItemsQuery, PortalUpdateClientRequest, UpdatedClient,
};
use portal_api::goals::GoalIdsRequest;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{SortDirection, Zip};
use serde_json::json;

/// Who signs in, and somebody else.
const ME: ClientId = ClientId(5);
const ANOTHER: ClientId = ClientId(6);

pub(crate) async fn a_client_reads_and_changes_the_own_record(company: &Company) {
    let (staff, me) = (&company.portal, company.client(ME).await);
    let before = me.portal_get_client_me(ME).await.unwrap();
    assert_eq!(before, staff.get_client(ME).await.unwrap(), "client and staff see the same");
    let changes = PortalUpdateClientRequest {
        attributes: Some(PortalClientAttributes {
            birth_date: Some(date(1984, 3, 9)),
            first_name: Some("Adéle".into()),
            mailing_street: Some("12 Maple Street".into()),
            mailing_city: Some("Boston".into()),
            mailing_state: Some("MA".into()),
            mailing_postal_code: Some(Zip::new("02108")),
            ..PortalClientAttributes::default()
        }),
        email: Some("adele@example.com".into()),
        mobile_phone: Some("6175550142".into()),
        ssn: Some(Ssn::parse("900-12-3456").unwrap()),
    };
    match me.portal_update_client(ME, &changes).await.unwrap().value {
        UpdatedClient::Item(item) => assert!(item.id.is_some() && item.attributes.is_some()),
        UpdatedClient::Client(client) => assert_eq!(client.id, Some(ME)),
    }
    let after = staff.get_client(ME).await.unwrap();
    assert_eq!(me.portal_get_client_me(ME).await.unwrap(), after);
    let attributes = [
        ("FirstName", "Adéle"),
        ("D_O_B__c", "1984-03-09"),
        ("MailingStreet", "12 Maple Street"),
        ("MailingState", "MA"),
        ("MailingPostalCode", "02108"),
        ("Email", "adele@example.com"),
        ("MobilePhone", "6175550142"),
        ("LastName", before.attributes["LastName"].as_str()),
    ];
    for (name, value) in attributes {
        assert_eq!(after.attributes[name], value, "{name}");
    }
    assert_eq!((after.email.as_deref(), after.mobile_phone.as_deref()), (Some("adele@example.com"), Some("6175550142")));
    assert_eq!(after.ssn.as_ref().unwrap().expose(), "900123456");

    let wrong = PortalUpdateClientRequest { email: Some("nobody".into()), ..PortalUpdateClientRequest::default() };
    assert_refused(me.portal_update_client(ME, &wrong).await, &["email"]);
    assert_forbidden(me.portal_update_client(ANOTHER, &changes).await);
    assert_forbidden(me.portal_get_client_me(ANOTHER).await);
    assert_forbidden(me.get_client(ME).await);
    assert_eq!(staff.portal_get_client_me(ANOTHER).await.unwrap(), staff.get_client(ANOTHER).await.unwrap());
}

pub(crate) async fn a_client_files_replaces_and_removes_documents(company: &Company) {
    let (staff, me) = (&company.portal, company.client(ME).await);
    let listed = async || whole(me.portal_list_client_documents(ME).await);
    let before = listed().await;
    let asked = ListClientDocumentsQuery::new(ME);
    assert_eq!(before, every(staff.list_client_documents(&asked).rows()).await, "client and staff see the same");
    let mut files = Vec::new();
    for seed in 1..=2 {
        let file = me.portal_upload_attachment(&letter(seed)).await.unwrap();
        assert_eq!(me.portal_get_attachment(file.id.unwrap()).await.unwrap(), file);
        assert_eq!(staff.get_attachment(file.id.unwrap()).await.unwrap(), file);
        files.push(file);
    }
    let new = CreateClientDocumentRequest {
        subtype: Some(DocumentSubkind::UtilityBill),
        ..CreateClientDocumentRequest::new(DocumentKind::Unspecified, files[0].id.unwrap())
    };
    let made = me.portal_create_client_document(&new).await.unwrap();
    let id = made.id.clone().unwrap();
    assert_eq!((made.r#type.as_ref(), &made.subtype), (Some(&DocumentKind::Unspecified), &new.subtype));
    assert_eq!(made.client.as_ref().unwrap().id, Some(ME), "whose it is follows from who signed in");
    assert_eq!(made.attachment.as_deref(), Some(&files[0].value));
    assert!(listed().await.contains(&made));
    assert_eq!(staff.get_client_document(&id).await.unwrap(), made);

    let replacement = UpdateClientDocumentRequest::new(files[1].id.unwrap());
    let changed = me.portal_update_client_document(&id, &replacement).await.unwrap();
    assert_eq!(changed.attachment.as_deref(), Some(&files[1].value));
    assert_gone(me.portal_get_attachment(files[0].id.unwrap()).await);

    let neighbour = company.client(ANOTHER).await;
    assert_gone(neighbour.portal_get_attachment(files[1].id.unwrap()).await);
    assert_gone(neighbour.portal_update_client_document(&id, &replacement).await);
    assert_gone(neighbour.portal_delete_client_document(ANOTHER, &id).await);
    assert_forbidden(neighbour.portal_delete_client_document(ME, &id).await);
    assert_forbidden(neighbour.portal_list_client_documents(ME).await);

    me.portal_delete_client_document(ME, &id).await.unwrap();
    assert_eq!(listed().await, before);
    assert_gone(me.portal_get_attachment(files[1].id.unwrap()).await);
    let without_a_file = CreateClientDocumentRequest::new(DocumentKind::Id, AttachmentId(99_999));
    assert_refused(me.portal_create_client_document(&without_a_file).await, &["attachment_id"]);
}

pub(crate) async fn a_client_signs_an_agreement_after_reading_the_contract(company: &Company) {
    let (staff, me) = (&company.portal, company.client(ME).await);
    let contracts = every(staff.list_contracts(&ListContractsQuery::default()).rows()).await;
    let client = staff.get_client(ME).await.unwrap();
    for contract in &contracts {
        let id = contract.id.unwrap();
        let shown = me.portal_get_contract(id).await.unwrap();
        assert_eq!((shown.id, &shown.name), (Some(id), &contract.name));
        let text = shown.content.as_deref().unwrap();
        assert!(!text.contains("[ClientName]"), "the client's name stands in its place");
        if contract.content.as_deref().unwrap().contains("[ClientName]") {
            assert!(text.contains(&client.attributes["LastName"]));
        }
    }
    assert_gone(me.portal_get_contract(ContractId(99_999)).await);

    let new = CreateClientAgreementRequest {
        agreement_signed: Some("2026-11-02T15:04:05Z".parse().unwrap()),
        contract_id: contracts[0].id,
        ..CreateClientAgreementRequest::new("Service agreement".into(), "service_agreement".into())
    };
    let made = me.portal_create_client_agreement(&new).await.unwrap();
    assert_eq!((made.name.as_ref(), made.agreement_signed), (Some(&new.name), new.agreement_signed));
    assert_eq!(made.client.as_ref().unwrap().id, Some(ME));
    let own = whole(me.portal_list_client_agreements(ME).await);
    assert!(own.contains(&made));
    let mut of_staff = every(staff.list_client_agreements(&ListClientAgreementsQuery::new(ME)).rows()).await;
    of_staff.reverse();
    assert_eq!(own, of_staff, "client and staff see the same, the staff the newest first");
    let for_another = CreateClientAgreementRequest { client_id: Some(ANOTHER), ..new };
    assert_forbidden(me.portal_create_client_agreement(&for_another).await);
    assert_forbidden(me.portal_list_client_agreements(ANOTHER).await);
}

pub(crate) async fn contracts_are_listed_for_clients_by_pages_in_every_order(company: &Company) {
    let me = company.client(ME).await;
    type Asked = PortalListContractsQuery;
    let list = async |query: Asked| every(me.portal_list_contracts(&query).rows()).await;
    let all = list(Asked::default()).await;
    let staffs = every(company.portal.list_contracts(&ListContractsQuery::default()).rows()).await;
    let names = |contracts: &[portal_api::Record<portal_api::contracts::Contract>]| {
        contracts.iter().map(|contract| contract.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&all), names(&staffs));
    assert_pages(1, &all, me.portal_list_contracts(&Asked { per_page: Some(1), ..Asked::default() }).stream()).await;
    let narrowed = list(Asked { name: Some("CANCEL".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |contract| contract.name.as_deref() == Some("RightToCancel"));
    let kind = all[0].r#type.clone();
    let narrowed = list(Asked { r#type: kind.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |contract| contract.r#type == kind);
    let product = |contract: &portal_api::contracts::Contract| contract.product.as_ref().and_then(|product| product.id);
    let wanted = all.iter().find_map(|contract| product(contract)).unwrap();
    let narrowed = list(Asked { product_id: Some(wanted), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |contract| product(contract) == Some(wanted));
    assert!(list(Asked { product_id: Some(ProductId(99_999)), ..Asked::default() }).await.is_empty());
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[("name", |contract| json!(contract.name)), ("created_at", |contract| instant(contract.created_at))],
    )
    .await;
}

pub(crate) async fn a_client_chooses_goals_and_sees_what_was_bought(company: &Company) {
    let (staff, me) = (&company.portal, company.client(ME).await);
    let all = whole(me.portal_list_goals().await);
    assert_eq!(all, whole(staff.list_goals().await));
    let every_goal = GoalIdsRequest::new(all.iter().filter_map(|goal| goal.id).collect());
    me.portal_remove_client_goals(ME, &every_goal).await.unwrap();
    assert!(whole(me.portal_list_client_goals(ME).await).is_empty());
    let two = GoalIdsRequest::new([&all[0], &all[2]].map(|goal| goal.id.unwrap()).to_vec());
    let chosen = whole(me.portal_assign_client_goals(ME, &two).await);
    assert_eq!(chosen, [all[0].clone(), all[2].clone()]);
    assert_eq!(whole(me.portal_list_client_goals(ME).await), chosen);
    assert_eq!(whole(staff.list_client_goals(ME).await), chosen, "the staff see what the client chose");
    let unknown = GoalIdsRequest::new(vec![GoalId(99_999)]);
    assert_refused(me.portal_assign_client_goals(ME, &unknown).await, &["goal_ids.0"]);
    assert_forbidden(me.portal_assign_client_goals(ANOTHER, &two).await);
    assert_forbidden(me.portal_remove_client_goals(ANOTHER, &two).await);
    assert_forbidden(me.portal_list_client_goals(ANOTHER).await);

    let bought = whole(me.portal_list_client_products(ME).await);
    let asked = ListClientProductsQuery { client_id: Some(ME), ..ListClientProductsQuery::default() };
    assert!(!bought.is_empty());
    assert_eq!(bought, every(staff.list_client_products(&asked).rows()).await);
    assert_forbidden(me.portal_list_client_products(ANOTHER).await);
}

pub(crate) async fn a_client_reads_the_own_credit_reports_only(company: &Company) {
    type Asked = PortalListCreditReportMasterSchemasQuery;
    let (staff, me) = (&company.portal, company.client(ME).await);
    let list = async |query: Asked| every(me.portal_list_credit_report_master_schemas(&query).rows()).await;
    let own = list(Asked::default()).await;
    let staffs = staff.list_client_credit_report_master_schemas(ME, &Default::default());
    assert_eq!(own, every(staffs.rows()).await, "client and staff see the same");
    let everybodys = every(staff.portal_list_credit_report_master_schemas(&Asked::default()).rows()).await;
    assert_filtered(&everybodys, &own, |report| report.client.as_ref().unwrap().id == Some(ME));
    for report in &own {
        let shown = me.portal_get_credit_report_master_schema(report.id.unwrap()).await.unwrap();
        assert!(shown.content.is_some());
        assert_eq!(shown, staff.get_credit_report_master_schema(report.id.unwrap()).await.unwrap());
    }
    let latest = me.portal_get_latest_credit_report_master_schema().await.unwrap();
    assert_eq!(latest, staff.get_latest_client_credit_report_master_schema(ME).await.unwrap());
    let another = everybodys.iter().find(|report| report.client.as_ref().unwrap().id == Some(ANOTHER)).unwrap();
    assert_gone(me.portal_get_credit_report_master_schema(another.id.unwrap()).await);

    let asked = Asked { report_id: another.report_id.clone(), ..Asked::default() };
    assert!(list(asked.clone()).await.is_empty());
    assert!(every(staff.portal_list_credit_report_master_schemas(&asked).rows()).await.contains(another));
    let by_five = Asked { per_page: Some(5), ..Asked::default() };
    assert_pages(5, &everybodys, staff.portal_list_credit_report_master_schemas(&by_five).stream()).await;
    let day = own[0].report_date;
    let narrowed = every(
        staff
            .portal_list_credit_report_master_schemas(&Asked { report_date: day, ..Asked::default() })
            .rows(),
    )
    .await;
    assert_filtered(&everybodys, &narrowed, |report| report.report_date == day);
    assert_eq!(list(Asked { vendor: own[0].vendor.clone(), bureau: Some("TUC".into()), ..Asked::default() }).await, own);
    assert!(list(Asked { report_id: Some(CreditReportId("RPT_0".into())), ..Asked::default() }).await.is_empty());
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        let asked = Asked { sort_by, sort_direction, ..Asked::default() };
        every(staff.portal_list_credit_report_master_schemas(&asked).rows()).await
    };
    assert_sorts(
        sorted,
        &[
            ("report_date", |report| json!(report.report_date.map(|day| day.to_string()))),
            ("report_id", |report| json!(report.report_id.as_ref().map(|id| id.0.clone()))),
            ("modified_date", |report| instant(report.modified_date)),
        ],
    )
    .await;
}

pub(crate) async fn a_client_reads_the_own_items_by_pages_in_every_order(company: &Company) {
    type Asked = PortalListNegativeItemsQuery;
    let (staff, me) = (&company.portal, company.client(ME).await);
    let list = async |query: Asked| every(me.portal_list_negative_items(ME, &query).rows()).await;
    let all = list(Asked::default()).await;
    let asked = ListNegativeItemsQuery { client_id: Some(ME), ..ListNegativeItemsQuery::default() };
    assert_eq!(all, every(staff.list_negative_items(&asked).rows()).await, "client and staff see the same");
    for item in &all {
        assert_eq!(&me.portal_get_negative_item(ME, item.id.as_ref().unwrap()).await.unwrap(), item);
    }
    let by_two = Asked { per_page: Some(2), ..Asked::default() };
    assert_pages(2, &all, me.portal_list_negative_items(ME, &by_two).stream()).await;
    let kind = all[0].account_type.clone();
    let of_kind = list(Asked { account_type: kind.clone(), ..Asked::default() }).await;
    assert_eq!(of_kind.len(), all.iter().filter(|item| item.account_type == kind).count());
    let new = list(Asked { status: Some(ItemStatus::New), ..Asked::default() }).await;
    let is_new = |item: &portal_api::negative_items::NegativeItem| {
        item.metadata.as_ref().and_then(|metadata| metadata.status.clone()) == Some(ItemStatus::New)
    };
    assert_eq!(new.len(), all.iter().filter(|item| is_new(item)).count());
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("account_name", |item| json!(item.account_name)),
            ("account_type", |item| json!(item.account_type)),
            ("unpaid_balance_amount", |item| json!(item.unpaid_balance_amount.and_then(domain::Money::cents))),
        ],
    )
    .await;

    let of_another = ListNegativeItemsQuery { client_id: Some(ANOTHER), ..ListNegativeItemsQuery::default() };
    let another = every(staff.list_negative_items(&of_another).rows()).await.remove(0).id.clone().unwrap();
    assert_gone(me.portal_get_negative_item(ME, &another).await);
    assert_gone(me.portal_get_negative_item(ME, &ItemId("99999".into())).await);
    assert_forbidden(me.portal_get_negative_item(ANOTHER, &another).await);
    assert_forbidden(me.portal_list_negative_items(ANOTHER, &Asked::default()).page(1).await);
}
