//! Letters prepared on this desk, with their PDFs.

use crate::columns::{bureau, count, date, instant, json, to_json};
use crate::gate::reference;
use crate::{Store, StoreError, Write};
use domain::gate::{MadeFinding, ReviewChannel, Rule};
use domain::{
    AddresseeId, ClientId, DocumentId, FurnisherId, InstructionId, ItemId, Letter, LetterId, LetterState,
    PostalAddress, Provenance, Recipient, RecipientKind, TemplateId,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashMap;

/// What a letter said of an item when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptItem {
    /// The item.
    pub item: ItemId,
    /// Its reason.
    pub instruction: InstructionId,
    /// Its account name then.
    pub account_name: String,
    /// The reason's text then.
    pub reason: String,
    /// SHA-256 of what the letter says of it; of letters of an older version nothing is known.
    pub facts_hash: Option<String>,
}

/// A document that a letter encloses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEnclosure {
    /// Which.
    pub document: DocumentId,
    /// What it is called.
    pub name: String,
    /// SHA-256 of its file.
    pub hash: String,
}

/// A letter and what is shown beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterRecord {
    /// The letter.
    pub letter: Letter,
    /// The client's name then.
    pub client_name: String,
    /// Its items in the order of its table.
    pub items: Vec<KeptItem>,
    /// Why it was made without a signed agreement.
    pub unsigned_override: Option<String>,
    /// What an envelope window shows of page 1: x, y, width, height in inches from the top left.
    pub window: Option<[f32; 4]>,
    /// What the engine reported.
    pub findings: Vec<MadeFinding>,
    /// What its wording is recognised by, as the engine made it.
    pub fingerprint: Option<Vec<u8>>,
    /// SHA-256 of what every letter says of its client; of letters of an older version nothing is known.
    pub client_hash: Option<String>,
    /// How, when and by whom the client's review was recorded.
    pub reviewed: Option<(ReviewChannel, Date, String)>,
    /// When it was mailed or faxed.
    pub sent: Option<Date>,
    /// When it was last saved as a file.
    pub saved: Option<Timestamp>,
    /// How many documents it encloses.
    pub enclosures: u32,
    /// When and by whom its text was changed by hand.
    pub reworded: Option<(Timestamp, String)>,
}

/// A letter to keep.
pub struct KeptLetter {
    /// The record.
    pub record: LetterRecord,
    /// What it encloses, in order.
    pub enclosures: Vec<KeptEnclosure>,
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Its text, as HTML that may be changed.
    pub wording: String,
}

/// A letter that nobody printed, faxed or saved yet.
pub(crate) const WAITS: &str = "stage = 'prepared' AND saved IS NULL \
     AND NOT EXISTS (SELECT 1 FROM follow_ups WHERE letter_id = letters.id)";

/// It was reviewed, it was not, or either when `?1` is null.
const REVIEWED: &str = "(?1 IS NULL OR ?1 = EXISTS (SELECT 1 FROM letter_reviews WHERE letter_id = letters.id))";

const COLUMNS: &str = "id, client_id, client_name, recipient_kind, recipient_ref, recipient_name, street, city, state, zip, \
     fax_number, dated, pages, stage, prepared, printed, saved, template_id, template_name, template_hash, seed, data_hash, \
     engine, pdf_hash, author, unsigned_override, window_area, findings, fingerprint, client_hash";

/// What is recorded of a letter elsewhere.
const BESIDE: &str = "(SELECT channel FROM letter_reviews WHERE letter_id = letters.id) AS review_channel, \
     (SELECT reviewed FROM letter_reviews WHERE letter_id = letters.id) AS reviewed, \
     (SELECT author FROM letter_reviews WHERE letter_id = letters.id) AS review_author, \
     (SELECT sent FROM follow_ups WHERE letter_id = letters.id) AS sent, \
     (SELECT changed_at FROM letter_wordings WHERE letter_id = letters.id) AS reworded, \
     (SELECT author FROM letter_wordings WHERE letter_id = letters.id) AS reworded_by, \
     (SELECT count(*) FROM letter_enclosures WHERE letter_id = letters.id) AS enclosures";

/// A finding as its column has it.
#[derive(Serialize, Deserialize)]
struct FindingColumn {
    rule: String,
    message: String,
}

/// The recipient columns of a row of `letters`.
pub(crate) fn recipient(row: &SqliteRow) -> Result<Recipient, StoreError> {
    let reference: String = row.try_get("recipient_ref")?;
    let kind = match row.try_get::<&str, _>("recipient_kind")? {
        "bureau" => bureau(Some(reference), "letters.recipient_ref")?.map(RecipientKind::Bureau),
        "furnisher" => reference.parse().ok().map(|id| RecipientKind::Furnisher(FurnisherId(id))),
        _ => reference.parse().ok().map(|id| RecipientKind::Addressee(AddresseeId(id))),
    };
    let street: Option<String> = row.try_get("street")?;
    let address = match street {
        Some(street) => Some(PostalAddress {
            street,
            city: row.try_get("city")?,
            state: row.try_get("state")?,
            zip: row.try_get("zip")?,
        }),
        None => None,
    };
    Ok(Recipient {
        kind: kind.ok_or(StoreError::Unreadable("letters.recipient_ref"))?,
        name: row.try_get("recipient_name")?,
        address,
        fax_number: row.try_get("fax_number")?,
    })
}

fn record(row: &SqliteRow, items: Vec<KeptItem>) -> Result<LetterRecord, StoreError> {
    let needed = |value: Option<Timestamp>, column| value.ok_or(StoreError::Unreadable(column));
    let window: Option<String> = row.try_get("window_area")?;
    let reviewed = match row.try_get::<Option<&str>, _>("review_channel")? {
        Some(channel) => Some((
            ReviewChannel::from_code(channel).ok_or(StoreError::Unreadable("letter_reviews.channel"))?,
            date(row.try_get("reviewed")?, "letter_reviews.reviewed")?
                .ok_or(StoreError::Unreadable("letter_reviews.reviewed"))?,
            row.try_get("review_author")?,
        )),
        None => None,
    };
    Ok(LetterRecord {
        letter: Letter {
            id: LetterId(row.try_get("id")?),
            client: ClientId(row.try_get("client_id")?),
            recipient: recipient(row)?,
            items: items.iter().map(|kept| (kept.item.clone(), kept.instruction)).collect(),
            dated: row.try_get::<&str, _>("dated")?.parse().map_err(|_| StoreError::Unreadable("letters.dated"))?,
            pages: count(row.try_get("pages")?),
            state: LetterState::from_code(row.try_get("stage")?).ok_or(StoreError::Unreadable("letters.stage"))?,
            prepared: needed(instant(row.try_get("prepared")?, "letters.prepared")?, "letters.prepared")?,
            printed: instant(row.try_get("printed")?, "letters.printed")?,
            provenance: Provenance {
                template: TemplateId(row.try_get("template_id")?),
                template_name: row.try_get("template_name")?,
                template_hash: row.try_get("template_hash")?,
                seed: row.try_get::<&str, _>("seed")?.parse().map_err(|_| StoreError::Unreadable("letters.seed"))?,
                data_hash: row.try_get("data_hash")?,
                engine: row.try_get("engine")?,
                pdf_hash: row.try_get("pdf_hash")?,
                author: row.try_get("author")?,
            },
        },
        client_name: row.try_get("client_name")?,
        items,
        unsigned_override: row.try_get("unsigned_override")?,
        window: window.map(|text| json(&text, "letters.window_area")).transpose()?,
        findings: made_findings(row.try_get("findings")?, "letters.findings")?,
        fingerprint: row.try_get("fingerprint")?,
        client_hash: row.try_get("client_hash")?,
        reviewed,
        sent: date(row.try_get("sent")?, "follow_ups.sent")?,
        saved: instant(row.try_get("saved")?, "letters.saved")?,
        enclosures: count(row.try_get("enclosures")?),
        reworded: match instant(row.try_get("reworded")?, "letter_wordings.changed_at")? {
            Some(at) => Some((at, row.try_get("reworded_by")?)),
            None => None,
        },
    })
}

/// What the engine reported, as a column has it. A rule of a newer version is shown like any other remark of the engine.
pub(crate) fn made_findings(text: &str, column: &'static str) -> Result<Vec<MadeFinding>, StoreError> {
    let findings: Vec<FindingColumn> = json(text, column)?;
    let made = |finding: FindingColumn| MadeFinding {
        rule: Rule::from_code(&finding.rule).unwrap_or(Rule::Wording),
        message: finding.message,
    };
    Ok(findings.into_iter().map(made).collect())
}

/// The same for the column.
pub(crate) fn finding_columns(findings: &[MadeFinding], column: &'static str) -> Result<String, StoreError> {
    let columns: Vec<FindingColumn> = findings
        .iter()
        .map(|finding| FindingColumn { rule: finding.rule.code().to_owned(), message: finding.message.clone() })
        .collect();
    to_json(&columns, column)
}

impl Store {
    /// One letter.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter(&self, id: &LetterId) -> Result<Option<LetterRecord>, StoreError> {
        let sql = format!("SELECT {COLUMNS}, {BESIDE} FROM letters WHERE id = ?1");
        let Some(row) = sqlx::query(AssertSqlSafe(sql)).bind(&id.0).fetch_optional(&self.readers).await? else {
            return Ok(None);
        };
        let mut items = self.letter_items("SELECT ?1", &id.0).await?;
        Ok(Some(record(&row, items.remove(&id.0).unwrap_or_default())?))
    }

    /// Letters, newest first; of one client or of all, with or without those set aside.
    ///
    /// # Errors
    /// As every query.
    pub async fn letters(&self, client: Option<ClientId>, discarded: bool) -> Result<Vec<LetterRecord>, StoreError> {
        const CHOSEN: &str = "WHERE (?1 IS NULL OR client_id = ?1) AND (?2 OR stage <> 'discarded')";
        let client = client.map(|id| id.0);
        let sql = format!("SELECT {COLUMNS}, {BESIDE} FROM letters {CHOSEN} ORDER BY prepared DESC, rowid DESC");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(client).bind(discarded).fetch_all(&self.readers).await?;
        let mut items = match client {
            Some(client) => self.letter_items("SELECT id FROM letters WHERE client_id = ?1", client).await?,
            None => self.letter_items("SELECT id FROM letters WHERE ?1", true).await?,
        };
        rows.iter().map(|row| record(row, items.remove(row.try_get::<&str, _>("id")?).unwrap_or_default())).collect()
    }

    /// Letters that wait to go out, the oldest first, at most so many: those whose review was recorded, those without, or
    /// all.
    ///
    /// # Errors
    /// As every query.
    pub async fn letters_waiting(&self, reviewed: Option<bool>, limit: u32) -> Result<Vec<LetterRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {BESIDE} FROM letters WHERE {WAITS} AND {REVIEWED} ORDER BY prepared, rowid LIMIT ?2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(reviewed).bind(limit).fetch_all(&self.readers).await?;
        let ids: Vec<&str> = rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?;
        let mut items = self.letter_items("SELECT value FROM json_each(?1)", to_json(&ids, "letters.id")?).await?;
        rows.iter().map(|row| record(row, items.remove(row.try_get::<&str, _>("id")?).unwrap_or_default())).collect()
    }

    /// How many such letters there are.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_letters_waiting(&self, reviewed: Option<bool>) -> Result<u32, StoreError> {
        let sql = format!("SELECT count(*) FROM letters WHERE {WAITS} AND {REVIEWED}");
        let letters: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).bind(reviewed).fetch_one(&self.readers).await?;
        Ok(count(letters))
    }

    /// A letter's PDF, as it was kept.
    ///
    /// # Errors
    /// As every query; [`StoreError::Unreadable`] for bytes that are no longer those that the letter's provenance names.
    pub async fn letter_pdf(&self, id: &LetterId) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>, String)> =
            sqlx::query_as("SELECT pdf, pdf_hash FROM letter_pdfs JOIN letters ON id = letter_id WHERE letter_id = ?1")
                .bind(&id.0)
                .fetch_optional(&self.readers)
                .await?;
        let Some((pdf, hash)) = found else { return Ok(None) };
        // The rest of a long value may be on a page that the disk lost, which reads as zeros.
        if hex::encode(Sha256::digest(&pdf)) != hash {
            return Err(StoreError::Unreadable("letter_pdfs.pdf"));
        }
        Ok(Some(pdf))
    }

    /// What a letter encloses, in order.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter_enclosures(&self, id: &LetterId) -> Result<Vec<KeptEnclosure>, StoreError> {
        let rows =
            sqlx::query("SELECT document_id, name, hash FROM letter_enclosures WHERE letter_id = ?1 ORDER BY position")
                .bind(&id.0)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|row| {
                Ok(KeptEnclosure {
                    document: DocumentId(row.try_get("document_id")?),
                    name: row.try_get("name")?,
                    hash: row.try_get("hash")?,
                })
            })
            .collect()
    }

    /// How many prepared letters were neither printed nor saved.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_letters_unprinted(&self) -> Result<u32, StoreError> {
        let letters: i64 =
            sqlx::query_scalar("SELECT count(*) FROM letters WHERE stage = 'prepared' AND saved IS NULL")
                .fetch_one(&self.readers)
                .await?;
        Ok(count(letters))
    }

    /// The items of the letters that the sub-select `letters` names by its one parameter.
    async fn letter_items<'q>(
        &self,
        letters: &str,
        parameter: impl sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + 'q,
    ) -> Result<HashMap<String, Vec<KeptItem>>, StoreError> {
        let sql = format!(
            "SELECT letter_id, item_id, instruction_id, account_name, reason, facts_hash FROM letter_items \
             WHERE letter_id IN ({letters}) ORDER BY letter_id, position"
        );
        let mut items: HashMap<String, Vec<KeptItem>> = HashMap::new();
        for row in sqlx::query(AssertSqlSafe(sql)).bind(parameter).fetch_all(&self.readers).await? {
            items.entry(row.try_get("letter_id")?).or_default().push(KeptItem {
                item: ItemId(row.try_get("item_id")?),
                instruction: InstructionId(row.try_get("instruction_id")?),
                account_name: row.try_get("account_name")?,
                reason: row.try_get("reason")?,
                facts_hash: row.try_get("facts_hash")?,
            });
        }
        Ok(items)
    }
}

impl Write {
    /// Keeps a new letter with its bytes.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_letter(&mut self, kept: &KeptLetter) -> Result<(), StoreError> {
        let record = &kept.record;
        let letter = &record.letter;
        let (kind, key) = reference(letter.recipient.kind);
        let address = letter.recipient.address.as_ref();
        let why = &letter.provenance;
        let sql = format!("INSERT INTO letters ({COLUMNS}) VALUES (?{})", ", ?".repeat(29));
        sqlx::query(AssertSqlSafe(sql))
            .bind(&letter.id.0)
            .bind(letter.client.0)
            .bind(&record.client_name)
            .bind(kind)
            .bind(key)
            .bind(&letter.recipient.name)
            .bind(address.map(|a| a.street.as_str()))
            .bind(address.map(|a| a.city.as_str()))
            .bind(address.map(|a| a.state.as_str()))
            .bind(address.map(|a| a.zip.as_str()))
            .bind(letter.recipient.fax_number.as_deref())
            .bind(letter.dated.to_string())
            .bind(letter.pages)
            .bind(letter.state.code())
            .bind(stamp(letter.prepared))
            .bind(letter.printed.map(stamp))
            .bind(record.saved.map(stamp))
            .bind(why.template.0)
            .bind(&why.template_name)
            .bind(&why.template_hash)
            .bind(why.seed.to_string())
            .bind(&why.data_hash)
            .bind(&why.engine)
            .bind(&why.pdf_hash)
            .bind(&why.author)
            .bind(record.unsigned_override.as_deref())
            .bind(record.window.map(|area| to_json(&area, "letters.window_area")).transpose()?)
            .bind(finding_columns(&record.findings, "letters.findings")?)
            .bind(record.fingerprint.as_deref())
            .bind(record.client_hash.as_deref())
            .execute(&mut *self.tx)
            .await?;
        for (position, item) in (0_i64..).zip(&record.items) {
            sqlx::query(
                "INSERT INTO letter_items (letter_id, position, item_id, instruction_id, account_name, reason, facts_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
            .bind(&letter.id.0)
            .bind(position)
            .bind(&item.item.0)
            .bind(item.instruction.0)
            .bind(&item.account_name)
            .bind(&item.reason)
            .bind(item.facts_hash.as_deref())
            .execute(&mut *self.tx)
            .await?;
        }
        for (position, enclosure) in (0_i64..).zip(&kept.enclosures) {
            sqlx::query(
                "INSERT INTO letter_enclosures (letter_id, position, document_id, name, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .bind(&letter.id.0)
            .bind(position)
            .bind(&enclosure.document.0)
            .bind(&enclosure.name)
            .bind(&enclosure.hash)
            .execute(&mut *self.tx)
            .await?;
        }
        sqlx::query("INSERT INTO letter_pdfs (letter_id, pdf) VALUES (?1, ?2)")
            .bind(&letter.id.0)
            .bind(&kept.pdf)
            .execute(&mut *self.tx)
            .await?;
        self.add_letter_wording(&letter.id, &kept.wording, &record.findings).await?;
        Ok(())
    }

    /// Moves a letter on if it still is where the caller saw it; answers whether it was.
    ///
    /// # Errors
    /// As every query.
    pub async fn move_letter(
        &mut self,
        id: &LetterId,
        from: LetterState,
        to: LetterState,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let printed = (to == LetterState::Printed).then(|| stamp(now));
        let moved =
            sqlx::query("UPDATE letters SET stage = ?3, printed = coalesce(?4, printed) WHERE id = ?1 AND stage = ?2")
                .bind(&id.0)
                .bind(from.code())
                .bind(to.code())
                .bind(printed)
                .execute(&mut *self.tx)
                .await?;
        Ok(moved.rows_affected() == 1)
    }

    /// Records that a letter was saved as a file.
    ///
    /// # Errors
    /// As every query.
    pub async fn mark_letter_saved(&mut self, id: &LetterId, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE letters SET saved = ?2 WHERE id = ?1")
            .bind(&id.0)
            .bind(stamp(now))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

/// Fixed width, so that text order is time order.
pub(crate) fn stamp(at: Timestamp) -> String {
    format!("{at:.6}")
}
