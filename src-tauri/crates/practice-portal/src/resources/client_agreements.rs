//! Agreements that clients signed. A bare array, though it takes pages (oddity 10); a create answers 200 with the bare
//! record (oddities 12 and 23).

use super::{Resource, attachments, clients, none, users};
use crate::{
    auth::SignedIn,
    fields::{Fields, Kind, Query},
    list::{Direction, Filter, List},
    portal::{self, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "client_agreements",
    noun: "client agreement",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("name", "/name"),
        Column::field("type", "/type"),
        Column::field("author_id", "/author_id"),
        Column::field("created_at", "/created_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("client_id", Kind::Integer).required(),
        Filter::contains("name"),
        Filter::is("type", Kind::Text(255)),
        Filter::is("author_id", Kind::Integer),
    ],
    sorts: &[("id", "id"), ("created_at", "created_at")],
    order: ("id", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/client-agreements", get(list).post(create))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.bare()
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    for name in ["name", "type", "client_id"] {
        fields.require(name);
    }
    let mut agreement = Record::new();
    fields.take(&mut agreement, "name", Kind::Text(255));
    fields.take(&mut agreement, "type", Kind::Text(255));
    for name in ["client_id", "attachment_id", "contract_id"] {
        fields.take(&mut agreement, name, Kind::Integer);
    }
    let signed = fields.value("agreement_signed", Kind::DateTime).unwrap_or(Value::Null);
    agreement.insert("agreement_signed".into(), signed);
    portal::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    portal::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    fields.finish()?;
    agreement.insert("author_id".into(), me.user_id.into());
    let agreement = portal::store_new(&mut db, &TABLE, agreement).await?;
    let mut agreements = shown(&portal, &mut db, vec![agreement]).await?;
    db.commit().await?;
    portal::bare(StatusCode::OK, agreements.pop().unwrap_or_default())
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let owners = clients::short(db, &portal::keys(&records, "client_id")).await?;
    let files = attachments::whole(portal, db, &portal::keys(&records, "attachment_id")).await?;
    let show = |mut agreement: Record| {
        // It can be written but is not shown (oddity 31).
        agreement.remove("contract_id");
        let agreement = portal::embed(agreement, "author_id", "author", &authors);
        let agreement = portal::embed(agreement, "client_id", "client", &owners);
        portal::embed(agreement, "attachment_id", "attachment", &files)
    };
    Ok(records.into_iter().map(show).collect())
}
