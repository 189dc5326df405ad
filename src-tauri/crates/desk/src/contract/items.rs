//! Negative items in a table.

use super::{BureauCode, OutcomeCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A negative item. Dates are ISO, amounts are formatted; `null` is unknown and is never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    /// Server key.
    pub id: String,
    /// Which bureau reports it; `null` while its report is not in the cache.
    pub bureau: Option<BureauCode>,
    /// Creditor or collector as reported.
    pub account_name: String,
    /// As reported, usually masked.
    pub account_number: String,
    /// "Credit Card", "Collection", ...
    pub account_type: String,
    /// "Open", "Closed", ...
    pub account_status: String,
    /// `new`, `not_processed`, `in_progress`, `repaired`, or another value of the server.
    pub status: String,
    /// Must not be disputed.
    pub excluded: bool,
    /// Why not, in words; `null` when it may be.
    pub excluded_because: Option<String>,
    /// Late payments of it that must not be disputed, in the agent's words.
    pub excluded_payments: Vec<String>,
    /// How often it was disputed from this desk: letters that were mailed or faxed.
    pub rounds: u32,
    /// What became of it last.
    pub last_outcome: Option<OutcomeCode>,
    /// An answer about it is awaited.
    pub awaited: bool,
    /// Sold or assigned to a collector.
    pub collection: bool,
    /// Written off.
    pub charge_off: bool,
    /// The bureau marks it as disputed already.
    pub disputed: bool,
    /// What is owed.
    pub balance: Option<String>,
    /// What is overdue.
    pub past_due: Option<String>,
    /// When the account was opened.
    pub opened: Option<String>,
    /// When the bureau last reported it.
    pub reported: Option<String>,
    /// Last activity.
    pub last_activity: Option<String>,
    /// When a payment was late, or worse, last.
    pub last_adverse: Option<String>,
    /// When it was charged off.
    pub charged_off: Option<String>,
    /// When it went to collection.
    pub collected: Option<String>,
    /// When it has to leave the report.
    pub obsolescence: ItemObsolescence,
    /// Payments 30, 60, and 90 or more days late.
    pub lates: [u32; 3],
    /// The furnisher whose name the account carries.
    pub furnisher_id: Option<String>,
    /// Letters prepared or printed on this desk that dispute it.
    pub letters: u32,
}

/// The end of an item's time on a report (FCRA 605), and what it follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemObsolescence {
    /// The day by which it has to be gone; `null` when it cannot be reckoned.
    pub leaves: Option<String>,
    /// It may have to leave sooner: this is the last day that is possible.
    pub at_latest: bool,
    /// That day is past.
    pub obsolete: bool,
    /// What the day follows from, or what would have to be known.
    pub because: String,
}
