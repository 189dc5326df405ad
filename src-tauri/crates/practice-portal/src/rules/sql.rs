//! A rule tree as SQL over the stored records.
//!
//! Every value is bound, never written into the text. A rule whose field is empty is false, whatever is compared, but
//! for `!=`, `not_contains`, `not_in` and `is_null`.

use super::{
    Group, Node, Rule,
    model::{Model, Source, Type},
};
use crate::{list::Condition, records::Cell};
use jiff::{ToSpan as _, civil::Date};

/// SQL with its values.
#[derive(Debug, Default)]
struct Text {
    sql: String,
    cells: Vec<Cell>,
}

impl Text {
    fn new(sql: impl Into<String>, cells: Vec<Cell>) -> Self {
        Text { sql: sql.into(), cells }
    }

    /// Puts something before and after.
    fn within(self, before: &str, after: &str) -> Text {
        Text { sql: format!("{before}{}{after}", self.sql), cells: self.cells }
    }
}

impl Group {
    /// A condition on the model's table: true for the records that the tree selects.
    pub(crate) fn condition(&self, model: Model, today: Date) -> Condition {
        let tree = self.sql(model, model.own(), "c", today);
        let table = model.own().table;
        Condition::new(&format!("id IN (SELECT c.id FROM {table} c WHERE {})", tree.sql), tree.cells)
    }

    fn sql(&self, model: Model, source: Source, alias: &str, today: Date) -> Text {
        let related = self.relation.and_then(|relation| model.relation(relation));
        let tree = match related {
            Some(relation) => {
                let inner = self.joined(model, relation, "r", today);
                repeated(relation, inner, self.count_repeat)
            }
            None => self.joined(model, source, alias, today),
        };
        if self.not { tree.within("NOT (", ")") } else { tree }
    }

    fn joined(&self, model: Model, source: Source, alias: &str, today: Date) -> Text {
        let word = if self.is_or { " OR " } else { " AND " };
        let mut whole = Text::default();
        for node in &self.rules {
            let part = match node {
                Node::Rule(rule) => rule.sql(model, source, alias, today),
                Node::Group(group) => group.sql(model, source, alias, today),
            };
            if !whole.sql.is_empty() {
                whole.sql.push_str(word);
            }
            whole.sql.push_str(&format!("({})", part.sql));
            whole.cells.extend(part.cells);
        }
        // No rules select everything.
        if whole.sql.is_empty() { Text::new("1", Vec::new()) } else { whole.within("(", ")") }
    }
}

impl Rule {
    fn sql(&self, model: Model, source: Source, alias: &str, today: Date) -> Text {
        match self.relation.and_then(|relation| model.relation(relation)) {
            Some(relation) => repeated(relation, self.compared(relation, "r", today), self.count_repeat),
            None => self.compared(source, alias, today),
        }
    }

    fn compared(&self, source: Source, alias: &str, today: Date) -> Text {
        let stored = self.field.sql(source, alias);
        let left = match self.field.kind {
            Type::Text | Type::Boolean => stored.clone(),
            Type::Number => format!("CAST({stored} AS REAL)"),
            Type::Date => format!("substr({stored}, 1, 10)"),
        };
        let is_text = self.field.kind == Type::Text;
        let (left, right) = if is_text { (format!("lower({left})"), "lower(?)") } else { (left, self.right()) };
        let one = || self.cells.iter().take(1).cloned().collect::<Vec<_>>();
        let marks = vec![right; self.cells.len()].join(", ");
        match self.operator {
            "!=" => Text::new(format!("{left} IS NOT {right}"), one()),
            "contains" => Text::new(format!("instr({left}, {right}) > 0"), one()),
            "not_contains" => Text::new(format!("coalesce(instr({left}, {right}), 0) = 0"), one()),
            "starts_with" => Text::new(format!("instr({left}, {right}) = 1"), one()),
            "ends_with" => {
                let cells: Vec<Cell> = one().into_iter().chain(one()).collect();
                Text::new(format!("substr({left}, -length(?)) = {right}"), cells)
            }
            "in" => Text::new(format!("{left} IN ({marks})"), self.cells.clone()),
            "not_in" => Text::new(format!("{left} IS NULL OR {left} NOT IN ({marks})"), self.cells.clone()),
            "between" => Text::new(format!("{left} BETWEEN {right} AND {right}"), self.cells.clone()),
            "is_null" => Text::new(format!("{stored} IS NULL OR {stored} = ''"), Vec::new()),
            "is_not_null" => Text::new(format!("{stored} IS NOT NULL AND {stored} <> ''"), Vec::new()),
            "last_days" => {
                let days = match self.cells.first() {
                    Some(Cell::Integer(days)) => *days,
                    _ => 0,
                };
                let first = today.saturating_sub(days.days());
                let cells = [first, today].map(|day| Cell::Text(day.to_string())).to_vec();
                Text::new(format!("{left} BETWEEN ? AND ?"), cells)
            }
            operator => Text::new(format!("{left} {operator} {right}"), one()),
        }
    }

    /// A value's place in the text: numbers come as decimal text, so that none loses a digit on its way.
    fn right(&self) -> &'static str {
        if self.field.kind == Type::Number { "CAST(? AS REAL)" } else { "?" }
    }
}

/// True when so many related records satisfy the text.
fn repeated(relation: Source, inner: Text, times: Option<i64>) -> Text {
    let Source { table, tie, .. } = relation;
    match times {
        Some(times) if times > 1 => {
            inner.within(&format!("(SELECT count(*) FROM {table} r WHERE {tie} AND ("), &format!(")) >= {times}"))
        }
        _ => inner.within(&format!("EXISTS (SELECT 1 FROM {table} r WHERE {tie} AND ("), "))"),
    }
}
