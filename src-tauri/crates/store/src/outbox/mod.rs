//! The outbox: what is to be sent, with the bytes that go along.
//!
//! Invariants: every change is compared and swapped on the row's revision; rows are never deleted; a row of a kind or
//! version that this build does not know is answered as [`OutboxEntry::Parked`] and stays as it is; the bytes of a file
//! stay for as long as a row that is not over needs them.

mod aside;
mod files;
mod payload;

pub use aside::{AsideCache, Unsent, lost_changes};
pub use files::PIECE;
pub use payload::payload_hash;

use crate::columns::{instant, json, to_json};
use crate::{Store, StoreError, Write};
use domain::outbox::{
    Decision, Evidence, Intent, IntentKind, OutboxRow, OutboxState, Rules, Step, Trouble, TroubleKind, Turn,
};
use domain::{AttachmentId, ClientChange, ClientId, CorrespondenceId, IntentId, LetterId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;

/// A row as this build reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxEntry {
    /// A row that this build can send.
    Row(Box<OutboxRow>),
    /// A row of a kind or version that this build does not know: it stays, and blocks its lane.
    Parked(ParkedRow),
}

/// What is known of a row that this build cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedRow {
    /// Its key.
    pub id: IntentId,
    /// Whose lane it is in.
    pub client: ClientId,
    /// Its kind as stored.
    pub kind: String,
    /// Where it stands.
    pub state: OutboxState,
    /// When it was queued.
    pub created: Timestamp,
}

impl OutboxEntry {
    /// Its key.
    #[must_use]
    pub fn id(&self) -> &IntentId {
        match self {
            OutboxEntry::Row(row) => &row.id,
            OutboxEntry::Parked(parked) => &parked.id,
        }
    }

    /// Whose lane it is in.
    #[must_use]
    pub fn client(&self) -> ClientId {
        match self {
            OutboxEntry::Row(row) => row.client,
            OutboxEntry::Parked(parked) => parked.client,
        }
    }

    /// The row, when this build can read it.
    #[must_use]
    pub fn row(self) -> Option<OutboxRow> {
        match self {
            OutboxEntry::Row(row) => Some(*row),
            OutboxEntry::Parked(_) => None,
        }
    }
}

/// How many rows are not over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting or under way.
    pub waiting: u32,
    /// Waiting for the agent: refused, held, unclear, or of an unknown kind.
    pub trouble: u32,
    /// Paused by the agent.
    pub paused: u32,
}

impl OutboxCounts {
    /// All that was not sent.
    #[must_use]
    pub fn unsent(self) -> u32 {
        self.waiting + self.trouble + self.paused
    }
}

/// Which rows to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// Of one client, or of all.
    pub client: Option<ClientId>,
    /// Also those that are over.
    pub over: bool,
    /// At most so many, the newest first when those that are over are listed; 0 for all.
    pub limit: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredTrouble {
    kind: String,
    message: String,
    fields: BTreeMap<String, Vec<String>>,
    theirs: Option<String>,
    #[serde(default)]
    their_values: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct StoredEvidence {
    at: String,
    what: String,
}

const COLUMNS: &str = "id, client_id, kind, version, payload, file_hash, letter_id, state, step, attachment_id, server_id, \
     revision, created, sent, attempts, unreached, next, absences, trouble, evidence, decision, decided, \
     paused";

/// Name of the value that says whether the agent paused all sending.
const ALL_PAUSED: &str = "outbox.paused";

fn stamp(at: Timestamp) -> String {
    // Fixed width, so that text order is time order.
    format!("{at:.6}")
}

fn step_code(step: Step) -> &'static str {
    match step {
        Step::Upload => "upload",
        Step::Act => "act",
    }
}

fn decision_code(decision: Decision) -> &'static str {
    match decision {
        Decision::WasSent => "was_sent",
        Decision::SendAgain => "send_again",
        Decision::Cancel => "cancel",
    }
}

fn entry(row: &SqliteRow) -> Result<OutboxEntry, StoreError> {
    let unreadable = StoreError::Unreadable;
    let id = IntentId(row.try_get("id")?);
    let client = ClientId(row.try_get("client_id")?);
    let state = OutboxState::from_code(row.try_get("state")?).ok_or(unreadable("outbox.state"))?;
    let created = instant(row.try_get("created")?, "outbox.created")?.ok_or(unreadable("outbox.created"))?;
    let kind: &str = row.try_get("kind")?;
    let intent = payload::read(kind, row.try_get("version")?, row.try_get("payload")?);
    let trouble: Option<StoredTrouble> =
        row.try_get::<Option<&str>, _>("trouble")?.map(|text| json(text, "outbox.trouble")).transpose()?;
    // What a newer version wrote stays as it is, whichever part of the row this one does not know.
    let is_known = trouble.as_ref().is_none_or(|trouble| TroubleKind::from_code(&trouble.kind).is_some());
    let Some(intent) = intent.filter(|_| is_known) else {
        return Ok(OutboxEntry::Parked(ParkedRow { id, client, kind: kind.to_owned(), state, created }));
    };
    let count = |name| -> Result<u32, StoreError> { Ok(crate::columns::count(row.try_get(name)?)) };
    let evidence: Vec<StoredEvidence> = json(row.try_get("evidence")?, "outbox.evidence")?;
    let decision = match row.try_get::<Option<&str>, _>("decision")? {
        None => None,
        Some("was_sent") => Some(Decision::WasSent),
        Some("send_again") => Some(Decision::SendAgain),
        Some("cancel") => Some(Decision::Cancel),
        Some(_) => return Err(unreadable("outbox.decision")),
    };
    Ok(OutboxEntry::Row(Box::new(OutboxRow {
        id,
        client,
        intent,
        state,
        step: match row.try_get("step")? {
            "upload" => Step::Upload,
            _ => Step::Act,
        },
        attachment: row.try_get::<Option<i64>, _>("attachment_id")?.map(AttachmentId),
        server_id: row.try_get("server_id")?,
        revision: row.try_get("revision")?,
        created,
        sent: instant(row.try_get("sent")?, "outbox.sent")?,
        attempts: count("attempts")?,
        unreached: count("unreached")?,
        next: instant(row.try_get("next")?, "outbox.next")?,
        absences: count("absences")?,
        trouble: trouble.map(read_trouble).transpose()?,
        evidence: evidence.into_iter().map(read_evidence).collect::<Result<_, _>>()?,
        decision: decision.zip(instant(row.try_get("decided")?, "outbox.decided")?),
        paused: row.try_get("paused")?,
    })))
}

fn read_trouble(trouble: StoredTrouble) -> Result<Trouble, StoreError> {
    let StoredTrouble { kind, message, fields, theirs, their_values } = trouble;
    let kind = TroubleKind::from_code(&kind).ok_or(StoreError::Unreadable("outbox.trouble"))?;
    Ok(Trouble { kind, message, fields, theirs, their_values })
}

fn read_evidence(StoredEvidence { at, what }: StoredEvidence) -> Result<Evidence, StoreError> {
    Ok(Evidence { at: at.parse().map_err(|_| StoreError::Unreadable("outbox.evidence"))?, what })
}

fn write_trouble(trouble: &Trouble) -> Result<String, StoreError> {
    let Trouble { kind, message, fields, theirs, their_values } = trouble.clone();
    let kind = kind.code().to_owned();
    to_json(&StoredTrouble { kind, message, fields, theirs, their_values }, "outbox.trouble")
}

fn write_evidence(evidence: &[Evidence]) -> Result<String, StoreError> {
    let stored = evidence.iter().map(|piece| StoredEvidence { at: piece.at.to_string(), what: piece.what.clone() });
    to_json(&stored.collect::<Vec<_>>(), "outbox.evidence")
}

/// What waits to be changed of the client `client`, as a text: the versions and payloads, in the order in which they go; NULL when
/// nothing waits. Read with the client, so that a change that is done meanwhile is in one of the two.
pub(crate) fn waiting_changes_of(client: &str) -> String {
    let kind = IntentKind::UpdateClient.code();
    format!(
        "(SELECT nullif(json_group_array(json_array(version, payload) ORDER BY seq) || '', '[]') FROM outbox
          WHERE client_id = {client} AND NOT over AND kind = '{kind}')"
    )
}

/// Reads that text. What this build cannot read is not shown either.
pub(crate) fn waiting_changes(text: &str) -> Result<Vec<ClientChange>, StoreError> {
    let waiting: Vec<(i64, String)> = json(text, "outbox.payload")?;
    let kind = IntentKind::UpdateClient.code();
    let intents = waiting.iter().filter_map(|(version, payload)| payload::read(kind, *version, payload));
    Ok(intents
        .filter_map(|intent| if let Intent::UpdateClient { changes } = intent { Some(changes) } else { None })
        .flatten()
        .collect())
}

/// How a letter's fax stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFax {
    /// It is in the outbox, and not over.
    Waits,
    /// The portal has it.
    Sent,
}

impl Store {
    /// Rows in the order in which they were queued; newest first when those that are over are listed too.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox(&self, filter: OutboxFilter) -> Result<Vec<OutboxEntry>, StoreError> {
        let order = if filter.over { "DESC" } else { "ASC" };
        let limit = if filter.limit == 0 { -1 } else { i64::from(filter.limit) };
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox WHERE (?1 IS NULL OR client_id = ?1) AND (?2 OR NOT over) \
             ORDER BY seq {order} LIMIT ?3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(filter.client.map(|client| client.0))
            .bind(filter.over)
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(entry).collect()
    }

    /// The first row of every lane that has one waiting.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_heads(&self) -> Result<Vec<OutboxEntry>, StoreError> {
        // SQLite takes the other columns from the row of the minimum.
        let sql =
            format!("SELECT {COLUMNS}, min(seq) AS head FROM outbox WHERE NOT over GROUP BY client_id ORDER BY head");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(entry).collect()
    }

    /// One row.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_row(&self, id: &IntentId) -> Result<Option<OutboxEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(&id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(entry).transpose()
    }

    /// The rows that sent or file a letter, in the order in which they were queued.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_of_letter(&self, letter: &LetterId) -> Result<Vec<OutboxEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE letter_id = ?1 ORDER BY seq");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(&letter.0).fetch_all(&self.readers).await?;
        rows.iter().map(entry).collect()
    }

    /// How a letter's fax stands; nothing when none was queued, or was cancelled. Also one of a newer version counts.
    ///
    /// # Errors
    /// As every query.
    pub async fn fax_of_letter(&self, letter: &LetterId) -> Result<Option<LetterFax>, StoreError> {
        fax_of_letter(&self.readers, letter).await
    }

    /// How many rows are not over.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let mut counts = OutboxCounts::default();
        for entry in self.outbox(OutboxFilter::default()).await? {
            let turn = match &entry {
                OutboxEntry::Row(row) if row.state == OutboxState::Sending => Turn::Send,
                // Time alone moves it on, whatever the time is.
                OutboxEntry::Row(row) => row.turn(Timestamp::MAX),
                OutboxEntry::Parked(_) => Turn::Agent,
            };
            match turn {
                Turn::Agent => counts.trouble += 1,
                Turn::Paused => counts.paused += 1,
                Turn::Send | Turn::Look | Turn::Wait(_) | Turn::Over => counts.waiting += 1,
            }
        }
        Ok(counts)
    }

    /// Whether the agent paused all sending.
    ///
    /// # Errors
    /// As every query.
    pub async fn sending_is_paused(&self) -> Result<bool, StoreError> {
        Ok(self.meta(ALL_PAUSED).await?.is_some())
    }

    /// The portal's keys that other rows of this kind have claimed for what they made.
    ///
    /// # Errors
    /// As every query.
    pub async fn outbox_claimed(&self, client: ClientId, kind: IntentKind) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT server_id FROM outbox WHERE client_id = ?1 AND kind = ?2 AND server_id IS NOT NULL",
        )
        .bind(client.0)
        .bind(kind.code())
        .fetch_all(&self.readers)
        .await?)
    }

    /// The newest correspondence that was known here before the first call of a row that may have been taken; nothing when none was.
    ///
    /// # Errors
    /// As every query.
    pub async fn newest_before(&self, id: &IntentId) -> Result<Option<CorrespondenceId>, StoreError> {
        let newest: Option<Option<i64>> = sqlx::query_scalar("SELECT newest_before FROM outbox WHERE id = ?1")
            .bind(&id.0)
            .fetch_optional(&self.readers)
            .await?;
        Ok(newest.flatten().map(CorrespondenceId))
    }
}

async fn fax_of_letter(
    asked: impl sqlx::SqliteExecutor<'_>,
    letter: &LetterId,
) -> Result<Option<LetterFax>, StoreError> {
    let over: Option<bool> = sqlx::query_scalar(
        "SELECT over FROM outbox WHERE letter_id = ?1 AND kind = 'fax' AND state <> 'cancelled' ORDER BY over LIMIT 1",
    )
    .bind(&letter.0)
    .fetch_optional(asked)
    .await?;
    Ok(over.map(|over| if over { LetterFax::Sent } else { LetterFax::Waits }))
}

impl Write {
    /// Keeps that the agent paused all sending, or that it goes on.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_sending_paused(&mut self, paused: bool) -> Result<(), StoreError> {
        self.set_meta(ALL_PAUSED, paused.then_some("yes")).await
    }

    /// Whether a row is here, waiting or over.
    ///
    /// # Errors
    /// As every query.
    pub async fn has_outbox_row(&mut self, id: &IntentId) -> Result<bool, StoreError> {
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE id = ?1")
            .bind(&id.0)
            .fetch_one(&mut *self.tx)
            .await?;
        Ok(rows > 0)
    }

    /// As [`Store::fax_of_letter`], with nobody writing in between.
    ///
    /// # Errors
    /// As every query.
    pub async fn fax_of_letter(&mut self, letter: &LetterId) -> Result<Option<LetterFax>, StoreError> {
        fax_of_letter(&mut *self.tx, letter).await
    }

    /// Queues rows, in this order.
    ///
    /// # Errors
    /// As every query.
    pub async fn enqueue(&mut self, rows: &[OutboxRow]) -> Result<(), StoreError> {
        for row in rows {
            let sql = format!("INSERT INTO outbox ({COLUMNS}) VALUES (?{})", ", ?".repeat(22));
            let intent = &row.intent;
            sqlx::query(AssertSqlSafe(sql))
                .bind(&row.id.0)
                .bind(row.client.0)
                .bind(intent.kind().code())
                .bind(payload::version(intent.kind()))
                .bind(payload::write(intent)?)
                .bind(intent.file().map(|file| file.hash.as_str()))
                .bind(intent.letter().map(|letter| letter.0.as_str()))
                .bind(row.state.code())
                .bind(step_code(row.step))
                .bind(row.attachment.map(|attachment| attachment.0))
                .bind(row.server_id.as_deref())
                .bind(row.revision)
                .bind(stamp(row.created))
                .bind(row.sent.map(stamp))
                .bind(row.attempts)
                .bind(row.unreached)
                .bind(row.next.map(stamp))
                .bind(row.absences)
                .bind(row.trouble.as_ref().map(write_trouble).transpose()?)
                .bind(write_evidence(&row.evidence)?)
                .bind(row.decision.map(|(decision, _)| decision_code(decision)))
                .bind(row.decision.map(|(_, at)| stamp(at)))
                .bind(row.paused)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Writes a changed row if nobody changed it meanwhile; answers whether it did. The bytes of a file go with the last
    /// row that needs them; what was changed of a client is the cache's when it is the portal's.
    ///
    /// # Errors
    /// As every query.
    pub async fn save_outbox_row(&mut self, row: &OutboxRow) -> Result<bool, StoreError> {
        let before: Option<Option<String>> =
            sqlx::query_scalar("SELECT file_hash FROM outbox WHERE id = ?1 AND revision = ?2")
                .bind(&row.id.0)
                .bind(row.revision - 1)
                .fetch_optional(&mut *self.tx)
                .await?;
        let Some(file_before) = before else { return Ok(false) };
        let intent = &row.intent;
        sqlx::query(
            "UPDATE outbox SET payload = ?2, file_hash = ?3, letter_id = ?4, state = ?5, step = ?6, attachment_id = ?7,
                 server_id = ?8, revision = ?9, sent = ?10, attempts = ?11, unreached = ?12, next = ?13, absences = ?14,
                 trouble = ?15, evidence = ?16, decision = ?17, decided = ?18, paused = ?19, version = ?20,
                 newest_before = CASE
                     -- A call before this one that may have been taken keeps its bound; one that did not leave has none.
                     WHEN ?5 = 'sending' AND state <> 'sending' AND (?11 = 0 OR newest_before IS NULL)
                     THEN (SELECT max(id) FROM correspondences)
                     ELSE newest_before
                 END
             WHERE id = ?1",
        )
        .bind(&row.id.0)
        .bind(payload::write(intent)?)
        .bind(intent.file().map(|file| file.hash.as_str()))
        .bind(intent.letter().map(|letter| letter.0.as_str()))
        .bind(row.state.code())
        .bind(step_code(row.step))
        .bind(row.attachment.map(|attachment| attachment.0))
        .bind(row.server_id.as_deref())
        .bind(row.revision)
        .bind(row.sent.map(stamp))
        .bind(row.attempts)
        .bind(row.unreached)
        .bind(row.next.map(stamp))
        .bind(row.absences)
        .bind(row.trouble.as_ref().map(write_trouble).transpose()?)
        .bind(write_evidence(&row.evidence)?)
        .bind(row.decision.map(|(decision, _)| decision_code(decision)))
        .bind(row.decision.map(|(_, at)| stamp(at)))
        .bind(row.paused)
        .bind(payload::version(intent.kind()))
        .execute(&mut *self.tx)
        .await?;
        if let (OutboxState::Done, Intent::UpdateClient { changes }) = (row.state, intent) {
            self.change_client(row.client, changes).await?;
        }
        if let Some(hash) = file_before {
            self.drop_unneeded_file(&hash).await?;
        }
        Ok(true)
    }

    /// Gives a row a kind that no build knows: how tests meet a row of a newer version.
    ///
    /// # Errors
    /// As every query.
    pub async fn make_outbox_row_unknown(&mut self, id: &IntentId) -> Result<(), StoreError> {
        sqlx::query("UPDATE outbox SET kind = 'gift' WHERE id = ?1").bind(&id.0).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Takes note that whoever was sending is gone; answers how many rows that concerns.
    ///
    /// # Errors
    /// As every query.
    pub async fn recover_outbox(&mut self, now: Timestamp, rules: &Rules) -> Result<u32, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE NOT over AND state = 'sending'");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *self.tx).await?;
        let mut recovered = 0;
        for row in rows {
            // A row that this build cannot read was sent by another build, which will recover it.
            if let OutboxEntry::Row(row) = entry(&row)? {
                self.save_outbox_row(&row.recovered(now, rules)).await?;
                recovered += 1;
            }
        }
        Ok(recovered)
    }
}
