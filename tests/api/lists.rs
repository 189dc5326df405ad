//! What every list has to do: join from its pages, sort, and filter.
//!
//! Records are compared by their whole JSON. A row that cannot be read fails whatever reads it.

use futures::{Stream, StreamExt, TryStreamExt};
use jiff::Timestamp;
use portal_api::{ApiError, Page, Record, Row, SortDirection};
use serde_json::Value;
use std::cmp::Ordering;

/// Every record of a list.
pub(crate) async fn every<T>(rows: impl Stream<Item = Result<Row<T>, ApiError>>) -> Vec<Record<T>> {
    rows.map_ok(read).try_collect().await.unwrap()
}

/// Every record of a list that comes whole.
pub(crate) fn whole<T>(page: Result<Page<T>, ApiError>) -> Vec<Record<T>> {
    page.unwrap().rows.into_iter().map(read).collect()
}

fn read<T>(row: Row<T>) -> Record<T> {
    match row {
        Row::Read(record) => record,
        Row::Parked { reason, .. } => panic!("a row cannot be read: {reason}"),
    }
}

/// The records' JSON.
pub(crate) fn bodies<T>(records: &[Record<T>]) -> Vec<&str> {
    records.iter().map(|record| record.body.as_str()).collect()
}

/// Pages of so many rows must be full but for the last, know how many there are, and join to the whole list.
pub(crate) async fn assert_pages<T>(
    per_page: i64,
    all: &[Record<T>],
    pages: impl Stream<Item = Result<Page<T>, ApiError>>,
) {
    let per_page = usize::try_from(per_page).unwrap();
    assert!(all.len() > per_page, "{} rows are not more than one page", all.len());
    let pages: Vec<Page<T>> = pages.map(Result::unwrap).collect().await;
    let sizes: Vec<usize> = pages.iter().map(|page| page.rows.len()).collect();
    let (last, full) = sizes.split_last().unwrap();
    assert!(full.iter().all(|size| *size == per_page) && *last <= per_page, "{sizes:?}");
    for page in &pages {
        // A bare list says neither (oddity 10).
        let count = page.last_page.unwrap_or(pages.len() as u64);
        assert_eq!((count, page.total.unwrap_or(all.len() as u64)), (pages.len() as u64, all.len() as u64));
    }
    let joined: Vec<Record<T>> = pages.into_iter().flat_map(|page| page.rows).map(read).collect();
    assert_eq!(bodies(&joined), bodies(all));
}

/// What a list can be sorted by: the portal's word, and where its value is in a record.
pub(crate) type Sort<T> = (&'static str, fn(&T) -> Value);

/// For each word, ascending must be in the order of the values, and descending its reverse.
pub(crate) async fn assert_sorts<T>(
    list: impl AsyncFn(Option<String>, Option<SortDirection>) -> Vec<Record<T>>,
    sorts: &[Sort<T>],
) {
    for (word, value) in sorts {
        let up = list(Some((*word).to_owned()), Some(SortDirection::Ascending)).await;
        assert!(up.len() > 1, "{} rows have no order", up.len());
        let values: Vec<Value> = up.iter().map(|record| value(record)).collect();
        assert!(values.is_sorted_by(|a, b| order(a, b).is_le()), "by {word}: {values:?}");
        let mut down = list(Some((*word).to_owned()), Some(SortDirection::Descending)).await;
        down.reverse();
        assert_eq!(bodies(&down), bodies(&up), "by {word}, descending");
    }
}

/// An instant as a value that can be ordered.
pub(crate) fn instant(at: Option<Timestamp>) -> Value {
    at.map(Timestamp::as_second).into()
}

/// Nothing, then numbers, then texts, whatever the case of their letters.
fn order(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(_) | Value::Number(_) => 1,
        _ => 2,
    };
    let number = |value: &Value| value.as_f64().or_else(|| value.as_bool().map(|flag| f64::from(u8::from(flag))));
    let by_value = match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.as_str().map(str::to_ascii_lowercase).cmp(&b.as_str().map(str::to_ascii_lowercase)),
    };
    rank(a).cmp(&rank(b)).then(by_value)
}

/// A narrowed list must hold those of all records that fit, in their order: some, and not all.
#[track_caller]
pub(crate) fn assert_filtered<T>(all: &[Record<T>], narrowed: &[Record<T>], fits: impl Fn(&T) -> bool) {
    let expected: Vec<&str> = all.iter().filter(|record| fits(record)).map(|record| record.body.as_str()).collect();
    assert!(!expected.is_empty() && expected.len() < all.len(), "{} of {} fit", expected.len(), all.len());
    assert_eq!(bodies(narrowed), expected);
}
