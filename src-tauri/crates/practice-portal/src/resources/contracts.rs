//! Contracts with their history. Every change writes a version; going back to one writes another.
//!
//! Looking at a single contract fills its shortcodes; the list and the versions show the text as it was written. A list
//! of versions is what a history must be, and a revert answers an array of one (oddity 14). The author of a version
//! stands in `author_id` (oddity 28).

use super::{Resource, products, record, users};
use crate::{
    access::{SignedIn, Who},
    answers,
    fields::{Fields, Query, Rule, may, must},
    ids::{Id, Ids},
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
use jiff::ToSpan as _;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "contracts",
    noun: "contract",
    columns: &[
        Column::field("name", "/name"),
        Column::field("type", "/type"),
        Column::field("product_id", "/product_id"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static VERSIONS: Table = Table {
    name: "contract_versions",
    noun: "contract version",
    columns: &[Column::field("contract_id", "/contract_id").indexed()],
};

const SORTS: [(&str, &str); 5] =
    [("id", "id"), ("name", "name"), ("type", "type"), ("created_at", "created_at"), ("updated_at", "updated_at")];

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name"), Filter::on_day("created_at"), Filter::is("product_id", Kind::Integer)],
    sorts: &SORTS,
    order: ("id", Direction::Up),
};

/// The customer portal's list can be narrowed by the type as well.
static PORTAL_LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::contains("name"),
        Filter::is("type", ANY_TEXT),
        Filter::on_day("created_at"),
        Filter::is("product_id", Kind::Integer),
    ],
    sorts: &SORTS,
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE, &VERSIONS], routes, library, further_schema: &[] };

const RULES: &[Rule] = &[
    must("name", Kind::Text(255)),
    must("content", Kind::Text(1 << 20)),
    may("description", Kind::Text(65_535)),
    may("type", Kind::Text(255)),
    may("product_id", Kind::Integer),
];

fn routes() -> Routes {
    Routes::new()
        .route("/contracts", get(list).post(create))
        .route("/contracts/{id}", get(show).put(update).patch(update).delete(remove))
        .route("/contracts/{id}/clone", post(copy))
        .route("/contracts/{id}/versions", get(versions))
        .route("/contracts/{id}/versions/{version}/revert", post(revert))
}

async fn list(State(portal): State<Portal>, query: Query) -> Answer {
    page_of(&portal, query, &LIST).await
}

/// The customer portal's list.
pub(crate) async fn portal_list(State(portal): State<Portal>, query: Query) -> Answer {
    page_of(&portal, query, &PORTAL_LIST).await
}

async fn page_of(portal: &Portal, mut query: Query, list: &List) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = list.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(portal, &query)
}

async fn show(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(id): Id) -> Answer {
    filled(&portal, who, id).await
}

/// One contract with its shortcodes filled, for a client with the client's own data.
pub(crate) async fn filled(portal: &Portal, who: Who, id: i64) -> Answer {
    let mut db = portal.reader().await?;
    let mut contract = TABLE.find(&mut db, id).await?;
    let (client, user) = match who {
        Who::Client(client) => (Some(client), None),
        Who::Staff(user) => (None, Some(user)),
    };
    let names = shortcodes::Names::gather(portal, &mut db, client, user).await?;
    contract.insert("content".into(), names.fill(stored::text(&contract, "content")).into());
    answers::one(StatusCode::OK, shown(&mut db, vec![contract]).await?)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut contract = record(json!({ "description": null, "type": null, "product_id": null }));
    contract.extend(fields.read(RULES));
    check(&mut db, fields, &contract, None).await?;
    let contract = store_new(&portal, &mut db, me, contract).await?;
    let contracts = shown(&mut db, vec![contract]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, contracts)
}

async fn update(
    State(portal): State<Portal>,
    Extension(me): Extension<SignedIn>,
    Id(id): Id,
    mut fields: Fields,
) -> Answer {
    let mut db = portal.writer().await?;
    let mut whole = TABLE.find(&mut db, id).await?;
    let changes = fields.read_some(RULES);
    whole.extend(changes.clone());
    check(&mut db, fields, &whole, Some(id)).await?;
    let contract = TABLE.update(&portal, &mut db, id, changes).await?;
    write_version(&portal, &mut db, me, &contract).await?;
    let contracts = shown(&mut db, vec![contract]).await?;
    db.commit().await?;
    answers::one(StatusCode::OK, contracts)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.remove(&mut db, id).await?;
    for version in VERSIONS.ids_where(&mut db, "contract_id", &[id]).await? {
        VERSIONS.remove(&mut db, version).await?;
    }
    db.commit().await?;
    stored::removed(&TABLE)
}

async fn copy(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, Id(id): Id) -> Answer {
    let mut db = portal.writer().await?;
    let mut contract = TABLE.find(&mut db, id).await?;
    contract.remove("id");
    let name = stored::copy_name(&mut db, &TABLE, stored::text(&contract, "name")).await?;
    contract.insert("name".into(), name.into());
    let contract = store_new(&portal, &mut db, me, contract).await?;
    let contracts = shown(&mut db, vec![contract]).await?;
    db.commit().await?;
    answers::one(StatusCode::CREATED, contracts)
}

async fn versions(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    TABLE.expect(&mut db, id).await?;
    let ids = VERSIONS.ids_where(&mut db, "contract_id", &[id]).await?;
    let found = VERSIONS.get_all(&mut db, &ids).await?.into_values().rev().collect();
    answers::all(versions_shown(&mut db, found).await?)
}

async fn revert(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, Ids(id, version): Ids) -> Answer {
    let mut db = portal.writer().await?;
    TABLE.expect(&mut db, id).await?;
    let version = VERSIONS.find(&mut db, version).await?;
    if stored::number(&version, "contract_id") != Some(id) {
        return Err(VERSIONS.missing());
    }
    let content = version.get("content").cloned().unwrap_or_default();
    let contract = TABLE.update(&portal, &mut db, id, record(json!({ "content": content }))).await?;
    let version = write_version(&portal, &mut db, me, &contract).await?;
    let versions = versions_shown(&mut db, vec![version]).await?;
    db.commit().await?;
    answers::bare(StatusCode::OK, versions.into_iter().map(Value::Object).collect::<Vec<_>>())
}

async fn store_new(
    portal: &Portal,
    db: &mut SqliteConnection,
    me: SignedIn,
    contract: Record,
) -> Result<Record, Problem> {
    let contract = TABLE.store(portal, db, contract).await?;
    write_version(portal, db, me, &contract).await?;
    Ok(contract)
}

/// A contract's name is a shortcode, so it is unique and has no brackets.
async fn check(
    db: &mut SqliteConnection,
    mut fields: Fields,
    contract: &Record,
    own: Option<i64>,
) -> Result<(), Problem> {
    let name = stored::text(contract, "name");
    if name.contains(['[', ']']) {
        fields.refuse("name", "Write the name without brackets.");
    }
    let same: Option<i64> = sqlx::query_scalar("SELECT id FROM contracts WHERE name = ? AND id IS NOT ?")
        .bind(name)
        .bind(own)
        .fetch_optional(&mut *db)
        .await?;
    if same.is_some() {
        fields.refuse("name", "The name has already been taken.");
    }
    stored::check_reference(db, &mut fields, "product_id", &products::TABLE).await?;
    fields.finish()
}

/// Writes what the contract says now as its next version, numbered by its second.
async fn write_version(
    portal: &Portal,
    db: &mut SqliteConnection,
    me: SignedIn,
    contract: &Record,
) -> Result<Record, Problem> {
    let id = stored::number(contract, "id").unwrap_or_default();
    let earlier = VERSIONS.ids_where(db, "contract_id", &[id]).await?;
    let earlier = VERSIONS.get_all(db, &earlier).await?;
    let is_taken = |number: &str| earlier.values().any(|version| stored::text(version, "version_number") == number);
    let mut instant = portal.clock.now();
    let mut number = instant.strftime("%Y%m%d%H%M%S").to_string();
    while is_taken(&number) {
        // Two changes within a second: the later one has the next second's number.
        instant = instant.saturating_add(1.second()).unwrap_or(instant);
        number = instant.strftime("%Y%m%d%H%M%S").to_string();
    }
    let version = record(json!({
        "contract_id": id,
        "version_number": number,
        "content": contract.get("content"),
        "author_key": me.user_id,
    }));
    VERSIONS.store(portal, db, version).await
}

async fn versions_shown(db: &mut SqliteConnection, versions: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_short(db).await?;
    let show = |mut version: Record| {
        version.remove("updated_at");
        stored::embed(version, "author_key", "author_id", &authors)
    };
    Ok(versions.into_iter().map(show).collect())
}

async fn shown(db: &mut SqliteConnection, contracts: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let sold = products::short(db, &stored::keys(&contracts, "product_id")).await?;
    Ok(contracts.into_iter().map(|contract| stored::embed(contract, "product_id", "product", &sold)).collect())
}

fn library() -> Vec<Record> {
    [
        (
            "ServiceAgreement",
            "The agreement that every client signs before any work begins",
            "service_agreement",
            Some(2),
            include_str!("../../data/contracts/service-agreement.html"),
        ),
        (
            "RightToCancel",
            "Notice of the three business days in which a client may cancel",
            "notice",
            None,
            include_str!("../../data/contracts/right-to-cancel.html"),
        ),
        (
            "MonitoringTerms",
            "Terms of the identity watch",
            "terms",
            Some(3),
            include_str!("../../data/contracts/monitoring-terms.html"),
        ),
    ]
    .into_iter()
    .map(|(name, description, kind, product, content)| {
        record(json!({
            "name": name,
            "description": description,
            "type": kind,
            "product_id": product,
            "content": content.trim(),
        }))
    })
    .collect()
}
