//! What was sent: faxes, mails, texts, letters.
//!
//! A create records a fax that was sent by other means; a send hands one over and its delivery shows in the attributes,
//! which are an object when written and a list of name and value when read (oddity 43). The time of a record is not
//! documented, so it is kept for sorting and shown only as the attribute `sent_at`.

use super::{Resource, attachment_links, attachments, clients, fax_settings, negative_items, none, record, users};
use crate::{
    accepted::{self, AcceptedKind, Entry},
    access::SignedIn,
    answers,
    delivery::{Sent, attribute},
    fields::{Fields, Query, Rule, may, must, null},
    kinds::{Kind, instant},
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
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

pub(crate) const RESOURCE: Resource =
    Resource { tables: &[&TABLE], routes, library: none, further_schema: accepted::SCHEMA };

const FAX: &[Rule] =
    &[must("fax_number", Kind::Text(255)), may("recipient", Kind::Text(255)), may("furnisher", Kind::Text(255))];

/// What each way of sending asks for, by its word.
const WAYS: [(&str, AcceptedKind, &[Rule]); 4] = [
    ("fax", AcceptedKind::Fax, FAX),
    (
        "email",
        AcceptedKind::Email,
        &[must("to", Kind::Email), must("subject", Kind::Text(255)), must("body", Kind::Text(1 << 20))],
    ),
    (
        "sms",
        AcceptedKind::Sms,
        &[must("number", Kind::Text(255)), must("body", Kind::Text(65_535)), may("tfn_id", Kind::Text(255))],
    ),
    (
        "letter",
        AcceptedKind::Letter,
        &[must("content", Kind::Text(1 << 20)), must("postal_address", Kind::Text(65_535))],
    ),
];

fn routes() -> Routes {
    Routes::new().route("/correspondences", get(list).post(create)).route("/correspondences/send", post(send))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut sent = fields.read(&[
        must("client_id", Kind::Integer),
        must("type", Kind::OneOf(&["fax"])),
        may("attachment_id", Kind::Integer),
    ]);
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    fields.require("attributes");
    let mut attributes = read_part(&mut fields, "attributes", FAX, true).unwrap_or_default();
    let payload = fields.hash();
    fields.finish()?;
    attributes.insert("status".into(), "sent".into());
    sent.insert("attributes".into(), attributes.into());
    let sent = store(&portal, &mut db, me, AcceptedKind::Record, sent, payload).await?;
    let sent = shown(&portal, &mut db, vec![sent]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, sent)
}

/// Hands something over to be sent. `type` says which part is meant; the others are judged and not used (oddity 45). The
/// answer wraps twice (oddity 18).
async fn send(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut sent = fields.read(&[
        must("type", Kind::OneOf(&["fax", "email", "sms", "letter"])),
        may("client_id", Kind::Integer),
        null("negative_item_id", Kind::Integer),
    ]);
    stored::check_reference(&mut db, &mut fields, "client_id", &clients::TABLE).await?;
    let (client, item) = (fields.peek_integer("client_id"), fields.peek_integer("negative_item_id"));
    if let Some(item) = item {
        let item = negative_items::TABLE.get(&mut db, item).await?;
        let owner = item.as_ref().and_then(|item| stored::number(item, "client_id"));
        if owner.is_none() || client.is_some_and(|client| owner != Some(client)) {
            fields.refuse_choice("negative_item_id");
        }
    }
    let wanted = stored::text(&sent, "type").to_owned();
    let mut chosen = None;
    for (way, kind, rules) in WAYS {
        let is_meant = way == wanted;
        if is_meant {
            fields.require(way);
        }
        let mut file = None;
        if way == "fax"
            && let Some(mut fax) = fields.inside("fax")
        {
            fax.read_some(&[may("attachment_id", Kind::Integer)]);
            stored::check_reference(&mut db, &mut fax, "attachment_id", &attachments::TABLE).await?;
            file = fax.peek_integer("attachment_id");
            fields.absorb(fax);
        }
        let part = read_part(&mut fields, way, rules, is_meant);
        if is_meant {
            chosen = part.map(|part| (kind, part, file));
        }
    }
    let payload = fields.hash();
    fields.finish()?;
    let Some((kind, mut attributes, file)) = chosen else {
        return Err(Problem::field("type", "The selected type is invalid."));
    };
    // The addressee is filtered and sorted by, whatever each way calls it.
    for name in ["to", "number", "postal_address"] {
        if let Some(addressee) = attributes.get(name).cloned() {
            attributes.insert("recipient".into(), addressee);
        }
    }
    sent.insert("attributes".into(), attributes.into());
    sent.insert("attachment_id".into(), file.into());
    sent.insert("reattempts".into(), fax_settings::reattempts(&mut db).await?.into());
    sent.insert("is_delivered".into(), true.into());
    let sent = store(&portal, &mut db, me, kind, sent, payload).await?;
    let mut sent = shown(&portal, &mut db, vec![sent]).await?;
    db.commit().await?;
    let mut word = wanted.chars();
    let word: String = word.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(word).collect();
    let body = json!({ "data": sent.pop(), "message": format!("{word} sent successfully") });
    answers::data(StatusCode::CREATED, body)
}

/// Reads one way's part. A part that is not meant is judged as well, but nothing in it must be there; a fax must be whole
/// wherever there is one.
fn read_part(fields: &mut Fields, name: &str, rules: &[Rule], is_meant: bool) -> Option<Record> {
    let mut part = fields.inside(name)?;
    let is_fax = matches!(name, "fax" | "attributes");
    let read = if is_meant || is_fax { part.read(rules) } else { part.read_some(rules) };
    if is_fax {
        match (read.contains_key("recipient"), read.contains_key("furnisher")) {
            _ if part.has("recipient") && part.has("furnisher") => {
                fields.refuse(name, "Name either a recipient or a furnisher, not both.");
            }
            (false, false) => fields.refuse(name, "Name a recipient or a furnisher."),
            _ => {}
        }
    }
    fields.absorb(part);
    Some(read)
}

/// Stores what was sent, ties its file and enters it in the ledger.
async fn store(
    portal: &Portal,
    db: &mut SqliteConnection,
    me: SignedIn,
    kind: AcceptedKind,
    mut sent: Record,
    payload: String,
) -> Result<Record, Problem> {
    let sender = users::TABLE.find(db, me.user_id).await?;
    let file = sent.remove("attachment_id").and_then(|file| file.as_i64());
    let client = stored::number(&sent, "client_id");
    for absent in ["client_id", "negative_item_id"] {
        sent.entry(absent).or_insert(Value::Null);
    }
    sent.insert("run_by_id".into(), me.user_id.into());
    sent.insert("sender".into(), sender_of(&sender));
    sent.insert("attachment_ids".into(), file.into_iter().collect::<Vec<_>>().into());
    let sent = TABLE.store(portal, db, sent).await?;
    let record = stored::number(&sent, "id").unwrap_or_default();
    if let Some(file) = file {
        attachment_links::link(db, file, attachment_links::CORRESPONDENCE, record).await?;
    }
    accepted::enter(portal, db, kind, Entry { record, client, attachment: file, payload }).await?;
    Ok(sent)
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
        let attributes = attributes_of(portal, &sent);
        for hidden in ["attachment_ids", "sender", "created_at", "updated_at", "reattempts", "is_delivered"] {
            sent.remove(hidden);
        }
        sent.extend(record(json!({ "attachments": own, "attributes": attributes })));
        stored::embed(sent, "run_by_id", "run_by", &senders)
    };
    Ok(records.into_iter().map(show).collect())
}

/// The attributes as they were written, when it was sent, and how its delivery stands now.
fn attributes_of(portal: &Portal, sent: &Record) -> Vec<Value> {
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    if let Some(written) = sent.get("attributes").and_then(Value::as_object) {
        all.extend(written.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    let made = stored::text(sent, "created_at");
    all.insert("sent_at".into(), made.into());
    if sent.get("is_delivered").is_some()
        && let Some(accepted) = instant(made)
    {
        let sent = Sent {
            kind: stored::text(sent, "type"),
            accepted,
            reattempts: stored::number(sent, "reattempts").unwrap_or_default(),
            seed: (portal.seed, stored::number(sent, "id").unwrap_or_default()),
        };
        all.extend(sent.standing(portal.clock.now()).into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    all.iter().map(|(name, value)| attribute(name, value)).collect()
}

fn file_ids(sent: &Record) -> Vec<i64> {
    sent.get("attachment_ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect()
}

fn file_ids_of(sent: &Record, files: &BTreeMap<i64, Value>) -> Vec<Value> {
    file_ids(sent).iter().filter_map(|id| files.get(id).cloned()).collect()
}
