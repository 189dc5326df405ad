//! Rule trees: what selects the members of a segment and the rows of a query.
//!
//! A group joins rules and further groups by AND or OR; `not` turns its result round. With a `relation`, a group or a rule
//! speaks of related records: the same record must satisfy all of it, and `count_repeat` says how many such records there
//! must be (one, when it is left out or 0). A relation inside a relation is not offered.

pub(crate) mod model;
mod sql;

use crate::{
    fields::{Fields, may, must, null},
    kinds::Kind,
    list::ANY_TEXT,
    records::{Cell, Record},
};
use jiff::civil::Date;
use model::{Field, Model, Source, Type};
use serde_json::Value;

/// Rules joined by one word.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    is_or: bool,
    not: bool,
    relation: Option<&'static str>,
    count_repeat: Option<i64>,
    rules: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Rule(Rule),
    Group(Group),
}

/// One comparison.
#[derive(Clone, Debug)]
struct Rule {
    field: Field,
    operator: &'static str,
    cells: Vec<Cell>,
    relation: Option<&'static str>,
    count_repeat: Option<i64>,
}

/// Groups inside groups are followed this far.
const DEEPEST: usize = 8;

impl Group {
    /// Reads the tree in a field, noting what is wrong with it; nothing when the field was not sent.
    pub(crate) fn read(fields: &mut Fields, name: &str, model: Model) -> Option<Group> {
        let mut inside = fields.inside(name)?;
        let group = Group::of(&mut inside, model, model.own(), 0);
        fields.absorb(inside);
        Some(group)
    }

    /// Reads a tree whose parts are the fields of the request itself.
    pub(crate) fn of_request(fields: &mut Fields, model: Model) -> Group {
        Group::of(fields, model, model.own(), 0)
    }

    /// A tree that was stored, which was checked when it came.
    pub(crate) fn stored(tree: &Value, model: Model) -> Option<Group> {
        let mut fields = Fields::of(tree.as_object()?.clone());
        let group = Group::of(&mut fields, model, model.own(), 0);
        fields.finish().is_ok().then_some(group)
    }

    /// The relation that the whole tree is about.
    pub(crate) fn relation(&self) -> Option<&'static str> {
        self.relation
    }

    fn of(fields: &mut Fields, model: Model, source: Source, depth: usize) -> Group {
        let read = fields.read_some(&[
            may("combinator", Kind::OneOf(&["AND", "OR"])),
            null("not", Kind::Truth),
            null("count_repeat", Kind::Between(0, 1_000)),
        ]);
        let relation = relation(fields, model, source);
        let source = relation.unwrap_or(source);
        Group {
            is_or: read.get("combinator") == Some(&Value::from("OR")),
            not: read.get("not") == Some(&Value::Bool(true)),
            relation: relation.map(|relation| relation.name),
            count_repeat: read.get("count_repeat").and_then(Value::as_i64),
            rules: nodes(fields, model, source, depth),
        }
    }
}

fn nodes(fields: &mut Fields, model: Model, source: Source, depth: usize) -> Vec<Node> {
    if !fields.has("rules") {
        return Vec::new();
    }
    let rules = match fields.raw("rules").cloned() {
        Some(Value::Array(rules)) if depth < DEEPEST => rules,
        Some(Value::Array(_)) => {
            fields.refuse("rules", format!("The rules field must not be nested more than {DEEPEST} times."));
            return Vec::new();
        }
        _ => {
            fields.refuse("rules", "The rules field must be an array.");
            return Vec::new();
        }
    };
    let mut nodes = Vec::new();
    for (place, rule) in rules.into_iter().enumerate() {
        let name = format!("rules.{place}");
        let Value::Object(rule) = rule else {
            fields.refuse(&name, format!("The {name} field must be an array."));
            continue;
        };
        let mut inside = fields.named(&name, rule);
        if inside.has("rules") {
            nodes.push(Node::Group(Group::of(&mut inside, model, source, depth + 1)));
        } else if let Some(rule) = Rule::of(&mut inside, model, source) {
            nodes.push(Node::Rule(rule));
        }
        fields.absorb(inside);
    }
    nodes
}

/// The relation that a group or rule names; none without one.
fn relation(fields: &mut Fields, model: Model, source: Source) -> Option<Source> {
    let read = fields.read_some(&[null("relation", ANY_TEXT)]);
    let name = read.get("relation").and_then(Value::as_str)?;
    let known = model.relation(name).filter(|_| source.name == model.own().name);
    if known.is_none() {
        fields.refuse_choice("relation");
    }
    known
}

impl Rule {
    fn of(fields: &mut Fields, model: Model, source: Source) -> Option<Rule> {
        let relation = relation(fields, model, source);
        let read = fields.read(&[
            must("field", ANY_TEXT),
            must("operator", ANY_TEXT),
            null("value", ANY_TEXT),
            null("count_repeat", Kind::Between(0, 1_000)),
        ]);
        let field = read.get("field").and_then(Value::as_str)?;
        let Some(field) = relation.unwrap_or(source).field(field) else {
            fields.refuse_choice("field");
            return None;
        };
        let operator = read.get("operator").and_then(Value::as_str)?;
        let known = field.kind.operators().iter().find(|known| **known == operator);
        let Some(operator) = known.copied() else {
            fields.refuse_choice("operator");
            return None;
        };
        let cells = match cells(field.kind, operator, &read) {
            Ok(cells) => cells,
            Err(message) => {
                fields.refuse("value", message);
                return None;
            }
        };
        let relation = relation.map(|relation| relation.name);
        Some(Rule { field, operator, cells, relation, count_repeat: read.get("count_repeat").and_then(Value::as_i64) })
    }
}

/// The values that an operator compares with.
fn cells(kind: Type, operator: &str, read: &Record) -> Result<Vec<Cell>, String> {
    let value = read.get("value").and_then(Value::as_str);
    match operator {
        "is_null" | "is_not_null" => return Ok(Vec::new()),
        "last_days" => {
            let days = value.and_then(|text| text.parse().ok()).filter(|days| (0..=36_500).contains(days));
            let days = days.ok_or("The value field must be a number of days.")?;
            return Ok(vec![Cell::Integer(days)]);
        }
        _ => {}
    }
    let value = value.ok_or("The value field is required.")?;
    let parts: Vec<&str> = match operator {
        "in" | "not_in" | "between" => value.split(',').map(str::trim).collect(),
        _ => vec![value],
    };
    if operator == "between" && parts.len() != 2 {
        return Err("The value field must be two values with a comma between them.".into());
    }
    parts.into_iter().map(|part| cell(kind, part)).collect()
}

fn cell(kind: Type, text: &str) -> Result<Cell, String> {
    match kind {
        Type::Text => Ok(Cell::Text(text.to_owned())),
        Type::Number => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Cell::Text(text.to_owned())),
            _ => Err("The value field must be a number.".into()),
        },
        Type::Date => text
            .parse::<Date>()
            .map(|day| Cell::Text(day.to_string()))
            .map_err(|_| "The value field must be a date.".into()),
        Type::Boolean => match text {
            "1" | "true" => Ok(Cell::Integer(1)),
            "0" | "false" => Ok(Cell::Integer(0)),
            _ => Err("The value field must be true or false.".into()),
        },
    }
}
