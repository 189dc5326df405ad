//! A client's notes: written here, sent through the outbox.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{Id, NoteAdd, NoteChange, NoteRow, OutboxItem, OutboxKind};
use crate::desk::{Desk, Open};
use domain::outbox::{Intent, NoteBase};
use domain::{Note, NoteId};
use std::sync::Arc;
use store::{OutboxEntry, OutboxFilter};

impl Desk {
    /// A client's notes, newest first; what waits in the outbox comes first and is marked.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn note_list(&self, client: Id) -> Result<Vec<NoteRow>, Error> {
        let open = self.ready().await?;
        let id = client_id(&client.id, "id")?;
        let filter = OutboxFilter { client: Some(id), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let mut waiting: Vec<(OutboxEntry, OutboxItem)> =
            entries.into_iter().zip(self.items(&open, filter).await?).collect();
        let mut rows = Vec::new();
        let author = open.account.agent.clone();
        for (entry, item) in &waiting {
            if let (OutboxEntry::Row(row), Some(OutboxKind::CreateNote)) = (entry, item.kind)
                && let Intent::CreateNote { text } = &row.intent
            {
                rows.push(NoteRow {
                    id: None,
                    text: text.clone(),
                    author: author.clone(),
                    created_at: Some(item.created_at.clone()),
                    pending: Some(item.clone()),
                });
            }
        }
        rows.reverse();
        for note in open.store.notes_of(id).await? {
            let place = waiting.iter().position(|(entry, _)| changes(entry, note.id));
            let change = place.map(|place| waiting.remove(place));
            rows.push(row(note, change));
        }
        Ok(rows)
    }

    /// Queues a new note.
    ///
    /// # Errors
    /// An empty note, no open cache, or the cache fails.
    pub async fn note_add(&self, add: NoteAdd) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&add.client_id, "clientId")?;
        let text = filled(&add.text)?;
        let row = self.row(client, Intent::CreateNote { text });
        one(self.enqueue(&open, vec![row], &[]).await?)
    }

    /// Queues a change of a note. It is made only if the portal's note is still what the agent saw.
    ///
    /// # Errors
    /// [`Error::NotFound`], an empty note, or a change of this note that waits already.
    pub async fn note_change(&self, change: NoteChange) -> Result<OutboxItem, Error> {
        let text = filled(&change.text)?;
        let (open, note) = self.unchanged(&change.id).await?;
        let base = NoteBase { note: note.id, text: note.text };
        let row = self.row(note.client, Intent::UpdateNote { base, text });
        one(self.enqueue(&open, vec![row], &[]).await?)
    }

    /// Queues the removal of a note.
    ///
    /// # Errors
    /// As [`Desk::note_change`].
    pub async fn note_remove(&self, id: Id) -> Result<OutboxItem, Error> {
        let (open, note) = self.unchanged(&id.id).await?;
        let base = NoteBase { note: note.id, text: note.text };
        let row = self.row(note.client, Intent::DeleteNote { base });
        one(self.enqueue(&open, vec![row], &[]).await?)
    }

    /// A note that nothing waits for.
    async fn unchanged(&self, id: &str) -> Result<(Arc<Open>, Note), Error> {
        let open: Arc<Open> = self.ready().await?;
        let id: NoteId = id.parse().map_err(|_| Error::bad("id", "not the id of a note"))?;
        let note = open.store.note(id).await?.ok_or(Error::NotFound("note"))?;
        let filter = OutboxFilter { client: Some(note.client), ..OutboxFilter::default() };
        if open.store.outbox(filter).await?.iter().any(|entry| changes(entry, id)) {
            return Err(Error::Waiting("note"));
        }
        Ok((open, note))
    }
}

/// Whether a row changes or removes this note.
fn changes(entry: &OutboxEntry, note: NoteId) -> bool {
    match entry {
        OutboxEntry::Row(row) => match &row.intent {
            Intent::UpdateNote { base, .. } | Intent::DeleteNote { base } => base.note == note,
            _ => false,
        },
        OutboxEntry::Parked(_) => false,
    }
}

fn row(note: Note, change: Option<(OutboxEntry, OutboxItem)>) -> NoteRow {
    let (entry, pending) = change.unzip();
    // What the agent wrote is what the agent sees, until the portal says otherwise.
    let text = match entry.and_then(OutboxEntry::row).map(|row| row.intent) {
        Some(Intent::UpdateNote { text, .. }) => text,
        _ => note.text,
    };
    NoteRow {
        id: Some(note.id.to_string()),
        text,
        author: note.author,
        created_at: note.created.map(|at| at.to_string()),
        pending,
    }
}

fn filled(text: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Err(Error::bad("text", "Write something first.")),
        text => Ok(text.to_owned()),
    }
}

/// The only item of a queueing of one row.
pub(crate) fn one(items: Vec<OutboxItem>) -> Result<OutboxItem, Error> {
    items.into_iter().next().ok_or_else(|| Error::Internal("nothing was queued".to_owned()))
}
