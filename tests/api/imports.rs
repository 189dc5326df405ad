//! Clients that come, change and go by CSV.

use crate::company::{CLIENTS, Company, assert_forbidden, assert_gone, assert_refused, file, letter};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{AttachmentId, ClientId};
use portal_api::clients::ListClientsQuery;
use portal_api::imports::{CreateImportRequest, Import, ImportKind, ListImportsQuery};
use portal_api::{Record, SortDirection};
use practice_portal::Role;
use serde_json::json;

type Asked = ListImportsQuery;

async fn list(company: &Company, query: Asked) -> Vec<Record<Import>> {
    every(company.portal.list_imports(&query).rows()).await
}

/// Imports a table, and shows what became of it.
async fn import(company: &Company, kind: ImportKind, table: &str) -> Record<Import> {
    let stored = company.upload(&file("clients.csv", "text/csv", table.as_bytes().to_vec())).await;
    let request = CreateImportRequest::new(kind.clone(), stored.id.unwrap());
    let begun = company.portal.create_import(&request).await.unwrap();
    assert_eq!((begun.status.as_deref(), begun.processed_records), (Some("pending"), Some(0)));
    assert_eq!(begun.r#type, Some(kind));
    company.server.quiet().await;
    let newest = list(company, Asked::default()).await.remove(0);
    assert_eq!((newest.id, newest.status.as_deref()), (begun.id, Some("completed")));
    assert_eq!(newest.processed_records, newest.total_records);
    newest
}

pub(crate) async fn rows_become_clients_change_and_delete_them_and_bad_ones_are_named(company: &Company) {
    let portal = &company.portal;
    let added = import(
        company,
        ImportKind::Add,
        "FirstName,LastName,email,ssn,MailingPostalCode\r\n\
         Ada,\"Example, the first\",ada@example.com,012345678,02108\r\n\
         Ben,,ben@example.com,,\r\n",
    )
    .await;
    assert_eq!((added.total_records, added.error_log.as_deref()), (Some(2), Some("Row 3: The LastName field is required.")));
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!(added.created_by.as_ref().unwrap().id, Some(me.id));
    let ada = portal.get_client(ClientId(CLIENTS + 1)).await.unwrap();
    assert_eq!(ada.attributes["LastName"], "Example, the first");
    assert_eq!(ada.attributes["MailingPostalCode"], "02108");
    assert_eq!(ada.ssn.as_ref().unwrap().expose(), "012345678");
    let found = ListClientsQuery { search: Some("ada@example.com".into()), ..ListClientsQuery::default() };
    assert_eq!(every(portal.list_clients(&found).rows()).await, std::slice::from_ref(&ada));

    let table = format!("id,LastName,mobile_phone\n{},Second,\n99999,Nobody,\n", CLIENTS + 1);
    let changed = import(company, ImportKind::Update, &table).await;
    assert!(changed.error_log.as_deref().unwrap().starts_with("Row 3: "));
    let second = portal.get_client(ClientId(CLIENTS + 1)).await.unwrap();
    assert_eq!((second.attributes["LastName"].as_str(), &second.mobile_phone), ("Second", &ada.mobile_phone));

    let deleted = import(company, ImportKind::Delete, &format!("client_key,id\n{},\n", ada.client_key.as_deref().unwrap())).await;
    assert_eq!(deleted.error_log.as_deref().unwrap_or_default(), "");
    assert_gone(portal.get_client(ClientId(CLIENTS + 1)).await);
}

pub(crate) async fn the_example_can_be_imported_as_it_comes(company: &Company) {
    let portal = &company.portal;
    let example = portal.download_import_example().await.unwrap();
    assert!(example.kind().starts_with("text/csv"));
    assert_eq!(example.file_name().as_deref(), Some("clients-example.csv"));
    let table = String::from_utf8(example.bytes(1 << 16).await.unwrap()).unwrap();
    let done = import(company, ImportKind::Add, &table).await;
    assert_eq!((done.total_records, done.error_log.as_deref().unwrap_or_default()), (Some(1), ""));
}

pub(crate) async fn only_a_table_is_imported_and_only_by_whom_it_is_permitted(company: &Company) {
    let portal = &company.portal;
    let pdf = company.upload(&letter(1)).await.id.unwrap();
    for wrong in [pdf, AttachmentId(99_999)] {
        let request = CreateImportRequest::new(ImportKind::Add, wrong);
        assert_refused(portal.create_import(&request).await, &["attachment_id"]);
    }
    let merge = CreateImportRequest::new(ImportKind::Other("merge".into()), pdf);
    assert_refused(portal.create_import(&merge).await, &["attachment_id", "type"]);
    let agent = company.staff(Role::Agent).await;
    assert_forbidden(agent.list_imports(&Asked::default()).page(1).await);
}

pub(crate) async fn imports_are_listed_by_pages_in_every_order(company: &Company) {
    let table = "FirstName,LastName,email\n";
    import(company, ImportKind::Add, &format!("{table}Ada,Example,ada@example.com\nBen,Example,ben@example.com\n")).await;
    import(company, ImportKind::Update, "id,LastName\n1,Changed\n").await;
    import(company, ImportKind::Add, &format!("{table}Cyd,Example,cyd@example.com\n")).await;
    let all = list(company, Asked::default()).await;
    let by_two = Asked { per_page: Some(2), ..Asked::default() };
    assert_pages(2, &all, company.portal.list_imports(&by_two).stream()).await;
    let found = list(company, Asked { search: Some("UPDATE".into()), ..Asked::default() }).await;
    assert_filtered(&all, &found, |import| import.r#type == Some(ImportKind::Update));
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(company, Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |import| json!(import.id.unwrap().0)),
            ("type", |import| json!(import.r#type.as_ref().unwrap().code())),
            ("status", |import| json!(import.status)),
            ("total_records", |import| json!(import.total_records)),
            ("processed_records", |import| json!(import.processed_records)),
            ("created_at", |import| instant(import.created_at)),
            ("updated_at", |import| instant(import.updated_at)),
        ],
    )
    .await;
}
