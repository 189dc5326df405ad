//! Journals of the simulation: rows in memory, and the real store with its work counted.

use super::time::Time;
use domain::outbox::{IntentKind, OutboxRow, OutboxState, Rules};
use domain::{ClientId, IntentId};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use store::{OutboxEntry, OutboxFilter, Store};
use sync::outbox::{Head, Journal, JournalError};

/// What the simulation asks of a journal beside what the worker does.
pub trait Rows: Journal {
    /// Queues a row.
    fn enqueue(&self, row: OutboxRow) -> impl Future<Output = ()> + Send;
    /// Queues a row of a kind that no build knows.
    fn enqueue_unknown(&self, id: IntentId, client: ClientId) -> impl Future<Output = ()> + Send;
    /// Every readable row, over or not, in the order of the queue.
    fn all(&self) -> impl Future<Output = Vec<OutboxRow>> + Send;
    /// How many rows of unknown kinds there are.
    fn unknown(&self) -> impl Future<Output = usize> + Send;
}

#[derive(Clone)]
enum Entry {
    Row(Box<OutboxRow>),
    Unknown(ClientId),
}

/// Rows in memory. Cloning shares them: what is saved survives a power failure.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<BTreeMap<u64, (IntentId, Entry)>>>);

impl Memory {
    /// Removes rows of unknown kinds: what a careless build would do.
    pub fn drop_unknown(&self) {
        self.0.lock().unwrap().retain(|_, (_, entry)| matches!(entry, Entry::Row(_)));
    }

    fn put(&self, id: IntentId, entry: Entry) {
        let mut rows = self.0.lock().unwrap();
        let key = rows.len() as u64;
        rows.insert(key, (id, entry));
    }
}

impl Journal for Memory {
    async fn heads(&self) -> Result<Vec<Head>, JournalError> {
        let rows = self.0.lock().unwrap();
        let mut lanes: Vec<ClientId> = Vec::new();
        let mut heads = Vec::new();
        for (_, entry) in rows.values() {
            let (client, head) = match entry {
                Entry::Row(row) if row.state.is_over() => continue,
                Entry::Row(row) => (row.client, Head::Row(row.clone())),
                Entry::Unknown(client) => (*client, Head::Parked(*client)),
            };
            if !lanes.contains(&client) {
                lanes.push(client);
                heads.push(head);
            }
        }
        Ok(heads)
    }

    async fn row(&self, id: &IntentId) -> Result<Option<OutboxRow>, JournalError> {
        Ok(self.all().await.into_iter().find(|row| row.id == *id))
    }

    async fn save(&self, row: &OutboxRow) -> Result<bool, JournalError> {
        let mut rows = self.0.lock().unwrap();
        let found = rows.values_mut().find_map(|(_, entry)| match entry {
            Entry::Row(kept) if kept.id == row.id => Some(kept),
            _ => None,
        });
        match found {
            Some(kept) if kept.revision == row.revision - 1 => {
                **kept = row.clone();
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn recover(&self, now: Timestamp, rules: &Rules) -> Result<u32, JournalError> {
        let mut recovered = 0;
        for (_, entry) in self.0.lock().unwrap().values_mut() {
            if let Entry::Row(row) = entry
                && row.state == OutboxState::Sending
            {
                **row = row.recovered(now, rules);
                recovered += 1;
            }
        }
        Ok(recovered)
    }

    async fn claimed(&self, client: ClientId, kind: IntentKind) -> Result<Vec<String>, JournalError> {
        let rows = self.0.lock().unwrap();
        let of = |row: &OutboxRow| row.client == client && row.intent.kind() == kind;
        let claimed = rows.values().filter_map(|(_, entry)| match entry {
            Entry::Row(row) if of(row) => row.server_id.clone(),
            _ => None,
        });
        Ok(claimed.collect())
    }
}

impl Rows for Memory {
    async fn enqueue(&self, row: OutboxRow) {
        self.put(row.id.clone(), Entry::Row(Box::new(row)));
    }

    async fn enqueue_unknown(&self, id: IntentId, client: ClientId) {
        self.put(id, Entry::Unknown(client));
    }

    async fn all(&self) -> Vec<OutboxRow> {
        let rows = self.0.lock().unwrap();
        let readable = rows.values().filter_map(|(_, entry)| match entry {
            Entry::Row(row) => Some((**row).clone()),
            Entry::Unknown(_) => None,
        });
        readable.collect()
    }

    async fn unknown(&self) -> usize {
        self.0.lock().unwrap().values().filter(|(_, entry)| matches!(entry, Entry::Unknown(_))).count()
    }
}

/// The real store; the virtual clock stands still while it works.
#[derive(Clone)]
pub struct Counted {
    /// The store.
    pub store: Store,
    pub(super) time: Time,
}

impl Journal for Counted {
    async fn heads(&self) -> Result<Vec<Head>, JournalError> {
        self.time.elsewhere(self.store.heads()).await
    }

    async fn row(&self, id: &IntentId) -> Result<Option<OutboxRow>, JournalError> {
        self.time.elsewhere(self.store.row(id)).await
    }

    async fn save(&self, row: &OutboxRow) -> Result<bool, JournalError> {
        self.time.elsewhere(self.store.save(row)).await
    }

    async fn recover(&self, now: Timestamp, rules: &Rules) -> Result<u32, JournalError> {
        self.time.elsewhere(self.store.recover(now, rules)).await
    }

    async fn claimed(&self, client: ClientId, kind: IntentKind) -> Result<Vec<String>, JournalError> {
        self.time.elsewhere(self.store.claimed(client, kind)).await
    }
}

impl Rows for Counted {
    async fn enqueue(&self, row: OutboxRow) {
        let work = async {
            let mut write = self.store.write().await.unwrap();
            write.enqueue(&[row]).await.unwrap();
            write.commit().await.unwrap();
        };
        self.time.elsewhere(work).await;
    }

    async fn enqueue_unknown(&self, id: IntentId, client: ClientId) {
        let row = OutboxRow::new(
            id,
            client,
            domain::outbox::Intent::CreateNote { text: String::new() },
            Timestamp::UNIX_EPOCH,
        );
        let work = async {
            let mut write = self.store.write().await.unwrap();
            write.enqueue(std::slice::from_ref(&row)).await.unwrap();
            write.make_outbox_row_unknown(&row.id).await.unwrap();
            write.commit().await.unwrap();
        };
        self.time.elsewhere(work).await;
    }

    async fn all(&self) -> Vec<OutboxRow> {
        let filter = OutboxFilter { over: true, ..OutboxFilter::default() };
        let mut rows = self.time.elsewhere(self.store.outbox(filter)).await.unwrap();
        rows.reverse();
        rows.into_iter().filter_map(OutboxEntry::row).collect()
    }

    async fn unknown(&self) -> usize {
        let rows = self.time.elsewhere(self.store.outbox(OutboxFilter::default())).await.unwrap();
        rows.iter().filter(|entry| matches!(entry, OutboxEntry::Parked(_))).count()
    }
}
