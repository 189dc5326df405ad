//! Where the bureaus receive disputes.

use crate::columns::{bureau, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{Bureau, BureauAddress, BureauAddressId, PostalAddress};
use sqlx::Row;

impl Store {
    /// The default address of each bureau, by bureau; a bureau without a default is not in the list. Should a server
    /// mark several as default, the newest counts.
    ///
    /// # Errors
    /// As every query.
    pub async fn default_bureau_addresses(&self) -> Result<Vec<BureauAddress>, StoreError> {
        let rows = sqlx::query(
            "SELECT max(id) AS id, bureau, title, street, city, state, zip, fax_number FROM bureau_addresses
             WHERE is_default AND bureau IS NOT NULL GROUP BY bureau ORDER BY bureau",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(BureauAddress {
                    id: BureauAddressId(row.try_get("id")?),
                    bureau: bureau(row.try_get("bureau")?, "bureau_addresses.bureau")?,
                    title: row.try_get("title")?,
                    address: PostalAddress {
                        street: row.try_get("street")?,
                        city: row.try_get("city")?,
                        state: row.try_get("state")?,
                        zip: row.try_get("zip")?,
                    },
                    fax_number: row.try_get("fax_number")?,
                    is_default: true,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces bureau addresses.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_bureau_addresses(
        &mut self,
        addresses: &[Sent<BureauAddress>],
        walk: i64,
    ) -> Result<(), StoreError> {
        put!(
            self,
            addresses,
            walk,
            "bureau_addresses"("id", "bureau", "title", "street", "city", "state", "zip", "fax_number", "is_default"),
            |out, row| {
                let address = &row.value;
                out.push_bind(address.id.0)
                    .push_bind(address.bureau.map(Bureau::code))
                    .push_bind(&address.title)
                    .push_bind(&address.address.street)
                    .push_bind(&address.address.city)
                    .push_bind(&address.address.state)
                    .push_bind(&address.address.zip)
                    .push_bind(address.fax_number.as_deref())
                    .push_bind(address.is_default)
            }
        );
        Ok(())
    }
}
