//! What must not be disputed, beside the portal's own mark of an item: as a whole, or in part.

use crate::{Bureau, ClientId, ItemId, NegativeItem, same_furnisher};
use jiff::Timestamp;

/// What is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExclusionScope {
    /// One item.
    Item(ItemId),
    /// One late payment of an item; the rest of it may be disputed. As the agent names it: `90 days late in May 2025`.
    LatePayment {
        /// The item.
        item: ItemId,
        /// Which payment.
        payment: String,
    },
    /// Everything that one bureau reports.
    Bureau(Bureau),
    /// Everything of one creditor, at every bureau.
    Creditor(String),
}

/// An exclusion, recorded on this desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Made on this desk.
    pub id: String,
    /// Whose.
    pub client: ClientId,
    /// What.
    pub scope: ExclusionScope,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

impl Exclusion {
    /// Whether it keeps the whole item from being disputed.
    #[must_use]
    pub fn covers(&self, item: &NegativeItem) -> bool {
        match &self.scope {
            ExclusionScope::Item(id) => *id == item.id,
            ExclusionScope::LatePayment { .. } => false,
            ExclusionScope::Bureau(bureau) => item.bureau == Some(*bureau),
            ExclusionScope::Creditor(name) => same_furnisher(name, &item.account_name),
        }
    }

    /// The late payment of this item that must not be disputed.
    #[must_use]
    pub fn late_payment(&self, item: &ItemId) -> Option<&str> {
        match &self.scope {
            ExclusionScope::LatePayment { item: of, payment } if of == item => Some(payment),
            _ => None,
        }
    }
}
