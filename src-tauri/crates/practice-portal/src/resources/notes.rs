//! Internal notes about clients, which clients never see.

use super::{Resource, clients, none, users};
use crate::{
    accepted::{self, AcceptedKind, Entry},
    access::SignedIn,
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
use axum::{Extension, extract::State, http::StatusCode, routing::get};
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
    filters: &[Filter::words("search", "words"), Filter::is_number("client_id")],
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

const RULES: &[Rule] = &[must("client_id", Kind::Integer), must("note_text", Kind::Text(65_535))];

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let note = TABLE.find(&mut db, id).await?;
    answers::one(StatusCode::OK, shown(&mut db, vec![note]).await?)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut note = fields.read(RULES);
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    let payload = fields.hash();
    fields.finish()?;
    note.insert("user_id".into(), me.user_id.into());
    let note = TABLE.store(&portal, &mut db, note).await?;
    let record = stored::number(&note, "id").unwrap_or_default();
    let entry = Entry { record, client: stored::number(&note, "client_id"), attachment: None, payload };
    accepted::enter(&portal, &mut db, AcceptedKind::Note, entry).await?;
    let notes = shown(&mut db, vec![note]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, notes)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    let changes = fields.read_some(RULES);
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    fields.finish()?;
    let note = TABLE.update(&portal, &mut db, id, changes).await?;
    let notes = shown(&mut db, vec![note]).await?;
    db.commit().await?;
    answers::one(StatusCode::OK, notes)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    stored::remove_plain(&portal, id, &TABLE).await
}

async fn shown(db: &mut SqliteConnection, notes: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let writers = users::all_full(db).await?;
    Ok(notes.into_iter().map(|note| stored::embed(note, "user_id", "user", &writers)).collect())
}
