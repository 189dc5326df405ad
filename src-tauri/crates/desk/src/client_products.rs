//! What a client bought.

use crate::clients::client_id;
use crate::contract::{ClientProducts, Id, ProductRow};
use crate::{Desk, Error};
use domain::{ClientProduct, Money};
use store::Resource;

impl Desk {
    /// A client's products, the first bought first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn product_list(&self, client: Id) -> Result<ClientProducts, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let bought = open.store.client_products_of(client).await?;
        Ok(ClientProducts {
            products: bought.into_iter().map(product_row).collect(),
            access: self.list_access(&open, Resource::ClientProducts).await?,
        })
    }
}

fn product_row(bought: ClientProduct) -> ProductRow {
    let shown = |money: Option<Money>| money.map(|money| money.to_string());
    ProductRow {
        id: bought.key,
        name: bought.name,
        code: bought.code,
        kind: bought.kind,
        initial_fee: shown(bought.initial_fee),
        charged_monthly: shown(bought.charged_monthly),
        since: bought.created.map(|at| at.to_string()),
    }
}
