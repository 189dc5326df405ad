//! What letters are made from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A bureau.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum BureauCode {
    /// Equifax.
    Equifax,
    /// Experian.
    Experian,
    /// TransUnion.
    Transunion,
}

/// A postal address by its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostalLines {
    /// Street, unit or P.O. box.
    pub street: String,
    /// City.
    pub city: String,
    /// State code.
    pub state: String,
    /// ZIP code.
    pub zip: String,
}

/// A bureau's default dispute address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BureauAddressRow {
    /// Server key.
    pub id: String,
    /// Which bureau.
    pub bureau: BureauCode,
    /// First line on the envelope.
    pub title: String,
    /// Where mail goes.
    pub address: PostalLines,
}

/// Which furnishers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FurnisherSearch {
    /// Parts of the name; empty finds the first by name.
    pub query: String,
    /// How many, at most 500.
    pub limit: u32,
}

/// A furnisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FurnisherRow {
    /// Server key.
    pub id: String,
    /// Company name.
    pub name: String,
    /// `Collection_Agency`, `Government_Office`, `Original_Creditor`, `Public_Record`, or another value of the server.
    pub kind: String,
    /// Fax line, or empty.
    pub fax: String,
    /// The address this desk last used for it; the server keeps none.
    pub address: Option<PostalLines>,
}

/// A recipient that is neither bureau nor furnisher, as typed. One is kept for each name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddresseeSave {
    /// First line on the envelope, at most 100 characters like each line of the address.
    pub name: String,
    /// Where it is mailed: all four parts, the state by two letters.
    pub address: PostalLines,
    /// Fax line of the North American plan, or empty.
    pub fax: String,
}

/// A recipient that is neither bureau nor furnisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddresseeRow {
    /// This desk's key.
    pub id: String,
    /// First line on the envelope.
    pub name: String,
    /// Where it is mailed.
    pub address: PostalLines,
    /// Fax line, ten digits, or empty.
    pub fax: String,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRow {
    /// Server key.
    pub id: String,
    /// Name.
    pub name: String,
    /// `static`, `smart`, or another value of the server.
    pub kind: String,
    /// Category, or empty.
    pub category: String,
    /// Meant for disputes.
    pub dispute: bool,
}

/// A claim code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClaimCodeRow {
    /// Readable name.
    pub name: String,
    /// For Equifax.
    pub equifax: String,
    /// For Experian.
    pub experian: String,
    /// For TransUnion.
    pub transunion: String,
}

/// A dispute reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReasonRow {
    /// Server key of the instruction.
    pub id: String,
    /// The text that goes into the letter.
    pub name: String,
    /// The code behind it.
    pub claim_code: Option<ClaimCodeRow>,
    /// Kinds of creditor it is meant for; empty means all.
    pub creditor_types: Vec<String>,
}
