//! The options of the drop-down lists on a negative item. The list is asked for by its type in the place where changes
//! carry a key (oddity 53); which types there are is not documented (oddity 54), so any is taken.

use super::{Resource, record, users};
use crate::{
    access::SignedIn,
    answers,
    fields::{Fields, Query, must},
    ids::{Id, Word},
    kinds::Kind,
    list::{ANY_TEXT, Condition, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    stored,
};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::json;
use sqlx::SqliteConnection;

static TABLE: Table = Table {
    name: "item_dropdowns",
    noun: "dropdown option",
    columns: &[
        Column::field("type", "/type"),
        Column::field("value", "/value"),
        Column::field("created_by", "/created_by_id"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/value"]),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words"), Filter::is_number("id"), Filter::on_day_of("created_at")],
    sorts: &[
        ("id", "id"),
        ("value", "value"),
        ("type", "type"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/item-dropdowns", post(create))
        .route("/item-dropdowns/{id}", get(list).put(update).patch(update).delete(remove))
}

async fn list(State(portal): State<Portal>, Word(kind): Word, mut query: Query) -> Answer {
    let mut further = vec![Condition::new("type = ?", vec![Cell::Text(kind.unwrap_or_default())])];
    if let Some(author) = query.fields.value("author", ANY_TEXT).as_ref().and_then(|author| author.as_str()) {
        further.extend(author.to_lowercase().split_whitespace().map(|word| {
            let named = "created_by IN (SELECT id FROM users WHERE instr(words, ?) > 0)";
            Condition::new(named, vec![Cell::Text(word.to_owned())])
        }));
    }
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, further).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut option = fields.read(&[must("type", Kind::Text(255)), must("value", Kind::Text(255))]);
    let mut db = portal.writer().await?;
    let same: i64 = sqlx::query_scalar("SELECT count(*) FROM item_dropdowns WHERE type = ? AND value = ?")
        .bind(stored::text(&option, "type"))
        .bind(stored::text(&option, "value"))
        .fetch_one(&mut *db)
        .await?;
    if same > 0 {
        fields.refuse("value", "The value has already been taken.");
    }
    fields.finish()?;
    option.insert("created_by_id".into(), me.user_id.into());
    let option = TABLE.store(&portal, &mut db, option).await?;
    let options = shown(&mut db, vec![option]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, options)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read(&[must("value", Kind::Text(255))]);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let option = TABLE.update(&portal, &mut db, id, changes).await?;
    let options = shown(&mut db, vec![option]).await?;
    db.commit().await?;
    answers::one(StatusCode::OK, options)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.remove(&mut db, id).await?;
    db.commit().await?;
    answers::nothing()
}

async fn shown(db: &mut SqliteConnection, options: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_short(db).await?;
    Ok(options.into_iter().map(|option| stored::embed(option, "created_by_id", "created_by", &authors)).collect())
}

fn library() -> Vec<Record> {
    const OPTIONS: [(&str, &[&str]); 4] = [
        ("type", &["Collection", "Charge-off", "Late payment", "Inquiry", "Public record"]),
        ("status", &["New", "Not Processed", "In Progress", "Repaired"]),
        ("responsibility", &["Individual", "Joint", "Authorized user", "Co-signer"]),
        ("attestation", &["Client attested", "Not attested", "Refused"]),
    ];
    OPTIONS
        .into_iter()
        .flat_map(|(kind, values)| {
            values.iter().map(move |value| record(json!({ "type": kind, "value": value, "created_by_id": 6 })))
        })
        .collect()
}
