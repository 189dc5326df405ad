//! Companies that report, and the postal addresses typed here for them.

use crate::columns::put;
use crate::fold::MOST_WORDS;
use crate::{Sent, Store, StoreError, Write, fold};
use domain::{Furnisher, FurnisherId, FurnisherKind, PostalAddress};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

/// A furnisher and where this desk mails to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurnisherHit {
    /// The furnisher.
    pub furnisher: Furnisher,
    /// The address an agent typed for it here.
    pub address: Option<PostalAddress>,
}

const COLUMNS: &str = "f.id, f.name, f.kind, f.fax_number, a.street, a.city, a.state, a.zip";
const TABLES: &str = "furnishers f LEFT JOIN furnisher_addresses a ON a.furnisher_id = f.id";

fn hit(row: &SqliteRow) -> Result<FurnisherHit, StoreError> {
    let street: Option<String> = row.try_get("street")?;
    Ok(FurnisherHit {
        furnisher: Furnisher {
            id: FurnisherId(row.try_get("id")?),
            name: row.try_get("name")?,
            kind: FurnisherKind::from_code(row.try_get("kind")?),
            fax_number: row.try_get("fax_number")?,
        },
        address: match street {
            Some(street) => Some(PostalAddress {
                street,
                city: row.try_get("city")?,
                state: row.try_get("state")?,
                zip: row.try_get("zip")?,
            }),
            None => None,
        },
    })
}

impl Store {
    /// One furnisher.
    ///
    /// # Errors
    /// As every query.
    pub async fn furnisher(&self, id: FurnisherId) -> Result<Option<FurnisherHit>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE f.id = ?1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(hit).transpose()
    }

    /// Furnishers whose name holds every word of `text`, by name; all for an empty text.
    ///
    /// # Errors
    /// As every query.
    pub async fn search_furnishers(&self, text: &str, limit: u32) -> Result<Vec<FurnisherHit>, StoreError> {
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(format!("SELECT {COLUMNS} FROM {TABLES} WHERE 1"));
        for word in fold(text).split_whitespace().take(MOST_WORDS) {
            query.push(" AND instr(f.sort_name, ").push_bind(word.to_owned()).push(") > 0");
        }
        query.push(" ORDER BY f.sort_name, f.id LIMIT ").push_bind(limit);
        query.build().fetch_all(&self.readers).await?.iter().map(hit).collect()
    }
}

impl Write {
    /// Inserts or replaces furnishers.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_furnishers(&mut self, furnishers: &[Sent<Furnisher>], walk: i64) -> Result<(), StoreError> {
        put!(self, furnishers, walk, "furnishers"("id", "name", "sort_name", "kind", "fax_number"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(&row.value.name)
                .push_bind(fold(&row.value.name))
                .push_bind(row.value.kind.code())
                .push_bind(row.value.fax_number.as_deref())
        });
        Ok(())
    }

    /// Remembers where this desk mails to a furnisher.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_furnisher_address(&mut self, id: FurnisherId, address: &PostalAddress) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO furnisher_addresses (furnisher_id, street, city, state, zip) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (furnisher_id) DO UPDATE SET street = excluded.street, city = excluded.city,
                 state = excluded.state, zip = excluded.zip",
        )
        .bind(id.0)
        .bind(&address.street)
        .bind(&address.city)
        .bind(&address.state)
        .bind(&address.zip)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
