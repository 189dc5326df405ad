//! What of a row can be corrected: its fields by the portal's names, with other values, and what was said of each.

use crate::Error;
use crate::contract::OutboxField;
use crate::correspondence::email_address;
use domain::outbox::Intent;
use domain::{ClientField, ClientValueKind, FaxNumber};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What of an intent can be edited on its row, by the portal's names.
pub(super) fn fields(intent: &Intent) -> Vec<OutboxField> {
    let field = |name: &str, label: &str, value: &str, long| OutboxField {
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        long,
    };
    match intent {
        Intent::Fax { number, .. } | Intent::RecordFax { number, .. } => {
            vec![field("fax_number", "Fax number", number, false)]
        }
        Intent::Email { to, subject, body, .. } => vec![
            field("to", "To", to, false),
            field("subject", "Subject", subject, false),
            field("body", "Text", body, true),
        ],
        Intent::Sms { number, body, .. } => {
            vec![field("number", "Number", number, false), field("body", "Text", body, true)]
        }
        Intent::PostalLetter { content, address, .. } => {
            vec![field("postal_address", "Address", address, true), field("content", "Text", content, true)]
        }
        Intent::CreateNote { text } | Intent::UpdateNote { text, .. } => vec![field("note_text", "Note", text, true)],
        Intent::UpdateClient { changes } => {
            let shown = changes.iter().map(|change| {
                let long = change.field.kind() == ClientValueKind::Lines;
                field(change.field.code(), change.field.label(), &written(change.field, &change.to), long)
            });
            shown.collect()
        }
        Intent::CreateAgreement { name, kind, .. } => {
            vec![field("name", "Name", name, false), field("type", "Type", kind, false)]
        }
        _ => Vec::new(),
    }
}

/// A client's value as an office writes it.
pub(super) fn written(field: ClientField, value: &str) -> String {
    match (field.kind(), value.parse::<Date>()) {
        (ClientValueKind::Day, Ok(day)) => day.strftime("%m/%d/%Y").to_string(),
        _ => value.to_owned(),
    }
}

/// An intent with other values in its editable fields.
pub(super) fn with_values(intent: &Intent, values: &BTreeMap<String, String>, today: Date) -> Result<Intent, Error> {
    let mut edited = intent.clone();
    for (name, value) in values {
        let known: Option<&'static str> = match (&mut edited, name.as_str()) {
            (Intent::Fax { number, .. } | Intent::RecordFax { number, .. }, "fax_number") => {
                let read = FaxNumber::parse(value).map_err(|error| Error::bad("fax_number", error.to_string()))?;
                read.digits().clone_into(number);
                continue;
            }
            (Intent::Sms { number, .. }, "number") => {
                let read = FaxNumber::parse(value).map_err(|error| Error::bad("number", error.to_string()))?;
                read.digits().clone_into(number);
                continue;
            }
            (Intent::Email { to, .. }, "to") => {
                *to = email_address(value)?;
                continue;
            }
            (Intent::UpdateClient { changes }, name) => {
                let change = changes.iter_mut().find(|change| change.field.code() == name);
                let change = change.ok_or_else(|| Error::bad("values", format!("{name} cannot be edited here")))?;
                let read = change.field.read(value, today);
                change.to = read.map_err(|error| Error::bad(change.field.code(), error.to_string()))?;
                continue;
            }
            (Intent::Email { subject, .. }, "subject") => put(subject, value, "subject"),
            (Intent::Email { body, .. } | Intent::Sms { body, .. }, "body") => put(body, value, "body"),
            (Intent::PostalLetter { address, .. }, "postal_address") => put(address, value, "postal_address"),
            (Intent::PostalLetter { content, .. }, "content") => put(content, value, "content"),
            (Intent::CreateNote { text } | Intent::UpdateNote { text, .. }, "note_text") => {
                put(text, value, "note_text")
            }
            (Intent::CreateAgreement { name, .. }, "name") => put(name, value, "name"),
            (Intent::CreateAgreement { kind, .. }, "type") => put(kind, value, "type"),
            _ => return Err(Error::bad("values", format!("{name} cannot be edited here"))),
        };
        if let Some(field) = known
            && value.trim().is_empty()
        {
            return Err(Error::bad(field, "must not be empty"));
        }
    }
    Ok(edited)
}

fn put(field: &mut String, value: &str, name: &'static str) -> Option<&'static str> {
    value.trim().clone_into(field);
    Some(name)
}

/// What the portal refused, by the fields of the row. A refusal names the place in its request (`email.to`), which no agent
/// knows; what is no field of the row keeps its name.
pub(super) fn refused(intent: &Intent, said: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let own = fields(intent);
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, messages) in said {
        let last = place.rsplit('.').next().unwrap_or(place);
        let name = own.iter().find(|field| field.name == last).map_or(place.as_str(), |field| field.name.as_str());
        named.entry(name.to_owned()).or_default().extend(messages.iter().cloned());
    }
    named
}
