//! What the list of clients is sorted and narrowed by, filters kept by a name, and the portal's segments.

use super::{AgreementState, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A column of the list of clients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClientSortBy {
    /// Family name.
    #[default]
    Name,
    /// City, then state, of the mailing address.
    City,
    /// E-mail.
    Email,
    /// First phone.
    Phone,
    /// Last four of the SSN.
    Ssn,
    /// Server key.
    Id,
    /// Negative items.
    Items,
    /// Signed, signed and still to be cancelled, not signed; unknown ones last.
    Agreement,
}

/// How the list is sorted. Clients of the same value come by name, those without a value last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, rename_all = "camelCase")]
pub struct ClientSort {
    /// The column.
    pub by: ClientSortBy,
    /// From Z to A, from many to few.
    pub descending: bool,
}

/// What clients must meet to be in the list; what is not set narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, rename_all = "camelCase")]
pub struct ClientFilter {
    /// The agreement stands in one of these ways; empty for any.
    pub agreements: Vec<AgreementState>,
    /// The mailing address is in one of these states; empty for any.
    pub states: Vec<String>,
    /// The mailing address is complete, or is not.
    pub mailing_complete: Option<bool>,
    /// One of these products was bought, by name; empty for any.
    pub products: Vec<String>,
    /// There are items that no letter of this desk and no dispute of the portal is about.
    pub undisputed: bool,
    /// Letters were prepared and neither printed, saved nor sent.
    pub letters_waiting: bool,
    /// An answer is overdue or due within a week.
    pub follow_up_due: bool,
    /// An open task is overdue or due within a week.
    pub task_due: bool,
    /// No letter of this desk went out in so many days; 0 for none ever.
    pub no_letter_days: Option<u16>,
    /// A member of this segment of the portal, when its members were last read.
    pub segment: Option<String>,
}

/// A value that clients have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientFilterValue {
    /// The value.
    pub name: String,
    /// Clients who have it.
    pub clients: u32,
}

/// A segment of the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SegmentRow {
    /// Server key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is for, or empty.
    pub description: String,
    /// Clients in it: those that were read, else as many as the portal counted, if it says.
    pub clients: Option<u32>,
    /// When its members were last read, RFC 3339 UTC; `null` before the first time.
    pub read_at: Option<String>,
}

/// What there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientFilterChoices {
    /// States of the mailing addresses.
    pub states: Vec<ClientFilterValue>,
    /// Products that were bought.
    pub products: Vec<ClientFilterValue>,
    /// Segments of clients, by name.
    pub segments: Vec<SegmentRow>,
}

/// A segment whose members were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SegmentRead {
    /// The segment, with what is known of its members now.
    pub segment: SegmentRow,
    /// Why they could not be read now; those of the last time stay.
    pub problem: Option<Problem>,
}

/// A filter that is kept by a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedClientFilter {
    /// Made on this desk.
    pub id: String,
    /// What the agent calls it.
    pub name: String,
    /// What it asks for.
    pub filter: ClientFilter,
    /// How it sorts.
    pub sort: ClientSort,
}

/// Keeps a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientFilterSave {
    /// The filter that this takes the place of, also one that was just removed; `null` for a new one.
    pub id: Option<String>,
    /// A name that no other filter has; case and accents do not tell names apart.
    pub name: String,
    /// What it asks for.
    pub filter: ClientFilter,
    /// How it sorts.
    pub sort: ClientSort,
}
