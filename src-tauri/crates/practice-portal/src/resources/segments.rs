//! Segments: saved rule trees with their members.
//!
//! The members are chosen when a segment is made, changed or refreshed, and saved; in between, data may change without
//! them, as in the company's system. A client shows the first active segment of its kind that it is in (oddity 27).
//!
//! Single segments come bare (oddity 12), the list is a bare array though it takes pages (oddity 10).

use super::{Resource, clients, negative_items, record};
use crate::{
    answers, csv,
    fields::{Fields, Query, Rule, may, must, null},
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
use jiff::{civil::Date, tz::TimeZone};
use serde_json::{Value, json};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "segments",
    noun: "segment",
    columns: &[
        Column::field("name", "/name"),
        Column::field("type", "/type"),
        Column::field("is_active", "/is_active"),
        Column::field("is_archive", "/is_archive"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/name", "/description"]),
    ],
};

const TYPE: Kind = Kind::OneOf(Model::NAMES);

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is_bit("is_archive").required(),
        Filter::words("search", "words"),
        Filter::is_bit("is_active"),
        Filter::is("type", TYPE),
    ],
    sorts: &SORTS,
    order: ("id", Direction::Up),
};

/// The segments that a client is in.
static OF_CLIENT: List = List { table: &TABLE, filters: &[], sorts: &SORTS, order: ("id", Direction::Up) };

const SORTS: [(&str, &str); 5] =
    [("id", "id"), ("name", "name"), ("type", "type"), ("created_at", "created_at"), ("updated_at", "updated_at")];

pub(crate) const RESOURCE: Resource = Resource {
    tables: &[&TABLE],
    routes,
    library,
    further_schema: &[
        "CREATE TABLE segment_members (segment_id INTEGER NOT NULL, member_id INTEGER NOT NULL, \
         PRIMARY KEY (segment_id, member_id)) STRICT, WITHOUT ROWID",
        "CREATE INDEX segment_members_member ON segment_members (member_id)",
        // Clients show their segment with its counts, and counting takes a walk through all members.
        "CREATE TABLE segment_counts (segment_id INTEGER PRIMARY KEY, members INTEGER NOT NULL, clients INTEGER NOT NULL) STRICT",
        "CREATE TRIGGER segment_counts_joined AFTER INSERT ON segment_members BEGIN DELETE FROM segment_counts; END",
        "CREATE TRIGGER segment_counts_left AFTER DELETE ON segment_members BEGIN DELETE FROM segment_counts; END",
        "CREATE TRIGGER segment_counts_item AFTER DELETE ON negative_items BEGIN DELETE FROM segment_counts; END",
    ],
};

const RULES: &[Rule] = &[
    must("name", Kind::Text(255)),
    may("combinator", Kind::OneOf(&["AND", "OR"])),
    null("description", Kind::Text(65_535)),
];

fn routes() -> Routes {
    Routes::new()
        .route("/segments", get(list).post(create))
        .route("/segments/{id}", get(show).put(update).patch(update).delete(remove))
        .route("/segments/{id}/refresh", post(refresh_now))
        .route("/segments/{id}/export", get(export))
        .route("/clients/{id}/segments", get(list_of_client))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let of_client = query.fields.integer("client_id").map(contains_client);
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, of_client.into_iter().collect()).await?;
    page.records = shown(&mut db, page.records).await?;
    page.bare()
}

async fn list_of_client(State(portal): State<Portal>, Id(client): Id, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    clients::TABLE.expect(&mut db, client).await?;
    let mut page = OF_CLIENT.page_where(&mut db, &mut query, vec![contains_client(client)]).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

fn contains_client(client: i64) -> Condition {
    Condition::new(
        "type = 'client' AND id IN (SELECT segment_id FROM segment_members WHERE member_id = ?)",
        vec![Cell::Integer(client)],
    )
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    one(&mut db, StatusCode::OK, id).await
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut segment = record(json!({ "description": null, "type": "client", "is_active": true, "is_archive": false }));
    segment.extend(fields.read(RULES));
    segment.extend(fields.read_some(&[
        may("type", TYPE),
        may("is_active", Kind::Truth),
        may("is_archive", Kind::Truth),
    ]));
    let model = model_of(&segment);
    Group::read(&mut fields, "conditions", model);
    let conditions = fields.raw("conditions").cloned();
    fields.finish()?;
    let combinator = segment.remove("combinator").unwrap_or_else(|| "AND".into());
    let nothing = || json!({ "combinator": combinator, "not": 0, "rules": [] });
    segment.insert("conditions".into(), conditions.unwrap_or_else(nothing));
    let mut db = portal.writer().await?;
    let segment = TABLE.store(&portal, &mut db, segment).await?;
    let id = stored::number(&segment, "id").unwrap_or_default();
    refresh(&mut db, id, today(&portal)).await?;
    let answer = one(&mut db, StatusCode::CREATED, id).await;
    db.commit().await?;
    answer
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut whole = TABLE.find(&mut db, id).await?;
    let mut changes = fields.read_some(RULES);
    changes.extend(fields.read_some(&[
        null("type", TYPE),
        null("is_active", Kind::Truth),
        null("is_archive", Kind::Truth),
    ]));
    // Null leaves what is there, where something must be there.
    changes.retain(|name, value| name == "description" || !value.is_null());
    changes.remove("combinator");
    whole.extend(changes.clone());
    let model = model_of(&whole);
    fields.forget_null("conditions");
    Group::read(&mut fields, "conditions", model);
    if let Some(conditions) = fields.raw("conditions") {
        changes.insert("conditions".into(), conditions.clone());
    } else if Group::stored(whole.get("conditions").unwrap_or(&Value::Null), model).is_none() {
        fields.refuse("type", "The conditions of the segment speak of the other type.");
    }
    fields.finish()?;
    TABLE.update(&portal, &mut db, id, changes).await?;
    refresh(&mut db, id, today(&portal)).await?;
    let answer = one(&mut db, StatusCode::OK, id).await;
    db.commit().await?;
    answer
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    if usage(&mut db, id).await? > 0 {
        return Err(Problem::field("id", "The segment is used by a workflow and cannot be deleted."));
    }
    TABLE.remove(&mut db, id).await?;
    sqlx::query("DELETE FROM segment_members WHERE segment_id = ?").bind(id).execute(&mut *db).await?;
    db.commit().await?;
    answers::nothing()
}

async fn refresh_now(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    refresh(&mut db, id, today(&portal)).await?;
    let answer = one(&mut db, StatusCode::OK, id).await;
    db.commit().await?;
    answer
}

async fn export(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let segment = TABLE.find(&mut db, id).await?;
    let members: Vec<i64> = match model_of(&segment) {
        Model::Client => sqlx::query_scalar("SELECT member_id FROM segment_members WHERE segment_id = ? ORDER BY 1"),
        Model::NegativeItem => sqlx::query_scalar(
            "SELECT DISTINCT client_id FROM negative_items WHERE id IN \
             (SELECT member_id FROM segment_members WHERE segment_id = ?) ORDER BY 1",
        ),
    }
    .bind(id)
    .fetch_all(&mut *db)
    .await?;
    let found = clients::TABLE.get_all(&mut db, &members).await?;
    answers::file("text/csv; charset=utf-8", &format!("segment-{id}.csv"), csv::clients(found.values()).into_bytes())
}

/// The day that rules like `last_days` count from.
pub(crate) fn today(portal: &Portal) -> Date {
    TimeZone::UTC.to_datetime(portal.clock.now()).date()
}

/// Chooses the members of a segment anew and saves them.
pub(crate) async fn refresh(db: &mut SqliteConnection, id: i64, today: Date) -> Result<(), sqlx::Error> {
    let Some(segment) = TABLE.get(db, id).await? else { return Ok(()) };
    let model = model_of(&segment);
    let tree = segment.get("conditions").and_then(|tree| Group::stored(tree, model));
    sqlx::query("DELETE FROM segment_members WHERE segment_id = ?").bind(id).execute(&mut *db).await?;
    let Some(tree) = tree else { return Ok(()) };
    let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO segment_members (segment_id, member_id) SELECT ");
    query.push_bind(id).push(format!(", id FROM {} WHERE ", model.own().table));
    tree.condition(model, today).push(&mut query);
    query.build().execute(db).await?;
    Ok(())
}

/// The segment that each of these clients shows, by client.
pub(crate) async fn of_clients(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let first: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT member_id, min(segment_id) FROM segment_members \
         WHERE member_id IN (SELECT value FROM json_each(?)) AND segment_id IN \
         (SELECT id FROM segments WHERE type = 'client' AND is_active = 1 AND is_archive = 0) GROUP BY member_id",
    )
    .bind(Value::from(ids).to_string())
    .fetch_all(&mut *db)
    .await?;
    let mut wanted: Vec<i64> = first.iter().map(|(_, segment)| *segment).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let segments = whole(db, &wanted).await?;
    Ok(first.into_iter().filter_map(|(client, id)| Some((client, segments.get(&id)?.clone()))).collect())
}

/// Whether a client is a saved member of a segment.
pub(crate) async fn has_member(db: &mut SqliteConnection, segment: i64, client: i64) -> Result<bool, Problem> {
    let members: i64 =
        sqlx::query_scalar("SELECT count(*) FROM segment_members WHERE segment_id = ? AND member_id = ?")
            .bind(segment)
            .bind(client)
            .fetch_one(db)
            .await?;
    Ok(members > 0)
}

/// Segments by key, as they are documented.
pub(crate) async fn whole(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    let keys: Vec<i64> = found.keys().copied().collect();
    let shown = shown(db, found.into_values().collect()).await?;
    Ok(keys.into_iter().zip(shown.into_iter().map(Value::Object)).collect())
}

async fn one(db: &mut SqliteConnection, status: StatusCode, id: i64) -> Answer {
    let segment = TABLE.find(db, id).await?;
    let mut segments = shown(db, vec![segment]).await?;
    answers::bare(status, segments.pop().unwrap_or_default())
}

fn model_of(segment: &Record) -> Model {
    Model::of(segment.get("type").and_then(Value::as_str)).unwrap_or(Model::Client)
}

/// Adds the counts, which are those of the saved members.
async fn shown(db: &mut SqliteConnection, segments: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let mut shown = Vec::new();
    for mut segment in segments {
        let id = stored::number(&segment, "id").unwrap_or_default();
        let model = model_of(&segment);
        let (members, clients) = counts(db, id, model).await?;
        let items = (model == Model::NegativeItem).then_some(members);
        segment.insert("clients_count".into(), clients.into());
        segment.insert("negative_items_count".into(), items.into());
        segment.insert("usage_count".into(), usage(db, id).await?.into());
        shown.push(segment);
    }
    Ok(shown)
}

/// How many members a segment has, and how many clients those are; kept until a member joins or leaves.
async fn counts(db: &mut SqliteConnection, segment: i64, model: Model) -> Result<(i64, i64), Problem> {
    let kept = sqlx::query_as("SELECT members, clients FROM segment_counts WHERE segment_id = ?");
    if let Some(kept) = kept.bind(segment).fetch_optional(&mut *db).await? {
        return Ok(kept);
    }
    let count = match model {
        Model::Client => "SELECT count(*), count(*) FROM segment_members WHERE segment_id = ?1",
        Model::NegativeItem => {
            "SELECT (SELECT count(*) FROM segment_members WHERE segment_id = ?1), count(DISTINCT client_id) \
             FROM negative_items WHERE id IN (SELECT member_id FROM segment_members WHERE segment_id = ?1)"
        }
    };
    let counts: (i64, i64) = sqlx::query_as(count).bind(segment).fetch_one(&mut *db).await?;
    sqlx::query("INSERT OR REPLACE INTO segment_counts (segment_id, members, clients) VALUES (?, ?, ?)")
        .bind(segment)
        .bind(counts.0)
        .bind(counts.1)
        .execute(db)
        .await?;
    Ok(counts)
}

/// How many workflows use the segment in the condition of their trigger.
async fn usage(db: &mut SqliteConnection, segment: i64) -> Result<i64, Problem> {
    let count = sqlx::query_scalar(
        "SELECT count(DISTINCT workflow_id) FROM triggers WHERE condition_id IN \
         (SELECT id FROM trigger_event_conditions WHERE segment_id = ?)",
    );
    Ok(count.bind(segment).fetch_one(db).await?)
}

/// Every client is in one of the first three.
fn library() -> Vec<Record> {
    let rule =
        |field: &str, operator: &str, value: &str| json!({ "field": field, "operator": operator, "value": value });
    let about_items = |field: &str, operator: &str, value: &str| {
        json!({
            "field": field,
            "operator": operator,
            "value": value,
            "relation": negative_items::TABLE.name,
            "count_repeat": 1,
        })
    };
    let none_under_way = json!({
        "combinator": "AND",
        "not": 1,
        "relation": negative_items::TABLE.name,
        "rules": [rule("status", "=", "in_progress")],
    });
    let group = |rules: Value| json!({ "combinator": "AND", "not": 0, "rules": rules });
    [
        (
            "First round",
            "Clients whose first disputes are being prepared",
            "client",
            json!({
                "combinator": "OR",
                "not": 1,
                "rules": [about_items("status", "=", "in_progress"), about_items("status", "=", "repaired")],
            }),
            true,
            false,
        ),
        (
            "Waiting for answers",
            "Clients with disputes under way",
            "client",
            group(json!([about_items("status", "=", "in_progress")])),
            true,
            false,
        ),
        (
            "Follow-up",
            "Clients whose answers came in",
            "client",
            group(json!([about_items("status", "=", "repaired"), none_under_way])),
            true,
            false,
        ),
        (
            "Charged-off cards",
            "Credit cards that were charged off",
            "negative_item",
            group(json!([rule("account_type", "=", "Credit Card"), rule("is_charge_off", "=", "1")])),
            true,
            false,
        ),
        (
            "Several collections",
            "Clients with three or more collections",
            "client",
            group(json!([{
                "field": "is_collection",
                "operator": "=",
                "value": "1",
                "relation": negative_items::TABLE.name,
                "count_repeat": 3,
            }])),
            false,
            false,
        ),
        (
            "Spring campaign",
            "Kept for its figures",
            "client",
            group(json!([about_items("unpaid_balance_amount", ">=", "5000")])),
            false,
            true,
        ),
    ]
    .into_iter()
    .map(|(name, description, kind, conditions, is_active, is_archive)| {
        record(json!({
            "name": name,
            "description": description,
            "type": kind,
            "conditions": conditions,
            "is_active": is_active,
            "is_archive": is_archive,
        }))
    })
    .collect()
}
