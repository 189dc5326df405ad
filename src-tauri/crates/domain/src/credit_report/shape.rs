//! From a content of any shape to a document.
//!
//! What is looked for, outermost first:
//! - a field named for a bureau holds that bureau's whole part;
//! - a list or record whose key names a [`Part`] holds that part's entries; a record of such fields is only a wrapper;
//! - a record that holds, in one of its fields, one record per bureau is told by each of them: its other fields are
//!   everybody's.
//!
//! Everything else keeps its label and its place: plain fields of the content are about the report, unknown lists and
//! records are parts of their own.

use super::document::{Document, Entry, Part, Row, Said};
use super::values::Writer;
use super::{Tree, words};
use crate::{Bureau, Ssn};

type Field = (String, Tree);

/// Wrappers inside wrappers that are looked into; deeper ones are read as what they are.
const WRAPPERS: usize = 6;

/// Reads a content. `bureau` is who tells what names no bureau itself; `ssn` is the client's number, which is hidden
/// wherever it stands.
#[must_use]
pub fn read(content: &Tree, bureau: Option<Bureau>, ssn: Option<&Ssn>) -> Document {
    let mut reader = Reader { writer: Writer { ssn }, entries: Vec::new(), records: 0 };
    match content {
        Tree::Record(fields) => reader.whole(fields, bureau, 0),
        Tree::List(entries) => reader.list(&Part::Other("Content".into()), entries, bureau),
        Tree::Nothing => {}
        plain => reader.entry(&Part::Report, "Content", plain, bureau),
    }
    let mut entries = reader.entries;
    entries.sort_by(|one, other| one.part.cmp(&other.part));
    Document { entries }
}

struct Reader<'a> {
    writer: Writer<'a>,
    entries: Vec<Entry>,
    /// Records of the content that became entries.
    records: usize,
}

impl Reader<'_> {
    /// Reads a record that holds parts.
    fn whole(&mut self, fields: &[Field], bureau: Option<Bureau>, depth: usize) {
        let plain: Vec<&Field> = fields.iter().filter(|(_, value)| is_plain(value)).collect();
        if !plain.is_empty() {
            let record = self.next_record();
            self.push(&Part::Report, bureau, record, &plain, &[]);
        }
        for (key, value) in fields.iter().filter(|(_, value)| !is_plain(value)) {
            let part = words::part(key);
            match (Bureau::from_code(key), value) {
                (Some(told_by), Tree::Record(inner)) if depth < WRAPPERS => self.whole(inner, Some(told_by), depth + 1),
                (_, Tree::Record(inner))
                    if depth < WRAPPERS
                        && matches!(part, None | Some(Part::Report))
                        && inner.iter().any(holds_a_part) =>
                {
                    self.whole(inner, bureau, depth + 1);
                }
                (_, Tree::List(entries)) => {
                    let part = part.unwrap_or_else(|| Part::Other(self.label(key)));
                    self.list(&part, entries, bureau);
                }
                _ => {
                    let part = part.unwrap_or_else(|| Part::Other(self.label(key)));
                    self.entry(&part, key, value, bureau);
                }
            }
        }
    }

    /// Reads a list of entries. Plain values are rows of one entry.
    fn list(&mut self, part: &Part, entries: &[Tree], bureau: Option<Bureau>) {
        let (plain, whole): (Vec<&Tree>, Vec<&Tree>) = entries.iter().partition(|entry| is_plain(entry));
        for entry in whole {
            self.entry(part, "", entry, bureau);
        }
        if !plain.is_empty() || entries.is_empty() {
            let record = self.next_record();
            let all = Tree::List(plain.into_iter().cloned().collect());
            let name = match part {
                Part::Other(name) => name.clone(),
                _ => "Listed".to_owned(),
            };
            self.push(part, bureau, record, &[&(name, all)], &[]);
        }
    }

    /// Reads one record of a part, told by one bureau or by several.
    fn entry(&mut self, part: &Part, key: &str, value: &Tree, bureau: Option<Bureau>) {
        let record = self.next_record();
        let Tree::Record(fields) = value else {
            let name = if key.is_empty() { "Listed" } else { key };
            self.push(part, bureau, record, &[&(name.to_owned(), value.clone())], &[]);
            return;
        };
        if let Some(told) = tellings(value) {
            for (teller, fields) in told {
                self.push(part, teller.or(bureau), record, &fields.iter().collect::<Vec<_>>(), &[]);
            }
            return;
        }
        let bureau = fields.iter().find_map(named_bureau).or(bureau);
        let part = fields.iter().find_map(own_part).unwrap_or_else(|| part.clone());
        let tellings: Vec<(&str, Vec<Telling<'_>>)> =
            fields.iter().filter_map(|(key, value)| Some((key.as_str(), tellings(value)?))).collect();
        let shared: Vec<&Field> =
            fields.iter().filter(|(key, _)| tellings.iter().all(|(told, _)| told != key)).collect();
        let mut tellers: Vec<Option<Bureau>> = Vec::new();
        for teller in tellings.iter().flat_map(|(_, told)| told.iter().map(|(bureau, _)| *bureau)) {
            if !tellers.contains(&teller) {
                tellers.push(teller);
            }
        }
        if tellers.is_empty() {
            self.push(&part, bureau, record, &shared, &[]);
            return;
        }
        for teller in tellers {
            let mut mine: Vec<&Field> = shared.clone();
            let mut under: Vec<(&str, Vec<&[Field]>)> = Vec::new();
            for (key, told) in &tellings {
                let told: Vec<&[Field]> =
                    told.iter().filter(|(by, _)| *by == teller).map(|(_, fields)| *fields).collect();
                match told.as_slice() {
                    // What the whole record is about stands beside what is everybody's.
                    [one] if tellings.len() == 1 && words::part(key).is_none() => mine.extend(one.iter()),
                    [] => {}
                    _ => under.push((*key, told)),
                }
            }
            self.push(&part, teller.or(bureau), record, &mine, &under);
        }
    }

    fn push(
        &mut self,
        part: &Part,
        bureau: Option<Bureau>,
        record: usize,
        fields: &[&Field],
        under: &[(&str, Vec<&[Field]>)],
    ) {
        let text = |value: &Tree| match value {
            Tree::Text(text) | Tree::Number(text) if !text.trim().is_empty() => Some(self.writer.masked(text.trim())),
            _ => None,
        };
        let title = fields
            .iter()
            .filter_map(|(key, value)| Some((words::names(key)?, text(value)?)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, title)| title)
            .unwrap_or_default();
        let number = fields.iter().find(|(key, _)| words::is_number(key)).and_then(|(_, value)| text(value));
        let mut rows = Rows { writer: &self.writer, rows: Vec::new() };
        rows.fields(fields, "", &[]);
        for (key, told) in under {
            rows.several(key, told, "", &[]);
        }
        let rows = rows.rows;
        self.entries.push(Entry {
            part: part.clone(),
            bureau,
            title,
            number: number.unwrap_or_default(),
            record,
            rows,
        });
    }

    fn next_record(&mut self) -> usize {
        self.records += 1;
        self.records
    }

    fn label(&self, key: &str) -> String {
        self.writer.masked(&words::label(key))
    }
}

/// Who tells what.
type Telling<'a> = (Option<Bureau>, &'a [Field]);

/// What several bureaus tell in one field: a list of records that name their bureaus, or a record with one field for
/// each. Records of such a list that name none are nobody's.
fn tellings(value: &Tree) -> Option<Vec<Telling<'_>>> {
    match value {
        Tree::List(told) => {
            let told: Option<Vec<Telling<'_>>> = told
                .iter()
                .map(|one| match one {
                    Tree::Record(fields) => Some((fields.iter().find_map(named_bureau), fields.as_slice())),
                    _ => None,
                })
                .collect();
            told.filter(|told| told.iter().any(|(bureau, _)| bureau.is_some()))
        }
        Tree::Record(told) => told
            .iter()
            .map(|(key, one)| match one {
                Tree::Record(fields) => Some((Some(Bureau::from_code(key)?), fields.as_slice())),
                _ => None,
            })
            .collect::<Option<Vec<Telling<'_>>>>()
            .filter(|told| !told.is_empty()),
        _ => None,
    }
}

fn is_plain(value: &Tree) -> bool {
    !matches!(value, Tree::List(_) | Tree::Record(_))
}

/// Whether a field is a part, or a bureau's whole report.
fn holds_a_part((key, value): &Field) -> bool {
    match value {
        Tree::List(_) => words::part(key).is_some(),
        Tree::Record(_) => words::part(key).is_some() || Bureau::from_code(key).is_some(),
        _ => false,
    }
}

fn named_bureau((key, value): &Field) -> Option<Bureau> {
    match value {
        Tree::Text(name) if words::is_bureau(key) => Bureau::from_code(name),
        _ => None,
    }
}

fn own_part((key, value): &Field) -> Option<Part> {
    match value {
        Tree::Text(kind) => words::part_by_kind(key, kind),
        _ => None,
    }
}

/// Writes the rows of one entry.
struct Rows<'a> {
    writer: &'a Writer<'a>,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn fields(&mut self, fields: &[&Field], path: &str, within: &[String]) {
        let mut fields: Vec<&&Field> = fields.iter().filter(|field| named_bureau(field).is_none()).collect();
        fields.sort_by_cached_key(|(key, _)| words::rank(key));
        for (key, value) in fields {
            self.value(key, value, &self.below(path, key), within);
        }
    }

    fn value(&mut self, key: &str, value: &Tree, path: &str, within: &[String]) {
        let label = self.writer.masked(&words::label(key));
        match value {
            Tree::List(all) if all.iter().all(is_plain) => {
                let said: Vec<String> = all.iter().map(|one| self.plain(key, one)).collect();
                let said = if said.is_empty() { "None listed".to_owned() } else { said.join(", ") };
                self.row(path, label, within, Said::Text(said));
            }
            Tree::List(all) => {
                self.row(path, label.clone(), within, Said::Heading);
                let inner = inside(within, label);
                for (at, one) in all.iter().enumerate() {
                    let place = (at + 1).to_string();
                    self.value(&place, one, &format!("{path}/{place}"), &inner);
                }
            }
            Tree::Record(fields) if fields.is_empty() => {
                self.row(path, label, within, Said::Text("None listed".into()));
            }
            Tree::Record(fields) => {
                self.row(path, label.clone(), within, Said::Heading);
                self.fields(&fields.iter().collect::<Vec<_>>(), path, &inside(within, label));
            }
            plain => {
                let said = self.writer.said(key, plain);
                self.row(path, label, within, said);
            }
        }
    }

    /// What one bureau tells under a key, one record or several.
    fn several(&mut self, key: &str, told: &[&[Field]], path: &str, within: &[String]) {
        let label = self.writer.masked(&words::label(key));
        let path = self.below(path, key);
        self.row(&path, label.clone(), within, Said::Heading);
        let within = inside(within, label);
        for (at, fields) in told.iter().enumerate() {
            let fields: Vec<&Field> = fields.iter().collect();
            if told.len() == 1 {
                self.fields(&fields, &path, &within);
            } else {
                let place = (at + 1).to_string();
                self.row(&format!("{path}/{place}"), place.clone(), &within, Said::Heading);
                self.fields(&fields, &format!("{path}/{place}"), &inside(&within, place));
            }
        }
    }

    /// The path of a field, free of what is hidden like its label.
    fn below(&self, path: &str, key: &str) -> String {
        format!("{path}/{}", self.writer.masked(&words::words(key).join(" ")))
    }

    fn plain(&self, key: &str, value: &Tree) -> String {
        match self.writer.said(key, value) {
            Said::Text(text) => text,
            Said::Heading | Said::Unknown => "unknown".to_owned(),
        }
    }

    fn row(&mut self, path: &str, label: String, within: &[String], said: Said) {
        self.rows.push(Row { path: path.to_owned(), label, within: within.to_vec(), said });
    }
}

fn inside(within: &[String], label: String) -> Vec<String> {
    within.iter().cloned().chain([label]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{account, accounts, record, text};
    use super::*;

    fn lines(document: &Document) -> Vec<String> {
        document
            .entries
            .iter()
            .flat_map(|entry| {
                let by = entry.bureau.map_or(String::new(), |bureau| format!(" by {bureau}"));
                let head = format!("{:?} {} {}{by}", entry.part, entry.title, entry.number);
                let rows = entry.rows.iter().map(|row| match &row.said {
                    Said::Text(text) => format!("  {}: {text}", row.whole_label()),
                    other => format!("  {}: {other:?}", row.whole_label()),
                });
                std::iter::once(head).chain(rows).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn a_plain_report_of_one_bureau_is_read() {
        let content = record([
            ("version", Tree::Number("2".into())),
            ("inquiries", Tree::List(vec![record([("creditor", text("BANK")), ("inquiryDate", text("2024-02-01"))])])),
            ("tradelines", Tree::List(vec![account("FIRST BANK", "****1234", "1200")])),
        ]);
        assert_eq!(
            lines(&read(&content, Some(Bureau::Equifax), None)),
            [
                "Accounts FIRST BANK ****1234 by Equifax",
                "  Account name: FIRST BANK",
                "  Account number: ****1234",
                "  Balance: $1,200.00",
                "Inquiries BANK  by Equifax",
                "  Creditor: BANK",
                "  Inquiry date: 02/01/2024",
                "Report   by Equifax",
                "  Version: 2",
            ]
        );
    }

    #[test]
    fn a_record_that_three_bureaus_tell_is_an_entry_of_each() {
        let told = |bureau: &str, balance: &str| record([("bureau", text(bureau)), ("balance", text(balance))]);
        let content = record([(
            "items",
            Tree::List(vec![record([
                ("kind", text("account")),
                ("account_name", text("FIRST BANK")),
                ("bureaus", Tree::List(vec![told("equifax", "1"), told("TUC", "2"), told("Innovis", "3")])),
            ])]),
        )]);
        let document = read(&content, None, None);
        let by: Vec<_> = document.entries.iter().map(|entry| (entry.bureau, entry.record)).collect();
        assert_eq!(by, [(Some(Bureau::Equifax), 1), (Some(Bureau::TransUnion), 1), (None, 1)]);
        let last = lines(&document).into_iter().rev().take(4).collect::<Vec<_>>();
        assert!(last.contains(&"  Bureau: Innovis".to_owned()), "a bureau nobody knows keeps its name: {last:?}");
    }

    #[test]
    fn bureaus_as_keys_are_read_wherever_they_stand() {
        let content = record([(
            "data",
            record([
                ("experian", accounts(vec![account("A", "1", "1")])),
                (
                    "scores",
                    record([
                        ("equifax", record([("value", text("640"))])),
                        ("transunion", record([("value", text("650"))])),
                    ]),
                ),
            ]),
        )]);
        let document = read(&content, None, None);
        let seen: Vec<_> = document.entries.iter().map(|entry| (entry.part.clone(), entry.bureau)).collect();
        assert_eq!(
            seen,
            [
                (Part::Accounts, Some(Bureau::Experian)),
                (Part::Scores, Some(Bureau::Equifax)),
                (Part::Scores, Some(Bureau::TransUnion))
            ]
        );
    }

    #[test]
    fn what_is_not_known_becomes_a_labelled_tree() {
        let content = record([
            ("alerts", Tree::List(vec![text("Fraud alert"), Tree::Nothing])),
            (
                "odd thing",
                record([
                    ("list", Tree::List(vec![record([("deep", Tree::Truth(false))]), text("flat")])),
                    ("empty", record([])),
                ]),
            ),
            ("tradelines", text("none")),
            ("accounts", Tree::List(vec![text("not a record"), Tree::List(vec![text("a"), text("b")])])),
        ]);
        assert_eq!(
            lines(&read(&content, None, None)),
            [
                "Accounts  ",
                "  Listed: a, b",
                "Accounts  ",
                "  Listed: not a record",
                "Other(\"Alerts\")  ",
                "  Alerts: Fraud alert, unknown",
                "Other(\"Odd thing\")  ",
                "  List: Heading",
                "  List › 1: Heading",
                "  List › 1 › Deep: No",
                "  List › 2: flat",
                "  Empty: None listed",
                "Report  ",
                "  Tradelines: none",
            ]
        );
    }

    #[test]
    fn contents_of_no_shape_at_all_are_read() {
        for content in [Tree::Nothing, Tree::Truth(true), text("<script>"), Tree::List(vec![]), record([])] {
            let document = read(&content, None, None);
            assert!(document.entries.iter().all(|entry| !entry.rows.is_empty()), "{content:?}");
        }
    }

    #[test]
    fn deep_and_long_contents_are_read_whole() {
        let mut deep = text("bottom");
        for _ in 0..200 {
            deep = record([("in", deep)]);
        }
        let document = read(&deep, None, None);
        let last = document.entries.last().and_then(|entry| entry.rows.last()).unwrap();
        assert_eq!((last.value(), last.within.len()), (Some("bottom"), 198));
        let many = (0..10_000).map(|n| account(&format!("BANK {n}"), &n.to_string(), "5")).collect();
        assert_eq!(read(&accounts(many), None, None).entries.len(), 10_000);
    }

    #[test]
    fn the_clients_own_number_is_hidden_in_every_label_and_value() {
        let ssn = Ssn::parse("900654321").unwrap();
        let content = record([
            ("900654321", text("x")),
            ("900-65-4321", record([("note", text("900654321"))])),
            ("accounts", Tree::List(vec![account("900654321", "900-65-4321", "900654321")])),
        ]);
        let document = format!("{:?}", read(&content, None, Some(&ssn)));
        for whole in ["900654321", "900-65-4321", "900 65 4321"] {
            assert!(!document.contains(whole), "{document}");
        }
    }
}
