//! What a caller sent, in a query or in a JSON body, read field by field with Laravel's rules and Laravel's words.
//!
//! Invariant: every wrong field is collected, so that one 422 names them all. Empty text counts as nothing, as there.
//! Fields that nobody asks for are ignored.

use crate::{
    problem::{FieldErrors, Problem},
    records::Record,
};
use axum::{
    extract::{FromRequest, FromRequestParts, OriginalUri, Request},
    http::request::Parts,
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::Value;

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// A whole number, also written as text.
    Integer,
    /// `true`, `false`, `1`, `0`, also written as text.
    Boolean,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An instant: ISO 8601, or `Y-m-d H:i:s` in UTC. Read as ISO 8601.
    DateTime,
}

/// The fields of one request, and what was wrong with those already read.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    values: Record,
    errors: FieldErrors,
}

impl Fields {
    /// Reads a JSON body. Anything but an object counts as no fields, as it does in Laravel.
    pub(crate) fn from_json(body: &[u8]) -> Self {
        let values = match serde_json::from_slice(body) {
            Ok(Value::Object(values)) => values,
            _ => Record::new(),
        };
        Fields { values, errors: FieldErrors::new() }
    }

    /// The fields of an object inside a field, for names like `attributes.fax_number`.
    pub(crate) fn inside(&self, name: &str) -> Record {
        self.values.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Puts a nested field beside the others, under its dotted name.
    pub(crate) fn lift(&mut self, object: &str, name: &str) {
        if let Some(value) = self.inside(object).remove(name) {
            self.values.insert(format!("{object}.{name}"), value);
        }
    }

    /// Whether the field was sent at all, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The field as it came.
    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !is_nothing(value))
    }

    /// Notes what is wrong with a field.
    pub(crate) fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.errors.entry(name.to_owned()).or_default().push(message.into());
    }

    /// Notes that the chosen record or word does not exist.
    pub(crate) fn refuse_choice(&mut self, name: &str) {
        self.refuse(name, format!("The selected {} is invalid.", spoken(name)));
    }

    /// Notes the field as missing when it holds nothing.
    pub(crate) fn require(&mut self, name: &str) {
        if self.raw(name).is_none() {
            self.refuse(name, format!("The {} field is required.", spoken(name)));
        }
    }

    /// Reads a field; nothing when it was not sent, is empty, or is wrong (which is noted).
    pub(crate) fn value(&mut self, name: &str, kind: Kind) -> Option<Value> {
        let value = self.raw(name)?;
        match read(value, kind) {
            Ok(value) => Some(value),
            Err(rule) => {
                self.refuse(name, rule.replace(":field", &spoken(name)));
                None
            }
        }
    }

    /// Reads a text field.
    pub(crate) fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        match self.value(name, Kind::Text(longest)) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Reads a whole number.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        self.value(name, Kind::Integer)?.as_i64()
    }

    /// A whole number, without noting what is wrong with it.
    pub(crate) fn peek_integer(&self, name: &str) -> Option<i64> {
        read(self.raw(name)?, Kind::Integer).ok()?.as_i64()
    }

    /// Copies a field that was sent into a record; what was sent as nothing becomes null there.
    pub(crate) fn take(&mut self, record: &mut Record, name: &str, kind: Kind) {
        if self.has(name) {
            let value = self.value(name, kind).unwrap_or(Value::Null);
            record.insert(name.to_owned(), value);
        }
    }

    /// Ends the reading: a 422 when anything was wrong.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(self.errors)) }
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::field("body", "The request body is too large."))?;
        Ok(Fields::from_json(&body))
    }
}

/// The query of a list request, with the path that the page links repeat.
#[derive(Debug)]
pub(crate) struct Query {
    /// `/api/...`, without the query.
    pub(crate) path: String,
    /// As sent, in order.
    pub(crate) pairs: Vec<(String, String)>,
    /// The same, to be read.
    pub(crate) fields: Fields,
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = match OriginalUri::from_request_parts(parts, state).await {
            Ok(OriginalUri(uri)) => uri.path().to_owned(),
            Err(never) => match never {},
        };
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let values = pairs.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
        Ok(Query { path, pairs, fields: Fields { values, errors: FieldErrors::new() } })
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// A field's name as Laravel speaks it: `per_page` is "per page".
fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

fn read(value: &Value, kind: Kind) -> Result<Value, String> {
    match kind {
        Kind::Text(longest) => {
            let Value::String(text) = value else { return Err("The :field field must be a string.".into()) };
            if text.chars().count() > longest {
                return Err(format!("The :field field must not be greater than {longest} characters."));
            }
            Ok(Value::from(text.trim()))
        }
        Kind::Integer => {
            let number = match value {
                Value::Number(number) => number.as_i64(),
                Value::String(text) => text.trim().parse().ok(),
                _ => None,
            };
            number.map(Value::from).ok_or_else(|| "The :field field must be an integer.".into())
        }
        Kind::Boolean => match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => number.as_i64().and_then(truth),
            Value::String(text) => match text.trim() {
                "true" => Some(true),
                "false" => Some(false),
                text => text.parse().ok().and_then(truth),
            },
            _ => None,
        }
        .map(Value::from)
        .ok_or_else(|| "The :field field must be true or false.".into()),
        Kind::OneOf(words) => match value {
            Value::String(text) if words.contains(&text.as_str()) => Ok(value.clone()),
            _ => Err("The selected :field is invalid.".into()),
        },
        Kind::DateTime => {
            let Value::String(text) = value else { return Err("The :field field must be a valid date.".into()) };
            instant(text.trim())
                .map(|instant| Value::from(instant.to_string()))
                .ok_or_else(|| "The :field field must match the format Y-m-d H:i:s.".into())
        }
    }
}

fn truth(number: i64) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let local: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(body: &str, name: &str, kind: Kind) -> Vec<String> {
        let mut fields = Fields::from_json(body.as_bytes());
        fields.value(name, kind);
        match fields.finish() {
            Err(Problem::Invalid(mut errors)) => errors.remove(name).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn each_kind_says_what_is_wrong_in_laravels_words() {
        for (body, kind, message) in [
            (r#"{"a_b":5}"#, Kind::Text(9), "The a b field must be a string."),
            (r#"{"a_b":"longer"}"#, Kind::Text(5), "The a b field must not be greater than 5 characters."),
            (r#"{"a_b":"x"}"#, Kind::Integer, "The a b field must be an integer."),
            (r#"{"a_b":2}"#, Kind::Boolean, "The a b field must be true or false."),
            (r#"{"a_b":"z"}"#, Kind::OneOf(&["x", "y"]), "The selected a b is invalid."),
            (r#"{"a_b":"soon"}"#, Kind::DateTime, "The a b field must match the format Y-m-d H:i:s."),
        ] {
            assert_eq!(messages(body, "a_b", kind), [message], "{body}");
        }
    }

    #[test]
    fn numbers_and_truths_may_come_as_text() {
        let mut fields = Fields::from_json(br#"{"n":"12","yes":"1","no":"false","at":"2024-03-25 14:30:00"}"#);
        assert_eq!(fields.integer("n"), Some(12));
        assert_eq!(fields.value("yes", Kind::Boolean), Some(Value::Bool(true)));
        assert_eq!(fields.value("no", Kind::Boolean), Some(Value::Bool(false)));
        assert_eq!(fields.value("at", Kind::DateTime), Some(Value::from("2024-03-25T14:30:00Z")));
        assert!(fields.finish().is_ok());
    }
}
