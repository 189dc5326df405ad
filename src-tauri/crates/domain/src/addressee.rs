//! Recipients that are neither bureau nor furnisher: another reporting agency, a regulator, a collector's counsel.

use crate::address::is_zip;
use crate::{AddresseeId, FaxNumber, PostalAddress};
use thiserror::Error;

/// Someone at an address typed on this desk. The portal knows nothing of it; one is kept for each name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// This desk's key.
    pub id: AddresseeId,
    /// First line of the address block.
    pub name: String,
    /// Where it is mailed.
    pub address: PostalAddress,
    /// Fax line.
    pub fax_number: Option<String>,
}

/// An addressee as typed, before it has a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddressee {
    /// First line of the address block.
    pub name: String,
    /// Where it is mailed.
    pub address: PostalAddress,
    /// Fax line.
    pub fax_number: Option<String>,
}

/// Why what was typed is no addressee.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddresseeError {
    /// A part that mail needs is empty.
    #[error("must not be empty")]
    Empty(AddresseePart),
    /// A part does not look like what it should be.
    #[error("{1}")]
    Wrong(AddresseePart, String),
}

/// A field of an addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddresseePart {
    /// The name.
    Name,
    /// Street or P.O. box.
    Street,
    /// City.
    City,
    /// State.
    State,
    /// ZIP code.
    Zip,
    /// Fax number.
    FaxNumber,
}

impl AddresseeError {
    /// The field at fault.
    #[must_use]
    pub fn part(&self) -> AddresseePart {
        match self {
            AddresseeError::Empty(part) | AddresseeError::Wrong(part, _) => *part,
        }
    }
}

/// The longest name or address part, in characters: a line of an envelope and then some.
const LONGEST: usize = 100;

impl NewAddressee {
    /// Takes what was typed: trimmed, the state in capitals, the fax number in digits.
    ///
    /// # Errors
    /// The first part that is empty, too long, or not what it should be.
    pub fn parse(name: &str, address: &PostalAddress, fax: &str) -> Result<Self, AddresseeError> {
        let line = |part, text: &str| {
            let text = text.trim();
            if text.is_empty() {
                Err(AddresseeError::Empty(part))
            } else if text.chars().count() > LONGEST {
                Err(AddresseeError::Wrong(part, format!("longer than {LONGEST} characters")))
            } else if text.chars().any(char::is_control) {
                Err(AddresseeError::Wrong(part, "must be one line".to_owned()))
            } else {
                Ok(text.to_owned())
            }
        };
        let name = line(AddresseePart::Name, name)?;
        let street = line(AddresseePart::Street, &address.street)?;
        let city = line(AddresseePart::City, &address.city)?;
        let state = line(AddresseePart::State, &address.state)?.to_ascii_uppercase();
        if state.len() != 2 || !state.chars().all(|c| c.is_ascii_uppercase()) {
            return Err(AddresseeError::Wrong(AddresseePart::State, "two letters, for example GA".to_owned()));
        }
        let zip = line(AddresseePart::Zip, &address.zip)?;
        if !is_zip(&zip) {
            return Err(AddresseeError::Wrong(AddresseePart::Zip, "five digits, or nine as 12345-6789".to_owned()));
        }
        let fax_number = match fax.trim() {
            "" => None,
            fax => Some(
                FaxNumber::parse(fax).map_err(|e| AddresseeError::Wrong(AddresseePart::FaxNumber, e.to_string()))?,
            ),
        };
        Ok(Self {
            name,
            address: PostalAddress { street, city, state, zip },
            fax_number: fax_number.map(|number| number.digits().to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(state: &str, zip: &str, fax: &str) -> Result<NewAddressee, AddresseeError> {
        let address = PostalAddress {
            street: " P.O. Box 105108 ".into(),
            city: "Atlanta".into(),
            state: state.into(),
            zip: zip.into(),
        };
        NewAddressee::parse("Consumer Center", &address, fax)
    }

    #[test]
    fn what_an_envelope_needs_is_asked_for() {
        let taken = typed("ga", "30348-5108", "(404) 555-0142").unwrap();
        assert_eq!((taken.address.street.as_str(), taken.address.state.as_str()), ("P.O. Box 105108", "GA"));
        assert!(taken.fax_number.unwrap().ends_with("4045550142"));
        assert_eq!(typed("Georgia", "30348", "").unwrap_err().part(), AddresseePart::State);
        assert_eq!(typed("GA", "3034", "").unwrap_err().part(), AddresseePart::Zip);
        assert_eq!(typed("GA", "30348", "911").unwrap_err().part(), AddresseePart::FaxNumber);
        let nowhere = NewAddressee::parse("Consumer Center", &PostalAddress::default(), "");
        assert_eq!(nowhere.unwrap_err(), AddresseeError::Empty(AddresseePart::Street));
        let two_lines = NewAddressee::parse("Consumer\nCenter", &PostalAddress::default(), "");
        assert_eq!(two_lines.unwrap_err().part(), AddresseePart::Name);
    }
}
