//! A consumer whose credit report is being disputed.

use crate::{ClientId, PersonName, PostalAddress, Ssn};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A client (API: Clients, `ClientResource`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Server key.
    pub id: ClientId,
    /// `client_key`: the key that negative items repeat.
    pub key: Option<String>,
    /// From the dynamic attributes `FirstName`, `MiddleName`, `LastName`.
    pub name: PersonName,
    /// E-mail address.
    pub email: Option<String>,
    /// `mobile_phone` or the attributes `MobilePhone`, `Phone`, `HomePhone`, without repeats.
    pub phones: Vec<String>,
    /// Social Security number.
    pub ssn: Option<Ssn>,
    /// From the attribute `D_O_B__c`.
    pub birth_date: Option<Date>,
    /// From `MailingStreet`, `MailingCity`, `MailingState`, `MailingPostalCode`.
    pub mailing: PostalAddress,
    /// Every dynamic attribute by its own name, values as text. Shortcodes read these.
    pub attributes: BTreeMap<String, String>,
}
