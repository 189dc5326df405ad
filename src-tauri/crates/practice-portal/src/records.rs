//! Stored records: the JSON body as the wire shows it, beside the few columns that filters and sorts use.
//!
//! A resource declares one [`Table`]; storing, reading, changing and removing are written here once. A body refers to
//! other records by id (`client_id`); the resource puts the record in its place when it answers. Bodies live in a table
//! of their own, so that walking to page 900 of a list touches narrow rows only.
//!
//! Left out: joins and constraints between resources. The resource that needs one asks for it.

use serde_json::{Map, Value};
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};
use std::collections::BTreeMap;

/// One JSON object.
pub(crate) type Record = Map<String, Value>;

/// Where the records of one resource are kept.
#[derive(Debug)]
pub(crate) struct Table {
    /// Name in the database.
    pub(crate) name: &'static str,
    /// One record, for messages: "client", "bureau address".
    pub(crate) noun: &'static str,
    /// What can be filtered and sorted by, besides `id`.
    pub(crate) columns: &'static [Column],
}

/// A column computed from the body.
#[derive(Debug)]
pub(crate) struct Column {
    /// Name in the database.
    pub(crate) name: &'static str,
    source: Source,
    indexed: bool,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// A field, by JSON pointer.
    Field(&'static str),
    /// A decimal amount, in cents.
    Cents(&'static str),
    /// The lower-case words of several fields, for searching in any script.
    Words(&'static [&'static str]),
}

impl Column {
    /// The field at a JSON pointer.
    pub(crate) const fn field(name: &'static str, pointer: &'static str) -> Self {
        Column { name, source: Source::Field(pointer), indexed: false }
    }

    /// The decimal amount at a JSON pointer, so that 90.00 sorts before 100.00.
    pub(crate) const fn cents(name: &'static str, pointer: &'static str) -> Self {
        Column { name, source: Source::Cents(pointer), indexed: false }
    }

    /// The words of the fields at these pointers, in lower case.
    pub(crate) const fn words(name: &'static str, pointers: &'static [&'static str]) -> Self {
        Column { name, source: Source::Words(pointers), indexed: false }
    }

    /// The same with an index: for what large tables are filtered by.
    pub(crate) const fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    fn cell(&self, body: &Value) -> Cell {
        match self.source {
            Source::Field(pointer) => body.pointer(pointer).map_or(Cell::Null, Cell::from_json),
            Source::Cents(pointer) => match body.pointer(pointer).and_then(Value::as_str) {
                Some(amount) => amount.replacen('.', "", 1).parse().map_or(Cell::Null, Cell::Integer),
                None => Cell::Null,
            },
            Source::Words(pointers) => {
                let words: Vec<String> = pointers
                    .iter()
                    .filter_map(|pointer| body.pointer(pointer))
                    .filter_map(|value| match value {
                        Value::String(text) => Some(text.to_lowercase()),
                        Value::Number(number) => Some(number.to_string()),
                        _ => None,
                    })
                    .collect();
                Cell::Text(words.join(" "))
            }
        }
    }
}

/// A value in a column.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// Nothing.
    Null,
    /// A whole number, or a truth as 0 and 1.
    Integer(i64),
    /// Text.
    Text(String),
}

impl Cell {
    /// What a column keeps of a JSON value.
    pub(crate) fn from_json(value: &Value) -> Cell {
        match value {
            Value::Bool(flag) => Cell::Integer(i64::from(*flag)),
            Value::Number(number) => number.as_i64().map_or_else(|| Cell::Text(number.to_string()), Cell::Integer),
            Value::String(text) => Cell::Text(text.clone()),
            Value::Null | Value::Array(_) | Value::Object(_) => Cell::Null,
        }
    }

    /// Binds the value where the statement stands.
    pub(crate) fn bind(self, statement: &mut QueryBuilder<Sqlite>) {
        match self {
            Cell::Null => statement.push_bind(None::<i64>),
            Cell::Integer(number) => statement.push_bind(number),
            Cell::Text(text) => statement.push_bind(text),
        };
    }
}

/// A record ready to be stored.
#[derive(Debug)]
pub(crate) struct Row {
    id: i64,
    cells: Vec<Cell>,
    body: String,
}

impl Table {
    /// Makes the two tables of this resource.
    pub(crate) async fn create(&self, db: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let name = self.name;
        let columns: String =
            self.columns.iter().map(|column| format!(", \"{}\" ANY COLLATE NOCASE", column.name)).collect();
        for statement in [
            format!("CREATE TABLE {name} (id INTEGER PRIMARY KEY AUTOINCREMENT{columns}) STRICT"),
            format!("CREATE TABLE {name}_body (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT"),
        ] {
            QueryBuilder::<Sqlite>::new(statement).build().execute(&mut *db).await?;
        }
        Ok(())
    }

    /// Makes the indexes. Apart from the tables, because filling a table first and indexing it then is faster.
    pub(crate) async fn index(&self, db: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        for column in self.columns.iter().filter(|column| column.indexed) {
            let (name, column) = (self.name, column.name);
            let statement = format!("CREATE INDEX {name}_{column} ON {name} (\"{column}\")");
            QueryBuilder::<Sqlite>::new(statement).build().execute(&mut *db).await?;
        }
        Ok(())
    }

    /// A record with its key, ready to be stored.
    pub(crate) fn row(&self, id: i64, body: Record) -> Row {
        let body = Value::Object(body);
        Row { id, cells: self.columns.iter().map(|column| column.cell(&body)).collect(), body: body.to_string() }
    }

    /// Stores many records, over those that have their keys.
    pub(crate) async fn insert_all(&self, db: &mut SqliteConnection, rows: Vec<Row>) -> Result<(), sqlx::Error> {
        /// SQLite takes 32,766 variables in a statement; the widest table has some twenty columns.
        const AT_ONCE: usize = 500;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut bodies = QueryBuilder::new(format!("INSERT OR REPLACE INTO {}_body (id, body) VALUES ", self.name));
            let mut narrow = QueryBuilder::new(format!("INSERT OR REPLACE INTO {} (id", self.name));
            for column in self.columns {
                narrow.push(format_args!(", \"{}\"", column.name));
            }
            narrow.push(") VALUES ");
            for (position, row) in rows.by_ref().take(AT_ONCE).enumerate() {
                let start = if position == 0 { "(" } else { ", (" };
                narrow.push(start).push_bind(row.id);
                for cell in row.cells {
                    narrow.push(", ");
                    cell.bind(&mut narrow);
                }
                narrow.push(")");
                bodies.push(start).push_bind(row.id).push(", ").push_bind(row.body).push(")");
            }
            narrow.build().execute(&mut *db).await?;
            bodies.build().execute(&mut *db).await?;
        }
        Ok(())
    }

    /// Stores a new record under the next key, which is given back.
    pub(crate) async fn insert(&self, db: &mut SqliteConnection, body: Record) -> Result<i64, sqlx::Error> {
        let id = self.last_id(db).await? + 1;
        self.insert_all(db, vec![self.row(id, body)]).await?;
        Ok(id)
    }

    /// The highest key ever given, 0 before the first. Keys of removed records are not given again.
    pub(crate) async fn last_id(&self, db: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
        let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = ?")
            .bind(self.name)
            .fetch_optional(db)
            .await?;
        Ok(last.unwrap_or(0))
    }

    /// One record, with its `id`.
    pub(crate) async fn get(&self, db: &mut SqliteConnection, id: i64) -> Result<Option<Record>, sqlx::Error> {
        Ok(self.get_all(db, &[id]).await?.remove(&id))
    }

    /// Records by key, each with its `id`. Keys without a record are left out.
    pub(crate) async fn get_all(
        &self,
        db: &mut SqliteConnection,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, Record>, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new(format!(
            "SELECT id, body FROM {}_body WHERE id IN (SELECT value FROM json_each(",
            self.name
        ));
        query.push_bind(Value::from(ids).to_string()).push("))");
        let rows = query.build().fetch_all(db).await?;
        let mut records = BTreeMap::new();
        for row in rows {
            let id: i64 = row.try_get(0)?;
            let body: &str = row.try_get(1)?;
            let mut record: Record =
                serde_json::from_str(body).map_err(|source| sqlx::Error::Decode(Box::new(source)))?;
            record.insert("id".to_owned(), id.into());
            records.insert(id, record);
        }
        Ok(records)
    }

    /// Whether there is a record with this key.
    pub(crate) async fn has(&self, db: &mut SqliteConnection, id: i64) -> Result<bool, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("SELECT count(*) FROM {} WHERE id = ", self.name));
        let count: i64 = query.push_bind(id).build_query_scalar().fetch_one(db).await?;
        Ok(count > 0)
    }

    /// Whether a record has this text in a column, in any case.
    pub(crate) async fn has_text(
        &self,
        db: &mut SqliteConnection,
        column: &'static str,
        text: &str,
    ) -> Result<bool, sqlx::Error> {
        let mut query =
            QueryBuilder::<Sqlite>::new(format!("SELECT count(*) FROM {} WHERE \"{column}\" = ", self.name));
        let count: i64 = query.push_bind(text).build_query_scalar().fetch_one(db).await?;
        Ok(count > 0)
    }

    /// Every key, in order.
    pub(crate) async fn ids(&self, db: &mut SqliteConnection) -> Result<Vec<i64>, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("SELECT id FROM {} ORDER BY id", self.name));
        query.build_query_scalar().fetch_all(db).await
    }

    /// The keys of the records with this value in a column, in order.
    pub(crate) async fn ids_where(
        &self,
        db: &mut SqliteConnection,
        column: &'static str,
        values: &[i64],
    ) -> Result<Vec<i64>, sqlx::Error> {
        let mut query = QueryBuilder::<Sqlite>::new(format!(
            "SELECT id FROM {} WHERE \"{column}\" IN (SELECT value FROM json_each(",
            self.name
        ));
        query.push_bind(Value::from(values).to_string()).push(")) ORDER BY id");
        query.build_query_scalar().fetch_all(db).await
    }

    /// Writes some fields over a record and gives the whole record back; nothing when there is none.
    pub(crate) async fn change(
        &self,
        db: &mut SqliteConnection,
        id: i64,
        changes: Record,
    ) -> Result<Option<Record>, sqlx::Error> {
        let Some(mut record) = self.get(db, id).await? else { return Ok(None) };
        record.extend(changes);
        record.remove("id");
        self.insert_all(db, vec![self.row(id, record.clone())]).await?;
        record.insert("id".to_owned(), id.into());
        Ok(Some(record))
    }

    /// Removes a record; false when there was none.
    pub(crate) async fn delete(&self, db: &mut SqliteConnection, id: i64) -> Result<bool, sqlx::Error> {
        for table in [format!("{}_body", self.name), self.name.to_owned()] {
            let mut statement = QueryBuilder::<Sqlite>::new(format!("DELETE FROM {table} WHERE id = "));
            let done = statement.push_bind(id).build().execute(&mut *db).await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
