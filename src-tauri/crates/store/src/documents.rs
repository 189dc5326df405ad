//! Files filed under a client.

use crate::columns::{instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{Attachment, AttachmentId, ClientId, Document, DocumentId};
use sqlx::Row;

impl Store {
    /// A client's documents, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn documents_of(&self, client: ClientId) -> Result<Vec<Document>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind, subkind, attachment_id, caption, extension, size, created FROM documents
             WHERE client_id = ?1 ORDER BY created DESC, id",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let created = instant(row.try_get("created")?, "documents.created")?;
                let attachment = row.try_get::<Option<i64>, _>("attachment_id")?.map(AttachmentId);
                Ok(Document {
                    id: DocumentId(row.try_get("id")?),
                    client,
                    kind: row.try_get("kind")?,
                    subkind: row.try_get("subkind")?,
                    attachment: match attachment {
                        Some(id) => Some(Attachment {
                            id,
                            caption: row.try_get("caption")?,
                            kind: String::new(),
                            extension: row.try_get("extension")?,
                            size: u64::try_from(row.try_get::<i64, _>("size")?).unwrap_or(0),
                            created,
                        }),
                        None => None,
                    },
                    created,
                })
            })
            .collect()
    }
}

impl Write {
    /// Removes a document that is gone from the portal.
    ///
    /// # Errors
    /// As every query.
    pub async fn drop_document(&mut self, id: &DocumentId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM documents WHERE id = ?1").bind(&id.0).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Inserts or replaces documents.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_documents(&mut self, documents: &[Sent<Document>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            documents,
            walk,
            "documents"(
                "id",
                "client_id",
                "kind",
                "subkind",
                "attachment_id",
                "caption",
                "extension",
                "size",
                "created"
            ),
            |out, row| {
                let file = row.value.attachment.as_ref();
                out.push_bind(&row.value.id.0)
                    .push_bind(row.value.client.0)
                    .push_bind(&row.value.kind)
                    .push_bind(&row.value.subkind)
                    .push_bind(file.map(|file| file.id.0))
                    .push_bind(file.map_or("", |file| file.caption.as_str()))
                    .push_bind(file.map_or("", |file| file.extension.as_str()))
                    .push_bind(file.map_or(0, |file| i64::try_from(file.size).unwrap_or(i64::MAX)))
                    .push_bind(row.value.created.map(|at| at.to_string()))
            }
        );
        Ok(())
    }
}
