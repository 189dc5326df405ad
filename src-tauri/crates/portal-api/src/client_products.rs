//! What a client bought (API: Client Products).

use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::products::Product;
use crate::{ApiError, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{ClientId, ClientProductId, Money};
use jiff::Timestamp;

record! {
    /// `ClientProduct`.
    pub struct ClientProduct without ["client"] {
        id: Option<ClientProductId>,
        initial_fee: Option<Money>,
        charged_monthly: Option<Money>,
        client: Option<Box<Client>>,
        product: Option<Box<Product>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listClientProducts` can be asked for.
    pub struct ListClientProductsQuery {
        ;
        client_id: ClientId,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

impl ToDomain for ClientProduct {
    type Value = domain::ClientProduct;

    fn to_domain(self) -> Result<domain::ClientProduct, Missing> {
        let client = self.client.and_then(|client| client.id).ok_or(Missing("client.id"))?;
        let product = self.product.map(|product| *product).unwrap_or_default();
        // The documented record has no key (oddity 30).
        let key = match (self.id, product.id) {
            (Some(id), _) => id.to_string(),
            (None, Some(product)) => format!("product:{client}:{product}"),
            (None, None) => return Err(Missing("id")),
        };
        Ok(domain::ClientProduct {
            key,
            client,
            name: product.name.unwrap_or_default(),
            code: product.product_code.unwrap_or_default(),
            kind: product.product_type.unwrap_or_default(),
            initial_fee: self.initial_fee,
            charged_monthly: self.charged_monthly,
            created: self.created_at,
        })
    }
}

impl Portal {
    /// Page the products a client holds (API: `listClientProducts`).
    pub fn list_client_products(&self, query: &ListClientProductsQuery) -> Pages<ClientProduct> {
        Pages::new(self, Operation::ListClientProducts, &[], query, &())
    }

    /// Read one client product (API: `getClientProduct`).
    pub async fn get_client_product(&self, id: ClientProductId) -> Result<Record<ClientProduct>, ApiError> {
        self.one(Operation::GetClientProduct, &[&id], &(), &()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn a_product_without_a_key_is_known_by_its_client_and_what_was_bought() {
        let body =
            r#"{"initial_fee":"99","charged_monthly":19.95,"client":{"id":7},"product":{"id":3,"name":"Watch"}}"#;
        let bought = decode::one::<ClientProduct>(body).unwrap().value.to_domain().unwrap();
        assert_eq!((bought.key.as_str(), bought.name.as_str()), ("product:7:3", "Watch"));
        assert_eq!(bought.charged_monthly.map(|money| money.to_string()).as_deref(), Some("$19.95"));
        let unknown = decode::one::<ClientProduct>(r#"{"client":{"id":7}}"#).unwrap().value.to_domain();
        assert_eq!(unknown.unwrap_err().to_string(), "id: missing");
    }
}
