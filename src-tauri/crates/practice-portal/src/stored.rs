//! What every resource does with its stored records: find, list, store, change, remove, refer.

use crate::{
    answers,
    fields::{Fields, Query},
    list::List,
    portal::Portal,
    problem::{Answer, Problem},
    records::{Record, Table},
};
use axum::http::StatusCode;
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

impl Table {
    /// One record or a 404.
    pub(crate) async fn find(&self, db: &mut SqliteConnection, id: i64) -> Result<Record, Problem> {
        self.get(db, id).await?.ok_or_else(|| self.missing())
    }

    /// A 404 when there is no such record.
    pub(crate) async fn expect(&self, db: &mut SqliteConnection, id: i64) -> Result<(), Problem> {
        if self.has(db, id).await? { Ok(()) } else { Err(self.missing()) }
    }

    /// The 404 for a record of this table.
    pub(crate) fn missing(&self) -> Problem {
        Problem::NotFound(format!("There is no such {}.", self.noun))
    }

    /// Every record, in the order of their keys. For short tables.
    pub(crate) async fn all(&self, db: &mut SqliteConnection) -> Result<Vec<Record>, Problem> {
        let ids = self.ids(db).await?;
        Ok(self.get_all(db, &ids).await?.into_values().collect())
    }

    /// Stores a new record with its two instants.
    pub(crate) async fn store(
        &self,
        portal: &Portal,
        db: &mut SqliteConnection,
        mut record: Record,
    ) -> Result<Record, Problem> {
        let now = portal.clock.text();
        record.insert("created_at".into(), now.clone().into());
        record.insert("updated_at".into(), now.into());
        let id = self.insert(db, record.clone()).await?;
        record.insert("id".into(), id.into());
        Ok(record)
    }

    /// Writes changed fields and the instant of the change, or answers 404.
    pub(crate) async fn update(
        &self,
        portal: &Portal,
        db: &mut SqliteConnection,
        id: i64,
        mut changes: Record,
    ) -> Result<Record, Problem> {
        changes.insert("updated_at".into(), portal.clock.text().into());
        self.change(db, id, changes).await?.ok_or_else(|| self.missing())
    }

    /// Removes a record, or answers 404.
    pub(crate) async fn remove(&self, db: &mut SqliteConnection, id: i64) -> Result<(), Problem> {
        if self.delete(db, id).await? { Ok(()) } else { Err(self.missing()) }
    }
}

/// A page of records that are stored as they are shown.
pub(crate) async fn list_plain(portal: &Portal, mut query: Query, list: &List) -> Answer {
    let mut db = portal.reader().await?;
    list.page(&mut db, &mut query).await?.answer(portal, &query)
}

/// One record that is stored as it is shown, as `{data}`.
pub(crate) async fn show_plain(portal: &Portal, id: i64, table: &Table) -> Answer {
    let mut db = portal.reader().await?;
    answers::data(StatusCode::OK, table.find(&mut db, id).await?)
}

/// Removes a record that nothing else hangs on, and says so.
pub(crate) async fn remove_plain(portal: &Portal, id: i64, table: &Table) -> Answer {
    let mut db = portal.writer().await?;
    table.remove(&mut db, id).await?;
    db.commit().await?;
    removed(table)
}

/// What a removal answers.
pub(crate) fn removed(table: &Table) -> Answer {
    answers::message(format!("The {} was deleted.", table.noun))
}

/// Notes a field as wrong when the record whose key it holds does not exist.
pub(crate) async fn check_reference(
    db: &mut SqliteConnection,
    fields: &mut Fields,
    name: &str,
    table: &Table,
) -> Result<(), Problem> {
    if let Some(id) = fields.peek_integer(name)
        && !table.has(db, id).await?
    {
        fields.refuse_choice(name);
    }
    Ok(())
}

/// The same for a field that holds several keys: each that names no record is noted by its place.
pub(crate) async fn check_references(
    db: &mut SqliteConnection,
    fields: &mut Fields,
    name: &str,
    table: &Table,
) -> Result<(), Problem> {
    for (place, id) in fields.peek_integers(name).into_iter().enumerate() {
        if !table.has(db, id).await? {
            fields.refuse_choice(&format!("{name}.{place}"));
        }
    }
    Ok(())
}

/// The keys that records hold in a field.
pub(crate) fn keys(records: &[Record], field: &str) -> Vec<i64> {
    records.iter().filter_map(|record| number(record, field)).collect()
}

/// A whole number in a record.
pub(crate) fn number(record: &Record, field: &str) -> Option<i64> {
    record.get(field).and_then(Value::as_i64)
}

/// Text in a record; empty where there is none.
pub(crate) fn text<'a>(record: &'a Record, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Puts a record in the place of its key, null where there is none.
pub(crate) fn embed(mut record: Record, key: &str, name: &str, others: &BTreeMap<i64, Value>) -> Record {
    let other = record.remove(key).and_then(|key| key.as_i64()).and_then(|id| others.get(&id)).cloned();
    record.insert(name.to_owned(), other.unwrap_or(Value::Null));
    record
}

/// Records by key, as values to embed.
pub(crate) fn as_values(records: BTreeMap<i64, Record>) -> BTreeMap<i64, Value> {
    records.into_iter().map(|(id, record)| (id, Value::Object(record))).collect()
}

/// A name that no record of the table has: `Copy NAME`, then `Copy NAME 1`, `Copy NAME 2`.
pub(crate) async fn copy_name(db: &mut SqliteConnection, table: &Table, name: &str) -> Result<String, Problem> {
    /// Names end at 255 letters, so the original gives way to what a copy adds.
    const LONGEST: usize = 240;
    let original: String = name.chars().take(LONGEST).collect();
    let first = format!("Copy {original}");
    let mut wanted = first.clone();
    let mut number = 0_u64;
    while table.has_text(db, "name", &wanted).await? {
        number += 1;
        wanted = format!("{first} {number}");
    }
    Ok(wanted)
}
