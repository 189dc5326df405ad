//! Companies that report to the bureaus (API: Furnishers).

use crate::decode::{Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Furnisher, FurnisherId, FurnisherKind};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct FurnisherWire {
    id: Int,
    name: Text,
    r#type: Text,
    fax_number: Text,
}

impl Wire for FurnisherWire {
    type Value = Furnisher;

    fn value(self) -> Result<Furnisher, Missing> {
        Ok(Furnisher {
            id: FurnisherId(self.id.0.ok_or(Missing("id"))?),
            name: self.name.filled().ok_or(Missing("name"))?,
            kind: FurnisherKind::from_code(&self.r#type.or_empty()),
            fax_number: self.fax_number.filled(),
        })
    }
}

impl Portal {
    /// One page of the furnishers (API: `listFurnishers`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn furnishers(&self, page: PageRequest) -> Result<Page<Furnisher>, ApiError> {
        self.list::<FurnisherWire>(Operation::ListFurnishers, page).await
    }
}
