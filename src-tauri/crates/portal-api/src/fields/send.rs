//! Writing what is sent.

use super::read::as_text;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A value as it is sent.
pub(crate) trait Sent {
    /// The names of its fields on the wire; none when it is not an object.
    const FIELDS: &'static [&'static str] = &[];

    /// Its JSON; `None` leaves the field out.
    fn sent(&self) -> Option<Value>;
}

/// Nothing: no query, no body.
impl Sent for () {
    fn sent(&self) -> Option<Value> {
        None
    }
}

impl<T: Sent> Sent for Option<T> {
    fn sent(&self) -> Option<Value> {
        self.as_ref().and_then(Sent::sent)
    }
}

impl<T: Sent> Sent for Vec<T> {
    fn sent(&self) -> Option<Value> {
        Some(self.iter().filter_map(Sent::sent).collect())
    }
}

impl<T: Sent> Sent for Box<T> {
    fn sent(&self) -> Option<Value> {
        (**self).sent()
    }
}

#[cfg(test)]
impl<T: Sent> Sent for super::Beside<T> {
    fn sent(&self) -> Option<Value> {
        self.0.sent()
    }
}

macro_rules! sent_as_json {
    ($($type:ty),+) => {$(
        impl Sent for $type {
            fn sent(&self) -> Option<Value> {
                Some(Value::from(self.clone()))
            }
        }
    )+};
}

sent_as_json!(String, i64, bool, Value, Map<String, Value>);

/// Shown to the server alone.
impl Sent for SecretString {
    fn sent(&self) -> Option<Value> {
        Some(self.expose_secret().into())
    }
}

impl Sent for f64 {
    fn sent(&self) -> Option<Value> {
        serde_json::Number::from_f64(*self).map(Value::Number)
    }
}

impl Sent for BTreeMap<String, String> {
    fn sent(&self) -> Option<Value> {
        Some(self.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect())
    }
}

/// Tells the lists of a record that is sent apart from those that hold nothing.
pub(crate) fn is_more_than_an_empty_list(value: &Value) -> bool {
    value.as_array().is_none_or(|list| !list.is_empty())
}

/// The wire name of a field: its own, or the one named after `as`.
pub(crate) const fn wire_name(field: &'static str, named: &[&'static str]) -> &'static str {
    match (named, field.as_bytes()) {
        ([name, ..], _) => name,
        // `r#type` is `type`.
        ([], [b'r', b'#', name @ ..]) => match std::str::from_utf8(name) {
            Ok(name) => name,
            Err(_) => field,
        },
        ([], _) => field,
    }
}

/// A request as a query: booleans as 1 and 0 (oddity 38), by name, however serde_json was built.
pub(crate) fn query(request: &impl Sent) -> Vec<(String, String)> {
    let Some(Value::Object(fields)) = request.sent() else { return Vec::new() };
    let text = |value| match value {
        Value::Bool(flag) => i32::from(flag).to_string(),
        other => as_text(other),
    };
    let mut pairs: Vec<_> = fields.into_iter().map(|(name, value)| (name, text(value))).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bureau_addresses::ListBureauAddressesQuery;
    use crate::segments::Rule;

    #[test]
    fn a_rule_is_sent_without_the_rules_of_a_group() {
        let rule =
            Rule { field: Some("id".into()), operator: Some("=".into()), value: Some("7".into()), ..Rule::default() };
        let alone = serde_json::json!({ "field": "id", "operator": "=", "value": "7" });
        assert_eq!(rule.sent(), Some(alone.clone()));
        let group = Rule { not: Some(false), rules: vec![rule], ..Rule::default() };
        assert_eq!(group.sent(), Some(serde_json::json!({ "not": false, "rules": [alone] })));
    }

    #[test]
    fn a_query_sends_truths_as_digits_and_leaves_out_what_is_not_asked() {
        let asked = ListBureauAddressesQuery {
            is_default: Some(true),
            r#type: Some("equifax".into()),
            ..ListBureauAddressesQuery::default()
        };
        let wanted = [("is_default", "1"), ("type", "equifax")];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(query(&asked), wanted);
        assert!(ListBureauAddressesQuery::FIELDS.contains(&"type"));
        assert!(query(&()).is_empty());
    }
}
