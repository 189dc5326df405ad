//! What is new or was changed since the last pull.
//!
//! A list that sorts by `updated_at`, or whatever else tells what changed, is read newest first down to its mark: what came
//! first when it was last read. The mark is the portal's own word, so no clock of this computer matters; it is taken before
//! a walk, so that what changes during the walk lies above it. Reading stops at the first page that reaches below the mark
//! and brings nothing else than the cache has, and after some more where the newest rows change without a sign. A list that cannot be read so - it does not sort, or not truly, or its rows
//! do not show what they are sorted by - is read whole. Rows that left are found by a pull of everything only.

use crate::PullError;
use crate::lists::{self, List, Listed, Sort, SortKey};
use crate::pull::{MOST_PASSES, Progress, Run, anew};
use futures::future::join;
use jiff::Timestamp;
use store::{Resource, StoreError};

/// Where the mark of a list is kept.
fn mark_of(resource: Resource, by: &str) -> String {
    format!("pull.mark.{}.{by}", resource.name())
}

impl Run<'_> {
    /// Notes what comes first in a list that is about to be read whole.
    pub(crate) async fn mark(&self, list: &List) -> Result<(), PullError> {
        for by in list.changes {
            let sort = Some(Sort::newest_first(by));
            let first = match self.patiently(|| (list.read)(self.portal, 1, sort)).await {
                Ok(page) => page.keys.into_iter().flatten().next(),
                Err(error) if error.ends_the_pull() => return Err(error),
                // A portal that cannot sort so may fail in any way.
                Err(_) => None,
            };
            let mut write = self.store.write().await?;
            write.set_meta(&mark_of(list.resource, by), first.map(|key| key.text()).as_deref()).await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// Brings what changed in a list; all of it when it was never read to its end, from where that stopped unless it is
    /// long ago.
    pub(crate) async fn changes(&self, list: &List, now: Timestamp) -> Result<(), PullError> {
        if !self.store.pull(list.resource).await?.is_some_and(|place| place.walk == self.walk && place.done) {
            if !self.goes_on(list.resource, now).await? {
                self.begin_again(list.resource).await?;
                let mut write = self.store.write().await?;
                write.set_meta(&anew(list.resource), Some(&now.to_string())).await?;
                write.commit().await?;
            }
            return self.list(list).await;
        }
        let mut done = 0;
        let mut told = !list.changes.is_empty();
        for by in list.changes {
            told = told && self.newest(list, by, &mut done).await?;
        }
        if !told {
            self.all(list).await?;
        }
        let held = self.store.held(list.resource).await?;
        (self.report)(Progress { resource: list.resource, done: held, total: Some(held), finished: true });
        Ok(())
    }

    /// Reads a list newest first down to its mark; `false` when it cannot be read so.
    async fn newest(&self, list: &List, by: &'static str, done: &mut u64) -> Result<bool, PullError> {
        let name = mark_of(list.resource, by);
        let Some(mark) = self.store.meta(&name).await?.map(SortKey::kept) else { return Ok(false) };
        let sort = Some(Sort::newest_first(by));
        'passes: for _ in 0..MOST_PASSES {
            let (mut first, mut last, mut total) = (None, None, None);
            for number in 1.. {
                let page = match self.patiently(|| (list.read)(self.portal, number, sort)).await {
                    Ok(page) => page,
                    Err(error) if error.ends_the_pull() => return Err(error),
                    Err(_) => return Ok(false),
                };
                // A row that was taken out lets another slip past.
                if page.total < total {
                    continue 'passes;
                }
                total = page.total;
                for key in page.keys.iter().flatten() {
                    if last.as_ref().is_some_and(|last| key > last) {
                        return Ok(false);
                    }
                    first.get_or_insert_with(|| key.clone());
                    last = Some(key.clone());
                }
                if first.is_none() && page.received > 0 {
                    return Ok(false);
                }
                let brought = self.bring(list.resource, &page).await?;
                *done += page.received;
                (self.report)(Progress { resource: list.resource, done: *done, total: None, finished: false });
                let below = last.as_ref().is_none_or(|last| *last < mark);
                if page.is_last(number) || (below && brought == 0 && number >= list.recent) {
                    break;
                }
            }
            if let Some(first) = first {
                let mut write = self.store.write().await?;
                write.set_meta(&name, Some(&first.text())).await?;
                write.commit().await?;
            }
            return Ok(true);
        }
        Err(PullError::Unstable(list.resource))
    }

    /// Reads all of a list, and takes nothing out.
    async fn all(&self, list: &List) -> Result<(), PullError> {
        let resource = list.resource;
        let mut sorted = list.sorted;
        for _ in 0..MOST_PASSES {
            let mut page = self.page(list, &mut sorted, 1).await?;
            let (mut number, mut done, mut again) = (1, 0, false);
            loop {
                done += page.received;
                (self.report)(Progress { resource, done, total: page.total, finished: false });
                let last = page.is_last(number);
                // The next page travels while this one is stored.
                let (brought, next) = join(self.bring(resource, &page), async {
                    if last { None } else { Some(self.page(list, &mut sorted, number + 1).await) }
                })
                .await;
                brought?;
                let Some(next) = next.transpose()?.filter(|next| !next.repeats(&page)) else {
                    // The page came once more in the place of the next, and hides what follows.
                    again |= !last && page.last_page.is_some();
                    break;
                };
                again |= next.total < page.total;
                number += 1;
                page = next;
            }
            if !again {
                return Ok(());
            }
        }
        Err(PullError::Unstable(resource))
    }

    /// Stores what differs from the cache; answers how many rows did.
    async fn bring(&self, resource: Resource, page: &Listed) -> Result<usize, StoreError> {
        let differing = self.store.differing(resource, &page.rows.bodies()).await?;
        if differing.is_empty() && page.parked.is_empty() {
            return Ok(0);
        }
        let mut write = self.store.write().await?;
        lists::put(&mut write, &page.rows, self.walk).await?;
        write.park(resource, &page.parked, self.walk).await?;
        write.details_stale(&page.rows.clients_at(&differing), self.walk).await?;
        write.commit().await?;
        Ok(differing.len())
    }
}
