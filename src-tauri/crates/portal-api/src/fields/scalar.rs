//! The scalar types of fields, as they are read and sent.

use super::read::{Scalar, scalar};
use super::send::Sent;
use super::{coded, scalars};
use crate::decode::Wire;
use domain::{Money, Ssn};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

scalars!(String, i64, bool, Date, Timestamp, Money, f64, Ssn, Zip);

impl Scalar for String {
    const EXPECTED: &'static str = "a text";

    fn scalar(text: &str) -> Option<Option<Self>> {
        Some(Some(text.to_owned()))
    }
}

/// A whole number; also as text (oddities 33-35), and `12.0` is twelve.
impl Scalar for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn scalar(text: &str) -> Option<Option<Self>> {
        text.parse().ok().or_else(|| without_fraction(text)).map(Some)
    }

    fn whole(number: i64) -> Option<Option<Self>> {
        Some(Some(number))
    }
}

fn without_fraction(text: &str) -> Option<i64> {
    let (digits, zeros) = text.split_once('.')?;
    if zeros.chars().all(|c| c == '0') { digits.parse().ok() } else { None }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    fn scalar(text: &str) -> Option<Option<Self>> {
        text.parse().ok().filter(|number: &f64| number.is_finite()).map(Some)
    }
}

/// A boolean; also 0/1 and texts of them (oddity 38).
impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";

    fn scalar(text: &str) -> Option<Option<Self>> {
        const TRUE: [&str; 4] = ["true", "1", "yes", "y"];
        const FALSE: [&str; 4] = ["false", "0", "no", "n"];
        let is = |words: [&str; 4]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        if is(TRUE) {
            Some(Some(true))
        } else if is(FALSE) {
            Some(Some(false))
        } else {
            None
        }
    }
}

/// A calendar day: `2024-03-25`, the day of a date-time, or US `03/25/2024`. `0000-00-00` is no day.
impl Scalar for Date {
    const EXPECTED: &'static str = "a date";

    fn scalar(text: &str) -> Option<Option<Self>> {
        if text.starts_with("0000-00-00") {
            return Some(None);
        }
        if let Ok(date) = text.parse::<Date>() {
            return Some(Some(date));
        }
        if let Some(Some(instant)) = Timestamp::scalar(text) {
            return Some(Some(jiff::tz::TimeZone::UTC.to_datetime(instant).date()));
        }
        Date::strptime("%m/%d/%Y", text).ok().map(Some)
    }
}

/// An instant: ISO 8601 with a zone, or `Y-m-d H:i:s` in UTC (oddity 40).
impl Scalar for Timestamp {
    const EXPECTED: &'static str = "a date and time";

    fn scalar(text: &str) -> Option<Option<Self>> {
        if text.starts_with("0000-00-00") {
            return Some(None);
        }
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Some(Some(instant));
        }
        let civil = text.parse::<DateTime>().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(civil).ok().map(Some)
    }

    /// Seconds since 1970 (oddity 56).
    fn whole(number: i64) -> Option<Option<Self>> {
        Timestamp::from_second(number).ok().map(Some)
    }
}

/// An amount of money, as text or number.
impl Scalar for Money {
    const EXPECTED: &'static str = "an amount of money";

    fn scalar(text: &str) -> Option<Option<Self>> {
        text.parse().ok().map(Some)
    }
}

/// Nine digits, as text or as a number that lost its zeros (oddity 37). `0` is none.
impl Scalar for Ssn {
    const EXPECTED: &'static str = "a Social Security number";

    fn scalar(text: &str) -> Option<Option<Self>> {
        if text == "0" { Some(None) } else { Ssn::parse(text).ok().map(Some) }
    }
}

/// A ZIP code as text with its leading zeros, whether it came as text or as a number (oddity 37).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zip {
    text: String,
    sent_as_text: bool,
}

impl Zip {
    /// Pads what a server cut; `12345-6789` stays as it is.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: domain::PostalAddress::normal_zip(text), sent_as_text: false }
    }

    /// Sent as text: to a server that keeps text, and where a number would lose its zeros.
    #[must_use]
    pub fn in_text(self) -> Self {
        Self { sent_as_text: true, ..self }
    }

    /// Five digits, or ZIP+4.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Scalar for Zip {
    const EXPECTED: &'static str = "a ZIP code";

    fn scalar(text: &str) -> Option<Option<Self>> {
        Some(Some(Self::new(text)))
    }
}

/// `Y-m-d H:i:s` in UTC (oddity 40).
impl Sent for Timestamp {
    fn sent(&self) -> Option<Value> {
        Some(self.strftime("%Y-%m-%d %H:%M:%S").to_string().into())
    }
}

impl Sent for Date {
    fn sent(&self) -> Option<Value> {
        Some(self.to_string().into())
    }
}

/// Text: the portal's update documents it so.
impl Sent for Ssn {
    fn sent(&self) -> Option<Value> {
        Some(self.expose().into())
    }
}

/// An exact decimal, as text.
impl Sent for Money {
    fn sent(&self) -> Option<Value> {
        Some(self.to_plain().into())
    }
}

/// The documented integer, as which the server validates it, unless it is to be text; ZIP+4, which is none, as text.
impl Sent for Zip {
    fn sent(&self) -> Option<Value> {
        Some(if self.sent_as_text { self.as_str().into() } else { number_or_text(self.as_str()) })
    }
}

fn number_or_text(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| text.into(), Value::from)
}

macro_rules! ids {
    (whole: $($whole:ident)+; text: $($text:ident)+;) => {
        $(
            impl Scalar for domain::$whole {
                const EXPECTED: &'static str = "a whole number";

                fn scalar(text: &str) -> Option<Option<Self>> {
                    Some(i64::scalar(text)?.map(Self))
                }

                fn whole(number: i64) -> Option<Option<Self>> {
                    Some(Some(Self(number)))
                }
            }

            impl Sent for domain::$whole {
                fn sent(&self) -> Option<Value> {
                    Some(self.0.into())
                }
            }

            scalars!(domain::$whole);
        )+
        $(
            impl Scalar for domain::$text {
                const EXPECTED: &'static str = "a text";

                fn scalar(text: &str) -> Option<Option<Self>> {
                    Some(Some(Self(text.to_owned())))
                }
            }

            /// A number where it is one: the documented type of the key in requests.
            impl Sent for domain::$text {
                fn sent(&self) -> Option<Value> {
                    Some(number_or_text(&self.0))
                }
            }

            scalars!(domain::$text);
        )+
    };
}

ids! {
    whole: AgreementId AttachmentId BureauAddressId ClaimCodeId ClientId ClientProductId ContractId ContractVersionId
        CorrespondenceId CreditorTypeId CustomerIoTemplateId EventDefinitionId FaxSettingsId FurnisherId GoalId ImportId
        InstructionId ItemDropdownId MasterSchemaId NoteId ProductId ReportId SegmentId SnippetId TaskId
        TemplateCategoryId TemplateId UserId WorkflowStepId;
    text: CreditReportId DocumentId ItemId RoleId;
}

coded!(domain::Channel, domain::FurnisherKind, domain::ItemStatus, domain::TemplateKind);

/// A plain text as a record: lists of texts are read as lists of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word(pub String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(scalar::<String, D>(deserializer)?.unwrap_or_default()))
    }
}

impl Wire for Word {}

#[cfg(test)]
impl Sent for Word {
    fn sent(&self) -> Option<Value> {
        self.0.sent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::read::Field;

    fn read<T>(json: &str) -> Result<Option<T>, String>
    where
        Option<T>: Field,
    {
        <Option<T> as Field>::field(&mut serde_json::Deserializer::from_str(json)).map_err(|error| error.to_string())
    }

    #[test]
    fn scalars_are_read_from_text_numbers_and_booleans() {
        assert_eq!(read::<i64>("7"), read::<i64>("\" 7 \""));
        assert_eq!(read::<i64>("7.0"), Ok(Some(7)));
        assert_eq!(read::<String>("false"), Ok(Some("false".into())));
        for yes in ["true", "1", "\"1\"", "\"Yes\""] {
            assert_eq!(read::<bool>(yes), Ok(Some(true)), "{yes}");
        }
        assert_eq!(read::<Ssn>("1234567"), read::<Ssn>("\"001-23-4567\""));
        assert_eq!(read::<Zip>("2134"), read::<Zip>("\"02134\""));
        assert_eq!(read::<Money>("12.5"), read::<Money>("\"$12.50\""));
        assert_eq!(read::<Date>("\"2024-03-25\""), read::<Date>("\"03/25/2024\""));
        assert_eq!(read::<Date>("\"2024-03-25\""), read::<Date>("\"2024-03-25T10:00:00Z\""));
        assert_eq!(read::<Timestamp>("\"2024-03-25T14:30:00Z\""), read::<Timestamp>("\"2024-03-25 14:30:00\""));
        assert_eq!(read::<Timestamp>("\"2024-03-25T14:30:00Z\""), read::<Timestamp>("1711377000"));
    }

    #[test]
    fn nothing_is_nothing_in_every_spelling() {
        for nothing in ["null", "\"\"", "\"  \""] {
            assert_eq!(read::<i64>(nothing), Ok(None));
            assert_eq!(read::<String>(nothing), Ok(None));
        }
        assert_eq!(read::<Date>("\"0000-00-00\""), Ok(None));
        assert_eq!(read::<Timestamp>("\"0000-00-00 00:00:00\""), Ok(None));
        assert_eq!(read::<Ssn>("0"), Ok(None));
    }

    #[test]
    fn what_is_wrong_is_said_without_its_value() {
        for (json, expected) in
            [("\"078051120x\"", "a whole number"), ("{\"a\":1}", "a text, number"), ("[1]", "a text")]
        {
            let error = read::<i64>(json).unwrap_err();
            assert!(error.contains(expected) && !error.contains("0780"), "{error}");
        }
        assert!(read::<Ssn>("\"1234567890\"").is_err());
        assert!(read::<Date>("\"soon\"").is_err());
    }
}
