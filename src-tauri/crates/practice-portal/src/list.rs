//! Lists: filters, sorting and paging, declared per resource and done here once.
//!
//! Invariants: a list is always in a total order (ties by `id`), so that pages neither repeat nor lose a record while
//! nothing changes; an unknown sort column, a wrong direction, a wrong filter value or a page size above 100 is a 422.

use crate::{
    fields::{Kind, Query},
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
    kind: Kind,
    test: Test,
    required: bool,
}

#[derive(Debug)]
enum Test {
    /// The column holds the value.
    Is(&'static str),
    /// The column's text holds the value, in any case.
    Contains(&'static str),
    /// The column's instant is on this day.
    OnDay(&'static str),
    /// Every word of the value is in the column's words.
    Words(&'static str),
}

impl Filter {
    /// Equality with the column of the same name.
    pub(crate) const fn is(name: &'static str, kind: Kind) -> Self {
        Filter { name, kind, test: Test::Is(name), required: false }
    }

    /// Part of the text of the column of the same name.
    pub(crate) const fn contains(name: &'static str) -> Self {
        Filter { name, kind: Kind::Text(255), test: Test::Contains(name), required: false }
    }

    /// A day, `YYYY-MM-DD`, of the instant in the column of the same name.
    pub(crate) const fn on_day(name: &'static str) -> Self {
        Filter { name, kind: Kind::Text(10), test: Test::OnDay(name), required: false }
    }

    /// Free text over a [`crate::records::Column::words`] column.
    pub(crate) const fn words(name: &'static str, column: &'static str) -> Self {
        Filter { name, kind: Kind::Text(255), test: Test::Words(column), required: false }
    }

    /// A 422 without it.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

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

    fn push(&self, query: &mut QueryBuilder<Sqlite>) {
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
        let (current, per_page) = paging(query);
        std::mem::take(&mut query.fields).finish()?;

        let mut count = self.select("count(*)", &conditions);
        let total: i64 = count.build_query_scalar().fetch_one(&mut *db).await?;
        let mut keys = self.select("id", &conditions);
        keys.push(" ORDER BY ").push(order).push(" LIMIT ").push_bind(per_page);
        keys.push(" OFFSET ").push_bind((current - 1).saturating_mul(per_page));
        let ids: Vec<i64> = keys.build_query_scalar().fetch_all(&mut *db).await?;
        let mut found = self.table.get_all(db, &ids).await?;
        let records = ids.iter().filter_map(|id| found.remove(id)).collect();
        Ok(Page { records, current, per_page, total })
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
        if let Some(wanted) = query.fields.text("sort_by", 64) {
            match self.sorts.iter().find(|(name, _)| *name == wanted) {
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
        match self.test {
            Test::Is(column) => vec![Condition::new(&format!("\"{column}\" = ?"), vec![cell])],
            Test::Contains(column) => {
                vec![Condition::new(&format!("instr(lower(\"{column}\"), lower(?)) > 0"), vec![cell])]
            }
            Test::OnDay(column) => vec![Condition::new(&format!("substr(\"{column}\", 1, 10) = ?"), vec![cell])],
            Test::Words(column) => text
                .to_lowercase()
                .split_whitespace()
                .map(|word| Condition::new(&format!("instr(\"{column}\", ?) > 0"), vec![Cell::Text(word.to_owned())]))
                .collect(),
        }
    }
}

/// `page` and `per_page`, each noted when it is wrong.
fn paging(query: &mut Query) -> (i64, i64) {
    let current = query.fields.integer("page").unwrap_or(1);
    if current < 1 {
        query.fields.refuse("page", "The page field must be at least 1.");
    }
    let per_page = query.fields.integer("per_page").unwrap_or(DEFAULT_PER_PAGE);
    if per_page < 1 {
        query.fields.refuse("per_page", "The per page field must be at least 1.");
    }
    if per_page > MOST_PER_PAGE {
        query.fields.refuse("per_page", format!("The per page field must not be greater than {MOST_PER_PAGE}."));
    }
    (current, per_page)
}

impl Page {
    /// `{data, links, meta}`.
    pub(crate) fn answer(self, portal: &Portal, query: &Query) -> Answer {
        let last = self.last();
        let link = |page: i64| portal.link(&query.path, &query.pairs, page);
        let from = (self.current - 1).saturating_mul(self.per_page) + 1;
        let shown = i64::try_from(self.records.len()).unwrap_or(i64::MAX);
        let filled = (shown > 0).then_some(());
        let body = json!({
            "data": self.records,
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
        });
        Ok(Json(body).into_response())
    }

    /// The bare array that some lists are documented with.
    pub(crate) fn bare(self) -> Answer {
        Ok(Json(self.records).into_response())
    }

    fn last(&self) -> i64 {
        ((self.total + self.per_page - 1) / self.per_page).max(1)
    }
}
