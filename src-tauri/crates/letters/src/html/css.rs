//! What attributes and styles of an element mean for a letter: a closed table.
//!
//! Values are read leniently, as browsers do, and clamped to what a page can show. A property that would change what
//! the reader sees and is not supported is reported by name; the many that change nothing on paper are passed over.

use crate::blocks::{Align, BLACK, Colour, Family, Rise, Wish};
use crate::finding::Finding;
use html5ever::tokenizer::Tag;
use std::collections::BTreeSet;

/// The size that `em` and `%` of unstyled text refer to, in points.
const BASE: f32 = 11.5;

/// The smallest and largest type, in points.
const SIZES: (f32, f32) = (5.0, 72.0);

/// The longest margin, in points.
const LONGEST: f32 = 400.0;

/// A size of type, which may depend on the text around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Size {
    Points(f32),
    /// Of the text around it.
    Times(f32),
}

impl Size {
    /// In tenths of a point, from the size of the text around it.
    pub(super) fn within(self, around: u16) -> u16 {
        let around = if around == 0 { BASE } else { f32::from(around) / 10.0 };
        let points = match self {
            Size::Points(points) => points,
            Size::Times(times) => around * times,
        };
        (points.clamp(SIZES.0, SIZES.1) * 10.0).round() as u16
    }
}

/// What an element changes of the text in it; `None` leaves a property as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) family: Option<Family>,
    pub(super) rise: Option<Rise>,
    pub(super) size: Option<Size>,
    pub(super) colour: Option<Colour>,
}

impl Change {
    /// This change with another on top.
    pub(super) fn and(self, other: Change) -> Change {
        Change {
            bold: other.bold.or(self.bold),
            italic: other.italic.or(self.italic),
            underline: other.underline.or(self.underline),
            strike: other.strike.or(self.strike),
            family: other.family.or(self.family),
            rise: other.rise.or(self.rise),
            size: other.size.or(self.size),
            colour: other.colour.or(self.colour),
        }
    }
}

/// How a block element is placed. Lengths in tenths of a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) align: Option<Align>,
    pub(super) before: Option<i16>,
    pub(super) after: Option<i16>,
    pub(super) left: i16,
    pub(super) right: i16,
    pub(super) indent: i16,
    pub(super) leading: Option<u16>,
    pub(super) break_before: bool,
    pub(super) break_after: bool,
    pub(super) width: Option<Wish>,
    pub(super) height: Option<u16>,
    /// Whether lines stand around it.
    pub(super) border: Option<bool>,
    pub(super) shade: Option<Colour>,
}

/// What the attributes of an element ask for.
pub(super) fn read(tag: &Tag, findings: &mut BTreeSet<Finding>) -> (Change, Shape) {
    let (mut change, mut shape) = (Change::default(), Shape::default());
    for attribute in &tag.attrs {
        let value: &str = &attribute.value;
        match &*attribute.name.local {
            "align" => shape.align = align(&value.trim().to_ascii_lowercase()),
            "width" => shape.width = wish(&value.trim().to_ascii_lowercase()),
            "height" => shape.height = tenths(&value.trim().to_ascii_lowercase()),
            "border" => shape.border = Some(value.trim() != "0"),
            "bgcolor" => shape.shade = colour(value),
            "color" if &*tag.name == "font" => change.colour = colour(value),
            "face" if &*tag.name == "font" => change.family = family(value, findings),
            "size" if &*tag.name == "font" => change.size = legacy_size(value),
            _ => {}
        }
    }
    for (property, value) in declarations(tag) {
        declaration(&property, &value, &mut change, &mut shape, findings);
    }
    (change, shape)
}

fn declaration(property: &str, value: &str, change: &mut Change, shape: &mut Shape, findings: &mut BTreeSet<Finding>) {
    let length = |value: &str| length(value).map(to_tenths);
    match property {
        "font-weight" => {
            change.bold = match value {
                "bold" | "bolder" => Some(true),
                "normal" | "lighter" => Some(false),
                number => number.parse::<u32>().ok().map(|weight| weight >= 600),
            };
        }
        "font-style" => change.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
        "text-decoration" | "text-decoration-line" => {
            change.underline = value.contains("underline").then_some(true);
            change.strike = value.contains("line-through").then_some(true);
        }
        "font-size" => change.size = size(value),
        "font-family" => change.family = family(value, findings),
        "color" => change.colour = colour(value),
        "vertical-align" => {
            change.rise = match value {
                "super" => Some(Rise::Super),
                "sub" => Some(Rise::Sub),
                "baseline" => Some(Rise::None),
                _ => None,
            };
        }
        "text-align" => shape.align = align(value),
        "text-indent" => shape.indent = length(value).unwrap_or(0),
        "line-height" => shape.leading = leading(value),
        "margin-top" => shape.before = length(value),
        "margin-bottom" => shape.after = length(value),
        "margin-left" | "margin-inline-start" => shape.left = length(value).unwrap_or(0),
        "margin-right" | "margin-inline-end" => shape.right = length(value).unwrap_or(0),
        "padding-left" => shape.left = shape.left.saturating_add(length(value).unwrap_or(0)),
        "margin" => {
            let sides: Vec<Option<i16>> = value.split_whitespace().map(length).collect();
            let side = |choices: [usize; 3]| choices.iter().find_map(|at| sides.get(*at).copied()).flatten();
            shape.before = side([0, 0, 0]);
            shape.after = side([2, 0, 0]);
            shape.left = side([3, 1, 0]).unwrap_or(0);
            shape.right = side([1, 0, 0]).unwrap_or(0);
        }
        "width" => shape.width = wish(value),
        "height" => shape.height = tenths(value),
        "border" | "border-style" | "border-width" => {
            shape.border = Some(!(value.contains("none") || value.split_whitespace().next().is_some_and(is_zero)));
        }
        "background" | "background-color" => shape.shade = colour(value).filter(|colour| *colour != [255; 3]),
        "page-break-before" | "break-before" => shape.break_before = is_break(value),
        "page-break-after" | "break-after" => shape.break_after = is_break(value),
        "text-transform" | "letter-spacing" | "position" | "float" | "transform" | "direction" | "columns"
        | "column-count" | "background-image" | "writing-mode" | "opacity" | "visibility"
            if !is_plain(value) =>
        {
            findings.insert(Finding::UnknownStyle(property.to_owned()));
        }
        "display" if !matches!(value, "block" | "inline" | "inline-block" | "table" | "table-cell" | "list-item") => {
            findings.insert(Finding::UnknownStyle(property.to_owned()));
        }
        _ => {}
    }
}

/// A value by which a property says that it does nothing.
fn is_plain(value: &str) -> bool {
    matches!(
        value,
        "none" | "normal" | "static" | "ltr" | "auto" | "initial" | "inherit" | "unset" | "visible" | "1" | "0"
    )
}

fn is_break(value: &str) -> bool {
    matches!(value, "always" | "page" | "left" | "right")
}

fn is_zero(value: &str) -> bool {
    value.trim_end_matches(char::is_alphabetic).parse::<f32>().is_ok_and(|number| number == 0.0)
}

fn align(value: &str) -> Option<Align> {
    match value {
        "center" | "middle" | "-webkit-center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "justify" => Some(Align::Justify),
        "left" | "start" => Some(Align::Start),
        _ => None,
    }
}

/// A number and the unit after it.
fn quantity(value: &str) -> Option<(f32, &str)> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(end)?;
    number.parse::<f32>().ok().filter(|number| number.is_finite()).map(|number| (number, unit.trim()))
}

/// A length in points; a bare number is pixels.
fn length(value: &str) -> Option<f32> {
    let (number, unit) = quantity(value)?;
    let points = match unit {
        "px" | "" => number * 0.75,
        "pt" => number,
        "em" | "rem" => number * BASE,
        "in" => number * 72.0,
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        "pc" => number * 12.0,
        _ => return None,
    };
    Some(points.clamp(-LONGEST, LONGEST))
}

fn to_tenths(points: f32) -> i16 {
    (points * 10.0).round() as i16
}

fn tenths(value: &str) -> Option<u16> {
    let points = length(value).filter(|points| *points > 0.0)?;
    Some((points * 10.0).round() as u16)
}

fn wish(value: &str) -> Option<Wish> {
    match quantity(value)? {
        (number, "%") if number > 0.0 => Some(Wish::Percent((number.min(100.0) * 100.0).round() as u16)),
        (number, "px" | "") if number > 0.0 => Some(Wish::Points((number.min(2000.0) * 7.5).round() as u16)),
        _ => tenths(value).map(Wish::Points),
    }
}

fn leading(value: &str) -> Option<u16> {
    let times = match quantity(value)? {
        (number, "") => number,
        (number, "%") => number / 100.0,
        _ => length(value)? / BASE,
    };
    (times > 0.0).then(|| (times.clamp(0.8, 4.0) * 100.0).round() as u16)
}

fn size(value: &str) -> Option<Size> {
    let named = match value {
        "xx-small" => Some(Size::Points(7.0)),
        "x-small" => Some(Size::Points(8.5)),
        "small" => Some(Size::Points(10.0)),
        "medium" => Some(Size::Points(BASE)),
        "large" => Some(Size::Points(13.5)),
        "x-large" => Some(Size::Points(17.0)),
        "xx-large" => Some(Size::Points(23.0)),
        "smaller" => Some(Size::Times(0.85)),
        "larger" => Some(Size::Times(1.2)),
        _ => None,
    };
    named.or_else(|| match quantity(value)? {
        (number, "em") => Some(Size::Times(number)),
        (number, "%") => Some(Size::Times(number / 100.0)),
        (_, "") => None,
        _ => length(value).map(Size::Points),
    })
}

/// The sizes 1 to 7 of a `font` element, and steps from the middle one.
fn legacy_size(value: &str) -> Option<Size> {
    let value = value.trim();
    let number: i32 = value.trim_start_matches('+').parse().ok()?;
    let step = if value.starts_with(['+', '-']) { 3_i32.saturating_add(number) } else { number };
    let points = [7.5, 10.0, 11.5, 13.5, 18.0, 24.0, 36.0];
    points.get(usize::try_from(step.clamp(1, 7) - 1).ok()?).copied().map(Size::Points)
}

/// The bundled family that comes nearest to the first known name of a list.
fn family(value: &str, findings: &mut BTreeSet<Finding>) -> Option<Family> {
    const SERIF: [&str; 12] = [
        "times",
        "serif",
        "tinos",
        "georgia",
        "garamond",
        "cambria",
        "palatino",
        "book antiqua",
        "bookman",
        "liberation serif",
        "baskerville",
        "roman",
    ];
    const SANS: [&str; 20] = [
        "arial",
        "helvetica",
        "sans-serif",
        "arimo",
        "calibri",
        "verdana",
        "tahoma",
        "segoe",
        "trebuchet",
        "roboto",
        "open sans",
        "lato",
        "inter",
        "system-ui",
        "aptos",
        "liberation sans",
        "century gothic",
        "geneva",
        "gill sans",
        "ui-sans",
    ];
    const MONO: [&str; 8] =
        ["courier", "mono", "cousine", "consolas", "monaco", "menlo", "lucida console", "typewriter"];
    let mut first = None;
    for name in value.split(',') {
        let name = name.trim().trim_matches(['"', '\'']).trim().to_ascii_lowercase();
        let is = |known: &[&str]| known.iter().any(|known| name.starts_with(known));
        match () {
            () if name.contains("mono") || is(&MONO) => return Some(Family::Mono),
            () if is(&SANS) => return Some(Family::Sans),
            () if is(&SERIF) => return Some(Family::Serif),
            () if matches!(name.as_str(), "inherit" | "initial" | "unset" | "") => {}
            () => _ = first.get_or_insert(name),
        }
    }
    if let Some(name) = first {
        findings.insert(Finding::UnknownTypeface(name.chars().take(32).collect()));
    }
    None
}

fn colour(value: &str) -> Option<Colour> {
    const NAMED: [(&str, Colour); 20] = [
        ("black", BLACK),
        ("white", [255; 3]),
        ("red", [255, 0, 0]),
        ("green", [0, 128, 0]),
        ("blue", [0, 0, 255]),
        ("navy", [0, 0, 128]),
        ("gray", [128; 3]),
        ("grey", [128; 3]),
        ("silver", [192; 3]),
        ("maroon", [128, 0, 0]),
        ("purple", [128, 0, 128]),
        ("teal", [0, 128, 128]),
        ("olive", [128, 128, 0]),
        ("orange", [255, 165, 0]),
        ("yellow", [255, 255, 0]),
        ("darkblue", [0, 0, 139]),
        ("darkred", [139, 0, 0]),
        ("darkgreen", [0, 100, 0]),
        ("darkgray", [169; 3]),
        ("lightgray", [211; 3]),
    ];
    let value = value.trim().to_ascii_lowercase();
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u8> =
            hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
        return match digits.as_slice() {
            [r, g, b] | [r, g, b, _] => Some([r * 17, g * 17, b * 17]),
            [r, r2, g, g2, b, b2] | [r, r2, g, g2, b, b2, _, _] => Some([r * 16 + r2, g * 16 + g2, b * 16 + b2]),
            _ => None,
        };
    }
    if let Some(parts) = value.strip_prefix("rgb").and_then(|rest| rest.trim_start_matches('a').strip_prefix('(')) {
        let mut numbers = parts.split([',', ' ', '/', ')']).filter(|part| !part.is_empty());
        let mut channel = || {
            let text = numbers.next()?;
            let number = match text.strip_suffix('%') {
                Some(percent) => percent.parse::<f32>().ok()? * 2.55,
                None => text.parse::<f32>().ok()?,
            };
            Some(number.clamp(0.0, 255.0).round() as u8)
        };
        return Some([channel()?, channel()?, channel()?]);
    }
    NAMED.iter().find(|(name, _)| *name == value).map(|(_, colour)| *colour)
}

pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The declarations of a `style` attribute, in lower case.
fn declarations(tag: &Tag) -> impl Iterator<Item = (String, String)> {
    attribute(tag, "style").unwrap_or("").split(';').take(200).filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim().to_owned();
        Some((property.trim().to_ascii_lowercase(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_every_unit_are_points() {
        for (value, points) in
            [("10px", 7.5), ("10", 7.5), ("12pt", 12.0), ("1in", 72.0), ("2.54cm", 72.0), ("2em", 23.0), ("-4pt", -4.0)]
        {
            assert_eq!(length(value), Some(points), "{value}");
        }
        assert_eq!(length("1e9pt"), None);
        assert_eq!(length("99999in"), Some(LONGEST));
    }

    #[test]
    fn colours_are_read_in_every_spelling() {
        for value in ["#f80", "#FF8800", "rgb(255, 136, 0)", "rgba(255 136 0 / 50%)"] {
            assert_eq!(colour(value), Some([255, 136, 0]), "{value}");
        }
        assert_eq!(colour("navy"), Some([0, 0, 128]));
        assert_eq!(colour("url(x)"), None);
    }

    #[test]
    fn families_are_mapped_to_the_bundled_ones_and_strangers_are_reported() {
        let mut findings = BTreeSet::new();
        for (value, expected) in [
            ("'Times New Roman', serif", Some(Family::Serif)),
            ("Comic Sans MS, Arial", Some(Family::Sans)),
            ("\"Courier New\"", Some(Family::Mono)),
            ("ui-monospace", Some(Family::Mono)),
            ("Wingdings", None),
        ] {
            assert_eq!(family(value, &mut findings), expected, "{value}");
        }
        assert_eq!(findings.into_iter().collect::<Vec<_>>(), [Finding::UnknownTypeface("wingdings".into())]);
    }

    #[test]
    fn sizes_follow_the_text_around_them_and_stay_readable() {
        assert_eq!(size("2em").map(|size| size.within(100)), Some(200));
        assert_eq!(size("120%").map(|size| size.within(0)), Some(138));
        assert_eq!(size("16px").map(|size| size.within(0)), Some(120));
        assert_eq!(size("1pt").map(|size| size.within(0)), Some(50));
        assert_eq!(legacy_size("+2").map(|size| size.within(0)), Some(180));
        assert_eq!(legacy_size("99").map(|size| size.within(0)), Some(360));
    }
}
