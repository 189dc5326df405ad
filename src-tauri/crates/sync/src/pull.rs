//! The pull: every list page by page, then each client's details; or what changed since.

use crate::apart::{REFUSALS, ReadApart, Refusals};
use crate::credit_reports::{ReadReports, ReportRefusals};
use crate::goals::ReadGoals;
use crate::lists::{self, DETAILS, Detail, LISTS, List, Listed, Sort, TASKS};
use crate::patience::Patience;
use domain::ClientId;
use futures::StreamExt;
use futures::future::{BoxFuture, join};
use jiff::{SignedDuration, Timestamp};
use portal_api::{ApiError, Portal};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{DetailTable, Pull, Reading, Resource, Store, StoreError, Write};
use tokio_util::sync::CancellationToken;

/// Passes over a list that keeps changing before the pull gives up on it.
pub(crate) const MOST_PASSES: u32 = 6;
/// Clients whose details are read at once.
const DETAILS_AT_ONCE: usize = 6;
/// Clients whose details are stored in one transaction.
const DETAILS_A_BATCH: u32 = 60;
/// An interrupted pull is gone on with while what it brought is at most this old; after that a new one begins.
const GOES_ON_FOR: SignedDuration = SignedDuration::from_hours(1);
/// After this long everything is read again: the first pull of a working day.
const EVERYTHING_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// The number of the pull that is under way, and when it began.
const STARTED: &str = "pull.started";
/// When the newest pull of everything that came to its end began.
const EVERYTHING: &str = "pull.everything";
/// Where it is noted when a list that was left out was begun anew.
pub(crate) fn anew(resource: Resource) -> String {
    format!("pull.anew.{}", resource.name())
}

/// The walk before the first: of it are the details that are to be read again.
const NO_WALK: i64 = 1;

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row of every list, and every client's details. Only this finds what left the portal.
    Everything,
    /// What is new or was changed, as far as the portal can tell; everything when that was last read long ago.
    Changes,
}

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
#[derive(Debug)]
pub struct Pulled {
    /// Its number; each pull of everything has its own, and a pull of changes that of the last one.
    pub walk: i64,
    /// How much was read.
    pub scope: Scope,
    /// What could not be read, and why; everything else is whole.
    pub left_out: Vec<(Resource, PullError)>,
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

impl PullError {
    /// What it says of what may be read; `None` when it says nothing.
    pub(crate) fn refusal(&self) -> Option<Reading> {
        match self {
            PullError::Portal(ApiError::Forbidden { .. }) => Some(Reading::Forbidden),
            PullError::Portal(ApiError::NotFound { .. }) => Some(Reading::Missing),
            _ => None,
        }
    }

    /// Whether the rest of the pull would fail the same way.
    pub(crate) fn ends_the_pull(&self) -> bool {
        match self {
            PullError::Store(_) | PullError::Cancelled => true,
            PullError::Unstable(_) => false,
            PullError::Portal(error) => {
                matches!(
                    error,
                    ApiError::Unreachable { .. } | ApiError::SessionExpired(_) | ApiError::TooManyRequests { .. }
                )
            }
        }
    }
}

/// Pulls, or goes on with a pull of everything that was interrupted. `report` is called after every page. A list that
/// cannot be read does not keep the others from being read.
///
/// # Errors
/// [`PullError`] when nothing more can be read; what came before is kept.
pub async fn pull(
    portal: &Portal,
    store: &Store,
    cancel: &CancellationToken,
    patience: Patience,
    now: Timestamp,
    scope: Scope,
    report: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Pulled, PullError> {
    let Plan { walk, scope, began } = Plan::make(store, scope, now).await?;
    let run = Run { portal, store, cancel, patience, report, walk };
    let mut left_out = Vec::new();
    for list in LISTS {
        let read = match scope {
            Scope::Everything => run.list(list).await,
            Scope::Changes => run.changes(list, now).await,
        };
        let reading = read.as_ref().map_or_else(PullError::refusal, |()| Some(Reading::Read));
        if let Some(reading) = reading {
            let mut write = store.write().await?;
            write.set_list_reading(list.resource, reading).await?;
            write.commit().await?;
        }
        if let Err(error) = read {
            Run::leave_out(&mut left_out, list.resource, error)?;
        }
    }
    run.fax_setting().await?;
    run.goals().await?;
    run.segments().await?;
    run.details(&mut left_out).await?;
    if scope == Scope::Everything {
        let mut write = store.write().await?;
        write.set_meta(STARTED, None).await?;
        write.set_meta(EVERYTHING, Some(&began.to_string())).await?;
        write.commit().await?;
    }
    Ok(Pulled { walk, scope, left_out })
}

/// When the newest pull of everything that came to its end began; `None` before the first.
///
/// # Errors
/// As every query.
pub async fn everything_read(store: &Store) -> Result<Option<Timestamp>, StoreError> {
    Ok(store.meta(EVERYTHING).await?.and_then(|at| at.parse().ok()))
}

/// Whether something is at most this old. A clock that was set back makes it old, not from the future.
fn is_within(at: Timestamp, now: Timestamp, limit: SignedDuration) -> bool {
    at <= now && now.duration_since(at) <= limit
}

/// What a pull is going to do.
struct Plan {
    walk: i64,
    scope: Scope,
    /// When the walk began.
    began: Timestamp,
}

impl Plan {
    /// Goes on with an interrupted pull of everything if it is young; else begins another unless changes are enough.
    async fn make(store: &Store, scope: Scope, now: Timestamp) -> Result<Self, StoreError> {
        let within = |at, limit| is_within(at, now, limit);
        let mut newest = NO_WALK;
        for resource in Resource::ALL {
            newest = newest.max(store.pull(resource).await?.map_or(0, |pull| pull.walk));
        }
        let under_way = store.meta(STARTED).await?.and_then(|started| {
            let (walk, at) = started.split_once(' ')?;
            Some((walk.parse::<i64>().ok()?, at.parse::<Timestamp>().ok()?))
        });
        if let Some((walk, began)) = under_way
            && within(began, GOES_ON_FOR)
        {
            return Ok(Self { walk, scope: Scope::Everything, began });
        }
        let everything = everything_read(store).await?;
        if scope == Scope::Changes && under_way.is_none() && everything.is_some_and(|at| within(at, EVERYTHING_AFTER)) {
            return Ok(Self { walk: newest, scope, began: now });
        }
        let walk = newest + 1;
        let mut write = store.write().await?;
        write.set_meta(STARTED, Some(&format!("{walk} {now}"))).await?;
        write.commit().await?;
        Ok(Self { walk, scope: Scope::Everything, began: now })
    }
}

pub(crate) struct Run<'a> {
    pub(crate) portal: &'a Portal,
    pub(crate) store: &'a Store,
    pub(crate) cancel: &'a CancellationToken,
    pub(crate) patience: Patience,
    pub(crate) report: &'a (dyn Fn(Progress) + Send + Sync),
    pub(crate) walk: i64,
}

impl Run<'_> {
    /// Walks a list to a stable end.
    pub(crate) async fn list(&self, list: &List) -> Result<(), PullError> {
        let resource = list.resource;
        let fresh = self.beginning();
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
        if place == fresh {
            self.mark(list).await?;
        }
        let mut passes = 1;
        let mut sorted = list.sorted;
        let mut page = self.page(list, &mut sorted, place.next_page).await?;
        // Where a walk goes on, the page before is not at hand: one that brings nothing new may be that page once more.
        let mut goes_on = match place.next_page {
            2.. => Some(self.store.seen(resource, self.walk).await?),
            _ => None,
        };
        // Rows were taken out under this pass, so that others may have slipped past it.
        let mut shrank = false;
        let mut before: Option<(Option<u64>, u64)> = None;
        loop {
            if place.next_page == 1 {
                place.total = page.total;
            }
            shrank |= page.total < place.total;
            place.total = page.total;
            let here = place.next_page;
            place.next_page += 1;
            place.received += page.received;
            let last = page.is_last(here);
            // The next page travels while this one is stored.
            let (stored, next) = join(self.keep(resource, &page, place), async {
                if last { None } else { Some(self.page(list, &mut sorted, here + 1).await) }
            })
            .await;
            stored?;
            progress(&place);
            if let Some(seen) = goes_on.take()
                && page.received > 0
                && self.store.seen(resource, self.walk).await? == seen
            {
                place = self.begin_again(resource).await?;
                shrank = false;
                page = self.page(list, &mut sorted, 1).await?;
                continue;
            }
            if let Some(next) = next {
                let next = next?;
                if !next.repeats(&page) {
                    page = next;
                    continue;
                }
            }
            // The page came once more in the place of the next, and hides what follows.
            let stuck = !last && page.last_page.is_some();
            let seen = self.store.seen(resource, self.walk).await?;
            let whole = !shrank && !stuck && place.total.is_none_or(|total| seen >= total);
            // Twice the same: rows share a key, and no further pass would bring more.
            let settled = !shrank && !stuck && before == Some((place.total, seen));
            if whole || settled {
                if !whole {
                    tracing::warn!(
                        resource = resource.name(),
                        seen,
                        total = place.total,
                        "rows of the list share keys"
                    );
                }
                place.done = true;
                let mut write = self.store.write().await?;
                write.settle_walk(resource, self.walk).await?;
                write.set_pull(resource, place).await?;
                write.commit().await?;
                progress(&place);
                return Ok(());
            }
            before = (!shrank).then_some((place.total, seen));
            passes += 1;
            if passes > MOST_PASSES {
                return Err(PullError::Unstable(resource));
            }
            tracing::info!(resource = resource.name(), passes, "the list changed while it was read; reading it again");
            place = self.begin_again(resource).await?;
            shrank = false;
            page = self.page(list, &mut sorted, 1).await?;
        }
    }

    /// Where a walk of a list begins.
    fn beginning(&self) -> Pull {
        Pull { walk: self.walk, next_page: 1, received: 0, total: None, done: false }
    }

    /// Whether what a walk brought of a list so far is young enough to go on from there.
    pub(crate) async fn goes_on(&self, resource: Resource, now: Timestamp) -> Result<bool, StoreError> {
        let own = self.store.meta(&anew(resource)).await?.and_then(|at| at.parse().ok());
        let began = own.max(everything_read(self.store).await?);
        Ok(began.is_some_and(|at| is_within(at, now, GOES_ON_FOR)))
    }

    /// Puts the walk of a list back to its beginning.
    pub(crate) async fn begin_again(&self, resource: Resource) -> Result<Pull, StoreError> {
        let place = self.beginning();
        let mut write = self.store.write().await?;
        write.unpark(resource, self.walk).await?;
        write.set_pull(resource, place).await?;
        write.commit().await?;
        Ok(place)
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
    pub(crate) async fn page(&self, list: &List, sorted: &mut bool, number: u64) -> Result<Listed, PullError> {
        loop {
            let sort = sorted.then_some(Sort::BY_ID);
            match self.patiently(|| (list.read)(self.portal, number, sort)).await {
                Err(PullError::Portal(ApiError::Refused { .. })) if *sorted => *sorted = false,
                other => return other,
            }
        }
    }

    /// Reads the details of every client that this walk has not read yet. A client whose details cannot be read is passed
    /// over; the first such failure is left out once the others are read. So is the first of what is read apart, whose
    /// clients are read all the same.
    async fn details(&self, left_out: &mut Vec<(Resource, PullError)>) -> Result<(), PullError> {
        let resource = Resource::Details;
        let refused = Refused::default();
        let mut failures = DetailFailures::default();
        let mut after = ClientId(i64::MIN);
        loop {
            let (done, total) = self.store.details_progress(self.walk).await?;
            let clients = self.store.clients_without_details(self.walk, after, DETAILS_A_BATCH).await?;
            let finished = clients.is_empty() && failures.details.is_none();
            let place = Pull { walk: self.walk, next_page: 1, received: done, total: Some(total), done: finished };
            let mut write = self.store.write().await?;
            if finished {
                write.settle_walk(resource, self.walk).await?;
            }
            write.set_pull(resource, place).await?;
            write.commit().await?;
            (self.report)(Progress { resource, done, total: Some(total), finished });
            let Some(last) = clients.last() else {
                let failures = [
                    (resource, failures.details),
                    (Resource::CreditReports, failures.reports),
                    (Resource::Tasks, failures.tasks),
                ];
                for (resource, failure) in failures {
                    failure.map_or(Ok(()), |failure| Self::leave_out(left_out, resource, failure))?;
                }
                return Ok(());
            };
            after = *last;
            let read: Vec<_> = futures::stream::iter(clients)
                .map(|client| Box::pin(self.all_of(client, &refused)))
                .buffer_unordered(DETAILS_AT_ONCE)
                .collect()
                .await;
            let mut fatal = None;
            let mut write = self.store.write().await?;
            for read in read {
                match self.keep_details(&mut write, read, &mut failures).await? {
                    Some(error) if error.ends_the_pull() => fatal = Some(error),
                    Some(error) => failures.details = failures.details.or(Some(error)),
                    None => {}
                }
            }
            write.commit().await?;
            if let Some(fatal) = fatal {
                return Err(fatal);
            }
        }
    }

    /// Stores what was read of a client; answers what kept it from being all.
    pub(crate) async fn keep_details(
        &self,
        write: &mut Write,
        (Details { client, read, forbidden, failure }, apart): ReadDetails,
        failures: &mut DetailFailures,
    ) -> Result<Option<PullError>, StoreError> {
        for (detail, pages) in &read {
            for page in pages {
                lists::put(write, &page.rows, self.walk).await?;
                write.park(Resource::Details, &page.parked, self.walk).await?;
            }
            write.settle_detail(client, detail.table, self.walk).await?;
            write.set_reading(client, detail.table, Reading::Read).await?;
        }
        for table in forbidden {
            write.set_reading(client, table, Reading::Forbidden).await?;
        }
        let mut apart_fatal = None;
        if let Some((mut reports, tasks)) = apart {
            reports.put(write, self.walk).await?;
            apart_fatal = reports.list.take_failure(&mut failures.reports);
            if let Some((mut tasks, goals)) = tasks {
                tasks.put(write, self.walk).await?;
                apart_fatal = apart_fatal.or(tasks.take_failure(&mut failures.tasks));
                if let Some(mut goals) = goals {
                    goals.put(write).await?;
                    apart_fatal = apart_fatal.or(goals.fatal.take());
                }
            }
        }
        let failure = failure.or(apart_fatal);
        if failure.is_none() {
            write.details_read(client, self.walk).await?;
        }
        Ok(failure)
    }

    /// A client's details, and what is read apart of them unless the pull is to end.
    pub(crate) async fn all_of(&self, client: ClientId, refused: &Refused) -> ReadDetails {
        let details = self.details_of(client, &refused.details).await;
        let ends = |failure: Option<&PullError>| failure.is_some_and(PullError::ends_the_pull);
        if ends(details.failure.as_ref()) {
            return (details, None);
        }
        let reports = Box::pin(self.credit_reports_of(client, &refused.reports)).await;
        let tasks = if ends(reports.list.failure.as_ref()) {
            None
        } else {
            let tasks = Box::pin(self.apart(client, &TASKS, &refused.tasks)).await;
            let goals = if ends(tasks.failure.as_ref()) {
                None
            } else {
                Some(Box::pin(self.goals_of(client, &refused.goals)).await)
            };
            Some((tasks, goals))
        };
        (details, Some((reports, tasks)))
    }

    /// A client's details as far as they can be read, and the first failure.
    async fn details_of(&self, client: ClientId, refused: &[AtomicU32; 3]) -> Details {
        let mut details =
            Details { client, read: Vec::with_capacity(DETAILS.len()), forbidden: Vec::new(), failure: None };
        for (detail, refused) in DETAILS.into_iter().zip(refused) {
            if refused.load(Ordering::Relaxed) >= REFUSALS {
                details.forbidden.push(detail.table);
                continue;
            }
            match self.every_page(client, detail).await {
                Ok(pages) => {
                    refused.store(0, Ordering::Relaxed);
                    details.read.push((detail, pages));
                }
                Err(error @ PullError::Portal(ApiError::NotFound { .. })) => {
                    // Only the client's own record says whether the client left meanwhile.
                    return match self.patiently(|| Box::pin(self.portal.get_client(client))).await {
                        Err(PullError::Portal(ApiError::NotFound { .. })) => {
                            Details { read: Vec::new(), forbidden: Vec::new(), failure: None, ..details }
                        }
                        Err(other) if other.ends_the_pull() => Details { failure: Some(other), ..details },
                        _ => Details { failure: Some(error), ..details },
                    };
                }
                Err(error) => {
                    if error.refusal() == Some(Reading::Forbidden) {
                        refused.fetch_add(1, Ordering::Relaxed);
                        details.forbidden.push(detail.table);
                    }
                    let ends = error.ends_the_pull();
                    details.failure = Some(error);
                    if ends {
                        break;
                    }
                }
            }
        }
        details
    }

    /// Reads a client's records of a kind in a pass that nothing was taken out of, and that no page hid the rest of.
    pub(crate) async fn every_page(&self, client: ClientId, detail: &Detail) -> Result<Vec<Listed>, PullError> {
        'passes: for _ in 0..MOST_PASSES {
            let mut pages: Vec<Listed> = Vec::new();
            for number in 1.. {
                let page =
                    self.patiently(|| -> BoxFuture<'_, _> { (detail.read)(self.portal, client, number) }).await?;
                if let Some(before) = pages.last() {
                    let repeats = page.repeats(before);
                    if page.total < before.total || (repeats && before.last_page.is_some()) {
                        continue 'passes;
                    }
                    if repeats {
                        return Ok(pages);
                    }
                }
                let last = page.is_last(number);
                pages.push(page);
                if last {
                    return Ok(pages);
                }
            }
        }
        Err(PullError::Unstable(Resource::Details))
    }

    /// Notes a resource that cannot be read and goes on with the others: nothing of it is dropped.
    fn leave_out(
        left_out: &mut Vec<(Resource, PullError)>,
        resource: Resource,
        error: PullError,
    ) -> Result<(), PullError> {
        if error.ends_the_pull() {
            return Err(error);
        }
        tracing::warn!(resource = resource.name(), "could not be read");
        left_out.push((resource, error));
        Ok(())
    }

    /// Makes a call as patiently as this pull is.
    pub(crate) async fn patiently<T, F>(&self, call: impl Fn() -> F) -> Result<T, PullError>
    where
        F: Future<Output = Result<T, ApiError>> + Unpin,
    {
        self.patience.call(self.cancel, call).await
    }
}

/// How often in a row the portal refused each kind of details.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    details: [AtomicU32; DETAILS.len()],
    reports: ReportRefusals,
    tasks: Refusals,
    goals: Refusals,
}

/// The first failure of each kind of details.
#[derive(Debug, Default)]
pub(crate) struct DetailFailures {
    details: Option<PullError>,
    pub(crate) reports: Option<PullError>,
    pub(crate) tasks: Option<PullError>,
}

/// All that was read of a client; `None` apart when the pull is to end.
pub(crate) type ReadDetails = (Details, Option<Apart>);

/// A client's stored reports, then the tasks, then the goals, each unless what came before it ended the pull.
pub(crate) type Apart = (ReadReports, Option<(ReadApart, Option<ReadGoals>)>);

/// What was read of a client.
pub(crate) struct Details {
    client: ClientId,
    read: Vec<(&'static Detail, Vec<Listed>)>,
    /// What the account may not read.
    forbidden: Vec<DetailTable>,
    /// The first failure.
    failure: Option<PullError>,
}
