//! Envelopes: what their windows show of a folded letter.
//!
//! A sheet moves inside its envelope, so a window has two areas on the sheet: what it always shows, where the address
//! must stand, and what it can show at some position of the sheet, where nothing else may stand. Both follow from the
//! paper's measures here; the measures are settings, because envelopes differ.

use crate::error::LetterError;
use domain::PostalAddress;

/// Points to the inch.
const INCH: f32 = 72.0;

/// The sheet's width in inches.
const SHEET: f32 = 8.5;

/// A rectangle on a page: points from the sheet's top-left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Distance from the sheet's left edge.
    pub left: f32,
    /// Distance from the sheet's top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// Distance of the right side from the sheet's left edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// Distance of the lower side from the sheet's top edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    fn from_edges(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left: left * INCH, top: top * INCH, width: (right - left) * INCH, height: (bottom - top) * INCH }
    }
}

/// What a letter is mailed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Envelope {
    /// One without a window: the address follows the date, as large as the text.
    None,
    /// One with a window for the recipient's address.
    SingleWindow(Window),
}

impl Default for Envelope {
    /// The common #10 envelope with one window.
    fn default() -> Self {
        Envelope::SingleWindow(Window::default())
    }
}

/// An envelope with a window, and how the sheet is folded. All measures in inches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The envelope's width.
    pub envelope_width: f32,
    /// The envelope's height.
    pub envelope_height: f32,
    /// From the envelope's left edge to the window.
    pub left: f32,
    /// From the envelope's lower edge to the window.
    pub bottom: f32,
    /// The window's width.
    pub width: f32,
    /// The window's height.
    pub height: f32,
    /// From the sheet's top edge to its first fold.
    pub fold: f32,
    /// Kept free around the address inside what always shows.
    pub clearance: f32,
}

impl Default for Window {
    /// A #10 envelope, 9.5 x 4.125 in, window 4.5 x 1.125 in at 0.875 in from the left and 0.5 in from the bottom, sheet
    /// folded in thirds.
    fn default() -> Self {
        Self {
            envelope_width: 9.5,
            envelope_height: 4.125,
            left: 0.875,
            bottom: 0.5,
            width: 4.5,
            height: 1.125,
            fold: 11.0 / 3.0,
            clearance: 0.125,
        }
    }
}

impl Window {
    /// What the window shows of the sheet wherever the sheet slides, less the clearance.
    #[must_use]
    pub fn always_shows(&self) -> Rect {
        let (across, _) = self.play();
        Rect::from_edges(
            self.left + self.clearance,
            self.envelope_height - self.bottom - self.height + self.clearance,
            self.left + self.width - across - self.clearance,
            self.fold - self.bottom - self.clearance,
        )
    }

    /// What the window can show of the sheet at some position of it.
    #[must_use]
    pub fn can_show(&self) -> Rect {
        let (across, down) = self.play();
        Rect::from_edges(
            (self.left - across).max(0.0),
            self.envelope_height - self.bottom - self.height - down,
            self.left + self.width,
            (self.envelope_height - self.bottom).min(self.fold),
        )
    }

    /// How far the sheet slides inside the envelope.
    fn play(&self) -> (f32, f32) {
        (self.envelope_width - SHEET, self.envelope_height - self.fold)
    }

    pub(crate) fn check(&self) -> Result<(), LetterError> {
        let (across, down) = self.play();
        let shown = self.always_shows();
        let impossible = |measure| Err(LetterError::Envelope { measure });
        match () {
            () if !(0.0..20.0).contains(&across) => impossible("width"),
            () if !(0.0..20.0).contains(&down) => impossible("height or fold"),
            () if !(shown.width > 0.0 && shown.left >= 0.0) => impossible("window width or position"),
            () if !(shown.height > 0.0 && self.can_show().top >= 0.0) => impossible("window height or position"),
            () => Ok(()),
        }
    }
}

/// Lines of a name and address, as they stand on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressBlock {
    /// From top to bottom. Empty ones are skipped.
    pub lines: Vec<String>,
}

impl AddressBlock {
    /// A name over a postal address.
    #[must_use]
    pub fn postal(name: &str, address: &PostalAddress) -> Self {
        Self { lines: std::iter::once(name.trim().to_owned()).chain(address.lines()).collect() }
    }

    pub(crate) fn printed(&self) -> Vec<&str> {
        self.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect()
    }

    /// The first line, from 1, that looks like a Social Security number or a birth date.
    pub(crate) fn private_line(&self) -> Option<usize> {
        self.printed().iter().position(|line| is_private(line)).map(|at| at + 1)
    }
}

/// Whether a line holds digits grouped 3-2-4, a date, or says that it is about one of them.
fn is_private(line: &str) -> bool {
    let says = line
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["ssn", "dob", "birth", "born"].iter().any(|private| word.eq_ignore_ascii_case(private)));
    let words = || line.split_whitespace().map(|word| word.trim_end_matches([',', '.', ';']));
    let has = |groups: &[&str], lengths: [std::ops::RangeInclusive<usize>; 3]| {
        groups.windows(3).any(|window| window.iter().zip(&lengths).all(|(group, length)| length.contains(&group.len())))
    };
    let numbers: Vec<&str> = words().flat_map(|word| digit_groups(word, '-')).collect();
    says || has(&numbers, [3..=3, 2..=2, 4..=4])
        || words().any(|word| has(&digit_groups(word, '/'), [1..=2, 1..=2, 2..=4]))
}

/// The digits in a word of nothing but digits and separators; a word of other things has none.
fn digit_groups(word: &str, separator: char) -> Vec<&str> {
    let is_number = word.chars().all(|c| c.is_ascii_digit() || c == separator);
    if is_number { word.split(separator).filter(|group| !group.is_empty()).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_window_is_where_the_post_office_sees_it() {
        let window = Window::default();
        let close = |points: f32, inches: f32| (points / INCH - inches).abs() < 0.01;
        let shown = window.always_shows();
        assert!(close(shown.left, 1.0) && close(shown.right(), 4.25), "{shown:?}");
        assert!(close(shown.top, 2.625) && close(shown.bottom(), 3.04), "{shown:?}");
        let reach = window.can_show();
        assert!(close(reach.left, 0.0) && close(reach.right(), 5.375), "{reach:?}");
        assert!(close(reach.top, 2.04) && close(reach.bottom(), 3.625), "{reach:?}");
    }

    #[test]
    fn impossible_envelopes_are_refused_by_measure() {
        let check = |window: Window| window.check().map_err(|error| error.to_string());
        assert_eq!(check(Window::default()), Ok(()));
        assert!(check(Window { envelope_width: 8.0, ..Window::default() }).unwrap_err().contains("width"));
        assert!(check(Window { fold: 5.0, ..Window::default() }).unwrap_err().contains("fold"));
        assert!(check(Window { height: 0.5, ..Window::default() }).unwrap_err().contains("window height"));
        assert!(check(Window { width: f32::NAN, ..Window::default() }).is_err());
    }

    #[test]
    fn private_numbers_are_recognised_and_addresses_are_not() {
        for line in
            ["123-45-6789", "SSN 6789", "D.O.B. 01/02/1980", "Date of birth: June 1", "born 1980", "123 - 45 - 6789"]
        {
            assert!(is_private(line), "{line}");
        }
        for line in
            ["P.O. Box 740256", "Atlanta, GA 30374-0256", "120-45 Queens Blvd", "12/14 Elm Street", "Apt 3/4 Unit 1998"]
        {
            assert!(!is_private(line), "{line}");
        }
    }
}
