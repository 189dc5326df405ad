//! Stored three-bureau reports of clients ("master schemas"): the list without, the single one with its document.
//!
//! A report holds what all three bureaus say, so a list that is narrowed to one bureau's code shows it as well. The filter
//! `report_id` is documented as a number while records hold `RPT_789` (oddity 35): both are taken.

use super::{Resource, client_reports, clients, negative_items, none};
use crate::{
    access::Who,
    answers,
    fields::Query,
    ids::Id,
    list::{ANY_TEXT, Condition, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    report, stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "credit_reports",
    noun: "credit report",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("vendor", "/vendor"),
        Column::field("bureau", "/bureau"),
        Column::field("report_id", "/report_id"),
        Column::field("report_date", "/report_date"),
        Column::field("modified_date", "/modified_date"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::is("vendor", ANY_TEXT), Filter::on_day("report_date")],
    sorts: &[
        ("id", "id"),
        ("vendor", "vendor"),
        ("bureau", "bureau"),
        ("report_id", "report_id"),
        ("report_date", "report_date"),
        ("modified_date", "modified_date"),
    ],
    order: ("report_date", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

/// Code of a report that all three bureaus are in.
pub(crate) const THREE_BUREAUS: &str = "3B";
/// The codes of the bureaus in it.
const CODES: [&str; 3] = ["EFX", "EXP", "TUC"];

fn routes() -> Routes {
    Routes::new()
        .route("/credit-report-master-schemas/{id}", get(show))
        .route("/clients/{id}/credit-report-master-schemas", get(list))
        .route("/clients/{id}/credit-report-master-schemas/latest", get(latest))
}

async fn list(State(portal): State<Portal>, Id(client): Id, query: Query) -> Answer {
    clients::TABLE.expect(&mut *portal.reader().await?, client).await?;
    page_of(&portal, query, Some(client)).await
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    one(&portal, id, None).await
}

async fn latest(State(portal): State<Portal>, Id(client): Id) -> Answer {
    latest_of(&portal, Some(client)).await
}

/// The client whose reports somebody may see in the customer portal; all of them for the staff.
pub(crate) fn own(who: Who) -> Option<i64> {
    match who {
        Who::Client(client) => Some(client),
        Who::Staff(_) => None,
    }
}

/// A page of a client's reports, or of everybody's.
pub(crate) async fn page_of(portal: &Portal, mut query: Query, client: Option<i64>) -> Answer {
    let mut further: Vec<Condition> =
        client.map(|client| Condition::new("client_id = ?", vec![Cell::Integer(client)])).into_iter().collect();
    let text = |query: &mut Query, name: &str| query.fields.text(name, 10_000);
    if let Some(bureau) = text(&mut query, "bureau") {
        let is_in_all = CODES.iter().any(|code| code.eq_ignore_ascii_case(&bureau));
        let wanted = if is_in_all { THREE_BUREAUS.to_owned() } else { bureau };
        further.push(Condition::new("bureau = ?", vec![Cell::Text(wanted)]));
    }
    if let Some(report) = text(&mut query, "report_id") {
        let cells = vec![Cell::Text(report.clone()), Cell::Text(format!("RPT_{report}"))];
        further.push(Condition::new("report_id IN (?, ?)", cells));
    }
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, further).await?;
    page.records = shown(&mut db, page.records).await?;
    for report in &mut page.records {
        report.insert("available_file_types".into(), json!(["json"]));
    }
    page.answer(portal, &query)
}

/// One report with its document, if it may be seen by this client.
pub(crate) async fn one(portal: &Portal, id: i64, client: Option<i64>) -> Answer {
    let mut db = portal.reader().await?;
    let report = TABLE.find(&mut db, id).await?;
    if client.is_some() && stored::number(&report, "client_id") != client {
        return Err(TABLE.missing());
    }
    with_content(portal, &mut db, report).await
}

/// The newest report of a client, or of anybody.
pub(crate) async fn latest_of(portal: &Portal, client: Option<i64>) -> Answer {
    let mut db = portal.reader().await?;
    if let Some(client) = client {
        clients::TABLE.expect(&mut db, client).await?;
    }
    let id: Option<i64> = sqlx::query_scalar(
        "SELECT id FROM credit_reports WHERE ?1 IS NULL OR client_id = ?1 ORDER BY report_date DESC, id DESC LIMIT 1",
    )
    .bind(client)
    .fetch_optional(&mut *db)
    .await?;
    let report = TABLE.find(&mut db, id.ok_or_else(|| TABLE.missing())?).await?;
    with_content(portal, &mut db, report).await
}

async fn with_content(portal: &Portal, db: &mut SqliteConnection, report: Record) -> Answer {
    let content = content(portal, db, &report).await?;
    let mut shown = shown(db, vec![report]).await?;
    for report in &mut shown {
        report.insert("content".into(), content.clone());
    }
    answers::one(StatusCode::OK, shown)
}

/// A further report of a client is pulled today. What the earlier ones say is written down first.
pub(crate) async fn pull(portal: &Portal, db: &mut SqliteConnection, client: i64) -> Result<(), Problem> {
    let mut newest = Record::new();
    for id in TABLE.ids_where(db, "client_id", &[client]).await? {
        let report = TABLE.find(db, id).await?;
        let mut written = Record::new();
        written.insert(WRITTEN.into(), content(portal, db, &report).await?);
        TABLE.change(db, id, written).await?;
        newest = report;
    }
    let pulls = stored::number(&newest, "pull").ok_or_else(|| TABLE.missing())?;
    let at = format!("{}T23:00:00Z", portal.as_of);
    newest.remove("id");
    newest.remove(WRITTEN);
    for (name, value) in [
        ("report_id", json!(format!("RPT_{client}{:04}", pulls + 1))),
        ("report_date", json!(portal.as_of)),
        ("modified_date", json!(at)),
        ("created_at", json!(at)),
        ("updated_at", json!(at)),
        ("pull", json!(pulls + 1)),
    ] {
        newest.insert(name.into(), value);
    }
    TABLE.insert(db, newest).await?;
    Ok(())
}

/// Where a record keeps its document once it is written down.
const WRITTEN: &str = "written";

async fn content(portal: &Portal, db: &mut SqliteConnection, report: &Record) -> Result<Value, Problem> {
    if let Some(written) = report.get(WRITTEN) {
        return Ok(written.clone());
    }
    let client = clients::TABLE.find(db, stored::number(report, "client_id").unwrap_or_default()).await?;
    let owner = [stored::number(&client, "id").unwrap_or_default()];
    let items = negative_items::TABLE.ids_where(db, "client_id", &owner).await?;
    let items: Vec<Record> = negative_items::TABLE.get_all(db, &items).await?.into_values().collect();
    let bureaus = client_reports::TABLE.ids_where(db, "client_id", &owner).await?;
    let bureaus: BTreeMap<i64, String> = client_reports::TABLE
        .get_all(db, &bureaus)
        .await?
        .into_iter()
        .map(|(id, report)| (id, stored::text(&report, "bureau").to_owned()))
        .collect();
    let source = report::Source { seed: portal.seed, report, client: &client, items: &items, bureaus: &bureaus };
    Ok(source.document())
}

async fn shown(db: &mut SqliteConnection, reports: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let owners = clients::whole(db, &stored::keys(&reports, "client_id")).await?;
    let show = |mut report: Record| {
        for hidden in ["pull", WRITTEN, "created_at", "updated_at"] {
            report.remove(hidden);
        }
        let internal = report.get("internal_client_key").cloned().unwrap_or(Value::Null);
        report.insert("internal_client_key".into(), internal);
        stored::embed(report, "client_id", "client", &owners)
    };
    Ok(reports.into_iter().map(show).collect())
}
