//! Permission to act for a client.

use crate::columns::{instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{Agreement, AgreementId, Attachment, AttachmentId, ClientId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

impl Store {
    /// A client's agreements, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn agreements_of(&self, client: ClientId) -> Result<Vec<Agreement>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, client_id, name, kind, signed, created, attachment_id, caption, extension, size FROM agreements
             WHERE client_id = ?1 ORDER BY id DESC",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(agreement).collect()
    }

    /// Kinds of agreements in the portal's words, the commonest first; twenty at most.
    ///
    /// # Errors
    /// As every query.
    pub async fn agreement_kinds(&self) -> Result<Vec<String>, StoreError> {
        let kinds = sqlx::query_scalar(
            "SELECT kind FROM agreements WHERE kind <> '' GROUP BY kind ORDER BY count(*) DESC, kind LIMIT 20",
        );
        Ok(kinds.fetch_all(&self.readers).await?)
    }
}

fn agreement(row: &SqliteRow) -> Result<Agreement, StoreError> {
    let attachment = match row.try_get::<Option<i64>, _>("attachment_id")? {
        Some(id) => Some(Attachment {
            id: AttachmentId(id),
            caption: row.try_get("caption")?,
            kind: String::new(),
            extension: row.try_get("extension")?,
            size: u64::try_from(row.try_get::<i64, _>("size")?).unwrap_or(0),
            created: None,
        }),
        None => None,
    };
    Ok(Agreement {
        id: AgreementId(row.try_get("id")?),
        client: ClientId(row.try_get("client_id")?),
        name: row.try_get("name")?,
        kind: row.try_get("kind")?,
        signed: instant(row.try_get("signed")?, "agreements.signed")?,
        created: instant(row.try_get("created")?, "agreements.created")?,
        attachment,
    })
}

impl Write {
    /// Inserts or replaces agreements.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_agreements(&mut self, agreements: &[Sent<Agreement>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            agreements,
            walk,
            "agreements"(
                "id",
                "client_id",
                "name",
                "kind",
                "signed",
                "created",
                "attachment_id",
                "caption",
                "extension",
                "size"
            ),
            |out, row| {
                let file = row.value.attachment.as_ref();
                out.push_bind(row.value.id.0)
                    .push_bind(row.value.client.0)
                    .push_bind(&row.value.name)
                    .push_bind(&row.value.kind)
                    .push_bind(row.value.signed.map(|at| at.to_string()))
                    .push_bind(row.value.created.map(|at| at.to_string()))
                    .push_bind(file.map(|file| file.id.0))
                    .push_bind(file.map_or("", |file| file.caption.as_str()))
                    .push_bind(file.map_or("", |file| file.extension.as_str()))
                    .push_bind(file.map_or(0, |file| i64::try_from(file.size).unwrap_or(i64::MAX)))
            }
        );
        Ok(())
    }
}
