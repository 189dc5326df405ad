//! Social Security numbers: kept as text with their leading zeros, never printed whole by accident.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// Nine digits. `Debug` shows the last four only; memory is wiped on drop.
#[derive(Clone)]
pub struct Ssn(SecretString);

/// Why a text is not a Social Security number. Never carries the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a Social Security number has nine digits; this has {digits}")]
pub struct SsnError {
    /// How many digits were found.
    pub digits: usize,
}

impl Ssn {
    /// Reads `123-45-6789`, `123456789`, or a number that lost its leading zeros on the way (the server types the
    /// field as an integer, oddity 37): short numbers are padded on the left.
    ///
    /// # Errors
    /// When there are no digits, or more than nine.
    pub fn parse(text: &str) -> Result<Self, SsnError> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() || digits.len() > 9 {
            return Err(SsnError { digits: digits.len() });
        }
        Ok(Self(SecretString::from(format!("{digits:0>9}"))))
    }

    /// The last four digits: what a screen and a letter show by default.
    #[must_use]
    pub fn last_four(&self) -> String {
        self.0.expose_secret().chars().skip(5).collect()
    }

    /// All nine digits. The only way to them, so that a search for its callers finds every exposure.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Ssn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ssn(•••-••-{})", self.last_four())
    }
}

impl PartialEq for Ssn {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Ssn {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_survive_numbers() {
        assert_eq!(Ssn::parse("1234567").unwrap().expose(), "001234567");
        assert_eq!(Ssn::parse("001-23-4567").unwrap(), Ssn::parse("1234567").unwrap());
    }

    #[test]
    fn debug_output_shows_the_last_four_only() {
        let shown = format!("{:?}", Ssn::parse("123-45-6789").unwrap());
        assert!(shown.contains("6789") && !shown.contains("123"), "{shown}");
    }

    #[test]
    fn wrong_lengths_are_refused_without_repeating_them() {
        let error = Ssn::parse("12345678901").unwrap_err();
        assert!(!error.to_string().contains("12345678901"));
        assert!(Ssn::parse("none").is_err());
    }
}
