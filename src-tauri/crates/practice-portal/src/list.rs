//! Lists: filters, sorting and paging, declared per resource and done here once.
//!
//! Invariants: a list is always in a total order (ties by `id`), so that pages neither repeat nor lose a record while
//! nothing changes; an unknown sort column, a wrong direction, a wrong filter value or a page size above 100 is a 422.

use crate::{
    fields::Query,
    kinds::Kind,
    portal::Portal,
    problem::{Answer, Problem},
    records::{Cell, Record, Table},
};
use axum::{Json, response::IntoResponse};
use serde_json::{Value, json};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

const DEFAULT_PER_PAGE: i64 = 15;
const MOST_PER_PAGE: i64 = 100;

/// How one resource is listed.
#[derive(Debug)]
pub(crate) struct List {
    /// What is listed.
    pub(crate) table: &'static Table,
    /// What it can be narrowed by.
    pub(crate) filters: &'static [Filter],
    /// `sort_by` words with their columns.
    pub(crate) sorts: &'static [(&'static str, &'static str)],
    /// Column and direction when the caller names none.
    pub(crate) order: (&'static str, Direction),
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// One way to narrow a list.
#[derive(Debug)]
pub(crate) struct Filter {
    name: &'static str,
    column: &'static str,
    kind: Kind,
    test: Test,
    required: bool,
}

#[derive(Clone, Copy, Debug)]
enum Test {
    /// The column holds the value.
    Is,
    /// The column holds the number that the text says.
    IsNumber,
    /// The column's text holds the value, in any case.
    Contains,
    /// The column's instant is on this day.
    OnDay,
    /// Every word of the value is in the column's words.
    Words,
}

impl Filter {
    const fn new(name: &'static str, kind: Kind, test: Test) -> Self {
        Filter { name, column: name, kind, test, required: false }
    }

    /// Equality with the column of the same name.
    pub(crate) const fn is(name: &'static str, kind: Kind) -> Self {
        Filter::new(name, kind, Test::Is)
    }

    /// Equality with the number in the column of the same name; text that is no number finds nothing.
    pub(crate) const fn is_number(name: &'static str) -> Self {
        Filter::new(name, ANY_TEXT, Test::IsNumber)
    }

    /// Equality with the 1 or 0 in the column of the same name, where the words true and false are not documented.
    pub(crate) const fn is_bit(name: &'static str) -> Self {
        Filter::new(name, Kind::OneOf(&["1", "0"]), Test::IsNumber)
    }

    /// Part of the text of the column of the same name.
    pub(crate) const fn contains(name: &'static str) -> Self {
        Filter::new(name, ANY_TEXT, Test::Contains)
    }

    /// A day, `YYYY-MM-DD`, of the instant in the column of the same name.
    pub(crate) const fn on_day(name: &'static str) -> Self {
        Filter::new(name, Kind::Day, Test::OnDay)
    }

    /// The day of an instant, in UTC, of the instant in the column of the same name.
    pub(crate) const fn on_day_of(name: &'static str) -> Self {
        Filter::new(name, Kind::DateTime, Test::OnDay)
    }

    /// Free text over a [`crate::records::Column::words`] column.
    pub(crate) const fn words(name: &'static str, column: &'static str) -> Self {
        Filter::new(name, ANY_TEXT, Test::Words).on(column)
    }

    /// A column that is named differently.
    pub(crate) const fn on(mut self, column: &'static str) -> Self {
        self.column = column;
        self
    }

    /// A 422 without it.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// What is compared with text: any text, because one that is in no record simply finds none.
pub(crate) const ANY_TEXT: Kind = Kind::Text(10_000);

/// A condition that a resource adds by itself; each `?` of the text is one cell.
#[derive(Debug)]
pub(crate) struct Condition {
    text: String,
    cells: Vec<Cell>,
}

impl Condition {
    /// SQL that is true for the records to keep.
    pub(crate) fn new(text: &str, cells: Vec<Cell>) -> Self {
        Condition { text: text.to_owned(), cells }
    }

    /// True where either is.
    pub(crate) fn or(self, other: Condition) -> Condition {
        let cells = self.cells.into_iter().chain(other.cells).collect();
        Condition { text: format!("({} OR {})", self.text, other.text), cells }
    }

    /// Writes it where a statement stands.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        let mut cells = self.cells.iter();
        for (position, part) in self.text.split('?').enumerate() {
            if position > 0 {
                cells.next().cloned().unwrap_or(Cell::Null).bind(query);
            }
            query.push(part);
        }
    }
}

/// One page of records, and where it lies in the list.
#[derive(Debug)]
pub(crate) struct Page {
    /// The records, each with its `id`.
    pub(crate) records: Vec<Record>,
    place: Place,
}

/// Where a page lies in its list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    current: i64,
    per_page: i64,
    total: i64,
}

impl List {
    /// Reads the query and finds its page.
    pub(crate) async fn page(&self, db: &mut SqliteConnection, query: &mut Query) -> Result<Page, Problem> {
        self.page_where(db, query, Vec::new()).await
    }

    /// The same with further conditions.
    pub(crate) async fn page_where(
        &self,
        db: &mut SqliteConnection,
        query: &mut Query,
        further: Vec<Condition>,
    ) -> Result<Page, Problem> {
        let mut conditions = self.conditions(query);
        conditions.extend(further);
        let order = self.order(query);
        let mut place = Place::read(query);
        std::mem::take(&mut query.fields).finish()?;

        let mut count = self.select("count(*)", &conditions);
        place.total = count.build_query_scalar().fetch_one(&mut *db).await?;
        let mut keys = self.select("id", &conditions);
        keys.push(" ORDER BY ").push(order).push(" LIMIT ").push_bind(place.per_page);
        keys.push(" OFFSET ").push_bind(place.offset());
        let ids: Vec<i64> = keys.build_query_scalar().fetch_all(&mut *db).await?;
        let mut found = self.table.get_all(db, &ids).await?;
        let records = ids.iter().filter_map(|id| found.remove(id)).collect();
        Ok(Page { records, place })
    }

    fn select(&self, what: &str, conditions: &[Condition]) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new(format!("SELECT {what} FROM {}", self.table.name));
        for (position, condition) in conditions.iter().enumerate() {
            query.push(if position == 0 { " WHERE " } else { " AND " });
            condition.push(&mut query);
        }
        query
    }

    fn conditions(&self, query: &mut Query) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for filter in self.filters {
            if filter.required {
                query.fields.require(filter.name);
            }
            if let Some(value) = query.fields.value(filter.name, filter.kind) {
                conditions.extend(filter.conditions(&value));
            }
        }
        conditions
    }

    /// The `ORDER BY` terms.
    fn order(&self, query: &mut Query) -> String {
        let (mut column, mut direction) = self.order;
        if query.fields.has("sort_by") {
            let wanted = query.fields.raw("sort_by").and_then(Value::as_str);
            match self.sorts.iter().find(|(name, _)| Some(*name) == wanted) {
                Some((_, known)) => (column, direction) = (known, Direction::Up),
                None => query.fields.refuse_choice("sort_by"),
            }
        }
        match query.fields.value("sort_direction", Kind::OneOf(&["asc", "desc"])) {
            Some(wanted) if wanted == "desc" => direction = Direction::Down,
            Some(_) => direction = Direction::Up,
            None => {}
        }
        let way = match direction {
            Direction::Up => "ASC",
            Direction::Down => "DESC",
        };
        format!("\"{column}\" {way}, id {way}")
    }
}

impl Filter {
    fn conditions(&self, value: &Value) -> Vec<Condition> {
        let cell = Cell::from_json(value);
        let text = value.as_str().unwrap_or_default();
        let column = self.column;
        match self.test {
            Test::Is => vec![Condition::new(&format!("\"{column}\" = ?"), vec![cell])],
            Test::IsNumber => {
                let cell = text.parse().map_or(Cell::Null, Cell::Integer);
                vec![Condition::new(&format!("\"{column}\" = ?"), vec![cell])]
            }
            Test::Contains => vec![Condition::new(&format!("instr(lower(\"{column}\"), lower(?)) > 0"), vec![cell])],
            Test::OnDay => {
                vec![Condition::new(&format!("substr(\"{column}\", 1, 10) = substr(?, 1, 10)"), vec![cell])]
            }
            Test::Words => text
                .to_lowercase()
                .split_whitespace()
                .map(|word| Condition::new(&format!("instr(\"{column}\", ?) > 0"), vec![Cell::Text(word.to_owned())]))
                .collect(),
        }
    }
}

impl Place {
    /// Reads `page` and `per_page`; the total is not known yet.
    pub(crate) fn read(query: &mut Query) -> Place {
        let mut number = |name: &str, last: i64| query.fields.value(name, Kind::Between(1, last))?.as_i64();
        let current = number("page", i64::MAX).unwrap_or(1);
        let per_page = number("per_page", MOST_PER_PAGE).unwrap_or(DEFAULT_PER_PAGE);
        Place { current, per_page, total: 0 }
    }

    /// The same place in a list of so many rows.
    pub(crate) fn of(self, total: i64) -> Place {
        Place { total, ..self }
    }

    /// How many rows lie before this page.
    pub(crate) fn offset(self) -> i64 {
        (self.current - 1).saturating_mul(self.per_page)
    }

    /// How many rows a page takes.
    pub(crate) fn per_page(self) -> i64 {
        self.per_page
    }

    fn last(self) -> i64 {
        ((self.total + self.per_page - 1) / self.per_page).max(1)
    }

    /// `{data, links, meta}`.
    pub(crate) fn body(self, portal: &Portal, query: &Query, rows: &[Value]) -> Value {
        let last = self.last();
        let link = |page: i64| portal.link(&query.path, &query.pairs, page);
        let from = self.offset().saturating_add(1);
        let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let filled = (shown > 0).then_some(());
        json!({
            "data": rows,
            "links": {
                "first": link(1),
                "last": link(last),
                "prev": (self.current > 1).then(|| link(self.current - 1)),
                "next": (self.current < last).then(|| link(self.current + 1)),
            },
            "meta": {
                "current_page": self.current,
                "from": filled.map(|()| from),
                "last_page": last,
                "per_page": self.per_page,
                "to": filled.map(|()| from + shown - 1),
                "total": self.total,
            },
        })
    }

    /// The page as an answer.
    pub(crate) fn answer(self, portal: &Portal, query: &Query, rows: &[Value]) -> Answer {
        Ok(Json(self.body(portal, query, rows)).into_response())
    }
}

impl Page {
    /// `{data, links, meta}`.
    pub(crate) fn answer(self, portal: &Portal, query: &Query) -> Answer {
        let rows: Vec<Value> = self.records.into_iter().map(Value::Object).collect();
        self.place.answer(portal, query, &rows)
    }

    /// The same as a body, with the eight counters of Laravel's own paginator, as one list is documented (oddity 21).
    pub(crate) fn full_body(self, portal: &Portal, query: &Query) -> Value {
        let (place, last) = (self.place, self.place.last());
        let rows: Vec<Value> = self.records.into_iter().map(Value::Object).collect();
        let mut body = place.body(portal, query, &rows);
        let labelled = |page: i64| json!({ "url": portal.link(&query.path, &query.pairs, page), "label": page.to_string(), "active": page == place.current });
        // Laravel shows a window of pages; the far ones are left out there too.
        let window = (place.current - 3).max(1)..=(place.current.saturating_add(3)).min(last);
        if let Some(meta) = body.get_mut("meta").and_then(Value::as_object_mut) {
            meta.insert("path".into(), portal.at(&query.path).into());
            meta.insert("links".into(), window.map(labelled).collect());
        }
        body
    }

    /// The bare array that some lists are documented with.
    pub(crate) fn bare(self) -> Answer {
        Ok(Json(self.records).into_response())
    }
}
