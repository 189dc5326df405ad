//! Agreements that clients signed. A bare array, though it takes pages (oddity 10); a create answers 200 with the bare
//! record (oddities 12 and 23).

use super::{Resource, attachment_links, attachments, clients, contracts, none, users};
use crate::{
    accepted::{self, AcceptedKind, Entry},
    access::{SignedIn, Who},
    answers,
    fields::{Fields, Query, Rule, may, must},
    kinds::Kind,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::json;
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
        Filter::is("type", ANY_TEXT),
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

const RULES: &[Rule] = &[
    must("name", Kind::Text(255)),
    must("type", Kind::Text(255)),
    must("client_id", Kind::Integer),
    may("agreement_signed", Kind::DateTime),
    may("attachment_id", Kind::Integer),
    may("contract_id", Kind::Integer),
];

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, fields: Fields) -> Answer {
    record_agreement(&portal, Who::Staff(me.user_id), fields).await
}

/// Records an agreement; the customer portal does it by the same function.
pub(crate) async fn record_agreement(portal: &Portal, who: Who, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut agreement = super::record(json!({ "agreement_signed": null, "attachment_id": null, "contract_id": null }));
    agreement.extend(fields.read(RULES));
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    stored::check_reference(&mut db, &mut fields, "contract_id", &contracts::TABLE).await?;
    let payload = fields.hash();
    fields.finish()?;
    agreement.insert("author_id".into(), who.author().into());
    let agreement = TABLE.store(portal, &mut db, agreement).await?;
    let number = |name: &str| stored::number(&agreement, name);
    let record = number("id").unwrap_or_default();
    if let Some(file) = number("attachment_id") {
        attachment_links::link(&mut db, file, attachment_links::CLIENT_AGREEMENT, record).await?;
    }
    let entry = Entry { record, client: number("client_id"), attachment: number("attachment_id"), payload };
    accepted::enter(portal, &mut db, AcceptedKind::Agreement, entry).await?;
    let mut agreements = shown(portal, &mut db, vec![agreement]).await?;
    db.commit().await?;
    answers::bare(StatusCode::OK, agreements.pop().unwrap_or_default())
}

/// Every agreement of a client, as it is documented.
pub(crate) async fn of_client(portal: &Portal, db: &mut SqliteConnection, client: i64) -> Result<Vec<Record>, Problem> {
    let ids = TABLE.ids_where(db, "client_id", &[client]).await?;
    let found = TABLE.get_all(db, &ids).await?.into_values().collect();
    shown(portal, db, found).await
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let owners = clients::short(db, &stored::keys(&records, "client_id")).await?;
    let files = attachments::whole(portal, db, &stored::keys(&records, "attachment_id")).await?;
    let show = |mut agreement: Record| {
        // It can be written but is not shown (oddity 31).
        agreement.remove("contract_id");
        let agreement = stored::embed(agreement, "author_id", "author", &authors);
        let agreement = stored::embed(agreement, "client_id", "client", &owners);
        stored::embed(agreement, "attachment_id", "attachment", &files)
    };
    Ok(records.into_iter().map(show).collect())
}
