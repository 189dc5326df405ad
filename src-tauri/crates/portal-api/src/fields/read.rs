//! Reading a field in every documented spelling.

use crate::decode::Wire;
use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A value that can stand in a field of a record.
pub(crate) trait Field: Sized {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a field: what `#[serde(deserialize_with)]` names.
pub(crate) fn read<'de, T: Field, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::field(deserializer)
}

/// A value that the server may send as text, number or boolean.
pub(crate) trait Scalar: Sized {
    /// What to say when it is something else.
    const EXPECTED: &'static str;

    /// The value of a trimmed text that is not empty: outer `None` when it is wrong, inner when it means nothing.
    #[expect(clippy::option_option, reason = "outer: readable or not; inner: there or not")]
    fn scalar(text: &str) -> Option<Option<Self>>;

    /// The value of a whole number.
    #[expect(clippy::option_option, reason = "outer: readable or not; inner: there or not")]
    fn whole(number: i64) -> Option<Option<Self>> {
        Self::scalar(&number.to_string())
    }
}

/// The value itself may be personal: the error says what was expected, not what was there.
fn known<T: Scalar, E: de::Error>(value: Option<Option<T>>) -> Result<Option<T>, E> {
    value.ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
}

fn from_text<T: Scalar, E: de::Error>(text: &str) -> Result<Option<T>, E> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { known(T::scalar(text)) }
}

/// One scalar; null and empty text are none. Arrays and objects are refused.
struct Lenient<T>(PhantomData<T>);

impl<T: Scalar> Visitor<'_> for Lenient<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, number, boolean or null")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        known(T::scalar(if value { "true" } else { "false" }))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        known(T::whole(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        match i64::try_from(value) {
            Ok(value) => known(T::whole(value)),
            Err(_) => known(T::scalar(&value.to_string())),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        known(T::scalar(&value.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        from_text(text)
    }
}

pub(crate) fn scalar<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Lenient(PhantomData))
}

/// A scalar inside a list.
struct Element<T>(Option<T>);

impl<'de, T: Scalar> Deserialize<'de> for Element<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer).map(Self)
    }
}

/// A list of scalars; also takes one, and null.
pub(crate) fn scalar_list<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Elements<T>(PhantomData<T>);

    impl<'de, T: Scalar> Visitor<'de> for Elements<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list, one value, or null")
        }

        fn visit_unit<E>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
            from_text(text).map(|one| one.into_iter().collect())
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<Vec<T>, E> {
            known(T::whole(value)).map(|one| one.into_iter().collect())
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<Vec<T>, E> {
            self.visit_str(&value.to_string())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut values = Vec::new();
            while let Some(Element(value)) = list.next_element()? {
                values.extend(value);
            }
            Ok(values)
        }
    }
    deserializer.deserialize_any(Elements(PhantomData))
}

/// A record where one is documented: also takes a list of one (oddities 17, 27), `[]` or `""` for none, and a bare key
/// where the record can be known by it (oddity 28).
impl<T: Wire> Field for Option<Box<T>> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One<T>(PhantomData<T>);

        impl<'de, T: Wire> Visitor<'de> for One<T> {
            type Value = Option<Box<T>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, a list of one, or null")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                if text.is_empty() { Ok(None) } else { Err(E::custom("expected an object")) }
            }

            fn visit_i64<E: de::Error>(self, key: i64) -> Result<Self::Value, E> {
                T::from_key(key).map(|value| Some(Box::new(value))).ok_or_else(|| E::custom("expected an object"))
            }

            fn visit_u64<E: de::Error>(self, key: u64) -> Result<Self::Value, E> {
                self.visit_i64(i64::try_from(key).map_err(|_| E::custom("expected an object"))?)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|value| Some(Box::new(value)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let first = list.next_element::<Option<Box<T>>>()?.flatten();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first)
            }
        }
        deserializer.deserialize_any(One(PhantomData))
    }
}

/// A record that only stands beside what is read: one of a shape that this build cannot read is none, and keeps nothing
/// around it from being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside<T>(pub Option<Box<T>>);

impl<T> Default for Beside<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> std::ops::Deref for Beside<T> {
    type Target = Option<Box<T>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Wire> Field for Beside<T> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(<Option<Box<T>> as Field>::field(value).unwrap_or_default()))
    }
}

/// A list of records: also takes one record (oddity 13), null for none, and skips nulls in it (oddity 59).
impl<T: Wire> Field for Vec<T> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Many<T>(PhantomData<T>);

        impl<'de, T: Wire> Visitor<'de> for Many<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list, one object, or null")
            }

            fn visit_unit<E>(self) -> Result<Vec<T>, E> {
                Ok(Vec::new())
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
                if text.is_empty() { Ok(Vec::new()) } else { Err(E::custom("expected a list")) }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|value| vec![value])
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut records = Vec::new();
                while let Some(record) = list.next_element::<Option<T>>()? {
                    records.extend(record);
                }
                Ok(records)
            }
        }
        deserializer.deserialize_any(Many(PhantomData))
    }
}

/// Free-form JSON: what the documentation leaves open.
impl Field for Option<Value> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer)
    }
}

/// Free-form values; also takes one, and null.
impl Field for Vec<Value> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Vec::new(),
            Value::Array(list) => list,
            one => vec![one],
        })
    }
}

/// A map of free-form values; also takes a list of maps, which are joined (oddities 52, 55), `[]`, and null.
impl Field for Map<String, Value> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Map::new()),
            Value::Object(map) => Ok(map),
            Value::Array(list) => {
                let mut joined = Map::new();
                for value in list {
                    match value {
                        Value::Object(map) => joined.extend(map),
                        Value::Null => {}
                        _ => return Err(de::Error::custom("expected a list of objects")),
                    }
                }
                Ok(joined)
            }
            _ => Err(de::Error::custom("expected an object")),
        }
    }
}

/// Attributes by name: an object, or a list of `{name, value}` (oddity 43). Scalars as text, the rest as its JSON.
impl Field for BTreeMap<String, String> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(BTreeMap::new()),
            Value::Object(map) => Ok(map.into_iter().map(|(name, value)| (name, as_text(value))).collect()),
            Value::Array(list) => list
                .into_iter()
                .filter(|pair| !pair.is_null())
                .map(|mut pair| {
                    let name = pair.get("name").and_then(Value::as_str).map(str::to_owned);
                    let name = name.ok_or_else(|| de::Error::custom("expected pairs of name and value"))?;
                    Ok((name, pair.get_mut("value").map(|value| as_text(value.take())).unwrap_or_default()))
                })
                .collect(),
            Value::String(text) if text.is_empty() => Ok(BTreeMap::new()),
            _ => Err(de::Error::custom("expected an object or a list of pairs")),
        }
    }
}

/// A value as text: scalars plainly, the rest as JSON.
pub(crate) fn as_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
