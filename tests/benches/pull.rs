//! The first pull at 10,000 clients: sign-in to a complete, searchable cache, from a practice portal in this process; beside
//! what decoding and inserting the same rows costs alone, which no pull can beat on one core. Then a pull of changes, when
//! nothing changed.
//!
//! `DESK_BENCH_CLIENTS` says how many clients. Memory is told as growth: the practice portal keeps its rows in this process
//! too, and has them before the pull begins.

use portal_api::auth::LoginRequest;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{Config, MOST_PER_PAGE, Operation, Portal, Row};
use practice_portal::Options;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::{DatabaseKey, Sent, Store};
use sync::{Patience, Scope};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    let clients = std::env::var("DESK_BENCH_CLIENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let started = Instant::now();
    let server = practice_portal::serve(Options { clients, ..Options::default() }).await.unwrap();
    server.limit_rate(u32::MAX);
    println!("practice portal with {clients} clients made in {:.1} s", started.elapsed().as_secs_f64());
    let given = server.credentials();
    let config = Config::new(server.base_url().as_str(), given.api_key.into()).unwrap();
    let portal = Portal::new(&config, None).unwrap();
    portal.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([3; 32])).await.unwrap();

    let stages: Mutex<BTreeMap<&str, (u64, f64)>> = Mutex::default();
    let (before, most) = (resident_mib(), AtomicU64::new(0));
    let started = Instant::now();
    let never = CancellationToken::new();
    sync::pull(&portal, &store, &never, Patience::default(), jiff::Timestamp::now(), Scope::Everything, &|progress| {
        most.fetch_max(resident_mib(), Ordering::Relaxed);
        if progress.finished {
            stages.lock().unwrap().insert(progress.resource.name(), (progress.done, started.elapsed().as_secs_f64()));
        }
    })
    .await
    .unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let stages = stages.into_inner().unwrap();
    let lists_rows: u64 = stages.iter().filter(|(name, _)| **name != "client_details").map(|(_, (rows, _))| rows).sum();
    let lists_seconds =
        stages.iter().filter(|(name, _)| **name != "client_details").map(|(_, (_, at))| *at).fold(0.0, f64::max);
    for (name, (rows, at)) in &stages {
        println!("  {name:<18} {rows:>8} rows, complete after {at:.1} s");
    }
    let started = Instant::now();
    let changes =
        sync::pull(&portal, &store, &never, Patience::default(), jiff::Timestamp::now(), Scope::Changes, &|_| {})
            .await
            .unwrap();
    assert_eq!(changes.scope, Scope::Changes);
    let changes = started.elapsed().as_secs_f64();
    let alone = alone(&portal, folder.path()).await;
    store.close().await;
    let megabytes = std::fs::metadata(folder.path().join("desk.db")).unwrap().len() as f64 / 1e6;
    let again = Instant::now();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([3; 32])).await.unwrap();
    let open_ms = again.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(store.search_clients("", 0, 1).await.unwrap().total, clients);
    let round = |n: f64| (n * 10.0).round() / 10.0;
    println!(
        "{}",
        json!({
            "bench": "pull", "clients": clients, "rows": lists_rows, "seconds": round(seconds),
            "list_rows_per_second": (lists_rows as f64 / lists_seconds).round(),
            "decode_and_insert_alone_rows_per_second": alone.round(),
            "of_decode_and_insert": ((lists_rows as f64 / lists_seconds / alone) * 100.0).round() / 100.0,
            "memory_growth_mib": most.into_inner().saturating_sub(before), "memory_before_mib": before,
            "details_clients_per_second": (f64::from(clients) / (seconds - lists_seconds)).round(),
            "changes_seconds": round(changes), "database_mb": round(megabytes), "open_ms": round(open_ms),
        })
    );
}

/// Rows a second of decoding pages of negative items and putting them into a cache, a transaction a page, and nothing else.
async fn alone(portal: &Portal, folder: &Path) -> f64 {
    const PAGES: u64 = 200;
    let store = Store::open(&folder.join("alone.db"), &DatabaseKey::new([3; 32])).await.unwrap();
    let (mut rows, mut spent) = (0, Duration::ZERO);
    for number in 1..=PAGES {
        let query = [("page".to_owned(), number.to_string()), ("per_page".to_owned(), MOST_PER_PAGE.to_string())];
        let body = portal.call(Operation::ListNegativeItems, &[], &query, None).await.unwrap();
        let body = String::from_utf8(body.bytes(usize::MAX).await.unwrap()).unwrap();
        let started = Instant::now();
        let decoded = Operation::ListNegativeItems.check(&body).unwrap();
        spent += started.elapsed();
        if decoded.records == 0 {
            break;
        }
        let query = ListNegativeItemsQuery { per_page: Some(MOST_PER_PAGE), ..ListNegativeItemsQuery::default() };
        let page = portal.list_negative_items(&query).page(number).await.unwrap().to_domain();
        let items: Vec<Sent<domain::NegativeItem>> = page
            .rows
            .into_iter()
            .filter_map(|row| match row {
                Row::Read(record) => Some(Sent { value: record.value, body: record.body }),
                Row::Parked { .. } => None,
            })
            .collect();
        let started = Instant::now();
        let mut write = store.write().await.unwrap();
        write.put_items(&items, 1).await.unwrap();
        write.commit().await.unwrap();
        spent += started.elapsed();
        rows += items.len();
    }
    store.close().await;
    rows as f64 / spent.as_secs_f64()
}

/// What this process has in memory now; 0 where the system does not say.
fn resident_mib() -> u64 {
    let pages = || std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse::<u64>().ok();
    pages().unwrap_or(0) * 4096 / 1024 / 1024
}
