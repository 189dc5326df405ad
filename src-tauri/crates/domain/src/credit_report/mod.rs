//! Credit reports as documents: whatever a bureau's report holds, read as titled entries of labelled rows.
//!
//! What a stored report ("master schema" on the server) holds is not documented, so it comes as a plain [`Tree`] and the
//! reading knows shapes, not vendors: which word of a key means an account, an amount or a day, and where one record says
//! what several bureaus told. What it does not know becomes labelled rows too: nothing is hidden and nothing is refused.
//! [`difference`] compares two reports of the same bureaus, [`beside`] lays several bureaus side by side.
//!
//! Left out: where reports come from, and the words of a screen.

mod beside;
mod difference;
mod document;
mod matching;
mod shape;
mod values;
mod words;

pub use beside::{BesideEntry, BesideRow, Column, beside};
pub use difference::{Change, ChangedEntry, ChangedRow, Difference, difference};
pub use document::{Document, Entry, Part, Row, Said};
pub use shape::read;

use crate::{ClientId, CreditReportId, MasterSchemaId, Ssn};
use jiff::Timestamp;
use jiff::civil::Date;

/// A field of free form as a screen shows it: its label in words, and its value as a US office writes it, with Social
/// Security numbers down to their last four digits; `None` for a value that says nothing.
#[must_use]
pub fn labelled(name: &str, value: &str, ssn: Option<&Ssn>) -> (String, Option<String>) {
    // A custom field of the company's customer database ends so.
    let name = name.strip_suffix("__c").unwrap_or(name);
    let said = values::Writer { ssn }.said(name, &Tree::Text(value.to_owned()));
    let text = match said {
        Said::Text(text) => Some(text),
        Said::Unknown | Said::Heading => None,
    };
    let is_birth = name.chars().filter(char::is_ascii_alphanumeric).eq("DOB".chars());
    (if is_birth { "Date of birth".to_owned() } else { words::label(name) }, text)
}

/// A stored report without its content (API: Credit Report Master Schemas).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditReport {
    /// Server key.
    pub id: MasterSchemaId,
    /// Whose report.
    pub client: ClientId,
    /// Who delivered it, as the server says; may be empty.
    pub vendor: String,
    /// Which bureau, or a code for all of them, as the server spells it; may be empty.
    pub bureau: String,
    /// The vendor's name of the report.
    pub report: Option<CreditReportId>,
    /// The day of the report.
    pub reported: Option<Date>,
    /// When the server last changed it.
    pub modified: Option<Timestamp>,
}

/// What a report holds, of any shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// Nothing is said.
    Nothing,
    /// Yes or no.
    Truth(bool),
    /// A number, with the digits that were sent.
    Number(String),
    /// Text.
    Text(String),
    /// Several in their order.
    List(Vec<Tree>),
    /// Named fields in their order.
    Record(Vec<(String, Tree)>),
}

#[cfg(test)]
pub(crate) mod made_up {
    //! Contents for tests, written as their fields.

    use super::Tree;

    pub(crate) fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    pub(crate) fn record<const N: usize>(fields: [(&str, Tree); N]) -> Tree {
        Tree::Record(fields.into_iter().map(|(name, tree)| (name.to_owned(), tree)).collect())
    }

    pub(crate) fn account(name: &str, number: &str, balance: &str) -> Tree {
        record([("account_name", text(name)), ("account_number", text(number)), ("balance", text(balance))])
    }

    pub(crate) fn accounts(accounts: Vec<Tree>) -> Tree {
        record([("accounts", Tree::List(accounts))])
    }
}
