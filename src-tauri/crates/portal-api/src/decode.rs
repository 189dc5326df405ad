//! Reading what the server sends: envelopes in every documented shape.
//!
//! Each record is first read the fast way; only what fails is read again with its path, so that an error can name it.

use crate::{ApiError, Operation, Page, Record, Row};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};
use std::borrow::Cow;
use std::fmt;

/// A record: how the server's JSON is read.
pub trait Wire: DeserializeOwned {
    /// Keys whose value is a whole client, reduced to `{"id": ...}` in the kept body.
    const EMBEDDED_CLIENTS: &'static [&'static str] = &[];

    /// The record of which only the key was sent, where one may be sent in its place.
    #[must_use]
    fn from_key(_key: i64) -> Option<Self> {
        None
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default, borrow, deserialize_with = "present")]
    data: Option<&'a RawValue>,
    #[serde(default, borrow, deserialize_with = "present")]
    meta: Option<&'a RawValue>,
}

/// A field that is there, even as null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// The counts of a page that the pull needs.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    #[serde(deserialize_with = "crate::fields::read::read")]
    last_page: Option<i64>,
    #[serde(deserialize_with = "crate::fields::read::read")]
    total: Option<i64>,
}

/// What is wrong with a text that should be JSON: where, and what, without its content.
#[derive(Debug)]
pub(crate) struct Trouble {
    path: String,
    reason: String,
}

impl Trouble {
    pub(crate) fn at(path: &str, reason: &str) -> Self {
        Self { path: path.to_owned(), reason: reason.to_owned() }
    }

    pub(crate) fn of(self, operation: Operation) -> ApiError {
        ApiError::Unreadable { operation, path: self.path, reason: self.reason }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Trouble> {
    let quick = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => {
            let path = shown(error.path());
            Err(Trouble { path, reason: without_values(&error.into_inner()) })
        }
        // The value is whole, and something follows it.
        Ok(_) => Err(Trouble { path: ".".to_owned(), reason: without_values(&quick) }),
    }
}

/// The path with its field names; a name that is none, such as a person's or a number of nine digits, is not shown.
fn shown(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(if is_field_name(key) { key } else { "?" });
            }
            Segment::Unknown => text.push('?'),
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

fn is_field_name(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    key.len() <= 64 && digits < 5 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
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

/// Decodes the body of a single record.
pub(crate) fn one<W: Wire>(body: &str) -> Result<Record<W>, Trouble> {
    let text = innermost(body)?;
    if !text.starts_with('{') {
        // A record takes any object; anything else is named here, before serde calls it a sequence.
        return parse::<&RawValue>(text).and(Err(Trouble::at(".", "expected an object")));
    }
    read(text)
}

/// Decodes a body as it stands, envelope and all.
pub(crate) fn whole<W: Wire>(body: &str) -> Result<W, Trouble> {
    parse(body.trim())
}

fn read<W: Wire>(text: &str) -> Result<Record<W>, Trouble> {
    Ok(Record { value: parse(text)?, body: keep(text, W::EMBEDDED_CLIENTS)? })
}

/// An object's members in their order, values unread.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// The body to keep, with embedded clients reduced to their id.
fn keep(text: &str, embedded: &[&str]) -> Result<String, Trouble> {
    if embedded.is_empty() {
        return Ok(text.to_owned());
    }
    let Members(members) = parse(text)?;
    if !members.iter().any(|(name, _)| embedded.contains(&name.as_ref())) {
        return Ok(text.to_owned());
    }
    let mut body = String::with_capacity(text.len());
    body.push('{');
    for (position, (name, value)) in members.iter().enumerate() {
        if position > 0 {
            body.push(',');
        }
        body.push_str(&quoted(name)?);
        body.push(':');
        if embedded.contains(&name.as_ref()) {
            reduce(value, &mut body)?;
        } else {
            body.push_str(value.get());
        }
    }
    body.push('}');
    Ok(body)
}

fn quoted(text: &str) -> Result<String, Trouble> {
    serde_json::to_string(text).map_err(|_| Trouble::at(".", "could not be kept"))
}

/// `{"id": ...}` of an embedded client, which may come in a list of one.
fn reduce(client: &RawValue, body: &mut String) -> Result<(), Trouble> {
    let id = |text: &str| -> Option<String> {
        let Members(members) = parse(text).ok()?;
        members.iter().find(|(name, _)| name == "id").map(|(_, id)| id.get().to_owned())
    };
    let text = client.get();
    let found = match text.as_bytes().first() {
        Some(b'{') => id(text),
        Some(b'[') => parse::<Vec<&RawValue>>(text)?.first().and_then(|first| id(first.get())),
        // Anything else holds no client.
        _ => {
            body.push_str(text);
            return Ok(());
        }
    };
    match found {
        Some(id) => {
            body.push_str("{\"id\":");
            body.push_str(&id);
            body.push('}');
        }
        None => body.push_str("{}"),
    }
    Ok(())
}

/// Decodes a list in any documented shape: `{data: [...], meta}`, a bare list, one object for a list (oddity 13), a page
/// in a list of one (16), a page in every row (15).
pub(crate) fn page<W: Wire>(body: &str) -> Result<Page<W>, Trouble> {
    let mut rows = Vec::new();
    let mut meta = Meta::default();
    let bare = gather(body.trim(), &mut rows, &mut meta, 0)?;
    let number = |value: Option<i64>| value.and_then(|n| u64::try_from(n).ok());
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
        // Either every row is a page or none is.
        let pages = depth < 2 && list.first().is_some_and(|first| is_page(first.get()));
        for element in list {
            if pages && is_page(element.get()) {
                bare &= gather(element.get(), rows, meta, depth + 1)?;
            } else {
                rows.push(element.get());
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
            Ok(counts) if counts.total.or(counts.last_page).is_some() => {
                if depth == 0 || meta.total.is_none() {
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
        && matches!(serde_json::from_str(element), Ok(Envelope { data: Some(data), meta: Some(_) }) if data.get().starts_with('['))
}

fn row<W: Wire>(text: &str) -> Row<W> {
    match read::<W>(text) {
        Ok(record) => Row::Read(record),
        Err(trouble) => Row::Parked { body: text.to_owned(), reason: trouble.to_string() },
    }
}

/// Reads a record of one of two kinds by the keys it has.
pub(crate) fn by_keys<'de, D: Deserializer<'de>, A: DeserializeOwned, B: DeserializeOwned>(
    deserializer: D,
    keys_of_a: &[&str],
) -> Result<Result<A, B>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    if keys_of_a.iter().any(|key| value.get(key).is_some()) {
        serde_json::from_value(value).map(Ok).map_err(de::Error::custom)
    } else {
        serde_json::from_value(value).map(Err).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::users::User;

    /// Written out, because the macro is for the public records of the resources.
    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Thing {
        #[serde(deserialize_with = "crate::fields::read::read")]
        id: Option<i64>,
        #[serde(deserialize_with = "crate::fields::read::read")]
        boss: Option<Box<User>>,
        #[serde(deserialize_with = "crate::fields::read::read")]
        parts: Vec<User>,
    }

    impl Wire for Thing {
        const EMBEDDED_CLIENTS: &'static [&'static str] = &["client"];
    }

    fn ids(body: &str) -> (Vec<i64>, Option<u64>) {
        let page = page::<Thing>(body).unwrap();
        let total = page.total;
        (page.records().filter_map(|record| record.value.id).collect(), total)
    }

    #[test]
    fn a_record_and_a_list_are_read_in_place_of_each_other() {
        let a: Thing = parse(r#"{"id":1,"boss":{"id":1},"parts":[{"id":2}]}"#).unwrap();
        let b: Thing = parse(r#"{"id":"1","boss":[{"id":"1"}],"parts":{"id":2}}"#).unwrap();
        assert_eq!(a, b);
        let none: Thing = parse(r#"{"id":null,"boss":[],"parts":null}"#).unwrap();
        assert_eq!(none, Thing::default());
        let nulls: Thing = parse(r#"{"boss":"","parts":[null,{"id":2}]}"#).unwrap();
        assert_eq!((nulls.boss, nulls.parts.len()), (None, 1));
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
        let untold = page::<Thing>(r#"{"data":[{"id":1}],"meta":{"last_page":3}}"#).unwrap();
        assert_eq!((untold.last_page, untold.total), (Some(3), None), "a page that does not tell how many there are");
    }

    #[test]
    fn a_row_of_an_unknown_shape_is_parked_and_the_rest_is_read() {
        let page = page::<Thing>(r#"{"data":[{"id":1},{"id":{"deep":1}},7,{"id":4}],"meta":{"total":4}}"#).unwrap();
        let kinds: Vec<String> = page.rows.iter().map(|row| format!("{row:?}")).collect();
        assert_eq!(kinds[0], "Row::Read");
        assert!(kinds[1].contains("id: expected a text"), "{}", kinds[1]);
        assert!(kinds[2].contains("Parked"), "{}", kinds[2]);
        assert_eq!(kinds[3], "Row::Read");
    }

    #[test]
    fn troubles_name_the_path_and_never_the_value() {
        let trouble = parse::<Thing>(r#"{"boss":{"id":"123-45-6789"}}"#).unwrap_err();
        assert_eq!(trouble.to_string(), "boss.id: expected a whole number");
        for (body, wanted) in [
            (r#"{"data":[{"id":1"#, "cut short"),
            ("<html>", "not JSON"),
            (r#"{"data":[]} {"data":[]}"#, "not JSON"),
            (r#"{"data":"078-05-1120"}"#, "expected a list"),
        ] {
            let trouble = page::<Thing>(body).unwrap_err().to_string();
            assert!(trouble.contains(wanted) && !trouble.contains("1120"), "{trouble}");
        }
        for body in [r#"{"boss":{"078-05-1120":7,"id":[}}"#, r#"{"078051120":{"id":[}}"#] {
            let trouble = parse::<Thing>(body).unwrap_err().to_string();
            assert!(!trouble.contains("078"), "{trouble}");
        }
        for body in ["[]", "7", "\"x\"", "[[1]]"] {
            assert!(one::<Thing>(body).is_err(), "{body}");
        }
    }

    #[test]
    fn records_come_out_of_every_envelope() {
        for body in
            [r#"{"id":5}"#, r#"{"data":{"id":5}}"#, r#"{"data":{"data":{"id":5},"message":"ok"}}"#, r#"[{"id":5}]"#]
        {
            assert_eq!(one::<Thing>(body).unwrap().value.id, Some(5), "{body}");
        }
    }

    #[test]
    fn the_kept_body_loses_embedded_clients_and_nothing_else() {
        for (sent, kept) in [
            (
                r#"{"id":5,"client":{"ssn":1,"id":7},"n":[1.50, {"a":null}]}"#,
                r#"{"id":5,"client":{"id":7},"n":[1.50, {"a":null}]}"#,
            ),
            (r#"{"client":[{"id":"7","ssn":1}],"id":5}"#, r#"{"client":{"id":"7"},"id":5}"#),
            (r#"{"client":null,"id":5}"#, r#"{"client":null,"id":5}"#),
            (r#"{"id" : 5}"#, r#"{"id" : 5}"#),
        ] {
            assert_eq!(one::<Thing>(sent).unwrap().body, kept);
        }
    }
}
