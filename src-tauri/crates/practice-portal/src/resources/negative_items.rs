//! Negative items: the 54 documented fields and the undocumented `id` (oddity 30).
//!
//! An item does not name its bureau: `credit_report_id` leads to the report that does. The client comes with it, as do
//! the faxes and letters about it.

use super::{Resource, clients, correspondences, none};
use crate::{
    answers,
    fields::Query,
    ids::Id,
    kinds::Kind,
    list::{ANY_TEXT, Condition, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "negative_items",
    noun: "negative item",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("credit_report_id", "/credit_report_id"),
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
        Filter::is("account_type", ANY_TEXT),
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

async fn list(State(portal): State<Portal>, query: Query) -> Answer {
    page_of(&portal, query, Vec::new()).await
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let item = TABLE.find(&mut db, id).await?;
    answers::one(StatusCode::OK, shown(&portal, &mut db, vec![item]).await?)
}

/// The items of a client, whatever the query says about clients.
pub(crate) async fn list_of_client(portal: &Portal, query: Query, client: i64) -> Answer {
    clients::TABLE.expect(&mut *portal.reader().await?, client).await?;
    page_of(portal, query, vec![Condition::new("client_id = ?", vec![Cell::Integer(client)])]).await
}

/// An item, if it is this client's.
pub(crate) async fn show_of_client(portal: &Portal, client: i64, id: i64) -> Answer {
    let mut db = portal.reader().await?;
    let item = TABLE.find(&mut db, id).await?;
    if stored::number(&item, "client_id") != Some(client) {
        return Err(TABLE.missing());
    }
    answers::one(StatusCode::OK, shown(portal, &mut db, vec![item]).await?)
}

async fn page_of(portal: &Portal, mut query: Query, further: Vec<Condition>) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, further).await?;
    page.records = shown(portal, &mut db, page.records).await?;
    page.answer(portal, &query)
}

/// Items by key, as they are documented.
pub(crate) async fn whole(
    portal: &Portal,
    db: &mut SqliteConnection,
    ids: &[i64],
) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    let keys: Vec<i64> = found.keys().copied().collect();
    let shown = shown(portal, db, found.into_values().collect()).await?;
    Ok(keys.into_iter().zip(shown.into_iter().map(Value::Object)).collect())
}

/// Puts the client in the place of its key, and the correspondence beside it.
async fn shown(portal: &Portal, db: &mut SqliteConnection, items: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let owners = clients::without_segments(db, &stored::keys(&items, "client_id")).await?;
    let mut sent = correspondences::about_items(portal, db, &stored::keys(&items, "id")).await?;
    let show = |mut item: Record| {
        let sent = stored::number(&item, "id").and_then(|id| sent.remove(&id)).unwrap_or_default();
        item.insert("correspondence".into(), sent.into());
        // Which account it is with the client's other items, for reports only.
        item.remove("account");
        stored::embed(item, "client_id", "client", &owners)
    };
    Ok(items.into_iter().map(show).collect())
}
