//! What was sent and received.

use crate::columns::{count, instant, json, put, to_json};
use crate::{Sent, Store, StoreError, Write};
use domain::{Attachment, AttachmentId, Channel, ClientId, Correspondence, CorrespondenceId, ItemId};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// A file that went along, as stored.
#[derive(Serialize, Deserialize)]
struct StoredAttachment {
    id: i64,
    caption: String,
    kind: String,
    extension: String,
    size: u64,
}

impl Store {
    /// How many pieces of correspondence a client has.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_correspondence(&self, client: ClientId) -> Result<u32, StoreError> {
        let pieces: i64 = sqlx::query_scalar("SELECT count(*) FROM correspondences WHERE client_id = ?1")
            .bind(client.0)
            .fetch_one(&self.readers)
            .await?;
        Ok(count(pieces))
    }

    /// A client's correspondence, newest first; what has no time comes by its key.
    ///
    /// # Errors
    /// As every query.
    pub async fn correspondences_of(&self, client: ClientId) -> Result<Vec<Correspondence>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, channel, item_id, run_by, created, attributes, attachments FROM correspondences
             WHERE client_id = ?1 ORDER BY created DESC, id DESC",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let attachments: Vec<StoredAttachment> =
                    json(row.try_get("attachments")?, "correspondences.attachments")?;
                Ok(Correspondence {
                    id: CorrespondenceId(row.try_get("id")?),
                    client,
                    channel: Channel::from_code(row.try_get("channel")?),
                    item: row.try_get::<Option<String>, _>("item_id")?.map(ItemId),
                    run_by: row.try_get("run_by")?,
                    created: instant(row.try_get("created")?, "correspondences.created")?,
                    attributes: json(row.try_get("attributes")?, "correspondences.attributes")?,
                    attachments: attachments.into_iter().map(attachment).collect(),
                })
            })
            .collect()
    }
}

fn attachment(stored: StoredAttachment) -> Attachment {
    let StoredAttachment { id, caption, kind, extension, size } = stored;
    Attachment { id: AttachmentId(id), caption, kind, extension, size, created: None }
}

fn stored(attachment: &Attachment) -> StoredAttachment {
    let Attachment { id, caption, kind, extension, size, .. } = attachment.clone();
    StoredAttachment { id: id.0, caption, kind, extension, size }
}

impl Write {
    /// Inserts or replaces correspondence.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_correspondences(&mut self, pieces: &[Sent<Correspondence>], walk: i64) -> Result<(), StoreError> {
        let mut details = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let attachments: Vec<StoredAttachment> = piece.value.attachments.iter().map(stored).collect();
            details.push((
                to_json(&piece.value.attributes, "correspondences.attributes")?,
                to_json(&attachments, "correspondences.attachments")?,
            ));
        }
        let rows: Vec<_> =
            pieces.iter().zip(details).map(|(piece, details)| Detailed { piece, details, body: &piece.body }).collect();
        put!(
            self,
            rows,
            walk,
            "correspondences"(
                "id",
                "client_id",
                "channel",
                "item_id",
                "run_by",
                "created",
                "attributes",
                "attachments"
            ),
            |out, row| {
                let piece = &row.piece.value;
                out.push_bind(piece.id.0)
                    .push_bind(piece.client.0)
                    .push_bind(piece.channel.code())
                    .push_bind(piece.item.as_ref().map(|item| item.0.as_str()))
                    .push_bind(&piece.run_by)
                    .push_bind(piece.created.map(|at| at.to_string()))
                    .push_bind(&row.details.0)
                    .push_bind(&row.details.1)
            }
        );
        Ok(())
    }
}

/// A piece with its details as JSON.
struct Detailed<'a> {
    piece: &'a Sent<Correspondence>,
    details: (String, String),
    body: &'a String,
}
