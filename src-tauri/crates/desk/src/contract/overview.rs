//! A client at a glance, as the company keeps them and as the client sees it.

use super::{OutboxItem, Problem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a client's attributes are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttributeGroupKind {
    /// Who they are.
    Person,
    /// How they are reached.
    Contact,
    /// Where they get mail.
    Mailing,
    /// Other addresses.
    Address,
    /// The work for them.
    Work,
    /// What the company called in no way that tells.
    Other,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClientValueKind {
    /// One line.
    Text,
    /// One line or more.
    Lines,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A day, ISO.
    Day,
    /// A state by its two letters.
    State,
    /// A ZIP code.
    Zip,
}

/// How a fact may be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttributeEdit {
    /// The portal's name of what is changed: by it come its messages.
    pub name: String,
    /// What its values look like.
    pub kind: ClientValueKind,
    /// As it is kept, with what waits to be changed; empty when there is none.
    pub value: String,
}

/// One of a client's dynamic attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttributeRow {
    /// As the portal calls it: templates name it so.
    pub name: String,
    /// In words.
    pub label: String,
    /// As an office writes it, with no Social Security number whole; `null` when it is empty.
    pub value: Option<String>,
    /// How it is changed; `null` for what the portal lets nobody change from here.
    pub edit: Option<AttributeEdit>,
    /// The change of it that waits.
    pub pending: Option<OutboxItem>,
}

/// Attributes that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttributeGroup {
    /// What they are about.
    pub kind: AttributeGroupKind,
    /// What may be changed, in the order of a form; then the others by label.
    pub rows: Vec<AttributeRow>,
}

/// A client's attributes, and what may be changed although the portal has nothing of it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientOverview {
    /// Groups that have any.
    pub groups: Vec<AttributeGroup>,
}

/// A value that an agent changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientValue {
    /// The portal's name of it, as [`AttributeEdit`] has it.
    pub name: String,
    /// As the agent saw it, in the form of [`AttributeEdit`].
    pub seen: String,
    /// As it is to be.
    pub value: String,
}

/// Changes of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientUpdate {
    /// Whose.
    pub client_id: String,
    /// What. A value that is as it was seen is no change.
    pub changes: Vec<ClientValue>,
}

/// A part of what the client sees in the company's customer portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CustomerPart {
    /// Their own data.
    Data,
    /// Negative items.
    Items,
    /// Documents.
    Documents,
    /// Agreements.
    Agreements,
    /// Products.
    Products,
    /// Goals.
    Goals,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerLine {
    /// What it is.
    pub title: String,
    /// What is said of it; may be empty.
    pub detail: String,
}

/// One part, or why it cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerSection {
    /// Which.
    pub part: CustomerPart,
    /// In the portal's order; at most 200.
    pub lines: Vec<CustomerLine>,
    /// How many there are.
    #[ts(type = "number")]
    pub total: u64,
    /// Why it could not be read.
    pub problem: Option<Problem>,
}

/// What the client sees, as the portal has it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomerView {
    /// In the order in which they are shown.
    pub sections: Vec<CustomerSection>,
}
