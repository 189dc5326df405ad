//! Groups of templates, by who reads them.

use super::{Resource, record, templates};
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

pub(crate) static TABLE: Table = Table {
    name: "template_categories",
    noun: "template category",
    columns: &[
        Column::field("name", "/name"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name")],
    sorts: &[("id", "id"), ("name", "name"), ("created_at", "created_at"), ("updated_at", "updated_at")],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

const RULES: &[Rule] = &[must("name", Kind::Text(255))];

fn routes() -> Routes {
    let list =
        |State(portal): State<Portal>, query: Query| async move { stored::list_plain(&portal, query, &LIST).await };
    let show = |State(portal): State<Portal>, Id(id): Id| async move { stored::show_plain(&portal, id, &TABLE).await };
    Routes::new()
        .route("/template-categories", get(list).post(create))
        .route("/template-categories/{id}", get(show).put(update).patch(update).delete(remove))
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let category = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let category = TABLE.store(&portal, &mut db, category).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, category)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let category = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, category)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    if !templates::TABLE.ids_where(&mut db, "category_id", &[id]).await?.is_empty() {
        return Err(Problem::field("id", "The template category has templates and cannot be deleted."));
    }
    TABLE.remove(&mut db, id).await?;
    db.commit().await?;
    stored::removed(&TABLE)
}

/// Keys are the order here; templates refer to them.
fn library() -> Vec<Record> {
    ["Bureau", "Original Creditor", "Collection Agency", "Government Office", "Clients"]
        .into_iter()
        .map(|name| record(json!({ "name": name })))
        .collect()
}
