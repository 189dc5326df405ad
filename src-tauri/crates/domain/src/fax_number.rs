//! Fax and telephone numbers of the North American plan.

use std::fmt;

/// A number of the North American Numbering Plan: ten digits, area code first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaxNumber(String);

/// Why a text is no number that can be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaxNumberError {
    /// Too few or too many digits.
    #[error("a number has ten digits, with or without +1 before them; this has {0}")]
    Digits(usize),
    /// Not of the plan.
    #[error("the area code and the three digits after it cannot begin with 0 or 1")]
    Plan,
    /// Letters or signs that are no part of a number.
    #[error("a number has digits, spaces, dots, dashes and parentheses only")]
    Signs,
}

impl FaxNumber {
    /// Reads a number as offices write it: `(888) 555-0100`, `+1 888.555.0100`, `1-888-555-0100`.
    ///
    /// # Errors
    /// [`FaxNumberError`].
    pub fn parse(text: &str) -> Result<Self, FaxNumberError> {
        let trimmed = text.trim();
        let number = trimmed.strip_prefix('+').unwrap_or(trimmed);
        if number
            .chars()
            .any(|c| !(c.is_ascii_digit() || c.is_whitespace() || "().-\u{2010}\u{2011}\u{2013}".contains(c)))
        {
            return Err(FaxNumberError::Signs);
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let national = match digits.strip_prefix('1') {
            Some(rest) if rest.len() == 10 => rest,
            _ => &digits,
        };
        if national.len() != 10 {
            return Err(FaxNumberError::Digits(digits.len()));
        }
        let begins = |place| national.chars().nth(place).is_some_and(|digit| matches!(digit, '0' | '1'));
        if begins(0) || begins(3) {
            return Err(FaxNumberError::Plan);
        }
        Ok(Self(national.to_owned()))
    }

    /// Ten digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// `+18885550100`.
    #[must_use]
    pub fn e164(&self) -> String {
        format!("+1{}", self.0)
    }
}

/// `(888) 555-0100`.
impl fmt::Display for FaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |from: usize, length: usize| self.0.chars().skip(from).take(length).collect::<String>();
        write!(f, "({}) {}-{}", part(0, 3), part(3, 3), part(6, 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_an_office_writes_a_number_is_the_same_number() {
        for text in
            ["8885550100", "(888) 555-0100", "+1 888.555.0100", "1-888-555-0100", " 888\u{2013}555\u{2013}0100 "]
        {
            let number = FaxNumber::parse(text).unwrap();
            assert_eq!((number.digits(), number.e164().as_str()), ("8885550100", "+18885550100"), "{text}");
            assert_eq!(number.to_string(), "(888) 555-0100");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused_with_its_reason() {
        for (text, error) in [
            ("", FaxNumberError::Digits(0)),
            ("555-0100", FaxNumberError::Digits(7)),
            ("28885550100", FaxNumberError::Digits(11)),
            ("188855501000", FaxNumberError::Digits(12)),
            ("0885550100", FaxNumberError::Plan),
            ("8881550100", FaxNumberError::Plan),
            ("888-555-0100 ext 3", FaxNumberError::Signs),
            ("888#5550100", FaxNumberError::Signs),
        ] {
            assert_eq!(FaxNumber::parse(text), Err(error), "{text}");
        }
    }
}
