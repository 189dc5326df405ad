//! US postal addresses.

/// A postal address. ZIP codes are text: leading zeros matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// Street, unit, or P.O. box.
    pub street: String,
    /// City.
    pub city: String,
    /// Two-letter state code, or whatever the server holds.
    pub state: String,
    /// `12345` or `12345-6789`.
    pub zip: String,
}

impl PostalAddress {
    /// Whether an envelope with this address would arrive: street, city, state and ZIP are all there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [&self.street, &self.city, &self.state, &self.zip].iter().all(|part| !part.trim().is_empty())
    }

    /// Street lines and the `City, ST 12345` line, without empty ones.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.street.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        let region = [self.state.trim(), self.zip.trim()];
        let region = region.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let last = match (self.city.trim(), region.as_str()) {
            ("", region) => region.to_owned(),
            (city, "") => city.to_owned(),
            (city, region) => format!("{city}, {region}"),
        };
        if !last.is_empty() {
            lines.push(last);
        }
        lines
    }

    /// A ZIP code as text from what a server sends: a number that lost its leading zeros is padded to five digits
    /// (oddity 37), ZIP+4 keeps its dash.
    #[must_use]
    pub fn normal_zip(text: &str) -> String {
        let trimmed = text.trim();
        if !trimmed.is_empty() && trimmed.len() < 5 && trimmed.chars().all(|c| c.is_ascii_digit()) {
            format!("{trimmed:0>5}")
        } else {
            trimmed.to_owned()
        }
    }
}

/// Whether a text is a ZIP code: five digits, or nine as `12345-6789`.
pub(crate) fn is_zip(text: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(text, 5),
    }
}

/// The code of a state, a territory or a military region to which US mail goes, in capitals; `None` for anything else.
pub(crate) fn us_region(code: &str) -> Option<String> {
    const BEYOND_STATES: [&str; 8] = ["AA", "AE", "AP", "AS", "GU", "MP", "PR", "VI"];
    let code = code.trim().to_ascii_uppercase();
    (us_state_name(&code).is_some() || BEYOND_STATES.contains(&code.as_str())).then_some(code)
}

/// The state's name for a two-letter code, for letters that spell it out; `None` for anything else.
#[must_use]
pub fn us_state_name(code: &str) -> Option<&'static str> {
    const STATES: [(&str, &str); 51] = [
        ("AL", "Alabama"),
        ("AK", "Alaska"),
        ("AZ", "Arizona"),
        ("AR", "Arkansas"),
        ("CA", "California"),
        ("CO", "Colorado"),
        ("CT", "Connecticut"),
        ("DE", "Delaware"),
        ("DC", "District of Columbia"),
        ("FL", "Florida"),
        ("GA", "Georgia"),
        ("HI", "Hawaii"),
        ("ID", "Idaho"),
        ("IL", "Illinois"),
        ("IN", "Indiana"),
        ("IA", "Iowa"),
        ("KS", "Kansas"),
        ("KY", "Kentucky"),
        ("LA", "Louisiana"),
        ("ME", "Maine"),
        ("MD", "Maryland"),
        ("MA", "Massachusetts"),
        ("MI", "Michigan"),
        ("MN", "Minnesota"),
        ("MS", "Mississippi"),
        ("MO", "Missouri"),
        ("MT", "Montana"),
        ("NE", "Nebraska"),
        ("NV", "Nevada"),
        ("NH", "New Hampshire"),
        ("NJ", "New Jersey"),
        ("NM", "New Mexico"),
        ("NY", "New York"),
        ("NC", "North Carolina"),
        ("ND", "North Dakota"),
        ("OH", "Ohio"),
        ("OK", "Oklahoma"),
        ("OR", "Oregon"),
        ("PA", "Pennsylvania"),
        ("RI", "Rhode Island"),
        ("SC", "South Carolina"),
        ("SD", "South Dakota"),
        ("TN", "Tennessee"),
        ("TX", "Texas"),
        ("UT", "Utah"),
        ("VT", "Vermont"),
        ("VA", "Virginia"),
        ("WA", "Washington"),
        ("WV", "West Virginia"),
        ("WI", "Wisconsin"),
        ("WY", "Wyoming"),
    ];
    STATES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code.trim())).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zip_codes_keep_leading_zeros() {
        assert_eq!(PostalAddress::normal_zip("2134"), "02134");
        assert_eq!(PostalAddress::normal_zip("02134-1001"), "02134-1001");
        assert_eq!(PostalAddress::normal_zip(""), "");
    }

    #[test]
    fn lines_skip_what_is_missing() {
        let address = PostalAddress {
            street: "P.O. Box 740256\n".into(),
            city: "Atlanta".into(),
            state: "GA".into(),
            zip: "30374".into(),
        };
        assert_eq!(address.lines(), ["P.O. Box 740256", "Atlanta, GA 30374"]);
        assert!(!PostalAddress::default().is_complete());
        assert!(PostalAddress::default().lines().is_empty());
    }
}
