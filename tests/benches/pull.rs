//! The first pull at 10,000 clients: sign-in to a complete, searchable cache, from a practice portal in this process.

use portal_api::auth::LoginRequest;
use portal_api::{Config, Portal};
use practice_portal::Options;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;
use store::{DatabaseKey, Store};
use sync::Patience;
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
    let started = Instant::now();
    let never = CancellationToken::new();
    sync::pull(&portal, &store, &never, Patience::default(), jiff::Timestamp::now(), &|progress| {
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
            "details_clients_per_second": (f64::from(clients) / (seconds - lists_seconds)).round(),
            "database_mb": round(megabytes), "open_ms": round(open_ms),
        })
    );
}
