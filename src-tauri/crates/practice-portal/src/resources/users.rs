//! Staff accounts: who signs in, and who is named as author, sender or writer elsewhere.
//!
//! Left out: the operations on staff and roles themselves.

use super::{Resource, record};
use crate::{
    portal::{self, Routes},
    problem::Problem,
    records::{Column, Record, Table},
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "users",
    noun: "user",
    columns: &[Column::field("email", "/email"), Column::words("words", &["/first_name", "/last_name", "/email"])],
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes: Routes::new, library, further_schema: &[] };

/// The account that the practice portal's own credentials belong to.
pub(crate) const AGENT_EMAIL: &str = "agent@example.com";
/// How many accounts there are; their keys are 1 to this.
pub(crate) const COUNT: i64 = 5;

/// The account with this address, with its key.
pub(crate) async fn by_email(db: &mut SqliteConnection, email: &str) -> Result<Option<(i64, Record)>, Problem> {
    let id: Option<i64> =
        sqlx::query_scalar("SELECT id FROM users WHERE email = ?").bind(email).fetch_optional(&mut *db).await?;
    let Some(id) = id else { return Ok(None) };
    Ok(TABLE.get(db, id).await?.map(|account| (id, account)))
}

/// Notes the sign-in and gives the account back as `User`.
pub(crate) async fn note_sign_in(db: &mut SqliteConnection, id: i64) -> Result<Value, Problem> {
    let changes = record(json!({ "user_access_log": { "last_login_at": portal::now() } }));
    let account = TABLE.change(db, id, changes).await?.ok_or_else(|| TABLE.missing())?;
    Ok(as_full(account))
}

/// One account as `User`.
pub(crate) async fn full(db: &mut SqliteConnection, id: i64) -> Result<Option<Value>, Problem> {
    Ok(TABLE.get(db, id).await?.map(as_full))
}

/// Every account as `User` (with roles), by key.
pub(crate) async fn all_full(db: &mut SqliteConnection) -> Result<BTreeMap<i64, Value>, Problem> {
    Ok(all(db).await?.into_iter().map(|(id, account)| (id, as_full(account))).collect())
}

/// Every account in the short form (no roles), by key.
pub(crate) async fn all_short(db: &mut SqliteConnection) -> Result<BTreeMap<i64, Value>, Problem> {
    let short = |mut account: Record| {
        account.retain(|name, _| !matches!(name.as_str(), "roles" | "user_access_log" | "updated_at"));
        Value::Object(account)
    };
    Ok(all(db).await?.into_iter().map(|(id, account)| (id, short(account))).collect())
}

async fn all(db: &mut SqliteConnection) -> Result<BTreeMap<i64, Record>, Problem> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM users").fetch_all(&mut *db).await?;
    Ok(TABLE.get_all(db, &ids).await?)
}

fn as_full(mut account: Record) -> Value {
    account.remove("is_disabled");
    Value::Object(account)
}

fn library() -> Vec<Record> {
    const AGENT: &[&str] = &[
        "clients.view",
        "negative-items.view",
        "correspondences.view",
        "correspondences.send",
        "client-documents.manage",
        "client-agreements.view",
        "notes.manage",
        "templates.view",
    ];
    const LIBRARIAN: &[&str] =
        &["bureau-addresses.manage", "furnishers.manage", "snippets.manage", "templates.manage", "instructions.manage"];
    let role = |id: &str, name: &str, permissions: &[&str]| {
        let permissions: Vec<Value> = permissions.iter().map(|name| json!({ "name": name })).collect();
        json!({ "id": id, "name": name, "permissions": permissions })
    };
    let agent = role("2", "Dispute agent", AGENT);
    let lead = role("1", "Team lead", LIBRARIAN);
    [
        ("Dana", "Whitfield", AGENT_EMAIL, vec![agent.clone(), lead.clone()], false),
        ("Marcus", "Oyelaran", "marcus.oyelaran@example.com", vec![agent.clone()], false),
        ("Lucía", "Paredes", "lucia.paredes@example.com", vec![agent.clone()], false),
        ("Tomasz", "Wrona", "tomasz.wrona@example.com", vec![lead], false),
        ("Helen", "Ashby", "helen.ashby@example.com", vec![agent], true),
    ]
    .into_iter()
    .map(|(first, last, email, roles, is_disabled)| {
        record(json!({
            "first_name": first,
            "last_name": last,
            "email": email,
            "roles": roles,
            "is_disabled": is_disabled,
            "user_access_log": { "last_login_at": null },
        }))
    })
    .collect()
}
