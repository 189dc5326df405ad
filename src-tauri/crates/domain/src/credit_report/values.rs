//! Values as a US office writes them, with Social Security numbers down to their last four digits.

use super::words;
use super::{Said, Tree};
use crate::{Money, Ssn};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// What may be shown of a value.
pub(super) struct Writer<'a> {
    /// The client's own number, which is hidden wherever it stands.
    pub(super) ssn: Option<&'a Ssn>,
}

impl Writer<'_> {
    /// What a plain value under a key says; lists and records are their rows' to say.
    pub(super) fn said(&self, key: &str, value: &Tree) -> Said {
        let words = words::words(key);
        let text = match value {
            Tree::Nothing => return Said::Unknown,
            Tree::List(_) | Tree::Record(_) => return Said::Heading,
            Tree::Truth(truth) => (if *truth { "Yes" } else { "No" }).to_owned(),
            Tree::Number(text) | Tree::Text(text) if text.trim().is_empty() => return Said::Unknown,
            Tree::Number(text) | Tree::Text(text) if words::is_ssn(&words) => last_four(text),
            Tree::Number(text) => amount(&words, text).or_else(|| day(&words, text)).unwrap_or_else(|| text.clone()),
            Tree::Text(text) => {
                day(&words, text).or_else(|| amount(&words, text)).unwrap_or_else(|| text.trim().to_owned())
            }
        };
        Said::Text(self.masked(&text))
    }

    /// Text with what looks like a Social Security number hidden, and the client's own wherever it stands; without
    /// characters that are no text.
    pub(super) fn masked(&self, text: &str) -> String {
        let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        let letters: Vec<char> = text.chars().collect();
        let own: Option<Vec<char>> = self.ssn.map(|ssn| ssn.expose().chars().collect());
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let begins = letter.is_ascii_digit() && !before(&letters, at).is_some_and(|c| c.is_ascii_digit());
            match begins.then(|| number(&letters, at)).flatten() {
                Some((digits, end, parted)) if parted || own.as_ref() == Some(&digits) => {
                    out.push_str(HIDDEN);
                    out.extend(digits.iter().skip(5));
                    at = end;
                }
                _ => {
                    out.push(*letter);
                    at += 1;
                }
            }
        }
        out
    }
}

const HIDDEN: &str = "•••-••-";

fn before(letters: &[char], at: usize) -> Option<char> {
    letters.get(at.checked_sub(1)?).copied()
}

/// Nine digits from here, where they end, and whether they are parted as 3-2-4; `None` when more or fewer stand here.
fn number(letters: &[char], start: usize) -> Option<(Vec<char>, usize, bool)> {
    let mut digits = Vec::with_capacity(9);
    let mut parts = 0;
    let mut at = start;
    while digits.len() < 9 {
        let letter = *letters.get(at)?;
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else if matches!(letter, '-' | ' ' | '.' | '–')
            && matches!(digits.len(), 3 | 5)
            && before(letters, at)?.is_ascii_digit()
        {
            parts += 1;
        } else {
            return None;
        }
        at += 1;
    }
    let ends = !letters.get(at).is_some_and(char::is_ascii_digit);
    ends.then_some((digits, at, parts == 2))
}

/// The last four of what a field calls a Social Security number. A number that lost its leading zeros keeps its place.
fn last_four(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return text.trim().to_owned();
    }
    let last: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
    format!("{HIDDEN}{last:0>4}")
}

fn amount(words: &[String], text: &str) -> Option<String> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '$' | '-' | '(' | ')' | ' '));
    let money: Money = (is_plain && words::is_money(words)).then(|| text.parse().ok()).flatten()?;
    Some(money.to_string())
}

/// A day or a moment, `2024-03-05` as `03/05/2024`. A moment has a time zone, and it is named.
fn day(words: &[String], text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 10
        && let Ok(date) = text.parse::<Date>()
    {
        return Some(written(date));
    }
    if text.len() == 8 && text.chars().all(|c| c.is_ascii_digit()) && words::is_day(words) {
        return civil::Date::strptime("%Y%m%d", text).ok().map(written);
    }
    if text.len() == 7 && words::is_day(words) {
        let date = civil::Date::strptime("%Y-%m-%d", format!("{text}-01")).ok()?;
        return Some(date.strftime("%m/%Y").to_string());
    }
    if text.len() > 10 && text.contains('T') {
        let moment = TimeZone::UTC.to_datetime(text.parse::<Timestamp>().ok()?);
        let time = moment.strftime("%-I:%M %p");
        return Some(format!("{}, {time} UTC", written(moment.date())));
    }
    None
}

fn written(date: Date) -> String {
    date.strftime("%m/%d/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::made_up::text;
    use super::*;

    fn shown(key: &str, value: &Tree) -> String {
        let ssn = Ssn::parse("900654321").unwrap();
        match (Writer { ssn: Some(&ssn) }).said(key, value) {
            Said::Text(text) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn amounts_and_days_are_written_as_in_an_office() {
        let number = |n: &str| Tree::Number(n.into());
        for (key, value, wanted) in [
            ("balance", text("1200.5"), "$1,200.50"),
            ("pastDueAmount", number("1234567"), "$1,234,567.00"),
            ("credit_limit", text("n/a"), "n/a"),
            ("late_count_30_days", number("3"), "3"),
            ("opened_date", text("2019-02-28"), "02/28/2019"),
            ("opened", text("2019-02"), "02/2019"),
            ("date_opened", text("20190228"), "02/28/2019"),
            ("anything", text("2024-03-05T14:07:09Z"), "03/05/2024, 2:07 PM UTC"),
            ("opened_date", text("sometime in March"), "sometime in March"),
            ("balance", text("2024-03-05"), "03/05/2024"),
            ("is_disputed", Tree::Truth(true), "Yes"),
            ("remarks", text("<b>bold</b>"), "<b>bold</b>"),
            ("remarks", text("two\u{7}lines\nhere"), "two lines\nhere"),
            ("remarks", text(""), "Unknown"),
            ("remarks", Tree::Nothing, "Unknown"),
        ] {
            assert_eq!(shown(key, &value), wanted, "{key}");
        }
    }

    #[test]
    fn no_social_security_number_is_shown_whole() {
        for (key, value, wanted) in [
            ("ssn", "123-45-6789", "•••-••-6789"),
            ("socialSecurityNumber", "123456789", "•••-••-6789"),
            ("ssn_last_four", "42", "•••-••-0042"),
            ("SSN", "XXX-XX-XXXX", "XXX-XX-XXXX"),
            ("remarks", "Reported as 123-45-6789 and 123 45 6789.", "Reported as •••-••-6789 and •••-••-6789."),
            ("remarks", "own 900654321, other 123456780", "own •••-••-4321, other 123456780"),
            ("account_number", "9006543210", "9006543210"),
            ("account_number", "900654321", "•••-••-4321"),
            ("phone", "302-555-0134", "302-555-0134"),
        ] {
            assert_eq!(shown(key, &text(value)), wanted, "{key}");
        }
    }
}
