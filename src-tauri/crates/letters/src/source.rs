//! Template source text as a tree: HTML to copy, shortcodes to fill, choices to make.
//!
//! Invariants: reading is linear in the text, never looks inside tags, comments, scripts or styles, and loses
//! nothing but comments. What a tag means is not decided here; see `html`.

use crate::error::{LetterError, Place};
use crate::variables::normal_name;
use std::borrow::Cow;

/// Choices and snippets nest this deep and no deeper.
pub(crate) const MAX_DEPTH: usize = 16;

/// A shortcode's name, with its markup, is at most this long; anything longer is an unclosed bracket.
const MAX_NAME: usize = 300;

/// A piece of source text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node<'a> {
    /// Markup and text to copy.
    Html(&'a str),
    /// Text to print as it is.
    Literal(&'static str),
    /// `[Name]`, with the inline tags an editor put between its brackets.
    Shortcode { name: String, before: String, after: String },
    /// A `[` without its `]`, with the words that follow.
    Unclosed(String),
    /// `{a|b}`.
    Choice(Vec<Vec<Node<'a>>>),
    /// What stands between `[EachItem]` and `[/EachItem]`.
    Each(Vec<Node<'a>>),
    /// One of the two without the other.
    Unmatched(String),
}

/// A parsed source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    /// Braces that hold a `|` were seen and left as text.
    pub(crate) unread_choice: bool,
}

/// Source text of a block or snippet as HTML: text without a single tag gets paragraphs at blank lines and breaks at
/// line ends.
pub(crate) fn as_html(text: &str) -> Cow<'_, str> {
    let mut before = ' ';
    let has_tag = text.chars().any(|c| {
        let tag = before == '<' && (c.is_ascii_alphabetic() || c == '/' || c == '!');
        before = c;
        tag
    });
    if has_tag || !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 64);
    let mut blank = false;
    let mut first = true;
    for line in text.lines() {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if !first {
            html.push_str(if blank { "<p>" } else { "<br>" });
        }
        html.push_str(line);
        (first, blank) = (false, false);
    }
    Cow::Owned(html)
}

/// Reads `html`; braces are choices when `smart`.
///
/// # Errors
/// `TooDeep` and `UnclosedChoice`, for the place given.
pub(crate) fn parse<'a>(html: &'a str, smart: bool, place: &Place) -> Result<Source<'a>, LetterError> {
    let mut reader = Reader { rest: html, frames: Vec::new(), nodes: Vec::new(), tags_end: true, braces: Braces::None };
    reader.read(smart, place)?;
    Ok(Source { nodes: reader.nodes, unread_choice: reader.braces == Braces::Pair })
}

/// How much of a `{ | }` has gone by in a text whose braces are not choices.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Braces {
    None,
    Open,
    Piped,
    Pair,
}

/// An open choice or loop.
struct Frame<'a> {
    /// The finished options of a choice; `None` for a loop.
    options: Option<Vec<Vec<Node<'a>>>>,
    /// The nodes around it.
    outer: Vec<Node<'a>>,
    /// As the author wrote the loop's name.
    name: String,
}

struct Reader<'a> {
    rest: &'a str,
    /// What is open, innermost last.
    frames: Vec<Frame<'a>>,
    nodes: Vec<Node<'a>>,
    /// Whether a `>` may still follow; once none does, `<` is text and is not searched again.
    tags_end: bool,
    braces: Braces,
}

impl<'a> Reader<'a> {
    fn read(&mut self, smart: bool, place: &Place) -> Result<(), LetterError> {
        while !self.rest.is_empty() {
            let special = self.rest.find(['<', '[', '{', '|', '}']).unwrap_or(self.rest.len());
            let text = self.take(special);
            self.push_html(text);
            match self.rest.chars().next() {
                Some('<') => self.markup(),
                Some('[') => self.bracket(),
                Some('{') if smart => {
                    if self.frames.len() >= MAX_DEPTH {
                        return Err(LetterError::TooDeep { place: place.clone(), limit: MAX_DEPTH });
                    }
                    self.take(1);
                    self.open(Some(Vec::new()), String::new());
                }
                Some('|') if self.in_choice() => {
                    self.take(1);
                    let option = std::mem::take(&mut self.nodes);
                    if let Some(Frame { options: Some(options), .. }) = self.frames.last_mut() {
                        options.push(option);
                    }
                }
                Some('}') if self.in_choice() => {
                    self.take(1);
                    if let Some(Frame { options: Some(mut options), outer, .. }) = self.frames.pop() {
                        options.push(std::mem::replace(&mut self.nodes, outer));
                        self.nodes.push(Node::Choice(options));
                    }
                }
                Some(brace) => {
                    self.braces = match (self.braces, brace) {
                        (Braces::Pair, _) | (Braces::Piped, '}') => Braces::Pair,
                        (_, '{') => Braces::Open,
                        (Braces::Open, '|') => Braces::Piped,
                        (Braces::Piped, '|') => Braces::Piped,
                        _ => Braces::None,
                    };
                    let text = self.take(1);
                    self.push_html(text);
                }
                None => {}
            }
        }
        while let Some(Frame { options, outer, name }) = self.frames.pop() {
            if options.is_some() {
                return Err(LetterError::UnclosedChoice { place: place.clone() });
            }
            let inside = std::mem::replace(&mut self.nodes, outer);
            self.nodes.push(Node::Unmatched(name));
            self.nodes.extend(inside);
        }
        Ok(())
    }

    fn in_choice(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.options.is_some())
    }

    fn open(&mut self, options: Option<Vec<Vec<Node<'a>>>>, name: String) {
        let outer = std::mem::take(&mut self.nodes);
        self.frames.push(Frame { options, outer, name });
    }

    /// A shortcode, or an end of a loop.
    fn named(&mut self, node: Node<'a>) {
        let Node::Shortcode { name, .. } = &node else { return self.nodes.push(node) };
        match normal_name(name).as_str() {
            "eachitem" if self.frames.len() < MAX_DEPTH => {
                let name = name.clone();
                self.open(None, name);
            }
            "/eachitem" => match self.frames.pop() {
                Some(Frame { options: None, outer, .. }) => {
                    let inside = std::mem::replace(&mut self.nodes, outer);
                    self.nodes.push(Node::Each(inside));
                }
                frame => {
                    self.frames.extend(frame);
                    self.nodes.push(Node::Unmatched(name.clone()));
                }
            },
            _ => self.nodes.push(node),
        }
    }

    /// Takes `len` bytes off the front.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn push_html(&mut self, html: &'a str) {
        if !html.is_empty() {
            self.nodes.push(Node::Html(html));
        }
    }

    /// At a `<`: a comment, a tag, an element whose content is not text, or a plain less-than sign.
    fn markup(&mut self) {
        if self.rest.starts_with("<!--") {
            let end = self.rest.find("-->").map_or(self.rest.len(), |at| at + 3);
            let comment = self.take(end);
            // The one comment that means something: how some editors mark a page break.
            if comment.trim_start_matches("<!--").trim_end_matches("-->").trim().eq_ignore_ascii_case("pagebreak") {
                self.nodes.push(Node::Literal("<pagebreak>"));
            }
            return;
        }
        let opens = self.rest.strip_prefix('<').and_then(|rest| rest.chars().next());
        let is_tag = opens.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end = if is_tag && self.tags_end { self.rest.find('>') } else { None };
        let Some(end) = end else {
            self.tags_end &= !is_tag;
            self.take(1);
            self.nodes.push(Node::Literal("&lt;"));
            return;
        };
        let tag = self.take(end + 1);
        self.push_html(tag);
        if let Some(close) = raw_text_close(tag) {
            let content = find_ignoring_case(self.rest, close).unwrap_or(self.rest.len());
            let content = self.take(content);
            self.push_html(content);
            // The end tag is supplied when the author left it out: nothing may swallow the text of later blocks.
            if self.rest.is_empty() {
                self.nodes.push(Node::Html(close));
                self.nodes.push(Node::Literal(">"));
            }
        }
    }

    /// At a `[`: an escaped bracket, a shortcode, an empty pair, or an unclosed one.
    fn bracket(&mut self) {
        if self.rest.starts_with("[[") {
            self.take(2);
            self.nodes.push(Node::Literal("["));
            return;
        }
        let inside = self.rest.strip_prefix('[').unwrap_or("");
        let close = inside.find([']', '[']).filter(|at| *at <= MAX_NAME);
        let inner = close.and_then(|at| inside.split_at_checked(at)).filter(|(_, rest)| rest.starts_with(']'));
        match inner.and_then(|(inner, _)| shortcode(inner).map(|node| (inner, node))) {
            Some((inner, node)) => {
                let whole = self.take(inner.len() + 2);
                match node {
                    Node::Shortcode { name, .. } if name.is_empty() => self.push_html(whole),
                    node => self.named(node),
                }
            }
            None => {
                let words = visible(inside).chars().take(24).collect::<String>();
                self.take(1);
                self.nodes.push(Node::Unclosed(words.trim().to_owned()));
            }
        }
    }
}

/// What stands between brackets, as a shortcode; `None` when a block's end lies between them.
fn shortcode(inner: &str) -> Option<Node<'static>> {
    const INLINE: [&str; 17] = [
        "a", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "span", "font", "mark", "code", "sub", "sup",
        "small",
    ];
    let (mut name, mut before, mut after) = (String::new(), String::new(), String::new());
    let mut rest = inner;
    while let Some((text, markup)) = rest.split_once('<') {
        name.push_str(text);
        let (tag, further) = markup.split_once('>')?;
        let tag_name = tag.trim_start_matches('/').split([' ', '/', '\t', '\n']).next().unwrap_or("");
        if !INLINE.iter().any(|known| known.eq_ignore_ascii_case(tag_name)) {
            return None;
        }
        let side = if name.trim().is_empty() { &mut before } else { &mut after };
        side.push('<');
        side.push_str(tag);
        side.push('>');
        rest = further;
    }
    name.push_str(rest);
    let name = visible(&name).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Node::Shortcode { name, before, after })
}

/// Text without tags, and with the entities that occur in names replaced.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars().take(400) {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    [("&nbsp;", " "), ("&#160;", " "), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// For the start tag of an element whose content is not markup: what ends it.
fn raw_text_close(tag: &str) -> Option<&'static str> {
    const RAW: [(&str, &str); 9] = [
        ("script", "</script"),
        ("style", "</style"),
        ("title", "</title"),
        ("textarea", "</textarea"),
        ("xmp", "</xmp"),
        ("iframe", "</iframe"),
        ("noembed", "</noembed"),
        ("noframes", "</noframes"),
        ("noscript", "</noscript"),
    ];
    let name = tag.strip_prefix('<')?.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next()?;
    RAW.iter().find(|(raw, _)| raw.eq_ignore_ascii_case(name)).map(|(_, close)| *close)
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(html: &str, smart: bool) -> Vec<Node<'_>> {
        parse(html, smart, &Place::Block { number: 1, section: None }).unwrap().nodes
    }

    fn code(name: &str) -> Node<'static> {
        Node::Shortcode { name: name.into(), before: String::new(), after: String::new() }
    }

    #[test]
    fn brackets_in_tags_comments_and_styles_are_not_shortcodes() {
        assert_eq!(
            nodes("<a title='[x]'>[Name]</a><!-- [y] --><style>p{a|b}[z]</style>", true),
            [
                Node::Html("<a title='[x]'>"),
                code("Name"),
                Node::Html("</a>"),
                Node::Html("<style>"),
                Node::Html("p{a|b}[z]"),
                Node::Html("</style>"),
            ]
        );
    }

    #[test]
    fn an_editors_tags_inside_brackets_are_kept_around_the_value() {
        let expected = Node::Shortcode { name: "First Name".into(), before: "<b>".into(), after: "</b>".into() };
        assert_eq!(nodes("[<b>First&nbsp;Name</b>]", false), [expected]);
    }

    #[test]
    fn doubled_and_empty_brackets_are_text() {
        assert_eq!(nodes("[[sic]", false), [Node::Literal("["), Node::Html("sic]")]);
        assert_eq!(nodes("[ ]", false), [Node::Html("[ ]")]);
    }

    #[test]
    fn a_bracket_that_a_paragraph_ends_in_is_unclosed() {
        assert!(nodes("<p>[Name</p><p>more]</p>", false).contains(&Node::Unclosed("Namemore]".into())));
    }

    #[test]
    fn an_element_left_open_cannot_swallow_what_follows() {
        assert_eq!(
            nodes("<script>alert(1)", false),
            [Node::Html("<script>"), Node::Html("alert(1)"), Node::Html("</script"), Node::Literal(">")]
        );
        assert_eq!(nodes("a <b", false), [Node::Html("a "), Node::Literal("&lt;"), Node::Html("b")]);
    }

    #[test]
    fn braces_are_choices_in_smart_text_only() {
        let choice = |html| parse(html, false, &Place::Block { number: 1, section: None }).unwrap().unread_choice;
        assert!(choice("{a|b}"));
        assert!(!choice("{a} | {b}"));
        assert_eq!(
            nodes("{a|{b|c}}", true),
            [Node::Choice(vec![
                vec![Node::Html("a")],
                vec![Node::Choice(vec![vec![Node::Html("b")], vec![Node::Html("c")]])]
            ])]
        );
    }

    #[test]
    fn a_loop_holds_what_stands_between_its_ends() {
        assert_eq!(
            nodes("a[EachItem]{b|[/EachItem]}[Each Item]c[/each_item]", true).last(),
            Some(&Node::Each(vec![Node::Html("c")]))
        );
        assert!(nodes("[/EachItem]", false).contains(&Node::Unmatched("/EachItem".into())));
        assert!(nodes("[EachItem]x", false).contains(&Node::Unmatched("EachItem".into())));
    }

    #[test]
    fn an_editors_page_break_is_kept() {
        assert_eq!(nodes("a<!-- pagebreak --><!-- x -->", false), [Node::Html("a"), Node::Literal("<pagebreak>")]);
    }

    #[test]
    fn plain_text_gets_paragraphs_and_breaks() {
        assert_eq!(as_html("a\nb\n\n\nc"), "a<br>b<p>c");
        assert_eq!(as_html("<p>a\nb</p>"), "<p>a\nb</p>");
        assert_eq!(as_html("1 < 2\n3"), "1 < 2<br>3");
    }
}
