//! Text as it is searched: lower case, without accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds case and accents, also those that do not decompose: `Łukasz` -> `lukasz`, `Đặng` -> `dang`, `Søren` -> `soren`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ø' => out.push('o'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            other => out.push(other),
        }
    }
    out
}

/// Words of a search that are looked for. A whole page may be pasted into one, and SQLite refuses expressions as long as that.
pub(crate) const MOST_WORDS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_agent_types_finds_what_a_client_is_called() {
        for (name, typed) in [
            ("Łukasz", "lukasz"),
            ("Nguyễn", "nguyen"),
            ("Đặng", "dang"),
            ("Søren Ægir", "soren aegir"),
            ("MÜLLER-Groß", "muller-gross"),
            ("Юлія", "юлія"),
            ("王小明", "王小明"),
        ] {
            assert_eq!(fold(name), fold(typed), "{name}");
        }
    }
}
