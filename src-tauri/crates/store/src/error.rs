//! What can go wrong with the cache.

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

/// A failure of the cache. Texts carry no row content.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file, or its first page is damaged: SQLCipher cannot tell which.
    #[error("the cache cannot be opened with its key")]
    NotReadable,
    /// Pages of the file are damaged.
    #[error("the cache is damaged")]
    Damaged(#[source] sqlx::Error),
    /// The write-ahead log is damaged: changes that were durable are gone.
    #[error("the cache's log is damaged")]
    LogDamaged,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// Another process holds the cache for too long.
    #[error("the cache is in use by another process")]
    Busy,
    /// The cache was made by a newer version of the desk.
    #[error("the cache was made by a newer version")]
    TooNew,
    /// The SQLite that was linked in does not encrypt.
    #[error("this build has no SQLCipher; nothing was written")]
    NotEncrypted,
    /// A stored value is not of the kind its column holds.
    #[error("the cache holds an unreadable value in {0}")]
    Unreadable(&'static str),
    /// The file system refused.
    #[error("the cache's folder cannot be used")]
    Io(#[from] std::io::Error),
    /// Anything else from SQLite.
    #[error("the cache failed")]
    Sql(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(database) => database
                .try_downcast_ref::<SqliteError>()
                .and_then(DatabaseError::code)
                .and_then(|code| code.parse::<u32>().ok()),
            sqlx::Error::PoolTimedOut => return StoreError::Busy,
            _ => None,
        };
        // Extended codes keep the primary code in the low byte.
        match code.map(|code| code & 0xff) {
            Some(5 | 6) => StoreError::Busy,
            // A page that is not what was written is SQLITE_NOMEM to SQLCipher: it hands no page on. Memory itself does not
            // run out by an error here.
            // Every statement here is compiled against the schema of the migrations, so one that SQLite calls wrong
            // (SQLITE_ERROR) met a schema whose pages are gone.
            Some(1 | 7 | 11) => StoreError::Damaged(error),
            Some(13) => StoreError::DiskFull,
            Some(26) => StoreError::NotReadable,
            _ => StoreError::Sql(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(_) | sqlx::migrate::MigrateError::VersionTooNew(..) => {
                StoreError::TooNew
            }
            sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                error.into()
            }
            other => StoreError::Sql(sqlx::Error::Migrate(Box::new(other))),
        }
    }
}
