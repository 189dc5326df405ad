//! Claim codes: a dispute reason with the company's own code for each bureau. Short and unpaged.

use super::{Resource, record};
use crate::{
    portal::{self, Portal, Routes},
    problem::Answer,
    records::{Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

pub(crate) static TABLE: Table = Table { name: "claim_codes", noun: "claim code", columns: &[] };

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/claim-codes", get(list))
}

async fn list(State(portal): State<Portal>) -> Answer {
    let mut db = portal.reader().await?;
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM claim_codes ORDER BY id").fetch_all(&mut *db).await?;
    let found = TABLE.get_all(&mut db, &ids).await?;
    portal::data(StatusCode::OK, found.into_values().map(Value::Object).collect::<Vec<_>>())
}

/// Keys are the order here; instructions refer to them.
fn library() -> Vec<Record> {
    [
        ("Not mine", "E01", "X101", "T-001", true),
        ("Identity theft", "E02", "X102", "T-002", true),
        ("Incorrect balance", "E03", "X201", "T-010", true),
        ("Incorrect past-due amount", "E04", "X202", "T-011", true),
        ("Paid on time", "E05", "X301", "T-020", true),
        ("Paid in full", "E06", "X302", "T-021", true),
        ("Incorrect date of first delinquency", "E07", "X401", "T-030", true),
        ("Incorrect dates", "E08", "X402", "T-031", true),
        ("Too old to report", "E09", "X403", "T-032", true),
        ("Duplicate account", "E10", "X501", "T-040", true),
        ("Incorrect status", "E11", "X502", "T-041", true),
        ("Included in bankruptcy", "E12", "X503", "T-042", true),
        ("Inquiry not authorized", "E13", "X601", "T-050", true),
        ("Retired code kept for old letters", "E99", "X999", "T-099", false),
    ]
    .into_iter()
    .map(|(name, equifax, experian, transunion, is_active)| {
        record(json!({
            "tcp_name": name,
            "eq_code": equifax,
            "ex_code": experian,
            "tu_code": transunion,
            "is_active": is_active,
        }))
    })
    .collect()
}
