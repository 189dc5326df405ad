//! Exact dollar amounts.

use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::str::FromStr;

/// An exact amount in US dollars. Never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(Decimal);

/// Text that is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money: {0:?}")]
pub struct MoneyError(pub String);

impl Money {
    /// Zero dollars.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// An amount of whole cents.
    #[must_use]
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// The amount in cents, rounded half away from zero; `None` past the range of `i64`.
    #[must_use]
    pub fn cents(self) -> Option<i64> {
        let cents = self.0.checked_mul(Decimal::ONE_HUNDRED)?;
        i64::try_from(cents.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).mantissa()).ok()
    }

    /// The exact amount as plain digits, e.g. `1234.5`: what is stored and sent.
    #[must_use]
    pub fn to_plain(self) -> String {
        self.0.to_string()
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads `1234.5`, `1,234.50`, `$1,234.50`, `-12` and `(12.00)` (an accountant's negative).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || MoneyError(text.to_owned());
        let trimmed = text.trim();
        let (body, negative) = match trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => (inner, true),
            None => (trimmed, false),
        };
        let digits: String = body.chars().filter(|c| !matches!(c, '$' | ',' | ' ')).collect();
        let amount = Decimal::from_str(&digits).map_err(|_| bad())?;
        Ok(Self(if negative { -amount } else { amount }))
    }
}

impl fmt::Display for Money {
    /// As a US office writes it: `$1,234.50`, `-$12.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{:.2}", rounded.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
        write!(f, "{sign}${grouped}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_print_as_an_office_writes_them() {
        for (text, shown) in [
            ("0", "$0.00"),
            ("1234.5", "$1,234.50"),
            ("$1,234,567.005", "$1,234,567.01"),
            ("-12", "-$12.00"),
            ("(12.00)", "-$12.00"),
            ("-0.001", "$0.00"),
            (" 999 ", "$999.00"),
        ] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn text_that_is_not_an_amount_is_refused() {
        for text in ["", "n/a", "12.3.4", "1e400"] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }

    #[test]
    fn cents_are_exact() {
        assert_eq!("19.99".parse::<Money>().unwrap().cents(), Some(1999));
        assert_eq!(Money::from_cents(-5).to_plain(), "-0.05");
    }
}
