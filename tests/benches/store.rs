//! Client search at 10,000 and at 100,000 clients: what an agent waits for between a key and its rows, below the window; at
//! 100,000 also a page of the list in every order and by every filter.

use desk_tests::made_up_clients;
use domain::{Agreement, AgreementId, Bureau, ItemFlags, ItemId, ItemStatus, LateCounts, NegativeItem};
use jiff::Timestamp;
use serde_json::json;
use std::time::{Duration, Instant};
use store::{ClientOrder, ClientQuery, ClientSort, Criterion, DatabaseKey, Sent, Standing, Store};

#[tokio::main]
async fn main() {
    search(10_000).await;
    search(100_000).await;
}

async fn search(count: usize) {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([3; 32])).await.unwrap();
    let clients = made_up_clients(count);
    let started = Instant::now();
    for chunk in clients.chunks(100) {
        let mut write = store.write().await.unwrap();
        write.put_clients(chunk, 1).await.unwrap();
        write.commit().await.unwrap();
    }
    let stored = started.elapsed();

    // Every prefix that typing a name goes through, plus the other things an agent has in hand.
    let mut queries: Vec<String> = vec![String::new()];
    for sent in clients.iter().step_by(count / 40) {
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
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share) as usize]);
    println!(
        "{} searches over {count} clients: p50 {:.2} ms, p95 {:.2} ms, worst {:.2} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
    println!(
        "{}",
        json!({
            "bench": "store", "clients": count, "searches": times.len(), "p50_ms": at(0.5), "p95_ms": at(0.95),
            "worst_ms": at(1.0), "put_rows_per_second": (count as f64 / stored.as_secs_f64()).round(),
        })
    );
    if count == 100_000 {
        list(&store, &clients).await;
    }
    store.close().await;
}

/// A page of 500 rows in every order, from its beginning and from its end, and by every filter with its count.
async fn list(store: &Store, clients: &[Sent<domain::Client>]) {
    let started = Instant::now();
    let mut rows = 0;
    for (chunk, turn) in clients.chunks(250).zip(0_usize..) {
        let items: Vec<_> = chunk
            .iter()
            .zip(turn * 250..)
            .flat_map(|(sent, n)| (0..n % 7).map(move |at| item(sent.value.id, at)))
            .collect();
        let agreements: Vec<_> = chunk.iter().zip(turn * 250..).map(|(sent, n)| agreement(sent.value.id, n)).collect();
        rows += items.len();
        let mut write = store.write().await.unwrap();
        write.put_items(&items, 1).await.unwrap();
        write.put_agreements(&agreements, 1).await.unwrap();
        for sent in chunk {
            write.details_read(sent.value.id, 1).await.unwrap();
        }
        write.commit().await.unwrap();
    }
    println!("{rows} items and {} agreements stored in {:.1} s", clients.len(), started.elapsed().as_secs_f64());

    let asked = ClientQuery { cancellable_from: "2026-11-20T05:00:00Z".parse().unwrap(), ..ClientQuery::default() };
    let mut figures = serde_json::Map::new();
    for (name, by) in [
        ("name", ClientOrder::Name),
        ("place", ClientOrder::Place),
        ("email", ClientOrder::Email),
        ("phone", ClientOrder::Phone),
        ("ssn", ClientOrder::SsnEnd),
        ("id", ClientOrder::Id),
        ("items", ClientOrder::Items),
        ("agreement", ClientOrder::Agreement),
    ] {
        for descending in [false, true] {
            let query = ClientQuery { sort: ClientSort { by, descending }, ..asked.clone() };
            let way = if descending { "down" } else { "up" };
            let (first, last) = (page(store, &query, 0).await, page(store, &query, 99_500).await);
            figures.insert(format!("{name} {way}"), json!({"first_ms": first, "last_ms": last}));
        }
    }
    for (name, criterion) in [
        ("unsigned", Criterion::Agreement(vec![Standing::Unsigned])),
        ("cancellable", Criterion::Agreement(vec![Standing::Cancellable])),
        ("state", Criterion::State(vec!["FL".into()])),
        ("incomplete", Criterion::Mailable(false)),
        ("product", Criterion::Product(vec!["Complete".into()])),
        ("undisputed", Criterion::Undisputed),
        ("letters wait", Criterion::LettersWait),
        ("answer due", Criterion::AnswerDueBy("2026-11-30".parse().unwrap())),
        ("task due", Criterion::TaskDue { before: Timestamp::MAX, day_before: Timestamp::MAX }),
        ("no letter", Criterion::NoLetterSince(None)),
    ] {
        let query = ClientQuery { criteria: vec![criterion], ..asked.clone() };
        figures.insert(name.to_owned(), json!({"first_ms": page(store, &query, 0).await}));
    }
    let mut typed: Vec<f64> = Vec::new();
    for text in ["m", "ma", "mar", "mari", "maria", "maria g", "s", "sm", "smi", "smith"] {
        let sort = ClientSort { by: ClientOrder::Items, descending: true };
        let query = ClientQuery { text: text.into(), sort, ..asked.clone() };
        let started = Instant::now();
        store.find_clients(&query, 0, 100).await.unwrap();
        typed.push(ms(started.elapsed()));
    }
    println!(
        "{}",
        json!({"bench": "store list", "clients": clients.len(), "page": 500, "figures": figures, "typed_by_items_ms": typed})
    );
}

/// The best of three.
async fn page(store: &Store, query: &ClientQuery, offset: u32) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        store.find_clients(query, offset, 500).await.unwrap();
        best = best.min(ms(started.elapsed()));
    }
    best
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

fn item(client: domain::ClientId, at: usize) -> Sent<NegativeItem> {
    let value = NegativeItem {
        id: ItemId(format!("{client}-{at}")),
        client,
        bureau: Some(Bureau::Equifax),
        report: None,
        account_name: "Capital Harbor Bank".into(),
        account_number: "1234".into(),
        account_type: "Credit Card".into(),
        account_status: "Open".into(),
        status: if at.is_multiple_of(2) { ItemStatus::New } else { ItemStatus::InProgress },
        excluded: false,
        flags: ItemFlags::default(),
        lates: LateCounts::default(),
        balance: None,
        past_due: None,
        high_balance: None,
        opened: None,
        reported: None,
        last_activity: None,
        last_adverse: None,
        charged_off: None,
        collected: None,
    };
    Sent { value, body: "x".repeat(600) }
}

fn agreement(client: domain::ClientId, n: usize) -> Sent<Agreement> {
    let signed = format!("2026-{:02}-{:02}T15:00:00Z", 1 + n % 11, 1 + n % 28);
    let value = Agreement {
        id: AgreementId(client.0),
        client,
        name: "Service agreement".into(),
        kind: "service".into(),
        signed: (!n.is_multiple_of(5)).then(|| signed.parse().unwrap()),
        created: None,
        attachment: None,
    };
    Sent { value, body: "{}".into() }
}
