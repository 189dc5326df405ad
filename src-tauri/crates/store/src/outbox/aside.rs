//! A cache that was set aside, read as far as it can be: what of its outbox was not sent.
//!
//! It is opened read-only. SQLCipher hands no damaged page on, and a connection that met one gives nothing any more; so rows
//! are read one by one, on a new connection after each that failed, and what cannot be read is counted. The schema may be
//! an older one: nothing is migrated.

use super::{COLUMNS, OutboxEntry, entry};
use crate::db::keyed;
use crate::{DatabaseKey, StoreError, Write, log};
use domain::LetterId;
use domain::outbox::OutboxRow;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Row, TypeInfo, ValueRef};
use std::collections::HashSet;
use std::path::Path;

/// Whether a cache's log lost durable changes. It must be asked before anything opens the file: SQLite forgets the traces.
///
/// # Errors
/// The file system.
pub async fn lost_changes(path: &Path) -> Result<bool, StoreError> {
    match log::check(path).await {
        Ok(()) => Ok(false),
        Err(StoreError::LogDamaged) => Ok(true),
        Err(error) => Err(error),
    }
}

/// What of a cache that was set aside was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// In the order in which they were queued.
    pub rows: Vec<OutboxRow>,
    /// Rows that cannot be read, or are of a kind that this build does not know. When the list of what waits is damaged,
    /// rows that were sent long ago are among them.
    pub unreadable: u32,
}

/// A cache that was set aside, open for reading.
pub struct AsideCache {
    options: SqliteConnectOptions,
    connection: SqliteConnection,
    columns: String,
}

/// What is kept of a letter, by the column that names it.
const LETTER_TABLES: [(&str, &str); 8] = [
    ("letters", "id"),
    ("letter_items", "letter_id"),
    ("letter_pdfs", "letter_id"),
    ("letter_enclosures", "letter_id"),
    ("letter_wordings", "letter_id"),
    ("letter_reviews", "letter_id"),
    ("letter_overrides", "letter_id"),
    ("letter_releases", "letter_id"),
];

impl AsideCache {
    /// Opens it.
    ///
    /// # Errors
    /// [`StoreError::NotReadable`] when its first page is damaged or it is empty; [`StoreError::Damaged`] when nothing
    /// leads to its outbox.
    pub async fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        let options = keyed(path, key).read_only(true).pragma("temp_store", "MEMORY");
        let mut connection = options.connect().await?;
        let named = "SELECT name FROM pragma_table_info('outbox')";
        let known: Vec<String> = sqlx::query_scalar(named).fetch_all(&mut connection).await?;
        if known.is_empty() {
            return Err(StoreError::NotReadable);
        }
        let column = |name: &str| match known.iter().any(|column| column == name) {
            true => name.to_owned(),
            // Of what an older version did not know, nothing was said.
            false => format!("0 AS {name}"),
        };
        let columns = COLUMNS.split(',').map(|name| column(name.trim())).collect::<Vec<_>>().join(", ");
        Ok(Self { options, connection, columns })
    }

    /// Closes it.
    ///
    /// # Errors
    /// As every query.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }

    /// A value by name; see [`crate::Store::meta`].
    ///
    /// # Errors
    /// As every query.
    pub async fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let value = sqlx::query_scalar("SELECT value FROM meta WHERE name = ?1").bind(name);
        let found = value.fetch_optional(&mut self.connection).await;
        self.usable(found).await
    }

    /// What was not sent.
    ///
    /// # Errors
    /// When not even the places of the rows can be read.
    pub async fn unsent(&mut self) -> Result<Unsent, StoreError> {
        let mut unsent = Unsent::default();
        let (places, complete) = self.places().await?;
        for place in places {
            match self.row(place).await {
                Ok(Some(OutboxEntry::Row(row))) if row.state.is_over() => {}
                Ok(Some(OutboxEntry::Row(row))) => unsent.rows.push(*row),
                Ok(Some(OutboxEntry::Parked(parked))) => unsent.unreadable += u32::from(!parked.state.is_over()),
                // The list of what waits names only rows that are there.
                Ok(None) => unsent.unreadable += u32::from(complete),
                Err(StoreError::Busy) => return Err(StoreError::Busy),
                Err(_) => unsent.unreadable += 1,
            }
        }
        Ok(unsent)
    }

    /// Where rows are: those that wait, by the index of what waits; else every place there ever was. Says which.
    async fn places(&mut self) -> Result<(Vec<i64>, bool), StoreError> {
        let waiting = sqlx::query_scalar("SELECT seq FROM outbox INDEXED BY outbox_by_lane WHERE NOT over");
        let found = waiting.fetch_all(&mut self.connection).await;
        if let Ok(mut places) = self.usable::<Vec<i64>>(found).await {
            places.sort_unstable();
            return Ok((places, true));
        }
        let last = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");
        let found = last.fetch_optional(&mut self.connection).await;
        if let Ok(last) = self.usable::<Option<i64>>(found).await {
            return Ok(((1..=last.unwrap_or(0)).collect(), false));
        }
        let last = sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM outbox").fetch_one(&mut self.connection).await;
        let last: i64 = self.usable(last).await?;
        Ok(((1..=last).collect(), false))
    }

    async fn row(&mut self, place: i64) -> Result<Option<OutboxEntry>, StoreError> {
        let sql = format!("SELECT {} FROM outbox WHERE seq = ?1", self.columns);
        let found = sqlx::query(AssertSqlSafe(sql)).bind(place).fetch_optional(&mut self.connection).await;
        self.usable(found).await?.as_ref().map(entry).transpose()
    }

    async fn piece(&mut self, hash: &str, position: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let piece = sqlx::query_scalar("SELECT bytes FROM outbox_pieces WHERE hash = ?1 AND position = ?2");
        let found = piece.bind(hash).bind(position).fetch_optional(&mut self.connection).await;
        self.usable(found).await
    }

    /// Rows of a table, with whatever columns the version had that wrote them; none where it had no such table.
    async fn rows_of(&mut self, table: &str, column: &str, key: &str) -> Result<Vec<SqliteRow>, StoreError> {
        let known = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1");
        let known = known.bind(table).fetch_one(&mut self.connection).await;
        if self.usable::<i64>(known).await? == 0 {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT * FROM {table} WHERE {column} = ?1");
        let found = sqlx::query(AssertSqlSafe(sql)).bind(key).fetch_all(&mut self.connection).await;
        self.usable(found).await
    }

    /// What a query found. After a failure the connection is another one.
    async fn usable<T>(&mut self, found: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        if found.is_err() {
            self.connection = self.options.connect().await?;
        }
        Ok(found?)
    }
}

impl Write {
    /// Copies the bytes of a file from a cache that was set aside; answers whether they are what the hash was taken of.
    /// When they are not, this transaction is not to be committed.
    ///
    /// # Errors
    /// This cache. What the other one cannot give is not whole.
    pub async fn copy_outbox_file(&mut self, from: &mut AsideCache, hash: &str) -> Result<bool, StoreError> {
        let mut digest = Sha256::new();
        for position in 0.. {
            let Ok(Some(piece)) = from.piece(hash, position).await else { break };
            digest.update(&piece);
            self.keep_outbox_piece(hash, position, &piece).await?;
        }
        Ok(hex::encode(digest.finalize()) == hash)
    }

    /// Copies a letter with all that belongs to it from a cache that was set aside, unless it is here. A letter of which
    /// anything cannot be read is not copied: the gate then holds what faxes it.
    ///
    /// # Errors
    /// This cache.
    pub async fn copy_letter(&mut self, from: &mut AsideCache, letter: &LetterId) -> Result<(), StoreError> {
        let here: i64 = sqlx::query_scalar("SELECT count(*) FROM letters WHERE id = ?1")
            .bind(&letter.0)
            .fetch_one(&mut *self.tx)
            .await?;
        if here > 0 {
            return Ok(());
        }
        let mut tables = Vec::new();
        for (table, column) in LETTER_TABLES {
            let Ok(rows) = from.rows_of(table, column, &letter.0).await else { return Ok(()) };
            // Without itself and its pages it is no letter.
            if rows.is_empty() && matches!(table, "letters" | "letter_pdfs") {
                return Ok(());
            }
            tables.push((table, rows));
        }
        for (table, rows) in tables {
            let known: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?1)")
                .bind(table)
                .fetch_all(&mut *self.tx)
                .await?;
            let known: HashSet<&str> = known.iter().map(String::as_str).collect();
            for row in &rows {
                self.put_as_it_is(table, row, &known).await?;
            }
        }
        Ok(())
    }

    /// Inserts a row of another cache, as far as this build has its columns.
    async fn put_as_it_is(&mut self, table: &str, row: &SqliteRow, known: &HashSet<&str>) -> Result<(), StoreError> {
        let columns: Vec<_> = row.columns().iter().filter(|column| known.contains(column.name())).collect();
        let names = columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ");
        let places = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
        let mut insert = sqlx::query(AssertSqlSafe(sql));
        for column in columns {
            let (at, value) = (column.ordinal(), row.try_get_raw(column.ordinal())?);
            insert = match value.type_info().name() {
                _ if value.is_null() => insert.bind(None::<i64>),
                "INTEGER" => insert.bind(row.try_get_unchecked::<i64, _>(at)?),
                "REAL" => insert.bind(row.try_get_unchecked::<f64, _>(at)?),
                "BLOB" => insert.bind(row.try_get_unchecked::<Vec<u8>, _>(at)?),
                _ => insert.bind(row.try_get_unchecked::<String, _>(at)?),
            };
        }
        insert.execute(&mut *self.tx).await?;
        Ok(())
    }
}
