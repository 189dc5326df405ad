//! What records and requests are written with.
//!
//! [`record!`] writes what the server answers: every field is optional and read in each documented spelling
//! ([`read`](mod@read)); what is wrong is an error that names the JSON path and never the value. [`request!`] writes what is sent:
//! what must be there, then what may be; what is `None` is left out ([`send`]). The `Debug` of both shows the name
//! alone, because they hold consumers' data.

pub(crate) mod read;
mod scalar;
pub(crate) mod send;

pub use read::Beside;
pub use scalar::{Word, Zip};

/// Writes a record. `without ["client"]` names the fields that embed a whole client: they are reduced to its id in the
/// body that is kept; `keyed id` reads a bare key as the record with that key and nothing else; `or "name"` reads a
/// second spelling of a field.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident $(without $embedded:tt)? $(keyed $key:ident)? {
        $($field:ident $(as $wire:literal)? $(or $alias:literal)?: $type:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Deserialize)]
        #[serde(default)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "a field means what the documentation's field of that name means")]
        pub struct $name {
            $(
                $(#[serde(rename = $wire)])?
                $(#[serde(alias = $alias)])?
                #[serde(deserialize_with = "crate::fields::read::read")]
                pub $field: $type,
            )+
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl crate::decode::Wire for $name {
            $(const EMBEDDED_CLIENTS: &'static [&'static str] = &$embedded;)?

            $(fn from_key(key: i64) -> Option<Self> {
                Some(Self { $key: crate::fields::read::Scalar::whole(key)?, ..Self::default() })
            })?
        }

        #[cfg(test)]
        crate::fields::sent! { $name { $($field $(as $wire)?,)+ } }
    };
}

/// Writes a record that is also sent. An empty list is not sent: as in what was read, it is the same as none.
macro_rules! sent_record {
    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident $(as $wire:literal)?: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Deserialize)]
        #[serde(default)]
        #[expect(missing_docs, reason = "a field means what the documentation's field of that name means")]
        pub struct $name {
            $(
                $(#[serde(rename = $wire)])?
                #[serde(deserialize_with = "crate::fields::read::read")]
                pub $field: $type,
            )+
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl crate::decode::Wire for $name {}

        crate::fields::sent! { $name keeps crate::fields::send::is_more_than_an_empty_list, $($field $(as $wire)?,)+ }
    };
}

/// Writes a request: what must be sent, then after the `;` what may be.
macro_rules! request {
    ($(#[$meta:meta])* pub struct $name:ident {
        ; $($may:ident $(as $may_wire:literal)?: $may_type:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Default)]
        #[expect(missing_docs, reason = "a field means what the documentation's field of that name means")]
        pub struct $name {
            $(pub $may: Option<$may_type>,)+
        }

        crate::fields::sent! { $name { $($may $(as $may_wire)?,)+ } }
        crate::fields::shown! { $name }
    };
    ($(#[$meta:meta])* pub struct $name:ident {
        $($need:ident $(as $need_wire:literal)?: $need_type:ty,)+ ;
        $($may:ident $(as $may_wire:literal)?: $may_type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[expect(missing_docs, reason = "a field means what the documentation's field of that name means")]
        pub struct $name {
            $(pub $need: $need_type,)+
            $(pub $may: Option<$may_type>,)*
        }

        impl $name {
            /// With what must be sent; everything else is left out.
            #[must_use]
            pub fn new($($need: $need_type),+) -> Self {
                Self { $($need,)+ $($may: None,)* }
            }
        }

        crate::fields::sent! { $name { $($need $(as $need_wire)?,)+ $($may $(as $may_wire)?,)* } }
        crate::fields::shown! { $name }
    };
}

macro_rules! shown {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}

macro_rules! sent {
    ($name:ident { $($field:ident $(as $wire:literal)?,)+ }) => {
        crate::fields::sent! { $name keeps |_| true, $($field $(as $wire)?,)+ }
    };
    ($name:ident keeps $keeps:expr, $($field:ident $(as $wire:literal)?,)+) => {
        impl crate::fields::send::Sent for $name {
            const FIELDS: &'static [&'static str] =
                &[$(crate::fields::send::wire_name(stringify!($field), &[$($wire)?])),+];

            fn sent(&self) -> Option<serde_json::Value> {
                let values = [$(crate::fields::send::Sent::sent(&self.$field)),+];
                let fields = Self::FIELDS.iter().zip(values);
                Some(fields.filter_map(|(name, value)| Some(((*name).to_owned(), value.filter($keeps)?))).collect())
            }
        }
    };
}

/// Writes an enumeration that keeps what it does not know (oddity 60).
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident $code:literal $(| $spelling:literal)*,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`.")] $variant,)+
            /// A value that the documentation does not name, as sent.
            Other(String),
        }

        impl $name {
            /// Reads the server's spelling; what is unknown is kept.
            #[must_use]
            pub fn from_code(text: &str) -> Self {
                match text {
                    $($code $(| $spelling)* => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }

            /// The server's spelling.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(text) => text,
                }
            }
        }

        crate::fields::coded!($name);
    };
}

/// Reads and sends a type by its `from_code` and `code`.
macro_rules! coded {
    ($($name:ty),+ $(,)?) => {$(
        impl crate::fields::read::Scalar for $name {
            const EXPECTED: &'static str = "a text";

            fn scalar(text: &str) -> Option<Option<Self>> {
                Some(Some(Self::from_code(text)))
            }
        }

        impl crate::fields::send::Sent for $name {
            fn sent(&self) -> Option<serde_json::Value> {
                Some(self.code().into())
            }
        }

        crate::fields::scalars!($name);
    )+};
}

/// Makes `Option` and `Vec` of a scalar type readable as fields.
macro_rules! scalars {
    ($($type:ty),+ $(,)?) => {$(
        impl crate::fields::read::Field for Option<$type> {
            fn field<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::fields::read::scalar(deserializer)
            }
        }

        impl crate::fields::read::Field for Vec<$type> {
            fn field<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::fields::read::scalar_list(deserializer)
            }
        }
    )+};
}

pub(crate) use {coded, open_enum, record, request, scalars, sent, sent_record, shown};
