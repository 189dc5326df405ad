//! Reading what the server sends: envelopes in every documented shape, and field types that take both readings.
//!
//! The field types ([`Text`], [`Int`], [`Flag`], [`Day`], [`Instant`], [`Amount`], [`One`], [`Many`]) are used in wire
//! structs with `#[serde(default)]`: a missing or null field is empty, a documented variant is accepted, and anything
//! else is an error that names the JSON path.

use crate::{ApiError, Operation, Page, Record, Row};
use domain::Money;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer};
use serde_json::value::RawValue;
use std::fmt;
use std::marker::PhantomData;

/// Text; also takes numbers and booleans (oddities 33, 34, 37).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Option<String>);

/// A whole number; also takes it as text (oddities 33-35).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Int(pub(crate) Option<i64>);

/// A boolean; also takes 0/1 and texts of them (oddity 38).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flag(pub(crate) Option<bool>);

/// A calendar day: `2024-03-25`, the day of a date-time, or US `03/25/2024`. `0000-00-00` is no day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Option<Date>);

/// An instant: ISO 8601 with a zone, or `Y-m-d H:i:s` in UTC (oddity 40).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Instant(pub(crate) Option<Timestamp>);

/// An amount of money, as text or number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount(pub(crate) Option<Money>);

/// A record where one is documented; also takes a list of one (oddities 17, 27), and `[]` or `""` for none.
#[derive(Clone, Debug)]
pub(crate) struct One<T>(pub(crate) Option<T>);

/// A list of records; also takes one record (oddity 13), and null for none.
#[derive(Clone, Debug)]
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T> Default for One<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl Text {
    /// The text, trimmed; empty when there is none.
    pub(crate) fn or_empty(self) -> String {
        self.0.unwrap_or_default()
    }

    /// The text if it has any character.
    pub(crate) fn filled(self) -> Option<String> {
        self.0.filter(|text| !text.is_empty())
    }
}

/// A JSON scalar as text; what every lenient field starts from. Arrays and objects are refused.
struct Scalar(Option<String>);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, number, boolean or null")
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.trim().to_owned())))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

macro_rules! lenient {
    ($name:ident, $expected:literal, |$text:ident| $read:expr) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Scalar(Some($text)) = Scalar::deserialize(deserializer)? else { return Ok(Self(None)) };
                if $text.is_empty() {
                    return Ok(Self(None));
                }
                // The value itself may be personal: the error says what was expected, not what was there.
                match $read {
                    Some(value) => Ok(Self(value)),
                    None => Err(de::Error::custom(concat!("expected ", $expected))),
                }
            }
        }
    };
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer).map(|scalar| Self(scalar.0))
    }
}

lenient!(Int, "a whole number", |text| text.parse().ok().or_else(|| whole(&text)).map(Some));
lenient!(Flag, "true or false", |text| match text.to_ascii_lowercase().as_str() {
    "true" | "1" | "yes" | "y" => Some(Some(true)),
    "false" | "0" | "no" | "n" => Some(Some(false)),
    _ => None,
});
lenient!(Day, "a date", |text| day(&text));
lenient!(Instant, "a date and time", |text| instant(&text));
lenient!(Amount, "an amount of money", |text| text.parse().ok().map(Some));

/// `12.0` is twelve.
fn whole(text: &str) -> Option<i64> {
    let (digits, zeros) = text.split_once('.')?;
    if zeros.chars().all(|c| c == '0') { digits.parse().ok() } else { None }
}

#[expect(clippy::option_option, reason = "outer: readable or not; inner: there or not")]
fn day(text: &str) -> Option<Option<Date>> {
    if text.starts_with("0000-00-00") {
        return Some(None);
    }
    if let Ok(date) = text.parse::<Date>() {
        return Some(Some(date));
    }
    if let Some(Some(instant)) = instant(text) {
        return Some(Some(jiff::tz::TimeZone::UTC.to_datetime(instant).date()));
    }
    Date::strptime("%m/%d/%Y", text).ok().map(Some)
}

#[expect(clippy::option_option, reason = "outer: readable or not; inner: there or not")]
fn instant(text: &str) -> Option<Option<Timestamp>> {
    if text.starts_with("0000-00-00") {
        return Some(None);
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(Some(instant));
    }
    let civil = text.parse::<DateTime>().ok()?;
    jiff::tz::TimeZone::UTC.to_timestamp(civil).ok().map(Some)
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> de::Visitor<'de> for Visitor<T> {
            type Value = One<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, a list of one, or null")
            }

            fn visit_unit<E>(self) -> Result<One<T>, E> {
                Ok(One(None))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<One<T>, E> {
                if text.is_empty() { Ok(One(None)) } else { Err(E::custom("expected an object")) }
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<One<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|value| One(Some(value)))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<One<T>, A::Error> {
                let first = list.next_element::<T>()?;
                while list.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(One(first))
            }
        }
        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> de::Visitor<'de> for Visitor<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list, one object, or null")
            }

            fn visit_unit<E>(self) -> Result<Many<T>, E> {
                Ok(Many(Vec::new()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|value| Many(vec![value]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> Result<Many<T>, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(list)).map(Many)
            }
        }
        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

/// A record's wire form: how it is decoded, and what it means.
pub(crate) trait Wire: DeserializeOwned {
    /// The domain type it becomes.
    type Value;

    /// Keys whose value is a whole client, reduced to `{"id": ...}` in the kept body.
    const EMBEDDED_CLIENTS: &[&str] = &[];

    /// The domain value.
    ///
    /// # Errors
    /// The path and what is wrong there, when a field that nothing works without is missing.
    fn value(self) -> Result<Self::Value, Missing>;
}

/// A field that nothing works without.
pub(crate) struct Missing(pub(crate) &'static str);

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(default, borrow)]
    meta: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    last_page: Int,
    total: Int,
}

/// What is wrong with a text that should be JSON: where, and what, without its content.
pub(crate) struct Trouble {
    path: String,
    reason: String,
}

impl Trouble {
    fn at(path: &str, reason: &str) -> Self {
        Self { path: path.to_owned(), reason: reason.to_owned() }
    }

    pub(crate) fn of(self, operation: Operation) -> ApiError {
        ApiError::Unreadable { operation, path: self.path, reason: self.reason }
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Trouble> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        Trouble { path, reason: without_values(&error.into_inner()) }
    })
}

/// serde's messages quote what they met (`invalid type: string "..."`); the value may be personal, so only the kind and
/// the position are kept.
fn without_values(error: &serde_json::Error) -> String {
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Eof => format!("cut short at {place}"),
        serde_json::error::Category::Syntax => format!("not JSON at {place}"),
        serde_json::error::Category::Io => format!("could not be read at {place}"),
        serde_json::error::Category::Data => {
            let text = error.to_string();
            match text.split_once("expected ") {
                Some((_, tail)) => format!("expected {}", tail.split(" at line").next().unwrap_or_default()),
                None => format!("of an unexpected kind at {place}"),
            }
        }
    }
}

/// The inner record of a body: `{data: {...}}`, `{data: {data: {...}}}`, `{...}` or a list of one.
fn innermost(body: &str) -> Result<&str, Trouble> {
    let mut text = body.trim();
    // Two envelopes are documented (oddity 18); more are refused by reading what is left as the record.
    for _ in 0..2 {
        if text.starts_with('[') {
            let list: Vec<&RawValue> = parse(text)?;
            text = list.first().ok_or_else(|| Trouble::at(".", "an empty list where a record was expected"))?.get();
            continue;
        }
        let Ok(Envelope { data: Some(data), .. }) = parse::<Envelope<'_>>(text) else { break };
        if !data.get().starts_with(['{', '[']) {
            break;
        }
        text = data.get();
    }
    Ok(text)
}

/// Decodes a single record's body.
pub(crate) fn record<W: Wire>(body: &str) -> Result<Record<W::Value>, Trouble> {
    let text = innermost(body)?;
    read::<W>(text)
}

/// Decodes a body that is not a record of ours (sign-in answers).
pub(crate) fn plain<T: DeserializeOwned>(body: &str) -> Result<T, Trouble> {
    parse(innermost(body)?)
}

fn read<W: Wire>(text: &str) -> Result<Record<W::Value>, Trouble> {
    let wire: W = parse(text)?;
    let value = wire.value().map_err(|Missing(path)| Trouble::at(path, "missing"))?;
    Ok(Record { value, body: keep(text, W::EMBEDDED_CLIENTS)? })
}

/// The body to keep, with embedded clients reduced to their id.
fn keep(text: &str, embedded: &[&str]) -> Result<String, Trouble> {
    if embedded.is_empty() {
        return Ok(text.to_owned());
    }
    let mut body: serde_json::Map<String, serde_json::Value> = parse(text)?;
    for key in embedded {
        if let Some(serde_json::Value::Object(client)) = body.get_mut(*key) {
            client.retain(|name, _| name == "id");
        }
    }
    serde_json::to_string(&body).map_err(|_| Trouble::at(".", "could not be kept"))
}

/// Decodes a list in any documented shape: `{data: [...], meta}`, a bare list, one object for a list (oddity 13), a page
/// in a list of one (16), a page in every row (15).
pub(crate) fn page<W: Wire>(body: &str) -> Result<Page<W::Value>, Trouble> {
    let mut rows = Vec::new();
    let mut meta = Meta::default();
    let bare = gather(body.trim(), &mut rows, &mut meta, 0)?;
    let number = |value: Int| value.0.and_then(|n| u64::try_from(n).ok());
    Ok(Page {
        rows: rows.into_iter().map(row::<W>).collect(),
        last_page: if bare { None } else { number(meta.last_page) },
        total: if bare { None } else { number(meta.total) },
    })
}

/// Collects the rows of `text`; answers whether there was no envelope with counts.
fn gather<'a>(text: &'a str, rows: &mut Vec<&'a str>, meta: &mut Meta, depth: u8) -> Result<bool, Trouble> {
    if text.starts_with('[') {
        let list: Vec<&RawValue> = parse(text)?;
        let mut bare = true;
        for element in list {
            let element = element.get();
            if depth < 2 && is_page(element) {
                bare &= gather(element, rows, meta, depth + 1)?;
            } else {
                rows.push(element);
            }
        }
        return Ok(bare);
    }
    let envelope: Envelope<'_> = parse(text)?;
    if envelope.data.is_none() && envelope.meta.is_none() {
        return Err(Trouble::at("data", "missing: neither a list nor a page"));
    }
    let has_meta = match envelope.meta {
        // Some pages type meta as a plain object, or send `[]` for an empty one (oddities 19, 21).
        Some(raw) => match parse::<Meta>(raw.get()) {
            Ok(counts) if counts.total.0.is_some() => {
                if depth == 0 || meta.total.0.is_none() {
                    *meta = counts;
                }
                true
            }
            _ => false,
        },
        None => false,
    };
    match envelope.data.map_or("null", RawValue::get).trim() {
        "null" => {}
        list if list.starts_with('[') => {
            gather(list, rows, meta, depth)?;
        }
        object if object.starts_with('{') => rows.push(object),
        _ => return Err(Trouble::at("data", "expected a list")),
    }
    Ok(!has_meta)
}

fn is_page(element: &str) -> bool {
    element.starts_with('{')
        && matches!(parse::<Envelope<'_>>(element), Ok(Envelope { data: Some(data), meta: Some(_) }) if data.get().starts_with('['))
}

fn row<W: Wire>(text: &str) -> Row<W::Value> {
    match read::<W>(text) {
        Ok(record) => Row::Read(record),
        Err(trouble) => Row::Parked { body: text.to_owned(), reason: format!("{}: {}", trouble.path, trouble.reason) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Thing {
        id: Int,
        name: Text,
        live: Flag,
        day: Day,
        at: Instant,
        owed: Amount,
        boss: One<Inner>,
        parts: Many<Inner>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Inner {
        id: Int,
    }

    impl Wire for Thing {
        type Value = i64;

        fn value(self) -> Result<i64, Missing> {
            self.id.0.ok_or(Missing("id"))
        }
    }

    fn thing(body: &str) -> Thing {
        parse(body).unwrap_or_else(|trouble| panic!("{}: {}", trouble.path, trouble.reason))
    }

    fn ids(body: &str) -> (Vec<i64>, Option<u64>) {
        let page = page::<Thing>(body).unwrap_or_else(|trouble| panic!("{}: {}", trouble.path, trouble.reason));
        let total = page.total;
        (page.records().map(|record| record.value).collect(), total)
    }

    #[test]
    fn fields_take_both_documented_readings() {
        let a = thing(
            r#"{"id":7,"name":"x","live":true,"day":"2024-03-25","at":"2024-03-25T14:30:00Z","owed":"12.50","boss":{"id":1},"parts":[{"id":2}]}"#,
        );
        let b = thing(
            r#"{"id":"7","name":5,"live":"1","day":"03/25/2024","at":"2024-03-25 14:30:00","owed":12.5,"boss":[{"id":1}],"parts":{"id":2}}"#,
        );
        assert_eq!((a.id, a.live, a.day, a.at, a.owed), (b.id, b.live, b.day, b.at, b.owed));
        assert_eq!(b.name.0.as_deref(), Some("5"));
        assert_eq!(a.boss.0.map(|inner| inner.id), b.boss.0.map(|inner| inner.id));
        assert_eq!(a.parts.0.len(), b.parts.0.len());
    }

    #[test]
    fn nothing_is_nothing_in_every_spelling() {
        for body in [
            "{}",
            r#"{"id":null,"name":null,"live":null,"day":null,"at":null,"owed":null,"boss":null,"parts":null}"#,
            r#"{"id":"","day":"","at":"","owed":"","boss":[],"parts":[]}"#,
            r#"{"day":"0000-00-00","at":"0000-00-00 00:00:00","boss":""}"#,
        ] {
            let thing = thing(body);
            assert!(thing.day.0.is_none() && thing.at.0.is_none() && thing.owed.0.is_none() && thing.boss.0.is_none());
        }
    }

    #[test]
    fn every_documented_list_shape_brings_the_same_rows() {
        for body in [
            r#"{"data":[{"id":1},{"id":2}],"links":{},"meta":{"total":2,"last_page":1}}"#,
            r#"[{"id":1},{"id":2}]"#,
            r#"{"data":[{"id":1},{"id":2}]}"#,
            r#"[{"data":[{"id":1},{"id":2}],"links":{},"meta":{"total":2}}]"#,
            r#"{"data":[{"data":[{"id":1}],"links":{},"meta":{"total":2}},{"data":[{"id":2}],"meta":{"total":2}}],"meta":{"total":2}}"#,
        ] {
            assert_eq!(ids(body).0, [1, 2], "{body}");
        }
        assert_eq!(ids(r#"{"data":{"id":3}}"#).0, [3]);
        assert_eq!(ids(r#"{"data":null,"meta":{"total":0}}"#), (vec![], Some(0)));
        assert_eq!(ids(r#"{"data":[],"links":[],"meta":[]}"#), (vec![], None));
    }

    #[test]
    fn a_row_of_an_unknown_shape_is_parked_and_the_rest_is_read() {
        let page =
            page::<Thing>(r#"{"data":[{"id":1},{"id":{"deep":1}},{"name":"no id"},{"id":4}],"meta":{"total":4}}"#);
        let Ok(page) = page else { panic!("the page is readable") };
        let kinds: Vec<String> = page.rows.iter().map(|row| format!("{row:?}")).collect();
        assert_eq!(kinds[0], "Row::Read");
        assert!(kinds[1].contains("id: expected a text"), "{}", kinds[1]);
        assert!(kinds[2].contains("id: missing"), "{}", kinds[2]);
        assert_eq!(kinds[3], "Row::Read");
    }

    #[test]
    fn troubles_name_the_path_and_never_the_value() {
        let Err(trouble) = parse::<Thing>(r#"{"boss":{"id":"123-45-6789"}}"#) else { panic!("not a number") };
        assert_eq!(trouble.path, "boss.id");
        assert!(!trouble.reason.contains("6789"), "{}", trouble.reason);
        let Err(trouble) = page::<Thing>(r#"{"data":[{"id":1"#) else { panic!("cut short") };
        assert!(trouble.reason.contains("cut short"), "{}", trouble.reason);
        let Err(trouble) = page::<Thing>("<html>") else { panic!("not JSON") };
        assert!(trouble.reason.contains("not JSON"), "{}", trouble.reason);
    }

    #[test]
    fn records_come_out_of_every_envelope() {
        for body in
            [r#"{"id":5}"#, r#"{"data":{"id":5}}"#, r#"{"data":{"data":{"id":5},"message":"ok"}}"#, r#"[{"id":5}]"#]
        {
            let Ok(record) = record::<Thing>(body) else { panic!("{body}") };
            assert_eq!(record.value, 5);
        }
    }
}
