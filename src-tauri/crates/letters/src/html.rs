//! Resolved HTML becomes blocks: the sanitiser.
//!
//! The tokens are the browsers' own (html5ever); what they mean is a closed table here. An element that is not in the
//! table is set as its text and reported; script, style and the like are dropped with their content and reported. No
//! tree of foreign markup is ever built, so misnested, endless or enormous markup costs time linear in its length.
//!
//! Left out: colours, sizes, faces, images, columns that span (deepened later); attributes other than alignment and
//! the few styles below are never read.

use crate::blocks::{Align, Block, Look, RichText, Role, Row, composed};
use crate::error::Finding;
use crate::resolve::Piece;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Lists, quotes and tables nest this deep; deeper ones become plain paragraphs.
const MAX_CONTAINERS: usize = 12;

/// A table with more columns than this has no room for words; its cells are set one below the other.
const MAX_COLUMNS: usize = 12;

/// Inline elements open at once; more are ignored.
const MAX_INLINE: usize = 64;

/// Reads the resolved pieces into blocks, adding to `findings` what was left out.
pub(crate) fn blocks(pieces: &[Piece], findings: &mut BTreeSet<Finding>) -> Vec<Block> {
    let sink = Sink(RefCell::new(Builder::default()));
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
                let builder = tokenizer.sink.0.take();
                let sink = Sink(RefCell::new(builder.end_of_block()));
                tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
            }
        }
    }
    tokenizer.end();
    let mut builder = tokenizer.sink.0.take().end_of_block();
    findings.append(&mut builder.findings);
    builder.root
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
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

/// An open list, quote or table.
#[derive(Debug)]
enum Container {
    Quote(Vec<Block>),
    List { first: Option<u32>, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Table(Vec<Row>),
    Row(Row),
    Cell { blocks: Vec<Block>, header: bool },
}

/// What an inline element changes; `None` leaves a property as it is.
#[derive(Clone, Copy, Debug, Default)]
struct Change {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
}

#[derive(Debug, Default)]
struct Builder {
    root: Vec<Block>,
    containers: Vec<Container>,
    /// Open inline elements, so that an end tag undoes the last of its kind however it is nested.
    inline: Vec<(String, Change)>,
    /// Open block elements with the alignment they ask for.
    aligned: Vec<(String, Option<Align>)>,
    paragraph: RichText,
    role: Option<Role>,
    /// Collapsed white space stands before the next character, in the look of where it began.
    space: Option<Look>,
    /// The paragraph asked for a line although it holds no text.
    blank: bool,
    /// The element whose content is being dropped.
    dropping: Option<String>,
    findings: BTreeSet<Finding>,
}

impl Builder {
    /// The builder with everything closed that the block left open.
    fn end_of_block(mut self) -> Self {
        self.flush();
        while !self.containers.is_empty() {
            self.close_container();
        }
        self.inline.clear();
        self.aligned.clear();
        self.dropping = None;
        self
    }

    fn text(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        let look = self.look();
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{0C}' => _ = self.space.get_or_insert(look),
                // Invisible characters that editors leave behind; no page shows them.
                '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
                c if c.is_control() => {}
                c => {
                    let at_line_start = self.paragraph.text.is_empty() || self.paragraph.text.ends_with('\n');
                    if let (Some(look), false) = (self.space.take(), at_line_start) {
                        self.paragraph.push(" ", look);
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
        if let Some(change) = inline_change(name) {
            self.open_inline(name, merged(change, style_change(tag)));
            return TokenSinkResult::Continue;
        }
        match name {
            "br" => {
                if self.paragraph.text.is_empty() {
                    self.blank = true;
                }
                let look = self.look();
                if !self.paragraph.text.is_empty() {
                    self.paragraph.push("\n", look);
                }
                self.space = None;
            }
            "hr" => self.block(Block::Rule),
            "img" | "video" | "audio" | "object" | "embed" | "canvas" | "svg" | "math" | "input" | "button" => {
                self.findings.insert(Finding::RemovedElement(name.to_owned()));
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "center" | "section" | "article" | "header"
            | "footer" | "main" | "address" => {
                self.flush();
                if name == "p" {
                    // A paragraph ends at the next one, whether its end tag was written or not.
                    self.close_aligned("p");
                }
                self.open_aligned(name, align_of(tag).or((name == "center").then_some(Align::Center)));
                self.role = role_of(name);
            }
            "ul" | "ol" => {
                self.flush();
                let first = (name == "ol")
                    .then(|| attribute(tag, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1));
                self.open(Container::List { first, items: Vec::new() });
            }
            "li" => {
                self.flush();
                self.close_to(
                    |container| matches!(container, Container::Item(_)),
                    |container| matches!(container, Container::List { .. } | Container::Cell { .. }),
                );
                if matches!(self.containers.last(), Some(Container::List { .. })) {
                    self.open(Container::Item(Vec::new()));
                }
            }
            "blockquote" => {
                self.flush();
                self.open(Container::Quote(Vec::new()));
            }
            "table" => {
                self.flush();
                self.open(Container::Table(Vec::new()));
            }
            "tr" => {
                self.flush();
                self.close_to(|container| matches!(container, Container::Row(_)), is_table);
                if self.containers.last().is_some_and(is_table) {
                    self.open(Container::Row(Row::default()));
                }
            }
            "td" | "th" => {
                self.flush();
                self.close_to(
                    |container| matches!(container, Container::Cell { .. }),
                    |container| matches!(container, Container::Row(_) | Container::Table(_)),
                );
                if self.containers.last().is_some_and(is_table) {
                    self.open(Container::Row(Row::default()));
                }
                if matches!(self.containers.last(), Some(Container::Row(_))) {
                    self.open(Container::Cell { blocks: Vec::new(), header: name == "th" });
                    self.open_aligned("td", align_of(tag).or((name == "th").then_some(Align::Start)));
                }
            }
            "html" | "head" | "body" | "thead" | "tbody" | "tfoot" | "colgroup" | "col" | "meta" | "link" | "wbr" => {}
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
            if let Some(at) = self.inline.iter().rposition(|(open, _)| open == name) {
                self.inline.remove(at);
            }
            return;
        }
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "center" | "section" | "article" | "header"
            | "footer" | "main" | "address" => {
                self.flush();
                self.close_aligned(name);
            }
            "ul" | "ol" => self.end_container(|container| matches!(container, Container::List { .. })),
            "li" => self.end_container(|container| matches!(container, Container::Item(_))),
            "blockquote" => self.end_container(|container| matches!(container, Container::Quote(_))),
            "table" => self.end_container(is_table),
            "tr" => self.end_container(|container| matches!(container, Container::Row(_))),
            "td" | "th" => self.end_container(|container| matches!(container, Container::Cell { .. })),
            _ => {}
        }
    }

    /// Appends a block that holds no text, after the paragraph before it.
    fn block(&mut self, block: Block) {
        self.flush();
        self.push(block);
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
        let align = self.aligned.iter().rev().find_map(|(_, align)| *align).unwrap_or_default();
        let role = role.unwrap_or(Role::Line);
        if blank {
            self.push(Block::Blank);
        }
        for (index, text) in text.split_at_blank_lines().into_iter().enumerate() {
            if index > 0 && role == Role::Line {
                self.push(Block::Blank);
            }
            self.push(Block::Paragraph { text, role, align });
        }
    }

    fn push(&mut self, block: Block) {
        match self.containers.last_mut() {
            None => self.root.push(block),
            Some(Container::Quote(blocks) | Container::Item(blocks) | Container::Cell { blocks, .. }) => {
                blocks.push(block);
            }
            Some(Container::List { items, .. }) => items.push(vec![block]),
            Some(Container::Table(rows)) => rows.push(Row { header: false, cells: vec![vec![block]] }),
            Some(Container::Row(row)) => row.cells.push(vec![block]),
        }
    }

    fn open(&mut self, container: Container) {
        if self.containers.len() < MAX_CONTAINERS {
            self.containers.push(container);
        } else {
            self.findings.insert(Finding::NestedTooDeep);
        }
    }

    /// Closes the innermost container into the one around it.
    fn close_container(&mut self) {
        let Some(container) = self.containers.pop() else { return };
        match container {
            Container::Quote(blocks) if !blocks.is_empty() => self.push(Block::Quote(blocks)),
            Container::List { first, items } if !items.is_empty() => self.push(Block::List { first, items }),
            Container::Table(rows) if rows.iter().any(|row| row.cells.len() > MAX_COLUMNS) => {
                self.findings.insert(Finding::TableTooWide);
                let cells = rows.into_iter().flat_map(|row| row.cells);
                cells.flatten().for_each(|block| self.push(block));
            }
            Container::Table(rows) if !rows.is_empty() => self.push(Block::Table(rows)),
            Container::Item(blocks) => match self.containers.last_mut() {
                Some(Container::List { items, .. }) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Container::Row(row) => match self.containers.last_mut() {
                Some(Container::Table(rows)) if !row.cells.is_empty() => rows.push(row),
                _ => {}
            },
            Container::Cell { blocks, header } => match self.containers.last_mut() {
                Some(Container::Row(row)) => {
                    row.header = header && (row.cells.is_empty() || row.header);
                    row.cells.push(blocks);
                }
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Container::Quote(_) | Container::List { .. } | Container::Table(_) => {}
        }
    }

    /// Ends the innermost container that `is` it, with everything inside.
    fn end_container(&mut self, is: impl Fn(&Container) -> bool) {
        self.flush();
        self.close_to(is, |_| false);
    }

    /// Closes up to and with the innermost container that `is` it, unless a `barrier` stands before it.
    fn close_to(&mut self, is: impl Fn(&Container) -> bool, barrier: impl Fn(&Container) -> bool) {
        let found = self.containers.iter().rposition(|container| is(container) || barrier(container));
        let Some(at) = found.filter(|at| self.containers.get(*at).is_some_and(&is)) else { return };
        while self.containers.len() > at {
            if matches!(self.containers.last(), Some(Container::Cell { .. })) {
                self.close_aligned("td");
            }
            self.close_container();
        }
    }

    fn open_inline(&mut self, name: &str, change: Change) {
        if self.inline.len() < MAX_INLINE {
            self.inline.push((name.to_owned(), change));
        }
    }

    fn open_aligned(&mut self, name: &str, align: Option<Align>) {
        if self.aligned.len() < MAX_INLINE {
            self.aligned.push((name.to_owned(), align));
        }
    }

    fn close_aligned(&mut self, name: &str) {
        if let Some(at) = self.aligned.iter().rposition(|(open, _)| open == name) {
            self.aligned.truncate(at);
        }
    }

    fn look(&self) -> Look {
        self.inline.iter().fold(Look::default(), |look, (_, change)| Look {
            bold: change.bold.unwrap_or(look.bold),
            italic: change.italic.unwrap_or(look.italic),
            underline: change.underline.unwrap_or(look.underline),
            strike: change.strike.unwrap_or(look.strike),
        })
    }
}

fn is_table(container: &Container) -> bool {
    matches!(container, Container::Table(_))
}

/// Elements that are dropped with their content, and how that content ends.
fn dropped(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// What an inline element does by itself; `None` when the element is not inline.
fn inline_change(name: &str) -> Option<Change> {
    let on = Some(true);
    let change = Change::default();
    match name {
        "b" | "strong" => Some(Change { bold: on, ..change }),
        "i" | "em" | "cite" | "var" | "dfn" => Some(Change { italic: on, ..change }),
        "u" | "ins" => Some(Change { underline: on, ..change }),
        "s" | "strike" | "del" => Some(Change { strike: on, ..change }),
        "span" | "a" | "font" => Some(change),
        _ => None,
    }
}

/// What an element's `style` attribute asks for, of what is supported.
fn style_change(tag: &Tag) -> Change {
    let mut change = Change::default();
    for (property, value) in declarations(tag) {
        match property.as_str() {
            "font-weight" => {
                change.bold = match value.as_str() {
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
            _ => {}
        }
    }
    change
}

fn merged(by_name: Change, by_style: Change) -> Change {
    Change {
        bold: by_style.bold.or(by_name.bold),
        italic: by_style.italic.or(by_name.italic),
        underline: by_style.underline.or(by_name.underline),
        strike: by_style.strike.or(by_name.strike),
    }
}

fn align_of(tag: &Tag) -> Option<Align> {
    let by_style = declarations(tag).find(|(property, _)| property == "text-align").map(|(_, value)| value);
    let value = by_style.or_else(|| attribute(tag, "align").map(|value| value.trim().to_ascii_lowercase()))?;
    match value.as_str() {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        "justify" => Some(Align::Justify),
        "left" | "start" => Some(Align::Start),
        _ => None,
    }
}

fn role_of(name: &str) -> Option<Role> {
    match name {
        "p" => Some(Role::Paragraph),
        "h1" => Some(Role::Heading(1)),
        "h2" => Some(Role::Heading(2)),
        "h3" | "h4" | "h5" | "h6" => Some(Role::Heading(3)),
        _ => Some(Role::Line),
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The declarations of a `style` attribute, in lower case.
fn declarations(tag: &Tag) -> impl Iterator<Item = (String, String)> {
    attribute(tag, "style").unwrap_or("").split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim();
        Some((property.trim().to_ascii_lowercase(), value.to_ascii_lowercase()))
    })
}

/// An element's name as a finding shows it: a hostile one may be long.
fn printable(name: &str) -> String {
    name.chars().take(32).collect()
}

#[cfg(test)]
mod tests;
