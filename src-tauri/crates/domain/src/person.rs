//! Names of people.

/// A person's name as the server keeps it: `FirstName`, `MiddleName`, `LastName`. Any part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Given name.
    pub first: String,
    /// Middle name or initial.
    pub middle: String,
    /// Family name.
    pub last: String,
}

impl PersonName {
    /// The name in reading order, without gaps for missing parts.
    #[must_use]
    pub fn full(&self) -> String {
        let parts = [&self.first, &self.middle, &self.last];
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Family name first, as a list is sorted: `García, María`.
    #[must_use]
    pub fn sorted(&self) -> String {
        let given = [self.first.trim(), self.middle.trim()];
        let given = given.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        match (self.last.trim(), given.as_str()) {
            ("", given) => given.to_owned(),
            (last, "") => last.to_owned(),
            (last, given) => format!("{last}, {given}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_parts_leave_no_gaps() {
        let name = PersonName { first: "Ángel".into(), middle: " ".into(), last: "Núñez".into() };
        assert_eq!(name.full(), "Ángel Núñez");
        assert_eq!(name.sorted(), "Núñez, Ángel");
        assert_eq!(PersonName { last: "Cher".into(), ..PersonName::default() }.sorted(), "Cher");
    }
}
