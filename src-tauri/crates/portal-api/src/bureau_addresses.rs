//! Where the bureaus receive disputes (API: Bureau Addresses).

use crate::fields::{Zip, record, request};
use crate::page::SortDirection;
use crate::{ApiError, Done, Operation, Pages, Portal, Record};
use crate::{Missing, ToDomain};
use domain::BureauAddressId;
use domain::{Bureau, PostalAddress};
use jiff::Timestamp;

record! {
    /// `BureauAddressResponse`; `fax_number` is documented only where it is written (oddity 31).
    pub struct BureauAddress {
        id: Option<BureauAddressId>,
        title: Option<String>,
        r#type: Option<String>,
        address: Option<String>,
        city: Option<String>,
        state: Option<String>,
        zip_code: Option<Zip>,
        fax_number: Option<String>,
        is_default: Option<bool>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listBureauAddresses` can be asked for.
    pub struct ListBureauAddressesQuery {
        ;
        search: String,
        id: BureauAddressId,
        r#type: String,
        state: String,
        city: String,
        is_default: bool,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `CreateBureauAddressRequest`.
    pub struct CreateBureauAddressRequest {
        ;
        address: String,
        city: String,
        fax_number: String,
        state: String,
        title: String,
        r#type: String,
        zip_code: Zip,
    }
}

request! {
    /// `UpdateBureauAddressRequest`.
    pub struct UpdateBureauAddressRequest {
        ;
        address: String,
        city: String,
        fax_number: String,
        is_default: bool,
        state: String,
        title: String,
        r#type: String,
        zip_code: Zip,
    }
}

impl ToDomain for BureauAddress {
    type Value = domain::BureauAddress;

    fn to_domain(self) -> Result<domain::BureauAddress, Missing> {
        Ok(domain::BureauAddress {
            id: self.id.ok_or(Missing("id"))?,
            bureau: Bureau::from_code(&self.r#type.unwrap_or_default()),
            title: self.title.unwrap_or_default(),
            address: PostalAddress {
                street: self.address.unwrap_or_default(),
                city: self.city.unwrap_or_default(),
                state: self.state.unwrap_or_default(),
                zip: self.zip_code.map(|zip| zip.as_str().to_owned()).unwrap_or_default(),
            },
            fax_number: self.fax_number,
            is_default: self.is_default.unwrap_or(false),
        })
    }
}

impl Portal {
    /// Filter and page the bureau addresses (API: `listBureauAddresses`).
    pub fn list_bureau_addresses(&self, query: &ListBureauAddressesQuery) -> Pages<BureauAddress> {
        Pages::new(self, Operation::ListBureauAddresses, &[], query, &())
    }

    /// Add a bureau address (never as default) (API: `createBureauAddress`).
    pub async fn create_bureau_address(
        &self,
        request: &CreateBureauAddressRequest,
    ) -> Result<Record<BureauAddress>, ApiError> {
        self.one(Operation::CreateBureauAddress, &[], &(), request).await
    }

    /// Remove a bureau address (API: `deleteBureauAddress`).
    pub async fn delete_bureau_address(&self, id: BureauAddressId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteBureauAddress, &[&id], &(), &()).await
    }

    /// Change a bureau address (API: `updateBureauAddress`).
    pub async fn update_bureau_address(
        &self,
        id: BureauAddressId,
        request: &UpdateBureauAddressRequest,
    ) -> Result<Record<BureauAddress>, ApiError> {
        self.one(Operation::UpdateBureauAddress, &[&id], &(), request).await
    }
}
