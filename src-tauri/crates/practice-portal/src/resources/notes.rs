//! Internal notes about clients, which clients never see.

use super::{Resource, clients, none, users};
use crate::{
    auth::SignedIn,
    fields::{Fields, Kind, Query},
    list::{Direction, Filter, List},
    portal::{self, Id, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "notes",
    noun: "note",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("user_id", "/user_id"),
        Column::field("note_text", "/note_text"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/note_text", "/user_id", "/created_at"]),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words"), Filter::is("client_id", Kind::Integer)],
    sorts: &[
        ("id", "id"),
        ("client_id", "client_id"),
        ("note_text", "note_text"),
        ("user_id", "user_id"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/notes", get(list).post(create))
        .route("/notes/{id}", get(show).put(update).patch(update).delete(remove))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let note = TABLE.find(&mut db, id).await?;
    one(&mut db, StatusCode::OK, note).await
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    fields.require("client_id");
    fields.require("note_text");
    let mut note = read(&mut db, fields).await?;
    note.insert("user_id".into(), me.user_id.into());
    let note = portal::store_new(&mut db, &TABLE, note).await?;
    let answer = one(&mut db, StatusCode::CREATED, note).await;
    db.commit().await?;
    answer
}

async fn update(State(portal): State<Portal>, Id(id): Id, fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let changes = read(&mut db, fields).await?;
    let note = portal::store_change(&mut db, &TABLE, id, changes).await?;
    let answer = one(&mut db, StatusCode::OK, note).await;
    db.commit().await?;
    answer
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    portal::remove_plain(&portal, id, &TABLE).await
}

async fn read(db: &mut SqliteConnection, mut fields: Fields) -> Result<Record, Problem> {
    let mut note = Record::new();
    fields.take(&mut note, "note_text", Kind::Text(65_535));
    fields.take(&mut note, "client_id", Kind::Integer);
    portal::check_reference(db, &mut fields, "client_id", &clients::TABLE).await?;
    fields.finish()?;
    note.retain(|_, value| !value.is_null());
    Ok(note)
}

async fn one(db: &mut SqliteConnection, status: StatusCode, note: Record) -> Answer {
    let mut notes = shown(db, vec![note]).await?;
    portal::data(status, notes.pop().map_or(Value::Null, Value::Object))
}

async fn shown(db: &mut SqliteConnection, notes: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let writers = users::all_full(db).await?;
    Ok(notes.into_iter().map(|note| portal::embed(note, "user_id", "user", &writers)).collect())
}
