//! Clients (API: Clients).

use crate::client::Call;
use crate::decode::{Day, Int, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal, Record};
use domain::{Client, ClientId, PersonName, PostalAddress, Ssn};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// `ClientResource`, and the short form that other records embed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ClientWire {
    pub(crate) id: Int,
    client_key: Text,
    email: Text,
    mobile_phone: Text,
    ssn: Text,
    attributes: One<BTreeMap<String, Value>>,
}

impl Wire for ClientWire {
    type Value = Client;

    fn value(self) -> Result<Client, Missing> {
        let attributes: BTreeMap<String, String> =
            self.attributes.0.unwrap_or_default().into_iter().map(|(name, value)| (name, plain(value))).collect();
        let attribute = |name: &str| attributes.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut phones: Vec<String> = Vec::new();
        for phone in
            [self.mobile_phone.or_empty(), attribute("MobilePhone"), attribute("Phone"), attribute("HomePhone")]
        {
            if !phone.is_empty() && !phones.iter().any(|known| digits(known) == digits(&phone)) {
                phones.push(phone);
            }
        }
        let ssn = match self.ssn.filled() {
            Some(text) if text != "0" => Some(Ssn::parse(&text).map_err(|_| Missing("ssn"))?),
            _ => None,
        };
        let birth = attribute("D_O_B__c");
        Ok(Client {
            id: ClientId(self.id.0.ok_or(Missing("id"))?),
            key: self.client_key.filled(),
            name: PersonName {
                first: attribute("FirstName"),
                middle: attribute("MiddleName"),
                last: attribute("LastName"),
            },
            email: self.email.filled().or_else(|| Some(attribute("Email")).filter(|text| !text.is_empty())),
            phones,
            ssn,
            // A dynamic attribute is free text: what is not a date is unknown, and stays readable in the attributes.
            birth_date: serde_json::from_value::<Day>(Value::String(birth)).ok().and_then(|day| day.0),
            mailing: PostalAddress {
                street: attribute("MailingStreet"),
                city: attribute("MailingCity"),
                state: attribute("MailingState"),
                zip: PostalAddress::normal_zip(&attribute("MailingPostalCode")),
            },
            attributes,
        })
    }
}

/// A dynamic attribute as text; lists and objects as their JSON.
fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Portal {
    /// One page of the clients (API: `listClients`; sorts by `id`, names, e-mail and phones).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn clients(&self, page: PageRequest) -> Result<Page<Client>, ApiError> {
        self.list::<ClientWire>(Operation::ListClients, page).await
    }

    /// One client (API: `getClient`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn client(&self, id: ClientId) -> Result<Record<Client>, ApiError> {
        let id = id.to_string();
        self.record::<ClientWire, ()>(Call { parameters: &[&id], ..Call::get(Operation::GetClient) }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn client(body: &str) -> Client {
        match decode::record::<ClientWire>(body) {
            Ok(record) => record.value,
            Err(trouble) => panic!("{}", trouble.of(Operation::GetClient)),
        }
    }

    #[test]
    fn numbers_that_lost_their_zeros_get_them_back() {
        let client = client(
            r#"{"id":9,"ssn":1234567,"attributes":{"MailingPostalCode":2134,"D_O_B__c":"1980-02-29","FirstName":"Ján"}}"#,
        );
        assert_eq!(client.ssn.unwrap().expose(), "001234567");
        assert_eq!(client.mailing.zip, "02134");
        assert_eq!(client.birth_date.unwrap().to_string(), "1980-02-29");
        assert_eq!(client.attributes["MailingPostalCode"], "2134");
    }

    #[test]
    fn the_same_phone_in_two_spellings_is_one_phone() {
        let client = client(
            r#"{"id":9,"mobile_phone":"(302) 555-0134","attributes":{"MobilePhone":"302-555-0134","HomePhone":"302-555-0199"}}"#,
        );
        assert_eq!(client.phones, ["(302) 555-0134", "302-555-0199"]);
    }

    #[test]
    fn attributes_may_be_missing_a_list_or_hold_anything() {
        assert!(client(r#"{"id":1}"#).attributes.is_empty());
        assert!(client(r#"{"id":1,"attributes":[]}"#).attributes.is_empty());
        assert_eq!(client(r#"{"id":1,"attributes":{"Tags":["a"]}}"#).attributes["Tags"], r#"["a"]"#);
    }
}
