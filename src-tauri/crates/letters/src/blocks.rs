//! What a letter's text is made of once no HTML is left: paragraphs, lists, quotes, tables, pictures and rules.
//!
//! These types are the sanitiser's promise: they hold text and a closed set of styles, so no script, address or
//! attribute of a template can get past them. Lengths are tenths of a point: whole numbers compare and hash.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// Which of the bundled families text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    #[default]
    Serif,
    Sans,
    Mono,
}

/// Whether text stands on the line, above it or below it, and smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Rise {
    #[default]
    None,
    Super,
    Sub,
}

/// Red, green, blue.
pub(crate) type Colour = [u8; 3];

pub(crate) const BLACK: Colour = [0; 3];

/// How a run of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) family: Family,
    pub(crate) rise: Rise,
    /// Tenths of a point; 0 is whatever the text around it has.
    pub(crate) size: u16,
    pub(crate) colour: Colour,
}

impl Look {
    pub(crate) const BOLD: Look = Look {
        bold: true,
        italic: false,
        underline: false,
        strike: false,
        family: Family::Serif,
        rise: Rise::None,
        size: 0,
        colour: BLACK,
    };
}

/// Text with looks. `\n` is a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RichText {
    pub(crate) text: String,
    /// Each look with the byte at which it ends; the last ends where the text does.
    pub(crate) looks: Vec<(usize, Look)>,
}

impl RichText {
    /// Text in one look, its characters composed.
    pub(crate) fn new(text: &str, look: Look) -> Self {
        let mut rich = Self::default();
        rich.push(&composed(text), look);
        rich
    }

    pub(crate) fn push(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.looks.last_mut() {
            Some((last_end, last)) if *last == look => *last_end = end,
            _ => self.looks.push((end, look)),
        }
    }

    /// Stretches of one look.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (&str, Look)> {
        let mut start = 0;
        self.looks.iter().map(move |(end, look)| {
            let text = self.text.get(start..*end).unwrap_or("");
            start = *end;
            (text, *look)
        })
    }

    /// The same text, each look changed.
    pub(crate) fn with(&self, change: impl Fn(Look) -> Look) -> Self {
        let mut changed = Self::default();
        self.runs().for_each(|(text, look)| changed.push(text, change(look)));
        changed
    }

    /// Cuts white space and breaks off the end.
    pub(crate) fn trim_end(&mut self) {
        self.truncate(self.text.trim_end_matches([' ', '\n']).len());
    }

    /// Cuts the text off at a byte, which a character ends at.
    pub(crate) fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        let mut start = 0;
        self.looks.retain_mut(|(look_end, _)| {
            let keep = start < end;
            start = *look_end;
            *look_end = end.min(*look_end);
            keep
        });
    }

    /// The text in parts, cut at every place where a line break stands twice or more.
    pub(crate) fn split_at_blank_lines(self) -> Vec<RichText> {
        if !self.text.contains("\n\n") {
            return vec![self];
        }
        let mut parts = vec![RichText::default()];
        let mut breaks = 0;
        for (text, look) in self.runs() {
            for c in text.chars() {
                if c == '\n' {
                    breaks += 1;
                    continue;
                }
                if breaks > 1 {
                    parts.push(RichText::default());
                }
                if let Some(part) = parts.last_mut() {
                    let mut buffer = [0; 4];
                    if breaks == 1 {
                        part.push("\n", look);
                    }
                    part.push(c.encode_utf8(&mut buffer), look);
                }
                breaks = 0;
            }
        }
        parts
    }
}

/// Text whose letters and accents are single characters where Unicode has one (normalisation form C), as typefaces and
/// readers expect: names typed on some systems come apart.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    const { ComposingNormalizerBorrowed::new_nfc() }.normalize(text)
}

/// How a paragraph's lines stand between its margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Align {
    /// At the side where reading begins.
    #[default]
    Start,
    Center,
    /// At the side where reading ends.
    End,
    Justify,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Text set apart from its neighbours.
    Paragraph,
    /// A line of its own without space around it, as a `div` makes.
    #[default]
    Line,
    /// A heading of level 1 to 3.
    Heading(u8),
}

/// How a paragraph is placed. Lengths in tenths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    pub(crate) align: Align,
    /// Space above and below, where the author said.
    pub(crate) before: Option<i16>,
    pub(crate) after: Option<i16>,
    pub(crate) left: i16,
    pub(crate) right: i16,
    /// How far its first line stands in.
    pub(crate) indent: i16,
    /// The distance of baselines in hundredths of the type's size; 0 is the letter's own.
    pub(crate) leading: u16,
}

/// A width as an author asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Wish {
    /// Tenths of a point.
    Points(u16),
    /// Hundredths of what there is.
    Percent(u16),
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// A dot, a ring or a square, by how deep the list is nested.
    Bullet(u8),
    Number(Numbering, u32),
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    Decimal,
    Letters { upper: bool },
    Roman { upper: bool },
}

impl Marker {
    /// The marker of the item at `index`, from 0.
    pub(crate) fn of(self, index: u32) -> String {
        match self {
            Marker::Bullet(depth) => ["•", "◦", "▪"].get(usize::from(depth)).copied().unwrap_or("▪").to_owned(),
            Marker::Number(numbering, first) => format!("{}.", numbering.write(first.saturating_add(index))),
        }
    }
}

impl Marker {
    /// The PDF standard's word for it.
    pub(crate) fn numbering(self) -> &'static str {
        match self {
            Marker::Bullet(0) => "Disc",
            Marker::Bullet(1) => "Circle",
            Marker::Bullet(_) => "Square",
            Marker::Number(Numbering::Decimal, _) => "Decimal",
            Marker::Number(Numbering::Letters { upper: true }, _) => "UpperAlpha",
            Marker::Number(Numbering::Letters { upper: false }, _) => "LowerAlpha",
            Marker::Number(Numbering::Roman { upper: true }, _) => "UpperRoman",
            Marker::Number(Numbering::Roman { upper: false }, _) => "LowerRoman",
        }
    }
}

impl Numbering {
    fn write(self, number: u32) -> String {
        let cased = |text: String, upper| if upper { text } else { text.to_lowercase() };
        match self {
            Numbering::Letters { upper } if number > 0 => {
                let (mut rest, mut text) = (number, String::new());
                while rest > 0 {
                    rest -= 1;
                    text.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
                    rest /= 26;
                }
                cased(text, upper)
            }
            Numbering::Roman { upper } if (1..4000).contains(&number) => {
                const SIGNS: [(u32, &str); 13] = [
                    (1000, "M"),
                    (900, "CM"),
                    (500, "D"),
                    (400, "CD"),
                    (100, "C"),
                    (90, "XC"),
                    (50, "L"),
                    (40, "XL"),
                    (10, "X"),
                    (9, "IX"),
                    (5, "V"),
                    (4, "IV"),
                    (1, "I"),
                ];
                let (mut rest, mut text) = (number, String::new());
                for (value, sign) in SIGNS {
                    while rest >= value {
                        text.push_str(sign);
                        rest -= value;
                    }
                }
                cased(text, upper)
            }
            _ => number.to_string(),
        }
    }
}

/// A picture at its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    /// Which of the letter's pictures.
    pub(crate) picture: usize,
    pub(crate) width: Option<Wish>,
    /// Tenths of a point.
    pub(crate) height: Option<u16>,
    /// What it shows, in words.
    pub(crate) alt: String,
    pub(crate) align: Align,
}

/// A block of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph {
        text: RichText,
        role: Role,
        style: Style,
    },
    /// An empty line that the author asked for.
    Blank,
    Rule,
    /// What follows begins a page.
    PageBreak,
    Image(Image),
    List {
        marker: Marker,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Table(Table),
    /// Where the item table goes.
    Items,
    /// Where the signature block goes.
    Signature,
}

impl Block {
    /// A plain paragraph.
    pub(crate) fn plain(text: RichText) -> Block {
        Block::Paragraph { text, role: Role::Paragraph, style: Style::default() }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    /// Of the columns, from the left; missing ones are shared out.
    pub(crate) widths: Vec<Option<Wish>>,
    pub(crate) width: Option<Wish>,
    pub(crate) lines: Lines,
}

/// The lines of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lines {
    /// Around every cell.
    #[default]
    Boxed,
    /// Above and below the header and below each row.
    Ruled,
    None,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Repeated on every page that the table reaches.
    pub(crate) header: bool,
    pub(crate) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) blocks: Vec<Block>,
    /// Columns it takes; at least 1.
    pub(crate) span: u16,
    /// It heads its row or column.
    pub(crate) header: bool,
    pub(crate) shade: Option<Colour>,
}

impl Cell {
    pub(crate) fn new(blocks: Vec<Block>) -> Self {
        Self { blocks, span: 1, header: false, shade: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_as_editors_do() {
        let numbers = |numbering| [1, 4, 9, 26, 27, 703].map(|n| Marker::Number(numbering, n).of(0));
        assert_eq!(numbers(Numbering::Letters { upper: false }), ["a.", "d.", "i.", "z.", "aa.", "aaa."]);
        assert_eq!(numbers(Numbering::Roman { upper: true }), ["I.", "IV.", "IX.", "XXVI.", "XXVII.", "DCCIII."]);
        assert_eq!(Marker::Number(Numbering::Roman { upper: true }, 0).of(0), "0.");
        assert_eq!(Marker::Number(Numbering::Decimal, u32::MAX).of(9), "4294967295.");
        assert_eq!(Marker::Bullet(9).of(3), "▪");
    }
}
