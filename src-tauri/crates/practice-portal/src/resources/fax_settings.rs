//! How often a fax that failed is tried again. The setting with the highest key counts.

use super::{Resource, record};
use crate::{
    answers,
    fields::{Fields, Query, Rule, must},
    ids::Id,
    kinds::Kind,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::json;
use sqlx::SqliteConnection;

static TABLE: Table = Table {
    name: "fax_settings",
    noun: "fax setting",
    columns: &[
        Column::field("reattempt_count", "/reattempt_count"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::is_number("reattempt_count")],
    sorts: &[
        ("id", "id"),
        ("reattempt_count", "reattempt_count"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

const RULES: &[Rule] = &[must("reattempt_count", Kind::Between(0, 10))];

fn routes() -> Routes {
    let list =
        |State(portal): State<Portal>, query: Query| async move { stored::list_plain(&portal, query, &LIST).await };
    Routes::new()
        .route("/fax-settings", get(list).post(create))
        .route("/fax-settings/{id}", axum::routing::put(update).patch(update))
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let setting = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let setting = TABLE.store(&portal, &mut db, setting).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, setting)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let setting = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, setting)
}

/// How often a failed fax is tried again now.
pub(crate) async fn reattempts(db: &mut SqliteConnection) -> Result<i64, Problem> {
    let count = sqlx::query_scalar("SELECT reattempt_count FROM fax_settings ORDER BY id DESC LIMIT 1");
    Ok(count.fetch_optional(db).await?.unwrap_or(0))
}

fn library() -> Vec<Record> {
    vec![record(json!({ "reattempt_count": 3 }))]
}
