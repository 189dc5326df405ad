//! Internal notes (API: Notes).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{ClientId, NoteId};
use jiff::Timestamp;

record! {
    /// `NoteResponse`.
    pub struct Note {
        id: Option<NoteId>,
        client_id: Option<ClientId>,
        note_text: Option<String>,
        user: Option<Box<User>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listNotes` can be asked for.
    pub struct ListNotesQuery {
        ;
        search: String,
        client_id: ClientId,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `NoteRequest`.
    pub struct NoteRequest {
        ;
        client_id: ClientId,
        note_text: String,
    }
}

impl ToDomain for Note {
    type Value = domain::Note;

    fn to_domain(self) -> Result<domain::Note, Missing> {
        Ok(domain::Note {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client_id.ok_or(Missing("client_id"))?,
            text: self.note_text.unwrap_or_default(),
            author: self.user.map(|user| user.display_name()).unwrap_or_default(),
            created: self.created_at,
        })
    }
}

impl Portal {
    /// Filter and page the internal client notes (API: `listNotes`).
    pub fn list_notes(&self, query: &ListNotesQuery) -> Pages<Note> {
        Pages::new(self, Operation::ListNotes, &[], query, &())
    }

    /// Add a note about a client (API: `createNote`).
    pub async fn create_note(&self, request: &NoteRequest) -> Result<Record<Note>, ApiError> {
        self.one(Operation::CreateNote, &[], &(), request).await
    }

    /// Remove a note (API: `deleteNote`).
    pub async fn delete_note(&self, id: NoteId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteNote, &[&id], &(), &()).await
    }

    /// Read one note with its author (API: `getNote`).
    pub async fn get_note(&self, id: NoteId) -> Result<Record<Note>, ApiError> {
        self.one(Operation::GetNote, &[&id], &(), &()).await
    }

    /// Change a note (API: `updateNote`).
    pub async fn update_note(&self, id: NoteId, request: &NoteRequest) -> Result<Record<Note>, ApiError> {
        self.one(Operation::UpdateNote, &[&id], &(), request).await
    }
}
