//! Resolved HTML becomes blocks: the sanitiser.
//!
//! The tokens are the browsers' own (html5ever); what they mean is a closed table here and in `css`. An element that is
//! not in the table is set as its text and reported; script, style and the like are dropped with their content and
//! reported. No tree of foreign markup is ever built, so misnested, endless or enormous markup costs time linear in its
//! length.

use crate::blocks::{Align, Block, Cell, Image, Lines, Look, Marker, RichText, Role, Row, Style, Table, composed};
use crate::finding::Finding;
use crate::pictures::Album;
use crate::resolve::Piece;
use containers::{Container, OpenTable, is_table};
use css::{Change, Shape, attribute};
use elements::{block_defaults, dropped, inline_change, is_block, names_page_break, numbering, printable, role_of};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeSet;

mod containers;
mod css;
mod elements;

/// Lists, quotes and tables nest this deep; deeper ones become plain paragraphs.
const MAX_CONTAINERS: usize = 12;

/// A table with more columns than this has no room for words; its cells are set one below the other.
const MAX_COLUMNS: usize = 12;

/// Elements open at once; more are ignored.
const MAX_OPEN: usize = 64;

/// Reads the resolved pieces into blocks, adding to `findings` what was left out. What links lead to is written behind their
/// text if `links`: paper shows it nowhere, a message has nothing else.
pub(crate) fn blocks(
    pieces: &[Piece],
    album: &mut Album<'_>,
    findings: &mut BTreeSet<Finding>,
    links: bool,
) -> Vec<Block> {
    let mut builder = Builder::new(album);
    builder.links = links.then(Vec::new);
    let sink = Sink(RefCell::new(builder));
    let mut tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    for piece in pieces {
        match piece {
            Piece::Html(html) => {
                let queue = BufferQueue::default();
                queue.push_back((&*composed(html)).into());
                // The only reason to pause is a script to run, and none ever is.
                while !queue.is_empty() {
                    let _ = tokenizer.feed(&queue);
                }
            }
            Piece::Items => tokenizer.sink.0.borrow_mut().block(Block::Items),
            Piece::Signature => tokenizer.sink.0.borrow_mut().block(Block::Signature),
            Piece::EndOfBlock => {
                tokenizer.end();
                let sink = Sink(RefCell::new(tokenizer.sink.0.into_inner().end_of_block()));
                tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
            }
        }
    }
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner().end_of_block();
    findings.append(&mut builder.findings);
    builder.root
}

struct Sink<'a, 'b>(RefCell<Builder<'a, 'b>>);

impl TokenSink for Sink<'_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => builder.text(&text),
            TagToken(tag) if tag.kind == StartTag => return builder.start(&tag),
            TagToken(tag) if tag.kind == EndTag => builder.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// An open block element.
#[derive(Clone, Debug)]
struct Open {
    name: String,
    change: Change,
    shape: Shape,
    /// How many containers were open around it.
    depth: usize,
}

struct Builder<'a, 'b> {
    album: &'a mut Album<'b>,
    root: Vec<Block>,
    containers: Vec<Container>,
    /// Open inline elements, so that an end tag undoes the last of its kind however it is nested.
    inline: Vec<(String, Change)>,
    /// Open block elements.
    open: Vec<Open>,
    paragraph: RichText,
    role: Option<Role>,
    /// Space asked for above the next paragraph, and a page break.
    before: Option<i16>,
    /// Collapsed white space stands before the next character, in the look of where it began.
    space: Option<Look>,
    /// The paragraph asked for a line although it holds no text.
    blank: bool,
    /// Where open links lead, and where in the paragraph they began; nothing where that is not written.
    links: Option<Vec<(Option<String>, usize)>>,
    /// The element whose content is being dropped.
    dropping: Option<String>,
    /// Pictures met so far.
    images: u32,
    findings: BTreeSet<Finding>,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(album: &'a mut Album<'b>) -> Self {
        Self {
            album,
            root: Vec::new(),
            containers: Vec::new(),
            inline: Vec::new(),
            open: Vec::new(),
            paragraph: RichText::default(),
            role: None,
            before: None,
            space: None,
            blank: false,
            links: None,
            dropping: None,
            images: 0,
            findings: BTreeSet::new(),
        }
    }

    /// The builder with everything closed that the block left open.
    fn end_of_block(mut self) -> Self {
        self.flush();
        while !self.containers.is_empty() {
            self.close_container();
        }
        self.inline.clear();
        self.open.clear();
        if let Some(links) = &mut self.links {
            links.clear();
        }
        self.before = None;
        self.dropping = None;
        self
    }

    fn text(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        let look = self.look();
        let keeps = self.open.iter().any(|open| open.name == "pre");
        for c in text.chars() {
            match c {
                '\n' if keeps => {
                    self.paragraph.push("\n", look);
                    self.space = None;
                }
                ' ' | '\t' if keeps => self.paragraph.push("\u{A0}", look),
                ' ' | '\t' | '\n' | '\r' | '\u{0C}' => _ = self.space.get_or_insert(look),
                // Invisible characters that editors leave behind; no page shows them.
                '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
                c if c.is_control() => {}
                c => {
                    let at_line_start = self.paragraph.text.is_empty() || self.paragraph.text.ends_with('\n');
                    if let (Some(look), false) = (self.space.take(), at_line_start) {
                        // A section sign is never parted from its number.
                        let space = if self.paragraph.text.ends_with(['§', '¶']) { "\u{A0}" } else { " " };
                        self.paragraph.push(space, look);
                    }
                    self.paragraph.push(c.encode_utf8(&mut [0; 4]), look);
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if let Some(kind) = dropped(name) {
            self.findings.insert(Finding::RemovedElement(name.to_owned()));
            self.dropping = Some(name.to_owned());
            return TokenSinkResult::RawData(kind);
        }
        let (change, shape) =
            if tag.attrs.is_empty() { Default::default() } else { css::read(tag, &mut self.findings) };
        if let Some(by_name) = inline_change(name) {
            if self.inline.len() < MAX_OPEN {
                self.inline.push((name.to_owned(), by_name.and(change)));
            }
            match name {
                "q" => self.text("“"),
                "a" => self.begin_link(tag),
                _ => {}
            }
            return TokenSinkResult::Continue;
        }
        match name {
            "br" => {
                if self.paragraph.text.is_empty() {
                    self.blank = true;
                } else {
                    let look = self.look();
                    self.paragraph.push("\n", look);
                }
                self.space = None;
            }
            "hr" => {
                let class = attribute(tag, "class").unwrap_or("");
                let breaks = shape.break_before || shape.break_after || names_page_break(class);
                self.block(if breaks { Block::PageBreak } else { Block::Rule });
            }
            "pagebreak" => self.block(Block::PageBreak),
            "img" => self.image(tag, &shape),
            "video" | "audio" | "object" | "embed" | "canvas" | "svg" | "math" | "input" | "button" => {
                self.findings.insert(Finding::RemovedElement(name.to_owned()));
            }
            name if is_block(name) => {
                self.flush();
                if name == "p" {
                    // A paragraph ends at the next one, whether its end tag was written or not.
                    self.close_block("p");
                }
                let breaks = shape.break_before || names_page_break(attribute(tag, "class").unwrap_or(""));
                self.open_block(name, change, shape);
                if breaks {
                    self.push(Block::PageBreak);
                }
                self.role = Some(role_of(name));
            }
            "ul" | "ol" => {
                self.flush();
                let lists = self.containers.iter().filter(|open| matches!(open, Container::List { .. })).count();
                let marker = if name == "ul" {
                    Marker::Bullet(u8::try_from(lists).unwrap_or(u8::MAX))
                } else {
                    let first = attribute(tag, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                    Marker::Number(numbering(tag), first)
                };
                self.open(Container::List { marker, items: Vec::new() }, change, Shape { left: 0, right: 0, ..shape });
            }
            "li" => {
                self.flush();
                self.close_to(
                    |container| matches!(container, Container::Item(_)),
                    |container| matches!(container, Container::List { .. } | Container::Cell(_)),
                );
                if matches!(self.containers.last(), Some(Container::List { .. })) {
                    self.open(Container::Item(Vec::new()), change, shape);
                }
            }
            "blockquote" => {
                self.flush();
                self.open(Container::Quote(Vec::new()), change, Shape { left: 0, right: 0, ..shape });
            }
            "table" => {
                self.flush();
                let lines = if shape.border == Some(false) { Lines::None } else { Lines::Boxed };
                let table = Table { width: shape.width, lines, ..Table::default() };
                // Where the table stands says nothing about the text in it.
                let shape = Shape { align: None, left: 0, right: 0, ..shape };
                self.open(Container::Table(OpenTable { table, ..OpenTable::default() }), change, shape);
            }
            "thead" | "tbody" | "tfoot" => {
                self.flush();
                self.close_to(|container| matches!(container, Container::Row(_)), is_table);
                if let Some(Container::Table(table)) = self.containers.last_mut() {
                    table.head = name == "thead";
                }
            }
            "col" => {
                if let Some(Container::Table(open)) = self.containers.last_mut() {
                    let span = attribute(tag, "span").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
                    for _ in 0..MAX_COLUMNS.min(span) {
                        if open.table.widths.len() < MAX_COLUMNS {
                            open.table.widths.push(shape.width);
                        }
                    }
                }
            }
            "tr" => {
                self.flush();
                self.close_to(|container| matches!(container, Container::Row(_)), is_table);
                if let Some(Container::Table(table)) = self.containers.last() {
                    let header = table.head;
                    self.open(Container::Row(Row { header, cells: Vec::new() }), change, shape);
                }
            }
            "td" | "th" => self.cell(tag, change, shape),
            "caption" => {
                self.flush();
                if let Some(Container::Table(_)) = self.containers.last() {
                    let caption = Cell { span: MAX_COLUMNS as u16, ..Cell::new(Vec::new()) };
                    self.open(Container::Row(Row::default()), Change::default(), Shape::default());
                    let shape = Shape { align: shape.align.or(Some(Align::Center)), ..shape };
                    self.open(Container::Cell(caption), change, shape);
                }
            }
            "html" | "head" | "body" | "colgroup" | "meta" | "link" | "wbr" | "base" | "source" | "track" | "area"
            | "map" => {}
            unknown => {
                self.findings.insert(Finding::UnknownElement(printable(unknown)));
            }
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        if self.dropping.as_deref() == Some(name) {
            self.dropping = None;
            return;
        }
        if inline_change(name).is_some() {
            match name {
                "q" => self.text("”"),
                "a" => self.end_link(),
                _ => {}
            }
            if let Some(at) = self.inline.iter().rposition(|(open, _)| open == name) {
                self.inline.remove(at);
            }
            return;
        }
        match name {
            name if is_block(name) => {
                self.flush();
                self.close_block(name);
            }
            "ul" | "ol" => self.end_container(|container| matches!(container, Container::List { .. })),
            "li" => self.end_container(|container| matches!(container, Container::Item(_))),
            "blockquote" => self.end_container(|container| matches!(container, Container::Quote(_))),
            "table" => self.end_container(is_table),
            "tr" => self.end_container(|container| matches!(container, Container::Row(_))),
            "td" | "th" => self.end_container(|container| matches!(container, Container::Cell(_))),
            "caption" => self.end_container(|container| matches!(container, Container::Row(_))),
            "thead" => {
                self.flush();
                self.close_to(|container| matches!(container, Container::Row(_)), is_table);
                if let Some(Container::Table(table)) = self.containers.last_mut() {
                    table.head = false;
                }
            }
            _ => {}
        }
    }

    fn begin_link(&mut self, tag: &Tag) {
        let Some(links) = &mut self.links else { return };
        let leads = attribute(tag, "href").map(str::trim).filter(|href| {
            ["https://", "http://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        });
        if links.len() < MAX_OPEN {
            links.push((leads.map(str::to_owned), self.paragraph.text.len()));
        }
    }

    fn end_link(&mut self) {
        let Some((Some(leads), from)) = self.links.as_mut().and_then(Vec::pop) else { return };
        let bare = |text: &str| text.trim().trim_start_matches("mailto:").trim_start_matches("tel:").to_owned();
        let said = self.paragraph.text.get(from..).unwrap_or_default();
        if !bare(said).eq_ignore_ascii_case(&bare(&leads)) {
            self.text(&format!(" ({})", bare(&leads)));
        }
    }

    fn image(&mut self, tag: &Tag, shape: &Shape) {
        let source = attribute(tag, "data-attachment-id").or_else(|| attribute(tag, "src")).unwrap_or("");
        let alt = attribute(tag, "alt").unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        if names_page_break(attribute(tag, "class").unwrap_or("")) {
            return self.block(Block::PageBreak);
        }
        self.images += 1;
        match self.album.find(source) {
            Ok(picture) => {
                let image = Image {
                    picture,
                    width: shape.width,
                    height: shape.height,
                    alt: composed(&alt).into_owned(),
                    align: shape.align.unwrap_or_else(|| self.align()),
                };
                self.block(Block::Image(image));
            }
            Err(why) => {
                self.findings.insert(Finding::RefusedImage { number: self.images, why });
                self.text(&alt);
            }
        }
    }

    /// Appends a block that holds no text, after the paragraph before it.
    fn block(&mut self, block: Block) {
        self.flush();
        self.push(block);
    }

    fn align(&self) -> Align {
        self.open.iter().rev().find_map(|open| open.shape.align).unwrap_or_default()
    }

    /// Ends the paragraph being read.
    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.paragraph);
        let role = self.role.take();
        let blank = std::mem::take(&mut self.blank);
        self.space = None;
        text.trim_end();
        let empty = text.text.chars().all(char::is_whitespace);
        if empty {
            // A paragraph of nothing but a break or a no-break space is how editors write an empty line.
            if blank || !text.text.is_empty() {
                self.push(Block::Blank);
            }
            return;
        }
        let role = role.unwrap_or_default();
        if blank {
            self.push(Block::Blank);
        }
        let depth = self.containers.len();
        let here = || self.open.iter().filter(|open| open.depth == depth).map(|open| open.shape);
        let style = Style {
            align: self.align(),
            before: self.before,
            after: None,
            left: here().fold(0, |sum: i16, shape| sum.saturating_add(shape.left)).clamp(0, 3000),
            right: here().fold(0, |sum: i16, shape| sum.saturating_add(shape.right)).clamp(0, 3000),
            indent: here().next_back().map_or(0, |shape| shape.indent),
            leading: self.open.iter().rev().find_map(|open| open.shape.leading).unwrap_or(0),
        };
        self.before = None;
        for (index, text) in text.split_at_blank_lines().into_iter().enumerate() {
            if index > 0 && role == Role::Line {
                self.push(Block::Blank);
            }
            self.push(Block::Paragraph { text, role, style });
        }
    }

    fn open_block(&mut self, name: &str, change: Change, shape: Shape) {
        if self.open.len() < MAX_OPEN {
            let (by_name, indent) = block_defaults(name);
            let shape = Shape { left: shape.left.saturating_add(indent), ..shape };
            let align = shape.align.or((name == "center").then_some(Align::Center));
            self.before = self.before.max(shape.before);
            let depth = self.containers.len();
            let shape = Shape { align, ..shape };
            self.open.push(Open { name: name.to_owned(), change: by_name.and(change), shape, depth });
        }
    }

    /// Closes a block element with those inside it, and gives the space below it to its last paragraph.
    fn close_block(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        let closed = self.open.split_off(at);
        let after = closed.iter().filter_map(|open| open.shape.after).max();
        let last = match self.containers.last_mut() {
            None => self.root.last_mut(),
            Some(Container::Quote(blocks) | Container::Item(blocks) | Container::Cell(Cell { blocks, .. })) => {
                blocks.last_mut()
            }
            Some(_) => None,
        };
        if let (Some(after), Some(Block::Paragraph { style, .. })) = (after, last) {
            style.after = Some(style.after.map_or(after, |before| before.max(after)));
        }
        if closed.iter().any(|open| open.shape.break_after) {
            self.push(Block::PageBreak);
        }
    }

    fn look(&self) -> Look {
        let blocks = self.open.iter().map(|open| &open.change);
        blocks.chain(self.inline.iter().map(|(_, change)| change)).fold(Look::default(), |look, change| Look {
            bold: change.bold.unwrap_or(look.bold),
            italic: change.italic.unwrap_or(look.italic),
            underline: change.underline.unwrap_or(look.underline),
            strike: change.strike.unwrap_or(look.strike),
            family: change.family.unwrap_or(look.family),
            rise: change.rise.unwrap_or(look.rise),
            size: change.size.map_or(look.size, |size| size.within(look.size)),
            colour: change.colour.unwrap_or(look.colour),
        })
    }
}

#[cfg(test)]
mod tests;
