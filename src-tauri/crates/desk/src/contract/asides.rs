//! Caches that were set aside, and what of them was not sent.

use super::{OutboxItem, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A cache that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AsideRow {
    /// Its key.
    pub id: String,
    /// When it was set aside, RFC 3339 UTC.
    pub at: String,
    /// Rows that were not sent and can be brought here.
    pub unsent: u32,
    /// Rows that cannot be read.
    pub unreadable: u32,
    /// Its last changes are lost: what seems to wait may have been sent.
    pub lost_changes: bool,
    /// Why nothing of it can be brought here.
    pub problem: Option<Problem>,
}

/// What was brought into the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AsideRescued {
    /// The rows, which wait for the agent.
    pub brought: Vec<OutboxItem>,
    /// Rows that cannot be read, or whose file cannot.
    pub unreadable: u32,
}
