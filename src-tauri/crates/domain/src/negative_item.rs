//! Derogatory entries on a client's credit report.

use crate::{Bureau, ClientId, ItemId, Money, ReportId};
use jiff::civil::Date;

/// Where the company stands with an item (`metadata.status`). The outcome of a letter is kept apart from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemStatus {
    /// Just imported.
    New,
    /// Looked at, not yet disputed.
    NotProcessed,
    /// A dispute is open.
    InProgress,
    /// Removed or corrected.
    Repaired,
    /// A value this build does not know, kept as sent.
    Other(String),
}

impl ItemStatus {
    /// Reads the documented values and "Not Processed" (oddity 57); keeps anything else.
    #[must_use]
    pub fn from_code(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().replace(' ', "_").as_str() {
            "new" => ItemStatus::New,
            "not_processed" => ItemStatus::NotProcessed,
            "in_progress" => ItemStatus::InProgress,
            "repaired" => ItemStatus::Repaired,
            _ => ItemStatus::Other(text.to_owned()),
        }
    }

    /// The server's spelling.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            ItemStatus::New => "new",
            ItemStatus::NotProcessed => "not_processed",
            ItemStatus::InProgress => "in_progress",
            ItemStatus::Repaired => "repaired",
            ItemStatus::Other(text) => text,
        }
    }
}

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the server documents each as its own boolean field")]
pub struct ItemFlags {
    /// Counts against the client.
    pub is_negative: bool,
    /// Sold or assigned to a collector.
    pub is_collection: bool,
    /// Written off by the creditor.
    pub is_charge_off: bool,
    /// Account closed.
    pub is_closed: bool,
    /// The bureau marks it as disputed already.
    pub is_disputed: bool,
}

/// How often payments were late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LateCounts {
    /// 30 days.
    pub days_30: u32,
    /// 60 days.
    pub days_60: u32,
    /// 90 days or more.
    pub days_90: u32,
}

/// A negative item (API: Negative Items, `NegativeItemResource`): the fields a letter, a list or a search uses.
/// The store keeps the whole record beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NegativeItem {
    /// Server key.
    pub id: ItemId,
    /// Whose report it is on.
    pub client: ClientId,
    /// The reporting bureau; the record names only a report, so it is known once that report is.
    pub bureau: Option<Bureau>,
    /// The report it was read from.
    pub report: Option<ReportId>,
    /// Creditor or collector as the bureau spells it.
    pub account_name: String,
    /// As reported, usually masked.
    pub account_number: String,
    /// "Credit Card", "Collection", ...
    pub account_type: String,
    /// "Open", "Closed", "Charged off", ...
    pub account_status: String,
    /// Company's status of the item.
    pub status: ItemStatus,
    /// The client or the company excluded it from disputes (`metadata.not_dispute`).
    pub excluded: bool,
    /// Kind of entry.
    pub flags: ItemFlags,
    /// Late payments.
    pub lates: LateCounts,
    /// `unpaid_balance_amount`.
    pub balance: Option<Money>,
    /// `past_due_amount`.
    pub past_due: Option<Money>,
    /// `high_balance_amount`, else `high_credit_amount`.
    pub high_balance: Option<Money>,
    /// When the account was opened.
    pub opened: Option<Date>,
    /// When the bureau last reported it.
    pub reported: Option<Date>,
    /// Last activity on the account.
    pub last_activity: Option<Date>,
    /// `most_recent_adverse_rating_date`: when a payment was late, or worse, last.
    pub last_adverse: Option<Date>,
    /// When it was charged off.
    pub charged_off: Option<Date>,
    /// When it went to collection.
    pub collected: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_read_both_spellings_and_keep_what_is_new() {
        assert_eq!(ItemStatus::from_code("Not Processed"), ItemStatus::NotProcessed);
        assert_eq!(ItemStatus::from_code("escalated").code(), "escalated");
    }
}
