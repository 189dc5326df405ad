//! Several bureaus side by side.

use super::document::{Document, Entry, Part, Row, Said};
use super::matching::pairs;
use crate::Bureau;
use std::collections::HashMap;

/// What one bureau tells, and in which document.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Who tells it.
    pub bureau: Bureau,
    /// Where; `None` when no report of it is there.
    pub document: Option<&'a Document>,
    /// Columns of the same content have the same number here.
    pub content: usize,
}

/// One thing as each column tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BesideEntry {
    /// Where it belongs.
    pub part: Part,
    /// The name in the first column that has one.
    pub title: String,
    /// The number in the first column that has one.
    pub number: String,
    /// Which columns have it.
    pub present: Vec<bool>,
    /// What is said of it.
    pub rows: Vec<BesideRow>,
}

/// One line: a label and what each column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BesideRow {
    /// What the value is.
    pub label: String,
    /// How many headings stand above it.
    pub depth: usize,
    /// The rows below are about it; it says nothing of its own.
    pub heading: bool,
    /// By column; `None` when nobody tells.
    pub values: Vec<Option<String>>,
    /// Two columns tell different things.
    pub differs: bool,
}

/// Lays the columns beside each other. An entry is in one line with those of the other columns that are the same thing:
/// first by the record of the content that both come from, then as `matching` has it.
#[must_use]
pub fn beside(columns: &[Column<'_>]) -> Vec<BesideEntry> {
    let mut lines: Vec<Vec<Option<&Entry>>> = Vec::new();
    let mut by_record: HashMap<(usize, usize), usize> = HashMap::new();
    for (at, column) in columns.iter().enumerate() {
        let entries: Vec<&Entry> = column.document.map_or_else(Vec::new, |document| {
            document.entries.iter().filter(|entry| entry.bureau.is_none_or(|bureau| bureau == column.bureau)).collect()
        });
        let mut rest = Vec::new();
        for entry in entries {
            let line = by_record.get(&(column.content, entry.record)).and_then(|line| lines.get_mut(*line));
            match line.and_then(|line| line.get_mut(at)).filter(|cell| cell.is_none()) {
                Some(cell) => *cell = Some(entry),
                None => rest.push(entry),
            }
        }
        let open: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.get(at).is_none_or(Option::is_none))
            .map(|(l, _)| l)
            .collect();
        let firsts: Vec<&Entry> =
            open.iter().filter_map(|line| lines.get(*line).and_then(|line| first(line))).collect();
        let met: HashMap<usize, usize> = pairs(&firsts, &rest).into_iter().map(|(line, entry)| (entry, line)).collect();
        for (place, entry) in rest.into_iter().enumerate() {
            let line = match met.get(&place).and_then(|line| open.get(*line)) {
                Some(line) => *line,
                None => {
                    lines.push(vec![None; columns.len()]);
                    lines.len() - 1
                }
            };
            if let Some(cell) = lines.get_mut(line).and_then(|line| line.get_mut(at)) {
                *cell = Some(entry);
            }
            by_record.entry((column.content, entry.record)).or_insert(line);
        }
    }
    let mut entries: Vec<BesideEntry> = lines.into_iter().filter_map(|line| laid(&line)).collect();
    entries.sort_by(|one, other| one.part.cmp(&other.part));
    entries
}

fn first<'a>(line: &[Option<&'a Entry>]) -> Option<&'a Entry> {
    line.iter().flatten().next().copied()
}

fn laid(line: &[Option<&Entry>]) -> Option<BesideEntry> {
    let part = first(line)?.part.clone();
    let text = |of: fn(&Entry) -> &String| line.iter().flatten().map(|entry| of(entry)).find(|text| !text.is_empty());
    let mut places: HashMap<(&str, usize), usize> = HashMap::new();
    let mut rows: Vec<BesideRow> = Vec::new();
    for (at, entry) in line.iter().enumerate() {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for row in entry.map_or(&[][..], |entry| entry.rows.as_slice()) {
            let time = times.entry(&row.path).or_default();
            let place = *places.entry((&row.path, *time)).or_insert_with(|| {
                rows.push(empty(row, line.len()));
                rows.len() - 1
            });
            *time += 1;
            if let Some(row_there) = rows.get_mut(place) {
                row_there.heading &= row.said == Said::Heading;
                if let Some(cell) = row_there.values.get_mut(at) {
                    *cell = row.value().map(str::to_owned);
                }
            }
        }
    }
    for row in &mut rows {
        let mut told = row.values.iter().flatten();
        let one = told.next();
        row.differs = told.any(|other| Some(other) != one);
    }
    Some(BesideEntry {
        part,
        title: text(|entry| &entry.title).cloned().unwrap_or_default(),
        number: text(|entry| &entry.number).cloned().unwrap_or_default(),
        present: line.iter().map(Option::is_some).collect(),
        rows,
    })
}

fn empty(row: &Row, columns: usize) -> BesideRow {
    BesideRow {
        label: row.label.clone(),
        depth: row.within.len(),
        heading: true,
        values: vec![None; columns],
        differs: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{account, accounts, record, text};
    use super::super::{Tree, read};
    use super::*;

    fn lines(columns: &[Column<'_>]) -> Vec<String> {
        beside(columns)
            .iter()
            .map(|entry| {
                let rows = entry.rows.iter().map(|row| {
                    let said: Vec<&str> = row.values.iter().map(|value| value.as_deref().unwrap_or("-")).collect();
                    format!("{}{} {}", row.label, if row.differs { "!" } else { "" }, said.join(" | "))
                });
                format!("{}: {}", entry.title, rows.collect::<Vec<_>>().join("; "))
            })
            .collect()
    }

    #[test]
    fn what_one_record_of_a_content_joins_is_one_line_whatever_it_is_called() {
        let told = |bureau: &str, name: &str, number: &str| {
            record([("bureau", text(bureau)), ("account_name", text(name)), ("account_number", text(number))])
        };
        let joined = record([
            ("type", text("Card")),
            ("told", Tree::List(vec![told("equifax", "FIRST BANK", "1234"), told("experian", "1ST BK", "9XXX")])),
        ]);
        let document = read(&record([("items", Tree::List(vec![joined]))]), None, None);
        let column = |bureau| Column { bureau, document: Some(&document), content: 1 };
        assert_eq!(
            lines(&Bureau::ALL.map(column)),
            [
                "FIRST BANK: Account name! FIRST BANK | 1ST BK | -; Account number! 1234 | 9XXX | -; Type Card | Card | -"
            ]
        );
    }

    #[test]
    fn contents_of_their_own_are_joined_by_name_and_number() {
        let of = |bureau, content| read(&accounts(content), Some(bureau), None);
        let equifax =
            of(Bureau::Equifax, vec![account("FIRST BANK", "****1234", "5"), account("ONLY HERE", "****7777", "1")]);
        let transunion =
            of(Bureau::TransUnion, vec![account("First Bank", "41234567****", "6"), account("OTHER", "1", "2")]);
        let columns = [
            Column { bureau: Bureau::Equifax, document: Some(&equifax), content: 1 },
            Column { bureau: Bureau::Experian, document: None, content: 2 },
            Column { bureau: Bureau::TransUnion, document: Some(&transunion), content: 3 },
        ];
        let lines = lines(&columns);
        assert_eq!(lines.len(), 3);
        assert!(lines[0].contains("Balance! $5.00 | - | $6.00"), "{lines:?}");
        assert!(lines[1].starts_with("ONLY HERE") && lines[2].starts_with("OTHER"), "{lines:?}");
        assert_eq!(beside(&columns)[0].present, [true, false, true]);
    }
}
