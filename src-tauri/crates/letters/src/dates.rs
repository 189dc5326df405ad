//! Dates as letters write them.

use jiff::civil::Date;

/// A date in a named format (`long`, `short`, `iso`) or by a pattern of `YYYY YY MMMM MMM MM M DD D dddd`; `None` when
/// the format is neither.
pub(crate) fn written(date: Date, format: &str) -> Option<String> {
    let format = format.trim();
    match format.to_ascii_lowercase().as_str() {
        "long" => return Some(date.strftime("%B %-d, %Y").to_string()),
        "short" => return Some(date.strftime("%m/%d/%Y").to_string()),
        "iso" => return Some(date.to_string()),
        _ => {}
    }
    const PARTS: [(&str, &str); 11] = [
        ("YYYY", "%Y"),
        ("yyyy", "%Y"),
        ("MMMM", "%B"),
        ("dddd", "%A"),
        ("MMM", "%b"),
        ("YY", "%y"),
        ("MM", "%m"),
        ("DD", "%d"),
        ("dd", "%d"),
        ("M", "%-m"),
        ("D", "%-d"),
    ];
    let (mut rest, mut text, mut known) = (format, String::new(), false);
    while let Some(first) = rest.chars().next() {
        if let Some((part, rule)) = PARTS.iter().find(|(part, _)| rest.starts_with(part)) {
            text.push_str(&date.strftime(rule).to_string());
            rest = rest.strip_prefix(part).unwrap_or("");
            known = true;
        } else if matches!(first, ' ' | '/' | '-' | '.' | ',' | '\u{A0}') {
            text.push(first);
            rest = rest.strip_prefix(first).unwrap_or("");
        } else {
            return None;
        }
    }
    known.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_asked() {
        let date = Date::constant(2026, 3, 5);
        for (format, expected) in [
            ("long", "March 5, 2026"),
            ("Short", "03/05/2026"),
            ("iso", "2026-03-05"),
            ("M/D/YY", "3/5/26"),
            ("dddd, MMM D", "Thursday, Mar 5"),
            ("DD.MM.YYYY", "05.03.2026"),
        ] {
            assert_eq!(written(date, format).as_deref(), Some(expected), "{format}");
        }
        for format in ["", "upper", "%Y", "/"] {
            assert_eq!(written(date, format), None, "{format}");
        }
    }
}
