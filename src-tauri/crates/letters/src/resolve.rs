//! Template, snippets and values become one resolved text.
//!
//! Invariants: every random choice comes from the seed, in reading order; a variable's value is inserted as plain
//! text and never read again, so brackets and braces in it are printed; work is bounded, whatever the template says.
//! A letter with an unfilled shortcode is refused, with all of them named at once.

use crate::catalogue;
use crate::dates;
use crate::error::{FaultKind, LetterError, Place, ShortcodeFault};
use crate::finding::Finding;
use crate::items::DisputedItem;
use crate::press::Layout;
use crate::source::{MAX_DEPTH, Node, as_html, parse};
use crate::variables::{Variables, normal_name};
use domain::{Snippet, Template, TemplateContent, TemplateKind};
use std::collections::{BTreeMap, BTreeSet};

/// The most text a letter may resolve to, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// The most bytes of pictures that its templates and snippets may carry.
const MAX_CARRIED: usize = 24 << 20;

/// The most source text that may be read on the way there, in bytes: what bounds snippets that repeat snippets.
const MAX_WORK: usize = 4 << 20;

/// A run of the resolved letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Resolved HTML; still hostile.
    Html(String),
    /// Where the item table goes.
    Items,
    /// Where the signature block goes.
    Signature,
    /// The end of a template block: whatever it left open is closed.
    EndOfBlock,
}

/// The letter's text with everything filled in.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) findings: BTreeSet<Finding>,
}

/// What a template is filled from.
#[derive(Clone, Copy)]
pub(crate) struct Filling<'a> {
    pub(crate) snippets: &'a [Snippet],
    pub(crate) state: Option<&'a str>,
    pub(crate) variables: &'a Variables,
    pub(crate) seed: u64,
    pub(crate) items: &'a [DisputedItem],
    /// Unfilled shortcodes are printed as they are written, and reported.
    pub(crate) proof: bool,
    /// In all but a letter, item table and signature stand only where the template says.
    pub(crate) layout: Layout,
}

/// A block with its number among the template's blocks.
type Numbered<'t> = (usize, &'t TemplateContent);

/// Resolves a template.
///
/// # Errors
/// Every `LetterError` that concerns templates.
pub(crate) fn resolve(template: &Template, filling: Filling<'_>) -> Result<Resolved, LetterError> {
    let smart = match &template.kind {
        TemplateKind::Static => false,
        TemplateKind::Smart => true,
        TemplateKind::Sms if filling.layout == Layout::Message => false,
        kind @ (TemplateKind::Sms | TemplateKind::Reference | TemplateKind::Other(_)) => {
            return Err(LetterError::NotALetter { kind: kind.code().to_owned() });
        }
    };
    if template.contents.iter().all(|content| content.html.trim().is_empty()) {
        return Err(LetterError::EmptyTemplate);
    }
    let mut resolver = Resolver::new(filling, smart);
    let sections = if smart { sections(&template.contents) } else { one_section(&template.contents) };
    let (mut after_body, mut after_closing) = (None, None);
    let last_body = sections.iter().rposition(|(name, _)| name == "body");
    let closing = sections.iter().position(|(name, _)| name == "closing");
    for (index, (_, blocks)) in sections.iter().enumerate() {
        if closing == Some(index) && last_body.is_none() {
            after_body = Some(resolver.pieces.len());
        }
        let chosen: &[Numbered<'_>] = match blocks.as_slice() {
            [first, _, ..] if smart => {
                let index = resolver.seed.below(blocks.len());
                blocks.get(index..=index).unwrap_or(std::slice::from_ref(first))
            }
            all => all,
        };
        for (number, content) in chosen {
            let place = Place::Block { number: *number, section: content.section.clone() };
            resolver.text(&content.html, &place)?;
            resolver.pieces.push(Piece::EndOfBlock);
        }
        if last_body == Some(index) {
            after_body = Some(resolver.pieces.len());
        }
        if closing == Some(index) {
            after_closing = Some(resolver.pieces.len());
        }
    }
    resolver.finish(after_body, after_closing)
}

/// Sections of a smart template in the order they are read: opening, body, closing, then others as they first appear.
/// A block without a section belongs to the body.
fn sections(contents: &[TemplateContent]) -> Vec<(String, Vec<Numbered<'_>>)> {
    let mut sections: Vec<(String, Vec<Numbered<'_>>)> =
        ["opening", "body", "closing"].map(|name| (name.to_owned(), Vec::new())).into();
    for (index, content) in contents.iter().enumerate() {
        let name = content.section.as_deref().map_or_else(String::new, |section| section.trim().to_lowercase());
        let name = if name.is_empty() { "body".to_owned() } else { name };
        match sections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, blocks)) => blocks.push((index + 1, content)),
            None => sections.push((name, vec![(index + 1, content)])),
        }
    }
    sections.retain(|(_, blocks)| !blocks.is_empty());
    sections
}

fn one_section(contents: &[TemplateContent]) -> Vec<(String, Vec<Numbered<'_>>)> {
    vec![(String::new(), contents.iter().enumerate().map(|(index, content)| (index + 1, content)).collect())]
}

/// A stream of choices: SplitMix64, written out here because it must never change.
struct Seed(u64);

impl Seed {
    /// A number below `count`, which is at least 1.
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let scaled = (u128::from(mixed) * count as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }
}

struct Resolver<'a> {
    snippets: BTreeMap<String, Vec<&'a Snippet>>,
    state: Option<String>,
    variables: &'a Variables,
    seed: Seed,
    items: &'a [DisputedItem],
    /// The item that a loop is at, counted from 1.
    item: Option<(usize, &'a DisputedItem)>,
    /// A loop has shown the items, so that they need no table.
    looped: bool,
    proof: bool,
    layout: Layout,
    smart: bool,
    pieces: Vec<Piece>,
    /// In reading order; `seen` keeps repeats out.
    faults: Vec<ShortcodeFault>,
    seen: BTreeSet<ShortcodeFault>,
    findings: BTreeSet<Finding>,
    /// Snippets being expanded, outermost first.
    path: Vec<String>,
    length: usize,
    carried: usize,
    work: usize,
}

impl<'a> Resolver<'a> {
    fn new(filling: Filling<'a>, smart: bool) -> Self {
        let mut snippets: BTreeMap<String, Vec<&Snippet>> = BTreeMap::new();
        for snippet in filling.snippets {
            snippets.entry(normal_name(&snippet.name)).or_default().push(snippet);
        }
        Self {
            snippets,
            state: filling.state.map(normal_state),
            variables: filling.variables,
            seed: Seed(filling.seed),
            items: filling.items,
            item: None,
            looped: false,
            proof: filling.proof,
            layout: filling.layout,
            smart,
            pieces: Vec::new(),
            faults: Vec::new(),
            seen: BTreeSet::new(),
            findings: BTreeSet::new(),
            path: Vec::new(),
            length: 0,
            carried: 0,
            work: 0,
        }
    }

    fn work(&mut self, length: usize) -> Result<(), LetterError> {
        self.work += length + 64;
        if self.work > MAX_WORK + self.carried {
            return Err(LetterError::TooLong { limit: MAX_TEXT });
        }
        Ok(())
    }

    /// Reads source text and appends what it resolves to.
    fn text(&mut self, html: &str, place: &Place) -> Result<(), LetterError> {
        self.work(html.len())?;
        let html = as_html(html);
        let source = parse(&html, self.smart, place)?;
        if source.unread_choice {
            self.findings.insert(Finding::ChoiceInStaticTemplate);
        }
        self.nodes(&source.nodes, place)
    }

    fn nodes(&mut self, nodes: &[Node<'_>], place: &Place) -> Result<(), LetterError> {
        for node in nodes {
            match node {
                Node::Html(html) => self.push(html)?,
                Node::Literal(text) => self.push(text)?,
                Node::Choice(options) => {
                    let index = self.seed.below(options.len());
                    if let Some(option) = options.get(index) {
                        self.nodes(option, place)?;
                    }
                }
                Node::Each(nodes) => {
                    let around = self.item;
                    for (index, item) in self.items.iter().enumerate() {
                        self.work(0)?;
                        self.item = Some((index + 1, item));
                        self.nodes(nodes, place)?;
                    }
                    (self.item, self.looped) = (around, true);
                }
                Node::Unclosed(words) => self.fault(words, place, FaultKind::Unclosed)?,
                Node::Unmatched(name) => self.fault(name, place, FaultKind::UnmatchedLoop)?,
                Node::Shortcode { name, before, after } => {
                    self.push(before)?;
                    self.shortcode(name, place)?;
                    self.push(after)?;
                }
            }
        }
        Ok(())
    }

    fn shortcode(&mut self, written: &str, place: &Place) -> Result<(), LetterError> {
        let (name, format) = match written.split_once(':') {
            Some((name, format)) => (name, Some(format.trim())),
            None => (written, None),
        };
        let normal = normal_name(name);
        match normal.as_str() {
            "negativeitems" | "itemstable" => return self.once(Piece::Items, name),
            "signature" => return self.once(Piece::Signature, name),
            _ => {}
        }
        if let Some(variable) = self.variables.normal(&normal) {
            if let Some(format) = format {
                return match variable.date.and_then(|date| dates::written(date, format)) {
                    Some(date) => self.push(&escape(&date)),
                    None => self.fault(written, place, FaultKind::Format),
                };
            }
            if variable.value.trim().is_empty() {
                return if variable.optional { Ok(()) } else { self.fault(name, place, FaultKind::EmptyVariable) };
            }
            return self.push(&escape(&variable.value));
        }
        if let Some(field) = catalogue::item_field(&normal) {
            let only = match self.items {
                [only] => Some((1, only)),
                _ => None,
            };
            let Some((number, item)) = self.item.or(only) else {
                return self.fault(name, place, FaultKind::OutsideLoop);
            };
            return match field.text(number, item, format) {
                None => self.fault(written, place, FaultKind::Format),
                Some(text) if text.trim().is_empty() && field.is_required() => {
                    self.fault(name, place, FaultKind::EmptyVariable)
                }
                Some(text) => self.push(&escape(&text)),
            };
        }
        let Some(variants) = self.snippets.get(&normal).filter(|_| format.is_none()) else {
            let kind = catalogue::known_in(&normal).map_or(FaultKind::Unknown, FaultKind::Elsewhere);
            return self.fault(written, place, kind);
        };
        let for_state = variants
            .iter()
            .find(|snippet| snippet.state.as_deref().is_some_and(|state| Some(normal_state(state)) == self.state));
        let for_all = variants.iter().find(|snippet| snippet.state.as_deref().is_none_or(|s| s.trim().is_empty()));
        let Some(snippet) = for_state.or(for_all).copied() else {
            return self.fault(name, place, FaultKind::NoStateVariant);
        };
        self.snippet(snippet)
    }

    fn snippet(&mut self, snippet: &'a Snippet) -> Result<(), LetterError> {
        let place = Place::Snippet { name: snippet.name.clone() };
        let cycles = self.path.iter().any(|open| normal_name(open) == normal_name(&snippet.name));
        self.path.push(snippet.name.clone());
        if cycles {
            return Err(LetterError::SnippetCycle { path: std::mem::take(&mut self.path) });
        }
        if self.path.len() > MAX_DEPTH {
            return Err(LetterError::TooDeep { place, limit: MAX_DEPTH });
        }
        self.text(&snippet.html, &place)?;
        self.path.pop();
        Ok(())
    }

    /// Sets a block that a letter has once.
    fn once(&mut self, piece: Piece, name: &str) -> Result<(), LetterError> {
        if self.pieces.contains(&piece) {
            self.findings.insert(Finding::Repeated(name.to_owned()));
        } else {
            self.pieces.push(piece);
        }
        Ok(())
    }

    fn push(&mut self, html: &str) -> Result<(), LetterError> {
        // A picture that a template carries is not text.
        if html.get(..4).is_some_and(|tag| tag.eq_ignore_ascii_case("<img")) {
            self.carried += html.len();
        } else {
            self.length += html.len();
        }
        if self.length > MAX_TEXT || self.carried > MAX_CARRIED {
            return Err(LetterError::TooLong { limit: MAX_TEXT });
        }
        match self.pieces.last_mut() {
            Some(Piece::Html(text)) => text.push_str(html),
            _ => self.pieces.push(Piece::Html(html.to_owned())),
        }
        Ok(())
    }

    fn fault(&mut self, name: &str, place: &Place, kind: FaultKind) -> Result<(), LetterError> {
        let fault = ShortcodeFault { name: name.to_owned(), place: place.clone(), kind };
        if self.proof {
            let shown = if fault.kind == FaultKind::Unclosed { "[".to_owned() } else { format!("[{}]", escape(name)) };
            self.findings.insert(Finding::Unfilled(fault));
            return self.push(&format!("<span style=\"color:#b00000\">{shown}</span>"));
        }
        if self.seen.insert(fault.clone()) {
            self.faults.push(fault);
        }
        Ok(())
    }

    /// Puts the item table and the signature block where the template does not say, and reports all faults.
    fn finish(mut self, after_body: Option<usize>, after_closing: Option<usize>) -> Result<Resolved, LetterError> {
        if !self.faults.is_empty() {
            return Err(LetterError::Shortcodes(self.faults));
        }
        let end = self.pieces.len();
        // The later position first, so that the earlier one stays right.
        if self.layout == Layout::Letter && !self.pieces.contains(&Piece::Signature) {
            self.pieces.insert(after_closing.unwrap_or(end).min(end), Piece::Signature);
        }
        if self.layout == Layout::Letter && !self.looped && !self.pieces.contains(&Piece::Items) {
            self.pieces.insert(after_body.unwrap_or(end).min(end), Piece::Items);
        }
        Ok(Resolved { pieces: self.pieces, findings: self.findings })
    }
}

fn normal_state(state: &str) -> String {
    domain::us_state_name(state).unwrap_or(state.trim()).to_lowercase()
}

/// A value as HTML text: markup characters escaped, line ends as breaks.
fn escape(value: &str) -> String {
    let mut html = String::with_capacity(value.len() + 16);
    for (index, line) in value.trim().lines().enumerate() {
        if index > 0 {
            html.push_str("<br>");
        }
        for c in line.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
    }
    html
}

/// The shortcodes that a template names, in reading order without repeats, in the author's spelling: all branches of
/// every choice, but not the snippets' own. Reserved ones (`NegativeItems`, `ItemsTable`, `Signature`) are included.
///
/// # Errors
/// `TooDeep` and `UnclosedChoice`.
pub fn shortcodes_in(template: &Template) -> Result<Vec<String>, LetterError> {
    fn collect(nodes: &[Node<'_>], seen: &mut BTreeSet<String>, names: &mut Vec<String>) {
        for node in nodes {
            match node {
                Node::Shortcode { name, .. } => {
                    let name = name.split_once(':').map_or(name.as_str(), |(name, _)| name.trim_end());
                    if seen.insert(normal_name(name)) {
                        names.push(name.to_owned());
                    }
                }
                Node::Choice(options) => options.iter().for_each(|option| collect(option, seen, names)),
                Node::Each(inside) => collect(inside, seen, names),
                Node::Html(_) | Node::Literal(_) | Node::Unclosed(_) | Node::Unmatched(_) => {}
            }
        }
    }
    let (mut seen, mut names) = (BTreeSet::new(), Vec::new());
    let smart = template.kind == TemplateKind::Smart;
    for (index, content) in template.contents.iter().enumerate() {
        let place = Place::Block { number: index + 1, section: content.section.clone() };
        collect(&parse(&content.html, smart, &place)?.nodes, &mut seen, &mut names);
    }
    Ok(names)
}

#[cfg(test)]
mod tests;
