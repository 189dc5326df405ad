//! The file, its key, and the two ways in.

use crate::recent::Recent;
use crate::{StoreError, log};
use secrecy::{ExposeSecret, SecretBox};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, Transaction};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("../../../migrations");

/// Readers beside the one writer: the window asks for a few things at once.
const READERS: u32 = 3;

/// The raw 256-bit key of a database. Wiped on drop, never printed.
pub struct DatabaseKey(SecretBox<[u8; 32]>);

impl DatabaseKey {
    /// A key from its bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// The bytes, for the keychain.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

/// A record and its JSON body, as the server sent it.
pub struct Sent<T> {
    /// What this build reads.
    pub value: T,
    /// The whole record.
    pub body: String,
}

/// The open cache. Cloning shares it.
#[derive(Clone)]
pub struct Store {
    pub(crate) readers: SqlitePool,
    /// One more reader, which finds clients: what is looked through as one types stays deciphered in its cache, and no other
    /// question takes the room or the turn.
    pub(crate) finder: SqlitePool,
    pub(crate) recent: Arc<Recent>,
    writer: SqlitePool,
    path: PathBuf,
}

/// One transaction of the one writer. Dropped without [`Write::commit`], it leaves no trace.
pub struct Write {
    pub(crate) tx: Transaction<'static, Sqlite>,
}

impl Store {
    /// Opens the cache, making it when the file does not exist, and brings it to this build's shape.
    ///
    /// # Errors
    /// [`StoreError::NotReadable`] for a wrong key or a damaged first page, [`StoreError::LogDamaged`], [`StoreError::TooNew`],
    /// [`StoreError::DiskFull`], [`StoreError::NotEncrypted`] and the others as they come.
    pub async fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        log::check(path).await?;
        let options = keyed(path, key)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-16000");
        let writer = pool(1).connect_with(options.clone()).await?;
        let cipher: Option<String> = sqlx::query_scalar("PRAGMA cipher_version").fetch_optional(&writer).await?;
        if cipher.is_none_or(|version| version.is_empty()) {
            return Err(StoreError::NotEncrypted);
        }
        MIGRATIONS.run(&writer).await?;
        let options = options.create_if_missing(false).read_only(true);
        let readers = pool(READERS).connect_with(options.clone().pragma("cache_size", "-8000")).await?;
        // Holds what 100,000 clients are found and sorted by; fewer never fill it.
        let finder = pool(1).min_connections(0).connect_lazy_with(options.pragma("cache_size", "-48000"));
        Ok(Self { readers, finder, recent: Arc::default(), writer, path: path.to_owned() })
    }

    /// Starts the one write transaction, waiting for its turn.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process holds the file for longer than ten seconds.
    pub async fn write(&self) -> Result<Write, StoreError> {
        Ok(Write { tx: self.writer.begin_with("BEGIN IMMEDIATE").await? })
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Version of the SQLite that was linked in, e.g. `3.50.4`.
    ///
    /// # Errors
    /// As every query.
    pub async fn sqlite_version(&self) -> Result<String, StoreError> {
        Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&self.readers).await?)
    }

    /// What is wrong with the file, in SQLCipher's and SQLite's words; nothing when it is whole. All of it is read, after the log was
    /// folded into it: a page that stands in the log alone may be a hole in the file, which SQLCipher would call damaged.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while somebody still reads what was; as every query.
    pub async fn faults(&self) -> Result<Vec<String>, StoreError> {
        let busy: bool = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        if busy {
            return Err(StoreError::Busy);
        }
        let mut faults: Vec<String> =
            sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&self.readers).await?;
        let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&self.readers).await?;
        faults.extend(found.into_iter().filter(|fault| fault != "ok"));
        Ok(faults)
    }

    /// Whether nothing is asked of the file: how tests know when a clock of theirs may go on.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        let pools = [&self.readers, &self.finder, &self.writer];
        pools.iter().all(|pool| usize::try_from(pool.size()).is_ok_and(|all| all == pool.num_idle()))
    }

    /// Stops the file from growing past `pages` pages: how tests meet a full disk.
    ///
    /// # Errors
    /// As every query.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(&self.writer).await?;
        Ok(())
    }

    /// Records a migration that this build does not have: how tests meet a cache of a newer version.
    ///
    /// # Errors
    /// As every query.
    pub async fn record_unknown_migration(&self, version: i64) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (?1, 'unknown', TRUE, x'00', 0)",
        )
        .bind(version)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Refreshes the planner's figures, folds the write-ahead log into the file and closes every connection.
    pub async fn close(&self) {
        // SQLite folds the log when the last connection closes; a reader that was given up while it opened may be the last,
        // and cannot write.
        // All tables are looked at, not only those that this connection read from: figures of a cache that was small would
        // make the planner walk through one that has grown.
        const LAST: &str = "PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002; PRAGMA wal_checkpoint(TRUNCATE)";
        self.readers.close().await;
        self.finder.close().await;
        if !self.writer.is_closed()
            && let Err(error) = sqlx::raw_sql(LAST).execute(&self.writer).await
        {
            tracing::warn!(%error, "the log was not folded into the cache; the next start reads both");
        }
        self.writer.close().await;
    }
}

impl Write {
    /// Makes the changes durable.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] and the others as they come; nothing of the transaction is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }
}

/// How a database is opened with its key.
pub(crate) fn keyed(path: &Path, key: &DatabaseKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", format!("\"x'{}'\"", hex::encode(key.expose())))
        // What it would write to standard error is in our errors.
        .pragma("cipher_log_level", "NONE")
        // A statement's text is ours, but a log has no need of it.
        .disable_statement_logging()
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not hang up, and asking each time would double the turns that a short query takes.
        .test_before_acquire(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{Connection as _, Executor as _, Row as _};

    #[tokio::test]
    async fn letters_of_before_other_addressees_stay_with_all_that_belongs_to_them() {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        let mut cache = options.connect().await.unwrap();
        let (before, after): (Vec<_>, Vec<_>) = MIGRATIONS.iter().partition(|migration| migration.version < 8);
        for migration in before {
            cache.execute(migration.sql.clone()).await.unwrap();
        }
        cache
            .execute(
                "INSERT INTO letters (id, client_id, client_name, recipient_kind, recipient_ref, recipient_name, dated, pages,
                     stage, prepared, template_id, template_name, template_hash, seed, data_hash, engine, pdf_hash, author,
                     findings)
                 VALUES ('a', 1, 'Ada', 'furnisher', '7', 'Bank', '2026-11-23', 1, 'printed', '2026-11-23T10:00:00Z', 1, 'T',
                     '', '1', '', '', '', 'Dana', '[]');
                 INSERT INTO letter_items (letter_id, position, item_id, instruction_id, account_name, reason)
                 VALUES ('a', 0, 'i', 1, 'Bank', 'Not mine');
                 INSERT INTO letter_pdfs (letter_id, pdf) VALUES ('a', x'25');
                 INSERT INTO follow_ups (letter_id, sent_by, sent, opened)
                 VALUES ('a', 'mail', '2026-11-23', '2026-11-23T10:00:00Z');",
            )
            .await
            .unwrap();
        for migration in after {
            cache.execute(migration.sql.clone()).await.unwrap();
        }
        let kept = "SELECT recipient_kind, recipient_ref, (SELECT count(*) FROM letter_items) AS items,
                        (SELECT count(*) FROM letter_pdfs) AS pdfs, (SELECT count(*) FROM follow_ups) AS awaited
                    FROM letters";
        let row = cache.fetch_one(kept).await.unwrap();
        assert_eq!((row.get("recipient_kind"), row.get("recipient_ref")), ("furnisher", "7"));
        assert_eq!(["items", "pdfs", "awaited"].map(|column| row.get::<i64, _>(column)), [1, 1, 1]);
        assert!(
            cache.execute("UPDATE letters SET recipient_kind = 'nobody'").await.is_err(),
            "kinds are still checked"
        );
        cache.execute("UPDATE letters SET recipient_kind = 'addressee'").await.unwrap();
    }

    /// Rows of the clients' list that are not what the tables beside it say.
    const ASTRAY: &str = "
        WITH made AS (
            SELECT client_id, sort_name, place, state, mailable, detailed,
                (SELECT unixepoch(min(signed)) FROM agreements a WHERE a.client_id = f.client_id) AS signed,
                (SELECT count(*) FROM negative_items i WHERE i.client_id = f.client_id) AS items,
                (SELECT coalesce(sum(undisputed), 0) FROM negative_items i WHERE i.client_id = f.client_id) AS undisputed
            FROM client_facts f
        )
        SELECT (SELECT count(*) FROM (SELECT * FROM made EXCEPT SELECT * FROM client_list))
             + (SELECT count(*) FROM (SELECT * FROM client_list EXCEPT SELECT * FROM made))
             + (SELECT count(*) FROM (SELECT client_id, email, phone, ssn_end FROM client_facts EXCEPT SELECT * FROM client_contacts))
             + (SELECT count(*) FROM client_contacts WHERE client_id NOT IN (SELECT id FROM clients))
             + (SELECT count(*) FROM (SELECT * FROM client_card_facts EXCEPT SELECT * FROM client_cards))
             + (SELECT count(*) FROM (SELECT * FROM client_cards EXCEPT SELECT * FROM client_card_facts)) AS astray";

    #[tokio::test]
    async fn the_list_of_clients_says_what_the_tables_beside_it_say_whatever_happens_to_them() {
        let client = |id: i64, name: &str, city: &str| {
            format!(
                "INSERT INTO clients (id, first_name, middle_name, last_name, sort_name, email, phones, ssn, street, city, state,
                     zip, attributes, body, walk)
                 VALUES ({id}, '', '', '{name}', '{name}', '', '[\"+1 (305) 555-0100\"]', '900654321', '1 Oak St', '{city}',
                     'FL', '33101', '{{}}', '{{}}', 1);"
            )
        };
        let item = |id: &str, client: i64, status: &str, excluded: u8| {
            format!(
                "INSERT INTO negative_items (id, client_id, account_name, account_number, account_type, account_status, status,
                     excluded, is_negative, is_collection, is_charge_off, is_closed, is_disputed, late_30, late_60, late_90,
                     body, walk)
                 VALUES ('{id}', {client}, '', '', '', '', '{status}', {excluded}, 1, 0, 0, 0, 0, 0, 0, 0, '{{}}', 1)
                 ON CONFLICT (id) DO UPDATE SET client_id = excluded.client_id, status = excluded.status,
                     excluded = excluded.excluded;"
            )
        };
        let agreement = |id: i64, client: i64, signed: &str| {
            format!(
                "INSERT INTO agreements (id, client_id, name, kind, signed, body, walk)
                 VALUES ({id}, {client}, '', '', {signed}, '{{}}', 1)
                 ON CONFLICT (id) DO UPDATE SET signed = excluded.signed, client_id = excluded.client_id;"
            )
        };
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        let mut cache = options.connect().await.unwrap();
        let (before, after): (Vec<_>, Vec<_>) = MIGRATIONS.iter().partition(|migration| migration.version < 13);
        for migration in before {
            cache.execute(migration.sql.clone()).await.unwrap();
        }
        let steps = [
            client(1, "a", "Miami"),
            client(2, "b", ""),
            item("x", 1, "new", 0),
            agreement(1, 1, "'2026-11-02T15:00:00Z'"),
        ];
        cache.execute(sqlx::AssertSqlSafe(steps.concat())).await.unwrap();
        for migration in after {
            cache.execute(migration.sql.clone()).await.unwrap();
        }
        let row = cache
            .fetch_one(
                "SELECT place, phone, ssn_end, items, undisputed, signed FROM client_list NATURAL JOIN client_contacts",
            )
            .await
            .unwrap();
        assert_eq!(
            ["place", "phone", "ssn_end"].map(|column| row.get::<&str, _>(column)),
            ["Miami, FL", "3055550100", "4321"]
        );
        assert_eq!(["items", "undisputed"].map(|column| row.get::<i64, _>(column)), [1, 1], "what was here is in it");
        for step in [
            // Items and agreements may come before their client.
            item("y", 3, "not_processed", 0),
            agreement(2, 3, "'2026-11-20T15:00:00Z'"),
            client(3, "c", "Tampa"),
            item("x", 1, "in_progress", 0),
            item("x", 2, "new", 0),
            item("z", 2, "new", 1),
            agreement(1, 1, "NULL"),
            agreement(3, 1, "'2026-11-05T15:00:00Z'"),
            agreement(4, 1, "'2026-11-04T15:00:00Z'"),
            agreement(4, 2, "'2026-11-04T15:00:00Z'"),
            "UPDATE clients SET city = 'Ocala', email = 'c@example.com', details_walk = 4 WHERE id = 3".into(),
            "UPDATE clients SET street = ' ' WHERE id = 1".into(),
            "UPDATE clients SET sort_name = 'z', last_name = 'Z', phones = '[]' WHERE id = 1".into(),
            "DELETE FROM negative_items WHERE id = 'y'".into(),
            "DELETE FROM agreements WHERE id = 2".into(),
            "DELETE FROM clients WHERE id = 2".into(),
        ] {
            cache.execute(sqlx::AssertSqlSafe(step.clone())).await.unwrap();
            let astray: i64 = cache.fetch_one(ASTRAY).await.unwrap().get("astray");
            assert_eq!(astray, 0, "after {step}");
        }
    }

    #[tokio::test]
    async fn a_page_that_stands_in_the_log_alone_is_no_fault() {
        let folder = tempfile::TempDir::new().unwrap();
        let (path, key) = (folder.path().join("desk.db"), DatabaseKey::new([5; 32]));
        let store = Store::open(&path, &key).await.unwrap();
        let mut writer = keyed(&path, &key).pragma("wal_autocheckpoint", "0").connect().await.unwrap();
        let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                    INSERT INTO pages SELECT i, randomblob(4000) FROM n";
        writer.execute("CREATE TABLE pages (id INTEGER PRIMARY KEY, bytes BLOB)").await.unwrap();
        writer.execute(rows).await.unwrap();
        // Whoever still reads what was keeps a page written since from the file, and not those behind it.
        let mut reader = keyed(&path, &key).connect().await.unwrap();
        reader.execute("BEGIN; SELECT count(*) FROM pages").await.unwrap();
        writer.execute("UPDATE pages SET bytes = randomblob(4000) WHERE id = 50").await.unwrap();
        writer.execute("PRAGMA wal_checkpoint(PASSIVE)").await.unwrap();
        reader.execute("COMMIT").await.unwrap();
        assert_eq!(store.faults().await.unwrap(), Vec::<String>::new());
        let (_, _) = (writer.close().await.unwrap(), reader.close().await.unwrap());
        store.close().await;
    }
}
