//! Opening the practice data: in memory, or in a file that is kept as long as it was made from the same numbers.
//!
//! A file is made beside its place and moved there when it is whole, so that a run that was cut short leaves nothing
//! half-made. A file that holds anything else than practice data is never touched.

use crate::{Options, PracticeError, seed};
use sqlx::{
    Connection as _, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

/// "PRAC": marks a SQLite file as practice data.
const APPLICATION_ID: i64 = 0x5052_4143;

/// The open data and the secret that signs its tokens.
pub(crate) struct Opened {
    pub(crate) pool: SqlitePool,
    pub(crate) secret: Vec<u8>,
}

/// Opens the data that the options ask for, making it when it is not there.
pub(crate) async fn open(options: &Options) -> Result<Opened, PracticeError> {
    let pool = match &options.database {
        None => in_memory(options).await?,
        Some(path) => in_file(options, path).await?,
    };
    let secret: String =
        sqlx::query_scalar("SELECT value FROM practice WHERE name = 'secret'").fetch_one(&pool).await?;
    Ok(Opened { pool, secret: secret.into_bytes() })
}

async fn in_memory(options: &Options) -> Result<SqlitePool, PracticeError> {
    // Each connection to memory is a database of its own, so there is one, and it stays.
    let pool = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .connect_with(SqliteConnectOptions::new().in_memory(true))
        .await?;
    make(&mut *pool.acquire().await?, options).await?;
    Ok(pool)
}

async fn in_file(options: &Options, path: &Path) -> Result<SqlitePool, PracticeError> {
    if !is_current(options, path).await? {
        let making = beside(path, ".making");
        for leftover in [making.clone(), beside(&making, "-journal")] {
            remove(&leftover)?;
        }
        let quick = SqliteConnectOptions::new()
            .filename(&making)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off);
        let mut db = SqliteConnection::connect_with(&quick).await?;
        make(&mut db, options).await?;
        db.close().await?;
        for old in [beside(path, "-wal"), beside(path, "-shm")] {
            remove(&old)?;
        }
        std::fs::rename(&making, path).map_err(PracticeError::File)?;
    }
    let ordinary = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(10));
    Ok(SqlitePoolOptions::new().max_connections(4).connect_with(ordinary).await?)
}

/// Whether the file holds data made from the same numbers.
async fn is_current(options: &Options, path: &Path) -> Result<bool, PracticeError> {
    match std::fs::metadata(path) {
        Ok(file) if file.len() == 0 => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(PracticeError::File(error)),
    }
    let not_ours = |_| PracticeError::NotPracticeData { path: path.to_owned() };
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.map_err(not_ours)?;
    let mark: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut db).await.map_err(not_ours)?;
    if mark != APPLICATION_ID {
        return Err(PracticeError::NotPracticeData { path: path.to_owned() });
    }
    let mut made_from = BTreeMap::new();
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT name, value FROM practice").fetch_all(&mut db).await?;
    made_from.extend(rows);
    db.close().await?;
    Ok(numbers(options).iter().all(|(name, value)| made_from.get(*name) == Some(value)))
}

/// What the data depends on.
fn numbers(options: &Options) -> [(&'static str, String); 4] {
    [
        ("version", seed::VERSION.to_string()),
        ("seed", options.seed.to_string()),
        ("clients", options.clients.to_string()),
        ("as_of", options.as_of.to_string()),
    ]
}

async fn make(db: &mut SqliteConnection, options: &Options) -> Result<(), PracticeError> {
    let mut db = db.begin().await?;
    seed::fill(&mut db, options.seed, options.clients, options.as_of).await?;
    sqlx::query("CREATE TABLE practice (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT").execute(&mut *db).await?;
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(|error| PracticeError::Randomness(error.to_string()))?;
    let secret = ("secret", hex::encode(secret));
    for (name, value) in numbers(options).into_iter().chain([secret]) {
        sqlx::query("INSERT INTO practice (name, value) VALUES (?, ?)")
            .bind(name)
            .bind(value)
            .execute(&mut *db)
            .await?;
    }
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION_ID}"))).execute(&mut *db).await?;
    db.commit().await?;
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove(path: &Path) -> Result<(), PracticeError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(PracticeError::File(error)),
        _ => Ok(()),
    }
}
