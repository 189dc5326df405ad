//! Roles of the staff, with what each may do. They are fixed: no documented operation changes them.
//!
//! A role's key is a number in paths and text in records (oddity 34).

use super::{Resource, record};
use crate::{
    answers,
    fields::Query,
    ids::Id,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::Answer,
    records::{Column, Record, Table},
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

pub(crate) static TABLE: Table = Table { name: "roles", noun: "role", columns: &[Column::field("name", "/name")] };

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name")],
    sorts: &[("id", "id"), ("name", "name")],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

/// Keys of the roles.
pub(crate) const TEAM_LEAD: i64 = 1;
pub(crate) const AGENT: i64 = 2;
pub(crate) const ADMINISTRATOR: i64 = 3;
pub(crate) const READ_ONLY: i64 = 4;
pub(crate) const CLIENT: i64 = 5;

/// Every permission, in the order of their areas.
const EVERYTHING: &[&str] = &[
    "attachments.manage",
    "bureau-addresses.manage",
    "claim-codes.manage",
    "client-agreements.manage",
    "client-documents.manage",
    "client-goals.manage",
    "client-products.view",
    "client-tasks.view",
    "clients.view",
    "contracts.manage",
    "correspondences.send",
    "correspondences.view",
    "credit-reports.view",
    "creditor-types.view",
    "customer-portal.manage",
    "events.manage",
    "fax-settings.manage",
    "furnishers.manage",
    "goals.manage",
    "imports.manage",
    "instructions.manage",
    "item-dropdowns.manage",
    "kba.answer",
    "kba.skip",
    "negative-items.view",
    "notes.manage",
    "products.view",
    "roles.view",
    "segments.manage",
    "snippets.manage",
    "templates.manage",
    "workflows.debug",
];

const READING: &[&str] = &[
    "attachments.view",
    "bureau-addresses.view",
    "claim-codes.view",
    "client-agreements.view",
    "client-documents.view",
    "client-goals.view",
    "client-products.view",
    "client-tasks.view",
    "clients.view",
    "contracts.view",
    "correspondences.view",
    "credit-reports.view",
    "creditor-types.view",
    "customer-portal.view",
    "events.view",
    "fax-settings.view",
    "furnishers.view",
    "goals.view",
    "instructions.view",
    "item-dropdowns.view",
    "negative-items.view",
    "notes.view",
    "products.view",
    "roles.view",
    "segments.view",
    "snippets.view",
    "templates.view",
];

const DISPUTING: &[&str] = &[
    "attachments.manage",
    "bureau-addresses.view",
    "claim-codes.view",
    "client-agreements.manage",
    "client-documents.manage",
    "client-goals.manage",
    "client-products.view",
    "client-tasks.view",
    "clients.view",
    "contracts.view",
    "correspondences.send",
    "correspondences.view",
    "credit-reports.view",
    "creditor-types.view",
    "customer-portal.manage",
    "fax-settings.view",
    "furnishers.view",
    "goals.view",
    "instructions.view",
    "item-dropdowns.view",
    "kba.answer",
    "negative-items.view",
    "notes.manage",
    "products.view",
    "segments.view",
    "snippets.view",
    "templates.view",
];

const LEADING: &[&str] = &[
    "bureau-addresses.manage",
    "claim-codes.manage",
    "contracts.manage",
    "furnishers.manage",
    "goals.manage",
    "instructions.manage",
    "item-dropdowns.manage",
    "segments.manage",
    "snippets.manage",
    "templates.manage",
];

/// Name and permissions; keys are the order here.
const ROLES: [(&str, &[&str]); 5] = [
    ("Team lead", LEADING),
    ("Dispute agent", DISPUTING),
    ("Administrator", EVERYTHING),
    ("Read only", READING),
    ("Client", &["customer-portal.own"]),
];

fn routes() -> Routes {
    Routes::new().route("/roles", get(list)).route("/roles/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = page.records.into_iter().map(shown).collect();
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    answers::data(StatusCode::OK, shown(TABLE.find(&mut db, id).await?))
}

fn shown(mut role: Record) -> Record {
    let id = role.get("id").map(Value::to_string);
    role.insert("id".into(), id.into());
    for instant in ["created_at", "updated_at"] {
        role.remove(instant);
    }
    role
}

/// Whether one of these roles may do this. Who may manage an area may view it.
pub(crate) fn allow(roles: &[i64], permission: &str) -> bool {
    let managing = permission.strip_suffix(".view").map(|area| format!("{area}.manage"));
    let permits = |known: &&'static str| *known == permission || managing.as_deref() == Some(*known);
    roles.iter().filter_map(|id| role(*id)).any(|(_, permissions)| permissions.iter().any(permits))
}

/// Roles as accounts carry them.
pub(crate) fn of_account(roles: &[i64]) -> Value {
    let full = |id: &i64| role(*id).map(|(name, permissions)| as_record(name, permissions, *id));
    roles.iter().filter_map(full).map(|role| Value::Object(shown(role))).collect()
}

fn role(id: i64) -> Option<(&'static str, &'static [&'static str])> {
    ROLES.get(usize::try_from(id).ok()?.checked_sub(1)?).copied()
}

fn as_record(name: &str, permissions: &[&str], id: i64) -> Record {
    let permissions: Vec<Value> = permissions.iter().map(|name| json!({ "name": name })).collect();
    record(json!({ "id": id, "name": name, "permissions": permissions }))
}

fn library() -> Vec<Record> {
    let role = |((name, permissions), id): ((&str, &[&str]), i64)| as_record(name, permissions, id);
    ROLES.into_iter().zip(1..).map(role).collect()
}
