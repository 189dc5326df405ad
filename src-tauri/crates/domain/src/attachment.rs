//! Stored files.

use crate::AttachmentId;
use jiff::Timestamp;

/// A stored file (API: Attachments).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Server key.
    pub id: AttachmentId,
    /// Label shown for the file.
    pub caption: String,
    /// Media type or kind as the server spells it.
    pub kind: String,
    /// File name extension without the dot.
    pub extension: String,
    /// Bytes.
    pub size: u64,
    /// When it was stored.
    pub created: Option<Timestamp>,
}
