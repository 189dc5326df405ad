//! Internal notes.

use crate::{ClientId, NoteId};
use jiff::Timestamp;

/// A note about a client (API: Notes); clients never see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Server key.
    pub id: NoteId,
    /// About whom.
    pub client: ClientId,
    /// Plain text.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created: Option<Timestamp>,
}
