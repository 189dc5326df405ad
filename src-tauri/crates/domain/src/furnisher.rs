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

/// The furnisher that an item's account name means: the one of the same name, else the one whose name agrees longest;
/// `None` when two agree equally long.
#[must_use]
pub fn furnisher_of<'a>(account_name: &str, furnishers: &'a [Furnisher]) -> Option<&'a Furnisher> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let account = letters(account_name);
    // Both names start alike, so the shorter length is how far they agree; the same length is the same name.
    let agreement = |furnisher: &Furnisher| {
        let name = letters(&furnisher.name);
        (name == account, name.min(account), std::cmp::Reverse(name))
    };
    let mut best: Option<(_, &Furnisher)> = None;
    let mut tie = false;
    for furnisher in furnishers.iter().filter(|furnisher| same_furnisher(account_name, &furnisher.name)) {
        let rank = agreement(furnisher);
        match &best {
            Some((known, _)) if rank < *known => {}
            Some((known, _)) if rank == *known => tie = true,
            _ => {
                best = Some((rank, furnisher));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, furnisher)| furnisher)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furnisher(id: i64, name: &str) -> Furnisher {
        Furnisher {
            id: FurnisherId(id),
            name: name.to_owned(),
            kind: FurnisherKind::Other(String::new()),
            fax_number: None,
        }
    }

    #[test]
    fn the_same_name_wins_over_a_shorter_one_and_a_tie_over_none() {
        let known = [furnisher(1, "Chase"), furnisher(2, "Chase Receivables"), furnisher(3, "Chase Receivables Group")];
        let found = |name| furnisher_of(name, &known).map(|furnisher| furnisher.id.0);
        assert_eq!(found("CHASE RECEIVABLES"), Some(2));
        assert_eq!(found("CHASE"), Some(1));
        assert_eq!(found("CHASE RECEIVABLES GROUP LLC"), Some(3));
        assert_eq!(found("Discover"), None);
        let twins = [furnisher(4, "Midland Credit"), furnisher(5, "MIDLAND CREDIT")];
        assert_eq!(furnisher_of("Midland Credit", &twins), None);
    }

    #[test]
    fn bureau_spellings_find_their_furnisher() {
        assert!(same_furnisher("CAPITAL ONE", "Capital One Bank, N.A."));
        assert!(same_furnisher("MIDLAND CREDIT MGMT", "Midland Credit Mgmt."));
        assert!(!same_furnisher("CAP", "Capital One Bank"));
        assert!(!same_furnisher("", "Capital One Bank"));
    }
}
