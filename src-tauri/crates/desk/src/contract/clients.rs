//! Clients in lists and in full.

use super::{ClientFilter, ClientSort, PostalLines, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientSearch {
    /// Parts of name, e-mail, phone, id, or the last four of the SSN; empty finds everyone.
    pub query: String,
    /// First row to answer.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
    /// The order.
    #[serde(default)]
    pub sort: ClientSort,
    /// What all of them must meet, beside the words.
    #[serde(default)]
    pub filter: ClientFilter,
}

/// Whether the client has permitted the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// An agreement is signed.
    Signed,
    /// An agreement is signed and may still be cancelled: letters wait.
    Cancellable,
    /// No signed agreement.
    Unsigned,
    /// Agreements of this client are not in the cache yet.
    Unknown,
}

/// A client in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientRow {
    /// Server key.
    pub id: String,
    /// In reading order.
    pub name: String,
    /// Family name first.
    pub sorted_name: String,
    /// E-mail, or empty.
    pub email: String,
    /// First phone, or empty.
    pub phone: String,
    /// City of the mailing address, or empty.
    pub city: String,
    /// State of the mailing address, or empty.
    pub state: String,
    /// Last four of the SSN, or empty.
    pub ssn_last_four: String,
    /// Negative items in the cache.
    pub items: u32,
    /// Permission to act.
    pub agreement: AgreementState,
}

/// One page of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientPage {
    /// How many clients match.
    pub total: u32,
    /// Rows from `offset` on.
    pub rows: Vec<ClientRow>,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgreementRow {
    /// Title.
    pub name: String,
    /// When it was signed, RFC 3339 UTC; `null` when it is not.
    pub signed_at: Option<String>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRow {
    /// `id`, `credit_related`, ...
    pub kind: String,
    /// `drive_licence`, `utility_bills`, ...
    pub subkind: String,
    /// The file's caption.
    pub caption: String,
    /// When it was filed, RFC 3339 UTC.
    pub created_at: Option<String>,
}

/// One client in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientCard {
    /// As in lists.
    pub row: ClientRow,
    /// ISO date, or `null`.
    pub birth_date: Option<String>,
    /// Every phone.
    pub phones: Vec<String>,
    /// Where the client gets mail.
    pub mailing: PostalLines,
    /// Whether the mailing address is complete enough for a letter.
    pub mailing_complete: bool,
    /// Agreements in the cache.
    pub agreements: Vec<AgreementRow>,
    /// Documents in the cache.
    pub documents: Vec<DocumentRow>,
    /// Notes in the cache.
    pub notes: u32,
    /// Pieces of correspondence in the cache.
    pub correspondence: u32,
    /// Credit reports in the cache.
    pub reports: u32,
    /// Open tasks in the cache.
    pub open_tasks: u32,
}

/// How fresh one client's records are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientFreshness {
    /// When all of them were last read by themselves since the desk was opened, RFC 3339 UTC.
    pub checked_at: Option<String>,
    /// Why they could not be read now; what is shown is what the cache had.
    pub problem: Option<Problem>,
}
