//! How long it takes until what an agent sends is durable.

use domain::outbox::{FaxTo, FileRef, Intent, OutboxRow};
use domain::{ClientId, IntentId};
use jiff::Timestamp;
use std::time::{Duration, Instant};
use store::{DatabaseKey, Store};
use tempfile::TempDir;

/// Bytes of a letter as it is faxed.
const LETTER: usize = 30_000;

/// How long it took.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// All in one transaction, as a batch is queued.
    pub together: Duration,
    /// The same with the pages of a letter each.
    pub with_files: Duration,
    /// Each in a transaction of its own.
    pub one_by_one: Duration,
}

/// Queues so many intents, in each way on a database of its own.
///
/// # Panics
/// When the store fails.
pub async fn measure(intents: usize) -> Times {
    let folder = TempDir::new().unwrap();
    let open = async |name: &str| Store::open(&folder.path().join(name), &DatabaseKey::new([4; 32])).await.unwrap();
    let rows: Vec<OutboxRow> = (0..intents).map(row).collect();

    let store = open("together.db").await;
    let started = Instant::now();
    let mut write = store.write().await.unwrap();
    write.enqueue(&rows).await.unwrap();
    write.commit().await.unwrap();
    let together = started.elapsed();
    is_queued(&store, intents).await;

    let store = open("files.db").await;
    let pages: Vec<u8> = (0..LETTER).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let started = Instant::now();
    let mut write = store.write().await.unwrap();
    for row in &rows {
        write.keep_outbox_file(&row.intent.file().unwrap().hash, &pages).await.unwrap();
    }
    write.enqueue(&rows).await.unwrap();
    write.commit().await.unwrap();
    let with_files = started.elapsed();
    is_queued(&store, intents).await;

    let store = open("one-by-one.db").await;
    let started = Instant::now();
    for row in rows.chunks(1) {
        let mut write = store.write().await.unwrap();
        write.enqueue(row).await.unwrap();
        write.commit().await.unwrap();
    }
    let one_by_one = started.elapsed();
    is_queued(&store, intents).await;
    Times { together, with_files, one_by_one }
}

/// Closed and opened again, all of them wait.
async fn is_queued(store: &Store, intents: usize) {
    store.close().await;
    let again = Store::open(store.path(), &DatabaseKey::new([4; 32])).await.unwrap();
    assert_eq!(again.outbox_counts().await.unwrap().waiting as usize, intents);
    again.close().await;
}

fn row(number: usize) -> OutboxRow {
    let file = FileRef {
        hash: format!("{number:064x}"),
        name: "letter.pdf".into(),
        kind: "application/pdf".into(),
        size: LETTER as u64,
        caption: Some("Dispute letter".into()),
    };
    let to = FaxTo::Recipient("Equifax".into());
    let intent = Intent::Fax { file, number: "8885550100".into(), to, item: None, letter: None };
    let client = ClientId(1 + i64::try_from(number % 500).unwrap());
    OutboxRow::new(IntentId(format!("intent-{number}")), client, intent, Timestamp::UNIX_EPOCH)
}
