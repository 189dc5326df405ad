//! What the company sells (API: Products).

use crate::fields::record;
use crate::{ApiError, Operation, Page, Portal};
use domain::ProductId;
use jiff::Timestamp;

record! {
    /// `ProductResponse`, `ContractProduct`.
    pub struct Product {
        id: Option<ProductId>,
        name: Option<String>,
        product_code: Option<String>,
        product_type: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

impl Portal {
    /// Every product there is (API: `listProducts`).
    pub async fn list_products(&self) -> Result<Page<Product>, ApiError> {
        self.list(Operation::ListProducts, &[], &(), &()).await
    }
}
