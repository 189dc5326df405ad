//! What came of proving a client's identity from this desk: the last time with each provider.

use crate::columns::instant;
use crate::gate::needed;
use crate::letters::stamp;
use crate::{Store, StoreError, Write};
use domain::{ClientId, IdentityProof, ProofOutcome};
use sqlx::Row;

impl Store {
    /// A client's proofs, the last first.
    ///
    /// # Errors
    /// As every query.
    pub async fn identity_proofs(&self, client: ClientId) -> Result<Vec<IdentityProof>, StoreError> {
        let sql =
            "SELECT provider, outcome, at, author FROM identity_proofs WHERE client_id = ?1 ORDER BY at DESC, provider";
        let rows = sqlx::query(sql).bind(client.0).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let outcome = ProofOutcome::from_code(row.try_get("outcome")?);
                Ok(IdentityProof {
                    provider: row.try_get("provider")?,
                    outcome: needed(outcome, "identity_proofs.outcome")?,
                    at: needed(instant(Some(row.try_get("at")?), "identity_proofs.at")?, "identity_proofs.at")?,
                    author: row.try_get("author")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Keeps a proof in place of the last one with its provider.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_identity_proof(&mut self, client: ClientId, proof: &IdentityProof) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identity_proofs (client_id, provider, outcome, at, author) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (client_id, provider) DO UPDATE SET outcome = excluded.outcome, at = excluded.at,
                 author = excluded.author",
        )
        .bind(client.0)
        .bind(&proof.provider)
        .bind(proof.outcome.code())
        .bind(stamp(proof.at))
        .bind(&proof.author)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
