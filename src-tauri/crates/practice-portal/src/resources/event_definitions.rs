//! Named kinds of events. Their schema is written as a list of dotted keys and read as a JSON schema (oddity 42).

use super::{
    Resource,
    workflows::{self, DEFINITIONS as TABLE, Graph},
};
use crate::{
    answers,
    fields::{Fields, Query, Rule, may, must, null},
    ids::Id,
    kinds::Kind,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::Answer,
    records::Record,
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

const STATUS: Kind = Kind::OneOf(&["draft", "active"]);
/// Keys inside keys are followed this far.
const DEEPEST: usize = 16;

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words"), Filter::is("source", ANY_TEXT), Filter::is("status", STATUS)],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("source", "source"),
        ("status", "status"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource =
    Resource { tables: &[&TABLE], routes, library: workflows::definitions, further_schema: &[] };

const NEW: &[Rule] = &[
    must("name", Kind::Text(255)),
    must("description", Kind::Text(65_535)),
    must("source", Kind::Text(255)),
    must("schema", Kind::Texts(255)),
    may("status", STATUS),
];

const CHANGED: &[Rule] = &[
    null("name", Kind::Text(255)),
    null("description", Kind::Text(65_535)),
    null("source", Kind::Text(255)),
    null("schema", Kind::Texts(255)),
    null("status", STATUS),
];

fn routes() -> Routes {
    Routes::new()
        .route("/event-definitions", get(list).post(create))
        .route("/event-definitions/{id}", get(show).put(update).patch(update))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    let graph = Graph::load(&portal, &mut db).await?;
    let shown = |id: i64| super::record(graph.definition(id));
    page.records = stored::keys(&page.records, "id").into_iter().map(shown).collect();
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    TABLE.expect(&mut db, id).await?;
    one(&portal, &mut db, StatusCode::OK, id).await
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut definition = super::record(json!({ "status": "draft" }));
    definition.extend(fields.read(NEW));
    fields.finish()?;
    expand_schema(&mut definition);
    let mut db = portal.writer().await?;
    let definition = TABLE.store(&portal, &mut db, definition).await?;
    let id = stored::number(&definition, "id").unwrap_or_default();
    let answer = one(&portal, &mut db, StatusCode::CREATED, id).await;
    db.commit().await?;
    answer
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut changes = fields.read_some(CHANGED);
    fields.finish()?;
    // Null leaves what is there: every field of a definition holds something.
    changes.retain(|_, value| !value.is_null());
    expand_schema(&mut changes);
    let mut db = portal.writer().await?;
    TABLE.update(&portal, &mut db, id, changes).await?;
    let answer = one(&portal, &mut db, StatusCode::OK, id).await;
    db.commit().await?;
    answer
}

async fn one(portal: &Portal, db: &mut SqliteConnection, status: StatusCode, id: i64) -> Answer {
    answers::data(status, Graph::load(portal, db).await?.definition(id))
}

/// Turns `a.b` into an object `a` with a property `b`.
fn expand_schema(definition: &mut Record) {
    let Some(Value::Array(keys)) = definition.get("schema") else { return };
    let mut schema = json!({ "properties": {}, "required": [] });
    let keys: Vec<String> = keys.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    for key in &keys {
        let parts: Vec<&str> = key.split('.').filter(|part| !part.is_empty()).take(DEEPEST).collect();
        put(&mut schema, &parts);
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut required: Vec<String> = properties.into_iter().flat_map(|names| names.keys().cloned()).collect();
    required.sort_unstable();
    if let Some(whole) = schema.as_object_mut() {
        whole.insert("required".into(), required.into());
    }
    definition.insert("schema".into(), schema);
}

/// Adds the key of these parts to a schema.
fn put(schema: &mut Value, parts: &[&str]) {
    let Some((first, rest)) = parts.split_first() else { return };
    let Some(schema) = schema.as_object_mut() else { return };
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    let Some(properties) = properties.as_object_mut() else { return };
    let property = properties.entry((*first).to_owned()).or_insert_with(|| json!({ "type": "string" }));
    if !rest.is_empty() {
        if let Some(property) = property.as_object_mut() {
            property.insert("type".into(), "object".into());
        }
        put(property, rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_keys_become_nested_properties() {
        let mut definition =
            crate::resources::record(json!({ "schema": ["user_id", "payload.client_id", "payload.amount"] }));
        expand_schema(&mut definition);
        let text = json!({ "type": "string" });
        let expected = json!({
            "properties": {
                "user_id": text,
                "payload": { "type": "object", "properties": { "client_id": text, "amount": text } },
            },
            "required": ["payload", "user_id"],
        });
        assert_eq!(definition["schema"], expected);
    }
}
