//! Clients (API: Clients).

use crate::fields::read::Scalar;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::segments::{Combinator, Rule, Segment};
use crate::{ApiError, Operation, Pages, Portal, Record};
use crate::{Missing, ToDomain};
use domain::{ClientId, SegmentId, Ssn};
use domain::{PersonName, PostalAddress};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

record! {
    /// `ClientResource`, `ClientShort`.
    pub struct Client keyed id {
        id: Option<ClientId>,
        client_key: Option<String>,
        salesforce_id: Option<i64>,
        joint_customer_sf_id: Option<String>,
        email: Option<String>,
        mobile_phone: Option<String>,
        ssn: Option<Ssn>,
        attributes: BTreeMap<String, String>,
        segments: Option<Box<Segment>>,
    }
}

request! {
    /// What `listClients` can be asked for.
    pub struct ListClientsQuery {
        ;
        search: String,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// What `listClientsByConditions` can be asked for.
    pub struct ListClientsByConditionsQuery {
        ;
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `ClientsByConditionsRequest`.
    pub struct ClientsByConditionsRequest {
        ;
        combinator: Combinator,
        conditions: Rule,
        segment_id: SegmentId,
    }
}

impl Client {
    /// The client of which only the key is known.
    #[must_use]
    pub fn of(id: ClientId) -> Self {
        Self { id: Some(id), ..Self::default() }
    }
}

impl Record<Client> {
    /// Whether the server keeps an attribute as text: then text is what it takes back.
    #[must_use]
    pub fn keeps_as_text(&self, attribute: &str) -> bool {
        let body: Option<Value> = serde_json::from_str(&self.body).ok();
        body.as_ref().and_then(|body| body.get("attributes")?.get(attribute)).is_some_and(Value::is_string)
    }
}

impl ToDomain for Client {
    type Value = domain::Client;

    fn to_domain(self) -> Result<domain::Client, Missing> {
        let attributes = self.attributes;
        let attribute = |name: &str| attributes.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut phones: Vec<String> = Vec::new();
        for phone in [
            self.mobile_phone.unwrap_or_default(),
            attribute("MobilePhone"),
            attribute("Phone"),
            attribute("HomePhone"),
        ] {
            if !phone.is_empty() && !phones.iter().any(|known| digits(known) == digits(&phone)) {
                phones.push(phone);
            }
        }
        Ok(domain::Client {
            id: self.id.ok_or(Missing("id"))?,
            key: self.client_key,
            name: PersonName {
                first: attribute("FirstName"),
                middle: attribute("MiddleName"),
                last: attribute("LastName"),
            },
            email: self.email.or_else(|| Some(attribute("Email")).filter(|text| !text.is_empty())),
            phones,
            ssn: self.ssn,
            // A dynamic attribute is free text: what is not a date is unknown, and stays readable in the attributes.
            birth_date: Date::scalar(&attribute("D_O_B__c")).flatten(),
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

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Portal {
    /// Search, sort and page the clients (API: `listClients`).
    pub fn list_clients(&self, query: &ListClientsQuery) -> Pages<Client> {
        Pages::new(self, Operation::ListClients, &[], query, &())
    }

    /// Page the clients that match a rule tree (API: `listClientsByConditions`).
    pub fn list_clients_by_conditions(
        &self,
        query: &ListClientsByConditionsQuery,
        request: &ClientsByConditionsRequest,
    ) -> Pages<Client> {
        Pages::new(self, Operation::ListClientsByConditions, &[], query, request)
    }

    /// Read one client (API: `getClient`).
    pub async fn get_client(&self, id: ClientId) -> Result<Record<Client>, ApiError> {
        self.one(Operation::GetClient, &[&id], &(), &()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn client(body: &str) -> domain::Client {
        decode::one::<Client>(body).unwrap().value.to_domain().unwrap()
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
