//! Clients: the list is one flat page, a single client comes without an envelope (oddities 12 and 15), the clients that
//! match conditions come as a page in an array (oddity 16).
//!
//! `ssn` is a JSON integer and so loses its leading zeros, as documented (oddity 37). `segments` is one object.

use super::{
    Resource, client_agreements, client_documents, client_products, client_reports, client_tasks, correspondences,
    credit_reports, negative_items, none, notes, segments, users,
};
use crate::{
    answers,
    fields::{Fields, Query, may},
    ids::Id,
    kinds::Kind,
    list::{Condition, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    rules::{Group, model::Model},
    stored,
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "clients",
    noun: "client",
    columns: &[
        Column::field("client_key", "/client_key").indexed(),
        Column::field("first_name", "/attributes/FirstName").indexed(),
        Column::field("middle_name", "/attributes/MiddleName"),
        Column::field("last_name", "/attributes/LastName").indexed(),
        Column::field("email", "/attributes/Email").indexed(),
        Column::field("mobile_phone", "/attributes/MobilePhone"),
        Column::field("phone", "/attributes/Phone"),
        Column::field("home_phone", "/attributes/HomePhone"),
        Column::words(
            "words",
            &[
                "/attributes/FirstName",
                "/attributes/MiddleName",
                "/attributes/LastName",
                "/attributes/Email",
                "/attributes/MobilePhone",
                "/attributes/Phone",
                "/attributes/HomePhone",
                "/mobile_phone",
            ],
        ),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words")],
    sorts: &[
        ("id", "id"),
        ("FirstName", "first_name"),
        ("MiddleName", "middle_name"),
        ("LastName", "last_name"),
        ("Email", "email"),
        ("MobilePhone", "mobile_phone"),
        ("Phone", "phone"),
        ("HomePhone", "home_phone"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/clients", get(list))
        .route("/clients/by-conditions", post(list_by_conditions))
        .route("/clients/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

/// The members of a segment, the clients that a rule tree selects, or both joined by the outer combinator (oddity 47).
async fn list_by_conditions(State(portal): State<Portal>, mut query: Query, mut fields: Fields) -> Answer {
    let mut db = portal.reader().await?;
    let sent = fields.read_some(&[may("combinator", Kind::OneOf(&["AND", "OR"])), may("segment_id", Kind::Integer)]);
    stored::check_reference(&mut db, &mut fields, "segment_id", &segments::TABLE).await?;
    let tree = Group::read(&mut fields, "conditions", Model::Client);
    fields.finish()?;
    let selected = tree.map(|tree| tree.condition(Model::Client, segments::today(&portal)));
    let in_segment = stored::number(&sent, "segment_id").map(|segment| {
        let members = "id IN (SELECT member_id FROM segment_members WHERE segment_id = ?)";
        Condition::new(members, vec![Cell::Integer(segment)])
    });
    let conditions = match (selected, in_segment) {
        (Some(selected), Some(member)) if stored::text(&sent, "combinator") == "OR" => vec![selected.or(member)],
        (selected, member) => selected.into_iter().chain(member).collect(),
    };
    let mut page = LIST.page_where(&mut db, &mut query, conditions).await?;
    page.records = shown(&mut db, page.records).await?;
    answers::bare(StatusCode::OK, vec![page.full_body(&portal, &query)])
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    answers::bare(StatusCode::OK, one(&mut db, id).await?)
}

/// One client as it is documented, or a 404.
pub(crate) async fn one(db: &mut SqliteConnection, id: i64) -> Result<Record, Problem> {
    let client = TABLE.find(db, id).await?;
    Ok(shown(db, vec![client]).await?.pop().unwrap_or_default())
}

/// The client with this e-mail address.
pub(crate) async fn by_email(db: &mut SqliteConnection, email: &str) -> Result<Option<i64>, sqlx::Error> {
    let client = sqlx::query_scalar("SELECT id FROM clients WHERE email = ? ORDER BY id LIMIT 1").bind(email);
    client.fetch_optional(db).await
}

/// A client as `User`, which is what a sign-in answers.
pub(crate) async fn as_user(db: &mut SqliteConnection, id: i64) -> Result<Option<Value>, Problem> {
    let Some(client) = TABLE.get(db, id).await? else { return Ok(None) };
    let attribute = |name: &str| client.get("attributes").and_then(|attributes| attributes.get(name)?.as_str());
    let since = format!("{}T09:00:00Z", attribute("Enrollment_Date__c").unwrap_or("2025-01-15"));
    let part = |name: &str| attribute(name).unwrap_or_default();
    Ok(Some(users::of_client(id, part("FirstName"), part("LastName"), stored::text(&client, "email"), &since)))
}

/// Removes a client and everything that belongs to it, or answers 404.
pub(crate) async fn remove(db: &mut SqliteConnection, id: i64) -> Result<(), Problem> {
    const OWNED: [&Table; 9] = [
        &client_agreements::TABLE,
        &client_documents::TABLE,
        &client_products::TABLE,
        &client_reports::TABLE,
        &client_tasks::TABLE,
        &correspondences::TABLE,
        &credit_reports::TABLE,
        &negative_items::TABLE,
        &notes::TABLE,
    ];
    TABLE.remove(db, id).await?;
    for table in OWNED {
        for owned in table.ids_where(db, "client_id", &[id]).await? {
            table.delete(db, owned).await?;
        }
    }
    sqlx::query("DELETE FROM client_goals WHERE client_id = ?").bind(id).execute(&mut *db).await?;
    sqlx::query(
        "DELETE FROM segment_members WHERE member_id = ? AND segment_id IN \
         (SELECT id FROM segments WHERE type = 'client')",
    )
    .bind(id)
    .execute(db)
    .await?;
    Ok(())
}

/// Clients by key, whole, for embedding.
pub(crate) async fn whole(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    let keys: Vec<i64> = found.keys().copied().collect();
    let shown = shown(db, found.into_values().collect()).await?;
    Ok(keys.into_iter().zip(shown.into_iter().map(Value::Object)).collect())
}

/// Clients by key without segments, for embedding.
pub(crate) async fn without_segments(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    Ok(stored::as_values(TABLE.get_all(db, ids).await?))
}

/// Clients by key in the short form (neither attributes nor segments), for embedding.
pub(crate) async fn short(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let mut found = TABLE.get_all(db, ids).await?;
    for client in found.values_mut() {
        client.remove("attributes");
    }
    Ok(stored::as_values(found))
}

/// Puts the segment beside each client.
async fn shown(db: &mut SqliteConnection, clients: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let segments = segments::of_clients(db, &stored::keys(&clients, "id")).await?;
    let show = |mut client: Record| {
        let segment = stored::number(&client, "id").and_then(|id| segments.get(&id)).cloned();
        client.insert("segments".into(), segment.unwrap_or(Value::Null));
        client
    };
    Ok(clients.into_iter().map(show).collect())
}
