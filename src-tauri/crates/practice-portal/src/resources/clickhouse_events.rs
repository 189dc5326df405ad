//! Tracked events of the company's analytics. Context and properties are arrays of objects (oddity 55); a single event
//! is asked for by its name and comes bare (oddity 12).

use super::{Resource, record};
use crate::{
    answers,
    fields::Query,
    ids::Word,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::Answer,
    records::{Column, Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

static TABLE: Table = Table {
    name: "clickhouse_events",
    noun: "event",
    columns: &[
        Column::field("event", "/event"),
        Column::field("rudderId", "/rudderId"),
        Column::field("timestamp", "/timestamp"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("event"), Filter::is("rudderId", ANY_TEXT)],
    sorts: &[("event", "event"), ("timestamp", "timestamp"), ("rudderId", "rudderId")],
    order: ("timestamp", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/clickhouse-events", get(list)).route("/clickhouse-events/{name}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = page.records.into_iter().map(shown).collect();
    page.answer(&portal, &query)
}

/// The latest event of this name.
async fn show(State(portal): State<Portal>, Word(name): Word) -> Answer {
    let mut db = portal.reader().await?;
    let id: Option<i64> =
        sqlx::query_scalar("SELECT id FROM clickhouse_events WHERE event = ? ORDER BY timestamp DESC, id DESC LIMIT 1")
            .bind(name)
            .fetch_optional(&mut *db)
            .await?;
    let id = id.ok_or_else(|| TABLE.missing())?;
    answers::bare(StatusCode::OK, shown(TABLE.find(&mut db, id).await?))
}

fn shown(mut event: Record) -> Record {
    for hidden in ["id", "created_at", "updated_at"] {
        event.remove(hidden);
    }
    event
}

fn library() -> Vec<Record> {
    let user = |id: i64| json!([{ "ip_address": "192.0.2.17", "user_id": id }]);
    let client = |id: i64, name: &str, value: &str| json!([{ "client_id": id, name: value }]);
    [
        ("User Login", user(1)),
        ("User Login", user(2)),
        ("Client Enrolled", client(1, "product_code", "CR-COMPLETE")),
        ("Client Enrolled", client(2, "product_code", "CR-BASIC")),
        ("Credit Report Imported", client(1, "vendor", "Array")),
        ("Credit Report Imported", client(3, "vendor", "Array")),
        ("Letter Generated", client(1, "recipient", "equifax")),
        ("Fax Sent", client(2, "recipient", "furnisher")),
        ("Bureau Answered", client(3, "outcome", "updated")),
        ("User Logout", user(1)),
    ]
    .into_iter()
    .zip(1_i64..)
    .map(|((event, properties), place): ((&str, Value), i64)| {
        record(json!({
            "event": event,
            "rudderId": format!("5c1f20e4-7d3b-4a55-9c2e-0d8a6b4f9{place:03}"),
            "timestamp": format!("2026-11-{:02}T14:03:51.000Z", place + 3),
            "context": [{ "library": { "name": "rudder-analytics-php", "version": "2.1.0" } }],
            "properties": properties,
        }))
    })
    .collect()
}
