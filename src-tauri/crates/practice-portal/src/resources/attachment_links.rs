//! What ties files to records.
//!
//! Every record that has a file ties it: documents, agreements, correspondence, imports. Such a file is in use and is not
//! deleted; it goes with the last tie. A file that is tied to a client only may be deleted.
//!
//! The key in the path of a removal is the file's; which tie is meant stands in the body (oddity 51).

use super::{Resource, attachments, client_documents, clients, correspondences, none, record};
use crate::{
    answers,
    fields::{Fields, Rule, must},
    ids::Id,
    kinds::Kind,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{delete, post},
};
use serde_json::json;
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "attachment_links",
    noun: "attachment link",
    columns: &[
        Column::field("attachment_id", "/attachment_id").indexed(),
        Column::field("entity_type", "/entity_type"),
        Column::field("entity_id", "/entity_id").indexed(),
    ],
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

/// The records that a caller may name.
pub(crate) const ENTITIES: Kind = Kind::OneOf(&[CLIENT, CLIENT_DOCUMENT, CORRESPONDENCE]);

pub(crate) const CLIENT: &str = "client";
pub(crate) const CLIENT_DOCUMENT: &str = "client_document";
pub(crate) const CORRESPONDENCE: &str = "correspondence";
pub(crate) const CLIENT_AGREEMENT: &str = "client_agreement";
pub(crate) const IMPORT: &str = "import";

const TIE: &[Rule] = &[must("entity_type", ENTITIES), must("entity_id", Kind::Integer)];

fn routes() -> Routes {
    Routes::new().route("/attachment-links", post(create)).route("/attachment-links/{id}", delete(remove))
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let tie = fields.read(TIE);
    let file = fields.read(&[must("attachment_id", Kind::Integer)]);
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    let (kind, owner) = (stored::text(&tie, "entity_type"), stored::number(&tie, "entity_id").unwrap_or_default());
    if let Some(table) = table_of(kind) {
        stored::check_reference(&mut db, &mut fields, "entity_id", table).await?;
    }
    let file = stored::number(&file, "attachment_id").unwrap_or_default();
    if find(&mut db, file, kind, owner).await?.is_some() {
        fields.refuse("attachment_id", "The attachment is linked to this record already.");
    }
    fields.finish()?;
    link(&mut db, file, kind, owner).await?;
    let file = attachments::TABLE.find(&mut db, file).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, attachments::shown(&portal, file))
}

async fn remove(State(portal): State<Portal>, Id(file): Id, mut fields: Fields) -> Answer {
    let tie = fields.read(TIE);
    fields.finish()?;
    let (kind, owner) = (stored::text(&tie, "entity_type"), stored::number(&tie, "entity_id").unwrap_or_default());
    let mut db = portal.writer().await?;
    attachments::TABLE.expect(&mut db, file).await?;
    if !unlink(&mut db, file, kind, owner).await? {
        return Err(TABLE.missing());
    }
    if kind == CLIENT_DOCUMENT {
        client_documents::lose_file(&portal, &mut db, owner, file).await?;
    }
    db.commit().await?;
    stored::removed(&TABLE)
}

fn table_of(kind: &str) -> Option<&'static Table> {
    match kind {
        CLIENT => Some(&clients::TABLE),
        CLIENT_DOCUMENT => Some(&client_documents::TABLE),
        CORRESPONDENCE => Some(&correspondences::TABLE),
        _ => None,
    }
}

/// Ties a file to a record.
pub(crate) async fn link(db: &mut SqliteConnection, file: i64, kind: &str, owner: i64) -> Result<(), Problem> {
    TABLE.insert(db, tie(file, kind, owner)).await?;
    Ok(())
}

/// A tie as it is stored.
pub(crate) fn tie(file: i64, kind: &str, owner: i64) -> Record {
    record(json!({ "attachment_id": file, "entity_type": kind, "entity_id": owner }))
}

/// Unties a file from a record; the last tie takes the file with it. False when they were not tied.
pub(crate) async fn unlink(db: &mut SqliteConnection, file: i64, kind: &str, owner: i64) -> Result<bool, Problem> {
    let Some(tie) = find(db, file, kind, owner).await? else { return Ok(false) };
    TABLE.remove(db, tie).await?;
    if TABLE.ids_where(db, "attachment_id", &[file]).await?.is_empty() {
        attachments::erase(db, file).await?;
    }
    Ok(true)
}

/// Removes every tie of a file.
pub(crate) async fn unlink_all(db: &mut SqliteConnection, file: i64) -> Result<(), Problem> {
    for tie in TABLE.ids_where(db, "attachment_id", &[file]).await? {
        TABLE.delete(db, tie).await?;
    }
    Ok(())
}

/// Whether a record would lose its file.
pub(crate) async fn is_used(db: &mut SqliteConnection, file: i64) -> Result<bool, Problem> {
    let uses: i64 =
        sqlx::query_scalar("SELECT count(*) FROM attachment_links WHERE attachment_id = ? AND entity_type <> ?")
            .bind(file)
            .bind(CLIENT)
            .fetch_one(db)
            .await?;
    Ok(uses > 0)
}

/// Whether a file is tied to the client itself or to one of its documents.
pub(crate) async fn is_of_client(db: &mut SqliteConnection, file: i64, client: i64) -> Result<bool, Problem> {
    let ties: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM attachment_links WHERE attachment_id = ?1 AND (entity_type = 'client' AND entity_id = ?2 \
         OR entity_type = 'client_document' AND entity_id IN (SELECT id FROM client_documents WHERE client_id = ?2))",
    )
    .bind(file)
    .bind(client)
    .fetch_one(db)
    .await?;
    Ok(ties > 0)
}

async fn find(db: &mut SqliteConnection, file: i64, kind: &str, owner: i64) -> Result<Option<i64>, Problem> {
    let tie = sqlx::query_scalar(
        "SELECT id FROM attachment_links WHERE attachment_id = ? AND entity_type = ? AND entity_id = ?",
    );
    Ok(tie.bind(file).bind(kind).bind(owner).fetch_optional(db).await?)
}
