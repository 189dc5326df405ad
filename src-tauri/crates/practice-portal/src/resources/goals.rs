//! Goals that clients can have, each with the icon of its badge. Single goals come bare (oddity 12).

use super::{Resource, record};
use crate::{
    answers,
    fields::{Fields, Rule, must},
    ids::Id,
    kinds::Kind,
    portal::{Portal, Routes},
    problem::Answer,
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::json;

pub(crate) static TABLE: Table = Table { name: "goals", noun: "goal", columns: &[Column::field("name", "/name")] };

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

const RULES: &[Rule] = &[must("name", Kind::Text(255)), must("icon", Kind::Text(255))];

fn routes() -> Routes {
    Routes::new()
        .route("/goals", get(list).post(create))
        .route("/goals/{id}", get(show).put(update).patch(update).delete(remove))
}

/// Every goal; the customer portal lists them by the same function.
pub(crate) async fn list(State(portal): State<Portal>) -> Answer {
    let mut db = portal.reader().await?;
    answers::all(TABLE.all(&mut db).await?)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    answers::bare(StatusCode::OK, TABLE.find(&mut db, id).await?)
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let goal = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let goal = TABLE.store(&portal, &mut db, goal).await?;
    db.commit().await?;
    answers::bare(StatusCode::CREATED, goal)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let goal = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::bare(StatusCode::OK, goal)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.remove(&mut db, id).await?;
    sqlx::query("DELETE FROM client_goals WHERE goal_id = ?").bind(id).execute(&mut *db).await?;
    db.commit().await?;
    stored::removed(&TABLE)
}

/// How many goals there are; their keys are 1 to this.
pub(crate) const COUNT: i64 = 6;

fn library() -> Vec<Record> {
    [
        ("Buy a home", "home"),
        ("Buy a car", "car"),
        ("Qualify for a better card", "credit-card"),
        ("Rent an apartment", "key"),
        ("Start a business", "briefcase"),
        ("Pay less interest", "percent"),
    ]
    .into_iter()
    .map(|(name, icon)| record(json!({ "name": name, "icon": icon })))
    .collect()
}
