//! Companies that report to the bureaus.

use crate::FurnisherId;

/// What kind of company reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FurnisherKind {
    /// `Collection_Agency`
    CollectionAgency,
    /// `Government_Office`
    GovernmentOffice,
    /// `Original_Creditor`
    OriginalCreditor,
    /// `Public_Record`
    PublicRecord,
    /// A value this build does not know, kept as sent.
    Other(String),
}

impl FurnisherKind {
    /// Reads the server's spelling in any case; keeps anything else.
    #[must_use]
    pub fn from_code(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().replace(' ', "_").as_str() {
            "collection_agency" => FurnisherKind::CollectionAgency,
            "government_office" => FurnisherKind::GovernmentOffice,
            "original_creditor" => FurnisherKind::OriginalCreditor,
            "public_record" => FurnisherKind::PublicRecord,
            _ => FurnisherKind::Other(text.to_owned()),
        }
    }

    /// The server's spelling.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            FurnisherKind::CollectionAgency => "Collection_Agency",
            FurnisherKind::GovernmentOffice => "Government_Office",
            FurnisherKind::OriginalCreditor => "Original_Creditor",
            FurnisherKind::PublicRecord => "Public_Record",
            FurnisherKind::Other(text) => text,
        }
    }
}

/// A furnisher (API: Furnishers). The server keeps a fax number and no postal address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furnisher {
    /// Server key.
    pub id: FurnisherId,
    /// Company name.
    pub name: String,
    /// Kind of company.
    pub kind: FurnisherKind,
    /// Fax line as the server spells it.
    pub fax_number: Option<String>,
}

/// Whether an item's account name means this furnisher: bureaus shorten, upper-case and punctuate names, so letters
/// and digits are compared, and the shorter may be the start of the longer from four characters on.
#[must_use]
pub fn same_furnisher(account_name: &str, furnisher_name: &str) -> bool {
    let normal =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (a, b) = (normal(account_name), normal(furnisher_name));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && (short == long || (short.chars().count() >= 4 && long.starts_with(short.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bureau_spellings_find_their_furnisher() {
        assert!(same_furnisher("CAPITAL ONE", "Capital One Bank, N.A."));
        assert!(same_furnisher("MIDLAND CREDIT MGMT", "Midland Credit Mgmt."));
        assert!(!same_furnisher("CAP", "Capital One Bank"));
        assert!(!same_furnisher("", "Capital One Bank"));
    }
}
