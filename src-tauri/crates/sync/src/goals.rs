//! The goals there are, and each client's. Neither list has pages: one answer is all of it, and replaces what was there.
//!
//! Goals are beside the work: what keeps them from being read is recorded where they are shown, and keeps nothing else from
//! being whole.

use crate::PullError;
use crate::apart::Refusals;
use crate::pull::Run;
use domain::{ClientId, Goal};
use portal_api::{Page, Portal, Row, ToDomain};
use store::{Reading, Sent, Store, StoreError, Write};

/// A client's goals as far as they could be read.
pub(crate) struct ReadGoals {
    client: ClientId,
    goals: Option<Vec<Goal>>,
    reading: Option<Reading>,
    /// What ends the pull.
    pub(crate) fatal: Option<PullError>,
}

impl ReadGoals {
    /// Stores them.
    pub(crate) async fn put(&self, write: &mut Write) -> Result<(), StoreError> {
        match self.reading {
            Some(reading) => write.set_goals_of(self.client, self.goals.as_deref(), reading).await,
            None => Ok(()),
        }
    }
}

fn sent<T: ToDomain>(page: Page<T>) -> Vec<Sent<T::Value>> {
    let rows = page.to_domain().rows.into_iter();
    let read = rows.filter_map(|row| match row {
        Row::Read(record) => Some(Sent { value: record.value, body: record.body }),
        Row::Parked { .. } => None,
    });
    read.collect()
}

impl Run<'_> {
    /// Reads the list of all goals.
    pub(crate) async fn goals(&self) -> Result<(), PullError> {
        let (goals, reading) = match self.patiently(|| Box::pin(self.portal.list_goals())).await {
            Ok(page) => (Some(sent(page)), Reading::Read),
            Err(error) if error.ends_the_pull() => return Err(error),
            Err(error) => {
                tracing::info!("the list of goals could not be read");
                let Some(reading) = error.refusal() else { return Ok(()) };
                (None, reading)
            }
        };
        let mut write = self.store.write().await?;
        write.set_goals(goals.as_deref(), reading).await?;
        Ok(write.commit().await?)
    }

    /// Reads a client's goals, unless they could not be read of several clients in a row.
    pub(crate) async fn goals_of(&self, client: ClientId, refusals: &Refusals) -> ReadGoals {
        let mut read = ReadGoals { client, goals: None, reading: None, fatal: None };
        if refusals.enough() {
            read.reading = refusals.known();
            return read;
        }
        match self.patiently(|| Box::pin(self.portal.list_client_goals(client))).await {
            Ok(page) => {
                refusals.none();
                read.goals = Some(sent(page).into_iter().map(|sent| sent.value).collect());
                read.reading = Some(Reading::Read);
            }
            Err(error) if error.ends_the_pull() => read.fatal = Some(error),
            Err(error) => {
                read.reading = error.refusal();
                refusals.note(read.reading);
            }
        }
        read
    }
}

/// Reads a client's goals again.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_goals(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let goals: Vec<Goal> = sent(portal.list_client_goals(client).await?).into_iter().map(|sent| sent.value).collect();
    let mut write = store.write().await?;
    write.set_goals_of(client, Some(&goals), Reading::Read).await?;
    Ok(write.commit().await?)
}
