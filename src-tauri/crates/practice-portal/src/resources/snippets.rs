//! Snippets: text whose name is its shortcode. State-related ones share a name and differ by state.
//!
//! Looking at a single snippet is a preview, with its shortcodes filled; the list shows the text as it was written.

use super::{Resource, record};
use crate::{
    access::SignedIn,
    answers,
    fields::{Fields, Query, Rule, clear, may, must},
    ids::Id,
    kinds::Kind,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    shortcodes, stored,
};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "snippets",
    noun: "snippet",
    columns: &[
        Column::field("name", "/name"),
        Column::field("state_code", "/state_code"),
        Column::field("is_state_related", "/is_state_related"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("id", Kind::Integer),
        Filter::contains("name"),
        Filter::on_day("created_at"),
        Filter::is("state_code", ANY_TEXT),
    ],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("state_code", "state_code"),
        ("is_state_related", "is_state_related"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    let list =
        |State(portal): State<Portal>, query: Query| async move { stored::list_plain(&portal, query, &LIST).await };
    Routes::new()
        .route("/snippets", get(list).post(create))
        .route("/snippets/{id}", get(preview).put(update).patch(update).delete(remove))
        .route("/snippets/{id}/clone", post(copy))
}

const RULES: &[Rule] = &[
    must("name", Kind::Text(255)),
    must("content", Kind::Text(65_535)),
    may("is_state_related", Kind::Boolean),
    clear("state_code", Kind::Text(2)),
];

async fn preview(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let mut snippet = TABLE.find(&mut db, id).await?;
    let names = shortcodes::Names::gather(&portal, &mut db, None, Some(me.user_id)).await?;
    snippet.insert("content".into(), names.fill(stored::text(&snippet, "content")).into());
    answers::data(StatusCode::OK, snippet)
}

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut snippet = record(json!({ "is_state_related": false, "state_code": null }));
    snippet.extend(in_capitals(fields.read(RULES)));
    let mut db = portal.writer().await?;
    check(&mut db, fields, &snippet, None).await?;
    let snippet = TABLE.store(&portal, &mut db, snippet).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, snippet)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut whole = TABLE.find(&mut db, id).await?;
    let changes = in_capitals(fields.read_some(RULES));
    whole.extend(changes.clone());
    check(&mut db, fields, &whole, Some(id)).await?;
    let snippet = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, snippet)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    stored::remove_plain(&portal, id, &TABLE).await
}

async fn copy(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    let mut snippet = TABLE.find(&mut db, id).await?;
    snippet.remove("id");
    let name = stored::copy_name(&mut db, &TABLE, stored::text(&snippet, "name")).await?;
    snippet.insert("name".into(), name.into());
    let snippet = TABLE.store(&portal, &mut db, snippet).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, snippet)
}

fn in_capitals(mut snippet: Record) -> Record {
    if let Some(Value::String(code)) = snippet.get_mut("state_code") {
        *code = code.to_ascii_uppercase();
    }
    snippet
}

/// The rules across fields: a name without brackets, a known state, and one snippet per name and state.
async fn check(
    db: &mut SqliteConnection,
    mut fields: Fields,
    snippet: &Record,
    own: Option<i64>,
) -> Result<(), Problem> {
    let text = |name: &str| snippet.get(name).and_then(Value::as_str);
    if text("name").is_some_and(|name| name.contains(['[', ']'])) {
        fields.refuse("name", "Write the name without brackets.");
    }
    if let Some(code) = text("state_code")
        && shortcodes::state_name(code).is_none()
    {
        fields.refuse_choice("state_code");
    }
    let same: Option<i64> =
        sqlx::query_scalar("SELECT id FROM snippets WHERE name = ? AND state_code IS ? AND id IS NOT ?")
            .bind(text("name"))
            .bind(text("state_code"))
            .bind(own)
            .fetch_optional(db)
            .await?;
    if same.is_some() {
        fields.refuse("name", "The name has already been taken.");
    }
    fields.finish()
}

fn library() -> Vec<Record> {
    const GENERAL: [(&str, &str); 6] = [
        (
            "FCRA611",
            "Section 611 of the Fair Credit Reporting Act (15 U.S.C. 1681i) requires you to conduct a reasonable \
             reinvestigation of disputed information, free of charge, as a rule within 30 days of receiving my dispute.",
        ),
        (
            "FCRA623",
            "Section 623 of the Fair Credit Reporting Act (15 U.S.C. 1681s-2) requires those who report to credit bureaus \
             to correct and update information that they find to be incomplete or inaccurate.",
        ),
        (
            "FDCPA809",
            "Section 809 of the Fair Debt Collection Practices Act (15 U.S.C. 1692g) gives me the right to ask for \
             verification. If this request reaches you within 30 days after I received your notice, please stop collecting \
             until you have sent me the verification. If it reaches you later, I ask you to verify the debt all the same.",
        ),
        (
            "EnclosureNote",
            "Copies of my identification and proof of address accompany this letter where they are listed as enclosures. \
             If you need anything more to identify me, please write to me at the address above.",
        ),
        ("ClosingCourtesy", "Thank you for looking into this."),
        ("OfficeContact", "[AgentName], [CompanyName]"),
    ];
    const BY_STATE: [(Option<&str>, &str); 9] = [
        (
            Some("CA"),
            "As a resident of [ClientState] I also rely on the Consumer Credit Reporting Agencies Act (California Civil Code \
             section 1785.1 and following).",
        ),
        (
            Some("CO"),
            "As a resident of [ClientState] I also rely on the Colorado Consumer Credit Reporting Act (Colorado Revised \
             Statutes section 5-18-101 and following).",
        ),
        (
            Some("MA"),
            "As a resident of [ClientState] I also rely on Massachusetts General Laws chapter 93, sections 50 to 68.",
        ),
        (
            Some("MD"),
            "As a resident of [ClientState] I also rely on the Maryland Commercial Law Article, section 14-1201 and \
             following.",
        ),
        (
            Some("NJ"),
            "As a resident of [ClientState] I also rely on the New Jersey Fair Credit Reporting Act (N.J.S.A. 56:11-28 and \
             following).",
        ),
        (
            Some("NY"),
            "As a resident of [ClientState] I also rely on the New York Fair Credit Reporting Act (General Business Law, \
             article 25).",
        ),
        (
            Some("TX"),
            "As a resident of [ClientState] I also rely on chapter 20 of the Texas Business and Commerce Code.",
        ),
        (
            Some("WA"),
            "As a resident of [ClientState] I also rely on the Washington Fair Credit Reporting Act (RCW chapter 19.182).",
        ),
        (None, "I also rely on whatever further rights the law of [ClientState] gives me."),
    ];
    let general = GENERAL.into_iter().map(|(name, content)| (name, None, false, content));
    let by_state = BY_STATE.into_iter().map(|(state, content)| ("StateNotice", state, state.is_some(), content));
    general
        .chain(by_state)
        .map(|(name, state, is_state_related, content)| {
            record(json!({
                "name": name,
                "content": content,
                "is_state_related": is_state_related,
                "state_code": state,
            }))
        })
        .collect()
}
