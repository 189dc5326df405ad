//! Files filed under a client. The undocumented `id` is sent (oddity 30); a create answers 200 (oddity 23).

use super::{Resource, attachment_links, attachments, clients, none, record, users};
use crate::{
    accepted::{self, AcceptedKind, Entry},
    access::{SignedIn, Who},
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
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "client_documents",
    noun: "client document",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("type", "/type"),
        Column::field("subtype", "/subtype"),
        Column::field("author_id", "/author_id"),
        Column::field("size", "/size"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

const TYPE: Kind = Kind::OneOf(&["id", "credit_related", "fixed_income_verification", "other"]);
const SUBTYPE: Kind = Kind::OneOf(&[
    "drive_licence",
    "bank_or_credit_union_statement",
    "canceled_check",
    "government_issued_id",
    "signed_letter_from_homeless_shelter",
    "stamped_post_office_box_receipt",
    "utility_bills",
    "pay_stub",
    "other",
    "transunion",
    "equifax",
    "experian",
    "creditor",
]);

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("client_id", Kind::Integer).required(),
        Filter::is("type", TYPE),
        Filter::is("subtype", SUBTYPE),
        Filter::is("author_id", Kind::Integer),
    ],
    sorts: &[
        ("id", "id"),
        ("type", "type"),
        ("subtype", "subtype"),
        ("size", "size"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/client-documents", get(list).post(create))
        .route("/client-documents/{id}", get(show).put(update).patch(update).delete(remove))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

const RULES: &[Rule] = &[
    must("type", TYPE),
    must("client_id", Kind::Integer),
    must("attachment_id", Kind::Integer),
    may("subtype", SUBTYPE),
];

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let document = TABLE.find(&mut db, id).await?;
    answers::one(StatusCode::OK, shown(&portal, &mut db, vec![document]).await?)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, fields: Fields) -> Answer {
    file_document(&portal, Who::Staff(me.user_id), fields, StatusCode::OK).await
}

async fn update(State(portal): State<Portal>, Id(id): Id, fields: Fields) -> Answer {
    replace_file(&portal, id, fields).await
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    delete(&portal, id, None).await
}

/// Files a stored file under a client; the customer portal does it by the same function.
pub(crate) async fn file_document(portal: &Portal, who: Who, mut fields: Fields, status: StatusCode) -> Answer {
    let mut db = portal.writer().await?;
    let mut document = record(json!({ "subtype": null }));
    document.extend(fields.read(RULES));
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    let payload = fields.hash();
    fields.finish()?;
    let file = stored::number(&document, "attachment_id").unwrap_or_default();
    document.insert("size".into(), size_of(&mut db, file).await?);
    document.insert("author_id".into(), who.author().into());
    let document = TABLE.store(portal, &mut db, document).await?;
    let record = stored::number(&document, "id").unwrap_or_default();
    attachment_links::link(&mut db, file, attachment_links::CLIENT_DOCUMENT, record).await?;
    let entry = Entry { record, client: stored::number(&document, "client_id"), attachment: Some(file), payload };
    accepted::enter(portal, &mut db, AcceptedKind::Document, entry).await?;
    let documents = shown(portal, &mut db, vec![document]).await?;
    db.commit().await?;
    answers::one(status, documents)
}

/// Gives a document another file; the old one goes when nothing else is tied to it.
pub(crate) async fn replace_file(portal: &Portal, id: i64, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let before = TABLE.find(&mut db, id).await?;
    let mut changes = fields.read(&[must("attachment_id", Kind::Integer)]);
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    fields.finish()?;
    let (old, new) = (stored::number(&before, "attachment_id"), stored::number(&changes, "attachment_id"));
    if let Some(new) = new.filter(|new| Some(*new) != old) {
        changes.insert("size".into(), size_of(&mut db, new).await?);
        attachment_links::link(&mut db, new, attachment_links::CLIENT_DOCUMENT, id).await?;
        if let Some(old) = old {
            attachment_links::unlink(&mut db, old, attachment_links::CLIENT_DOCUMENT, id).await?;
        }
    }
    let document = TABLE.update(portal, &mut db, id, changes).await?;
    let documents = shown(portal, &mut db, vec![document]).await?;
    db.commit().await?;
    answers::one(StatusCode::OK, documents)
}

/// Deletes a document, of this client if one is named; its file goes when nothing else is tied to it.
pub(crate) async fn delete(portal: &Portal, id: i64, client: Option<i64>) -> Answer {
    let mut db = portal.writer().await?;
    let document = TABLE.find(&mut db, id).await?;
    if client.is_some() && stored::number(&document, "client_id") != client {
        return Err(TABLE.missing());
    }
    TABLE.remove(&mut db, id).await?;
    if let Some(file) = stored::number(&document, "attachment_id") {
        attachment_links::unlink(&mut db, file, attachment_links::CLIENT_DOCUMENT, id).await?;
    }
    db.commit().await?;
    answers::nothing()
}

/// Leaves a document without this file, after its tie was cut.
pub(crate) async fn lose_file(portal: &Portal, db: &mut SqliteConnection, id: i64, file: i64) -> Result<(), Problem> {
    let document = TABLE.get(db, id).await?;
    if document.is_some_and(|document| stored::number(&document, "attachment_id") == Some(file)) {
        TABLE.update(portal, db, id, record(json!({ "attachment_id": null, "size": null }))).await?;
    }
    Ok(())
}

/// Every document of a client, as it is documented.
pub(crate) async fn of_client(portal: &Portal, db: &mut SqliteConnection, client: i64) -> Result<Vec<Record>, Problem> {
    let ids = TABLE.ids_where(db, "client_id", &[client]).await?;
    let found = TABLE.get_all(db, &ids).await?.into_values().collect();
    shown(portal, db, found).await
}

async fn size_of(db: &mut SqliteConnection, file: i64) -> Result<Value, Problem> {
    Ok(attachments::TABLE.find(db, file).await?.remove("size").unwrap_or_default())
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let owners = clients::whole(db, &stored::keys(&records, "client_id")).await?;
    let files = attachments::whole(portal, db, &stored::keys(&records, "attachment_id")).await?;
    let show = |mut document: Record| {
        document.remove("size");
        let document = stored::embed(document, "author_id", "author", &authors);
        let document = stored::embed(document, "client_id", "client", &owners);
        stored::embed(document, "attachment_id", "attachment", &files)
    };
    Ok(records.into_iter().map(show).collect())
}
