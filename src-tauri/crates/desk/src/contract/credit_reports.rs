//! Credit reports as documents, side by side, and their differences. Labels and values are a portal's text, to be shown as
//! text; a Social Security number is down to its last four digits.

use super::{BureauCode, RecordAccess};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a client has of reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientReports {
    /// Stored reports, newest first.
    pub reports: Vec<ReportRow>,
    /// What the portal says of each bureau's report.
    pub headers: Vec<BureauHeader>,
    /// What became of asking for them.
    pub access: RecordAccess,
    /// Contents that are kept here of each bureau.
    pub kept_per_bureau: u32,
}

/// One stored report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportRow {
    /// Server key.
    pub id: String,
    /// The bureau's name, "Three bureaus", or what the portal calls it.
    pub name: String,
    /// Bureaus that tell something in it, as far as is known here.
    pub bureaus: Vec<BureauCode>,
    /// Who delivered it; may be empty.
    pub vendor: String,
    /// The day of the report.
    pub reported_on: Option<String>,
    /// When the portal last changed it, RFC 3339 UTC.
    pub modified_at: Option<String>,
    /// Its content is on this computer.
    pub kept: bool,
}

/// The portal's header of a bureau's report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BureauHeader {
    /// Which; `null` when the portal names another.
    pub bureau: Option<BureauCode>,
    /// When the portal made it, RFC 3339 UTC.
    pub created_at: Option<String>,
    /// When the portal last changed it, RFC 3339 UTC.
    pub updated_at: Option<String>,
}

/// The part of a report that a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportPart {
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
    /// A part that this build does not know.
    Other,
    /// About the report itself.
    Report,
}

/// One report, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportDocument {
    /// Which.
    pub report: ReportRow,
    /// Its parts, those first that can be disputed.
    pub sections: Vec<ReportSection>,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportSection {
    /// Which.
    pub part: ReportPart,
    /// Its title.
    pub title: String,
    /// Accounts, inquiries, ...
    pub entries: Vec<ReportEntry>,
}

/// One account, inquiry, score ... as one bureau tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportEntry {
    /// Its name; may be empty.
    pub title: String,
    /// The account's number as reported; may be empty.
    pub number: String,
    /// Who tells it; `null` when the report does not say.
    pub bureau: Option<BureauCode>,
    /// What is said of it.
    pub lines: Vec<ReportLine>,
}

/// A label and what is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportLine {
    /// What the value is.
    pub label: String,
    /// The value; `null` for a heading and for what nobody tells.
    pub value: Option<String>,
    /// How many headings stand above it.
    pub depth: u32,
    /// The lines below are about it; it says nothing of its own.
    pub heading: bool,
}

/// The newest reports of each bureau, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportBeside {
    /// Equifax, Experian, TransUnion.
    pub columns: Vec<ReportBesideColumn>,
    /// Parts of the reports.
    pub sections: Vec<ReportBesideSection>,
}

/// One bureau's column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportBesideColumn {
    /// Which.
    pub bureau: BureauCode,
    /// What it is read from; `null` when no report of the bureau is here.
    pub report: Option<ReportRow>,
}

/// One part of the reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportBesideSection {
    /// Which.
    pub part: ReportPart,
    /// Its title.
    pub title: String,
    /// Accounts, inquiries, ...
    pub entries: Vec<ReportBesideEntry>,
}

/// One thing as each bureau tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportBesideEntry {
    /// Its name; may be empty.
    pub title: String,
    /// The account's number as the first bureau reports it; may be empty.
    pub number: String,
    /// Which columns have it.
    pub present: Vec<bool>,
    /// What is said of it.
    pub rows: Vec<ReportBesideRow>,
}

/// A label and what each column says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportBesideRow {
    /// What the value is.
    pub label: String,
    /// How many headings stand above it.
    pub depth: u32,
    /// The rows below are about it; it says nothing of its own.
    pub heading: bool,
    /// By column; `null` when nobody tells.
    pub values: Vec<Option<String>>,
    /// Two columns tell different things.
    pub differs: bool,
}

/// Two reports of a client to be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportPair {
    /// The earlier.
    pub before: String,
    /// The later.
    pub after: String,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportChange {
    /// Only the later report has it.
    Added,
    /// Only the earlier report has it.
    Removed,
    /// Both have it and say different things.
    Changed,
}

/// What two reports do not have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportDifference {
    /// The earlier.
    pub before: ReportRow,
    /// The later.
    pub after: ReportRow,
    /// Bureaus that both are of.
    pub bureaus: Vec<BureauCode>,
    /// Parts with a difference.
    pub sections: Vec<ReportChangedSection>,
    /// Entries that are in both and say the same.
    pub unchanged: u32,
}

/// One part with a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportChangedSection {
    /// Which.
    pub part: ReportPart,
    /// Its title.
    pub title: String,
    /// What is different.
    pub entries: Vec<ReportChangedEntry>,
}

/// An entry that is not in both reports as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportChangedEntry {
    /// Its name; may be empty.
    pub title: String,
    /// The account's number as reported; may be empty.
    pub number: String,
    /// Who tells it; `null` when the report does not say.
    pub bureau: Option<BureauCode>,
    /// What became of it.
    pub change: ReportChange,
    /// The fields that differ; all of an entry that was added or removed.
    pub rows: Vec<ReportChangedRow>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportChangedRow {
    /// The label, with those of the headings above it.
    pub label: String,
    /// What the earlier report says; `null` when nothing.
    pub before: Option<String>,
    /// What the later report says; `null` when nothing.
    pub after: Option<String>,
}
