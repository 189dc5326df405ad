//! What must not be disputed, beside the portal's own marks.

use crate::columns::{bureau, instant};
use crate::gate::needed;
use crate::letters::stamp;
use crate::{Store, StoreError, Write};
use domain::{ClientId, Exclusion, ExclusionScope, ItemId};
use sqlx::Row;

impl Store {
    /// A client's exclusions, the oldest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn exclusions_of(&self, client: ClientId) -> Result<Vec<Exclusion>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind, about, payment, reason, recorded, author FROM exclusions WHERE client_id = ?1
             ORDER BY recorded, id",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let about: String = row.try_get("about")?;
                let scope = match row.try_get::<&str, _>("kind")? {
                    "item" => ExclusionScope::Item(ItemId(about)),
                    "late_payment" => ExclusionScope::LatePayment {
                        item: ItemId(about),
                        payment: row.try_get::<Option<String>, _>("payment")?.unwrap_or_default(),
                    },
                    "bureau" => {
                        ExclusionScope::Bureau(needed(bureau(Some(about), "exclusions.about")?, "exclusions.about")?)
                    }
                    _ => ExclusionScope::Creditor(about),
                };
                let at = instant(Some(row.try_get("recorded")?), "exclusions.recorded")?;
                Ok(Exclusion {
                    id: row.try_get("id")?,
                    client,
                    scope,
                    reason: row.try_get("reason")?,
                    at: needed(at, "exclusions.recorded")?,
                    by: row.try_get("author")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Records an exclusion.
    ///
    /// # Errors
    /// As every query.
    pub async fn add_exclusion(&mut self, exclusion: &Exclusion) -> Result<(), StoreError> {
        let (kind, about, payment) = match &exclusion.scope {
            ExclusionScope::Item(item) => ("item", item.0.as_str(), None),
            ExclusionScope::LatePayment { item, payment } => ("late_payment", item.0.as_str(), Some(payment.as_str())),
            ExclusionScope::Bureau(bureau) => ("bureau", bureau.code(), None),
            ExclusionScope::Creditor(name) => ("creditor", name.as_str(), None),
        };
        sqlx::query(
            "INSERT INTO exclusions (id, client_id, kind, about, payment, reason, recorded, author)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .bind(&exclusion.id)
        .bind(exclusion.client.0)
        .bind(kind)
        .bind(about)
        .bind(payment)
        .bind(&exclusion.reason)
        .bind(stamp(exclusion.at))
        .bind(&exclusion.by)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes an exclusion back; answers whether it was there.
    ///
    /// # Errors
    /// As every query.
    pub async fn drop_exclusion(&mut self, id: &str) -> Result<bool, StoreError> {
        let gone = sqlx::query("DELETE FROM exclusions WHERE id = ?1").bind(id).execute(&mut *self.tx).await?;
        Ok(gone.rows_affected() == 1)
    }
}
