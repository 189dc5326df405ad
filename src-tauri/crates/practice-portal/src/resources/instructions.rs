//! Instructions: dispute reasons in the company's words, each with its claim code and the creditors it is meant for.
//!
//! The grid shows them by `order`: 1, 2, 3 and so on without gaps. Every one is a plain statement that is either true of an item or not; none suits an item whose record is right.

use super::{Resource, claim_codes, creditor_types, record};
use crate::{
    answers,
    fields::{Fields, Query, Rule, may, must},
    ids::Id,
    kinds::Kind,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "instructions",
    noun: "instruction",
    columns: &[
        Column::field("name", "/name"),
        Column::field("order", "/order"),
        Column::field("claim_code_id", "/claim_code_id"),
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

const RULES: &[Rule] =
    &[must("name", Kind::Text(65_535)), must("claim_code_id", Kind::Integer), may("creditor_types", Kind::Integers)];

fn routes() -> Routes {
    Routes::new()
        .route("/instructions", get(list).post(create))
        .route("/instructions/{id}", get(show).put(update).patch(update).delete(remove))
        .route("/instructions/{id}/move", post(shift))
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
    answers::one(StatusCode::OK, shown(&mut db, vec![found]).await?)
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut instruction = record(json!({ "creditor_type_ids": [] }));
    instruction.extend(read(&mut db, &mut fields, true).await?);
    fields.finish()?;
    instruction.insert("order".into(), (last_place(&mut db).await? + 1).into());
    let instruction = TABLE.store(&portal, &mut db, instruction).await?;
    let instructions = shown(&mut db, vec![instruction]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, instructions)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    let changes = read(&mut db, &mut fields, false).await?;
    fields.finish()?;
    let instruction = TABLE.update(&portal, &mut db, id, changes).await?;
    let instructions = shown(&mut db, vec![instruction]).await?;
    db.commit().await?;
    answers::one(StatusCode::OK, instructions)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    let place = place_of(&mut db, id).await?;
    TABLE.remove(&mut db, id).await?;
    let last = last_place(&mut db).await?;
    for below in between(&mut db, place + 1, last).await? {
        by(&mut db, below, -1).await?;
    }
    db.commit().await?;
    stored::removed(&TABLE)
}

/// Takes an instruction from its place to another; those between move up or down by one.
async fn shift(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let place = place_of(&mut db, id).await?;
    let last = last_place(&mut db).await?;
    let places = Kind::Between(1, last.max(1));
    let sent = fields.read(&[must("order_from", places), must("order_to", places)]);
    let (from, to) = (stored::number(&sent, "order_from"), stored::number(&sent, "order_to"));
    if from.is_some_and(|from| from != place) {
        fields.refuse("order_from", "The instruction is not at this position any more.");
    }
    fields.finish()?;
    let to = to.unwrap_or(place);
    let (between_them, step) = if to > place {
        (between(&mut db, place + 1, to).await?, -1)
    } else {
        (between(&mut db, to, place - 1).await?, 1)
    };
    for other in between_them {
        by(&mut db, other, step).await?;
    }
    TABLE.update(&portal, &mut db, id, record(json!({ "order": to }))).await?;
    db.commit().await?;
    answers::message("The instruction was moved.")
}

async fn place_of(db: &mut SqliteConnection, id: i64) -> Result<i64, Problem> {
    Ok(stored::number(&TABLE.find(db, id).await?, "order").unwrap_or_default())
}

async fn last_place(db: &mut SqliteConnection) -> Result<i64, Problem> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(\"order\") FROM instructions").fetch_one(db).await?;
    Ok(last.unwrap_or(0))
}

/// The instructions from one place to another, both included.
async fn between(db: &mut SqliteConnection, first: i64, last: i64) -> Result<Vec<i64>, Problem> {
    let ids = sqlx::query_scalar("SELECT id FROM instructions WHERE \"order\" BETWEEN ? AND ? ORDER BY id");
    Ok(ids.bind(first).bind(last).fetch_all(db).await?)
}

/// Moves an instruction by so many places.
async fn by(db: &mut SqliteConnection, id: i64, step: i64) -> Result<(), Problem> {
    let place = place_of(db, id).await?;
    TABLE.change(db, id, record(json!({ "order": place + step }))).await?;
    Ok(())
}

async fn read(db: &mut SqliteConnection, fields: &mut Fields, is_new: bool) -> Result<Record, Problem> {
    // No creditor types is a choice: the instruction is meant for all.
    let none = fields.raw("creditor_types").and_then(Value::as_array).is_some_and(Vec::is_empty);
    let rules = if none { RULES.get(..2).unwrap_or(RULES) } else { RULES };
    let mut read = if is_new { fields.read(rules) } else { fields.read_some(rules) };
    stored::check_reference(db, fields, "claim_code_id", &claim_codes::TABLE).await?;
    stored::check_references(db, fields, "creditor_types", &creditor_types::TABLE).await?;
    let kinds = if none { Some(json!([])) } else { read.remove("creditor_types") };
    if let Some(kinds) = kinds {
        read.insert("creditor_type_ids".into(), kinds);
    }
    Ok(read)
}

/// Puts the claim code and the creditor types in the place of their keys.
async fn shown(db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let codes = stored::as_values(claim_codes::TABLE.get_all(db, &stored::keys(&records, "claim_code_id")).await?);
    let kinds_of = |instruction: &Record| -> Vec<i64> {
        let keys = instruction.get("creditor_type_ids").and_then(Value::as_array);
        keys.into_iter().flatten().filter_map(Value::as_i64).collect()
    };
    let kinds: Vec<i64> = records.iter().flat_map(kinds_of).collect();
    let kinds = stored::as_values(creditor_types::TABLE.get_all(db, &kinds).await?);
    let show = |mut instruction: Record| {
        let own: Vec<Value> = kinds_of(&instruction).iter().filter_map(|id| kinds.get(id).cloned()).collect();
        instruction.remove("creditor_type_ids");
        instruction.insert("creditor_types".into(), own.into());
        stored::embed(instruction, "claim_code_id", "claim_code", &codes)
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
