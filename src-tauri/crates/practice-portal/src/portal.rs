//! What every request handler shares, and the one list of resources that makes up the server.

use crate::{
    access, auth, azure, clock::Clock, dice::Dice, faults::Faults, mischief, problem::Problem, rates::Rates, resources,
    tokens::Tokens,
};
use axum::{Router, extract::OriginalUri, http::Method, middleware};
use sqlx::{Sqlite, SqlitePool, Transaction, pool::PoolConnection};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio_util::task::TaskTracker;
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
    /// What the portal takes for now.
    pub(crate) clock: Clock,
    /// Bearer tokens.
    pub(crate) tokens: Tokens,
    /// Sign-ins through Azure that were begun and not yet finished.
    pub(crate) azure: azure::Grants,
    /// Work that goes on after its request was answered.
    pub(crate) behind: TaskTracker,
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

    /// The address of a whole path.
    pub(crate) fn at(&self, path: &str) -> String {
        let mut url = self.base.clone();
        url.set_path(path);
        url.into()
    }
}

/// The whole server: resources behind the token, sign-in before it, and Laravel's answers for everything else.
pub(crate) fn router(portal: Portal) -> Router {
    let with_key =
        |routes: Routes| routes.route_layer(middleware::from_fn_with_state(portal.clone(), access::require_key));
    let guarded = with_key(resources::routes())
        .route_layer(middleware::from_fn_with_state(portal.clone(), access::require_token));
    let refresh = with_key(auth::refresh_route()).route_layer(middleware::from_fn(access::require_bearer));
    let api = with_key(auth::routes()).merge(refresh).merge(guarded);
    Router::new()
        .nest("/api", api)
        .merge(azure::routes())
        .method_not_allowed_fallback(wrong_method)
        .fallback(no_route)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(portal.clone(), mischief::watch))
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
