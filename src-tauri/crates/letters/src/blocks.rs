//! What a letter's text is made of once no HTML is left: paragraphs, lists, quotes, tables and rules.
//!
//! These types are the sanitiser's promise: they hold text and a closed set of styles, so no script, address, image
//! or attribute of a template can get past them.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// How a run of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
}

impl Look {
    pub(crate) const BOLD: Look = Look { bold: true, italic: false, underline: false, strike: false };
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
        let (mut breaks, mut start) = (0, 0);
        for (end, look) in &self.looks {
            for c in self.text.get(start..*end).unwrap_or("").chars() {
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
                        part.push("\n", *look);
                    }
                    part.push(c.encode_utf8(&mut buffer), *look);
                }
                breaks = 0;
            }
            start = *end;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Text set apart from its neighbours.
    Paragraph,
    /// A line of its own without space around it, as a `div` makes.
    Line,
    /// A heading of level 1 to 3.
    Heading(u8),
}

/// A block of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph {
        text: RichText,
        role: Role,
        align: Align,
    },
    /// An empty line that the author asked for.
    Blank,
    Rule,
    List {
        first: Option<u32>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Table(Vec<Row>),
    /// Where the item table goes.
    Items,
    /// Where the signature block goes.
    Signature,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Repeated on every page that the table reaches.
    pub(crate) header: bool,
    pub(crate) cells: Vec<Vec<Block>>,
}
