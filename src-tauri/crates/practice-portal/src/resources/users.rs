//! Staff accounts: who signs in, and who is named as author, sender or writer elsewhere.

use super::{Resource, none_routes, record, roles};
use crate::{
    passwords,
    portal::Portal,
    problem::Problem,
    records::{Column, Record, Table},
    stored,
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "users",
    noun: "user",
    columns: &[Column::field("email", "/email"), Column::words("words", &["/first_name", "/last_name", "/email"])],
};

pub(crate) const RESOURCE: Resource =
    Resource { tables: &[&TABLE], routes: none_routes, library, further_schema: passwords::SCHEMA };

/// The account that the practice portal's own credentials belong to.
pub(crate) const AGENT_EMAIL: &str = "agent@example.com";
/// How many accounts write notes, file documents and send faxes; their keys are 1 to this.
pub(crate) const WRITERS: i64 = 5;

/// Given name, family name, address, roles, disabled; keys are the order here.
const ACCOUNTS: [(&str, &str, &str, &[i64], bool); 7] = [
    ("Dana", "Whitfield", AGENT_EMAIL, &[roles::AGENT, roles::TEAM_LEAD], false),
    ("Marcus", "Oyelaran", "marcus.oyelaran@example.com", &[roles::AGENT], false),
    ("Lucía", "Paredes", "lucia.paredes@example.com", &[roles::AGENT], false),
    ("Tomasz", "Wrona", "tomasz.wrona@example.com", &[roles::TEAM_LEAD], false),
    ("Helen", "Ashby", "helen.ashby@example.com", &[roles::AGENT], true),
    ("Ines", "Halvorsen", "administrator@example.com", &[roles::ADMINISTRATOR], false),
    ("Peter", "Lindqvist", "readonly@example.com", &[roles::READ_ONLY], false),
];

/// The address of the first account that has these roles and no others.
pub(crate) fn email_with(wanted: &[i64]) -> &'static str {
    let account = ACCOUNTS.iter().find(|(_, _, _, roles, is_disabled)| *roles == wanted && !is_disabled);
    account.map_or(AGENT_EMAIL, |(_, _, email, ..)| email)
}

/// The account with this address.
pub(crate) async fn by_email(db: &mut SqliteConnection, email: &str) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM users WHERE email = ?").bind(email).fetch_optional(db).await
}

/// Whether the account may not sign in.
pub(crate) fn is_disabled(account: &Record) -> bool {
    account.get("is_disabled") == Some(&Value::Bool(true))
}

/// The keys of an account's roles.
pub(crate) fn role_ids(account: &Record) -> Vec<i64> {
    account.get("role_ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect()
}

/// Notes the sign-in and gives the account back as `User`.
pub(crate) async fn note_sign_in(portal: &Portal, db: &mut SqliteConnection, id: i64) -> Result<Value, Problem> {
    let changes = record(json!({ "user_access_log": { "last_login_at": portal.clock.text() } }));
    let account = TABLE.change(db, id, changes).await?.ok_or_else(|| TABLE.missing())?;
    Ok(as_full(account))
}

/// One account as `User`.
pub(crate) async fn full(db: &mut SqliteConnection, id: i64) -> Result<Option<Value>, Problem> {
    Ok(TABLE.get(db, id).await?.map(as_full))
}

/// Every account as `User` (with roles), by key.
pub(crate) async fn all_full(db: &mut SqliteConnection) -> Result<BTreeMap<i64, Value>, Problem> {
    Ok(by_key(TABLE.all(db).await?, as_full))
}

/// Every account in the short form (no roles), by key.
pub(crate) async fn all_short(db: &mut SqliteConnection) -> Result<BTreeMap<i64, Value>, Problem> {
    let short = |mut account: Record| {
        account.retain(|name, _| !matches!(name.as_str(), "role_ids" | "user_access_log" | "updated_at"));
        Value::Object(account)
    };
    Ok(by_key(TABLE.all(db).await?, short))
}

/// A client as `User`, which is what a sign-in answers.
pub(crate) fn of_client(id: i64, first_name: &str, last_name: &str, email: &str, since: &str) -> Value {
    json!({
        "id": id,
        "first_name": first_name,
        "last_name": last_name,
        "email": email,
        "roles": roles::of_account(&[roles::CLIENT]),
        "user_access_log": { "last_login_at": null },
        "created_at": since,
        "updated_at": since,
    })
}

fn by_key(accounts: Vec<Record>, show: impl Fn(Record) -> Value) -> BTreeMap<i64, Value> {
    accounts.into_iter().filter_map(|account| Some((stored::number(&account, "id")?, show(account)))).collect()
}

fn as_full(mut account: Record) -> Value {
    account.remove("is_disabled");
    let roles = roles::of_account(&role_ids(&account));
    account.remove("role_ids");
    account.insert("roles".into(), roles);
    Value::Object(account)
}

fn library() -> Vec<Record> {
    ACCOUNTS
        .into_iter()
        .map(|(first, last, email, roles, is_disabled)| {
            record(json!({
                "first_name": first,
                "last_name": last,
                "email": email,
                "role_ids": roles,
                "is_disabled": is_disabled,
                "user_access_log": { "last_login_at": null },
            }))
        })
        .collect()
}
