//! Letters as faxes.

use super::{OutboxItem, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Letters to be faxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FaxSend {
    /// Letters in the order they are wanted.
    pub letter_ids: Vec<String>,
    /// Numbers in place of the recipients' own, by letter.
    pub numbers: BTreeMap<String, String>,
    /// A cover page goes before each letter.
    pub cover: bool,
    /// Also letters that were faxed before: their fax did not arrive.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub again: bool,
}

/// A letter that could not be queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FaxProblem {
    /// The letter.
    pub letter_id: String,
    /// What happened and what to do.
    pub problem: Problem,
}

/// What was queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaxesQueued {
    /// One row for each letter.
    pub queued: Vec<OutboxItem>,
    /// Letters that could not be queued.
    pub problems: Vec<FaxProblem>,
}

/// A fax to be looked at before it is queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FaxLook {
    /// The letter.
    pub letter_id: String,
    /// The number in place of the recipient's own; the cover page prints it.
    pub number: Option<String>,
    /// A cover page goes before the letter.
    pub cover: bool,
}

/// How many pages a fax has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaxPages {
    /// Pages that are sent, the cover page among them.
    pub pages: u32,
    /// The most that the company faxes.
    pub limit: u16,
}

/// What the company set for faxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaxSetting {
    /// How often the portal tries a failed fax again; `null` when it did not say.
    pub reattempts: Option<u32>,
}

/// How fine a fax machine prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaxFineness {
    /// 204 x 98 dots an inch.
    Standard,
    /// 204 x 196 dots an inch.
    Fine,
}
