//! Blocks of a name and address, and what may not stand in one that an envelope shows.

use domain::PostalAddress;

/// Lines of a name and address, as they stand on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressBlock {
    /// From top to bottom. Empty ones are skipped.
    pub lines: Vec<String>,
}

impl AddressBlock {
    /// A name over a postal address.
    #[must_use]
    pub fn postal(name: &str, address: &PostalAddress) -> Self {
        Self { lines: std::iter::once(name.trim().to_owned()).chain(address.lines()).collect() }
    }

    pub(crate) fn printed(&self) -> Vec<&str> {
        self.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect()
    }

    /// The first line, from 1, that looks like a Social Security number or a birth date.
    pub(crate) fn private_line(&self) -> Option<usize> {
        self.printed().iter().position(|line| is_private(line)).map(|at| at + 1)
    }
}

/// Whether a line holds digits grouped 3-2-4, a date, or says that it is about one of them.
fn is_private(line: &str) -> bool {
    let says = line
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["ssn", "dob", "birth", "born"].iter().any(|private| word.eq_ignore_ascii_case(private)));
    let words = || line.split_whitespace().map(|word| word.trim_end_matches([',', '.', ';']));
    let has = |groups: &[&str], lengths: [std::ops::RangeInclusive<usize>; 3]| {
        groups.windows(3).any(|window| window.iter().zip(&lengths).all(|(group, length)| length.contains(&group.len())))
    };
    let numbers: Vec<&str> = words().flat_map(|word| digit_groups(word, '-')).collect();
    says || has(&numbers, [3..=3, 2..=2, 4..=4])
        || words().any(|word| has(&digit_groups(word, '/'), [1..=2, 1..=2, 2..=4]))
}

/// The digits in a word of nothing but digits and separators; a word of other things has none.
fn digit_groups(word: &str, separator: char) -> Vec<&str> {
    let is_number = word.chars().all(|c| c.is_ascii_digit() || c == separator);
    if is_number { word.split(separator).filter(|group| !group.is_empty()).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_numbers_are_recognised_and_addresses_are_not() {
        for line in
            ["123-45-6789", "SSN 6789", "D.O.B. 01/02/1980", "Date of birth: June 1", "born 1980", "123 - 45 - 6789"]
        {
            assert!(is_private(line), "{line}");
        }
        for line in
            ["P.O. Box 740256", "Atlanta, GA 30374-0256", "120-45 Queens Blvd", "12/14 Elm Street", "Apt 3/4 Unit 1998"]
        {
            assert!(!is_private(line), "{line}");
        }
    }
}
