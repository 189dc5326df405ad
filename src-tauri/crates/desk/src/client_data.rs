//! A client's own data: changed where the portal lets it be changed, sent through the outbox.
//!
//! One row holds what waits of a client: a further change goes into the row that waits, and only what differs from what the
//! agent saw is in it. Where the row is on its way already, the next change is a row behind it.
//!
//! Left out: the Social Security number, see [`domain::ClientField`].

use crate::Error;
use crate::clients::client_id;
use crate::contract::{ClientUpdate, ClientValue, OutboxItem};
use crate::desk::{Desk, Open};
use crate::notes::one;
use domain::outbox::{Intent, OutboxError, OutboxRow, OutboxState};
use domain::{ClientChange, ClientField, ClientId, IntentId};
use store::{OutboxEntry, OutboxFilter};

impl Desk {
    /// Queues what was changed of a client, or corrects what waits of it. Taking every change back cancels the row.
    ///
    /// # Errors
    /// [`Error::BadValues`] with each field that cannot be right, [`Error::BadRequest`] for one that cannot be changed from
    /// here and for no change at all, [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn client_update(&self, update: ClientUpdate) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&update.client_id, "clientId")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let changes = self.read_changes(&update.changes)?;
        while let Some(id) = waiting_row(&open, client).await? {
            match self.change(&id.0, |row, _| with_changes(row, &changes)).await {
                // It left meanwhile: what comes now is behind it.
                Err(Error::OutboxMoved(_)) => {}
                outcome => return outcome,
            }
        }
        one(self.enqueue(&open, vec![self.row(client, Intent::UpdateClient { changes })], &[]).await?)
    }

    /// The rows that change a client, in their order, with the fields that each changes.
    pub(crate) async fn client_changes(
        &self,
        open: &Open,
        client: ClientId,
    ) -> Result<Vec<(Vec<ClientField>, OutboxItem)>, Error> {
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        let mut entries = open.store.outbox(filter).await?;
        entries.retain(|entry| !changed_fields(entry).is_empty());
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let items = self.shown(open, &entries).await?;
        Ok(entries.iter().map(changed_fields).zip(items).collect())
    }

    fn read_changes(&self, values: &[ClientValue]) -> Result<Vec<ClientChange>, Error> {
        let today = self.inner.ports.clock.today();
        let (mut changes, mut wrong) = (Vec::new(), Vec::new());
        for ClientValue { name, seen, value } in values.iter().filter(|value| value.seen.trim() != value.value.trim()) {
            let field = ClientField::from_code(name)
                .ok_or_else(|| Error::bad("changes", format!("{name} cannot be changed from here")))?;
            match field.read(value, today) {
                Ok(to) if field.same(seen, &to) => {}
                Ok(to) => changes.push(ClientChange { field, from: seen.clone(), to }),
                Err(error) => wrong.push((field.code(), error.to_string())),
            }
        }
        if !wrong.is_empty() {
            return Err(Error::BadValues(wrong));
        }
        if changes.is_empty() {
            return Err(Error::bad("changes", "nothing was changed"));
        }
        Ok(changes)
    }
}

/// The row of a client's data that can still be corrected.
async fn waiting_row(open: &Open, client: ClientId) -> Result<Option<IntentId>, Error> {
    let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
    let mut rows = open.store.outbox(filter).await?.into_iter().filter_map(OutboxEntry::row);
    let waits = |row: &OutboxRow| {
        matches!(row.state, OutboxState::Queued | OutboxState::Rejected)
            && matches!(row.intent, Intent::UpdateClient { .. })
    };
    Ok(rows.rfind(waits).map(|row| row.id))
}

fn with_changes(row: &OutboxRow, later: &[ClientChange]) -> Result<OutboxRow, OutboxError> {
    let before: &[ClientChange] = match &row.intent {
        Intent::UpdateClient { changes } => changes,
        _ => &[],
    };
    let changes = ClientChange::over(before, later.to_vec());
    if changes.is_empty() { row.cancelled() } else { row.edited(Intent::UpdateClient { changes }) }
}

fn changed_fields(entry: &OutboxEntry) -> Vec<ClientField> {
    match entry {
        OutboxEntry::Row(row) => match &row.intent {
            Intent::UpdateClient { changes } => changes.iter().map(|change| change.field).collect(),
            _ => Vec::new(),
        },
        OutboxEntry::Parked(_) => Vec::new(),
    }
}
