//! The document: entries of rows, in the order in which an agent reads a report.

use crate::Bureau;
use std::collections::BTreeSet;

/// Which part of a report an entry belongs to. The order is that of reading: what can be disputed first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Accounts, loans and collections.
    Accounts,
    /// Who looked at the report.
    Inquiries,
    /// Court records.
    PublicRecords,
    /// Scores.
    Scores,
    /// What a bureau's part adds up to.
    Summary,
    /// Names, addresses, employers.
    Consumer,
    /// A part that this build does not know, by its label.
    Other(String),
    /// About the report itself.
    Report,
}

/// A report, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// By part; within one in the order of the content.
    pub entries: Vec<Entry>,
}

/// One account, inquiry, score ... as one bureau tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it belongs.
    pub part: Part,
    /// Who tells it; `None` when the content does not say.
    pub bureau: Option<Bureau>,
    /// The creditor or another name; may be empty.
    pub title: String,
    /// The account's number as reported, usually masked; may be empty.
    pub number: String,
    /// Entries of one document with the same number here are one record of its content, told by several bureaus.
    pub record: usize,
    /// What is said of it.
    pub rows: Vec<Row>,
}

/// One line: a label and what is said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Where it stands in its entry, so that two documents' rows find each other.
    pub path: String,
    /// What the value is.
    pub label: String,
    /// Labels of the headings above it, outermost first.
    pub within: Vec<String>,
    /// The value.
    pub said: Said,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// Nothing of its own: the rows below are about it.
    Heading,
    /// Nobody told.
    Unknown,
    /// As an office writes it.
    Text(String),
}

impl Document {
    /// Bureaus that tell something in it.
    #[must_use]
    pub fn bureaus(&self) -> BTreeSet<Bureau> {
        self.entries.iter().filter_map(|entry| entry.bureau).collect()
    }
}

impl Row {
    /// The value, when there is one.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        match &self.said {
            Said::Text(text) => Some(text),
            Said::Heading | Said::Unknown => None,
        }
    }

    /// The label with those of the headings above it.
    #[must_use]
    pub fn whole_label(&self) -> String {
        let mut labels = self.within.clone();
        labels.push(self.label.clone());
        labels.join(" › ")
    }
}
