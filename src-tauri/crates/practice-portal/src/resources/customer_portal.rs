//! The customer portal: the same records seen by the client who signed in. Staff with the permission see a client's view
//! by naming the client; where the path names none, they see everybody's.
//!
//! A client is refused what is another's: 403 where the path or body names the other client, 404 where a key does.

use super::{
    Resource, attachment_links, attachments, client_agreements, client_documents, client_goals, client_products,
    clients, contracts, credit_reports, goals, negative_items, none, record, uploads,
};
use crate::{
    access::Who,
    answers,
    fields::{Fields, Query, Rule, may, must},
    ids::{Id, Ids},
    kinds::Kind,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::Record,
    stored,
};
use axum::{
    Extension,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    routing::{delete, get, post, put},
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) const RESOURCE: Resource = Resource { tables: &[], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    let files = Routes::new()
        .route("/customer-portal/attachments", post(attachments::upload))
        .layer(DefaultBodyLimit::max(uploads::LONGEST_REQUEST));
    Routes::new()
        .route("/customer-portal/attachments/{id}", get(attachment))
        .route("/customer-portal/client-agreements", post(create_agreement))
        .route("/customer-portal/client-documents", post(create_document))
        .route("/customer-portal/client-documents/{id}", put(update_document).patch(update_document))
        .route("/customer-portal/clients/{id}", put(update_client).patch(update_client))
        .route("/customer-portal/clients/{id}/agreements", get(agreements))
        .route("/customer-portal/clients/{id}/documents", get(documents))
        .route("/customer-portal/clients/{id}/documents/{document}", delete(delete_document))
        .route("/customer-portal/clients/{id}/goals", get(own_goals).post(assign_goals).delete(remove_goals))
        .route("/customer-portal/clients/{id}/negative-items", get(items))
        .route("/customer-portal/clients/{id}/negative-items/{item}", get(item))
        .route("/customer-portal/clients/{id}/products", get(products))
        .route("/customer-portal/contracts", get(contracts::portal_list))
        .route("/customer-portal/contracts/{id}", get(contract))
        .route("/customer-portal/credit-report-master-schemas", get(reports))
        .route("/customer-portal/credit-report-master-schemas/latest", get(latest_report))
        .route("/customer-portal/credit-report-master-schemas/{id}", get(report))
        .route("/customer-portal/goals", get(goals::list))
        .route("/customer-portal/me/{id}", get(me))
        .merge(files)
}

async fn me(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id) -> Answer {
    who.must_be(client)?;
    answers::bare(StatusCode::OK, clients::one(&mut *portal.reader().await?, client).await?)
}

const CLIENT: &[Rule] =
    &[must("email", Kind::Email), must("mobile_phone", Kind::Text(32)), must("ssn", Kind::Text(11))];

/// What a client may change of the attributes; postal codes are numbers here (oddity 37), and text as they are kept.
const ATTRIBUTES: &[Rule] = &[
    may("FirstName", Kind::Text(255)),
    may("LastName", Kind::Text(255)),
    may("D_O_B__c", Kind::Day),
    may("MailingStreet", Kind::Text(255)),
    may("MailingCity", Kind::Text(255)),
    may("MailingState", Kind::Text(255)),
    may("MailingPostalCode", Kind::Zip),
    may("OtherStreet", Kind::Text(255)),
    may("OtherCity", Kind::Text(255)),
    may("OtherCountry", Kind::Text(255)),
    may("OtherPostalCode", Kind::Zip),
];

/// Changes the client, and answers a negative item as documented (oddity 25): the first of the client's.
async fn update_client(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    Id(client): Id,
    mut fields: Fields,
) -> Answer {
    who.must_be(client)?;
    let mut db = portal.writer().await?;
    let mut whole = clients::TABLE.find(&mut db, client).await?;
    let mut changes = fields.read_some(CLIENT);
    if let Some(ssn) = changes.remove("ssn") {
        match number_of(ssn.as_str().unwrap_or_default()) {
            Some(number) => {
                changes.insert("ssn".into(), number.into());
            }
            None => fields.refuse("ssn", "The ssn field must be 9 digits."),
        }
    }
    let mut attributes = match whole.remove("attributes") {
        Some(Value::Object(attributes)) => attributes,
        _ => Record::new(),
    };
    if let Some(mut inside) = fields.inside("attributes") {
        attributes.extend(inside.read_some(ATTRIBUTES));
        fields.absorb(inside);
    }
    fields.finish()?;
    if let Some(email) = changes.get("email").cloned() {
        attributes.insert("Email".into(), email);
    }
    if let Some(mobile) = changes.get("mobile_phone").cloned() {
        attributes.insert("MobilePhone".into(), mobile);
    }
    changes.insert("attributes".into(), attributes.into());
    clients::TABLE.change(&mut db, client, changes).await?;
    let item = first_item(&mut db, client).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, item)
}

/// Nine digits, with a hyphen after the third and the fifth or without.
fn number_of(ssn: &str) -> Option<i64> {
    let parts: Vec<&str> = ssn.split('-').collect();
    let is_split = parts.iter().map(|part| part.len()).eq([3, 2, 4]);
    let digits = parts.concat();
    let is_number = digits.len() == 9 && digits.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && (parts.len() == 1 || is_split)).then(|| digits.parse().ok())?
}

async fn first_item(db: &mut SqliteConnection, client: i64) -> Result<Value, Problem> {
    let first = negative_items::TABLE.ids_where(db, "client_id", &[client]).await?.into_iter().next();
    let Some(id) = first else { return Ok(json!({})) };
    let item = negative_items::TABLE.find(db, id).await?;
    let status = match item.get("metadata").and_then(|metadata| metadata.get("status")?.as_str()) {
        Some("in_progress") => "In Progress",
        Some("repaired") => "Repaired",
        Some("new") => "New",
        _ => "Not Processed",
    };
    let attributes = record(json!({
        "item_type_equifax": item.get("account_type"),
        "item_verify_flag_byclient": "0",
        "payment_history": item.get("current_rating_type").and_then(Value::as_str).unwrap_or_default(),
    }));
    Ok(json!({ "id": id.to_string(), "origin": "manual", "status": status, "attributes": attributes }))
}

/// Whose record a body makes: the client's own, or the one that the staff names.
fn owned(who: Who, mut fields: Fields) -> Result<Fields, Problem> {
    if let Who::Client(own) = who {
        if let Some(named) = fields.peek_integer("client_id") {
            who.must_be(named)?;
        }
        fields.fill_in("client_id", own);
    }
    Ok(fields)
}

async fn create_agreement(State(portal): State<Portal>, Extension(who): Extension<Who>, fields: Fields) -> Answer {
    client_agreements::record_agreement(&portal, who, owned(who, fields)?).await
}

async fn agreements(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id) -> Answer {
    who.must_be(client)?;
    let mut db = portal.reader().await?;
    clients::TABLE.expect(&mut db, client).await?;
    answers::all(client_agreements::of_client(&portal, &mut db, client).await?)
}

async fn create_document(State(portal): State<Portal>, Extension(who): Extension<Who>, fields: Fields) -> Answer {
    client_documents::file_document(&portal, who, owned(who, fields)?, StatusCode::CREATED).await
}

async fn update_document(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    Id(id): Id,
    fields: Fields,
) -> Answer {
    if let Who::Client(own) = who {
        let document = client_documents::TABLE.find(&mut *portal.reader().await?, id).await?;
        if stored::number(&document, "client_id") != Some(own) {
            return Err(client_documents::TABLE.missing());
        }
    }
    client_documents::replace_file(&portal, id, fields).await
}

async fn documents(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id) -> Answer {
    who.must_be(client)?;
    let mut db = portal.reader().await?;
    clients::TABLE.expect(&mut db, client).await?;
    answers::all(client_documents::of_client(&portal, &mut db, client).await?)
}

async fn delete_document(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    Ids(client, document): Ids,
) -> Answer {
    who.must_be(client)?;
    client_documents::delete(&portal, document, Some(client)).await
}

async fn attachment(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let file = attachments::TABLE.find(&mut db, id).await?;
    if let Who::Client(own) = who {
        let is_own = stored::text(&file, "uploaded_by") == who.subject()
            || attachment_links::is_of_client(&mut db, id, own).await?;
        if !is_own {
            return Err(attachments::TABLE.missing());
        }
    }
    answers::data(StatusCode::OK, attachments::shown(&portal, file))
}

async fn own_goals(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id) -> Answer {
    who.must_be(client)?;
    client_goals::of(&portal, client).await
}

async fn assign_goals(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    Id(client): Id,
    fields: Fields,
) -> Answer {
    who.must_be(client)?;
    client_goals::add(&portal, client, fields).await
}

async fn remove_goals(
    State(portal): State<Portal>,
    Extension(who): Extension<Who>,
    Id(client): Id,
    fields: Fields,
) -> Answer {
    who.must_be(client)?;
    client_goals::take_away(&portal, client, fields).await
}

async fn items(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id, query: Query) -> Answer {
    who.must_be(client)?;
    negative_items::list_of_client(&portal, query, client).await
}

async fn item(State(portal): State<Portal>, Extension(who): Extension<Who>, Ids(client, id): Ids) -> Answer {
    who.must_be(client)?;
    negative_items::show_of_client(&portal, client, id).await
}

async fn products(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(client): Id) -> Answer {
    who.must_be(client)?;
    let mut db = portal.reader().await?;
    clients::TABLE.expect(&mut db, client).await?;
    answers::all(client_products::of_client(&mut db, client).await?)
}

async fn contract(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(id): Id) -> Answer {
    contracts::filled(&portal, who, id).await
}

async fn reports(State(portal): State<Portal>, Extension(who): Extension<Who>, query: Query) -> Answer {
    credit_reports::page_of(&portal, query, credit_reports::own(who)).await
}

async fn latest_report(State(portal): State<Portal>, Extension(who): Extension<Who>) -> Answer {
    credit_reports::latest_of(&portal, credit_reports::own(who)).await
}

async fn report(State(portal): State<Portal>, Extension(who): Extension<Who>, Id(id): Id) -> Answer {
    credit_reports::one(&portal, id, credit_reports::own(who)).await
}
