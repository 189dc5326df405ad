//! Print runs.

use crate::columns::{count, instant};
use crate::gate::needed;
use crate::letters::stamp;
use crate::{Store, StoreError, Write};
use domain::{LetterId, PaperChoice, PrintRun, PrintRunState, PrintedLetter};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashMap;

const COLUMNS: &str = "id, number, reprint_of, printer, tray, duplex, copies, state, job, failure, started, author";

fn run(row: &SqliteRow, letters: Vec<PrintedLetter>) -> Result<PrintRun, StoreError> {
    Ok(PrintRun {
        id: row.try_get("id")?,
        number: count(row.try_get("number")?),
        reprint_of: row.try_get("reprint_of")?,
        paper: PaperChoice {
            printer: row.try_get("printer")?,
            tray: row.try_get("tray")?,
            duplex: row.try_get("duplex")?,
            copies: u16::try_from(row.try_get::<i64, _>("copies")?)
                .map_err(|_| StoreError::Unreadable("print_runs.copies"))?,
        },
        state: needed(PrintRunState::from_code(row.try_get("state")?), "print_runs.state")?,
        job: row.try_get("job")?,
        failure: row.try_get("failure")?,
        started: needed(instant(Some(row.try_get("started")?), "print_runs.started")?, "print_runs.started")?,
        by: row.try_get("author")?,
        letters,
    })
}

fn printed(row: &SqliteRow) -> Result<PrintedLetter, StoreError> {
    Ok(PrintedLetter {
        letter: LetterId(row.try_get("letter_id")?),
        pages: count(row.try_get("pages")?),
        came_out: row.try_get("came_out")?,
    })
}

impl Store {
    /// Print runs, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn print_runs(&self, most: u32) -> Result<Vec<PrintRun>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM print_runs ORDER BY number DESC LIMIT ?1");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(most).fetch_all(&self.readers).await?;
        let mut letters: HashMap<String, Vec<PrintedLetter>> = HashMap::new();
        let sql = "SELECT run_id, letter_id, pages, came_out FROM print_run_letters
                   WHERE run_id IN (SELECT id FROM print_runs ORDER BY number DESC LIMIT ?1) ORDER BY run_id, position";
        for row in sqlx::query(sql).bind(most).fetch_all(&self.readers).await? {
            letters.entry(row.try_get("run_id")?).or_default().push(printed(&row)?);
        }
        rows.iter().map(|row| run(row, letters.remove(row.try_get::<&str, _>("id")?).unwrap_or_default())).collect()
    }

    /// One print run.
    ///
    /// # Errors
    /// As every query.
    pub async fn print_run(&self, id: &str) -> Result<Option<PrintRun>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM print_runs WHERE id = ?1");
        let Some(row) = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await? else {
            return Ok(None);
        };
        let letters =
            sqlx::query("SELECT letter_id, pages, came_out FROM print_run_letters WHERE run_id = ?1 ORDER BY position")
                .bind(id)
                .fetch_all(&self.readers)
                .await?;
        Ok(Some(run(&row, letters.iter().map(printed).collect::<Result<_, _>>()?)?))
    }
}

impl Write {
    /// Keeps a new run under the next number, which it answers.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_print_run(&mut self, run: &PrintRun) -> Result<u32, StoreError> {
        let number: i64 =
            sqlx::query_scalar("SELECT coalesce(max(number), 0) + 1 FROM print_runs").fetch_one(&mut *self.tx).await?;
        let sql = format!("INSERT INTO print_runs ({COLUMNS}) VALUES (?{})", ", ?".repeat(11));
        sqlx::query(AssertSqlSafe(sql))
            .bind(&run.id)
            .bind(number)
            .bind(run.reprint_of.as_deref())
            .bind(&run.paper.printer)
            .bind(run.paper.tray.as_deref())
            .bind(run.paper.duplex)
            .bind(run.paper.copies)
            .bind(run.state.code())
            .bind(run.job.as_deref())
            .bind(run.failure.as_deref())
            .bind(stamp(run.started))
            .bind(&run.by)
            .execute(&mut *self.tx)
            .await?;
        for (position, letter) in (1_i64..).zip(&run.letters) {
            sqlx::query("INSERT INTO print_run_letters (run_id, position, letter_id, pages) VALUES (?1, ?2, ?3, ?4)")
                .bind(&run.id)
                .bind(position)
                .bind(&letter.letter.0)
                .bind(letter.pages)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(count(number))
    }

    /// Moves a run on.
    ///
    /// # Errors
    /// As every query.
    pub async fn move_print_run(
        &mut self,
        id: &str,
        state: PrintRunState,
        job: Option<&str>,
        failure: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE print_runs SET state = ?2, job = coalesce(?3, job), failure = ?4 WHERE id = ?1")
            .bind(id)
            .bind(state.code())
            .bind(job)
            .bind(failure)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Says whether a letter of a run came out well.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_came_out(&mut self, run: &str, letter: &LetterId, well: bool) -> Result<(), StoreError> {
        sqlx::query("UPDATE print_run_letters SET came_out = ?3 WHERE run_id = ?1 AND letter_id = ?2")
            .bind(run)
            .bind(&letter.0)
            .bind(well)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Runs that were being put together when the desk stopped never reached the print system or did so unseen: the agent
    /// is asked what came out. Answers how many.
    ///
    /// # Errors
    /// As every query.
    pub async fn recover_print_runs(&mut self) -> Result<u64, StoreError> {
        let stopped = sqlx::query(
            "UPDATE print_runs SET state = 'printed', failure = 'The desk stopped while this run was on its way to the \
             printer. Look at the printer, and say which letters came out.' WHERE state = 'printing'",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(stopped.rows_affected())
    }
}
