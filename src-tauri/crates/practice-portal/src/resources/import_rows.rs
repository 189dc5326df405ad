//! One row of an import: a client that is added, changed or deleted.
//!
//! Added clients need a name and an e-mail address that nobody has. The others are found by `id` or `client_key`; a
//! change writes the columns that hold something and leaves the rest.

use super::{clients, record};
use crate::{
    csv::CLIENT_COLUMNS,
    fields::{Fields, Rule, may, must},
    kinds::Kind,
    problem::Problem,
    records::Record,
    stored,
    tokens::random_hex,
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

const KEPT_BESIDE: &[Rule] = &[may("mobile_phone", Kind::Text(32)), may("ssn", Kind::Between(1, 999_999_999))];

const ATTRIBUTES: &[Rule] = &[
    may("FirstName", Kind::Text(255)),
    may("MiddleName", Kind::Text(255)),
    may("LastName", Kind::Text(255)),
    may("D_O_B__c", Kind::Day),
    may("MailingStreet", Kind::Text(255)),
    may("MailingCity", Kind::Text(255)),
    may("MailingState", Kind::Text(255)),
    may("MailingPostalCode", Kind::Text(10)),
    may("Preferred_Language__c", Kind::Text(255)),
];

/// Carries out one row; what is wrong with it, if anything.
///
/// # Errors
/// When the database fails, which is nobody's row.
pub(crate) async fn apply(
    db: &mut SqliteConnection,
    way: &str,
    head: &[String],
    row: &[String],
) -> Result<Result<(), String>, Problem> {
    let outcome = match way {
        "add" => add(db, fields_of(head, row)).await,
        "update" => update(db, fields_of(head, row)).await,
        _ => delete(db, fields_of(head, row)).await,
    };
    match outcome {
        Ok(()) => Ok(Ok(())),
        Err(Problem::Broken(source)) => Err(Problem::Broken(source)),
        Err(problem) => Ok(Err(problem.to_string())),
    }
}

/// The known columns that hold something.
fn fields_of(head: &[String], row: &[String]) -> Fields {
    let known = |name: &str| CLIENT_COLUMNS.into_iter().find(|known| known.eq_ignore_ascii_case(name.trim()));
    let named = head.iter().zip(row).filter(|(_, value)| !value.trim().is_empty());
    Fields::of_text(named.filter_map(|(name, value)| Some((known(name)?.to_owned(), value.trim().to_owned()))))
}

async fn add(db: &mut SqliteConnection, mut fields: Fields) -> Result<(), Problem> {
    let sent = fields.read(&[
        must("email", Kind::Email),
        must("FirstName", Kind::Text(255)),
        must("LastName", Kind::Text(255)),
    ]);
    check_email(db, &mut fields, stored::text(&sent, "email"), None).await?;
    let (beside, mut attributes) = (fields.read_some(KEPT_BESIDE), fields.read_some(ATTRIBUTES));
    fields.finish()?;
    let email = stored::text(&sent, "email");
    let mobile = stored::text(&beside, "mobile_phone");
    attributes.insert("Email".into(), email.into());
    attributes.insert("MobilePhone".into(), mobile.into());
    attributes.entry("MiddleName").or_insert_with(|| "".into());
    let key: String = random_hex()?.chars().take(24).collect();
    let id = clients::TABLE.last_id(db).await? + 1;
    attributes.insert("Id".into(), format!("003IMPORT{id:06}").into());
    let client = record(json!({
        "client_key": key,
        "salesforce_id": 90_000_000 + id,
        "joint_customer_sf_id": null,
        "email": email,
        "mobile_phone": mobile,
        "ssn": beside.get("ssn"),
        "attributes": attributes,
    }));
    clients::TABLE.insert(db, client).await?;
    Ok(())
}

async fn update(db: &mut SqliteConnection, mut fields: Fields) -> Result<(), Problem> {
    let id = find(db, &mut fields).await?;
    let email = fields.read_some(&[may("email", Kind::Email)]).remove("email");
    if let Some(email) = email.as_ref().and_then(Value::as_str) {
        check_email(db, &mut fields, email, Some(id)).await?;
    }
    let (mut changes, sent) = (fields.read_some(KEPT_BESIDE), fields.read_some(ATTRIBUTES));
    fields.finish()?;
    let mut client = clients::TABLE.find(db, id).await?;
    let mut attributes = match client.remove("attributes") {
        Some(Value::Object(attributes)) => attributes,
        _ => Record::new(),
    };
    attributes.extend(sent);
    if let Some(email) = email {
        attributes.insert("Email".into(), email.clone());
        changes.insert("email".into(), email);
    }
    if let Some(mobile) = changes.get("mobile_phone").cloned() {
        attributes.insert("MobilePhone".into(), mobile);
    }
    changes.insert("attributes".into(), attributes.into());
    clients::TABLE.change(db, id, changes).await?;
    Ok(())
}

async fn delete(db: &mut SqliteConnection, mut fields: Fields) -> Result<(), Problem> {
    let id = find(db, &mut fields).await?;
    fields.finish()?;
    clients::remove(db, id).await
}

/// The client that a row names.
async fn find(db: &mut SqliteConnection, fields: &mut Fields) -> Result<i64, Problem> {
    let sent = fields.read_some(&[may("id", Kind::Integer), may("client_key", Kind::Text(255))]);
    let found = match (stored::number(&sent, "id"), sent.get("client_key").and_then(Value::as_str)) {
        (Some(id), _) => clients::TABLE.has(db, id).await?.then_some(id),
        (None, Some(key)) => {
            let client = sqlx::query_scalar("SELECT id FROM clients WHERE client_key = ? ORDER BY id LIMIT 1");
            client.bind(key).fetch_optional(db).await?
        }
        (None, None) => None,
    };
    found.ok_or_else(|| Problem::field("id", "No client has this id or client_key."))
}

async fn check_email(
    db: &mut SqliteConnection,
    fields: &mut Fields,
    email: &str,
    own: Option<i64>,
) -> Result<(), Problem> {
    let other = clients::by_email(db, email).await?;
    if !email.is_empty() && other.is_some() && other != own {
        fields.refuse("email", "The email has already been taken.");
    }
    Ok(())
}
