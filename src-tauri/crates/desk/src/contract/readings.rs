//! Whether records may be read at all: what an empty list means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Clients.
    Clients,
    /// Negative items.
    Items,
    /// Notes.
    Notes,
    /// Documents, client by client.
    Documents,
    /// Correspondence.
    Correspondence,
    /// Agreements, client by client.
    Agreements,
    /// What clients bought.
    Products,
    /// Templates.
    Templates,
    /// Dispute reasons.
    Reasons,
    /// Furnishers.
    Furnishers,
    /// Where bureaus receive disputes.
    BureauAddresses,
}

/// Asks what became of reading records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadingOf {
    /// Which.
    pub kind: RecordKind,
    /// Whose, where they are read client by client.
    pub client_id: Option<String>,
}
