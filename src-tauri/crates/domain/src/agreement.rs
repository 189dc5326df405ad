//! Permission to act for a client.

use crate::{AgreementId, Attachment, ClientId};
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
    /// When it was recorded.
    pub created: Option<Timestamp>,
    /// The agreement as a file.
    pub attachment: Option<Attachment>,
}

/// Whether a client permits the work, as far as the cache knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// The client's agreements were not read yet.
    Unknown,
    /// None is signed.
    Unsigned,
    /// When the first one was signed.
    Signed(Timestamp),
}
