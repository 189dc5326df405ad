//! Files that are tied to a client's own record on the portal, beside documents and correspondence.
//!
//! The portal lists them client by client only, so that they are read when they are looked at and are not in the cache.

use crate::clients::client_id;
use crate::contract::{ClientFile, ClientFileRef, FileLink, Id, OutboxItem};
use crate::desk::Open;
use crate::notes::one;
use crate::{Desk, Error};
use domain::outbox::Intent;
use domain::{Attachment, AttachmentId, ClientId};
use futures::TryStreamExt;
use portal_api::attachments::ListAttachmentsQuery;
use portal_api::{MOST_PER_PAGE, Row, ToDomain};
use std::sync::Arc;
use store::{OutboxEntry, OutboxFilter};

/// The portal's name of a client's own record (API: Attachment Links).
const CLIENT: &str = "client";

impl Desk {
    /// Files that are tied to a client's own record, read now; what waits in the outbox comes first and is marked.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Portal`], no open cache, or the cache fails.
    pub async fn client_file_list(&self, client: Id) -> Result<Vec<ClientFile>, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let portal = self.connected(&open).await?;
        let query = ListAttachmentsQuery {
            per_page: Some(MOST_PER_PAGE),
            ..ListAttachmentsQuery::new(CLIENT.to_owned(), client.0)
        };
        let rows: Vec<_> = portal.list_attachments(&query).rows().try_collect().await?;
        let listed = rows.into_iter().filter_map(|row| match row {
            Row::Read(record) => record.value.to_domain().ok(),
            Row::Parked { .. } => None,
        });
        let listed: Vec<Attachment> = listed.collect();
        let mut waiting = self.ties(&open, client).await?;
        let known = files_of(&open, client).await?;
        let ids: Vec<AttachmentId> = listed.iter().chain(&known).map(|file| file.id).collect();
        let here = open.store.stored_files_here(&ids).await?;
        let link = |file: &Attachment| FileLink {
            id: file.id.to_string(),
            caption: file.caption.clone(),
            extension: file.extension.clone(),
            size: file.size,
            here: here.contains(&file.id),
        };
        let mut files = Vec::new();
        for file in &listed {
            let place = waiting.iter().position(|(id, _)| *id == file.id);
            files.push(ClientFile { file: link(file), pending: place.map(|place| waiting.remove(place).1) });
        }
        let new = waiting.into_iter().filter_map(|(id, item)| {
            let file = known.iter().find(|file| file.id == id)?;
            Some(ClientFile { file: link(file), pending: Some(item) })
        });
        files.splice(0..0, new.collect::<Vec<_>>());
        Ok(files)
    }

    /// Queues a stored file of a client's documents, correspondence or agreements to be tied to the client's own record.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a file that is none of the client's, [`Error::Waiting`] when a change of its tie waits already.
    pub async fn client_file_link(&self, file: ClientFileRef) -> Result<OutboxItem, Error> {
        let (open, client, attachment) = self.tie(&file).await?;
        if files_of(&open, client).await?.iter().all(|file| file.id != attachment) {
            return Err(Error::NotFound("file"));
        }
        let intent = Intent::LinkAttachment { attachment, entity: CLIENT.to_owned(), entity_id: client.0 };
        one(self.enqueue(&open, vec![self.row(client, intent)], &[]).await?)
    }

    /// Queues the removal of the tie. The portal removes a file that nothing else uses.
    ///
    /// # Errors
    /// As [`Desk::client_file_link`].
    pub async fn client_file_unlink(&self, file: ClientFileRef) -> Result<OutboxItem, Error> {
        let (open, client, attachment) = self.tie(&file).await?;
        let intent = Intent::UnlinkAttachment { attachment, entity: CLIENT.to_owned(), entity_id: client.0 };
        one(self.enqueue(&open, vec![self.row(client, intent)], &[]).await?)
    }

    /// A client and a file of whose tie nothing waits.
    async fn tie(&self, file: &ClientFileRef) -> Result<(Arc<Open>, ClientId, AttachmentId), Error> {
        let open = self.ready().await?;
        let client = client_id(&file.client_id, "clientId")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let attachment = file.file_id.parse().map(AttachmentId).map_err(|_| Error::bad("fileId", "not a file's id"))?;
        if self.ties(&open, client).await?.iter().any(|(id, _)| *id == attachment) {
            return Err(Error::Waiting("file"));
        }
        Ok((open, client, attachment))
    }

    /// Ties of a client's own record that wait to be made or removed.
    async fn ties(&self, open: &Open, client: ClientId) -> Result<Vec<(AttachmentId, OutboxItem)>, Error> {
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let items = self.shown(open, &entries).await?;
        Ok(entries.iter().zip(items).filter_map(|(entry, item)| Some((tied(entry)?, item))).collect())
    }
}

/// The file whose tie to a client's own record a row makes or removes.
fn tied(entry: &OutboxEntry) -> Option<AttachmentId> {
    let OutboxEntry::Row(row) = entry else { return None };
    match &row.intent {
        Intent::LinkAttachment { attachment, entity, .. } | Intent::UnlinkAttachment { attachment, entity, .. } => {
            (entity == CLIENT).then_some(*attachment)
        }
        _ => None,
    }
}

/// The files that the cache knows of a client.
async fn files_of(open: &Open, client: ClientId) -> Result<Vec<Attachment>, Error> {
    let documents = open.store.documents_of(client).await?.into_iter().filter_map(|document| document.attachment);
    let pieces = open.store.correspondences_of(client).await?.into_iter().flat_map(|piece| piece.attachments);
    let agreements = open.store.agreements_of(client).await?.into_iter().filter_map(|agreement| agreement.attachment);
    Ok(documents.chain(pieces).chain(agreements).collect())
}
