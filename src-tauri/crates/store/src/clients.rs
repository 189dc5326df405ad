//! Clients and the words they are found by.
//!
//! A client is read as the agent means them: with the changes that wait in the outbox over what the portal has. The rows
//! themselves are the portal's alone, so that a pull overwrites nothing of the agent's, and a change that is taken back leaves
//! no trace. What is looked through and sorted by knows a change once the portal has it.

use crate::columns::{count, date, instant, json, put, to_json};
use crate::fold::MOST_WORDS;
use crate::outbox::{waiting_changes, waiting_changes_of};
use crate::{Sent, Store, StoreError, Write, fold};
use domain::{Client, ClientChange, ClientId, Permission, PersonName, PostalAddress, Ssn};
use serde::Deserialize;
use sqlx::AssertSqlSafe;

/// A client, with what a list shows beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFacts {
    /// The client; in a list without the attributes.
    pub client: Client,
    /// Negative items in the cache.
    pub items: u32,
    /// Unknown until the client's details were pulled once.
    pub permission: Permission,
}

/// One page of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHits {
    /// How many clients match.
    pub total: u32,
    /// The page's clients, in the order that was asked for.
    pub rows: Vec<ClientFacts>,
}

/// A client as a statement hands them over: one JSON array of these, in this order. What a row of columns costs on its way
/// from SQLite's thread is paid for each of its values, and a page of them is what an agent waits for between two keys.
#[derive(Deserialize)]
pub(crate) struct StoredClient {
    id: i64,
    client_key: Option<String>,
    first_name: String,
    middle_name: String,
    last_name: String,
    email: Option<String>,
    phones: String,
    ssn: Option<String>,
    birth_date: Option<String>,
    street: String,
    city: String,
    state: String,
    zip: String,
    attributes: String,
    detailed: i64,
    items: i64,
    signed: Option<String>,
    /// As [`waiting_changes_of`] has it.
    waiting: Option<String>,
}

/// That array, of a row of `clients`.
fn stored() -> String {
    format!(
        "json_array(id, client_key, first_name, middle_name, last_name, email, phones, ssn, birth_date, street, city, state, zip,
             attributes, details_walk > 0, (SELECT count(*) FROM negative_items WHERE client_id = clients.id),
             (SELECT min(signed) FROM agreements WHERE client_id = clients.id), {})",
        waiting_changes_of("clients.id")
    )
}

impl StoredClient {
    /// As the portal has them.
    fn facts(self) -> Result<ClientFacts, StoreError> {
        let client = Client {
            id: ClientId(self.id),
            key: self.client_key,
            name: PersonName { first: self.first_name, middle: self.middle_name, last: self.last_name },
            email: self.email,
            phones: json(&self.phones, "clients.phones")?,
            ssn: self
                .ssn
                .map(|text| Ssn::parse(&text).map_err(|_| StoreError::Unreadable("clients.ssn")))
                .transpose()?,
            birth_date: date(self.birth_date, "clients.birth_date")?,
            mailing: PostalAddress { street: self.street, city: self.city, state: self.state, zip: self.zip },
            attributes: json(&self.attributes, "clients.attributes")?,
        };
        let permission = match instant(self.signed, "agreements.signed")? {
            _ if self.detailed == 0 => Permission::Unknown,
            None => Permission::Unsigned,
            Some(signed) => Permission::Signed(signed),
        };
        Ok(ClientFacts { client, items: count(self.items), permission })
    }

    /// With what waits to be changed.
    pub(crate) fn meant(mut self) -> Result<ClientFacts, StoreError> {
        let waiting = self.waiting.take();
        let mut facts = self.facts()?;
        if let Some(waiting) = waiting {
            apply(&mut facts.client, &waiting_changes(&waiting)?);
        }
        Ok(facts)
    }
}

impl Store {
    /// One client, with what waits to be changed.
    ///
    /// # Errors
    /// As every query.
    pub async fn client(&self, id: ClientId) -> Result<Option<ClientFacts>, StoreError> {
        let sql = format!("SELECT {} FROM clients WHERE id = ?1", stored());
        let stored: Option<String> =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&self.readers).await?;
        stored.map(|text| json::<StoredClient>(&text, "clients")?.meant()).transpose()
    }

    /// Every client's id, lowest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_ids(&self) -> Result<Vec<ClientId>, StoreError> {
        let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM clients ORDER BY id").fetch_all(&self.readers).await?;
        Ok(ids.into_iter().map(ClientId).collect())
    }
}

/// Puts what was changed into a client.
fn apply(client: &mut Client, changes: &[ClientChange]) {
    for change in changes {
        change.field.put(client, &change.to);
    }
}

impl Write {
    /// Changes the row of a client as the portal has changed it. Its JSON stays as it came, so that the next list that shows
    /// the client otherwise has them read again.
    pub(crate) async fn change_client(&mut self, id: ClientId, changes: &[ClientChange]) -> Result<(), StoreError> {
        let sql = format!("SELECT {}, body, walk FROM clients WHERE id = ?1", stored());
        let row: Option<(String, String, i64)> =
            sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *self.tx).await?;
        // A client who left the portal has nothing to be changed.
        let Some((stored, body, walk)) = row else { return Ok(()) };
        let mut client = json::<StoredClient>(&stored, "clients")?.facts()?.client;
        apply(&mut client, changes);
        self.put_clients(&[Sent { value: client, body }], walk).await
    }

    /// Inserts or replaces clients and the words they are found by.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_clients(&mut self, clients: &[Sent<Client>], walk: i64) -> Result<(), StoreError> {
        let rows = clients
            .iter()
            .map(|sent| {
                let client = &sent.value;
                Ok(ClientColumns {
                    client,
                    sort_name: fold(&client.name.sorted()),
                    phones: to_json(&client.phones, "clients.phones")?,
                    attributes: to_json(&client.attributes, "clients.attributes")?,
                    body: &sent.body,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        put!(
            self,
            rows,
            walk,
            "clients"(
                "id",
                "client_key",
                "first_name",
                "middle_name",
                "last_name",
                "sort_name",
                "email",
                "phones",
                "ssn",
                "birth_date",
                "street",
                "city",
                "state",
                "zip",
                "attributes"
            ),
            |out, row| {
                out.push_bind(row.client.id.0)
                    .push_bind(row.client.key.as_deref())
                    .push_bind(&row.client.name.first)
                    .push_bind(&row.client.name.middle)
                    .push_bind(&row.client.name.last)
                    .push_bind(&row.sort_name)
                    .push_bind(row.client.email.as_deref())
                    .push_bind(&row.phones)
                    .push_bind(row.client.ssn.as_ref().map(Ssn::expose))
                    .push_bind(row.client.birth_date.map(|date| date.to_string()))
                    .push_bind(&row.client.mailing.street)
                    .push_bind(&row.client.mailing.city)
                    .push_bind(&row.client.mailing.state)
                    .push_bind(&row.client.mailing.zip)
                    .push_bind(&row.attributes)
            }
        );
        for chunk in clients.chunks(500) {
            let mut gone = sqlx::QueryBuilder::<sqlx::Sqlite>::new("DELETE FROM client_words WHERE rowid IN (");
            let mut ids = gone.separated(", ");
            for sent in chunk {
                ids.push_bind(sent.value.id.0);
            }
            gone.push(")").build().execute(&mut *self.tx).await?;
            let mut words =
                sqlx::QueryBuilder::<sqlx::Sqlite>::new("INSERT INTO client_words (rowid, name, email, digits) ");
            words.push_values(chunk, |mut out, sent| {
                let client = &sent.value;
                out.push_bind(client.id.0)
                    .push_bind(fold(&client.name.full()))
                    .push_bind(client.email.as_deref().map(fold).unwrap_or_default())
                    .push_bind(digit_words(client));
            });
            words.build().execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    pub(crate) async fn forget_words_of_gone_clients(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM client_words WHERE rowid NOT IN (SELECT id FROM clients)")
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

struct ClientColumns<'a> {
    client: &'a Client,
    sort_name: String,
    phones: String,
    attributes: String,
    body: &'a str,
}

/// What a number can be found by: the id, each phone whole and by its last seven digits, the last four of the SSN.
fn digit_words(client: &Client) -> String {
    let mut words = vec![client.id.to_string()];
    for phone in &client.phones {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let local = if digits.len() == 11 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
        words.push(local.to_owned());
        if local.len() == 10 {
            words.push(local.chars().skip(3).collect());
        }
    }
    if let Some(ssn) = &client.ssn {
        words.push(ssn.last_four());
    }
    words.join(" ")
}

/// The FTS5 expression that finds every word of `text`; `None` when it has no word. Each word is quoted, so nothing
/// that is typed is syntax.
pub(crate) fn match_expression(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_digits = !digits.is_empty() && !text.chars().any(char::is_alphabetic);
    if only_digits {
        return Some(format!("digits : \"{digits}\"*"));
    }
    let words: Vec<String> = fold(text)
        .split_whitespace()
        .map(|word| word.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>())
        .map(|word| word.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(|word| format!("\"{word}\"*"))
        .collect();
    if words.is_empty() { None } else { Some(words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_never_syntax() {
        assert_eq!(match_expression("  "), None);
        assert_eq!(match_expression("\"-*"), None);
        assert_eq!(match_expression("O'Neil OR").as_deref(), Some("\"o neil\"* \"or\"*"));
        assert_eq!(match_expression("(302) 555-01").as_deref(), Some("digits : \"30255501\"*"));
        assert_eq!(match_expression("a@b.c").as_deref(), Some("\"a b c\"*"));
    }
}
