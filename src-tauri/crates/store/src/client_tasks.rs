//! Tasks about clients.
//!
//! `state` is read from the portal's status when a row is stored, so that open tasks can be found by an index.

use crate::columns::{count, instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, ItemId, PersonName, Task, TaskId, TaskState};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A task with what is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTask {
    /// The task.
    pub task: Task,
    /// The client's name.
    pub client: PersonName,
    /// The account name of its item, when that is here and the client's.
    pub item_name: Option<String>,
}

/// Which of everyone's tasks, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichTasks {
    /// Open ones by the moment they are due, those without one last.
    Open,
    /// Open ones whose day is past, in the same order.
    Overdue {
        /// Today: what is due on a day without a time is due at its midnight, UTC.
        today: Date,
        /// When today began where the agent works.
        began: Timestamp,
    },
    /// Done and cancelled ones, newest first, those without a day last.
    Over,
}

impl WhichTasks {
    /// The rows, each from the index that is made for them and holds all that is asked; and their order.
    fn sql(self) -> (&'static str, &'static str) {
        match self {
            WhichTasks::Open => ("INDEXED BY client_tasks_by_day WHERE state = 'open'", "due IS NULL, due, id"),
            WhichTasks::Overdue { .. } => (
                "INDEXED BY client_tasks_by_day WHERE state = 'open' AND (due IS NULL) = 0 AND due < max(?1, ?2)
                 AND due < CASE WHEN due LIKE '%T00:00:00Z' THEN ?1 ELSE ?2 END",
                "due, id",
            ),
            WhichTasks::Over => {
                ("INDEXED BY client_tasks_over WHERE state <> 'open'", "due IS NULL, due DESC, id DESC")
            }
        }
    }

    fn bounds(self) -> (String, String) {
        match self {
            WhichTasks::Overdue { today, began } => (format!("{today}T00:00:00Z"), due(began)),
            WhichTasks::Open | WhichTasks::Over => (String::new(), String::new()),
        }
    }
}

const COLUMNS: &str = "t.id, t.client_id, t.name, t.description, t.status, t.due, t.item_id, t.author, t.created,
     c.first_name, c.middle_name, c.last_name, i.account_name
     FROM client_tasks t JOIN clients c ON c.id = t.client_id
     LEFT JOIN negative_items i ON i.id = t.item_id AND i.client_id = t.client_id";

fn kept(row: &SqliteRow) -> Result<KeptTask, StoreError> {
    Ok(KeptTask {
        task: Task {
            id: TaskId(row.try_get("id")?),
            client: ClientId(row.try_get("client_id")?),
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            status: row.try_get("status")?,
            due: instant(row.try_get("due")?, "client_tasks.due")?,
            item: row.try_get::<Option<String>, _>("item_id")?.map(ItemId),
            author: row.try_get("author")?,
            created: instant(row.try_get("created")?, "client_tasks.created")?,
        },
        client: PersonName {
            first: row.try_get("first_name")?,
            middle: row.try_get("middle_name")?,
            last: row.try_get("last_name")?,
        },
        item_name: row.try_get("account_name")?,
    })
}

fn code(state: TaskState) -> &'static str {
    match state {
        TaskState::Open => "open",
        TaskState::Done => "done",
        TaskState::Cancelled => "cancelled",
    }
}

/// As text, so that texts of instants sort as the instants do: whole seconds have no fraction.
fn due(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

impl Store {
    /// A client's tasks: open ones first, by the day they are due, those without one last; then the others, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_tasks_of(&self, client: ClientId) -> Result<Vec<KeptTask>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE t.client_id = ?1
             ORDER BY t.state <> 'open',
                 CASE t.state WHEN 'open' THEN t.due IS NULL END, CASE t.state WHEN 'open' THEN t.due END,
                 t.due DESC, t.id"
        );
        // The text is ours; the value is bound.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(client.0).fetch_all(&self.readers).await?;
        rows.iter().map(kept).collect()
    }

    /// How many open tasks a client has.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_open_tasks(&self, client: ClientId) -> Result<u32, StoreError> {
        let sql = "SELECT count(*) FROM client_tasks WHERE client_id = ?1 AND state = 'open'";
        Ok(count(sqlx::query_scalar(sql).bind(client.0).fetch_one(&self.readers).await?))
    }

    /// Open tasks of everyone that are due before `end`, the most overdue first.
    ///
    /// # Errors
    /// As every query.
    pub async fn tasks_due(&self, end: Timestamp, limit: u32) -> Result<Vec<KeptTask>, StoreError> {
        let sql = format!("SELECT {COLUMNS} WHERE t.state = 'open' AND t.due < ?1 ORDER BY t.due, t.id LIMIT ?2");
        // The text is ours; the values are bound.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(due(end)).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(kept).collect()
    }

    /// Everyone's tasks of one sort, or those that `author` made, from `offset` on.
    ///
    /// # Errors
    /// As every query.
    pub async fn tasks(
        &self,
        which: WhichTasks,
        author: Option<&str>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<KeptTask>, StoreError> {
        let (rows, order) = which.sql();
        let (today, began) = which.bounds();
        // The place is found in the index alone; names are looked up for the page.
        let sql = format!(
            "SELECT {COLUMNS} WHERE t.id IN (SELECT id FROM client_tasks {rows} AND (?3 IS NULL OR author = ?3)
                                             ORDER BY {order} LIMIT ?4 OFFSET ?5)
             ORDER BY {}",
            order.replace("due", "t.due").replace(" id", " t.id")
        );
        // The text is ours; the values are bound.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(today)
            .bind(began)
            .bind(author)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(kept).collect()
    }

    /// How many there are.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_tasks(&self, which: WhichTasks, author: Option<&str>) -> Result<u32, StoreError> {
        let (rows, _) = which.sql();
        let (today, began) = which.bounds();
        let sql = format!("SELECT count(*) FROM client_tasks {rows} AND (?3 IS NULL OR author = ?3)");
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(today).bind(began).bind(author);
        Ok(count(query.fetch_one(&self.readers).await?))
    }

    /// When the open tasks of everyone are due that are due before `end`, the first first.
    ///
    /// # Errors
    /// As every query.
    pub async fn times_due(&self, end: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        let sql = "SELECT t.due FROM client_tasks t JOIN clients c ON c.id = t.client_id
                   WHERE t.state = 'open' AND t.due < ?1 ORDER BY t.due";
        let times: Vec<String> = sqlx::query_scalar(sql).bind(due(end)).fetch_all(&self.readers).await?;
        times.into_iter().filter_map(|at| instant(Some(at), "client_tasks.due").transpose()).collect()
    }
}

impl Write {
    /// Inserts or replaces tasks.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_client_tasks(&mut self, tasks: &[Sent<Task>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            tasks,
            walk,
            "client_tasks"(
                "id",
                "client_id",
                "name",
                "description",
                "status",
                "state",
                "due",
                "item_id",
                "author",
                "created"
            ),
            |out, row| {
                let task = &row.value;
                out.push_bind(task.id.0)
                    .push_bind(task.client.0)
                    .push_bind(&task.name)
                    .push_bind(&task.description)
                    .push_bind(&task.status)
                    .push_bind(code(task.state()))
                    .push_bind(task.due.map(due))
                    .push_bind(task.item.as_ref().map(|id| &id.0))
                    .push_bind(&task.author)
                    .push_bind(task.created.map(|at| at.to_string()))
            }
        );
        Ok(())
    }
}
