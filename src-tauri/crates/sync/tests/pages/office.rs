//! A portal, a cache of it, and pulls from the one into the other.

use domain::ClientId;
use jiff::Timestamp;
use portal_api::auth::LoginRequest;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::notes::NoteRequest;
use portal_api::{Config, Portal, Row, SortDirection};
use practice_portal::{Change, Options, Running};
use std::sync::Mutex;
use std::time::Duration;
use store::{DatabaseKey, Resource, Store};
use sync::{Patience, Progress, PullError, Pulled, Scope};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

const PATIENCE: Patience = Patience { tries: 2, wait: Duration::from_millis(1), longest: Duration::from_secs(1) };
/// What is new first, as most lists are asked for their changes.
pub(crate) const NEWEST: &str = "updated_at desc";
/// As lists are walked.
pub(crate) const WALKED: &str = "id asc";

/// A portal and a cache of it.
pub(crate) struct Office {
    pub(crate) now: Timestamp,
    pub(crate) portal: Running,
    pub(crate) api: Portal,
    pub(crate) store: Store,
    _folder: TempDir,
}

/// What a pull came to, what it asked one list for, and what it told of that list.
pub(crate) struct Outcome {
    pub(crate) pulled: Result<Pulled, PullError>,
    pub(crate) asked: Vec<String>,
    pub(crate) told: Vec<(u64, Option<u64>, bool)>,
}

impl Office {
    pub(crate) async fn of(clients: u32) -> Self {
        let portal = practice_portal::serve(Options { clients, seed: 7, ..Options::default() }).await.unwrap();
        portal.limit_rate(u32::MAX);
        let given = portal.credentials();
        let api = Portal::new(&Config::new(portal.base_url().as_str(), given.api_key.into()).unwrap(), None).unwrap();
        api.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([7; 32])).await.unwrap();
        Self { now: "2026-11-23T15:00:00Z".parse().unwrap(), portal, api, store, _folder: folder }
    }

    /// Colleagues write so many notes about the first client, a second after what was before.
    pub(crate) async fn notes(&self, count: usize) {
        self.portal.advance(Duration::from_secs(1));
        for n in 0..count {
            let note = NoteRequest { client_id: Some(ClientId(1)), note_text: Some(format!("Call {n}")) };
            self.api.create_note(&note).await.unwrap();
        }
        self.portal.advance(Duration::from_secs(1));
    }

    pub(crate) async fn items(&self, count: usize) {
        for _ in 0..count {
            self.portal.change(Change::InsertItem { client_id: 1 }).await.unwrap();
        }
    }

    pub(crate) async fn pull(&self, scope: Scope, resource: Resource) -> Outcome {
        let before = self.portal.faults().ledger().len();
        let told = Mutex::new(Vec::new());
        let report = |progress: Progress| {
            if progress.resource == resource {
                told.lock().unwrap().push((progress.done, progress.total, progress.finished));
            }
        };
        let pulled =
            sync::pull(&self.api, &self.store, &CancellationToken::new(), PATIENCE, self.now, scope, &report).await;
        let path = match resource {
            Resource::NegativeItems => "/negative-items",
            Resource::Notes => "/notes",
            Resource::Clients => "/clients",
            Resource::Correspondences => "/correspondences",
            // One of a client's lists stands for all of them.
            Resource::Details => "/client-agreements",
            other => panic!("no test asks for {other:?}"),
        };
        let ledger = self.portal.faults().ledger();
        let asked = ledger[before..].iter().filter(|request| request.path == path).map(|request| said(&request.query));
        self.portal.faults().clear();
        Outcome { pulled, asked: asked.collect(), told: told.into_inner().unwrap() }
    }

    /// A pull that brings everything it goes for.
    pub(crate) async fn pulled(&self, scope: Scope, resource: Resource) -> Outcome {
        let outcome = self.pull(scope, resource).await;
        let pulled = outcome.pulled.as_ref().unwrap();
        assert_eq!(pulled.scope, scope);
        assert!(pulled.left_out.is_empty(), "{:?}", pulled.left_out);
        outcome
    }

    pub(crate) async fn kept_notes(&self) -> usize {
        self.store.notes_of(ClientId(1)).await.unwrap().len()
    }

    pub(crate) async fn kept_items(&self) -> usize {
        self.store.items_of(ClientId(1)).await.unwrap().len()
    }

    /// The newest item of the portal.
    pub(crate) async fn newest_item(&self) -> i64 {
        let query = ListNegativeItemsQuery {
            per_page: Some(1),
            sort_by: Some("id".into()),
            sort_direction: Some(SortDirection::Descending),
            ..Default::default()
        };
        let page = self.api.list_negative_items(&query).page(1).await.unwrap().to_domain();
        match page.rows.first() {
            Some(Row::Read(record)) => record.value.id.0.parse().unwrap(),
            _ => panic!("no items"),
        }
    }

    pub(crate) async fn end(self) {
        self.store.close().await;
        self.portal.stop().await;
    }
}

/// `updated_at desc 2`: by what, which way, which page.
fn said(query: &str) -> String {
    let value = |name: &str| {
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or("-").to_owned()
    };
    format!("{} {} {}", value("sort_by"), value("sort_direction"), value("page"))
}

/// Pages of a list, sorted so, as [`Outcome::asked`] names them.
pub(crate) fn pages(sort: &str, numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("{sort} {number}")).collect()
}
