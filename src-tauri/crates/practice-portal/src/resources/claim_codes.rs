//! Claim codes: a dispute reason with the company's own code for each bureau. Short and unpaged.

use super::{Resource, instructions, record};
use crate::{
    answers,
    fields::{Fields, Rule, may, must},
    ids::Id,
    kinds::Kind,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Record, Table},
    stored,
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{get, put},
};
use serde_json::json;

pub(crate) static TABLE: Table = Table { name: "claim_codes", noun: "claim code", columns: &[] };

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

const RULES: &[Rule] = &[
    must("tcp_name", Kind::Text(255)),
    must("eq_code", Kind::Text(255)),
    must("ex_code", Kind::Text(255)),
    must("tu_code", Kind::Text(255)),
    may("is_active", Kind::Boolean),
];

fn routes() -> Routes {
    Routes::new()
        .route("/claim-codes", get(list).post(create))
        .route("/claim-codes/{id}", put(update).patch(update).delete(remove))
}

async fn list(State(portal): State<Portal>) -> Answer {
    let mut db = portal.reader().await?;
    answers::all(TABLE.all(&mut db).await?)
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut code = record(json!({ "is_active": true }));
    code.extend(fields.read(RULES));
    fields.finish()?;
    let mut db = portal.writer().await?;
    let code = TABLE.store(&portal, &mut db, code).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, code)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read_some(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let code = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, code)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    if !instructions::TABLE.ids_where(&mut db, "claim_code_id", &[id]).await?.is_empty() {
        return Err(Problem::field("id", "The claim code is used by an instruction and cannot be deleted."));
    }
    TABLE.remove(&mut db, id).await?;
    db.commit().await?;
    stored::removed(&TABLE)
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
