//! Letters that are out, and what became of their items.

use crate::columns::{count, date, instant};
use crate::gate::needed;
use crate::letters::{recipient, stamp};
use crate::{Store, StoreError, Write};
use domain::{AwaitedItem, ClientId, FollowUp, InstructionId, ItemId, LetterId, Outcome, SentBy};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::HashMap;

/// How an item fared at all its recipients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemHistory {
    /// Letters about it that went out.
    pub rounds: u32,
    /// What became of it last.
    pub last_outcome: Option<Outcome>,
    /// An answer is awaited.
    pub awaited: bool,
}

/// How many answers are awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AwaitedCounts {
    /// All of them.
    pub awaited: u32,
    /// Due on a day or before it.
    pub due: u32,
    /// Due before another day.
    pub overdue: u32,
}

/// The last day for an answer to the letter of `f`, as [`FollowUp::due`] reckons it.
pub(crate) fn due() -> String {
    let (mail, investigation, extended) = (FollowUp::IN_THE_MAIL, FollowUp::INVESTIGATION, FollowUp::EXTENDED);
    format!(
        "date(coalesce(f.received, date(f.sent, iif(f.sent_by = 'mail', '+{mail} days', '+0 days'))), \
         iif(f.extended, '+{extended} days', '+{investigation} days'))"
    )
}

/// An answer to the letter of `f` is awaited.
pub(crate) const OPEN: &str = "EXISTS (SELECT 1 FROM letter_items WHERE letter_id = f.letter_id AND outcome IS NULL)";

const COLUMNS: &str = "f.letter_id, f.sent_by, f.sent, f.received, f.extended, f.opened, l.client_id, l.client_name, \
     l.recipient_kind, l.recipient_ref, l.recipient_name, l.street, l.city, l.state, l.zip, l.fax_number";

fn follow_up(row: &SqliteRow, items: Vec<AwaitedItem>) -> Result<FollowUp, StoreError> {
    Ok(FollowUp {
        letter: LetterId(row.try_get("letter_id")?),
        client: ClientId(row.try_get("client_id")?),
        client_name: row.try_get("client_name")?,
        recipient: recipient(row)?,
        by: needed(SentBy::from_code(row.try_get("sent_by")?), "follow_ups.sent_by")?,
        sent: needed(date(Some(row.try_get("sent")?), "follow_ups.sent")?, "follow_ups.sent")?,
        received: date(row.try_get("received")?, "follow_ups.received")?,
        extended: row.try_get("extended")?,
        opened: needed(instant(Some(row.try_get("opened")?), "follow_ups.opened")?, "follow_ups.opened")?,
        items,
    })
}

fn outcome(row: &SqliteRow) -> Result<Option<Outcome>, StoreError> {
    let text: Option<&str> = row.try_get("outcome")?;
    text.map(|text| needed(Outcome::from_code(text), "letter_items.outcome")).transpose()
}

impl Store {
    /// Letters that are out: of one client or of all, with or without those whose every item has an outcome. The first
    /// sent first.
    ///
    /// # Errors
    /// As every query.
    pub async fn follow_ups(&self, client: Option<ClientId>, closed: bool) -> Result<Vec<FollowUp>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM follow_ups f JOIN letters l ON l.id = f.letter_id
             WHERE (?1 IS NULL OR l.client_id = ?1)
               AND (?2 OR EXISTS (SELECT 1 FROM letter_items WHERE letter_id = f.letter_id AND outcome IS NULL))
             ORDER BY f.sent, f.letter_id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(client.map(|client| client.0))
            .bind(closed)
            .fetch_all(&self.readers)
            .await?;
        let mut items: HashMap<String, Vec<AwaitedItem>> = HashMap::new();
        let sql = "SELECT letter_id, item_id, instruction_id, account_name, reason, outcome FROM letter_items
                   WHERE letter_id IN (SELECT f.letter_id FROM follow_ups f JOIN letters l ON l.id = f.letter_id
                                       WHERE ?1 IS NULL OR l.client_id = ?1)
                   ORDER BY letter_id, position";
        for row in sqlx::query(sql).bind(client.map(|client| client.0)).fetch_all(&self.readers).await? {
            items.entry(row.try_get("letter_id")?).or_default().push(awaited(&row)?);
        }
        rows.iter()
            .map(|row| follow_up(row, items.remove(row.try_get::<&str, _>("letter_id")?).unwrap_or_default()))
            .collect()
    }

    /// Answers that are due until a day, the most overdue first, at most so many.
    ///
    /// # Errors
    /// As every query.
    pub async fn follow_ups_due(&self, until: Date, limit: u32) -> Result<Vec<FollowUp>, StoreError> {
        let due = due();
        let sql = format!(
            "SELECT {COLUMNS} FROM follow_ups f JOIN letters l ON l.id = f.letter_id
             WHERE {OPEN} AND {due} <= ?1 ORDER BY {due}, f.sent, f.letter_id LIMIT ?2"
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(until.to_string()).bind(limit).fetch_all(&self.readers).await?;
        let mut due = Vec::with_capacity(rows.len());
        for row in &rows {
            due.push(follow_up(row, self.awaited_items(row.try_get("letter_id")?).await?)?);
        }
        Ok(due)
    }

    /// How many answers are awaited, due until a day, and due before `today`.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_awaited(&self, today: Date, until: Date) -> Result<AwaitedCounts, StoreError> {
        let sql = format!(
            "SELECT count(*), count(*) FILTER (WHERE due <= ?1), count(*) FILTER (WHERE due < ?2)
             FROM (SELECT {} AS due FROM follow_ups f WHERE {OPEN})",
            due()
        );
        let (awaited, due, overdue): (i64, i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(until.to_string())
            .bind(today.to_string())
            .fetch_one(&self.readers)
            .await?;
        Ok(AwaitedCounts { awaited: count(awaited), due: count(due), overdue: count(overdue) })
    }

    /// One letter that is out.
    ///
    /// # Errors
    /// As every query.
    pub async fn follow_up(&self, letter: &LetterId) -> Result<Option<FollowUp>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM follow_ups f JOIN letters l ON l.id = f.letter_id WHERE f.letter_id = ?1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&letter.0).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(follow_up(&row, self.awaited_items(&letter.0).await?)?))
    }

    async fn awaited_items(&self, letter: &str) -> Result<Vec<AwaitedItem>, StoreError> {
        let items = sqlx::query(
            "SELECT item_id, instruction_id, account_name, reason, outcome FROM letter_items WHERE letter_id = ?1
             ORDER BY position",
        )
        .bind(letter)
        .fetch_all(&self.readers)
        .await?;
        items.iter().map(awaited).collect()
    }

    /// How a client's items fared, by item.
    ///
    /// # Errors
    /// As every query.
    pub async fn item_histories(&self, client: ClientId) -> Result<HashMap<ItemId, ItemHistory>, StoreError> {
        let rows = sqlx::query(
            "SELECT i.item_id, i.outcome FROM follow_ups f
             JOIN letters l ON l.id = f.letter_id
             JOIN letter_items i ON i.letter_id = f.letter_id
             WHERE l.client_id = ?1 ORDER BY i.outcome_at, f.sent",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        let mut histories: HashMap<ItemId, ItemHistory> = HashMap::new();
        for row in &rows {
            let history = histories.entry(ItemId(row.try_get("item_id")?)).or_default();
            history.rounds += 1;
            match outcome(row)? {
                None => history.awaited = true,
                Some(outcome) => history.last_outcome = Some(outcome),
            }
        }
        Ok(histories)
    }
}

fn awaited(row: &SqliteRow) -> Result<AwaitedItem, StoreError> {
    Ok(AwaitedItem {
        item: ItemId(row.try_get("item_id")?),
        instruction: InstructionId(row.try_get("instruction_id")?),
        account_name: row.try_get("account_name")?,
        reason: row.try_get("reason")?,
        outcome: outcome(row)?,
    })
}

impl Write {
    /// A letter went out. One that was out already keeps its first day.
    ///
    /// # Errors
    /// As every query.
    pub async fn open_follow_up(
        &mut self,
        letter: &LetterId,
        by: SentBy,
        sent: Date,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO follow_ups (letter_id, sent_by, sent, opened) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )
        .bind(&letter.0)
        .bind(by.code())
        .bind(sent.to_string())
        .bind(stamp(now))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Opens what is missing for letters whose fax the portal took; answers how many. It can be asked again and again: a
    /// crash between a fax and its follow-up loses nothing.
    ///
    /// # Errors
    /// As every query.
    pub async fn open_fax_follow_ups(&mut self) -> Result<u64, StoreError> {
        let opened = sqlx::query(
            "INSERT INTO follow_ups (letter_id, sent_by, sent, opened)
             SELECT letter_id, 'fax', date(coalesce(sent, created), 'localtime'), coalesce(sent, created) FROM outbox
             WHERE kind = 'fax' AND state = 'done' AND EXISTS (SELECT 1 FROM letters WHERE id = letter_id)
             ORDER BY seq
             ON CONFLICT DO NOTHING",
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(opened.rows_affected())
    }

    /// Sets when the recipient got a letter, and which period applies.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_follow_up(
        &mut self,
        letter: &LetterId,
        received: Option<Date>,
        extended: bool,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE follow_ups SET received = ?2, extended = ?3 WHERE letter_id = ?1")
            .bind(&letter.0)
            .bind(received.map(|date| date.to_string()))
            .bind(extended)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Records, or takes back, what became of an item; answers whether the letter has it.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_outcome(
        &mut self,
        letter: &LetterId,
        item: &ItemId,
        outcome: Option<Outcome>,
        now: Timestamp,
        by: &str,
    ) -> Result<bool, StoreError> {
        let set = sqlx::query(
            "UPDATE letter_items SET outcome = ?3, outcome_at = ?4, outcome_by = ?5 WHERE letter_id = ?1 AND item_id = ?2",
        )
        .bind(&letter.0)
        .bind(&item.0)
        .bind(outcome.map(Outcome::code))
        .bind(outcome.map(|_| stamp(now)))
        .bind(outcome.map(|_| by))
        .execute(&mut *self.tx)
        .await?;
        Ok(set.rows_affected() > 0)
    }
}
