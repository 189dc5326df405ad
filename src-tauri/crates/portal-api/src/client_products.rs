//! What a client bought (API: Client Products).

use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::products::Product;
use crate::{ApiError, Operation, Pages, Portal, Record};
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
