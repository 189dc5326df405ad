//! What a client signed, and what a client bought.

use super::{AgreementState, FileLink, OutboxItem, RecordAccess};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An agreement in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgreementCard {
    /// The portal's key; `null` for one that still waits in the outbox.
    pub id: Option<String>,
    /// Title; may be empty.
    pub name: String,
    /// Its kind in the portal's words; may be empty.
    pub kind: String,
    /// How it stands today. Never unknown.
    pub state: AgreementState,
    /// When it was signed, RFC 3339 UTC.
    pub signed_at: Option<String>,
    /// The last day on which a signed one may or might be cancelled, ISO.
    pub cancellable_until: Option<String>,
    /// When it was recorded, RFC 3339 UTC.
    pub created_at: Option<String>,
    /// The agreement as a file.
    pub file: Option<FileLink>,
    /// It waits in the outbox: before the portal has it, it permits nothing.
    pub pending: Option<OutboxItem>,
}

/// An agreement that the client signed elsewhere, to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgreementAdd {
    /// Whose.
    pub client_id: String,
    /// Title.
    pub name: String,
    /// Its kind in the portal's words: see `agreement_kinds`.
    pub kind: String,
    /// The day on which it was signed, ISO; `null` for one that is not signed.
    pub signed_on: Option<String>,
    /// Stands for the signed paper; `null` for none.
    pub token: Option<String>,
}

/// A client's agreements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientAgreements {
    /// Newest first.
    pub agreements: Vec<AgreementCard>,
    /// What permits or forbids letters: the first signed one decides.
    pub permission: AgreementState,
}

/// Something a client bought. The portal tells no end and no state of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// The portal's key.
    pub id: String,
    /// What it is called; may be empty.
    pub name: String,
    /// The company's code of it; may be empty.
    pub code: String,
    /// What sort of service it is, in the portal's words; may be empty.
    pub kind: String,
    /// What is charged once.
    pub initial_fee: Option<String>,
    /// What is charged each month.
    pub charged_monthly: Option<String>,
    /// Since when, RFC 3339 UTC.
    pub since: Option<String>,
}

/// A client's products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientProducts {
    /// The first bought first.
    pub products: Vec<ProductRow>,
    /// What became of asking the portal for them.
    pub access: RecordAccess,
}
