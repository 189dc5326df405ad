//! Which bureau a report, and so its items, came from.

use crate::{Bureau, ClientId, ReportId};
use jiff::Timestamp;

/// A bureau's report of a client (API: Client Reports). Negative items name it in `credit_report_id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientReport {
    /// Server key.
    pub id: ReportId,
    /// Whose report.
    pub client: ClientId,
    /// Which bureau; `None` when the server names another.
    pub bureau: Option<Bureau>,
    /// When the server made it.
    pub created: Option<Timestamp>,
    /// When the server last changed it.
    pub updated: Option<Timestamp>,
}
