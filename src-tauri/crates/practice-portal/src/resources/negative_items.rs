//! Negative items: the 54 documented fields and the undocumented `id` (oddity 30).
//!
//! An item does not name its bureau: `credit_report_id` leads to the report that does. The client comes with it, as do
//! the faxes and letters about it.

use super::{Resource, clients, correspondences, none};
use crate::{
    fields::{Kind, Query},
    list::{Direction, Filter, List},
    portal::{self, Id, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "negative_items",
    noun: "negative item",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("account_name", "/account_name").indexed(),
        Column::field("account_type", "/account_type").indexed(),
        Column::field("account_status", "/account_status"),
        Column::field("is_negative", "/is_negative").indexed(),
        Column::field("is_collection", "/is_collection").indexed(),
        Column::field("is_charge_off", "/is_charge_off").indexed(),
        Column::field("is_disputed", "/is_disputed").indexed(),
        Column::field("status", "/metadata/status").indexed(),
        Column::field("opened_date", "/opened_date"),
        Column::field("reported_date", "/reported_date"),
        Column::field("last_activity_date", "/last_activity_date"),
        Column::field("modified_date", "/modified_date").indexed(),
        Column::cents("unpaid_balance_amount", "/unpaid_balance_amount"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("client_id", Kind::Integer),
        Filter::is("account_type", Kind::Text(255)),
        Filter::is("is_negative", Kind::Boolean),
        Filter::is("is_collection", Kind::Boolean),
        Filter::is("is_charge_off", Kind::Boolean),
        Filter::is("is_disputed", Kind::Boolean),
        Filter::is("status", Kind::OneOf(&["new", "not_processed", "in_progress", "repaired"])),
    ],
    sorts: &[
        ("id", "id"),
        ("client_id", "client_id"),
        ("account_name", "account_name"),
        ("account_type", "account_type"),
        ("account_status", "account_status"),
        ("opened_date", "opened_date"),
        ("reported_date", "reported_date"),
        ("last_activity_date", "last_activity_date"),
        ("modified_date", "modified_date"),
        ("unpaid_balance_amount", "unpaid_balance_amount"),
        ("status", "status"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/negative-items", get(list)).route("/negative-items/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let item = TABLE.find(&mut db, id).await?;
    let mut items = shown(&portal, &mut db, vec![item]).await?;
    portal::data(StatusCode::OK, items.pop().map_or(Value::Null, Value::Object))
}

/// Puts the client in the place of its key, and the correspondence beside it.
async fn shown(portal: &Portal, db: &mut SqliteConnection, items: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let number = |item: &Record, name: &str| item.get(name).and_then(Value::as_i64);
    let client_ids: Vec<i64> = items.iter().filter_map(|item| number(item, "client_id")).collect();
    let owners = clients::without_segments(db, &client_ids).await?;
    let ids: Vec<i64> = items.iter().filter_map(|item| number(item, "id")).collect();
    let mut sent = correspondences::about_items(portal, db, &ids).await?;
    let show = |mut item: Record| {
        let client = number(&item, "client_id").and_then(|id| owners.get(&id)).cloned().unwrap_or(Value::Null);
        let sent = number(&item, "id").and_then(|id| sent.remove(&id)).unwrap_or_default();
        item.remove("client_id");
        item.insert("client".into(), client);
        item.insert("correspondence".into(), sent.into());
        item
    };
    Ok(items.into_iter().map(show).collect())
}
