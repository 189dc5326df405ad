//! What one field may hold, and Laravel's words when it holds something else.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde_json::Value;

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// An e-mail address of at most 255 characters.
    Email,
    /// A whole number.
    Integer,
    /// A whole number from the first to the last.
    Between(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// `true`, `false`, 1 or 0, for the few fields that are documented so (oddity 38).
    Truth,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An instant: ISO 8601, or `Y-m-d H:i:s` in UTC. Read as ISO 8601.
    DateTime,
    /// A day, `Y-m-d`.
    Day,
    /// A ZIP code: a number, or text of five or nine digits. Read as text.
    Zip,
    /// Whole numbers, at least one.
    Integers,
    /// Texts of at most so many characters, at least one.
    Texts(usize),
}

impl Kind {
    /// Whether blank text says "nothing" rather than something wrong.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Kind::Text(_) | Kind::Email)
    }

    /// Reads a value; `is_written` when everything came as text, as in a query.
    ///
    /// # Errors
    /// What is wrong, with `:field` in the place of the field's name.
    pub(crate) fn read(self, value: &Value, is_written: bool) -> Result<Value, String> {
        match self {
            Kind::Text(longest) => text(value, longest).map(Value::from),
            Kind::Email => {
                let text = text(value, 255)?;
                let is_address = matches!(text.split_once('@'), Some((name, host)) if !name.is_empty() && !host.is_empty() && !host.contains('@'));
                let is_one_word = !text.contains(char::is_whitespace);
                if is_address && is_one_word {
                    Ok(text.into())
                } else {
                    Err("The :field field must be a valid email address.".into())
                }
            }
            Kind::Integer => whole(value, is_written).map(Value::from),
            Kind::Between(first, last) => match whole(value, is_written)? {
                number if number < first => Err(format!("The :field field must be at least {first}.")),
                number if number > last => Err(format!("The :field field must not be greater than {last}.")),
                number => Ok(number.into()),
            },
            Kind::Boolean if !is_written && !value.is_boolean() => Err(NO_TRUTH.into()),
            Kind::Boolean | Kind::Truth => truth(value, is_written).map(Value::from),
            Kind::OneOf(words) => match value {
                Value::String(text) if words.contains(&text.as_str()) => Ok(value.clone()),
                _ => Err("The selected :field is invalid.".into()),
            },
            Kind::DateTime => match value.as_str().and_then(|text| instant(text.trim())) {
                Some(instant) => Ok(instant.to_string().into()),
                None => Err("The :field field must match the format Y-m-d H:i:s.".into()),
            },
            Kind::Day => match value.as_str().map(|text| text.trim().parse::<Date>()) {
                // The parser also takes instants; a day has ten letters.
                Some(Ok(day)) if value.as_str().is_some_and(|text| text.trim().len() == 10) => {
                    Ok(day.to_string().into())
                }
                _ => Err("The :field field must match the format Y-m-d.".into()),
            },
            Kind::Zip => zip(value).map(Value::from).ok_or_else(|| "The :field field must be a ZIP code.".into()),
            Kind::Integers => list(value, is_written, |part| whole(part, is_written).map(Value::from)),
            Kind::Texts(longest) => list(value, is_written, |part| text(part, longest).map(Value::from)),
        }
    }
}

fn text(value: &Value, longest: usize) -> Result<String, String> {
    let Value::String(text) = value else { return Err("The :field field must be a string.".into()) };
    if text.chars().count() > longest {
        return Err(format!("The :field field must not be greater than {longest} characters."));
    }
    Ok(text.trim_matches(is_blank).to_owned())
}

/// What is no text by itself: white space, control characters and the byte order mark.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || letter == '\u{feff}'
}

fn whole(value: &Value, is_written: bool) -> Result<i64, String> {
    let number = match value {
        Value::Number(number) => number.as_i64().or_else(|| from_decimal(number.as_f64()?)),
        Value::String(text) if is_written => saturated(text.trim()),
        _ => None,
    };
    number.ok_or_else(|| "The :field field must be an integer.".into())
}

/// A number gets its leading zeros back.
fn zip(value: &Value) -> Option<String> {
    if let Ok(number) = whole(value, false) {
        return (0..=99_999).contains(&number).then(|| format!("{number:05}"));
    }
    let text = value.as_str()?;
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|digit| digit.is_ascii_digit());
    let is_zip = match text.split_once('-') {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(text, 5),
    };
    is_zip.then(|| text.to_owned())
}

/// JSON knows one kind of number: 3.0 is whole.
fn from_decimal(number: f64) -> Option<i64> {
    // Up to here every whole number has a decimal of its own.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.fract() == 0.0 && number.abs() <= LARGEST;
    is_whole.then(|| format!("{number:.0}").parse().ok())?
}

/// A number of any length; one that has no room in 64 bits names no record, whichever it is.
fn saturated(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))
}

fn truth(value: &Value, is_written: bool) -> Result<bool, String> {
    let truth = match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_i64().and_then(bit),
        Value::String(text) if is_written => match text.trim() {
            "true" => Some(true),
            "false" => Some(false),
            text => text.parse().ok().and_then(bit),
        },
        _ => None,
    };
    truth.ok_or_else(|| NO_TRUTH.into())
}

const NO_TRUTH: &str = "The :field field must be true or false.";

fn bit(number: i64) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A list; in a query also one text with commas.
fn list(value: &Value, is_written: bool, read: impl Fn(&Value) -> Result<Value, String>) -> Result<Value, String> {
    let parts = match value {
        Value::Array(parts) => parts.clone(),
        Value::String(text) if is_written => text.split(',').map(Value::from).collect(),
        _ => return Err("The :field field must be an array.".into()),
    };
    if parts.is_empty() {
        return Err("The :field field must have at least 1 item.".into());
    }
    parts.iter().map(read).collect()
}

/// An instant as it may be written: ISO 8601 with its zone, or `Y-m-d H:i:s` in UTC.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let is_local = text.len() == "2024-03-25 14:30:00".len() && text.as_bytes().get(10) == Some(&b' ');
    let local: DateTime = text.parse().ok().filter(|_| is_local)?;
    TimeZone::UTC.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_says_what_is_wrong() {
        for (value, kind, message) in [
            (json!(5), Kind::Text(9), "The :field field must be a string."),
            (json!("longer"), Kind::Text(5), "The :field field must not be greater than 5 characters."),
            (json!("nobody@"), Kind::Email, "The :field field must be a valid email address."),
            (json!("x"), Kind::Integer, "The :field field must be an integer."),
            (json!(0), Kind::Between(1, 5), "The :field field must be at least 1."),
            (json!(6), Kind::Between(1, 5), "The :field field must not be greater than 5."),
            (json!(1), Kind::Boolean, "The :field field must be true or false."),
            (json!(2), Kind::Truth, "The :field field must be true or false."),
            (json!("z"), Kind::OneOf(&["x", "y"]), "The selected :field is invalid."),
            (json!("2024-03-25"), Kind::DateTime, "The :field field must match the format Y-m-d H:i:s."),
            (json!("2024-03-25T10:00:00Z"), Kind::Day, "The :field field must match the format Y-m-d."),
            (json!(100_000), Kind::Zip, "The :field field must be a ZIP code."),
            (json!("2108"), Kind::Zip, "The :field field must be a ZIP code."),
            (json!([]), Kind::Integers, "The :field field must have at least 1 item."),
            (json!(["1"]), Kind::Integers, "The :field field must be an integer."),
            (json!("1"), Kind::Texts(9), "The :field field must be an array."),
        ] {
            assert_eq!(kind.read(&value, false), Err(message.to_owned()), "{value}");
        }
    }

    #[test]
    fn in_a_query_numbers_truths_and_lists_come_as_text_and_in_a_body_they_do_not() {
        for (text, kind, read) in [
            ("12", Kind::Integer, json!(12)),
            ("1", Kind::Boolean, json!(true)),
            ("false", Kind::Boolean, json!(false)),
            ("3,4", Kind::Integers, json!([3, 4])),
        ] {
            assert_eq!(kind.read(&json!(text), true), Ok(read));
            assert!(kind.read(&json!(text), false).is_err(), "{text}");
        }
        assert_eq!(Kind::Integer.read(&json!(3.0), false), Ok(json!(3)));
        assert_eq!(Kind::Zip.read(&json!(2108), false), Ok(json!("02108")));
        assert_eq!(Kind::Zip.read(&json!("02108-1234"), false), Ok(json!("02108-1234")));
        assert!(Kind::Integer.read(&json!(3.5), false).is_err() && Kind::Integer.read(&json!(1e300), false).is_err());
        let signed = Kind::DateTime.read(&json!("2024-03-25 14:30:00"), false);
        assert_eq!(signed, Ok(json!("2024-03-25T14:30:00Z")));
    }
}
