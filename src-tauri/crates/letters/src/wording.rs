//! A letter's wording as HTML that an editor can change, and back again.
//!
//! What is written holds only what blocks hold, so it is safe to show, and reading it gives the same blocks: a wording that
//! nobody changed sets the same letter. What comes back from an editor is as hostile as any template, and is read like one,
//! except that nothing in it is filled in or chosen any more.

use crate::blocks::{Align, Block, Cell, Family, Image, Lines, Look, Marker, Numbering, RichText, Rise, Role, Style};
use crate::blocks::{Table, Wish};
use crate::catalogue;
use crate::error::{FaultKind, LetterError, Place, ShortcodeFault};
use crate::press::Draft;
use crate::resolve::Piece;
use crate::source::{Node, parse};
use crate::variables::normal_name;
use std::fmt::Write as _;

/// Where the table of disputed items stands.
const ITEMS: &str = "<letter-items></letter-items>";

/// Where the signature block stands.
const SIGNATURE: &str = "<letter-signature></letter-signature>";

/// The largest wording, in bytes, without the pictures that its template carries.
const LARGEST: usize = 1 << 20;

/// A letter's text, changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording<'a> {
    /// What the letter says now: HTML, as [`crate::Press::wording`] writes it.
    pub text: &'a str,
    /// What it said before anybody changed it. Its table of items and its signature block must still be there.
    pub made: &'a str,
}

impl Wording<'_> {
    /// The text in pieces.
    ///
    /// # Errors
    /// `TooLong`, and `Shortcodes` for those that would be printed as they are.
    pub(crate) fn pieces(self, draft: &Draft<'_>) -> Result<Vec<Piece>, LetterError> {
        if self.text.len() > LARGEST.max(self.made.len() + LARGEST / 2) {
            return Err(LetterError::TooLong { limit: LARGEST });
        }
        refuse_shortcodes(self.text, draft)?;
        let mut pieces = Vec::new();
        let mut rest = self.text;
        let next = |text: &str| {
            let found = |marker: &'static str, piece: Piece| text.find(marker).map(|at| (at, marker.len(), piece));
            [found(ITEMS, Piece::Items), found(SIGNATURE, Piece::Signature)]
                .into_iter()
                .flatten()
                .min_by_key(|(at, ..)| *at)
        };
        while let Some((at, length, piece)) = next(rest) {
            let (before, after) = rest.split_at(at);
            pieces.extend([Piece::Html(before.to_owned()), piece]);
            rest = after.get(length..).unwrap_or_default();
        }
        pieces.extend([Piece::Html(rest.to_owned()), Piece::EndOfBlock]);
        Ok(pieces)
    }

    /// Whether what no letter may lose still stands in its blocks, once and not inside of anything else.
    ///
    /// # Errors
    /// `Lost`.
    pub(crate) fn check(self, blocks: &[Block]) -> Result<(), LetterError> {
        for (marker, block, part) in
            [(ITEMS, Block::Items, "table of disputed items"), (SIGNATURE, Block::Signature, "signature")]
        {
            if blocks.iter().filter(|other| **other == block).count() != self.made.matches(marker).count() {
                return Err(LetterError::Lost { part });
            }
        }
        Ok(())
    }
}

/// A shortcode typed into a letter would go out as it is.
fn refuse_shortcodes(html: &str, draft: &Draft<'_>) -> Result<(), LetterError> {
    let known = |name: &str| {
        let name = name.split_once(':').map_or(name, |(name, _)| name);
        let normal = normal_name(name);
        matches!(normal.as_str(), "negativeitems" | "itemstable" | "signature" | "eachitem" | "/eachitem")
            || draft.variables.normal(&normal).is_some()
            || catalogue::item_field(&normal).is_some()
            || catalogue::known_in(&normal).is_some()
            || draft.snippets.iter().any(|snippet| normal_name(&snippet.name) == normal)
    };
    let mut faults: Vec<ShortcodeFault> = Vec::new();
    for node in parse(html, false, &Place::Wording)?.nodes {
        let name = match node {
            Node::Shortcode { name, .. } if known(&name) => name,
            Node::Each(_) => "EachItem".to_owned(),
            Node::Unmatched(name) => name,
            _ => continue,
        };
        let fault = ShortcodeFault { name, place: Place::Wording, kind: FaultKind::ByHand };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(LetterError::Shortcodes(faults)) }
}

/// Blocks as HTML. `sources` names the letter's pictures in their order.
pub(crate) fn written(blocks: &[Block], sources: &[String]) -> String {
    let mut writer = Writer { html: String::new(), sources };
    writer.blocks(blocks);
    writer.html
}

struct Writer<'a> {
    html: String,
    sources: &'a [String],
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { text, role, style } => self.paragraph(text, *role, *style),
                Block::Blank => self.html.push_str("<p><br></p>"),
                Block::Rule => self.html.push_str("<hr>"),
                Block::PageBreak => self.html.push_str("<hr class=\"page-break\">"),
                Block::Image(image) => self.image(image),
                Block::List { marker, items } => self.list(*marker, items),
                Block::Quote(blocks) => self.inside("blockquote", blocks),
                Block::Table(table) => self.table(table),
                Block::Items => self.html.push_str(ITEMS),
                Block::Signature => self.html.push_str(SIGNATURE),
            }
        }
    }

    fn inside(&mut self, name: &str, blocks: &[Block]) {
        self.put(format_args!("<{name}>"));
        self.blocks(blocks);
        self.put(format_args!("</{name}>"));
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.html.write_fmt(text);
    }

    fn paragraph(&mut self, text: &RichText, role: Role, style: Style) {
        let name = match role {
            Role::Paragraph => "p",
            Role::Line => "div",
            Role::Heading(1) => "h1",
            Role::Heading(2) => "h2",
            Role::Heading(_) => "h3",
        };
        self.put(format_args!("<{name}"));
        self.style(&paragraph_style(style));
        self.html.push('>');
        for (run, look) in text.runs() {
            self.run(run, look);
        }
        self.put(format_args!("</{name}>"));
    }

    fn style(&mut self, style: &str) {
        if !style.is_empty() {
            self.put(format_args!(" style=\"{style}\""));
        }
    }

    fn run(&mut self, text: &str, look: Look) {
        let mut ends: Vec<&str> = Vec::new();
        for (on, name) in [(look.bold, "strong"), (look.italic, "em"), (look.underline, "u"), (look.strike, "s")] {
            if on {
                self.put(format_args!("<{name}>"));
                ends.push(name);
            }
        }
        let rise = match look.rise {
            Rise::None => None,
            Rise::Super => Some("sup"),
            Rise::Sub => Some("sub"),
        };
        if let Some(name) = rise {
            self.put(format_args!("<{name}>"));
            ends.push(name);
        }
        let style = run_style(look);
        if !style.is_empty() {
            self.put(format_args!("<span style=\"{style}\">"));
            ends.push("span");
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.html.push_str("<br>");
            }
            line.chars().for_each(|c| escape(c, &mut self.html));
        }
        for name in ends.into_iter().rev() {
            self.put(format_args!("</{name}>"));
        }
    }

    fn image(&mut self, image: &Image) {
        let source = self.sources.get(image.picture).map(String::as_str).unwrap_or_default();
        self.html.push_str("<img src=\"");
        source.chars().for_each(|c| escape(c, &mut self.html));
        self.html.push_str("\" alt=\"");
        image.alt.chars().for_each(|c| escape(c, &mut self.html));
        self.html.push('"');
        let mut style = String::new();
        if let Some(width) = image.width {
            declare(&mut style, "width", &wish(width));
        }
        if let Some(height) = image.height {
            declare(&mut style, "height", &points(i32::from(height)));
        }
        declare(&mut style, "text-align", align(image.align));
        self.style(&style);
        self.html.push('>');
    }

    fn list(&mut self, marker: Marker, items: &[Vec<Block>]) {
        let name = match marker {
            Marker::Bullet(_) => "ul",
            Marker::Number(..) => "ol",
        };
        self.put(format_args!("<{name}"));
        if let Marker::Number(numbering, first) = marker {
            let kind = match numbering {
                Numbering::Decimal => None,
                Numbering::Letters { upper } => Some(if upper { "A" } else { "a" }),
                Numbering::Roman { upper } => Some(if upper { "I" } else { "i" }),
            };
            if let Some(kind) = kind {
                self.put(format_args!(" type=\"{kind}\""));
            }
            if first != 1 {
                self.put(format_args!(" start=\"{first}\""));
            }
        }
        self.html.push('>');
        for item in items {
            self.inside("li", item);
        }
        self.put(format_args!("</{name}>"));
    }

    fn table(&mut self, table: &Table) {
        self.html.push_str("<table");
        if table.lines == Lines::None {
            self.html.push_str(" border=\"0\"");
        }
        if let Some(width) = table.width {
            self.style(&format!("width:{}", wish(width)));
        }
        self.html.push('>');
        for width in &table.widths {
            self.html.push_str("<col");
            if let Some(width) = width {
                self.style(&format!("width:{}", wish(*width)));
            }
            self.html.push('>');
        }
        for row in &table.rows {
            self.html.push_str(if row.header { "<thead><tr>" } else { "<tbody><tr>" });
            for cell in &row.cells {
                self.cell(cell);
            }
            self.html.push_str(if row.header { "</tr></thead>" } else { "</tr></tbody>" });
        }
        self.html.push_str("</table>");
    }

    fn cell(&mut self, cell: &Cell) {
        let name = if cell.header { "th" } else { "td" };
        self.put(format_args!("<{name}"));
        if cell.span > 1 {
            self.put(format_args!(" colspan=\"{}\"", cell.span));
        }
        // What heads a row is bold by itself; here every run says whether it is.
        let mut style = String::new();
        if cell.header {
            declare(&mut style, "font-weight", "normal");
        }
        if let Some([r, g, b]) = cell.shade {
            declare(&mut style, "background-color", &format!("#{r:02x}{g:02x}{b:02x}"));
        }
        self.style(&style);
        self.html.push('>');
        self.blocks(&cell.blocks);
        self.put(format_args!("</{name}>"));
    }
}

/// A character as HTML text or in an attribute.
fn escape(c: char, html: &mut String) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        c => html.push(c),
    }
}

fn paragraph_style(style: Style) -> String {
    let mut css = String::new();
    if style.align != Align::Start {
        declare(&mut css, "text-align", align(style.align));
    }
    for (name, length) in [("margin-top", style.before), ("margin-bottom", style.after)] {
        if let Some(length) = length {
            declare(&mut css, name, &points(i32::from(length)));
        }
    }
    for (name, length) in [("margin-left", style.left), ("margin-right", style.right), ("text-indent", style.indent)] {
        if length != 0 {
            declare(&mut css, name, &points(i32::from(length)));
        }
    }
    if style.leading != 0 {
        declare(&mut css, "line-height", &hundredths(style.leading));
    }
    css
}

fn run_style(look: Look) -> String {
    let mut css = String::new();
    match look.family {
        Family::Serif => {}
        Family::Sans => declare(&mut css, "font-family", "sans-serif"),
        Family::Mono => declare(&mut css, "font-family", "monospace"),
    }
    if look.size != 0 {
        declare(&mut css, "font-size", &points(i32::from(look.size)));
    }
    if look.colour != crate::blocks::BLACK {
        let [r, g, b] = look.colour;
        declare(&mut css, "color", &format!("#{r:02x}{g:02x}{b:02x}"));
    }
    css
}

fn declare(css: &mut String, name: &str, value: &str) {
    if !css.is_empty() {
        css.push_str("; ");
    }
    css.push_str(name);
    css.push_str(": ");
    css.push_str(value);
}

/// Tenths of a point as a length.
fn points(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}pt"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}pt"),
    }
}

fn hundredths(number: u16) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn wish(wish: Wish) -> String {
    match wish {
        Wish::Points(tenths) => points(i32::from(tenths)),
        Wish::Percent(part) => format!("{}%", hundredths(part)),
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
        Align::Justify => "justify",
    }
}
