//! Codes behind the reasons (API: Claim Codes).

use crate::client::Call;
use crate::decode::{Flag, Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, Portal};
use domain::{ClaimCode, ClaimCodeId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ClaimCodeWire {
    id: Int,
    tcp_name: Text,
    eq_code: Text,
    ex_code: Text,
    tu_code: Text,
    is_active: Flag,
}

impl Wire for ClaimCodeWire {
    type Value = ClaimCode;

    fn value(self) -> Result<ClaimCode, Missing> {
        Ok(ClaimCode {
            id: ClaimCodeId(self.id.0.ok_or(Missing("id"))?),
            name: self.tcp_name.or_empty(),
            equifax: self.eq_code.or_empty(),
            experian: self.ex_code.or_empty(),
            transunion: self.tu_code.or_empty(),
            is_active: self.is_active.0.unwrap_or(true),
        })
    }
}

impl Portal {
    /// Every claim code (API: `listClaimCodes`, not paged).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn claim_codes(&self) -> Result<Page<ClaimCode>, ApiError> {
        self.page::<ClaimCodeWire>(Call::get(Operation::ListClaimCodes)).await
    }
}
