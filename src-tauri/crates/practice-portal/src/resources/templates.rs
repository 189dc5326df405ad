//! Templates: static ones, smart ones made of sections with choices, one text message, one page to read.
//!
//! Looking at a single template is a preview: shortcodes are filled and, in a smart template, one block of each section
//! and one of each set of choices is drawn anew. What stays unresolved is left in its brackets.

use super::{LIBRARY_MADE, Resource, clients, record, template_categories};
use crate::{
    access::SignedIn,
    answers,
    fields::{Fields, Query, Rule, may, must},
    ids::Id,
    kinds::Kind,
    list::{ANY_TEXT, Condition, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Cell, Column, Record, Table},
    shortcodes, stored,
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

pub(crate) static TABLE: Table = Table {
    name: "templates",
    noun: "template",
    columns: &[
        Column::field("name", "/name"),
        Column::field("type", "/type"),
        Column::field("category_id", "/category_id"),
        Column::field("is_dispute", "/is_dispute"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name"), Filter::is("type", ANY_TEXT)],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("type", "type"),
        ("is_dispute", "is_dispute"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/templates", get(list).post(create)).route("/templates/{id}", get(preview).delete(remove))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut further = Vec::new();
    if let Some(category) = query.fields.text("category_name", 10_000) {
        further.push(Condition::new(
            "category_id IN (SELECT id FROM template_categories WHERE instr(lower(name), lower(?)) > 0)",
            vec![Cell::Text(category)],
        ));
    }
    let mut db = portal.reader().await?;
    let mut page = LIST.page_where(&mut db, &mut query, further).await?;
    for template in &mut page.records {
        let joined: String = contents(template).iter().map(|block| block.html.as_str()).collect();
        template.insert("preview_content".into(), joined.into());
    }
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn preview(
    State(portal): State<Portal>,
    Extension(me): Extension<SignedIn>,
    Id(id): Id,
    mut query: Query,
) -> Answer {
    let mut db = portal.reader().await?;
    let mut template = TABLE.find(&mut db, id).await?;
    let client = query.fields.integer("client_id");
    stored::check_reference(&mut db, &mut query.fields, "client_id", &clients::TABLE).await?;
    query.fields.finish()?;
    let html = written(&portal, &mut db, &template, client, me.user_id).await?;
    template.insert("preview_content".into(), html.into());
    answers::one(StatusCode::OK, shown(&mut db, vec![template]).await?)
}

/// What a template says to a client, or to nobody: drawn and filled.
pub(crate) async fn written(
    portal: &Portal,
    db: &mut SqliteConnection,
    template: &Record,
    client: Option<i64>,
    user: i64,
) -> Result<String, Problem> {
    let mut draw = portal.preview_dice();
    let html = if stored::text(template, "type") == "smart" {
        shortcodes::choose(&shortcodes::one_per_section(contents(template), &mut draw), &mut draw)
    } else {
        contents(template).into_iter().map(|block| block.html).collect()
    };
    Ok(shortcodes::Names::gather(portal, db, client, Some(user)).await?.fill(&html))
}

const RULES: &[Rule] = &[
    must("name", Kind::Text(255)),
    must("type", Kind::OneOf(&["static", "smart", "sms", "reference"])),
    may("category_id", Kind::Integer),
    may("is_dispute", Kind::Boolean),
];

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut template = record(json!({ "is_dispute": false, "category_id": null, "deleted_at": null }));
    template.extend(fields.read(RULES));
    stored::check_reference(&mut db, &mut fields, "category_id", &template_categories::TABLE).await?;
    let blocks = read_contents(&mut fields, stored::text(&template, "type") == "smart");
    fields.finish()?;
    let id = TABLE.last_id(&mut db).await? + 1;
    template.insert("contents".into(), blocks_as_json(id, &blocks, &portal.clock.text()));
    let template = TABLE.store(&portal, &mut db, template).await?;
    let templates = shown(&mut db, vec![template]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, templates)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    stored::remove_plain(&portal, id, &TABLE).await
}

/// Templates by key, as they are documented.
pub(crate) async fn whole(db: &mut SqliteConnection, ids: &[i64]) -> Result<BTreeMap<i64, Value>, Problem> {
    let found = TABLE.get_all(db, ids).await?;
    let keys: Vec<i64> = found.keys().copied().collect();
    let shown = shown(db, found.into_values().collect()).await?;
    Ok(keys.into_iter().zip(shown.into_iter().map(Value::Object)).collect())
}

/// A content block: its section, if any, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// `opening`, `body`, `closing`.
    pub(crate) section: Option<String>,
    /// HTML, or plain text in a text message.
    pub(crate) html: String,
}

fn contents(template: &Record) -> Vec<Block> {
    let blocks = template.get("contents").and_then(Value::as_array).into_iter().flatten();
    let text = |block: &Value, name: &str| block.get(name).and_then(Value::as_str).map(str::to_owned);
    blocks
        .map(|block| Block { section: text(block, "section_type"), html: text(block, "content").unwrap_or_default() })
        .collect()
}

fn read_contents(fields: &mut Fields, is_smart: bool) -> Vec<Block> {
    let sent = match fields.raw("contents").cloned() {
        Some(Value::Array(sent)) if !sent.is_empty() => sent,
        Some(Value::Array(_)) => {
            fields.refuse("contents", "The contents field must have at least 1 item.");
            return Vec::new();
        }
        Some(_) => {
            fields.refuse("contents", "The contents field must be an array.");
            return Vec::new();
        }
        None => {
            fields.require("contents");
            return Vec::new();
        }
    };
    let mut blocks = Vec::new();
    for (place, block) in sent.into_iter().enumerate() {
        let name = format!("contents.{place}");
        let Value::Object(block) = block else {
            fields.refuse(&name, format!("The {name} field must be an array."));
            continue;
        };
        let mut inside = fields.named(&name, block);
        let read = inside.read(&[must("content", Kind::Text(1 << 20)), may("section_type", Kind::Text(64))]);
        let section = read.get("section_type").and_then(Value::as_str).map(str::to_owned);
        if inside.has("section_type") && !is_smart {
            let message = "The section type field is allowed for smart templates only.";
            inside.refuse("section_type", message);
        }
        fields.absorb(inside);
        blocks.push(Block { section, html: stored::text(&read, "content").to_owned() });
    }
    blocks
}

/// Keys of blocks follow from the template's, so that they are unique across templates.
fn blocks_as_json(template_id: i64, blocks: &[Block], now: &str) -> Value {
    let shown = |(block, position): (&Block, i64)| {
        json!({
            "id": template_id * 100 + position,
            "content": block.html,
            "section_type": block.section,
            "version": "1",
            "created_at": now,
            "updated_at": now,
            "deleted_at": null,
        })
    };
    blocks.iter().zip(1..).map(shown).collect()
}

async fn shown(db: &mut SqliteConnection, templates: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let categories = template_categories::TABLE.get_all(db, &stored::keys(&templates, "category_id")).await?;
    let categories = stored::as_values(categories);
    let show = |mut template: Record| {
        template.entry("preview_content").or_insert(Value::Null);
        stored::embed(template, "category_id", "category", &categories)
    };
    Ok(templates.into_iter().map(show).collect())
}

fn library() -> Vec<Record> {
    const SOURCES: [(&str, &str, bool, i64, &str); 9] = [
        ("Bureau dispute (FCRA 611)", "static", true, 1, include_str!("../../data/templates/bureau-dispute.html")),
        (
            "Direct dispute to furnisher (FCRA 623)",
            "static",
            true,
            2,
            include_str!("../../data/templates/direct-dispute.html"),
        ),
        ("Debt validation (FDCPA 809)", "static", true, 3, include_str!("../../data/templates/debt-validation.html")),
        ("Method of verification", "static", true, 1, include_str!("../../data/templates/method-of-verification.html")),
        ("Goodwill request", "static", false, 2, include_str!("../../data/templates/goodwill.html")),
        (
            "Bureau dispute, varied wording",
            "smart",
            true,
            1,
            include_str!("../../data/templates/bureau-dispute-varied.html"),
        ),
        (
            "Furnisher dispute, varied wording",
            "smart",
            true,
            2,
            include_str!("../../data/templates/furnisher-dispute-varied.html"),
        ),
        ("Letters ready for review", "sms", false, 5, include_str!("../../data/templates/letters-ready.txt")),
        (
            "Choosing a dispute reason",
            "reference",
            false,
            5,
            include_str!("../../data/templates/choosing-a-reason.html"),
        ),
    ];
    let template = |((name, kind, is_dispute, category, source), id): ((&str, &str, bool, i64, &str), i64)| {
        record(json!({
            "name": name,
            "type": kind,
            "is_dispute": is_dispute,
            "category_id": category,
            "contents": blocks_as_json(id, &blocks_of(source), LIBRARY_MADE),
            "deleted_at": null,
        }))
    };
    SOURCES.into_iter().zip(1..).map(template).collect()
}

/// A source file is one block, or one block after each line `<!-- section: name -->`.
fn blocks_of(source: &str) -> Vec<Block> {
    const MARK: &str = "<!-- section: ";
    if !source.starts_with(MARK) {
        return vec![Block { section: None, html: source.trim().to_owned() }];
    }
    let block = |part: &str| {
        let (section, html) = part.split_once(" -->")?;
        Some(Block { section: Some(section.to_owned()), html: html.trim().to_owned() })
    };
    source.split(MARK).filter_map(block).collect()
}
