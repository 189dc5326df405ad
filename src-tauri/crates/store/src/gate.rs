//! What is recorded of letters before they go out: reviews, overrides, and what stands against their items.

use crate::columns::{date, instant, json, to_json};
use crate::letters::stamp;
use crate::{Store, StoreError, Write};
use domain::gate::{Override, Review, ReviewChannel, Rule};
use domain::{
    Bureau, ClientId, InstructionId, ItemId, LetterId, LetterState, Outcome, RecipientKind, Release, ReleaseWay,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

/// What another letter of the client, to the same recipient, said of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The item.
    pub item: ItemId,
    /// For which reason.
    pub instruction: InstructionId,
    /// Hash of what it said, as the caller made it.
    pub facts_hash: Option<String>,
    /// How far the letter has come.
    pub state: LetterState,
    /// When it was last printed.
    pub printed: Option<Timestamp>,
    /// When it was mailed or faxed.
    pub sent: Option<Date>,
    /// What became of the item.
    pub outcome: Option<Outcome>,
}

/// A letter and what its wording is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The letter.
    pub letter: LetterId,
    /// Whose it is.
    pub client: ClientId,
    /// As the engine made it.
    pub fingerprint: Vec<u8>,
}

pub(crate) fn reference(kind: RecipientKind) -> (&'static str, String) {
    match kind {
        RecipientKind::Bureau(bureau) => ("bureau", Bureau::code(bureau).to_owned()),
        RecipientKind::Furnisher(id) => ("furnisher", id.to_string()),
        RecipientKind::Addressee(id) => ("addressee", id.to_string()),
    }
}

fn review(row: &SqliteRow) -> Result<Review, StoreError> {
    const CHANNEL: &str = "letter_reviews.channel";
    Ok(Review {
        channel: ReviewChannel::from_code(row.try_get("channel")?).ok_or(StoreError::Unreadable(CHANNEL))?,
        on: needed(date(Some(row.try_get("reviewed")?), "letter_reviews.reviewed")?, "letter_reviews.reviewed")?,
        recorded: needed(
            instant(Some(row.try_get("recorded")?), "letter_reviews.recorded")?,
            "letter_reviews.recorded",
        )?,
        by: row.try_get("author")?,
    })
}

pub(crate) fn needed<T>(value: Option<T>, column: &'static str) -> Result<T, StoreError> {
    value.ok_or(StoreError::Unreadable(column))
}

impl Store {
    /// A letter's review.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter_review(&self, letter: &LetterId) -> Result<Option<Review>, StoreError> {
        let row = sqlx::query("SELECT channel, reviewed, recorded, author FROM letter_reviews WHERE letter_id = ?1")
            .bind(&letter.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(review).transpose()
    }

    /// What was overridden for a letter, the oldest first. A rule that this build does not know is left out: it blocks
    /// nothing here.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter_overrides(&self, letter: &LetterId) -> Result<Vec<Override>, StoreError> {
        let rows = sqlx::query(
            "SELECT rule, subject, reason, recorded, author FROM letter_overrides WHERE letter_id = ?1 ORDER BY recorded, \
             rule, subject",
        )
        .bind(&letter.0)
        .fetch_all(&self.readers)
        .await?;
        let mut overrides = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(rule) = Rule::from_code(row.try_get("rule")?) else { continue };
            let at = instant(Some(row.try_get("recorded")?), "letter_overrides.recorded")?;
            overrides.push(Override {
                rule,
                subject: row.try_get("subject")?,
                reason: row.try_get("reason")?,
                at: needed(at, "letter_overrides.recorded")?,
                by: row.try_get("author")?,
            });
        }
        Ok(overrides)
    }

    /// Who let a letter go, oldest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter_releases(&self, letter: &LetterId) -> Result<Vec<Release>, StoreError> {
        let rows = sqlx::query(
            "SELECT way, released, author, facts FROM letter_releases WHERE letter_id = ?1 ORDER BY released",
        )
        .bind(&letter.0)
        .fetch_all(&self.readers)
        .await?;
        let release = |row: &SqliteRow| {
            Ok(Release {
                way: if row.try_get::<&str, _>("way")? == "fax" { ReleaseWay::Fax } else { ReleaseWay::Print },
                at: needed(
                    instant(Some(row.try_get("released")?), "letter_releases.released")?,
                    "letter_releases.released",
                )?,
                by: row.try_get("author")?,
                facts: match row.try_get::<Option<&str>, _>("facts")? {
                    Some(facts) => json(facts, "letter_releases.facts")?,
                    None => BTreeMap::new(),
                },
            })
        };
        rows.iter().map(release).collect()
    }

    /// What other letters of the client, to the same recipient, said of the letter's items; those set aside left out.
    ///
    /// # Errors
    /// As every query.
    pub async fn said_before(
        &self,
        letter: &LetterId,
        client: ClientId,
        recipient: RecipientKind,
    ) -> Result<Vec<Said>, StoreError> {
        let (kind, key) = reference(recipient);
        let rows = sqlx::query(
            "SELECT i.item_id, i.instruction_id, i.facts_hash, i.outcome, l.stage, l.printed, f.sent
             FROM letters l
             JOIN letter_items i ON i.letter_id = l.id
             LEFT JOIN follow_ups f ON f.letter_id = l.id
             WHERE l.client_id = ?1 AND l.recipient_kind = ?2 AND l.recipient_ref = ?3 AND l.id <> ?4
               AND l.stage <> 'discarded' AND i.item_id IN (SELECT item_id FROM letter_items WHERE letter_id = ?4)
             ORDER BY l.prepared, l.id, i.position",
        )
        .bind(client.0)
        .bind(kind)
        .bind(key)
        .bind(&letter.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let outcome: Option<&str> = row.try_get("outcome")?;
                Ok(Said {
                    item: ItemId(row.try_get("item_id")?),
                    instruction: InstructionId(row.try_get("instruction_id")?),
                    facts_hash: row.try_get("facts_hash")?,
                    state: needed(LetterState::from_code(row.try_get("stage")?), "letters.stage")?,
                    printed: instant(row.try_get("printed")?, "letters.printed")?,
                    sent: date(row.try_get("sent")?, "follow_ups.sent")?,
                    outcome: outcome
                        .map(|text| needed(Outcome::from_code(text), "letter_items.outcome"))
                        .transpose()?,
                })
            })
            .collect()
    }

    /// The wording of the newest letters, those set aside left out.
    ///
    /// # Errors
    /// As every query.
    pub async fn wordings(&self, most: u32) -> Result<Vec<Wording>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, client_id, fingerprint FROM letters WHERE stage <> 'discarded' AND fingerprint IS NOT NULL
             ORDER BY prepared DESC, rowid DESC LIMIT ?1",
        )
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Wording {
                    letter: LetterId(row.try_get("id")?),
                    client: ClientId(row.try_get("client_id")?),
                    fingerprint: row.try_get("fingerprint")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Records, or takes back, that the client reviewed a letter.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_letter_review(&mut self, letter: &LetterId, review: Option<&Review>) -> Result<(), StoreError> {
        let query = match review {
            Some(review) => sqlx::query(
                "INSERT INTO letter_reviews (letter_id, channel, reviewed, recorded, author) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (letter_id) DO UPDATE SET channel = excluded.channel, reviewed = excluded.reviewed,
                 recorded = excluded.recorded, author = excluded.author",
            )
            .bind(&letter.0)
            .bind(review.channel.code())
            .bind(review.on.to_string())
            .bind(stamp(review.recorded))
            .bind(&review.by),
            None => sqlx::query("DELETE FROM letter_reviews WHERE letter_id = ?1").bind(&letter.0),
        };
        query.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Records an override.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_letter_override(&mut self, letter: &LetterId, over: &Override) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO letter_overrides (letter_id, rule, subject, reason, recorded, author)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET reason = excluded.reason, recorded = excluded.recorded, author = excluded.author",
        )
        .bind(&letter.0)
        .bind(over.rule.code())
        .bind(&over.subject)
        .bind(&over.reason)
        .bind(stamp(over.at))
        .bind(&over.by)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Records that somebody let a letter go.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_letter_release(&mut self, letter: &LetterId, release: &Release) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO letter_releases (letter_id, way, released, author, facts) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(&letter.0)
        .bind(match release.way {
            ReleaseWay::Print => "print",
            ReleaseWay::Fax => "fax",
        })
        .bind(stamp(release.at))
        .bind(&release.by)
        .bind(to_json(&release.facts, "letter_releases.facts")?)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes an override back.
    ///
    /// # Errors
    /// As every query.
    pub async fn drop_letter_override(
        &mut self,
        letter: &LetterId,
        rule: Rule,
        subject: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM letter_overrides WHERE letter_id = ?1 AND rule = ?2 AND subject = ?3")
            .bind(&letter.0)
            .bind(rule.code())
            .bind(subject)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
