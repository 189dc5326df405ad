//! The portal's segments of clients, and who was in them when they were last read.

use crate::columns::{count, instant};
use crate::letters::stamp;
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, Segment, SegmentId};
use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A segment with what is known of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSegment {
    /// The segment.
    pub segment: Segment,
    /// How many members it had when they were last read, and when; `None` before the first time.
    pub members: Option<(u32, Timestamp)>,
}

const KEPT: &str = "SELECT s.id, s.name, s.description, s.clients, r.read,
     (SELECT count(*) FROM segment_members WHERE segment_id = s.id) AS members
     FROM segments s LEFT JOIN segment_readings r ON r.segment_id = s.id";

fn kept(row: &SqliteRow) -> Result<KeptSegment, StoreError> {
    let read = instant(row.try_get("read")?, "segment_readings.read")?;
    let members = count(row.try_get("members")?);
    Ok(KeptSegment {
        segment: Segment {
            id: SegmentId(row.try_get("id")?),
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            clients: row.try_get::<Option<i64>, _>("clients")?.map(count),
        },
        members: read.map(|read| (members, read)),
    })
}

impl Store {
    /// Every segment by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn segments(&self) -> Result<Vec<KeptSegment>, StoreError> {
        // The text is ours.
        let sql = sqlx::AssertSqlSafe(format!("{KEPT} ORDER BY s.name COLLATE NOCASE, s.id"));
        sqlx::query(sql).fetch_all(&self.readers).await?.iter().map(kept).collect()
    }

    /// One segment.
    ///
    /// # Errors
    /// As every query.
    pub async fn segment(&self, id: SegmentId) -> Result<Option<KeptSegment>, StoreError> {
        // The text is ours; the value is bound.
        let sql = sqlx::AssertSqlSafe(format!("{KEPT} WHERE s.id = ?1"));
        sqlx::query(sql).bind(id.0).fetch_optional(&self.readers).await?.as_ref().map(kept).transpose()
    }
}

impl Write {
    /// Puts the portal's segments in place of those that are here. Who was in a segment stays as long as the segment does.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_segments(&mut self, segments: &[Sent<Segment>]) -> Result<(), StoreError> {
        let ids: Vec<i64> = segments.iter().map(|sent| sent.value.id.0).collect();
        sqlx::query("DELETE FROM segments WHERE id NOT IN (SELECT value FROM json_each(?1))")
            .bind(crate::columns::to_json(&ids, "segments.id")?)
            .execute(&mut *self.tx)
            .await?;
        for Sent { value, body } in segments {
            sqlx::query(
                "INSERT INTO segments (id, name, description, clients, body) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
                     clients = excluded.clients, body = excluded.body",
            )
            .bind(value.id.0)
            .bind(&value.name)
            .bind(&value.description)
            .bind(value.clients)
            .bind(body)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }

    /// Puts a segment's members in place of those that are here. One that left meanwhile keeps none.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_segment_members(
        &mut self,
        segment: SegmentId,
        members: &[ClientId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = members.iter().map(|client| client.0).collect();
        sqlx::query("DELETE FROM segment_members WHERE segment_id = ?1").bind(segment.0).execute(&mut *self.tx).await?;
        sqlx::query(
            "INSERT INTO segment_members (segment_id, client_id)
             SELECT s.id, j.value FROM segments s, json_each(?2) j WHERE s.id = ?1 ON CONFLICT DO NOTHING",
        )
        .bind(segment.0)
        .bind(crate::columns::to_json(&ids, "segment_members.client_id")?)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "INSERT INTO segment_readings (segment_id, read) SELECT id, ?2 FROM segments WHERE id = ?1
             ON CONFLICT (segment_id) DO UPDATE SET read = excluded.read",
        )
        .bind(segment.0)
        .bind(stamp(now))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
