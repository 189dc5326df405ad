//! The company's segments of clients: their list with every pull, their members when an agent asks for one.
//!
//! No list tells who is in a segment. `POST /clients/by-conditions` with nothing but the segment's key pages through its
//! members (API: `listClientsByConditions`); segments of negative items have none that it could tell, and are left out.

use crate::pull::Run;
use crate::{Patience, PullError};
use domain::{ClientId, SegmentId};
use futures::TryStreamExt;
use portal_api::clients::{Client, ClientsByConditionsRequest, ListClientsByConditionsQuery};
use portal_api::segments::{ListSegmentsQuery, SegmentKind};
use portal_api::{MOST_PER_PAGE, Page, Portal, Row, SortDirection, ToDomain};
use store::{Sent, Store};
use tokio_util::sync::CancellationToken;

impl Run<'_> {
    /// Reads the list. Whoever may not read it keeps what is here, and hears of it when members are asked for.
    pub(crate) async fn segments(&self) -> Result<(), PullError> {
        let query = ListSegmentsQuery {
            is_active: Some(true),
            r#type: Some(SegmentKind::Client),
            per_page: Some(MOST_PER_PAGE),
            sort_by: Some("id".to_owned()),
            sort_direction: Some(SortDirection::Ascending),
            ..ListSegmentsQuery::new(false)
        };
        let pages =
            self.patiently(|| Box::pin(self.portal.list_segments(&query).stream().try_collect::<Vec<_>>())).await;
        let pages: Vec<Page<_>> = match pages {
            Ok(pages) => pages,
            Err(error) if error.ends_the_pull() => return Err(error),
            Err(_) => {
                tracing::info!("the portal's segments could not be read");
                return Ok(());
            }
        };
        // A server that does not filter sends the other kinds too.
        let wanted = |segment: &portal_api::segments::Segment| {
            segment.r#type.as_ref().is_none_or(|kind| *kind == SegmentKind::Client)
                && segment.is_active != Some(false)
                && segment.is_archive != Some(true)
        };
        let segments: Vec<_> = pages
            .into_iter()
            .flat_map(Page::records)
            .filter(|record| wanted(&record.value))
            .filter_map(|record| Some(Sent { value: record.value.to_domain().ok()?, body: record.body }))
            .collect();
        let mut write = self.store.write().await?;
        write.set_segments(&segments).await?;
        Ok(write.commit().await?)
    }
}

/// Asks the portal who is in a segment, page by page.
///
/// # Errors
/// The portal, or the caller cancelled.
pub async fn segment_members(
    portal: &Portal,
    store: &Store,
    cancel: &CancellationToken,
    segment: SegmentId,
) -> Result<Vec<ClientId>, PullError> {
    let run = Run { portal, store, cancel, patience: Patience::default(), report: &|_| {}, walk: 0 };
    let query = ListClientsByConditionsQuery {
        sort_by: Some("id".to_owned()),
        sort_direction: Some(SortDirection::Ascending),
        per_page: Some(MOST_PER_PAGE),
    };
    let request = ClientsByConditionsRequest { segment_id: Some(segment), ..ClientsByConditionsRequest::default() };
    let list = portal.list_clients_by_conditions(&query, &request);
    let mut members: Vec<ClientId> = Vec::new();
    for number in 1.. {
        let page = run.patiently(|| Box::pin(list.page(number))).await?;
        let received = page.rows.len();
        let last = page.last_page.map_or(received < MOST_PER_PAGE.unsigned_abs() as usize, |last| number >= last);
        let before = members.len();
        members.extend(page.rows.iter().filter_map(key));
        // A server that ignores the page's number sends the same again.
        let stuck = number > 1 && members.get(before).is_some_and(|first| members.first() == Some(first));
        if last || stuck || received == 0 {
            break;
        }
    }
    members.sort_unstable();
    members.dedup();
    Ok(members)
}

fn key(row: &Row<Client>) -> Option<ClientId> {
    match row {
        Row::Read(record) => record.value.id,
        Row::Parked { .. } => None,
    }
}
