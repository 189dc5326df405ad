//! Who is in a segment of the portal: read when an agent asks, kept with the time.

use crate::contract::{Id, SegmentRead, SegmentRow, Topic};
use crate::{Desk, Error};
use domain::SegmentId;
use jiff::SignedDuration;
use store::KeptSegment;

/// A segment that is chosen again within this time is not read again.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(2);

impl Desk {
    /// Reads who is in a segment, unless that was done just now. A portal that does not tell is told in the answer; who was
    /// in it the last time stays.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what is no key, [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn segment_read(&self, id: Id) -> Result<SegmentRead, Error> {
        let open = self.ready().await?;
        let id = segment_id(&id.id, "id")?;
        let kept = open.store.segment(id).await?.ok_or(Error::NotFound("segment"))?;
        let now = self.inner.ports.clock.now();
        if kept.members.is_some_and(|(_, read)| read <= now && now.duration_since(read) < FRESH_FOR) {
            return Ok(SegmentRead { segment: segment_row(kept), problem: None });
        }
        let read = async {
            let portal = self.connected(&open).await?;
            Ok::<_, Error>(::sync::segment_members(&portal, &open.store, &open.closing, id).await?)
        };
        let members = match read.await {
            Ok(members) => members,
            Err(error) => {
                tracing::warn!(code = ?error.problem().code, "a segment's members could not be read");
                return Ok(SegmentRead { segment: segment_row(kept), problem: Some(error.problem()) });
            }
        };
        let mut write = open.store.write().await?;
        write.set_segment_members(id, &members, now).await?;
        write.commit().await?;
        self.changed(&[Topic::Clients]);
        let kept = open.store.segment(id).await?.ok_or(Error::NotFound("segment"))?;
        Ok(SegmentRead { segment: segment_row(kept), problem: None })
    }
}

pub(crate) fn segment_id(text: &str, field: &'static str) -> Result<SegmentId, Error> {
    text.parse().map_err(|_| Error::bad(field, "not the id of a segment"))
}

pub(crate) fn segment_row(KeptSegment { segment, members }: KeptSegment) -> SegmentRow {
    SegmentRow {
        id: segment.id.to_string(),
        name: segment.name,
        description: segment.description,
        clients: members.map(|(count, _)| count).or(segment.clients),
        read_at: members.map(|(_, read)| read.to_string()),
    }
}
