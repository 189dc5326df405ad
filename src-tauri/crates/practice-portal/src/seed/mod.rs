//! The data of a new practice portal, made from a seed number.
//!
//! Invariant: the same seed, day and version give the same bytes, and a client's own data does not depend on how many
//! clients there are. Keys are given in the order of the clients, so that fewer clients are the beginning of more.

mod accounts;
mod holdings;
mod household;
mod items;
mod people;
mod places;

use crate::{
    records::{Record, Row, Table},
    resources::{
        self, attachment_links, attachments, client_agreements, client_documents, client_products, client_reports,
        client_tasks, clients, correspondences, credit_reports, negative_items, notes, segments,
    },
};
use household::Household;
use jiff::civil::Date;
use serde_json::Value;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeMap;
use tokio::sync::mpsc;

/// Raised when the same seed gives other data or tables, so that an older database is made anew.
pub(crate) const VERSION: u32 = 3;

/// Some households, ready to be stored.
#[derive(Debug, Default)]
struct Batch {
    /// Rows by table.
    rows: BTreeMap<&'static str, (&'static Table, Vec<Row>)>,
    /// Client and goal.
    goals: Vec<(i64, i64)>,
}

/// Makes every table and fills it.
pub(crate) async fn fill(db: &mut SqliteConnection, seed: u64, count: u32, as_of: Date) -> Result<(), sqlx::Error> {
    for resource in resources::all() {
        for table in resource.tables {
            table.create(db).await?;
        }
        for statement in resource.further_schema {
            QueryBuilder::<Sqlite>::new(*statement).build().execute(&mut *db).await?;
        }
        if let Some(table) = resource.tables.first() {
            let dated = |mut record: Record| {
                for name in ["created_at", "updated_at"] {
                    record.insert(name.into(), resources::LIBRARY_MADE.into());
                }
                record
            };
            let rows = (resource.library)().into_iter().zip(1..).map(|(record, id)| table.row(id, dated(record)));
            table.insert_all(db, rows.collect()).await?;
        }
    }
    let mut batches = households(seed, count, as_of);
    while let Some(batch) = batches.recv().await {
        store(db, batch).await?;
    }
    for table in resources::all().flat_map(|resource| resource.tables) {
        table.index(db).await?;
    }
    for segment in segments::TABLE.ids(db).await? {
        segments::refresh(db, segment, as_of).await?;
    }
    Ok(())
}

/// Draws the households on a thread of their own, so that drawing and storing go on at the same time.
fn households(seed: u64, count: u32, as_of: Date) -> mpsc::Receiver<Batch> {
    const AT_ONCE: usize = 250;
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut keys = Keys::default();
        let clients: Vec<i64> = (1..=i64::from(count)).collect();
        for some in clients.chunks(AT_ONCE) {
            let mut batch = Batch::default();
            for client in some {
                place(Household::draw(seed, *client, as_of), &mut keys, &mut batch);
            }
            if sender.blocking_send(batch).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Stores one more household, with the next client number. Gives the client's key back.
pub(crate) async fn add_client(db: &mut SqliteConnection, seed: u64, as_of: Date) -> Result<i64, sqlx::Error> {
    let mut keys = Keys::read(db).await?;
    let client = keys.last(&clients::TABLE) + 1;
    let mut batch = Batch::default();
    place(Household::draw(seed, client, as_of), &mut keys, &mut batch);
    store(db, batch).await?;
    Ok(client)
}

/// One more item for a client: the first one of a household that nobody has, moved to this client's reports.
pub(crate) async fn add_item(
    db: &mut SqliteConnection,
    seed: u64,
    as_of: Date,
    client: &Record,
    reports: &[Record],
) -> Result<Option<i64>, sqlx::Error> {
    let last = negative_items::TABLE.last_id(db).await?;
    let Some((place, item)) = Household::draw(seed, i64::MAX - last, as_of).items.into_iter().next() else {
        return Ok(None);
    };
    let Some(report) = reports.get(place) else { return Ok(None) };
    let mut item = to_record(&item);
    // It is none of the accounts that the client has already.
    item.insert("account".into(), Value::Null);
    for (name, value) in [
        ("client_id", client.get("id")),
        ("client_key", client.get("client_key")),
        ("credit_report_id", report.get("id")),
    ] {
        item.insert(name.into(), value.cloned().unwrap_or_default());
    }
    negative_items::TABLE.insert(db, item).await.map(Some)
}

async fn store(db: &mut SqliteConnection, batch: Batch) -> Result<(), sqlx::Error> {
    for (table, rows) in batch.rows.into_values() {
        table.insert_all(db, rows).await?;
    }
    if !batch.goals.is_empty() {
        let mut goals = QueryBuilder::<Sqlite>::new("INSERT INTO client_goals (client_id, goal_id) ");
        goals.push_values(batch.goals, |mut row, (client, goal)| {
            row.push_bind(client).push_bind(goal);
        });
        goals.build().execute(db).await?;
    }
    Ok(())
}

/// The last key given in each table.
#[derive(Debug, Default)]
struct Keys(BTreeMap<&'static str, i64>);

impl Keys {
    async fn read(db: &mut SqliteConnection) -> Result<Keys, sqlx::Error> {
        let mut keys = Keys::default();
        for table in resources::all().flat_map(|resource| resource.tables) {
            keys.0.insert(table.name, table.last_id(db).await?);
        }
        Ok(keys)
    }

    fn last(&self, table: &Table) -> i64 {
        self.0.get(table.name).copied().unwrap_or(0)
    }

    fn next(&mut self, table: &'static Table) -> i64 {
        let key = self.0.entry(table.name).or_insert(0);
        *key += 1;
        *key
    }
}

/// Gives every part of a household its key, and the keys of the parts it refers to.
fn place(household: Household, keys: &mut Keys, batch: &mut Batch) {
    let Batch { rows, goals } = batch;
    let mut add = |table: &'static Table, record: Record| {
        let id = keys.next(table);
        rows.entry(table.name).or_insert_with(|| (table, Vec::new())).1.push(table.row(id, record));
        id
    };
    let client = add(&clients::TABLE, household.client);
    goals.extend(household.holdings.goals.into_iter().map(|goal| (client, goal)));
    for (table, records) in
        [(&client_products::TABLE, household.holdings.products), (&credit_reports::TABLE, household.holdings.reports)]
    {
        for record in records {
            add(table, record);
        }
    }
    let reports: Vec<i64> = household.reports.into_iter().map(|report| add(&client_reports::TABLE, report)).collect();
    let mut item_keys = Vec::new();
    for (report, mut item) in household.items {
        item.credit_report_id = reports.get(report).copied().unwrap_or_default();
        item_keys.push(add(&negative_items::TABLE, to_record(&item)));
    }
    for (item, mut task) in household.holdings.tasks {
        // The place may lie past the last item: it is counted round.
        if let Some(item) = item.and_then(|place| item_keys.get(place.checked_rem(item_keys.len())?)) {
            task.insert("resource_type".into(), "negative_item".into());
            task.insert("resource_id".into(), item.to_string().into());
        }
        add(&client_tasks::TABLE, task);
    }
    for agreement in household.agreements {
        add(&client_agreements::TABLE, agreement);
    }
    for (mut document, file) in household.documents {
        let file = add(&attachments::TABLE, file);
        document.insert("attachment_id".into(), file.into());
        let document = add(&client_documents::TABLE, document);
        for (kind, owner) in [(attachment_links::CLIENT_DOCUMENT, document), (attachment_links::CLIENT, client)] {
            add(&attachment_links::TABLE, attachment_links::tie(file, kind, owner));
        }
    }
    for note in household.notes {
        add(&notes::TABLE, note);
    }
    for (item, mut sent) in household.correspondences {
        let item = item.and_then(|place| item_keys.get(place)).copied();
        sent.insert("negative_item_id".into(), item.into());
        add(&correspondences::TABLE, sent);
    }
}

fn to_record(item: &items::Item) -> Record {
    match serde_json::to_value(item) {
        Ok(Value::Object(record)) => record,
        _ => Record::new(),
    }
}
