//! The table and the types against `openapi.yaml`: every operation, every parameter, every documented field.

use crate::fields::read::{Scalar, as_text};
use crate::{Answer, Operation};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Records inside records are followed so deep; workflows contain each other without end.
const DEPTH: u8 = 5;

struct Contract(Value);

/// One operation as the contract has it.
struct Documented<'a> {
    method: String,
    path: String,
    /// Parameters of the operation and of its path.
    parameters: Vec<&'a Value>,
    body: &'a Value,
    /// Schema of the first 2xx answer; null without one.
    answer: &'a Value,
}

impl Contract {
    fn read() -> Self {
        Self(serde_saphyr::from_str(include_str!("../openapi.yaml")).unwrap())
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => value,
        }
    }

    fn operations(&self) -> BTreeMap<String, Documented<'_>> {
        let mut operations = BTreeMap::new();
        for (path, item) in self.0["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters") {
                let lists = [item, operation].map(|holder| holder["parameters"].as_array());
                let parameters = lists.into_iter().flatten().flatten().map(|value| self.resolved(value)).collect();
                let content = operation.pointer("/requestBody/content").and_then(Value::as_object);
                let body = content.and_then(|kinds| kinds.values().next()).map(|kind| self.resolved(&kind["schema"]));
                let answers = operation["responses"].as_object().unwrap().iter();
                let (_, success) =
                    answers.filter(|(status, _)| status.starts_with('2')).min_by_key(|(status, _)| *status).unwrap();
                let answer =
                    self.resolved(success).pointer("/content/application~1json/schema").unwrap_or(&Value::Null);
                let documented = Documented {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    parameters,
                    body: body.unwrap_or(&Value::Null),
                    answer,
                };
                operations.insert(operation["operationId"].as_str().unwrap().to_owned(), documented);
            }
        }
        operations
    }

    /// The names of the fields that a schema describes, its own and those of its parts.
    fn fields<'a>(&'a self, schema: &'a Value) -> BTreeSet<&'a str> {
        let schema = self.resolved(schema);
        let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
        let parts = schema["allOf"].as_array().into_iter().flatten().flat_map(|part| self.fields(part));
        own.chain(parts).collect()
    }

    /// A body that a schema describes, with every property filled.
    fn sample(&self, schema: &Value, depth: u8) -> Value {
        let schema = self.resolved(schema);
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            if schema["properties"].is_null() && schema[several].is_array() {
                return self.sample(&schema[several][0], depth);
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds[0].as_str().unwrap(),
            kind => kind.as_str().unwrap_or("object"),
        };
        match (kind, schema["format"].as_str().unwrap_or_default()) {
            ("string", "date-time") => json!("2024-03-25T14:30:00Z"),
            ("string", "date") => json!("2024-03-25"),
            // Good as text, key and amount of money.
            ("string", _) => json!("12"),
            ("integer", _) => json!(123),
            ("number", _) => json!(12.5),
            ("boolean", _) => json!(true),
            ("array", _) if depth == 0 => json!([]),
            ("array", _) => json!([self.sample(&schema["items"], depth - 1)]),
            _ if depth == 0 => Value::Null,
            _ => {
                let mut object = Map::new();
                for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                    object.insert(name.clone(), self.sample(property, depth - 1));
                }
                if schema["additionalProperties"].is_object() {
                    object.insert("some_name".into(), self.sample(&schema["additionalProperties"], depth - 1));
                }
                Value::Object(object)
            }
        }
    }
}

/// Where a documented value is not in what was kept.
fn lost(documented: &Value, kept: &Value, path: &str, into: &mut Vec<String>) {
    match (documented, kept) {
        (Value::Null, _) => {}
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                lost(value, kept.get(name).unwrap_or(&Value::Null), &format!("{path}.{name}"), into);
            }
        }
        // Attributes by name (oddity 43), and maps in a list (oddities 52, 55).
        (Value::Array(list), Value::Object(map)) => {
            for element in list {
                match element.get("name").and_then(Value::as_str) {
                    Some(name) => lost(&element["value"], map.get(name).unwrap_or(&Value::Null), path, into),
                    None => lost(element, kept, path, into),
                }
            }
        }
        (Value::Array(list), Value::Array(others)) => {
            for (place, value) in list.iter().enumerate() {
                lost(value, others.get(place).unwrap_or(&Value::Null), &format!("{path}[{place}]"), into);
            }
        }
        (Value::Array(list), Value::Null) if list.iter().all(Value::is_null) => {}
        (Value::Object(fields), Value::Null) if fields.values().all(Value::is_null) => {}
        (a, b) => {
            // Numbers get back the zeros that they lost (oddity 37).
            if a.is_number() && as_text(b.clone()).trim_start_matches('0') == as_text(a.clone()) {
                return;
            }
            let instant = |value: &Value| match value.as_i64() {
                Some(seconds) => Timestamp::whole(seconds)?,
                None => Timestamp::scalar(value.as_str()?)?,
            };
            if as_text(a.clone()) != as_text(b.clone()) && (instant(a).is_none() || instant(a) != instant(b)) {
                into.push(path.to_owned());
            }
        }
    }
}

#[test]
fn the_table_has_every_operation_of_the_contract_with_its_route_and_fields() {
    let contract = Contract::read();
    let mut documented = contract.operations();
    assert_eq!(documented.len(), 149);
    for operation in Operation::ALL {
        let it = documented.remove(operation.id()).unwrap_or_else(|| panic!("{operation} is not documented"));
        let (method, path) = operation.default_route();
        assert_eq!((method.as_str(), path), (it.method.as_str(), it.path.as_str()), "{operation}");
        let named = |place: &str| -> BTreeSet<&str> {
            let there = it.parameters.iter().filter(|parameter| parameter["in"] == place);
            there.map(|parameter| parameter["name"].as_str().unwrap()).collect()
        };
        assert_eq!(operation.parameters().into_iter().collect::<BTreeSet<_>>(), named("path"), "{operation}");
        let mut query: BTreeSet<&str> = operation.query().iter().copied().collect();
        query.extend(operation.takes_page().then_some("page"));
        assert_eq!(query, named("query"), "{operation}");
        let body: BTreeSet<&str> = operation.body().iter().copied().collect();
        assert_eq!(body, contract.fields(it.body), "{operation}");
    }
    assert!(documented.is_empty(), "not in the table: {:?}", documented.keys());
}

#[test]
fn every_documented_field_of_every_answer_is_kept() {
    let contract = Contract::read();
    let operations = contract.operations();
    let mut trouble = Vec::new();
    for operation in Operation::ALL {
        if matches!(operation.answer(), Answer::Nothing | Answer::File) {
            continue;
        }
        let sample = contract.sample(operations[operation.id()].answer, DEPTH + 2);
        let kept = match operation.read_back(&sample.to_string()) {
            Ok(kept) => kept,
            Err(error) => {
                trouble.push(format!("{operation}: {error}"));
                continue;
            }
        };
        let mut lost_here = Vec::new();
        let rows = rows_of(&sample, operation.answer());
        assert_eq!(rows.len(), kept.len(), "{operation}: {sample}");
        for (documented, kept) in rows.into_iter().zip(&kept) {
            lost(documented, kept, operation.id(), &mut lost_here);
        }
        trouble.extend(lost_here);
    }
    assert!(trouble.is_empty(), "{}", trouble.join("\n"));
}

/// The records of a documented body.
fn rows_of(body: &Value, answer: Answer) -> Vec<&Value> {
    if answer == Answer::Whole {
        return vec![body];
    }
    match body {
        Value::Array(rows) => rows.iter().flat_map(|row| rows_of(row, answer)).collect(),
        Value::Object(fields) if fields.contains_key("data") => rows_of(&fields["data"], answer),
        row => vec![row],
    }
}

#[test]
fn a_negative_item_has_all_54_documented_fields() {
    let contract = Contract::read();
    let schema = &contract.0["components"]["schemas"]["NegativeItemResource"]["properties"];
    assert_eq!(schema.as_object().unwrap().len(), 54);
    let sample = contract.sample(&json!({"$ref": "#/components/schemas/NegativeItemResource"}), DEPTH);
    let kept = Operation::GetNegativeItem.read_back(&sample.to_string()).unwrap();
    let mut missing = Vec::new();
    lost(&sample, &kept[0], "item", &mut missing);
    assert!(missing.is_empty(), "{missing:?}");
}
