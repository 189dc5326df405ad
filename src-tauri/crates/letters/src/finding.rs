//! What a letter was set without, and what its reader should know before it goes out: data for those who decide.
//!
//! Findings name places and numbers, never values: values are consumer data.

use crate::error::ShortcodeFault;
use std::fmt;

/// Why a picture or an enclosure was refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// There is nothing in it.
    Empty,
    /// It is not a PDF, PNG or JPEG.
    UnknownFormat,
    /// It is damaged or ends too early.
    Unreadable,
    /// The file is too large.
    TooManyBytes {
        /// The most bytes.
        limit: usize,
    },
    /// The picture has too many dots.
    TooManyDots {
        /// The most dots.
        limit: u64,
    },
    /// There are too many pictures or enclosures.
    TooMany {
        /// The most.
        limit: usize,
    },
    /// It is not a data URI and the letter brings no picture of that id. Nothing is ever fetched.
    NotAttached,
    /// It opens with a password only.
    Encrypted,
    /// It has too many pages.
    TooManyPages {
        /// The most pages of a letter's enclosures together.
        limit: usize,
    },
    /// It is made of too many parts.
    TooManyObjects {
        /// The most objects.
        limit: usize,
    },
    /// It unpacks to far more than it is.
    Inflates {
        /// The most bytes that it may unpack to.
        limit: usize,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: &usize| bytes >> 20;
        match self {
            Refusal::Empty => f.write_str("it is empty"),
            Refusal::UnknownFormat => f.write_str("it is not a PDF, PNG or JPEG"),
            Refusal::Unreadable => f.write_str("it is damaged or incomplete"),
            Refusal::TooManyBytes { limit } => write!(f, "it is larger than {} MiB", mib(limit)),
            Refusal::TooManyDots { limit } => write!(f, "it has more than {} million dots", limit / 1_000_000),
            Refusal::TooMany { limit } => write!(f, "there are more than {limit}"),
            Refusal::NotAttached => f.write_str("it is not part of the template or the letter, and nothing is fetched"),
            Refusal::Encrypted => f.write_str("it opens with a password only"),
            Refusal::TooManyPages { limit } => write!(f, "the enclosures have more than {limit} pages"),
            Refusal::TooManyObjects { limit } => write!(f, "it is made of more than {limit} parts"),
            Refusal::Inflates { limit } => write!(f, "it unpacks to more than {} MiB", mib(limit)),
        }
    }
}

/// Where a number that looks like a Social Security number was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// In the sender's block.
    Sender,
    /// In the recipient's address.
    Recipient,
    /// In the subject line.
    Subject,
    /// In the text.
    Text,
    /// In a table, the item table too.
    Table,
    /// In the words for a picture.
    Caption,
    /// In the name of an enclosure, counted from 1.
    Enclosure(u32),
    /// In the document's title.
    Title,
}

impl fmt::Display for Exposure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exposure::Sender => f.write_str("the sender's block"),
            Exposure::Recipient => f.write_str("the recipient's address"),
            Exposure::Subject => f.write_str("the subject line"),
            Exposure::Text => f.write_str("the text"),
            Exposure::Table => f.write_str("a table"),
            Exposure::Caption => f.write_str("the description of a picture"),
            Exposure::Enclosure(number) => write!(f, "the name of enclosure {number}"),
            Exposure::Title => f.write_str("the document's title"),
        }
    }
}

/// Something about a letter that its author, or who lets it out, should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// An element this engine does not know; its text was kept.
    UnknownElement(String),
    /// An element that has no place in a letter; it was left out with what it holds.
    RemovedElement(String),
    /// A style that would change what the reader sees and is not supported.
    UnknownStyle(String),
    /// A typeface that nothing like is at hand; the letter's own was used.
    UnknownTypeface(String),
    /// Elements nested deeper than a page can show; the deepest were set as plain text.
    NestedTooDeep,
    /// A table with more columns than a page has room for; its cells were set one below the other.
    TableTooWide,
    /// A cell reaches over several rows; it was set in the first of them.
    RowSpan,
    /// A static template holds `{a|b}`, which only smart templates choose from; it was printed as written.
    ChoiceInStaticTemplate,
    /// A second item table or signature block was asked for and left out.
    Repeated(String),
    /// A picture was left out.
    RefusedImage {
        /// Its place among the letter's pictures, from 1.
        number: u32,
        /// Why.
        why: Refusal,
    },
    /// An enclosure was left out.
    RefusedEnclosure {
        /// Its place among the letter's enclosures, from 1.
        number: u32,
        /// Why.
        why: Refusal,
    },
    /// Parts of an enclosure that are not on paper, such as scripts and files in it, were left out.
    StrippedEnclosure {
        /// Its place among the letter's enclosures, from 1.
        number: u32,
    },
    /// A shortcode was left unfilled: in a proof only, a letter is refused.
    Unfilled(ShortcodeFault),
    /// The recipient's address is larger than the window always shows: in a proof only, a letter is refused.
    AddressOutsideWindow,
    /// Nine digits written like a Social Security number, or the client's own in any spelling.
    SocialSecurityNumber {
        /// Where.
        place: Exposure,
        /// They are the client's.
        own: bool,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::UnknownElement(name) => write!(f, "<{name}> is not supported; its text was kept"),
            Finding::RemovedElement(name) => write!(f, "<{name}> has no place in a letter and was left out"),
            Finding::UnknownStyle(name) => write!(f, "the style {name} is not supported"),
            Finding::UnknownTypeface(name) => write!(f, "there is no typeface like {name}; the letter's own was used"),
            Finding::NestedTooDeep => f.write_str("elements are nested too deep; the deepest were set as plain text"),
            Finding::TableTooWide => {
                f.write_str("a table has too many columns for the page; its cells were set one below the other")
            }
            Finding::RowSpan => f.write_str("a table's cell reaches over several rows; its text stands in the first"),
            Finding::ChoiceInStaticTemplate => {
                f.write_str("the template is static, so {one|other} was printed as written; make it a smart template")
            }
            Finding::Repeated(name) => write!(f, "[{name}] stands in the template more than once; it was set once"),
            Finding::RefusedImage { number, why } => write!(f, "picture {number} was left out: {why}"),
            Finding::RefusedEnclosure { number, why } => write!(f, "enclosure {number} was left out: {why}"),
            Finding::StrippedEnclosure { number } => {
                write!(f, "scripts, links or files inside enclosure {number} were left out")
            }
            Finding::Unfilled(fault) => write!(f, "{fault}"),
            Finding::AddressOutsideWindow => {
                f.write_str("the recipient's address is larger than the envelope's window always shows")
            }
            Finding::SocialSecurityNumber { place, own: true } => {
                write!(f, "the client's whole Social Security number stands in {place}")
            }
            Finding::SocialSecurityNumber { place, own: false } => {
                write!(f, "a number like a Social Security number stands in {place}")
            }
        }
    }
}
