//! Answers that are awaited, and the day's work.

use super::{BureauCode, LetterRow, OutboxStatus, PrintRunRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a letter went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SentByCode {
    /// On paper.
    Mail,
    /// By fax.
    Fax,
}

/// What became of a disputed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeCode {
    /// Removed from the report.
    Deleted,
    /// Corrected.
    Updated,
    /// Said to be right.
    Verified,
    /// Not investigated.
    Frivolous,
    /// No answer in time.
    NoResponse,
    /// Removed, and put back later.
    Reinserted,
}

/// A disputed item of a letter that is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpItem {
    /// Which.
    pub item_id: String,
    /// Its account name in the letter.
    pub account_name: String,
    /// Why it was disputed.
    pub reason: String,
    /// What became of it.
    pub outcome: Option<OutcomeCode>,
}

/// A letter that is out. Dates are ISO and computed aids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpRow {
    /// Which letter.
    pub letter_id: String,
    /// Whose.
    pub client_id: String,
    /// Their name.
    pub client_name: String,
    /// Who answers.
    pub recipient_name: String,
    /// The bureau, when it is one.
    pub bureau: Option<BureauCode>,
    /// How it went out.
    pub sent_by: SentByCode,
    /// When it was mailed or faxed.
    pub sent_on: String,
    /// When it was received, if anything says so.
    pub received_on: Option<String>,
    /// The last day for the answer.
    pub due_on: String,
    /// `due_on` is reckoned from the day of sending, because nothing says when it was received.
    pub estimated: bool,
    /// The longer period of 45 days applies.
    pub extended: bool,
    /// Days from today to `due_on`; negative when it is past.
    pub days_left: i32,
    /// An answer is awaited.
    pub open: bool,
    /// What was disputed.
    pub items: Vec<FollowUpItem>,
}

/// Which follow-ups, the most overdue first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpFilter {
    /// Only this client's.
    pub client_id: Option<String>,
    /// Also those that are answered.
    pub closed: bool,
}

/// When a recipient got a letter, and which period applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpSet {
    /// Which letter.
    pub letter_id: String,
    /// ISO date; `null` when nothing says so.
    pub received_on: Option<String>,
    /// The longer period applies.
    pub extended: bool,
}

/// What became of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FollowUpOutcome {
    /// In which letter.
    pub letter_id: String,
    /// Which items.
    pub item_ids: Vec<String>,
    /// What; `null` takes it back.
    pub outcome: Option<OutcomeCode>,
}

/// The day's work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// ISO date where the agent works.
    pub date: String,
    /// Answers due within a week or overdue, the most overdue first; 200 at most.
    pub due: Vec<FollowUpRow>,
    /// How many of these there are.
    pub due_total: u32,
    /// How many of these are overdue.
    pub overdue: u32,
    /// Answers awaited, those above included.
    pub awaited: u32,
    /// Letters that wait for the client's review, the oldest first; 200 at most.
    pub to_review: Vec<LetterRow>,
    /// How many of these there are.
    pub to_review_total: u32,
    /// Letters that wait to be printed or faxed, the oldest first; 200 at most.
    pub to_print: Vec<LetterRow>,
    /// How many of these there are.
    pub to_print_total: u32,
    /// Runs of which nobody has said whether they came out well.
    pub to_confirm: Vec<PrintRunRow>,
    /// The outbox.
    pub outbox: OutboxStatus,
    /// When the last whole pull ended, RFC 3339 UTC.
    pub synced_at: Option<String>,
}
