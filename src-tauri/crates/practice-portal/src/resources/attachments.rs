//! Stored files: uploaded ones as they came, those of the practice clients drawn when they are asked for.
//!
//! A file that a record uses is not deleted; file names on the way out hold the key and nothing else. What ties files to
//! records is in [`super::attachment_links`], what may be uploaded in [`super::uploads`].

use super::{Resource, attachment_links, clients, none, record, uploads};
use crate::{
    access::Who,
    answers,
    fields::Query,
    ids::Id,
    list::{Condition, Direction, Filter, List},
    pictures,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    stored,
};
use axum::{
    Extension,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    routing::get,
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "attachments",
    noun: "attachment",
    columns: &[
        Column::field("caption", "/caption"),
        Column::field("type", "/type"),
        Column::field("extension", "/extension"),
        Column::field("size", "/size"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("caption")],
    sorts: &[
        ("id", "id"),
        ("caption", "caption"),
        ("type", "type"),
        ("extension", "extension"),
        ("size", "size"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource {
    tables: &[&TABLE],
    routes,
    library: none,
    further_schema: &["CREATE TABLE attachment_bytes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT"],
};

fn routes() -> Routes {
    Routes::new()
        .route("/attachments", get(list).post(upload))
        .route("/attachments/{id}", get(show).delete(remove))
        .route("/attachments/{id}/download", get(download))
        .layer(DefaultBodyLimit::max(uploads::LONGEST_REQUEST))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    query.fields.require("entity_type");
    query.fields.require("entity_id");
    let kind = query.fields.value("entity_type", attachment_links::ENTITIES).unwrap_or_default();
    let owner = query.fields.integer("entity_id").unwrap_or_default();
    let owned = Condition::new(
        "id IN (SELECT attachment_id FROM attachment_links WHERE entity_type = ? AND entity_id = ?)",
        vec![Cell::from_json(&kind), Cell::Integer(owner)],
    );
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, vec![owned]).await?;
    page.records = page.records.into_iter().map(|file| shown(&portal, file)).collect();
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    answers::data(StatusCode::OK, shown(&portal, TABLE.find(&mut db, id).await?))
}

/// Stores a file; the customer portal does it by the same function.
pub(crate) async fn upload(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let upload = uploads::read(form).await?;
    let file = record(json!({
        "caption": upload.caption,
        "type": upload.media_type,
        "extension": upload.extension,
        "size": upload.bytes.len(),
        "uploaded_by": who.subject(),
    }));
    let mut db = portal.writer().await?;
    let file = TABLE.store(&portal, &mut db, file).await?;
    sqlx::query("INSERT INTO attachment_bytes (id, bytes) VALUES (?, ?)")
        .bind(stored::number(&file, "id"))
        .bind(upload.bytes)
        .execute(&mut *db)
        .await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, shown(&portal, file))
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    if attachment_links::is_used(&mut db, id).await? {
        return Err(Problem::field("id", "The attachment is in use by a record and cannot be deleted."));
    }
    attachment_links::unlink_all(&mut db, id).await?;
    erase(&mut db, id).await?;
    db.commit().await?;
    answers::nothing()
}

/// Removes a file that nothing is tied to.
pub(crate) async fn erase(db: &mut SqliteConnection, id: i64) -> Result<(), Problem> {
    TABLE.remove(db, id).await?;
    sqlx::query("DELETE FROM attachment_bytes WHERE id = ?").bind(id).execute(db).await?;
    Ok(())
}

async fn download(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let file = TABLE.find(&mut db, id).await?;
    let bytes = match bytes(&mut db, id).await? {
        Some(bytes) => bytes,
        None => draw(&mut db, &file).await?,
    };
    let name = format!("attachment-{id}.{}", stored::text(&file, "extension"));
    answers::file(stored::text(&file, "type"), &name, bytes)
}

/// What was uploaded; nothing for a file that is drawn.
pub(crate) async fn bytes(db: &mut SqliteConnection, id: i64) -> Result<Option<Vec<u8>>, Problem> {
    Ok(sqlx::query_scalar("SELECT bytes FROM attachment_bytes WHERE id = ?").bind(id).fetch_optional(db).await?)
}

/// Draws the picture that a practice client's file stands for.
async fn draw(db: &mut SqliteConnection, file: &Record) -> Result<Vec<u8>, Problem> {
    let (Some(client), Some(size)) = (stored::number(file, "drawn_for"), stored::number(file, "size")) else {
        return Err(TABLE.missing());
    };
    let client = clients::TABLE.find(db, client).await?;
    let (picture, made) = (stored::text(file, "picture").to_owned(), stored::text(file, "created_at").to_owned());
    let size = usize::try_from(size).unwrap_or_default();
    // Drawing and encoding take some milliseconds of pure computation.
    let drawn = tokio::task::spawn_blocking(move || pictures::draw(&picture, &client, &made, size)).await;
    drawn.map_err(|error| Problem::Broken(Box::new(error)))?.map_err(|error| Problem::Broken(Box::new(error)))
}

/// Files by key, whole, for embedding.
pub(crate) async fn whole(
    portal: &Portal,
    db: &mut SqliteConnection,
    ids: &[i64],
) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    Ok(found.into_iter().map(|(id, file)| (id, Value::Object(shown(portal, file)))).collect())
}

/// Files by key without `downloadUrl` and `updated_at`, for embedding.
pub(crate) async fn short(
    portal: &Portal,
    db: &mut SqliteConnection,
    ids: &[i64],
) -> Result<BTreeMap<i64, Value>, Problem> {
    let mut files = whole(portal, db, ids).await?;
    for file in files.values_mut().filter_map(Value::as_object_mut) {
        file.remove("downloadUrl");
        file.remove("updated_at");
    }
    Ok(files)
}

/// A file as it is documented.
pub(crate) fn shown(portal: &Portal, mut file: Record) -> Record {
    let id = stored::number(&file, "id").unwrap_or_default();
    let address = portal.address(&format!("/attachments/{id}/download"));
    for hidden in ["drawn_for", "picture", "uploaded_by"] {
        file.remove(hidden);
    }
    file.insert("url".into(), address.clone().into());
    file.insert("downloadUrl".into(), address.into());
    file
}
