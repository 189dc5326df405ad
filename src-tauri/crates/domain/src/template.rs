//! What letters are written from.

use crate::{SnippetId, TemplateId};

/// How a template's text is put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateKind {
    /// One content.
    Static,
    /// Blocks by section with `{a|b|c}` choices.
    Smart,
    /// A text message.
    Sms,
    /// Text to read, not to send.
    Reference,
    /// A value this build does not know, kept as sent.
    Other(String),
}

impl TemplateKind {
    /// Reads the server's spelling; keeps anything else.
    #[must_use]
    pub fn from_code(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "static" => TemplateKind::Static,
            "smart" => TemplateKind::Smart,
            "sms" => TemplateKind::Sms,
            "reference" => TemplateKind::Reference,
            _ => TemplateKind::Other(text.to_owned()),
        }
    }

    /// The server's spelling.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            TemplateKind::Static => "static",
            TemplateKind::Smart => "smart",
            TemplateKind::Sms => "sms",
            TemplateKind::Reference => "reference",
            TemplateKind::Other(text) => text,
        }
    }
}

/// One block of a template, in the server's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateContent {
    /// `opening`, `body`, `closing`, ...; `None` in a static template.
    pub section: Option<String>,
    /// HTML as a rich-text editor wrote it. Hostile until sanitised.
    pub html: String,
    /// The server's version mark of the block.
    pub version: Option<String>,
}

/// A template (API: Templates).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Server key.
    pub id: TemplateId,
    /// Display name.
    pub name: String,
    /// How it is put together.
    pub kind: TemplateKind,
    /// Meant for disputes.
    pub is_dispute: bool,
    /// Its category's name.
    pub category: Option<String>,
    /// Its blocks.
    pub contents: Vec<TemplateContent>,
}

/// A snippet (API: Snippets): reusable text whose name is its shortcode without the brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Server key.
    pub id: SnippetId,
    /// Shortcode without brackets. Several state-related snippets may share one name.
    pub name: String,
    /// HTML; may contain shortcodes of variables and of other snippets. Hostile until sanitised.
    pub html: String,
    /// The state it applies to; `None` when it applies everywhere.
    pub state: Option<String>,
}
