//! What was sent and received.

use crate::{Attachment, ClientId, CorrespondenceId, ItemId};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How a message travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// `fax`
    Fax,
    /// `email`
    Email,
    /// `sms`
    Sms,
    /// `letter`
    Letter,
    /// A value this build does not know, kept as sent.
    Other(String),
}

impl Channel {
    /// Reads the server's spelling; keeps anything else.
    #[must_use]
    pub fn from_code(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "fax" => Channel::Fax,
            "email" => Channel::Email,
            "sms" => Channel::Sms,
            "letter" => Channel::Letter,
            _ => Channel::Other(text.to_owned()),
        }
    }

    /// The server's spelling.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Channel::Fax => "fax",
            Channel::Email => "email",
            Channel::Sms => "sms",
            Channel::Letter => "letter",
            Channel::Other(text) => text,
        }
    }
}

/// One piece of correspondence (API: Correspondence).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondence {
    /// Server key.
    pub id: CorrespondenceId,
    /// With whom.
    pub client: ClientId,
    /// How.
    pub channel: Channel,
    /// The item it is about.
    pub item: Option<ItemId>,
    /// Who sent it.
    pub run_by: String,
    /// When, if the server says so.
    pub created: Option<Timestamp>,
    /// Free attributes (`subject`, `recipient`, `fax_number`, `status` ...) by name.
    pub attributes: BTreeMap<String, String>,
    /// Files that went along.
    pub attachments: Vec<Attachment>,
}
