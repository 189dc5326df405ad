//! Between domain values and columns.

use crate::StoreError;
use domain::{Bureau, Money};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) fn date(text: Option<String>, column: &'static str) -> Result<Option<Date>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Unreadable(column))).transpose()
}

pub(crate) fn instant(text: Option<String>, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Unreadable(column))).transpose()
}

pub(crate) fn money(text: Option<String>, column: &'static str) -> Result<Option<Money>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Unreadable(column))).transpose()
}

pub(crate) fn bureau(text: Option<String>, column: &'static str) -> Result<Option<Bureau>, StoreError> {
    text.map(|text| Bureau::from_code(&text).ok_or(StoreError::Unreadable(column))).transpose()
}

pub(crate) fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(if number < 0 { 0 } else { u32::MAX })
}

pub(crate) fn json<T: serde::de::DeserializeOwned>(text: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(column))
}

pub(crate) fn to_json<T: serde::Serialize + ?Sized>(value: &T, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable(column))
}

/// Inserts server rows, or replaces what an earlier pull brought of them: `id` and the named columns, then `body` and
/// `walk`. `$bind` pushes the named columns' values in the same order.
macro_rules! put {
    ($write:expr, $rows:expr, $walk:expr, $table:literal ( $($column:literal),+ ), |$out:ident, $row:ident| $bind:expr) => {{
        // SQLite takes 32,766 values a statement; the widest table has 30 columns.
        for chunk in $rows.chunks(500) {
            let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(concat!(
                "INSERT INTO ", $table, " (", $($column, ", ",)+ "body, walk) "
            ));
            query.push_values(chunk, |mut $out, $row| {
                $bind;
                $out.push_bind(&$row.body).push_bind($walk);
            });
            query.push(concat!(
                " ON CONFLICT (id) DO UPDATE SET ", $($column, " = excluded.", $column, ", ",)+
                "body = excluded.body, walk = excluded.walk, absences = 0"
            ));
            query.build().execute(&mut *$write.tx).await?;
        }
    }};
}
pub(crate) use put;
