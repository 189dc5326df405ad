//! Groups of templates, by who reads them.

use super::{Resource, record};
use crate::{
    fields::Query,
    list::{Direction, Filter, List},
    portal::{self, Portal, Routes},
    records::{Column, Record, Table},
};
use axum::{extract::State, routing::get};
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

fn routes() -> Routes {
    let list =
        |State(portal): State<Portal>, query: Query| async move { portal::list_plain(&portal, query, &LIST).await };
    Routes::new().route("/template-categories", get(list))
}

/// Keys are the order here; templates refer to them.
fn library() -> Vec<Record> {
    ["Bureau", "Original Creditor", "Collection Agency", "Government Office", "Clients"]
        .into_iter()
        .map(|name| record(json!({ "name": name })))
        .collect()
}
