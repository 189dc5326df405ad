//! Recipients beside bureaus and furnishers: names and addresses typed on this desk.

use crate::{Store, StoreError, Write, fold};
use domain::{Addressee, AddresseeId, NewAddressee, PostalAddress};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

const COLUMNS: &str = "id, name, street, city, state, zip, fax_number";

fn addressee(row: &SqliteRow) -> Result<Addressee, StoreError> {
    Ok(Addressee {
        id: AddresseeId(row.try_get("id")?),
        name: row.try_get("name")?,
        address: PostalAddress {
            street: row.try_get("street")?,
            city: row.try_get("city")?,
            state: row.try_get("state")?,
            zip: row.try_get("zip")?,
        },
        fax_number: row.try_get("fax_number")?,
    })
}

impl Store {
    /// One addressee; also one that was forgotten.
    ///
    /// # Errors
    /// As every query.
    pub async fn addressee(&self, id: AddresseeId) -> Result<Option<Addressee>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM addressees WHERE id = ?1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(addressee).transpose()
    }

    /// Those that were not forgotten, by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn addressees(&self) -> Result<Vec<Addressee>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM addressees WHERE NOT forgotten ORDER BY sort_name");
        sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?.iter().map(addressee).collect()
    }
}

impl Write {
    /// Keeps an addressee under its name: what was kept under that name is replaced, its key stays.
    ///
    /// # Errors
    /// As every query.
    pub async fn keep_addressee(&mut self, new: NewAddressee) -> Result<Addressee, StoreError> {
        let NewAddressee { name, address, fax_number } = new;
        let id = sqlx::query_scalar(
            "INSERT INTO addressees (name, sort_name, street, city, state, zip, fax_number)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (sort_name) DO UPDATE SET name = excluded.name, street = excluded.street, city = excluded.city,
                 state = excluded.state, zip = excluded.zip, fax_number = excluded.fax_number, forgotten = 0
             RETURNING id",
        )
        .bind(&name)
        .bind(fold(&name))
        .bind(&address.street)
        .bind(&address.city)
        .bind(&address.state)
        .bind(&address.zip)
        .bind(fax_number.as_deref())
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(Addressee { id: AddresseeId(id), name, address, fax_number })
    }

    /// Takes an addressee off the list; keeping it again brings it back. Answers whether it was there.
    ///
    /// # Errors
    /// As every query.
    pub async fn forget_addressee(&mut self, id: AddresseeId) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE addressees SET forgotten = 1 WHERE id = ?1 AND NOT forgotten")
            .bind(id.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
