//! Stored files: uploaded ones as they came, those of the practice clients drawn when they are asked for.
//!
//! An upload is judged by its content, not by its name: JPEG, PNG, PDF, DOC and DOCX are taken. File names on the way
//! out hold the key and nothing else.

use super::{Resource, clients, none, record};
use crate::{
    fields::{Fields, Kind, Query},
    list::{Condition, Direction, Filter, List},
    pictures,
    portal::{self, Id, Portal, Routes},
    problem::{Answer, FieldErrors, Problem},
    records::{Cell, Column, Record, Table},
};
use axum::{
    extract::{DefaultBodyLimit, Multipart, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
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

/// Which record a file belongs to.
pub(crate) static LINKS: Table = Table {
    name: "attachment_links",
    noun: "attachment link",
    columns: &[
        Column::field("attachment_id", "/attachment_id"),
        Column::field("entity_type", "/entity_type"),
        Column::field("entity_id", "/entity_id").indexed(),
    ],
};

const ENTITIES: Kind = Kind::OneOf(&["client", "client_document"]);

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
    tables: &[&TABLE, &LINKS],
    routes,
    library: none,
    further_schema: &["CREATE TABLE attachment_bytes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT"],
};

/// 20 MB, as far as the field is judged; the request around it may be a little longer.
const LONGEST_KILOBYTES: usize = 20 * 1024;

fn routes() -> Routes {
    Routes::new()
        .route("/attachments", get(list).post(upload))
        .route("/attachments/{id}", get(show))
        .route("/attachments/{id}/download", get(download))
        .layer(DefaultBodyLimit::max((LONGEST_KILOBYTES + 64) * 1024))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    query.fields.require("entity_type");
    query.fields.require("entity_id");
    let kind = query.fields.value("entity_type", ENTITIES).unwrap_or_default();
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
    portal::data(StatusCode::OK, shown(&portal, TABLE.find(&mut db, id).await?))
}

async fn upload(State(portal): State<Portal>, form: Multipart) -> Answer {
    let (bytes, caption) = read_form(form).await?;
    let mut fields = Fields::from_json(json!({ "caption": caption }).to_string().as_bytes());
    let caption = fields.value("caption", Kind::Text(255)).unwrap_or_default();
    let kind = match &bytes {
        None => {
            fields.refuse("file", "The file field is required.");
            None
        }
        Some(bytes) if bytes.len() > LONGEST_KILOBYTES * 1024 => {
            fields.refuse("file", format!("The file field must not be greater than {LONGEST_KILOBYTES} kilobytes."));
            None
        }
        Some(bytes) => {
            let kind = kind_of(bytes);
            if kind.is_none() {
                fields.refuse("file", "The file field must be a file of type: jpg, jpeg, png, pdf, doc, docx.");
            }
            kind
        }
    };
    fields.finish()?;
    let (Some(bytes), Some((media_type, extension))) = (bytes, kind) else {
        return Err(Problem::field("file", "The file field is required."));
    };
    let file = record(json!({
        "caption": caption,
        "type": media_type,
        "extension": extension,
        "size": bytes.len(),
    }));
    let mut db = portal.writer().await?;
    let file = portal::store_new(&mut db, &TABLE, file).await?;
    let id = file.get("id").and_then(Value::as_i64).unwrap_or_default();
    sqlx::query("INSERT INTO attachment_bytes (id, bytes) VALUES (?, ?)")
        .bind(id)
        .bind(bytes)
        .execute(&mut *db)
        .await?;
    db.commit().await?;
    portal::data(StatusCode::CREATED, shown(&portal, file))
}

async fn download(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let file = TABLE.find(&mut db, id).await?;
    let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let stored: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT bytes FROM attachment_bytes WHERE id = ?").bind(id).fetch_optional(&mut *db).await?;
    let bytes = match stored {
        Some(bytes) => bytes,
        None => draw(&mut db, &file).await?,
    };
    let name = format!("attachment; filename=\"attachment-{id}.{}\"", text("extension"));
    let header_value = |text: &str| HeaderValue::from_str(text).map_err(|error| Problem::Broken(Box::new(error)));
    let headers =
        [(header::CONTENT_TYPE, header_value(&text("type"))?), (header::CONTENT_DISPOSITION, header_value(&name)?)];
    Ok((headers, bytes).into_response())
}

/// Draws the picture that a practice client's file stands for.
async fn draw(db: &mut SqliteConnection, file: &Record) -> Result<Vec<u8>, Problem> {
    let number = |name: &str| file.get(name).and_then(Value::as_i64);
    let (Some(client), Some(size)) = (number("drawn_for"), number("size")) else { return Err(TABLE.missing()) };
    let client = clients::TABLE.find(db, client).await?;
    let picture = file.get("picture").and_then(Value::as_str).unwrap_or_default().to_owned();
    let made = file.get("created_at").and_then(Value::as_str).unwrap_or_default().to_owned();
    let size = usize::try_from(size).unwrap_or_default();
    // Drawing and encoding take some milliseconds of pure computation.
    let drawn = tokio::task::spawn_blocking(move || pictures::draw(&picture, &client, &made, size)).await;
    drawn.map_err(|error| Problem::Broken(Box::new(error)))?.map_err(|error| Problem::Broken(Box::new(error)))
}

/// Ties a file to a record.
pub(crate) async fn link(
    db: &mut SqliteConnection,
    attachment_id: i64,
    entity_type: &str,
    entity_id: i64,
) -> Result<(), Problem> {
    let tie = json!({ "attachment_id": attachment_id, "entity_type": entity_type, "entity_id": entity_id });
    LINKS.insert(db, record(tie)).await?;
    Ok(())
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

fn shown(portal: &Portal, mut file: Record) -> Record {
    let id = file.get("id").and_then(Value::as_i64).unwrap_or_default();
    let address = portal.address(&format!("/attachments/{id}/download"));
    file.remove("drawn_for");
    file.remove("picture");
    file.insert("url".into(), address.clone().into());
    file.insert("downloadUrl".into(), address.into());
    file
}

/// The parts `file` and `caption`.
async fn read_form(mut form: Multipart) -> Result<(Option<Vec<u8>>, Option<String>), Problem> {
    let (mut file, mut caption) = (None, None);
    let unreadable = |_| {
        let message = format!("The file failed to upload; it may be greater than {LONGEST_KILOBYTES} kilobytes.");
        Problem::Invalid(FieldErrors::from([("file".to_owned(), vec![message])]))
    };
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        match part.name() {
            Some("file") => file = Some(part.bytes().await.map_err(unreadable)?.to_vec()),
            Some("caption") => caption = Some(part.text().await.map_err(unreadable)?),
            _ => {}
        }
    }
    Ok((file, caption))
}

/// Media type and extension of the documented kinds, by content.
fn kind_of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    if bytes.starts_with(b"\xff\xd8\xff") {
        Some(("image/jpeg", "jpg"))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(("image/png", "png"))
    } else if bytes.starts_with(b"%PDF-") {
        Some(("application/pdf", "pdf"))
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(("application/msword", "doc"))
    } else if bytes.starts_with(b"PK\x03\x04") && contains(b"word/document.xml") {
        Some((WORD, "docx"))
    } else {
        None
    }
}
