//! What the company sells.

use super::{Resource, record};
use crate::{
    answers,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "products",
    noun: "product",
    columns: &[
        Column::field("name", "/name"),
        Column::field("product_code", "/product_code"),
        Column::field("product_type", "/product_type"),
    ],
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/products", get(list))
}

async fn list(State(portal): State<Portal>) -> Answer {
    let mut db = portal.reader().await?;
    answers::all(TABLE.all(&mut db).await?)
}

/// Products by key without code and type, as contracts embed them (oddity 32).
pub(crate) async fn short(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let mut found = TABLE.get_all(db, ids).await?;
    for product in found.values_mut() {
        product.remove("product_code");
        product.remove("product_type");
    }
    Ok(stored::as_values(found))
}

/// Name, code, type, first fee and monthly charge in dollars; keys are the order here.
pub(crate) const PRODUCTS: [(&str, &str, &str, f64, f64); 4] = [
    ("Credit repair, basic", "CR-BASIC", "credit_repair", 99.0, 69.0),
    ("Credit repair, complete", "CR-COMPLETE", "credit_repair", 149.0, 119.95),
    ("Identity watch", "ID-WATCH", "monitoring", 0.0, 19.95),
    ("Score coaching", "COACH", "coaching", 49.0, 29.5),
];

fn library() -> Vec<Record> {
    PRODUCTS
        .into_iter()
        .map(|(name, code, kind, ..)| record(json!({ "name": name, "product_code": code, "product_type": kind })))
        .collect()
}
