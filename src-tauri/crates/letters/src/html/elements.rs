//! What the names of elements mean for a letter: a closed table.

use super::css::{Change, Size, attribute};
use crate::blocks::{Family, Numbering, Rise, Role};
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;

/// Elements that are dropped with their content, and how that content ends.
pub(super) fn dropped(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// What an inline element does by itself; `None` when the element is not inline.
pub(super) fn inline_change(name: &str) -> Option<Change> {
    let on = Some(true);
    let change = Change::default();
    match name {
        "b" | "strong" => Some(Change { bold: on, ..change }),
        "i" | "em" | "cite" | "var" | "dfn" => Some(Change { italic: on, ..change }),
        "u" | "ins" => Some(Change { underline: on, ..change }),
        "s" | "strike" | "del" => Some(Change { strike: on, ..change }),
        "sub" => Some(Change { rise: Some(Rise::Sub), ..change }),
        "sup" => Some(Change { rise: Some(Rise::Super), ..change }),
        "small" => Some(Change { size: Some(Size::Times(0.85)), ..change }),
        "big" => Some(Change { size: Some(Size::Times(1.2)), ..change }),
        "code" | "kbd" | "samp" | "tt" => Some(Change { family: Some(Family::Mono), ..change }),
        "span" | "a" | "font" | "mark" | "abbr" | "acronym" | "label" | "bdi" | "bdo" | "time" | "data" | "q" => {
            Some(change)
        }
        _ => None,
    }
}

/// Elements that begin and end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "div"
            | "center"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "address"
            | "aside"
            | "nav"
            | "figure"
            | "figcaption"
            | "pre"
            | "dl"
            | "dt"
            | "dd"
            | "details"
            | "summary"
            | "form"
            | "fieldset"
            | "legend"
    )
}

/// What a block element does to its text by itself, and how far it stands in, in tenths of a point.
pub(super) fn block_defaults(name: &str) -> (Change, i16) {
    let change = Change::default();
    match name {
        "pre" => (Change { family: Some(Family::Mono), ..change }, 0),
        "dd" => (change, 220),
        "dt" => (Change { bold: Some(true), ..change }, 0),
        _ => (change, 0),
    }
}

pub(super) fn role_of(name: &str) -> Role {
    match name {
        "p" | "pre" => Role::Paragraph,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" | "h4" | "h5" | "h6" => Role::Heading(3),
        _ => Role::Line,
    }
}

pub(super) fn numbering(tag: &Tag) -> Numbering {
    let style = attribute(tag, "style").unwrap_or("").to_ascii_lowercase();
    let style =
        style.split_once("list-style").and_then(|(_, rest)| rest.split_once(':')).map_or("", |(_, value)| value);
    match (attribute(tag, "type").map(str::trim), style) {
        (Some("a"), _) => Numbering::Letters { upper: false },
        (Some("A"), _) => Numbering::Letters { upper: true },
        (Some("i"), _) => Numbering::Roman { upper: false },
        (Some("I"), _) => Numbering::Roman { upper: true },
        (_, style) if style.contains("lower-alpha") || style.contains("lower-latin") => {
            Numbering::Letters { upper: false }
        }
        (_, style) if style.contains("upper-alpha") || style.contains("upper-latin") => {
            Numbering::Letters { upper: true }
        }
        (_, style) if style.contains("lower-roman") => Numbering::Roman { upper: false },
        (_, style) if style.contains("upper-roman") => Numbering::Roman { upper: true },
        _ => Numbering::Decimal,
    }
}

/// Class names by which editors mark a page break.
pub(super) fn names_page_break(class: &str) -> bool {
    class.split_whitespace().any(|name| matches!(name, "page-break" | "pagebreak" | "mce-pagebreak" | "page_break"))
}

/// An element's name as a finding shows it: a hostile one may be long.
pub(super) fn printable(name: &str) -> String {
    name.chars().take(32).collect()
}
