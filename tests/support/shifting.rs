//! A cache that is pulled again and again from a portal whose lists move and whose answers fail, as a seed says.
//!
//! After some stormy pulls the portal is left in peace for as many pulls as a row needs to leave the cache; then the cache
//! must equal the server: what the portal lists, walked plainly, and everything that a cache made anew reads.

use crate::reading::everything;
use domain::{Client, NegativeItem};
use futures::TryStreamExt;
use portal_api::auth::LoginRequest;
use portal_api::clients::ListClientsQuery;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{Config, MOST_PER_PAGE, Portal, Row, ToDomain};
use practice_portal::{Action, Change, Options, Rule, Running};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{DatabaseKey, Store};
use sync::{Patience, PullError, Pulled, Scope};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// The interrupted walk comes to its end, and an absence is seen twice.
const CALM_PULLS: u32 = 3;
/// Nothing is waited for long: the portal is in this process.
const PATIENCE: Patience = Patience { tries: 3, wait: Duration::from_millis(1), longest: Duration::from_secs(1) };
const LISTS: [&str; 10] = [
    "/clients",
    "/clients",
    "/negative-items",
    "/negative-items",
    "/notes",
    "/correspondences",
    "/furnishers",
    "/client-reports",
    "/client-documents",
    "/client-agreements",
];

/// How many pulls, and from which number.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Pulls in the storm.
    pub pulls: u32,
    /// Stormy pulls before each comparison.
    pub before_calm: u32,
    /// Clients of the portal at the beginning.
    pub clients: u32,
    /// Where what goes wrong.
    pub seed: u64,
}

/// What became of them.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Pulls in the storm.
    pub pulls: u32,
    /// Of those, pulls that ended early or left something out.
    pub failed: u32,
    /// Of those, pulls that were cancelled.
    pub cancelled: u32,
    /// Changes that were made between two pages.
    pub moved: u32,
    /// Of the comparisons, those before which what changed was pulled alone, and then held against the portal.
    pub changes: u32,
    /// Comparisons of the cache with the server.
    pub compared: u32,
    /// Differences, in words.
    pub broken: Vec<String>,
}

/// Pulls and compares.
///
/// # Panics
/// When a calm pull fails.
pub async fn run(plan: Plan, progress: impl Fn(&str)) -> Report {
    let server =
        practice_portal::serve(Options { clients: plan.clients, seed: 7, ..Options::default() }).await.unwrap();
    server.limit_rate(u32::MAX);
    let given = server.credentials();
    let api = Portal::new(&Config::new(server.base_url().as_str(), given.api_key.into()).unwrap(), None).unwrap();
    api.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
    let folder = TempDir::new().unwrap();
    let store = new_cache(&folder, "desk.db").await;
    let mut dice = fastrand::Rng::with_seed(plan.seed);
    let mut report = Report::default();
    let mut server_has = Listed::read(&api).await;
    while report.pulls < plan.pulls {
        for _ in 0..dice.u32(1..=5) {
            report.moved += u32::from(plant(&server, &server_has, &mut dice));
        }
        let after = dice.bool().then(|| dice.u64(1..40));
        let scope = if dice.bool() { Scope::Changes } else { Scope::Everything };
        let outcome = pull(&api, &store, scope, after).await;
        server.faults().clear();
        report.pulls += 1;
        report.cancelled += u32::from(matches!(outcome, Err(PullError::Cancelled)));
        report.failed += u32::from(outcome.map_or(true, |pulled| !pulled.left_out.is_empty()));
        if report.pulls.is_multiple_of(plan.before_calm) || report.pulls == plan.pulls {
            server_has = Listed::read(&api).await;
            // A pull of everything that broke off is ended first: what changed behind it is brought by the next.
            let mut scope = Scope::Everything;
            while scope == Scope::Everything {
                let pulled = pull(&api, &store, Scope::Changes, None).await.unwrap();
                assert!(pulled.left_out.is_empty(), "{:?}", pulled.left_out);
                scope = pulled.scope;
            }
            // Then something changes while nobody pulls, and what changed is all that is asked for.
            for _ in 0..dice.u32(1..=4) {
                server.change(change(&server_has, &mut dice)).await.unwrap();
            }
            server_has = Listed::read(&api).await;
            let pulled = pull(&api, &store, Scope::Changes, None).await.unwrap();
            assert_eq!((pulled.scope, pulled.left_out.len()), (Scope::Changes, 0));
            report.changes += 1;
            let missing = missing(&store, &server_has).await;
            report
                .broken
                .extend(missing.into_iter().map(|what| format!("after {} pulls and changes: {what}", report.pulls)));
            for _ in 0..CALM_PULLS {
                let pulled = pull(&api, &store, Scope::Everything, None).await.unwrap();
                assert!(pulled.left_out.is_empty(), "{:?}", pulled.left_out);
            }
            report.compared += 1;
            let name = format!("{}.db", report.compared);
            let differences = compare(&store, &server_has, &api, new_cache(&folder, &name).await).await;
            report.broken.extend(differences.into_iter().map(|what| format!("after {} pulls: {what}", report.pulls)));
            progress(&format!(
                "{} pulls, {} compared, {} differences",
                report.pulls,
                report.compared,
                report.broken.len()
            ));
        }
    }
    store.close().await;
    server.stop().await;
    report
}

async fn new_cache(folder: &TempDir, name: &str) -> Store {
    Store::open(&folder.path().join(name), &DatabaseKey::new([7; 32])).await.unwrap()
}

/// Pulls, and cancels after so many pages.
async fn pull(api: &Portal, store: &Store, scope: Scope, cancel_after: Option<u64>) -> Result<Pulled, PullError> {
    let cancel = CancellationToken::new();
    let pages = AtomicU64::new(0);
    let page = |_| {
        if Some(pages.fetch_add(1, Ordering::Relaxed)) == cancel_after {
            cancel.cancel();
        }
    };
    sync::pull(api, store, &cancel, PATIENCE, jiff::Timestamp::now(), scope, &page).await
}

/// Something that somebody else adds or corrects. Nothing of what is known is taken out.
fn change(known: &Listed, dice: &mut fastrand::Rng) -> Change {
    let client = known.clients.keys().nth(dice.usize(..known.clients.len())).copied().unwrap();
    let item = known.items.keys().nth(dice.usize(..known.items.len())).unwrap().parse().unwrap();
    match dice.u8(..5) {
        0 => Change::InsertClient,
        1 => Change::InsertItem { client_id: client },
        2 | 3 => {
            let value = json!(format!("Renamed{}", dice.u16(..)));
            Change::SetClientAttribute { client_id: client, name: "LastName".into(), value }
        }
        _ => {
            let value = json!(f64::from(dice.u16(..)));
            Change::SetItemField { item_id: item, name: "unpaid_balance_amount".into(), value }
        }
    }
}

/// Plans something that goes wrong at some page; answers whether it moves the data.
fn plant(server: &Running, known: &Listed, dice: &mut fastrand::Rng) -> bool {
    let client = known.clients.keys().nth(dice.usize(..known.clients.len())).copied().unwrap();
    let item = known.items.keys().nth(dice.usize(..known.items.len())).unwrap().parse().unwrap();
    let (action, moves) = match dice.u8(..14) {
        0..6 => (Action::Change(change(known, dice)), true),
        6 => (Action::Change(Change::DeleteClient(client)), true),
        7 => (Action::Change(Change::DeleteItem(item)), true),
        8 => (Action::CloseBeforeHandling, false),
        9 => (Action::ResetAfterHandling, false),
        10 => (Action::Status(500, json!({"message": "Server Error"})), false),
        11 => (Action::CutAnswer(dice.usize(..2000)), false),
        12 => (Action::TooManyRequests(Duration::ZERO), false),
        _ => (Action::ExpireTokens, false),
    };
    let list = LISTS[dice.usize(..LISTS.len())];
    server.faults().add(Rule::new(list, action).method("GET").skip(dice.u32(..12)));
    moves
}

/// What the portal lists, walked plainly while nothing moves.
struct Listed {
    clients: BTreeMap<i64, Client>,
    items: BTreeMap<String, NegativeItem>,
}

impl Listed {
    async fn read(api: &Portal) -> Self {
        fn value<T: ToDomain>(row: Row<T>) -> T::Value {
            match row {
                Row::Read(record) => record.value.to_domain().unwrap(),
                Row::Parked { reason, .. } => panic!("the practice portal lists a row that cannot be read: {reason}"),
            }
        }
        let query = ListClientsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientsQuery::default() };
        let clients: Vec<Row<_>> = api.list_clients(&query).rows().try_collect().await.unwrap();
        let query = ListNegativeItemsQuery { per_page: Some(MOST_PER_PAGE), ..ListNegativeItemsQuery::default() };
        let items: Vec<Row<_>> = api.list_negative_items(&query).rows().try_collect().await.unwrap();
        Self {
            clients: clients.into_iter().map(value).map(|client: Client| (client.id.0, client)).collect(),
            items: items.into_iter().map(value).map(|item: NegativeItem| (item.id.0.clone(), item)).collect(),
        }
    }
}

/// What the portal lists and the cache has not, or not so. What left the portal may still be here.
async fn missing(store: &Store, listed: &Listed) -> Vec<String> {
    let mut missing = Vec::new();
    let plain = |item: NegativeItem| NegativeItem { bureau: None, ..item };
    for client in listed.clients.values() {
        if store.client(client.id).await.unwrap().map(|facts| facts.client).as_ref() != Some(client) {
            missing.push(format!("client {} is not here as the portal has it", client.id));
        }
        let here = store.items_of(client.id).await.unwrap();
        let here: BTreeMap<_, _> = here.into_iter().map(|facts| (facts.item.id.0.clone(), plain(facts.item))).collect();
        for item in listed.items.values().filter(|item| item.client == client.id) {
            if here.get(&item.id.0) != Some(&plain(item.clone())) {
                missing.push(format!("item {} is not here as the portal has it", item.id));
            }
        }
    }
    missing
}

/// Compares the cache with the portal's lists, and with a cache that is made anew.
async fn compare(store: &Store, listed: &Listed, api: &Portal, fresh: Store) -> Vec<String> {
    let mut differences = Vec::new();
    let ids: Vec<i64> = store.client_ids().await.unwrap().into_iter().map(|id| id.0).collect();
    if !listed.clients.keys().eq(&ids) {
        differences.push(format!("the portal has {} clients, the cache {}", listed.clients.len(), ids.len()));
    }
    let mut items = BTreeMap::new();
    for client in listed.clients.values() {
        if store.client(client.id).await.unwrap().map(|facts| facts.client).as_ref() != Some(client) {
            differences.push(format!("client {} is not what the portal says", client.id));
        }
        items.extend(
            store.items_of(client.id).await.unwrap().into_iter().map(|facts| (facts.item.id.0.clone(), facts.item)),
        );
    }
    // The bureau is joined from the report, which the list does not name.
    let plain = |item: &NegativeItem| NegativeItem { bureau: None, ..item.clone() };
    if !items.values().map(plain).eq(listed.items.values().map(plain)) {
        differences.push(format!("the portal has {} items, the cache {} or others", listed.items.len(), items.len()));
    }
    pull(api, &fresh, Scope::Everything, None).await.unwrap();
    for ((name, kept), (_, anew)) in everything(store).await.into_iter().zip(everything(&fresh).await) {
        if kept.unwrap() != anew.unwrap() {
            differences.push(format!("{name} is not what a new cache reads"));
        }
    }
    fresh.close().await;
    differences
}
