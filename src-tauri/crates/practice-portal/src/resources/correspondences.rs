//! What was sent: faxes, mails, texts, letters. Only faxes can be created here, as documented.
//!
//! Attributes are an object when written and a list of name and value when read (oddity 43). The time of a record is
//! not documented, so it is kept for sorting and shown only as the attribute `sent_at`.

use super::{Resource, attachments, clients, none, record, users};
use crate::{
    auth::SignedIn,
    fields::{Fields, Kind, Query},
    list::{Direction, Filter, List},
    portal::{self, Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "correspondences",
    noun: "correspondence",
    columns: &[
        Column::field("type", "/type"),
        Column::field("client_id", "/client_id").indexed(),
        Column::field("run_by", "/run_by_id"),
        Column::field("negative_item_id", "/negative_item_id").indexed(),
        Column::field("recipient", "/attributes/recipient"),
        Column::field("fax_number", "/attributes/fax_number"),
        Column::field("subject", "/attributes/subject"),
        Column::field("first_name", "/sender/first_name"),
        Column::field("created_at", "/created_at"),
        Column::words(
            "words",
            &[
                "/attributes/subject",
                "/attributes/recipient",
                "/attributes/furnisher",
                "/attributes/fax_number",
                "/sender/first_name",
                "/sender/last_name",
                "/created_at",
            ],
        ),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("type", Kind::OneOf(&["fax", "email", "sms", "letter"])),
        Filter::is("client_id", Kind::Integer),
        Filter::is("run_by", Kind::Integer),
        Filter::contains("recipient"),
        Filter::contains("fax_number"),
        Filter::is("negative_item_id", Kind::Integer),
        Filter::words("search", "words"),
    ],
    sorts: &[
        ("id", "id"),
        ("type", "type"),
        ("created_at", "created_at"),
        ("subject", "subject"),
        ("first_name", "first_name"),
        ("recipient", "recipient"),
        ("fax_number", "fax_number"),
    ],
    order: ("id", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/correspondences", get(list).post(create))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    const ATTRIBUTES: [&str; 3] = ["fax_number", "recipient", "furnisher"];
    let mut db = portal.writer().await?;
    fields.require("client_id");
    fields.require("type");
    let mut sent = Record::new();
    fields.take(&mut sent, "client_id", Kind::Integer);
    fields.take(&mut sent, "type", Kind::OneOf(&["fax"]));
    let file = fields.integer("attachment_id");
    portal::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    portal::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    let mut attributes = Record::new();
    for name in ATTRIBUTES {
        fields.lift("attributes", name);
        if let Some(text) = fields.text(&format!("attributes.{name}"), 255) {
            attributes.insert(name.into(), text.into());
        }
    }
    fields.require("attributes.fax_number");
    match (attributes.contains_key("recipient"), attributes.contains_key("furnisher")) {
        (true, true) => fields.refuse("attributes", "Name either a recipient or a furnisher, not both."),
        (false, false) => fields.refuse("attributes", "Name a recipient or a furnisher."),
        _ => {}
    }
    fields.finish()?;

    let now = portal::now();
    attributes.insert("status".into(), "sent".into());
    attributes.insert("sent_at".into(), now.into());
    let sender = users::TABLE.find(&mut db, me.user_id).await?;
    sent.insert("attributes".into(), attributes.into());
    sent.insert("negative_item_id".into(), Value::Null);
    sent.insert("run_by_id".into(), me.user_id.into());
    sent.insert("sender".into(), sender_of(&sender));
    sent.insert("attachment_ids".into(), file.into_iter().collect::<Vec<_>>().into());
    let sent = portal::store_new(&mut db, &TABLE, sent).await?;
    let mut sent = shown(&portal, &mut db, vec![sent]).await?;
    db.commit().await?;
    portal::data(StatusCode::CREATED, sent.pop().map_or(Value::Null, Value::Object))
}

/// The names that lists of correspondence are searched and sorted by.
fn sender_of(account: &Record) -> Value {
    let part = |name: &str| account.get(name).cloned().unwrap_or_default();
    json!({ "first_name": part("first_name"), "last_name": part("last_name") })
}

/// What was sent about each of these items, by item.
pub(crate) async fn about_items(
    portal: &Portal,
    db: &mut SqliteConnection,
    items: &[i64],
) -> Result<BTreeMap<i64, Vec<Value>>, Problem> {
    let ids = TABLE.ids_where(db, "negative_item_id", items).await?;
    let found = TABLE.get_all(db, &ids).await?.into_values().collect();
    let mut by_item: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    for sent in shown(portal, db, found).await? {
        if let Some(item) = sent.get("negative_item_id").and_then(Value::as_i64) {
            by_item.entry(item).or_default().push(Value::Object(sent));
        }
    }
    Ok(by_item)
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    if records.is_empty() {
        return Ok(records);
    }
    let senders = users::all_short(db).await?;
    let file_ids: Vec<i64> = records.iter().flat_map(file_ids).collect();
    let files = attachments::short(portal, db, &file_ids).await?;
    let show = |mut sent: Record| {
        let own: Vec<Value> = file_ids_of(&sent, &files);
        let attributes = match sent.remove("attributes") {
            Some(Value::Object(attributes)) => {
                attributes.into_iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
            }
            _ => Vec::new(),
        };
        for hidden in ["attachment_ids", "sender", "created_at", "updated_at"] {
            sent.remove(hidden);
        }
        sent.extend(record(json!({ "attachments": own, "attributes": attributes })));
        portal::embed(sent, "run_by_id", "run_by", &senders)
    };
    Ok(records.into_iter().map(show).collect())
}

fn file_ids(sent: &Record) -> Vec<i64> {
    sent.get("attachment_ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect()
}

fn file_ids_of(sent: &Record, files: &BTreeMap<i64, Value>) -> Vec<Value> {
    file_ids(sent).iter().filter_map(|id| files.get(id).cloned()).collect()
}
