//! The three credit bureaus and where they receive disputes.

use crate::{BureauAddressId, PostalAddress};
use std::fmt;

/// A nationwide consumer reporting agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bureau {
    /// Equifax.
    Equifax,
    /// Experian.
    Experian,
    /// TransUnion.
    TransUnion,
}

impl Bureau {
    /// All three, in the order the window shows them.
    pub const ALL: [Bureau; 3] = [Bureau::Equifax, Bureau::Experian, Bureau::TransUnion];

    /// The server's spelling of the type: `equifax`, `experian`, `transunion`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Bureau::Equifax => "equifax",
            Bureau::Experian => "experian",
            Bureau::TransUnion => "transunion",
        }
    }

    /// Reads any spelling the documentation shows: names in any case, `EFX`/`XPN`/`TUC`, `EQ`/`EX`/`TU` (oddity 36).
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        match letters.to_ascii_lowercase().as_str() {
            "equifax" | "efx" | "eq" | "eqf" => Some(Bureau::Equifax),
            "experian" | "xpn" | "ex" | "exp" => Some(Bureau::Experian),
            "transunion" | "tuc" | "tu" | "tru" => Some(Bureau::TransUnion),
            _ => None,
        }
    }
}

impl fmt::Display for Bureau {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bureau::Equifax => "Equifax",
            Bureau::Experian => "Experian",
            Bureau::TransUnion => "TransUnion",
        })
    }
}

/// A bureau's postal address (API: Bureau Addresses). `is_default` marks the one letters go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BureauAddress {
    /// Server key.
    pub id: BureauAddressId,
    /// Which bureau; `None` when the server's type is none of the three.
    pub bureau: Option<Bureau>,
    /// Display title, also the first line on the envelope.
    pub title: String,
    /// Where mail goes.
    pub address: PostalAddress,
    /// Fax line, when the server sends one (it may accept and not echo it, oddity 31).
    pub fax_number: Option<String>,
    /// The address that "generate letter" uses.
    pub is_default: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_spelling_is_known() {
        for (text, bureau) in [
            ("EFX", Bureau::Equifax),
            ("Equifax", Bureau::Equifax),
            ("Trans Union", Bureau::TransUnion),
            ("transunion", Bureau::TransUnion),
            ("EXPERIAN", Bureau::Experian),
        ] {
            assert_eq!(Bureau::from_code(text), Some(bureau), "{text}");
        }
        assert_eq!(Bureau::from_code("innovis"), None);
    }
}
