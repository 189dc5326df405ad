//! Lists by pages.

use crate::client::Key;
use crate::decode::Wire;
use crate::fields::open_enum;
use crate::fields::send::{Sent, query};
use crate::{ApiError, Operation, Portal};
use futures::{Stream, StreamExt, TryStreamExt};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// Rows a page: the server's own limit.
pub const MOST_PER_PAGE: i64 = 100;

open_enum! {
    /// Which way a list is sorted.
    pub enum SortDirection {
        Ascending "asc",
        Descending "desc",
    }
}

/// A record as this build reads it, and as the server sent it.
#[derive(Clone, PartialEq, Eq)]
pub struct Record<T> {
    /// What this build reads.
    pub value: T,
    /// The record's JSON, with embedded copies of a client reduced to its id: nothing of its own is lost.
    pub body: String,
}

impl<T> Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Debug for Record<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Record")
    }
}

/// One row of a list.
#[derive(Clone, PartialEq, Eq)]
pub enum Row<T> {
    /// A record.
    Read(Record<T>),
    /// A row of a shape this build cannot read: kept, not dropped.
    Parked {
        /// The row's JSON as sent.
        body: String,
        /// JSON path and what is wrong there, without the value.
        reason: String,
    },
}

impl<T> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Row::Read(_) => f.write_str("Row::Read"),
            Row::Parked { reason, .. } => write!(f, "Row::Parked({reason})"),
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Rows in the server's order.
    pub rows: Vec<Row<T>>,
    /// `meta.last_page`; `None` when the server answered a bare list.
    pub last_page: Option<u64>,
    /// `meta.total`; `None` when the server answered a bare list.
    pub total: Option<u64>,
}

/// A record that has a meaning on the desk.
pub trait ToDomain {
    /// What it means.
    type Value;

    /// The domain value.
    ///
    /// # Errors
    /// [`Missing`] names the field that nothing works without.
    fn to_domain(self) -> Result<Self::Value, Missing>;
}

/// A field that nothing works without, by its JSON path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}: missing")]
pub struct Missing(pub &'static str);

impl<T> Page<T> {
    /// Completes each record that could be read.
    #[must_use]
    pub fn map(mut self, mut complete: impl FnMut(&mut T)) -> Self {
        for row in &mut self.rows {
            if let Row::Read(record) = row {
                complete(&mut record.value);
            }
        }
        self
    }

    /// The records that could be read; for callers that show the rest elsewhere.
    pub fn records(self) -> impl Iterator<Item = Record<T>> {
        self.rows.into_iter().filter_map(|row| match row {
            Row::Read(record) => Some(record),
            Row::Parked { .. } => None,
        })
    }
}

impl<T: ToDomain> Page<T> {
    /// The page in domain values; a row without meaning is parked.
    #[must_use]
    pub fn to_domain(self) -> Page<T::Value> {
        let rows = self.rows.into_iter().map(|row| match row {
            Row::Read(Record { value, body }) => match value.to_domain() {
                Ok(value) => Row::Read(Record { value, body }),
                Err(missing) => Row::Parked { body, reason: missing.to_string() },
            },
            Row::Parked { body, reason } => Row::Parked { body, reason },
        });
        Page { rows: rows.collect(), last_page: self.last_page, total: self.total }
    }
}

/// A list of the portal, read page by page. Making it makes no call.
#[derive(Clone)]
pub struct Pages<T> {
    portal: Portal,
    operation: Operation,
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: Option<Value>,
    /// Rows a page, when they were asked for.
    per_page: Option<u64>,
    rows: PhantomData<fn() -> T>,
}

impl<T: Wire> Pages<T> {
    pub(crate) fn new(
        portal: &Portal,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Self {
        let query = query(asked);
        let per_page = query.iter().find(|(name, _)| name == "per_page").and_then(|(_, rows)| rows.parse().ok());
        Self {
            portal: portal.clone(),
            operation,
            path: path.iter().map(ToString::to_string).collect(),
            query,
            body: body.sent(),
            per_page,
            rows: PhantomData,
        }
    }

    /// One page, counted from 1.
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn page(&self, number: u64) -> Result<Page<T>, ApiError> {
        let mut query = self.query.clone();
        if self.operation.takes_page() {
            query.push(("page".to_owned(), number.to_string()));
        }
        self.portal.page(self.operation, &self.path, query, self.body.as_ref()).await
    }

    /// Every page in turn, until the last. A server that ignores `page` ends it too: its second page is its first.
    pub fn stream(self) -> impl Stream<Item = Result<Page<T>, ApiError>> {
        futures::stream::try_unfold((self, 1, None::<String>), |(list, number, before)| async move {
            if number == 0 {
                return Ok(None);
            }
            let page = list.page(number).await?;
            let first = page.rows.first().map(Row::body).map(str::to_owned);
            if number > 1 && (page.rows.is_empty() || first == before) {
                return Ok(None);
            }
            let received = page.rows.len() as u64;
            let last = match (page.last_page, list.per_page) {
                (Some(last), _) => number >= last,
                (None, Some(full)) => received < full,
                (None, None) => !list.operation.takes_page(),
            };
            Ok(Some((page, (list, if last { 0 } else { number + 1 }, first))))
        })
    }

    /// Every row of every page, in the server's order.
    pub fn rows(self) -> impl Stream<Item = Result<Row<T>, ApiError>> {
        self.stream().map_ok(|page| futures::stream::iter(page.rows).map(Ok)).try_flatten()
    }
}

impl<T> Row<T> {
    /// The row's JSON.
    #[must_use]
    pub fn body(&self) -> &str {
        match self {
            Row::Read(record) => &record.body,
            Row::Parked { body, .. } => body,
        }
    }
}
