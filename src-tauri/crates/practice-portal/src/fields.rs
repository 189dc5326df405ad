//! What a caller sent, in a query or in a JSON body, read field by field with Laravel's rules and Laravel's words.
//!
//! Invariants: every wrong field is collected, so that one 422 names them all; a field has one message, its first. Blank
//! text counts as nothing, as there. Fields that nobody asks for are ignored.

use crate::{
    accepted::sha256,
    kinds::{Kind, is_blank},
    problem::{FieldErrors, Problem},
    records::Record,
};
use axum::{
    extract::{FromRequest, FromRequestParts, OriginalUri, Request},
    http::{Method, Uri, request::Parts},
};
use serde_json::Value;

/// A field by name, with what it may hold and whether it must be there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    name: &'static str,
    kind: Kind,
    need: Need,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Must,
    May,
    Clear,
    Null,
}

/// It must be there and hold something.
pub(crate) const fn must(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, need: Need::Must }
}

/// It may be left out.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, need: Need::May }
}

/// It may be left out, and blank text empties it.
pub(crate) const fn clear(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, need: Need::Clear }
}

/// It may be left out, and null or blank text empties it.
pub(crate) const fn null(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, need: Need::Null }
}

/// The fields of one request, and what was wrong with those already read.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    values: Record,
    errors: FieldErrors,
    /// What stands before the names in messages: `fax.` for the fields inside `fax`.
    before: String,
    /// Everything came as text, as in a query.
    is_written: bool,
}

impl Fields {
    /// Reads a JSON body.
    ///
    /// # Errors
    /// A 422 when it is not a JSON object.
    pub(crate) fn from_json(body: &[u8]) -> Result<Self, Problem> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(values)) => Ok(Fields::of(values)),
            _ => Err(Problem::field("body", "The request body must be a JSON object.")),
        }
    }

    /// Fields that are there already.
    pub(crate) fn of(values: Record) -> Self {
        Fields { values, ..Fields::default() }
    }

    /// Fields that came as text.
    pub(crate) fn of_text(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut values = Record::new();
        for (name, value) in pairs {
            match name.strip_suffix("[]") {
                None => {
                    values.insert(name, value.into());
                }
                Some(list) => match values.entry(list).or_insert_with(|| Value::Array(Vec::new())) {
                    Value::Array(parts) => parts.push(value.into()),
                    single => *single = vec![single.clone(), value.into()].into(),
                },
            }
        }
        Fields { values, is_written: true, ..Fields::default() }
    }

    /// The object in a field, to read its own fields; what is wrong with them comes back by [`Fields::absorb`]. None when
    /// the field was not sent, or holds something else (which is noted).
    pub(crate) fn inside(&mut self, name: &str) -> Option<Fields> {
        match self.values.get(name)?.clone() {
            Value::Object(values) => Some(self.named(name, values)),
            _ => {
                self.refuse(name, format!("The {} field must be an array.", spoken(name)));
                None
            }
        }
    }

    /// Forgets a field that is null, where that means nothing.
    pub(crate) fn forget_null(&mut self, name: &str) {
        if self.values.get(name).is_some_and(Value::is_null) {
            self.values.remove(name);
        }
    }

    /// The fields of an object that lies deeper, under this name.
    pub(crate) fn named(&self, name: &str, values: Record) -> Fields {
        Fields { values, before: format!("{}{name}.", self.before), ..Fields::default() }
    }

    /// Takes over what was wrong with the fields of an object inside.
    pub(crate) fn absorb(&mut self, inside: Fields) {
        self.errors.extend(inside.errors);
    }

    /// SHA-256 of all fields as they came, as JSON with sorted keys.
    pub(crate) fn hash(&self) -> String {
        let mut fields = Value::Object(self.values.clone());
        // However serde_json was built.
        fields.sort_all_objects();
        sha256(fields.to_string().as_bytes())
    }

    /// Whether the field was sent at all, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The field as it came.
    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !is_nothing(value))
    }

    /// Puts a value in a field that was not sent.
    pub(crate) fn fill_in(&mut self, name: &str, value: impl Into<Value>) {
        self.values.entry(name).or_insert_with(|| value.into());
    }

    /// Notes what is wrong with a field.
    pub(crate) fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.errors.entry(format!("{}{name}", self.before)).or_insert_with(|| vec![message.into()]);
    }

    /// Notes that the chosen record or word does not exist.
    pub(crate) fn refuse_choice(&mut self, name: &str) {
        self.refuse(name, format!("The selected {} is invalid.", spoken(name)));
    }

    /// Whether something is wrong with a field already.
    fn is_refused(&self, name: &str) -> bool {
        self.errors.contains_key(&format!("{}{name}", self.before))
    }

    /// Notes the field as missing when it holds nothing.
    pub(crate) fn require(&mut self, name: &str) {
        if self.raw(name).is_none() {
            self.refuse(name, format!("The {} field is required.", spoken(name)));
        }
    }

    /// Reads a field; nothing when it was not sent, is blank text, or is wrong (which is noted).
    pub(crate) fn value(&mut self, name: &str, kind: Kind) -> Option<Value> {
        let value = self.values.get(name)?;
        if kind.is_text() && value.is_string() && is_nothing(value) {
            return None;
        }
        match kind.read(value, self.is_written) {
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
        Kind::Integer.read(self.raw(name)?, self.is_written).ok()?.as_i64()
    }

    /// Whole numbers, without noting what is wrong with them.
    pub(crate) fn peek_integers(&self, name: &str) -> Vec<i64> {
        let read = self.raw(name).and_then(|value| Kind::Integers.read(value, self.is_written).ok());
        read.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect()
    }

    /// Reads a new record: what must be there is asked for.
    pub(crate) fn read(&mut self, rules: &[Rule]) -> Record {
        for rule in rules.iter().filter(|rule| rule.need == Need::Must) {
            self.require(rule.name);
        }
        self.read_some(rules)
    }

    /// Reads what was sent, as for a change of a record.
    pub(crate) fn read_some(&mut self, rules: &[Rule]) -> Record {
        let mut record = Record::new();
        for Rule { name, kind, need } in rules {
            let Some(sent) = self.values.get(*name) else { continue };
            let (is_null, is_nothing) = (sent.is_null(), is_nothing(sent));
            if self.is_refused(name) || (is_nothing && !is_null && *need == Need::May && kind.is_text()) {
                continue;
            }
            let empties = match need {
                Need::Null => is_nothing,
                Need::Clear => is_nothing && !is_null,
                Need::Must | Need::May => false,
            };
            if empties {
                record.insert((*name).to_owned(), Value::Null);
            } else if is_nothing && *need == Need::Must && kind.is_text() {
                // Blank text is null by the time that a rule sees it.
                self.refuse(name, format!("The {} field must be a string.", spoken(name)));
            } else if let Some(value) = self.value(name, *kind) {
                record.insert((*name).to_owned(), value);
            }
        }
        record
    }

    /// Ends the reading: a 422 when anything was wrong.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(self.errors)) }
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    /// The JSON body. A DELETE may carry its fields in the query instead, because many proxies drop its body (oddity 51).
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let query = (request.method() == Method::DELETE).then(|| pairs_of(request.uri()));
        let body = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::field("body", "The request body is too large."))?;
        match query {
            Some(pairs) if body.is_empty() => Ok(Fields::of_text(pairs)),
            _ => Fields::from_json(&body),
        }
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
        let pairs = pairs_of(&parts.uri);
        Ok(Query { path, pairs: pairs.clone(), fields: Fields::of_text(pairs) })
    }
}

fn pairs_of(uri: &Uri) -> Vec<(String, String)> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.chars().all(is_blank),
        _ => false,
    }
}

/// A field's name as Laravel speaks it: `per_page` is "per page".
fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const RULES: &[Rule] = &[
        must("name", Kind::Text(5)),
        may("count", Kind::Integer),
        clear("fax_number", Kind::Text(20)),
        null("description", Kind::Text(20)),
    ];

    fn read(body: &str) -> Result<Record, FieldErrors> {
        let mut fields = Fields::from_json(body.as_bytes()).unwrap();
        let record = fields.read(RULES);
        match fields.finish() {
            Ok(()) => Ok(record),
            Err(Problem::Invalid(errors)) => Err(errors),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_wrong_field_is_named_once() {
        let errors = read(r#"{"name":" ","count":null,"fax_number":null,"description":7}"#).unwrap_err();
        let messages: Vec<_> = errors.into_iter().map(|(name, messages)| (name, messages.join("; "))).collect();
        let expected = [
            ("count", "The count field must be an integer."),
            ("description", "The description field must be a string."),
            ("fax_number", "The fax number field must be a string."),
            ("name", "The name field is required."),
        ];
        assert_eq!(messages, expected.map(|(name, message)| (name.to_owned(), message.to_owned())));
    }

    #[test]
    fn blank_text_and_null_empty_only_what_may_be_empty() {
        let record = read(r#"{"name":"a","fax_number":"","description":null}"#).unwrap();
        assert_eq!(Value::Object(record), json!({ "name": "a", "fax_number": null, "description": null }));
    }

    #[test]
    fn a_change_asks_for_nothing_but_takes_no_blank_name() {
        let mut fields = Fields::from_json(br#"{"count":3}"#).unwrap();
        assert_eq!(Value::Object(fields.read_some(RULES)), json!({ "count": 3 }));
        let mut fields = Fields::from_json(br#"{"name":""}"#).unwrap();
        fields.read_some(RULES);
        assert!(fields.finish().is_err());
    }

    #[test]
    fn fields_of_an_object_are_named_with_it() {
        let mut fields = Fields::from_json(br#"{"fax":{"fax_number":5},"sms":3}"#).unwrap();
        let mut fax = fields.inside("fax").unwrap();
        fax.text("fax_number", 20);
        fields.absorb(fax);
        assert!(fields.inside("sms").is_none() && fields.inside("email").is_none());
        let Err(Problem::Invalid(errors)) = fields.finish() else { panic!("nothing was wrong") };
        assert_eq!(errors.into_keys().collect::<Vec<_>>(), ["fax.fax_number", "sms"]);
    }

    #[test]
    fn a_body_that_is_no_object_is_refused() {
        for body in ["", "[]", "7", "\"x\"", "null", "{", "{}}"] {
            assert!(Fields::from_json(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_query_repeats_a_list() {
        let pairs = [("goal_ids[]", "3"), ("goal_ids[]", "4"), ("page", "2")];
        let mut fields = Fields::of_text(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(fields.value("goal_ids", Kind::Integers), Some(json!([3, 4])));
        assert_eq!(fields.integer("page"), Some(2));
    }
}
