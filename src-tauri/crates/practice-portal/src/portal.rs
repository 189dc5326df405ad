//! What every request handler shares, and the one list of resources that makes up the server.

use crate::{
    auth::{self, Tokens},
    dice::Dice,
    faults::{self, Faults},
    fields::{Fields, Query},
    list::List,
    problem::{Answer, Problem},
    rates::Rates,
    records::{Record, Table},
    resources,
};
use axum::{
    Json, Router,
    extract::{FromRequestParts, OriginalUri, Path},
    http::{Method, StatusCode, request::Parts},
    middleware,
    response::IntoResponse,
};
use serde_json::{Value, json};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tower_http::compression::CompressionLayer;
use url::Url;

/// Routes of one resource.
pub(crate) type Routes = Router<Portal>;

/// The running portal, as handlers see it. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Portal(Arc<Shared>);

#[derive(Debug)]
pub(crate) struct Shared {
    /// The records.
    pub(crate) db: SqlitePool,
    /// `http://127.0.0.1:PORT/api`
    pub(crate) base: Url,
    /// The key that every call must carry.
    pub(crate) api_key: String,
    /// Bearer tokens.
    pub(crate) tokens: Tokens,
    /// Requests by token.
    pub(crate) rates: Rates,
    /// Planned mischief and the ledger of requests.
    pub(crate) faults: Faults,
    /// What the data was made from.
    pub(crate) seed: u64,
    /// The day the data is dated relative to.
    pub(crate) as_of: jiff::civil::Date,
    /// How many previews were drawn, so that each draws its choices anew.
    pub(crate) previews: AtomicU64,
}

impl std::ops::Deref for Portal {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Portal {
    /// Shares the parts.
    pub(crate) fn new(shared: Shared) -> Self {
        Portal(Arc::new(shared))
    }

    /// A connection to read with.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, Problem> {
        Ok(self.db.acquire().await?)
    }

    /// A transaction to write in; nothing is kept without `commit`.
    pub(crate) async fn writer(&self) -> Result<Transaction<'static, Sqlite>, Problem> {
        Ok(self.db.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// The link to another page of a list.
    pub(crate) fn link(&self, path: &str, pairs: &[(String, String)], page: i64) -> String {
        let mut url = self.base.clone();
        url.set_path(path);
        url.query_pairs_mut()
            .extend_pairs(pairs.iter().filter(|(name, _)| name != "page"))
            .append_pair("page", &page.to_string());
        url.into()
    }

    /// The choices of the next preview.
    pub(crate) fn preview_dice(&self) -> Dice {
        Dice::new(self.seed, u64::MAX - self.previews.fetch_add(1, Ordering::Relaxed))
    }

    /// An address below the base path.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// The instant that new records carry, ISO 8601 in UTC to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A record's key from the path. Anything but a number is a 404, as for any other missing record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id(pub(crate) i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::<i64>::from_request_parts(parts, state)
            .await
            .map(|Path(id)| Id(id))
            .map_err(|_| Problem::NotFound("There is no such record.".into()))
    }
}

/// The whole server: resources behind the token, sign-in before it, and Laravel's answers for everything else.
pub(crate) fn router(portal: Portal) -> Router {
    let guarded = resources::routes().route_layer(middleware::from_fn_with_state(portal.clone(), auth::require_token));
    let api =
        auth::routes().merge(guarded).route_layer(middleware::from_fn_with_state(portal.clone(), auth::require_key));
    Router::new()
        .nest("/api", api)
        .method_not_allowed_fallback(wrong_method)
        .fallback(no_route)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(portal.clone(), faults::watch))
        .with_state(portal)
}

async fn wrong_method(method: Method, OriginalUri(uri): OriginalUri) -> Problem {
    let path = uri.path().trim_start_matches('/');
    Problem::MethodNotAllowed(format!("The {method} method is not supported for route {path}."))
}

async fn no_route(OriginalUri(uri): OriginalUri) -> Problem {
    let path = uri.path().trim_start_matches('/');
    Problem::NotFound(format!("The route {path} could not be found."))
}

/// `{data}` with a status.
pub(crate) fn data(status: StatusCode, value: impl Into<Value>) -> Answer {
    let value: Value = value.into();
    Ok((status, Json(json!({ "data": value }))).into_response())
}

/// A record without an envelope, as some operations are documented.
pub(crate) fn bare(status: StatusCode, record: Record) -> Answer {
    Ok((status, Json(record)).into_response())
}

/// `{message}`: what a removal answers.
pub(crate) fn message(text: impl Into<String>) -> Answer {
    let text: String = text.into();
    Ok(Json(json!({ "message": text })).into_response())
}

impl Table {
    /// One record or a 404.
    pub(crate) async fn find(&self, db: &mut SqliteConnection, id: i64) -> Result<Record, Problem> {
        self.get(db, id).await?.ok_or_else(|| self.missing())
    }

    /// The 404 for a record of this table.
    pub(crate) fn missing(&self) -> Problem {
        Problem::NotFound(format!("There is no such {}.", self.noun))
    }
}

/// A page of records that are stored as they are shown.
pub(crate) async fn list_plain(portal: &Portal, mut query: Query, list: &List) -> Answer {
    let mut db = portal.reader().await?;
    list.page(&mut db, &mut query).await?.answer(portal, &query)
}

/// One record that is stored as it is shown, as `{data}`.
pub(crate) async fn show_plain(portal: &Portal, id: i64, table: &Table) -> Answer {
    let mut db = portal.reader().await?;
    data(StatusCode::OK, table.find(&mut db, id).await?)
}

/// Stores a new record with its two instants.
pub(crate) async fn store_new(db: &mut SqliteConnection, table: &Table, mut record: Record) -> Result<Record, Problem> {
    let now = now();
    record.insert("created_at".into(), now.clone().into());
    record.insert("updated_at".into(), now.into());
    let id = table.insert(db, record.clone()).await?;
    record.insert("id".into(), id.into());
    Ok(record)
}

/// Writes changed fields and the instant of the change, or answers 404.
pub(crate) async fn store_change(
    db: &mut SqliteConnection,
    table: &Table,
    id: i64,
    mut changes: Record,
) -> Result<Record, Problem> {
    changes.insert("updated_at".into(), now().into());
    table.change(db, id, changes).await?.ok_or_else(|| table.missing())
}

/// Removes a record and says so, or answers 404.
pub(crate) async fn remove_plain(portal: &Portal, id: i64, table: &Table) -> Answer {
    let mut db = portal.writer().await?;
    if !table.delete(&mut db, id).await? {
        return Err(table.missing());
    }
    db.commit().await?;
    message(format!("The {} was deleted.", table.noun))
}

/// Notes a field as wrong when the record whose key it holds does not exist.
pub(crate) async fn check_reference(
    db: &mut SqliteConnection,
    fields: &mut Fields,
    name: &str,
    table: &Table,
) -> Result<(), Problem> {
    if let Some(id) = fields.peek_integer(name)
        && !table.has(db, id).await?
    {
        fields.refuse_choice(name);
    }
    Ok(())
}

/// The keys that records hold in a field.
pub(crate) fn keys(records: &[Record], field: &str) -> Vec<i64> {
    records.iter().filter_map(|record| record.get(field).and_then(Value::as_i64)).collect()
}

/// Puts a record in the place of its key, null where there is none.
pub(crate) fn embed(mut record: Record, key: &str, name: &str, others: &BTreeMap<i64, Value>) -> Record {
    let other = record.remove(key).and_then(|key| key.as_i64()).and_then(|id| others.get(&id)).cloned();
    record.insert(name.to_owned(), other.unwrap_or(Value::Null));
    record
}
