//! Kinds of creditor (API: Creditor Types).

use crate::client::Call;
use crate::decode::{Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, Portal};
use domain::{CreditorType, CreditorTypeId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CreditorTypeWire {
    id: Int,
    r#type: Text,
    subtype: Text,
}

impl Wire for CreditorTypeWire {
    type Value = CreditorType;

    fn value(self) -> Result<CreditorType, Missing> {
        Ok(CreditorType {
            id: CreditorTypeId(self.id.0.ok_or(Missing("id"))?),
            kind: self.r#type.or_empty(),
            subkind: self.subtype.or_empty(),
        })
    }
}

impl Portal {
    /// Every creditor type (API: `listCreditorTypes`, not paged).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn creditor_types(&self) -> Result<Page<CreditorType>, ApiError> {
        self.page::<CreditorTypeWire>(Call::get(Operation::ListCreditorTypes)).await
    }
}
