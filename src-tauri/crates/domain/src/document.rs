//! Files filed under a client.

use crate::{Attachment, ClientId, DocumentId};
use jiff::Timestamp;

/// A client document (API: Client Documents), e.g. type `id`, subtype `drive_licence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Server key.
    pub id: DocumentId,
    /// Whose document.
    pub client: ClientId,
    /// `id`, `credit_related`, `fixed_income_verification`, `other`.
    pub kind: String,
    /// `drive_licence`, `utility_bills`, ...
    pub subkind: String,
    /// The file.
    pub attachment: Option<Attachment>,
    /// When it was filed.
    pub created: Option<Timestamp>,
}
