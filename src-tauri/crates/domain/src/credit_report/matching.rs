//! Which entries are the same thing.
//!
//! In one content: what one record of it holds is one thing, whoever tells it. Between contents: entries of the same part
//! with the same name (letters and digits alone, in any case) and the same mark. The mark is
//! - for an account the last four letters or digits that its number shows, else the ones it begins with, since each bureau
//!   hides others;
//! - for an inquiry its day, because the same company may ask again.
//!
//! What is left over is the same thing when, on both sides, it is the only one left of that name and the marks do not
//! contradict each other: one is missing, or one shows the end and the other the beginning.

use super::document::{Entry, Part, Row};
use super::words;
use std::collections::{HashMap, HashSet, VecDeque};

/// What tells entries of one name apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    None,
    End(String),
    Beginning(String),
    Day(String),
}

impl Mark {
    pub(super) fn contradicts(&self, other: &Mark) -> bool {
        match (self, other) {
            (Mark::End(one), Mark::End(other)) | (Mark::Day(one), Mark::Day(other)) => one != other,
            (Mark::Beginning(one), Mark::Beginning(other)) => !one.starts_with(other) && !other.starts_with(one),
            _ => false,
        }
    }
}

/// What entries that are the same thing have in common, but for the mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    part: Part,
    name: String,
}

pub(super) fn name(entry: &Entry) -> Name {
    let name = entry.title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    Name { part: entry.part.clone(), name }
}

pub(super) fn mark(entry: &Entry) -> Mark {
    if entry.part == Part::Inquiries {
        let day = entry.rows.iter().find(|row| is_day(row)).and_then(Row::value);
        return day.map_or(Mark::None, |day| Mark::Day(day.to_owned()));
    }
    let shown: Vec<char> = entry.number.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '.')).collect();
    let end: Vec<char> = shown.iter().rev().copied().take_while(|c| is_shown(*c)).collect();
    let beginning: String = shown.iter().copied().take_while(|c| is_shown(*c)).collect();
    if end.len() >= 2 {
        Mark::End(end.into_iter().take(4).rev().flat_map(char::to_uppercase).collect())
    } else if beginning.chars().count() >= 2 {
        Mark::Beginning(beginning.to_uppercase())
    } else {
        Mark::None
    }
}

fn is_shown(letter: char) -> bool {
    letter.is_alphanumeric() && !matches!(letter, 'x' | 'X')
}

fn is_day(row: &Row) -> bool {
    row.within.is_empty() && row.value().is_some() && words::is_day(&words::words(&row.label))
}

/// Pairs what is on both sides, each entry once: places in `before` and in `after`, in the order of `after`.
pub(super) fn pairs(before: &[&Entry], after: &[&Entry]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut alike: HashMap<(Name, Mark), Sides> = HashMap::new();
    for (place, entry) in before.iter().enumerate() {
        alike.entry((name(entry), mark(entry))).or_default().before.push(place);
    }
    for (place, entry) in after.iter().enumerate() {
        alike.entry((name(entry), mark(entry))).or_default().after.push(place);
    }
    let mut rest: HashMap<Name, Sides> = HashMap::new();
    for ((name, _), mut sides) in alike {
        // Of several alike, first those that say the same; then as they come.
        if sides.before.len() > 1 || sides.after.len() > 1 {
            sides.pair_equal(before, after, &mut found);
        }
        let both = sides.before.len().min(sides.after.len());
        found.extend(sides.before.drain(..both).zip(sides.after.drain(..both)));
        let rest = rest.entry(name).or_default();
        rest.before.append(&mut sides.before);
        rest.after.append(&mut sides.after);
    }
    for sides in rest.into_values() {
        if let ([ours], [theirs]) = (sides.before.as_slice(), sides.after.as_slice())
            && let (Some(one), Some(other)) = (before.get(*ours), after.get(*theirs))
            && !mark(one).contradicts(&mark(other))
        {
            found.push((*ours, *theirs));
        }
    }
    found.sort_unstable_by_key(|(_, after)| *after);
    found
}

/// Places of entries that are alike.
#[derive(Default)]
struct Sides {
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Sides {
    fn pair_equal(&mut self, before: &[&Entry], after: &[&Entry], found: &mut Vec<(usize, usize)>) {
        let mut saying: HashMap<&[Row], VecDeque<usize>> = HashMap::new();
        for place in &self.before {
            if let Some(entry) = before.get(*place) {
                saying.entry(&entry.rows).or_default().push_back(*place);
            }
        }
        let mut paired = HashSet::new();
        self.after.retain(|place| {
            let rows = after.get(*place).map_or(&[][..], |entry| entry.rows.as_slice());
            let Some(ours) = saying.get_mut(rows).and_then(VecDeque::pop_front) else { return true };
            paired.insert(ours);
            found.push((ours, *place));
            false
        });
        self.before.retain(|place| !paired.contains(place));
    }
}

#[cfg(test)]
mod tests {
    use super::super::made_up::{account, accounts, record, text};
    use super::super::{Tree, read};
    use super::*;

    fn paired(before: Vec<Tree>, after: Vec<Tree>) -> Vec<(usize, usize)> {
        let (before, after) = (read(&accounts(before), None, None), read(&accounts(after), None, None));
        pairs(&before.entries.iter().collect::<Vec<_>>(), &after.entries.iter().collect::<Vec<_>>())
    }

    #[test]
    fn accounts_are_the_same_by_name_and_the_end_of_the_number() {
        let before = vec![account("First Bank, N.A.", "xxxx-1234", "1"), account("First Bank NA", "xxxx-9999", "2")];
        let after = vec![account("FIRST BANK NA", "************9999", "0"), account("FIRST BANK NA", "1234", "0")];
        assert_eq!(paired(before, after), [(1, 0), (0, 1)]);
    }

    #[test]
    fn bureaus_that_hide_other_digits_are_the_same_when_nothing_contradicts() {
        let one = |number: &str| vec![account("FIRST BANK", number, "1")];
        assert_eq!(paired(one("412345XXXX"), one("****1234")), [(0, 0)]);
        assert_eq!(paired(one("412345XXXX"), one("4123****")), [(0, 0)]);
        assert_eq!(paired(one(""), one("****1234")), [(0, 0)]);
        assert_eq!(paired(one("****9999"), one("****1234")), []);
        assert_eq!(paired(one("412345XXXX"), one("500000XXXX")), []);
        let two = vec![account("FIRST BANK", "412345XXXX", "1"), account("FIRST BANK", "412399XXXX", "1")];
        assert_eq!(paired(two, one("****1234")), [], "it could be either");
    }

    #[test]
    fn an_inquiry_of_another_day_is_another_inquiry() {
        let on = |day: &str| record([("kind", text("inquiry")), ("creditor", text("BANK")), ("date", text(day))]);
        assert_eq!(paired(vec![on("2024-01-01")], vec![on("2024-02-01")]), []);
        assert_eq!(paired(vec![on("2024-01-01")], vec![on("2024-02-01"), on("2024-01-01")]), [(0, 1)]);
    }

    #[test]
    fn of_several_alike_those_that_say_the_same_find_each_other() {
        let twin = |balance: &str| account("BANK", "1234", balance);
        assert_eq!(paired(vec![twin("1"), twin("2")], vec![twin("2"), twin("7")]), [(1, 0), (0, 1)]);
    }

    #[test]
    fn ten_thousand_alike_are_paired_in_a_moment() {
        let many = || (0..10_000).map(|n| account("BANK", "", &n.to_string())).collect::<Vec<_>>();
        assert_eq!(paired(many(), many().into_iter().rev().collect()).len(), 10_000);
    }
}
