//! The values that fill shortcodes.
//!
//! Names match however an author spells them: case, spaces, `_` and `-` do not count, so `[First Name]`,
//! `[first_name]` and `[FirstName]` are one. Values are plain text and are never read as a template.

use crate::dates;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// A shortcode's name reduced to what identifies it.
pub(crate) fn normal_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{200B}' | '\u{FEFF}'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) optional: bool,
    /// For values that can be written in several formats.
    pub(crate) date: Option<Date>,
}

/// Named plain-text values, looked up by normalised name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Variables(BTreeMap<String, Variable>);

impl Variables {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a value that a letter needs: when it is empty and used, the letter is refused. A later value of the same
    /// name replaces an earlier one.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.set(name.into(), value.into(), false, None);
    }

    /// Sets a date that a letter needs: written `March 5, 2026`, and otherwise as `[Name: short]`, `[Name: iso]` or
    /// `[Name: DD MMM YYYY]` ask for.
    pub fn insert_date(&mut self, name: impl Into<String>, date: Option<Date>) {
        let value = date.and_then(|date| dates::written(date, "long")).unwrap_or_default();
        self.set(name.into(), value, false, date);
    }

    /// The same, written `03/05/2026` unless asked otherwise.
    pub fn insert_short_date(&mut self, name: impl Into<String>, date: Option<Date>) {
        let value = date.and_then(|date| dates::written(date, "short")).unwrap_or_default();
        self.set(name.into(), value, false, date);
    }

    /// Sets a value that may be empty; used while empty, it prints nothing.
    pub fn insert_optional(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.set(name.into(), value.into(), true, None);
    }

    /// The value of a name in any spelling.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&normal_name(name)).map(|variable| variable.value.as_str())
    }

    /// Names and values, ordered by normalised name: the same variables give the same order, so a hash over it is
    /// stable.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.values().map(|variable| (variable.name.as_str(), variable.value.as_str()))
    }

    pub(crate) fn normal(&self, normal_name: &str) -> Option<&Variable> {
        self.0.get(normal_name)
    }

    fn set(&mut self, name: String, value: String, optional: bool, date: Option<Date>) {
        self.0.insert(normal_name(&name), Variable { name, value, optional, date });
    }
}

impl fmt::Debug for Variables {
    /// Names only: values are consumer data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.values().map(|variable| &variable.name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_in_any_spelling() {
        let mut variables = Variables::new();
        variables.insert("First Name", "Ana");
        for spelling in ["first_name", "FIRSTNAME", "First-Name", " first\u{A0}name "] {
            assert_eq!(variables.get(spelling), Some("Ana"), "{spelling}");
        }
        assert_eq!(variables.get("LastName"), None);
    }

    #[test]
    fn debug_output_holds_no_values() {
        let mut variables = Variables::new();
        variables.insert("SSN", "123-45-6789");
        assert_eq!(format!("{variables:?}"), r#"{"SSN"}"#);
    }
}
