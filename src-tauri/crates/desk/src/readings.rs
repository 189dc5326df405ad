//! What became of asking the portal for records: a list that the account may not read is empty too.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{ReadingOf, RecordAccess, RecordKind};
use crate::desk::{Desk, Open};
use domain::ClientId;
use store::{DetailTable, Reading, Resource};

/// Where the portal lists them.
enum Listed {
    /// In one list for everyone.
    ForAll(Resource),
    /// In a list of each client's.
    ByClient(DetailTable),
}

impl Desk {
    /// What became of the last reading of records. It lasts until they are read again.
    ///
    /// # Errors
    /// [`Error::BadRequest`], no open cache, or the cache fails.
    pub async fn reading_get(&self, of: ReadingOf) -> Result<RecordAccess, Error> {
        let open = self.ready().await?;
        match listed(of.kind) {
            Listed::ForAll(resource) => self.list_access(&open, resource).await,
            Listed::ByClient(table) => {
                let client = client_id(&of.client_id.unwrap_or_default(), "clientId")?;
                self.detail_access(&open, client, table).await
            }
        }
    }

    /// What became of the last reading of a list.
    pub(crate) async fn list_access(&self, open: &Open, resource: Resource) -> Result<RecordAccess, Error> {
        Ok(match open.store.list_reading(resource).await? {
            Some(reading) => access(Some(reading)),
            // Read before this was recorded.
            None if open.store.pull(resource).await?.is_some_and(|pull| pull.done) => RecordAccess::Read,
            None => RecordAccess::Unread,
        })
    }

    async fn detail_access(&self, open: &Open, client: ClientId, table: DetailTable) -> Result<RecordAccess, Error> {
        Ok(match open.store.reading(client, table).await? {
            Some(reading) => access(Some(reading)),
            None if open.store.details_were_read(client).await? => RecordAccess::Read,
            None => RecordAccess::Unread,
        })
    }
}

/// What became of asking, as the window is told.
pub(crate) fn access(reading: Option<Reading>) -> RecordAccess {
    match reading {
        None => RecordAccess::Unread,
        Some(Reading::Read) => RecordAccess::Read,
        Some(Reading::Forbidden) => RecordAccess::Forbidden,
        Some(Reading::Missing) => RecordAccess::Missing,
    }
}

fn listed(kind: RecordKind) -> Listed {
    match kind {
        RecordKind::Clients => Listed::ForAll(Resource::Clients),
        RecordKind::Items => Listed::ForAll(Resource::NegativeItems),
        RecordKind::Notes => Listed::ForAll(Resource::Notes),
        RecordKind::Documents => Listed::ByClient(DetailTable::Documents),
        RecordKind::Correspondence => Listed::ForAll(Resource::Correspondences),
        RecordKind::Agreements => Listed::ByClient(DetailTable::Agreements),
        RecordKind::Products => Listed::ForAll(Resource::ClientProducts),
        RecordKind::Templates => Listed::ForAll(Resource::Templates),
        RecordKind::Reasons => Listed::ForAll(Resource::Reasons),
        RecordKind::Furnishers => Listed::ForAll(Resource::Furnishers),
        RecordKind::BureauAddresses => Listed::ForAll(Resource::BureauAddresses),
    }
}
