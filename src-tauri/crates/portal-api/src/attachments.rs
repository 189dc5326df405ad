//! Stored files (API: Attachments).

use crate::client::Call;
use crate::decode::{Instant, Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Attachment, AttachmentId};
use futures::Stream;
use futures::StreamExt;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AttachmentWire {
    id: Int,
    caption: Text,
    r#type: Text,
    extension: Text,
    size: Int,
    created_at: Instant,
}

impl Wire for AttachmentWire {
    type Value = Attachment;

    fn value(self) -> Result<Attachment, Missing> {
        Ok(Attachment {
            id: AttachmentId(self.id.0.ok_or(Missing("id"))?),
            caption: self.caption.or_empty(),
            kind: self.r#type.or_empty(),
            extension: self.extension.or_empty(),
            size: self.size.0.and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
            created: self.created_at.0,
        })
    }
}

impl Portal {
    /// One page of the files of a record, e.g. `("client", 5)` (API: `listAttachments`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn attachments(&self, entity: &str, id: i64, page: PageRequest) -> Result<Page<Attachment>, ApiError> {
        let mut query = page.query();
        query.push(("entity_type", entity.to_owned()));
        query.push(("entity_id", id.to_string()));
        self.page::<AttachmentWire>(Call { query, ..Call::get(Operation::ListAttachments) }).await
    }

    /// The bytes of a file, as they come (API: `downloadAttachment`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`]; each piece may fail as [`ApiError::Unreachable`].
    pub async fn download(
        &self,
        id: AttachmentId,
    ) -> Result<impl Stream<Item = Result<Vec<u8>, ApiError>> + use<>, ApiError> {
        let id = id.to_string();
        let call = Call { parameters: &[&id], ..Call::get(Operation::DownloadAttachment) };
        let response = self.send(&call).await?;
        Ok(response.bytes_stream().map(|piece| piece.map(|bytes| bytes.to_vec()).map_err(ApiError::transport)))
    }
}
