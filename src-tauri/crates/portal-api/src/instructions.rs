//! Dispute reasons (API: Instructions).

use crate::claim_codes::ClaimCodeWire;
use crate::creditor_types::CreditorTypeWire;
use crate::decode::{Int, Many, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{InstructionId, Reason};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct InstructionWire {
    id: Int,
    name: Text,
    order: Int,
    claim_code: One<ClaimCodeWire>,
    creditor_types: Many<CreditorTypeWire>,
}

impl Wire for InstructionWire {
    type Value = Reason;

    fn value(self) -> Result<Reason, Missing> {
        Ok(Reason {
            id: InstructionId(self.id.0.ok_or(Missing("id"))?),
            name: self.name.filled().ok_or(Missing("name"))?,
            order: self.order.0.unwrap_or(i64::MAX),
            claim_code: self.claim_code.0.map(Wire::value).transpose()?,
            creditor_types: self.creditor_types.0.into_iter().map(Wire::value).collect::<Result<_, _>>()?,
        })
    }
}

impl Portal {
    /// One page of the reasons (API: `listInstructions`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn instructions(&self, page: PageRequest) -> Result<Page<Reason>, ApiError> {
        self.list::<InstructionWire>(Operation::ListInstructions, page).await
    }
}
