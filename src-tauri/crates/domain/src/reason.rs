//! Why an item is disputed.

use crate::{Bureau, ClaimCodeId, CreditorTypeId, InstructionId};

/// A claim code (API: Claim Codes): the company's own code of a reason for each bureau.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimCode {
    /// Server key.
    pub id: ClaimCodeId,
    /// `tcp_name`: the readable name.
    pub name: String,
    /// `eq_code`
    pub equifax: String,
    /// `ex_code`
    pub experian: String,
    /// `tu_code`
    pub transunion: String,
    /// Whether it may be used.
    pub is_active: bool,
}

impl ClaimCode {
    /// The code that this bureau's letter carries.
    #[must_use]
    pub fn for_bureau(&self, bureau: Bureau) -> &str {
        match bureau {
            Bureau::Equifax => &self.equifax,
            Bureau::Experian => &self.experian,
            Bureau::TransUnion => &self.transunion,
        }
    }
}

/// A kind of creditor (API: Creditor Types).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditorType {
    /// Server key.
    pub id: CreditorTypeId,
    /// Main kind.
    pub kind: String,
    /// Finer kind.
    pub subkind: String,
}

/// A dispute reason (API: Instructions), in the company's own words. No reason is ever chosen by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Server key of the instruction.
    pub id: InstructionId,
    /// The text that goes into the letter.
    pub name: String,
    /// Position in the company's list.
    pub order: i64,
    /// The code behind it.
    pub claim_code: Option<ClaimCode>,
    /// Kinds of creditor it is meant for; empty means all.
    pub creditor_types: Vec<CreditorType>,
}
