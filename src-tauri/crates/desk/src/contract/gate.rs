//! What is looked at before a letter goes out.

use super::BureauCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that may be wrong with a letter that is about to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GateRule {
    /// No agreement is signed.
    AgreementUnsigned,
    /// The agreement may still be cancelled.
    AgreementCancellable,
    /// An item is excluded, or gone from the portal.
    ItemExcluded,
    /// One late payment of an item is excluded.
    LatePaymentExcluded,
    /// An item is in an open dispute with the same recipient.
    DisputeOpen,
    /// A number like a Social Security number is in the letter.
    NumberExposed,
    /// The address is not wholly in the envelope's window.
    AddressOutsideWindow,
    /// The fax has too many pages.
    FaxTooLong,
    /// The client's review is not recorded.
    ReviewMissing,
    /// No proof of identity, or an old one.
    IdentityMissing,
    /// No proof of address, or an old one.
    AddressProofMissing,
    /// Another letter about an item was printed for the same recipient.
    PrintedBefore,
    /// Sent before for the same reason, and nothing is new.
    Repeated,
    /// The wording is nearly that of another client's letter.
    Alike,
    /// There is no guaranteed duty to answer.
    FurnisherExempt,
    /// The template or an item changed since the letter was written.
    Stale,
    /// The engine set the letter without something.
    Wording,
}

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GateSeverity {
    /// The rule is not looked at.
    Off,
    /// Shown.
    Warn,
    /// Holds the letter until it is corrected or overridden.
    Block,
}

/// A number that a rule is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateLimit {
    /// Its name in `settings.toml`.
    pub name: String,
    /// Its value.
    pub value: u16,
    /// `days at most`, ...
    pub unit: String,
}

/// A rule as the deployment weighs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateRuleRow {
    /// Which.
    pub rule: GateRule,
    /// What it is called.
    pub title: String,
    /// How it is weighed.
    pub severity: GateSeverity,
    /// What it is measured by.
    pub limit: Option<GateLimit>,
}

/// Where the agent mends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum GatePlace {
    /// The client's agreements.
    Agreement,
    /// The client's documents.
    Documents,
    /// The letter's review.
    Review,
    /// An item of the client.
    Item {
        /// Which.
        item_id: String,
    },
    /// The letter itself.
    Letter,
    /// Another letter, to compare.
    OtherLetter {
        /// Which.
        letter_id: String,
    },
    /// The recipient's record.
    Recipient,
}

/// Why a letter may go although a finding blocks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateOverride {
    /// As the agent wrote it.
    pub reason: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// Who.
    pub by: String,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateFinding {
    /// Which rule.
    pub rule: GateRule,
    /// What the rule is called.
    pub title: String,
    /// What it does.
    pub severity: GateSeverity,
    /// What it is about; goes back with an override.
    pub subject: String,
    /// What was found and what to do.
    pub message: String,
    /// Where to do it.
    pub place: GatePlace,
    /// Recorded for exactly this finding.
    pub overridden: Option<GateOverride>,
}

/// How letters are about to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GateMedium {
    /// Printed or saved.
    Paper,
    /// Faxed.
    Fax,
    /// Faxed after a cover page.
    FaxAfterCover,
}

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterCheck {
    /// Letters; a letter that is gone is left out of the answer.
    pub ids: Vec<String>,
    /// How they are about to go out.
    pub medium: GateMedium,
}

/// What was found in one letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterChecked {
    /// Which.
    pub letter_id: String,
    /// In the order of the rules.
    pub findings: Vec<GateFinding>,
    /// A finding blocks it and is not overridden.
    pub blocked: bool,
}

/// Lets a letter go although a finding blocks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterOverride {
    /// Which letter.
    pub letter_id: String,
    /// Which rule.
    pub rule: GateRule,
    /// The finding's `subject`.
    pub subject: String,
    /// Why; `null` takes the override back.
    pub reason: Option<String>,
}

/// How a client reviewed letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewChannelCode {
    /// On the phone.
    Phone,
    /// By e-mail.
    Email,
    /// In the office.
    InPerson,
    /// In the customer portal.
    Portal,
}

/// That a client reviewed letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterReview {
    /// Which letters.
    pub ids: Vec<String>,
    /// How; `null` takes the record back.
    pub channel: Option<ReviewChannelCode>,
    /// The day of the review, ISO; today when `null`.
    pub on: Option<String>,
}

/// A recorded review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// How.
    pub channel: ReviewChannelCode,
    /// ISO date.
    pub on: String,
    /// Who recorded it.
    pub by: String,
}

/// What is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ExclusionKind {
    /// One item.
    Item {
        /// Which.
        item_id: String,
    },
    /// One late payment of an item.
    LatePayment {
        /// Which item.
        item_id: String,
        /// Which payment, in the agent's words: `90 days late in May 2025`.
        payment: String,
    },
    /// Everything that one bureau reports.
    Bureau {
        /// Which.
        bureau: BureauCode,
    },
    /// Everything of one creditor.
    Creditor {
        /// Its name as an item spells it.
        name: String,
    },
}

/// A new exclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExclusionAdd {
    /// Whose.
    pub client_id: String,
    /// What.
    pub what: ExclusionKind,
    /// Why; may be empty.
    pub reason: String,
}

/// An exclusion recorded on this desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExclusionRow {
    /// For `exclusion_remove`.
    pub id: String,
    /// What.
    pub what: ExclusionKind,
    /// Why.
    pub reason: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// By whom.
    pub by: String,
}
