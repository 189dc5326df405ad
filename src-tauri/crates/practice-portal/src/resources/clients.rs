//! Clients: the list is one flat page, a single client comes without an envelope (oddities 12 and 15).
//!
//! `ssn` is a JSON integer and so loses its leading zeros, as documented (oddity 37). `segments` is one object.
//! Left out: searching by conditions, goals, products, tasks, segments of their own.

use super::{Resource, none};
use crate::{
    fields::Query,
    list::{Direction, Filter, List},
    portal::{self, Id, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use jiff::civil::Date;
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "clients",
    noun: "client",
    columns: &[
        Column::field("first_name", "/attributes/FirstName").indexed(),
        Column::field("middle_name", "/attributes/MiddleName"),
        Column::field("last_name", "/attributes/LastName").indexed(),
        Column::field("email", "/attributes/Email").indexed(),
        Column::field("mobile_phone", "/attributes/MobilePhone"),
        Column::field("phone", "/attributes/Phone"),
        Column::field("home_phone", "/attributes/HomePhone"),
        Column::words(
            "words",
            &[
                "/attributes/FirstName",
                "/attributes/MiddleName",
                "/attributes/LastName",
                "/attributes/Email",
                "/attributes/MobilePhone",
                "/attributes/Phone",
                "/attributes/HomePhone",
                "/mobile_phone",
            ],
        ),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words")],
    sorts: &[
        ("id", "id"),
        ("FirstName", "first_name"),
        ("MiddleName", "middle_name"),
        ("LastName", "last_name"),
        ("Email", "email"),
        ("MobilePhone", "mobile_phone"),
        ("Phone", "phone"),
        ("HomePhone", "home_phone"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

/// The segments that clients fall into, by the key that the stored client holds.
const SEGMENTS: [(&str, &str); 3] = [
    ("First round", "Clients whose first disputes are being prepared"),
    ("Waiting for answers", "Clients with disputes under way"),
    ("Follow-up", "Clients whose answers came in"),
];

fn routes() -> Routes {
    Routes::new().route("/clients", get(list)).route("/clients/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = page.records.into_iter().map(|client| shown(client, portal.as_of)).collect();
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    portal::bare(StatusCode::OK, shown(TABLE.find(&mut db, id).await?, portal.as_of))
}

/// Clients by key, whole, for embedding.
pub(crate) async fn whole(
    db: &mut SqliteConnection,
    ids: &[i64],
    as_of: Date,
) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    Ok(found.into_iter().map(|(id, client)| (id, Value::Object(shown(client, as_of)))).collect())
}

/// Clients by key without segments, for embedding.
pub(crate) async fn without_segments(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    embedded(db, ids, &["segment"]).await
}

/// Clients by key in the short form (neither attributes nor segments), for embedding.
pub(crate) async fn short(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    embedded(db, ids, &["segment", "attributes"]).await
}

async fn embedded(db: &mut SqliteConnection, ids: &[i64], without: &[&str]) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    let reduce = |mut client: Record| {
        client.retain(|name, _| !without.contains(&name.as_str()));
        Value::Object(client)
    };
    Ok(found.into_iter().map(|(id, client)| (id, reduce(client))).collect())
}

/// Puts the segment in the place of its key.
fn shown(mut client: Record, as_of: Date) -> Record {
    let key = client.remove("segment").and_then(|key| key.as_u64()).unwrap_or(0);
    let (name, description) =
        usize::try_from(key).ok().and_then(|key| SEGMENTS.get(key % SEGMENTS.len())).copied().unwrap_or_default();
    let made = format!("{}T09:00:00Z", as_of.first_of_year());
    client.insert(
        "segments".into(),
        json!({
            "id": key + 1,
            "name": name,
            "description": description,
            "type": "client",
            "conditions": { "combinator": "AND", "not": 0, "rules": [] },
            "is_active": true,
            "is_archive": false,
            "clients_count": null,
            "negative_items_count": null,
            "usage_count": 0,
            "created_at": made,
            "updated_at": made,
        }),
    );
    client
}
