//! The full pull: every list page by page, then each client's details.

use crate::lists::{self, LISTS, List, Listed, PER_PAGE};
use futures::StreamExt;
use futures::future::{Either, join, select};
use portal_api::{ApiError, PageRequest, Portal, Retry, Sort};
use std::pin::pin;
use std::time::Duration;
use store::{Pull, Resource, Store, StoreError};
use tokio_util::sync::CancellationToken;

/// Passes over a list that keeps changing before the pull gives up on it.
const MOST_PASSES: u32 = 6;
/// Clients whose details are read at once.
const DETAILS_AT_ONCE: usize = 6;
/// Clients whose details are stored in one transaction.
const DETAILS_A_BATCH: u32 = 60;

/// How one resource stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub resource: Resource,
    /// Rows received; for [`Resource::Details`], clients done.
    pub done: u64,
    /// Rows there are, once the portal said so.
    pub total: Option<u64>,
    /// Read to a stable end.
    pub finished: bool,
}

/// A pull that came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// Its number; each complete pull has its own.
    pub walk: i64,
    /// What the signed-in user may not read; everything else is complete.
    pub forbidden: Vec<Resource>,
}

/// Why a pull stopped. What it brought so far is kept, and the next pull goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The portal.
    #[error(transparent)]
    Portal(#[from] ApiError),
    /// The cache.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The caller cancelled it.
    #[error("the pull was cancelled")]
    Cancelled,
    /// A list changed during every pass over it.
    #[error("the list of {} kept changing while it was read", .0.name().replace('_', " "))]
    Unstable(Resource),
}

/// How patiently a call is made again when the portal is busy or failing.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Tries in all.
    pub tries: u32,
    /// Wait before the second try; doubled for each further one. `Retry-After` wins.
    pub wait: Duration,
    /// The longest `Retry-After` that is waited for; the pull stops at a longer one.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 4, wait: Duration::from_millis(500), longest: Duration::from_secs(60) }
    }
}

/// Pulls everything, or goes on with a pull that was interrupted. `report` is called after every page.
///
/// # Errors
/// [`PullError`]; see there for what is kept.
pub async fn pull(
    portal: &Portal,
    store: &Store,
    cancel: &CancellationToken,
    patience: Patience,
    report: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Pulled, PullError> {
    let walk = current_walk(store).await?;
    let run = Run { portal, store, cancel, patience, report, walk };
    let mut forbidden = Vec::new();
    for list in LISTS {
        match run.list(list).await {
            Err(PullError::Portal(ApiError::Forbidden { .. })) => {
                run.finish_unread(list.resource).await?;
                forbidden.push(list.resource);
            }
            other => other?,
        }
    }
    match run.details().await {
        Err(PullError::Portal(ApiError::Forbidden { .. })) => {
            run.finish_unread(Resource::Details).await?;
            forbidden.push(Resource::Details);
        }
        other => other?,
    }
    Ok(Pulled { walk, forbidden })
}

/// The number of the pull to run: the interrupted one, else the next.
async fn current_walk(store: &Store) -> Result<i64, StoreError> {
    let mut newest = 0;
    let mut complete = true;
    let mut pulls = Vec::new();
    for resource in Resource::ALL {
        let pull = store.pull(resource).await?;
        newest = newest.max(pull.map_or(0, |pull| pull.walk));
        pulls.push(pull);
    }
    for pull in pulls {
        complete &= pull.is_some_and(|pull| pull.walk == newest && pull.done);
    }
    Ok(if complete { newest + 1 } else { newest.max(1) })
}

struct Run<'a> {
    portal: &'a Portal,
    store: &'a Store,
    cancel: &'a CancellationToken,
    patience: Patience,
    report: &'a (dyn Fn(Progress) + Send + Sync),
    walk: i64,
}

impl Run<'_> {
    /// Walks a list to a stable end.
    async fn list(&self, list: &List) -> Result<(), PullError> {
        let resource = list.resource;
        let fresh = Pull { walk: self.walk, next_page: 1, received: 0, total: None, done: false };
        let mut place = match self.store.pull(resource).await? {
            Some(place) if place.walk == self.walk => place,
            _ => fresh,
        };
        let progress = |place: &Pull| {
            (self.report)(Progress { resource, done: place.received, total: place.total, finished: place.done });
        };
        progress(&place);
        if place.done {
            return Ok(());
        }
        let mut passes = 1;
        let mut sorted = list.sorted;
        let mut page = self.page(list, &mut sorted, place.next_page).await?;
        let mut moved = false;
        loop {
            if place.next_page == 1 {
                place.total = page.total;
            }
            moved |= place.total != page.total;
            let known = self.store.seen(resource, self.walk).await?;
            let here = place.next_page;
            place.next_page += 1;
            place.received += page.received;
            let last = match page.last_page {
                Some(last) => here >= last,
                None => page.received < PER_PAGE,
            };
            // The next page travels while this one is stored.
            let (stored, next) = join(self.keep(resource, &page, place), async {
                if last { None } else { Some(self.page(list, &mut sorted, here + 1).await) }
            })
            .await;
            stored?;
            progress(&place);
            let seen = self.store.seen(resource, self.walk).await?;
            // A bare list may ignore its page: then a page without a new row is the end.
            let next = match next {
                Some(_) if page.total.is_none() && seen == known => None,
                next => next,
            };
            if let Some(next) = next {
                page = next?;
                continue;
            }
            let whole = place.total.is_none_or(|total| place.received == total && seen >= total);
            if whole && !moved {
                place.done = true;
                let mut write = self.store.write().await?;
                write.settle_walk(resource, self.walk).await?;
                write.set_pull(resource, place).await?;
                write.commit().await?;
                progress(&place);
                return Ok(());
            }
            passes += 1;
            if passes > MOST_PASSES {
                return Err(PullError::Unstable(resource));
            }
            tracing::info!(resource = resource.name(), passes, "the list changed while it was read; reading it again");
            place = fresh;
            moved = false;
            let mut write = self.store.write().await?;
            write.unpark(resource, self.walk).await?;
            write.set_pull(resource, place).await?;
            write.commit().await?;
            page = self.page(list, &mut sorted, 1).await?;
        }
    }

    /// Stores a page and where the walk stands after it.
    async fn keep(&self, resource: Resource, page: &Listed, place: Pull) -> Result<(), StoreError> {
        let mut write = self.store.write().await?;
        lists::put(&mut write, &page.rows, self.walk).await?;
        write.park(resource, &page.parked, self.walk).await?;
        write.set_pull(resource, place).await?;
        write.commit().await
    }

    /// Reads a page; a list that refuses to be sorted is read as it comes.
    async fn page(&self, list: &List, sorted: &mut bool, number: u64) -> Result<Listed, PullError> {
        loop {
            let sort = sorted.then_some(Sort::Ascending("id"));
            let request = PageRequest { page: number, per_page: PER_PAGE, sort };
            match self.patiently(|| (list.read)(self.portal, request)).await {
                Err(PullError::Portal(ApiError::Refused { .. })) if *sorted => *sorted = false,
                other => return other,
            }
        }
    }

    /// Reads the details of every client that this walk has not read yet.
    async fn details(&self) -> Result<(), PullError> {
        let resource = Resource::Details;
        loop {
            let (done, total) = self.store.details_progress(self.walk).await?;
            let clients = self.store.clients_without_details(self.walk, DETAILS_A_BATCH).await?;
            let finished = clients.is_empty();
            let place = Pull { walk: self.walk, next_page: 1, received: done, total: Some(total), done: finished };
            let mut write = self.store.write().await?;
            if finished {
                write.settle_walk(resource, self.walk).await?;
            }
            write.set_pull(resource, place).await?;
            write.commit().await?;
            (self.report)(Progress { resource, done, total: Some(total), finished });
            if finished {
                return Ok(());
            }
            let read: Vec<_> = futures::stream::iter(clients)
                .map(|client| async move {
                    match self.patiently(|| Box::pin(lists::details(self.portal, client))).await {
                        // The client left the portal meanwhile: there is nothing to read.
                        Err(PullError::Portal(ApiError::NotFound { .. })) => Ok((client, Vec::new())),
                        other => other.map(|lists| (client, lists)),
                    }
                })
                .buffer_unordered(DETAILS_AT_ONCE)
                .collect()
                .await;
            let mut failure = None;
            let mut write = self.store.write().await?;
            for outcome in read {
                match outcome {
                    Ok((client, lists)) => {
                        for listed in &lists {
                            lists::put(&mut write, &listed.rows, self.walk).await?;
                            write.park(resource, &listed.parked, self.walk).await?;
                        }
                        write.settle_details(client, self.walk).await?;
                    }
                    Err(error) => failure = Some(error),
                }
            }
            write.commit().await?;
            if let Some(failure) = failure {
                return Err(failure);
            }
        }
    }

    /// Marks a resource that may not be read as done in this walk: nothing of it is dropped.
    async fn finish_unread(&self, resource: Resource) -> Result<(), StoreError> {
        tracing::warn!(resource = resource.name(), "no permission to read");
        let place = Pull { walk: self.walk, next_page: 1, received: 0, total: None, done: true };
        let mut write = self.store.write().await?;
        write.set_pull(resource, place).await?;
        write.commit().await?;
        (self.report)(Progress { resource, done: 0, total: None, finished: true });
        Ok(())
    }

    /// Makes a call, again while the portal is busy or failing, until it answers, patience ends, or the caller cancels.
    async fn patiently<T, F>(&self, call: impl Fn() -> F) -> Result<T, PullError>
    where
        F: Future<Output = Result<T, ApiError>> + Unpin,
    {
        let mut wait = self.patience.wait;
        for left in (0..self.patience.tries.max(1)).rev() {
            let outcome = match select(call(), pin!(self.cancel.cancelled())).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(_) => return Err(PullError::Cancelled),
            };
            let error = match outcome {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let pause = match error.retry() {
                // A portal that is not there is told at once; the next pull goes on from here.
                Retry::Later(_) if matches!(error, ApiError::Unreachable { .. }) => return Err(error.into()),
                Retry::Later(Some(named)) if named > self.patience.longest => return Err(error.into()),
                Retry::Later(named) if left > 0 => named.unwrap_or(wait),
                _ => return Err(error.into()),
            };
            match select(pin!(tokio::time::sleep(pause)), pin!(self.cancel.cancelled())).await {
                Either::Left(_) => wait *= 2,
                Either::Right(_) => return Err(PullError::Cancelled),
            }
        }
        Err(PullError::Cancelled)
    }
}
