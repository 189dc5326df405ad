//! Files filed under a client (API: Client Documents).

use crate::attachments::AttachmentWire;
use crate::client::Call;
use crate::decode::{Instant, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Attachment, ClientId, Document, DocumentId};
use serde::Deserialize;

/// The embedded client is not read: the list is asked for one client.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct DocumentWire {
    id: Text,
    r#type: Text,
    subtype: Text,
    attachment: One<AttachmentWire>,
    created_at: Instant,
}

impl Wire for DocumentWire {
    type Value = (DocumentId, Option<Attachment>, Self);

    const EMBEDDED_CLIENTS: &[&str] = &["client"];

    fn value(mut self) -> Result<Self::Value, Missing> {
        let attachment = self.attachment.0.take().map(Wire::value).transpose()?;
        let id = match (self.id.0.take().filter(|id| !id.is_empty()), &attachment) {
            (Some(id), _) => id,
            (None, Some(attachment)) => format!("attachment:{}", attachment.id),
            (None, None) => return Err(Missing("id")),
        };
        Ok((DocumentId(id), attachment, self))
    }
}

impl Portal {
    /// One page of a client's documents (API: `listClientDocuments`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn client_documents(&self, client: ClientId, page: PageRequest) -> Result<Page<Document>, ApiError> {
        let mut query = page.query();
        query.push(("client_id", client.to_string()));
        let page = self.page::<DocumentWire>(Call { query, ..Call::get(Operation::ListClientDocuments) }).await?;
        Ok(page.map(|(id, attachment, wire)| Document {
            id,
            client,
            kind: wire.r#type.or_empty(),
            subkind: wire.subtype.or_empty(),
            attachment,
            created: wire.created_at.0,
        }))
    }
}
