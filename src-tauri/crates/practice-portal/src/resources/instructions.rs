//! Instructions: dispute reasons in the company's words, each with its claim code and the creditors it is meant for.
//!
//! Every one is a plain statement that is either true of an item or not; none suits an item whose record is right.

use super::{Resource, claim_codes, creditor_types, record};
use crate::{
    fields::Query,
    list::{Direction, Filter, List},
    portal::{self, Id, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "instructions",
    noun: "instruction",
    columns: &[
        Column::field("name", "/name"),
        Column::field("order", "/order"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name")],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("order", "order"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("order", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/instructions", get(list)).route("/instructions/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let found = TABLE.find(&mut db, id).await?;
    let mut found = shown(&mut db, vec![found]).await?;
    portal::data(StatusCode::OK, found.pop().map_or(Value::Null, Value::Object))
}

/// Puts the claim code and the creditor types in the place of their keys.
async fn shown(db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let key = |value: &Value| value.as_i64();
    let codes: Vec<i64> = records.iter().filter_map(|r| r.get("claim_code_id").and_then(key)).collect();
    let codes = claim_codes::TABLE.get_all(db, &codes).await?;
    let kinds_of = |r: &Record| -> Vec<i64> {
        r.get("creditor_type_ids").and_then(Value::as_array).into_iter().flatten().filter_map(key).collect()
    };
    let kinds: Vec<i64> = records.iter().flat_map(kinds_of).collect();
    let kinds = creditor_types::TABLE.get_all(db, &kinds).await?;
    let show = |mut instruction: Record| {
        let own: Vec<Record> = kinds_of(&instruction).iter().filter_map(|id| kinds.get(id).cloned()).collect();
        instruction.remove("creditor_type_ids");
        instruction.insert("creditor_types".into(), own.into_iter().map(Value::Object).collect());
        let code = instruction.remove("claim_code_id").as_ref().and_then(key).and_then(|id| codes.get(&id).cloned());
        instruction.insert("claim_code".into(), code.map_or(Value::Null, Value::Object));
        instruction
    };
    Ok(records.into_iter().map(show).collect())
}

/// Name, claim code, creditor types (none: meant for all).
fn library() -> Vec<Record> {
    const ALL_ACCOUNTS: &[i64] = &[1, 2, 3, 4, 5, 6];
    let reasons: [(&str, i64, &[i64]); 14] = [
        ("This account does not belong to me.", 1, &[]),
        ("This account was opened without my knowledge; I am a victim of identity theft.", 2, &[]),
        ("The balance reported is incorrect.", 3, ALL_ACCOUNTS),
        ("The past-due amount reported is incorrect.", 4, ALL_ACCOUNTS),
        ("The payment was made on time.", 5, &[1, 2, 3, 4]),
        ("This account was paid in full and is still reported with a balance.", 6, ALL_ACCOUNTS),
        ("The date of first delinquency is wrong.", 7, ALL_ACCOUNTS),
        ("The dates reported for this account are inconsistent.", 8, ALL_ACCOUNTS),
        ("This item is older than the law allows it to be reported.", 9, &[]),
        ("This account is reported more than once.", 10, ALL_ACCOUNTS),
        ("The account status is reported incorrectly.", 11, ALL_ACCOUNTS),
        ("This debt was included in my bankruptcy and should be reported so.", 12, ALL_ACCOUNTS),
        ("I did not authorize this inquiry.", 13, &[8]),
        (
            "The bureaus report different information for this account; please verify which is correct.",
            11,
            ALL_ACCOUNTS,
        ),
    ];
    reasons
        .into_iter()
        .zip(1..)
        .map(|((name, code, kinds), order)| {
            record(json!({ "name": name, "order": order, "claim_code_id": code, "creditor_type_ids": kinds }))
        })
        .collect()
}
