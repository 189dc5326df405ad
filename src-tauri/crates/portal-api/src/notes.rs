//! Internal notes (API: Notes).

use crate::auth::UserWire;
use crate::decode::{Instant, Int, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{ClientId, Note, NoteId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NoteWire {
    id: Int,
    client_id: Int,
    note_text: Text,
    user: One<UserWire>,
    created_at: Instant,
}

impl Wire for NoteWire {
    type Value = Note;

    fn value(self) -> Result<Note, Missing> {
        Ok(Note {
            id: NoteId(self.id.0.ok_or(Missing("id"))?),
            client: ClientId(self.client_id.0.ok_or(Missing("client_id"))?),
            text: self.note_text.or_empty(),
            author: self.user.0.map(UserWire::display_name).unwrap_or_default(),
            created: self.created_at.0,
        })
    }
}

impl Portal {
    /// One page of all notes (API: `listNotes`; sorts by `id`, `created_at`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn notes(&self, page: PageRequest) -> Result<Page<Note>, ApiError> {
        self.list::<NoteWire>(Operation::ListNotes, page).await
    }
}
