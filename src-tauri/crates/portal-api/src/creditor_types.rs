//! Kinds of creditors that reasons are attached to (API: Creditor Types).

use crate::fields::record;
use crate::{ApiError, Operation, Page, Portal};
use crate::{Missing, ToDomain};
use domain::CreditorTypeId;
use jiff::Timestamp;

record! {
    /// `CreditorTypeResponse`.
    pub struct CreditorType {
        id: Option<CreditorTypeId>,
        r#type: Option<String>,
        subtype: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

impl ToDomain for CreditorType {
    type Value = domain::CreditorType;

    fn to_domain(self) -> Result<domain::CreditorType, Missing> {
        Ok(domain::CreditorType {
            id: self.id.ok_or(Missing("id"))?,
            kind: self.r#type.unwrap_or_default(),
            subkind: self.subtype.unwrap_or_default(),
        })
    }
}

impl Portal {
    /// Creditor types with their subtypes (API: `listCreditorTypes`).
    pub async fn list_creditor_types(&self) -> Result<Page<CreditorType>, ApiError> {
        self.list(Operation::ListCreditorTypes, &[], &(), &()).await
    }
}
