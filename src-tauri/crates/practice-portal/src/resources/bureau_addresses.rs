//! Where the bureaus receive disputes. The list is a bare array, though it takes pages (oddity 10), and a fax number is
//! taken but never shown (oddity 31).
//!
//! Invariant: at most one default per bureau; making an address the default takes the mark from the other.

use super::{Resource, record};
use crate::{
    answers,
    fields::{Fields, Query, Rule, clear, may, must},
    ids::Id,
    kinds::Kind,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::Answer,
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

pub(crate) static TABLE: Table = Table {
    name: "bureau_addresses",
    noun: "bureau address",
    columns: &[
        Column::field("title", "/title"),
        Column::field("type", "/type"),
        Column::field("address", "/address"),
        Column::field("city", "/city"),
        Column::field("state", "/state"),
        Column::field("zip_code", "/zip_code"),
        Column::field("is_default", "/is_default"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/title", "/type", "/address", "/city", "/state", "/zip_code"]),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::words("search", "words"),
        Filter::is("id", Kind::Integer),
        Filter::is("type", ANY_TEXT),
        Filter::is("state", ANY_TEXT),
        Filter::is("city", ANY_TEXT),
        Filter::is("is_default", Kind::Boolean),
    ],
    sorts: &[
        ("id", "id"),
        ("title", "title"),
        ("type", "type"),
        ("address", "address"),
        ("city", "city"),
        ("state", "state"),
        ("zip_code", "zip_code"),
        ("is_default", "is_default"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/bureau-addresses", get(list).post(create))
        .route("/bureau-addresses/{id}", axum::routing::put(update).patch(update).delete(remove))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = page.records.into_iter().map(shown).collect();
    page.bare()
}

const BUREAU: Kind = Kind::OneOf(&["equifax", "experian", "transunion"]);
/// Five digits, without the leading zeros that a number loses (oddity 37).
const ZIP: Kind = Kind::Between(0, 99_999);

const RULES: &[Rule] = &[
    must("title", Kind::Text(255)),
    must("type", BUREAU),
    must("address", Kind::Text(255)),
    must("city", Kind::Text(255)),
    must("state", Kind::Text(100)),
    must("zip_code", ZIP),
    clear("fax_number", Kind::Text(20)),
];

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut address = record(json!({ "fax_number": null, "is_default": false }));
    address.extend(fields.read(RULES));
    fields.finish()?;
    let mut db = portal.writer().await?;
    let address = TABLE.store(&portal, &mut db, address).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, shown(address))
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut changes = fields.read_some(RULES);
    changes.extend(fields.read_some(&[may("is_default", Kind::Boolean)]));
    fields.finish()?;
    let becomes_default = changes.get("is_default") == Some(&Value::Bool(true));
    let mut db = portal.writer().await?;
    let address = TABLE.update(&portal, &mut db, id, changes).await?;
    if becomes_default {
        let others: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM bureau_addresses WHERE type = ? AND is_default = 1 AND id <> ?")
                .bind(stored::text(&address, "type"))
                .bind(id)
                .fetch_all(&mut *db)
                .await?;
        for other in others {
            TABLE.update(&portal, &mut db, other, record(json!({ "is_default": false }))).await?;
        }
    }
    db.commit().await?;
    answers::bare(StatusCode::OK, shown(address))
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    stored::remove_plain(&portal, id, &TABLE).await
}

fn shown(mut address: Record) -> Record {
    address.remove("fax_number");
    address
}

/// The bureaus' published dispute addresses are the defaults. Their other offices are made up for practice.
fn library() -> Vec<Record> {
    [
        ("Equifax Information Services LLC", "equifax", "P.O. Box 740256", "Atlanta", "GA", 30374, true),
        ("Experian", "experian", "P.O. Box 4500", "Allen", "TX", 75013, true),
        ("TransUnion Consumer Solutions", "transunion", "P.O. Box 2000", "Chester", "PA", 19016, true),
        ("Equifax - practice office", "equifax", "100 Sample Street, Suite 100", "Boston", "MA", 2108, false),
        ("Experian - practice office", "experian", "200 Sample Avenue", "Costa Mesa", "CA", 92626, false),
        ("TransUnion - practice office", "transunion", "300 Sample Road, Floor 3", "Newark", "NJ", 7102, false),
    ]
    .into_iter()
    .map(|(title, bureau, address, city, state, zip, is_default)| {
        record(json!({
            "title": title,
            "type": bureau,
            "address": address,
            "city": city,
            "state": state,
            "zip_code": zip,
            "fax_number": null,
            "is_default": is_default,
        }))
    })
    .collect()
}
