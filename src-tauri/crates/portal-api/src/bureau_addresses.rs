//! Where the bureaus receive disputes (API: Bureau Addresses).

use crate::decode::{Flag, Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Bureau, BureauAddress, BureauAddressId, PostalAddress};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct BureauAddressWire {
    id: Int,
    title: Text,
    r#type: Text,
    address: Text,
    city: Text,
    state: Text,
    zip_code: Text,
    fax_number: Text,
    is_default: Flag,
}

impl Wire for BureauAddressWire {
    type Value = BureauAddress;

    fn value(self) -> Result<BureauAddress, Missing> {
        Ok(BureauAddress {
            id: BureauAddressId(self.id.0.ok_or(Missing("id"))?),
            bureau: Bureau::from_code(&self.r#type.or_empty()),
            title: self.title.or_empty(),
            address: PostalAddress {
                street: self.address.or_empty(),
                city: self.city.or_empty(),
                state: self.state.or_empty(),
                zip: PostalAddress::normal_zip(&self.zip_code.or_empty()),
            },
            fax_number: self.fax_number.filled(),
            is_default: self.is_default.0.unwrap_or(false),
        })
    }
}

impl Portal {
    /// One page of the bureau addresses (API: `listBureauAddresses`, a bare list that takes a page).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn bureau_addresses(&self, page: PageRequest) -> Result<Page<BureauAddress>, ApiError> {
        self.list::<BureauAddressWire>(Operation::ListBureauAddresses, page).await
    }
}
