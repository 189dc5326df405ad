//! What letters said when they were made, and what they were changed to by hand.

use crate::columns::instant;
use crate::gate::needed;
use crate::letters::{finding_columns, made_findings, stamp};
use crate::{Store, StoreError, Write};
use domain::LetterId;
use domain::gate::MadeFinding;
use jiff::Timestamp;
use sqlx::Row as _;

/// A letter's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterWording {
    /// As it was made.
    pub made: String,
    /// What the engine reported of it then.
    pub findings: Vec<MadeFinding>,
    /// As it was changed: the text, when, and by whom.
    pub changed: Option<(String, Timestamp, String)>,
}

/// A letter that was set again from another text.
pub struct Reworded {
    /// The text with when and by whom it was changed; `None` when it is again as it was made.
    pub changed: Option<(String, Timestamp, String)>,
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Their hash.
    pub pdf_hash: String,
    /// What set them.
    pub engine: String,
    /// Pages, enclosures included.
    pub pages: u32,
    /// What the engine reported.
    pub findings: Vec<MadeFinding>,
    /// What its wording is recognised by.
    pub fingerprint: Vec<u8>,
}

impl Store {
    /// What a letter says; `None` for one of a version that kept no text.
    ///
    /// # Errors
    /// As every query.
    pub async fn letter_wording(&self, id: &LetterId) -> Result<Option<LetterWording>, StoreError> {
        let row =
            sqlx::query("SELECT made, findings, changed, changed_at, author FROM letter_wordings WHERE letter_id = ?1")
                .bind(&id.0)
                .fetch_optional(&self.readers)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let changed = match row.try_get("changed")? {
            Some(text) => {
                let at = instant(row.try_get("changed_at")?, "letter_wordings.changed_at")?;
                Some((text, needed(at, "letter_wordings.changed_at")?, row.try_get("author")?))
            }
            None => None,
        };
        let findings = made_findings(row.try_get("findings")?, "letter_wordings.findings")?;
        Ok(Some(LetterWording { made: row.try_get("made")?, findings, changed }))
    }
}

impl Write {
    /// Keeps what a new letter says.
    ///
    /// # Errors
    /// As every query.
    pub(crate) async fn add_letter_wording(
        &mut self,
        id: &LetterId,
        made: &str,
        findings: &[MadeFinding],
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO letter_wordings (letter_id, made, findings) VALUES (?1, ?2, ?3)")
            .bind(&id.0)
            .bind(made)
            .bind(finding_columns(findings, "letter_wordings.findings")?)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Puts a letter's new bytes in place of those that `was` names, if it still waits and is in no print run that may have put
    /// them on paper; answers whether it did. Its review is dropped, because the client reviewed other words, and so is the mark that it was saved.
    ///
    /// # Errors
    /// As every query.
    pub async fn reword_letter(&mut self, id: &LetterId, was: &str, now: &Reworded) -> Result<bool, StoreError> {
        let moved = sqlx::query(
            "UPDATE letters SET pages = ?3, findings = ?4, fingerprint = ?5, pdf_hash = ?6, engine = ?7, saved = NULL
             WHERE id = ?1 AND pdf_hash = ?2 AND stage = 'prepared' AND NOT EXISTS (
                 SELECT 1 FROM print_run_letters JOIN print_runs ON print_runs.id = run_id
                 WHERE letter_id = ?1 AND state IN ('printing', 'printed'))",
        )
        .bind(&id.0)
        .bind(was)
        .bind(now.pages)
        .bind(finding_columns(&now.findings, "letters.findings")?)
        .bind(&now.fingerprint)
        .bind(&now.pdf_hash)
        .bind(&now.engine)
        .execute(&mut *self.tx)
        .await?;
        if moved.rows_affected() != 1 {
            return Ok(false);
        }
        let (text, at, by) = match &now.changed {
            Some((text, at, by)) => (Some(text), Some(stamp(*at)), Some(by)),
            None => (None, None, None),
        };
        sqlx::query("UPDATE letter_wordings SET changed = ?2, changed_at = ?3, author = ?4 WHERE letter_id = ?1")
            .bind(&id.0)
            .bind(text)
            .bind(at)
            .bind(by)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query("UPDATE letter_pdfs SET pdf = ?2 WHERE letter_id = ?1")
            .bind(&id.0)
            .bind(&now.pdf)
            .execute(&mut *self.tx)
            .await?;
        self.set_letter_review(id, None).await?;
        Ok(true)
    }
}
