//! Client search at 10,000 clients: what an agent waits for between a key and its rows, below the window.

use desk_tests::made_up_clients;
use serde_json::json;
use std::time::{Duration, Instant};
use store::{DatabaseKey, Store};

const CLIENTS: usize = 10_000;

#[tokio::main]
async fn main() {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([3; 32])).await.unwrap();
    let clients = made_up_clients(CLIENTS);
    let started = Instant::now();
    for chunk in clients.chunks(100) {
        let mut write = store.write().await.unwrap();
        write.put_clients(chunk, 1).await.unwrap();
        write.commit().await.unwrap();
    }
    let stored = started.elapsed();

    // Every prefix that typing a name goes through, plus the other things an agent has in hand.
    let mut queries: Vec<String> = vec![String::new()];
    for sent in clients.iter().step_by(250) {
        let name = sent.value.name.full();
        let letters: Vec<char> = name.chars().collect();
        queries.extend((1..=letters.len().min(8)).map(|end| letters[..end].iter().collect::<String>()));
        queries.push(sent.value.phones[0].clone());
        queries.push(sent.value.id.to_string());
    }
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..3 {
        for query in &queries {
            let started = Instant::now();
            let hits = store.search_clients(query, 0, 50).await.unwrap();
            times.push(started.elapsed());
            assert!(hits.total > 0, "{query}");
        }
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let round = |ms: f64| (ms * 1000.0).round() / 1000.0;
    println!(
        "{} searches over {CLIENTS} clients: p50 {:.2} ms, p95 {:.2} ms, worst {:.2} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
    println!(
        "{}",
        json!({
            "bench": "store", "clients": CLIENTS, "searches": times.len(), "p50_ms": round(at(0.5)), "p95_ms": round(at(0.95)),
            "worst_ms": round(at(1.0)), "put_rows_per_second": (CLIENTS as f64 / stored.as_secs_f64()).round(),
        })
    );
}
