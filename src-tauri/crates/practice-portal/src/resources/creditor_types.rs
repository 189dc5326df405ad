//! Kinds of creditor that an instruction is meant for. Short and unpaged.

use super::{Resource, record};
use crate::{
    answers,
    portal::{Portal, Routes},
    problem::Answer,
    records::{Record, Table},
};
use axum::{extract::State, routing::get};
use serde_json::json;

pub(crate) static TABLE: Table = Table { name: "creditor_types", noun: "creditor type", columns: &[] };

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/creditor-types", get(list))
}

async fn list(State(portal): State<Portal>) -> Answer {
    let mut db = portal.reader().await?;
    answers::all(TABLE.all(&mut db).await?)
}

/// Keys are the order here; instructions refer to them.
fn library() -> Vec<Record> {
    [
        ("Original Creditor", "Credit card"),
        ("Original Creditor", "Auto loan"),
        ("Original Creditor", "Mortgage"),
        ("Original Creditor", "Student loan"),
        ("Collection Agency", "Medical debt"),
        ("Collection Agency", "Other debt"),
        ("Public Record", "Bankruptcy"),
        ("Inquiry", "Hard inquiry"),
    ]
    .into_iter()
    .map(|(kind, subkind)| record(json!({ "type": kind, "subtype": subkind })))
    .collect()
}
