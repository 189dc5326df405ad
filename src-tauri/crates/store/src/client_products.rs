//! What clients bought.

use crate::columns::{instant, money, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, ClientProduct};
use sqlx::Row;

impl Store {
    /// A client's products, the first bought first.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_products_of(&self, client: ClientId) -> Result<Vec<ClientProduct>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, name, code, kind, initial_fee, charged_monthly, created FROM client_products
             WHERE client_id = ?1 ORDER BY created, name, id",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ClientProduct {
                    key: row.try_get("id")?,
                    client,
                    name: row.try_get("name")?,
                    code: row.try_get("code")?,
                    kind: row.try_get("kind")?,
                    initial_fee: money(row.try_get("initial_fee")?, "client_products.initial_fee")?,
                    charged_monthly: money(row.try_get("charged_monthly")?, "client_products.charged_monthly")?,
                    created: instant(row.try_get("created")?, "client_products.created")?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces what clients bought.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_client_products(&mut self, bought: &[Sent<ClientProduct>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            bought,
            walk,
            "client_products"("id", "client_id", "name", "code", "kind", "initial_fee", "charged_monthly", "created"),
            |out, row| {
                out.push_bind(&row.value.key)
                    .push_bind(row.value.client.0)
                    .push_bind(&row.value.name)
                    .push_bind(&row.value.code)
                    .push_bind(&row.value.kind)
                    .push_bind(row.value.initial_fee.map(domain::Money::to_plain))
                    .push_bind(row.value.charged_monthly.map(domain::Money::to_plain))
                    .push_bind(row.value.created.map(|at| at.to_string()))
            }
        );
        Ok(())
    }
}
