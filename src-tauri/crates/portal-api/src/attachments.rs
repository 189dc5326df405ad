//! Stored files (API: Attachments, Attachment Links).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Done, Download, Operation, Pages, Portal, Record, Upload};
use crate::{Missing, ToDomain};
use domain::AttachmentId;
use jiff::Timestamp;

record! {
    /// `AttachmentResource`, `CorrespondenceAttachment`.
    pub struct Attachment {
        id: Option<AttachmentId>,
        caption: Option<String>,
        r#type: Option<String>,
        extension: Option<String>,
        size: Option<i64>,
        url: Option<String>,
        download_url as "downloadUrl": Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listAttachments` can be asked for.
    pub struct ListAttachmentsQuery {
        entity_type: String,
        entity_id: i64,
        ;
        caption: String,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// `CreateAttachmentLinkRequest`.
    pub struct CreateAttachmentLinkRequest {
        attachment_id: AttachmentId,
        entity_type: String,
        entity_id: i64,
        ;
    }
}

request! {
    /// `DeleteAttachmentLinkRequest`.
    pub struct DeleteAttachmentLinkRequest {
        entity_type: String,
        entity_id: i64,
        ;
    }
}

impl ToDomain for Attachment {
    type Value = domain::Attachment;

    fn to_domain(self) -> Result<domain::Attachment, Missing> {
        Ok(domain::Attachment {
            id: self.id.ok_or(Missing("id"))?,
            caption: self.caption.unwrap_or_default(),
            kind: self.r#type.unwrap_or_default(),
            extension: self.extension.unwrap_or_default(),
            size: self.size.and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
            created: self.created_at,
        })
    }
}

impl Portal {
    /// Page through the files of one owning record (API: `listAttachments`).
    pub fn list_attachments(&self, query: &ListAttachmentsQuery) -> Pages<Attachment> {
        Pages::new(self, Operation::ListAttachments, &[], query, &())
    }

    /// Store a file so that it can be linked later (API: `uploadAttachment`).
    pub async fn upload_attachment(&self, upload: &Upload) -> Result<Record<Attachment>, ApiError> {
        self.upload(Operation::UploadAttachment, upload).await
    }

    /// Remove one file (API: `deleteAttachment`).
    pub async fn delete_attachment(&self, id: AttachmentId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteAttachment, &[&id], &(), &()).await
    }

    /// Read the metadata of one file (API: `getAttachment`).
    pub async fn get_attachment(&self, id: AttachmentId) -> Result<Record<Attachment>, ApiError> {
        self.one(Operation::GetAttachment, &[&id], &(), &()).await
    }

    /// Fetch the bytes of one file (API: `downloadAttachment`).
    pub async fn download_attachment(&self, id: AttachmentId) -> Result<Download, ApiError> {
        self.file(Operation::DownloadAttachment, &[&id]).await
    }

    /// Tie a stored file to a record (API: `createAttachmentLink`).
    pub async fn create_attachment_link(
        &self,
        request: &CreateAttachmentLinkRequest,
    ) -> Result<Record<Attachment>, ApiError> {
        self.one(Operation::CreateAttachmentLink, &[], &(), request).await
    }

    /// Untie a file from a record; the last link takes the file with it (API: `deleteAttachmentLink`).
    pub async fn delete_attachment_link(
        &self,
        id: AttachmentId,
        request: &DeleteAttachmentLinkRequest,
    ) -> Result<Done, ApiError> {
        self.done(Operation::DeleteAttachmentLink, &[&id], &(), request).await
    }
}
