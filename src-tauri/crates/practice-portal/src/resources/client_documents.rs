//! Files filed under a client. The undocumented `id` is sent (oddity 30); a create answers 200 (oddity 23).

use super::{Resource, attachments, clients, none, record, users};
use crate::{
    auth::SignedIn,
    fields::{Fields, Kind, Query},
    list::{Direction, Filter, List},
    portal::{self, Id, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
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
    Routes::new().route("/client-documents", get(list).post(create)).route("/client-documents/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let document = TABLE.find(&mut db, id).await?;
    one(&portal, &mut db, document).await
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    for name in ["type", "attachment_id", "client_id"] {
        fields.require(name);
    }
    let mut document = record(json!({ "subtype": null }));
    fields.take(&mut document, "type", TYPE);
    fields.take(&mut document, "subtype", SUBTYPE);
    fields.take(&mut document, "client_id", Kind::Integer);
    fields.take(&mut document, "attachment_id", Kind::Integer);
    portal::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    portal::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    fields.finish()?;
    let attachment_id = document.get("attachment_id").and_then(Value::as_i64).unwrap_or_default();
    let attachment = attachments::TABLE.find(&mut db, attachment_id).await?;
    document.insert("size".into(), attachment.get("size").cloned().unwrap_or_default());
    document.insert("author_id".into(), me.user_id.into());
    let document = portal::store_new(&mut db, &TABLE, document).await?;
    let id = document.get("id").and_then(Value::as_i64).unwrap_or_default();
    attachments::link(&mut db, attachment_id, "client_document", id).await?;
    let answer = one(&portal, &mut db, document).await;
    db.commit().await?;
    answer
}

async fn one(portal: &Portal, db: &mut SqliteConnection, document: Record) -> Answer {
    let mut documents = shown(portal, db, vec![document]).await?;
    portal::data(StatusCode::OK, documents.pop().map_or(Value::Null, Value::Object))
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let owners = clients::whole(db, &portal::keys(&records, "client_id"), portal.as_of).await?;
    let files = attachments::whole(portal, db, &portal::keys(&records, "attachment_id")).await?;
    let show = |mut document: Record| {
        document.remove("size");
        let document = portal::embed(document, "author_id", "author", &authors);
        let document = portal::embed(document, "client_id", "client", &owners);
        portal::embed(document, "attachment_id", "attachment", &files)
    };
    Ok(records.into_iter().map(show).collect())
}
