//! A client's records of one kind that are read apart from the others: what may not be read, or is not there at all, is
//! named, and keeps nothing else of the client from being fresh.

use crate::PullError;
use crate::lists::{self, Detail, Listed};
use crate::pull::Run;
use domain::ClientId;
use portal_api::ApiError;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Reading, Resource, StoreError, Write};

/// Refusals in a row after which records of a kind are no longer asked for in this pull.
pub(crate) const REFUSALS: u32 = 5;

/// How often in a row the portal refused.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    forbidden: AtomicU32,
    missing: AtomicU32,
    /// Failures that say nothing of what may be read.
    other: AtomicU32,
}

/// What was read of a client's records of one kind.
pub(crate) struct ReadApart {
    client: ClientId,
    detail: &'static Detail,
    /// The whole list; `None` when it was not read.
    pub(crate) pages: Option<Vec<Listed>>,
    pub(crate) reading: Option<Reading>,
    /// The first failure.
    pub(crate) failure: Option<PullError>,
}

impl Run<'_> {
    /// Reads a client's records of one kind as far as they can be read.
    pub(crate) async fn apart(&self, client: ClientId, detail: &'static Detail, refusals: &Refusals) -> ReadApart {
        let mut read = ReadApart { client, detail, pages: None, reading: refusals.known(), failure: None };
        if read.reading.is_some() {
            return read;
        }
        match self.every_page(client, detail).await {
            Ok(pages) => {
                refusals.none();
                read.reading = Some(Reading::Read);
                read.pages = Some(pages);
            }
            Err(error @ PullError::Portal(ApiError::NotFound { .. })) => {
                // Only the client's own record says whether the client left meanwhile.
                match self.patiently(|| Box::pin(self.portal.get_client(client))).await {
                    Err(PullError::Portal(ApiError::NotFound { .. })) => {}
                    Err(other) if other.ends_the_pull() => read.failure = Some(other),
                    _ => {
                        refusals.note(Some(Reading::Missing));
                        read.reading = Some(Reading::Missing);
                        read.failure = Some(error);
                    }
                }
            }
            Err(error) => {
                if matches!(error, PullError::Portal(ApiError::Forbidden { .. })) {
                    refusals.note(Some(Reading::Forbidden));
                    read.reading = Some(Reading::Forbidden);
                }
                read.failure = Some(error);
            }
        }
        read
    }
}

impl ReadApart {
    /// Stores it.
    pub(crate) async fn put(&self, write: &mut Write, walk: i64) -> Result<(), StoreError> {
        for page in self.pages.iter().flatten() {
            lists::put(write, &page.rows, walk).await?;
            write.park(Resource::Details, &page.parked, walk).await?;
        }
        if self.pages.is_some() {
            write.settle_detail(self.client, self.detail.table, walk).await?;
        }
        if let Some(reading) = self.reading {
            write.set_reading(self.client, self.detail.table, reading).await?;
        }
        Ok(())
    }

    /// Takes a failure that ends the pull, and leaves any other in `first` unless one is there.
    pub(crate) fn take_failure(&mut self, first: &mut Option<PullError>) -> Option<PullError> {
        match self.failure.take() {
            Some(error) if error.ends_the_pull() => Some(error),
            other => {
                *first = first.take().or(other);
                None
            }
        }
    }
}

impl Refusals {
    /// Whether so many calls failed in a row, however, that another is not worth its wait.
    pub(crate) fn enough(&self) -> bool {
        let failed = [&self.forbidden, &self.missing, &self.other].map(|count| count.load(Ordering::Relaxed));
        failed.iter().sum::<u32>() >= REFUSALS
    }

    /// Counts a failure, by what it says of what may be read.
    pub(crate) fn note(&self, refusal: Option<Reading>) {
        let count = match refusal {
            Some(Reading::Forbidden) => &self.forbidden,
            Some(Reading::Missing) => &self.missing,
            Some(Reading::Read) | None => &self.other,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// What another answer would be, as often as it was the same.
    pub(crate) fn known(&self) -> Option<Reading> {
        if self.forbidden.load(Ordering::Relaxed) >= REFUSALS {
            Some(Reading::Forbidden)
        } else if self.missing.load(Ordering::Relaxed) >= REFUSALS {
            Some(Reading::Missing)
        } else {
            None
        }
    }

    /// A call was answered.
    pub(crate) fn none(&self) {
        for count in [&self.forbidden, &self.missing, &self.other] {
            count.store(0, Ordering::Relaxed);
        }
    }
}
