//! Reading the portal's answers, in MB/s beside serde_json's own limit on the same bytes; and calls a second.
//!
//! The bodies are pages of negative items and clients as the practice portal sends them, 100 rows each. The limit is what
//! serde_json takes to walk the same bytes and keep nothing; the peer is what it takes to make its own `Value` of them.

use domain::ClientId;
use futures::StreamExt;
use portal_api::auth::LoginRequest;
use portal_api::{Config, Operation, Portal};
use practice_portal::Options;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;
const CALLS: usize = 3_000;

/// MB/s of the fastest of some rounds: what the machine does when nothing else runs on it.
fn fastest(bodies: &[String], work: impl Fn(&str)) -> f64 {
    let bytes: usize = bodies.iter().map(String::len).sum();
    let round = |_| {
        let started = Instant::now();
        bodies.iter().for_each(|body| work(black_box(body)));
        started.elapsed()
    };
    let best = (0..ROUNDS).map(round).min().unwrap_or(Duration::MAX);
    bytes as f64 / 1e6 / best.as_secs_f64()
}

#[tokio::main]
async fn main() {
    let clients = 1_000;
    let server = practice_portal::serve(Options { clients, ..Options::default() }).await.unwrap();
    server.limit_rate(u32::MAX);
    let given = server.credentials();
    let config = Config::new(server.base_url().as_str(), given.api_key.into()).unwrap();
    let portal = Portal::new(&config, None).unwrap();
    portal.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();

    let round = |n: f64| (n * 100.0).round() / 100.0;
    let mut figures = json!({ "bench": "api" });
    for operation in [Operation::ListNegativeItems, Operation::ListClients] {
        let mut bodies = Vec::new();
        for page in 1..=10 {
            let query = [("page".to_owned(), page.to_string()), ("per_page".to_owned(), "100".to_owned())];
            let body = portal.call(operation, &[], &query, None).await.unwrap().bytes(usize::MAX).await.unwrap();
            bodies.push(String::from_utf8(body).unwrap());
        }
        for body in &bodies {
            let reading = operation.check(body).unwrap();
            assert_eq!((reading.records, reading.parked.len()), (100, 0), "every row is read");
        }
        let ours = fastest(&bodies, |body| drop(black_box(operation.check(body).unwrap())));
        let limit = fastest(&bodies, |body| {
            black_box(serde_json::from_str::<IgnoredAny>(body).unwrap());
        });
        let value = fastest(&bodies, |body| drop(black_box(serde_json::from_str::<Value>(body).unwrap())));
        println!("{operation}: {ours:.0} MB/s; serde_json walks {limit:.0} MB/s and makes values at {value:.0} MB/s");
        figures[operation.id()] = json!({
            "mb_per_second": round(ours), "of_limit": round(ours / limit), "of_values": round(ours / value),
        });
    }

    let started = Instant::now();
    let calls = (0..CALLS).map(|call| {
        let portal = &portal;
        async move { portal.get_client(ClientId(1 + (call % 1_000) as i64)).await.unwrap() }
    });
    let answered = futures::stream::iter(calls).buffer_unordered(6).count().await;
    let seconds = started.elapsed().as_secs_f64();
    assert_eq!(answered, CALLS);
    figures["calls_per_second"] = json!((CALLS as f64 / seconds).round());
    server.stop().await;
    println!("{figures}");
}
