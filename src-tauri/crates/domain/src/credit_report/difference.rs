//! What changed from one report to the next.

use super::document::{Document, Entry, Row, Said};
use super::matching::pairs;
use crate::Bureau;
use std::collections::{BTreeSet, HashMap};

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the later report has it.
    Added,
    /// Only the earlier report has it.
    Removed,
    /// Both have it and say different things.
    Changed,
}

/// What two reports do not have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// By part, in the order of the later report; what is gone comes behind.
    pub entries: Vec<ChangedEntry>,
    /// Entries that are in both and say the same.
    pub unchanged: usize,
}

/// An entry that is not in both reports as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedEntry {
    /// The later report's entry, of a removed one the earlier's.
    pub entry: Entry,
    /// What became of it.
    pub change: Change,
    /// The rows that differ; all rows of an entry that was added or removed.
    pub rows: Vec<ChangedRow>,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    /// The label, with those of the headings above it.
    pub label: String,
    /// What the earlier report says; `None` when nothing.
    pub before: Option<String>,
    /// What the later report says; `None` when nothing.
    pub after: Option<String>,
}

/// Compares two reports field by field, for the given bureaus and for what no bureau tells alone.
#[must_use]
pub fn difference(before: &Document, after: &Document, bureaus: &BTreeSet<Bureau>) -> Difference {
    let mut found = Difference::default();
    let tellers = bureaus.iter().copied().map(Some).chain([None]);
    for teller in tellers {
        let of = |document: &'_ Document| -> Vec<usize> {
            let mine = document.entries.iter().enumerate().filter(|(_, entry)| entry.bureau == teller);
            mine.map(|(place, _)| place).collect()
        };
        let (ours, theirs) = (of(before), of(after));
        let old: Vec<&Entry> = ours.iter().filter_map(|place| before.entries.get(*place)).collect();
        let new: Vec<&Entry> = theirs.iter().filter_map(|place| after.entries.get(*place)).collect();
        let pairs = pairs(&old, &new);
        let partner: HashMap<usize, usize> = pairs.iter().map(|(ours, theirs)| (*theirs, *ours)).collect();
        let kept: BTreeSet<usize> = pairs.iter().map(|(ours, _)| *ours).collect();
        for (place, entry) in new.iter().enumerate() {
            match partner.get(&place).and_then(|ours| old.get(*ours)) {
                Some(was) => {
                    let rows = changed_rows(&was.rows, &entry.rows);
                    if rows.is_empty() {
                        found.unchanged += 1;
                    } else {
                        found.push(entry, Change::Changed, rows);
                    }
                }
                None => found.push(entry, Change::Added, changed_rows(&[], &entry.rows)),
            }
        }
        for (_, entry) in old.iter().enumerate().filter(|(place, _)| !kept.contains(place)) {
            found.push(entry, Change::Removed, changed_rows(&entry.rows, &[]));
        }
    }
    found.entries.sort_by(|one, other| one.entry.part.cmp(&other.entry.part));
    found
}

impl Difference {
    fn push(&mut self, entry: &Entry, change: Change, rows: Vec<ChangedRow>) {
        self.entries.push(ChangedEntry { entry: entry.clone(), change, rows });
    }
}

/// Rows that differ, in the later's order; those that are gone come last. A value that nobody tells is no value.
fn changed_rows(before: &[Row], after: &[Row]) -> Vec<ChangedRow> {
    // The same path may come twice: a key can differ by its style alone.
    let mut known: HashMap<&str, Vec<(usize, &Row)>> = HashMap::new();
    for (place, row) in before.iter().enumerate().rev() {
        known.entry(&row.path).or_default().push((place, row));
    }
    let mut met = BTreeSet::new();
    let mut rows = Vec::new();
    let mut compare = |was: Option<&Row>, is: Option<&Row>| {
        let (old, new) = (was.and_then(Row::value), is.and_then(Row::value));
        if let Some(row) = is.or(was).filter(|_| old != new) {
            let text = |value: Option<&str>| value.map(str::to_owned);
            rows.push(ChangedRow { label: row.whole_label(), before: text(old), after: text(new) });
        }
    };
    for row in after.iter().filter(|row| row.said != Said::Heading) {
        let was = known.get_mut(row.path.as_str()).and_then(Vec::pop);
        met.extend(was.map(|(place, _)| place));
        compare(was.map(|(_, row)| row), Some(row));
    }
    for (_, row) in before.iter().enumerate().filter(|(place, _)| !met.contains(place)) {
        compare(Some(row), None);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{account, accounts, record, text};
    use super::super::{Part, Tree, read};
    use super::*;

    fn compared(before: &Tree, after: &Tree) -> Vec<String> {
        let one = Bureau::Equifax;
        let (before, after) = (read(before, Some(one), None), read(after, Some(one), None));
        difference(&before, &after, &BTreeSet::from([one]))
            .entries
            .into_iter()
            .flat_map(|changed| {
                let head = format!("{:?} {}", changed.change, changed.entry.title);
                let rows = changed.rows.into_iter().map(|row| {
                    let said = |value: Option<String>| value.unwrap_or_else(|| "nothing".into());
                    format!("  {}: {} -> {}", row.label, said(row.before), said(row.after))
                });
                std::iter::once(head).chain(rows).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn what_was_added_removed_and_changed_is_told_field_by_field() {
        let before = accounts(vec![
            account("FIRST", "1111", "1200"),
            account("GONE", "2222", "50"),
            account("SAME", "3333", "7"),
        ]);
        let after =
            accounts(vec![account("SAME", "3333", "7.00"), account("NEW", "4444", "9"), account("FIRST", "1111", "0")]);
        assert_eq!(
            compared(&before, &after),
            [
                "Added NEW",
                "  Account name: nothing -> NEW",
                "  Account number: nothing -> 4444",
                "  Balance: nothing -> $9.00",
                "Changed FIRST",
                "  Balance: $1,200.00 -> $0.00",
                "Removed GONE",
                "  Account name: GONE -> nothing",
                "  Account number: 2222 -> nothing",
                "  Balance: $50.00 -> nothing",
            ]
        );
    }

    #[test]
    fn fields_that_came_went_or_changed_their_type_are_told_wherever_they_stand() {
        let of = |inner: Tree| accounts(vec![record([("name", text("A")), ("payments", inner)])]);
        let before = of(record([("2024", record([("jan", text("OK")), ("feb", text("30"))]))]));
        let after = of(record([("2024", record([("jan", text("OK")), ("mar", text("60"))])), ("note", Tree::Nothing)]));
        assert_eq!(
            compared(&before, &after),
            ["Changed A", "  Payments › 2024 › Mar: nothing -> 60", "  Payments › 2024 › Feb: 30 -> nothing"]
        );
        assert_eq!(
            compared(&before, &of(text("none"))),
            [
                "Changed A",
                "  Payments: nothing -> none",
                "  Payments › 2024 › Jan: OK -> nothing",
                "  Payments › 2024 › Feb: 30 -> nothing"
            ]
        );
    }

    #[test]
    fn only_the_wanted_bureaus_are_compared() {
        let content = |balance: &str| {
            record([("equifax", accounts(vec![account("A", "1111", balance)])), ("experian", accounts(vec![]))])
        };
        let (before, after) = (read(&content("1"), None, None), read(&content("2"), None, None));
        let of = |bureau| difference(&before, &after, &BTreeSet::from([bureau]));
        assert_eq!(of(Bureau::Equifax).entries.len(), 1);
        assert_eq!(of(Bureau::Experian).entries, []);
    }

    #[test]
    fn the_same_report_has_no_difference_at_any_length() {
        let many: Vec<Tree> = (0..10_000).map(|n| account("BANK", &format!("{n:06}"), "1")).collect();
        let document = read(&accounts(many), Some(Bureau::Equifax), None);
        let found = difference(&document, &document, &document.bureaus());
        assert_eq!((found.entries.len(), found.unchanged), (0, 10_000));
        assert_eq!(document.entries[0].part, Part::Accounts);
    }
}
