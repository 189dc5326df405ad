//! What clients bought.

use crate::{ClientId, Money};
use jiff::Timestamp;

/// A product that a client holds (API: Client Products). The portal documents neither an end nor a state of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientProduct {
    /// Server key; when the portal sends none, `product:<client>:<product>`.
    pub key: String,
    /// Whose.
    pub client: ClientId,
    /// What it is called; may be empty.
    pub name: String,
    /// The company's code of it; may be empty.
    pub code: String,
    /// What sort of service it is, in the portal's words; may be empty.
    pub kind: String,
    /// What is charged once.
    pub initial_fee: Option<Money>,
    /// What is charged each month.
    pub charged_monthly: Option<Money>,
    /// When it was bought.
    pub created: Option<Timestamp>,
}
