//! Credit reports as documents.

use crate::company::{CLIENTS, Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{ClientId, CreditReportId, MasterSchemaId};
use portal_api::credit_reports::{CreditReport, ListClientCreditReportMasterSchemasQuery};
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{Portal, Record, SortDirection};
use serde_json::{Value, json};

type Asked = ListClientCreditReportMasterSchemasQuery;

async fn list(portal: &Portal, client: ClientId, query: Asked) -> Vec<Record<CreditReport>> {
    every(portal.list_client_credit_report_master_schemas(client, &query).rows()).await
}

/// The client with the most reports, and those.
async fn most_reported(portal: &Portal) -> (ClientId, Vec<Record<CreditReport>>) {
    let mut found = (ClientId(0), Vec::new());
    for id in (1..=CLIENTS).map(ClientId) {
        let reports = list(portal, id, Asked::default()).await;
        if reports.len() > found.1.len() {
            found = (id, reports);
        }
    }
    found
}

/// Every text in a document.
fn texts<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, into)),
        Value::Object(values) => values.values().for_each(|value| texts(value, into)),
        _ => {}
    }
}

pub(crate) async fn a_report_is_listed_without_its_document_and_shown_with_it(company: &Company) {
    let portal = &company.portal;
    let (client, all) = most_reported(portal).await;
    let of_client = ListNegativeItemsQuery { client_id: Some(client), ..ListNegativeItemsQuery::default() };
    let items = every(portal.list_negative_items(&of_client).rows()).await;
    for listed in &all {
        let shown = portal.get_credit_report_master_schema(listed.id.unwrap()).await.unwrap();
        assert!(listed.content.is_none() && !listed.available_file_types.is_empty());
        let mut expected = listed.value.clone();
        expected.available_file_types.clear();
        expected.content = shown.content.clone();
        assert!(shown.value == expected, "but for the document and its kinds they are the same");
        let content = shown.content.clone().expect("the document");
        let mut said = Vec::new();
        texts(&content, &mut said);
        for item in &items {
            let name = item.account_name.as_deref().unwrap();
            assert!(said.contains(&name), "every account of the client is in the document");
        }
    }
    let latest = portal.get_latest_client_credit_report_master_schema(client).await.unwrap();
    assert_eq!(latest.report_date, all.iter().map(|report| report.report_date).max().unwrap());
    assert_eq!(latest, portal.get_credit_report_master_schema(latest.id.unwrap()).await.unwrap());

    assert_gone(portal.get_credit_report_master_schema(MasterSchemaId(99_999)).await);
    assert_gone(portal.get_latest_client_credit_report_master_schema(ClientId(99_999)).await);
    let nobody = portal.list_client_credit_report_master_schemas(ClientId(99_999), &Asked::default());
    assert_gone(nobody.page(1).await);
}

pub(crate) async fn reports_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let (client, all) = most_reported(portal).await;
    let by_one = Asked { per_page: Some(1), ..Asked::default() };
    assert_pages(1, &all, portal.list_client_credit_report_master_schemas(client, &by_one).stream()).await;

    let report = all[0].value.clone();
    let narrowed = list(portal, client, Asked { report_date: report.report_date, ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |other| other.report_date == report.report_date);
    let narrowed = list(portal, client, Asked { report_id: report.report_id.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |other| other.report_id == report.report_id);
    for (kept, asked) in [
        (true, Asked { vendor: report.vendor.clone(), ..Asked::default() }),
        (true, Asked { bureau: Some("EFX".into()), ..Asked::default() }),
        (false, Asked { vendor: Some("Nobody".into()), ..Asked::default() }),
        (false, Asked { report_id: Some(CreditReportId("RPT_0".into())), ..Asked::default() }),
    ] {
        assert_eq!(list(portal, client, asked).await.contains(&all[0]), kept);
    }

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(portal, client, Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |report| json!(report.id.unwrap().0)),
            ("vendor", |report| json!(report.vendor)),
            ("bureau", |report| json!(report.bureau)),
            ("report_id", |report| json!(report.report_id.as_ref().map(|id| id.0.clone()))),
            ("report_date", |report| json!(report.report_date.map(|day| day.to_string()))),
            ("modified_date", |report| instant(report.modified_date)),
        ],
    )
    .await;
    let unknown = Asked { sort_by: Some("salary".into()), ..Asked::default() };
    let refused = portal.list_client_credit_report_master_schemas(client, &unknown).page(1).await;
    assert_refused(refused, &["sort_by"]);
}
