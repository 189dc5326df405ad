//! Looks for Social Security numbers in what a letter shows.
//!
//! A number is suspicious when it is written in groups of three, two and four digits; nine digits in a row are when
//! they are the client's. Whatever parts the client's own digits, they are found.

use crate::finding::{Exposure, Finding};
use domain::Ssn;
use std::collections::BTreeSet;

/// Watches over a letter's text.
pub(crate) struct Watch<'a> {
    own: Option<&'a Ssn>,
    pub(crate) found: BTreeSet<Finding>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(own: Option<&'a Ssn>) -> Self {
        Self { own, found: BTreeSet::new() }
    }

    pub(crate) fn look(&mut self, text: &str, place: Exposure) {
        // Most text holds fewer digits than the number has.
        if text.bytes().filter(u8::is_ascii_digit).take(9).count() < 9 && text.is_ascii() {
            return;
        }
        if self.own.is_some_and(|own| digits(text).contains(own.expose())) {
            self.found.insert(Finding::SocialSecurityNumber { place, own: true });
        } else if is_suspicious(text) {
            self.found.insert(Finding::SocialSecurityNumber { place, own: false });
        }
    }
}

/// Whether a text shows a client's whole number, however it is written.
#[must_use]
pub fn shows_ssn(text: &str, own: &Ssn) -> bool {
    let mut watch = Watch::new(Some(own));
    watch.look(text, Exposure::Text);
    watch.found.contains(&Finding::SocialSecurityNumber { place: Exposure::Text, own: true })
}

fn digit(c: char) -> Option<char> {
    // Full-width digits are digits to a reader.
    c.to_digit(10)
        .or_else(|| (c as u32).checked_sub(0xFF10).filter(|digit| *digit < 10))
        .and_then(|digit| char::from_digit(digit, 10))
}

fn parts(c: char) -> bool {
    matches!(
        c,
        ' ' | '-' | '.' | '/' | '_' | '\u{A0}' | '\u{AD}' | '\u{2007}' | '\u{2009}'
            ..='\u{2015}' | '\u{202F}' | '\u{2212}'
    )
}

/// The text's digits with nothing between those that only separators, lines or cells part.
fn digits(text: &str) -> String {
    text.chars().filter(|c| !parts(*c) && !matches!(c, '\t' | '\n')).map(|c| digit(c).unwrap_or(c)).collect()
}

/// Whether digits stand in groups of three, two and four, parted by one separator or by one with spaces around it.
fn is_suspicious(text: &str) -> bool {
    let (mut groups, mut run, mut gap) = ([0_usize; 3], 0_usize, 0_usize);
    let mut characters = text.chars().chain(std::iter::once('\n'));
    loop {
        let Some(c) = characters.next() else { return false };
        if digit(c).is_some() {
            if run == 0 && gap > 3 {
                groups = [0; 3];
            }
            (run, gap) = (run + 1, 0);
            continue;
        }
        if run > 0 {
            let [_, second, third] = groups;
            groups = [second, third, run];
            if groups == [3, 2, 4] {
                return true;
            }
            run = 0;
        }
        gap = if parts(c) { gap + 1 } else { usize::from(u8::MAX) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<bool>) {
        let ssn = Ssn::parse("123-45-6789").unwrap();
        let mut watch = Watch::new(Some(&ssn));
        watch.look(text, Exposure::Text);
        let finding = |own| Finding::SocialSecurityNumber { place: Exposure::Text, own };
        assert_eq!(watch.found.into_iter().next(), expected.map(finding), "{text}");
    }

    #[test]
    fn the_clients_number_is_found_in_any_spelling() {
        for text in [
            "123-45-6789",
            "SSN 123 45 6789.",
            "No. 123456789",
            "123–45–6789",
            "1 2 3 4 5 6 7 8 9",
            "１２３-４５-６７８９",
            "123.45.6789",
        ] {
            check(text, Some(true));
        }
    }

    #[test]
    fn a_foreign_number_is_found_where_it_is_written_like_one() {
        check("987-65-4321", Some(false));
        check("(987 65 4321)", Some(false));
        check("987 - 65 - 4321", Some(false));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "987654321",
            "Atlanta, GA 30374-0256",
            "404-555-0100",
            "****6789",
            "1234-45-6789",
            "03/05/2024",
            "account 123 balance 45 opened 6789",
        ] {
            check(text, None);
        }
    }
}
