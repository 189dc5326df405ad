//! Permission to act for a client.

use crate::{AgreementId, ClientId};
use jiff::Timestamp;

/// A client agreement (API: Client Agreements). A signed one is what permits dispute letters (CROA).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Server key.
    pub id: AgreementId,
    /// Whose agreement.
    pub client: ClientId,
    /// Title.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// When the client signed; `None` means not signed.
    pub signed: Option<Timestamp>,
}
