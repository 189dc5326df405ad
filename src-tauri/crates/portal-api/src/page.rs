//! Lists by pages.

use std::fmt;

/// Direction of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Smallest first.
    Ascending(&'static str),
    /// Largest first.
    Descending(&'static str),
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// 1-based.
    pub page: u64,
    /// Rows a page; the server's own limit is 100.
    pub per_page: u64,
    /// Order, where the list documents one.
    pub sort: Option<Sort>,
}

impl PageRequest {
    pub(crate) fn query(self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string()), ("per_page", self.per_page.to_string())];
        let (column, direction) = match self.sort {
            Some(Sort::Ascending(column)) => (column, "asc"),
            Some(Sort::Descending(column)) => (column, "desc"),
            None => return query,
        };
        query.push(("sort_by", column.to_owned()));
        query.push(("sort_direction", direction.to_owned()));
        query
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

impl<T> Page<T> {
    pub(crate) fn map<U>(self, mut convert: impl FnMut(T) -> U) -> Page<U> {
        let rows = self.rows.into_iter().map(|row| match row {
            Row::Read(record) => Row::Read(Record { value: convert(record.value), body: record.body }),
            Row::Parked { body, reason } => Row::Parked { body, reason },
        });
        Page { rows: rows.collect(), last_page: self.last_page, total: self.total }
    }

    /// The records that could be read; for tests and callers that show the rest elsewhere.
    pub fn records(self) -> impl Iterator<Item = Record<T>> {
        self.rows.into_iter().filter_map(|row| match row {
            Row::Read(record) => Some(record),
            Row::Parked { .. } => None,
        })
    }
}
