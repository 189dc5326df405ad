//! Recipients beside bureaus and furnishers, kept on this desk: the portal has no record of them.

use crate::clients::lines;
use crate::contract::{AddresseeRow, AddresseeSave, Empty, Id, PostalLines, Topic};
use crate::{Desk, Error};
use domain::{Addressee, AddresseeId, AddresseePart, NewAddressee, PostalAddress};

impl Desk {
    /// Addressees by name.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn addressee_list(&self, _: Empty) -> Result<Vec<AddresseeRow>, Error> {
        Ok(self.ready().await?.store.addressees().await?.into_iter().map(row).collect())
    }

    /// Keeps a name with its address; the address that was kept under that name is replaced.
    ///
    /// # Errors
    /// [`Error::BadRequest`] naming the field, no open cache, or the cache fails.
    pub async fn addressee_save(&self, save: AddresseeSave) -> Result<AddresseeRow, Error> {
        let open = self.ready().await?;
        let PostalLines { street, city, state, zip } = save.address;
        let new = NewAddressee::parse(&save.name, &PostalAddress { street, city, state, zip }, &save.fax)
            .map_err(|error| Error::bad(field(error.part()), error.to_string()))?;
        let mut write = open.store.write().await?;
        let kept = write.keep_addressee(new).await?;
        write.commit().await?;
        self.changed(&[Topic::Library]);
        Ok(row(kept))
    }

    /// Takes an addressee off the list. Letters to it stay; `addressee_save` brings it back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there, no open cache, or the cache fails.
    pub async fn addressee_forget(&self, id: Id) -> Result<Empty, Error> {
        let open = self.ready().await?;
        let mut write = open.store.write().await?;
        if !write.forget_addressee(addressee(&id.id)?).await? {
            return Err(Error::NotFound("address"));
        }
        write.commit().await?;
        self.changed(&[Topic::Library]);
        Ok(Empty {})
    }
}

pub(crate) fn addressee(id: &str) -> Result<AddresseeId, Error> {
    id.parse().map_err(|_| Error::bad("addresseeId", "not the id of an address kept here"))
}

fn field(part: AddresseePart) -> &'static str {
    match part {
        AddresseePart::Name => "name",
        AddresseePart::Street => "street",
        AddresseePart::City => "city",
        AddresseePart::State => "state",
        AddresseePart::Zip => "zip",
        AddresseePart::FaxNumber => "fax",
    }
}

fn row(addressee: Addressee) -> AddresseeRow {
    AddresseeRow {
        id: addressee.id.to_string(),
        name: addressee.name,
        address: lines(&addressee.address),
        fax: addressee.fax_number.unwrap_or_default(),
    }
}
