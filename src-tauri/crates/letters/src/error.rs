//! Why a letter could not be set, and what was left out of one that could.
//!
//! Every message is for the person who wrote the template or prepares the letter: what happened, where, and what to
//! do. No message repeats a variable's value, because values are consumer data.

use std::fmt;

/// Where a piece of template text stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a block of the template.
    Block {
        /// Position among the template's blocks, from 1.
        number: usize,
        /// The block's section, as the template spells it.
        section: Option<String>,
    },
    /// In a snippet's text.
    Snippet {
        /// The snippet's name.
        name: String,
    },
    /// In a letter's own wording, changed by hand.
    Wording,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Block { number, section: Some(section) } => write!(f, "block {number} ({section})"),
            Place::Block { number, section: None } => write!(f, "block {number}"),
            Place::Snippet { name } => write!(f, "snippet “{name}”"),
            Place::Wording => f.write_str("the letter's text"),
        }
    }
}

/// What is wrong with a shortcode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Neither a variable nor a snippet has this name.
    Unknown,
    /// It is known, but not in this letter.
    Elsewhere(KnownIn),
    /// The variable exists and is empty.
    EmptyVariable,
    /// Snippets of this name exist, but only for other states than the client's.
    NoStateVariant,
    /// A `[` that no `]` follows.
    Unclosed,
    /// An item's shortcode outside of `[EachItem]`, in a letter about several items or none.
    OutsideLoop,
    /// `[EachItem]` without `[/EachItem]`, or the other way round.
    UnmatchedLoop,
    /// A date format that is not one.
    Format,
    /// It stands in a text that is printed as it is.
    ByHand,
}

/// Where a shortcode is known that a letter does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownIn {
    /// In letters to bureaus.
    Bureaus,
    /// In letters to furnishers.
    Furnishers,
    /// On fax cover pages.
    FaxCovers,
    /// Wherever the company's facts are set.
    Company,
}

/// A shortcode that could not be filled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShortcodeFault {
    /// The name as the author wrote it, without brackets.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub kind: FaultKind,
}

impl fmt::Display for ShortcodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, place, kind } = self;
        match kind {
            FaultKind::Unknown => write!(
                f,
                "[{name}] in {place} is neither a variable nor a snippet: correct its name, or write [[{name}] if the \
                 brackets are meant to be printed"
            ),
            FaultKind::Elsewhere(KnownIn::Company) => write!(
                f,
                "[{name}] in {place} is the company's, and nothing is known of it: an administrator sets it in \
                 settings.toml, under [letters]"
            ),
            FaultKind::Elsewhere(known) => {
                let known = match known {
                    KnownIn::Furnishers => "in letters to furnishers",
                    KnownIn::FaxCovers => "on fax cover pages",
                    KnownIn::Bureaus | KnownIn::Company => "in letters to bureaus",
                };
                write!(
                    f,
                    "[{name}] in {place} is known {known} only: take it out, or choose a template for this recipient"
                )
            }
            FaultKind::EmptyVariable => {
                write!(f, "[{name}] in {place} has no value for this client: fill in the field {name}")
            }
            FaultKind::NoStateVariant => write!(
                f,
                "[{name}] in {place} has no text for the client's state: add a snippet for that state or one without a \
                 state"
            ),
            FaultKind::OutsideLoop => {
                write!(f, "[{name}] in {place} does not say which item: write it between [EachItem] and [/EachItem]")
            }
            FaultKind::UnmatchedLoop => {
                write!(f, "[{name}] in {place} has no other end: every [EachItem] needs one [/EachItem]")
            }
            FaultKind::Format => write!(
                f,
                "[{name}] in {place} asks for a format that does not exist: use long, short, iso, or a pattern such as \
                 MM/DD/YYYY, and only with dates"
            ),
            FaultKind::ByHand => write!(
                f,
                "[{name}] in {place} is not filled in, because a letter that is changed by hand says just what is \
                 written: write the words instead"
            ),
            FaultKind::Unclosed => write!(
                f,
                "the bracket before “{name}” in {place} is never closed: add the ], or write [[ for a bracket that is \
                 meant to be printed"
            ),
        }
    }
}

/// Which part of a letter a character came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The sender's block.
    Sender,
    /// The recipient's address.
    Recipient,
    /// The subject line.
    Subject,
    /// The printed name under the signature.
    Signer,
    /// A row of the item table, from 1.
    Item(usize),
    /// A variable, by its name.
    Variable(String),
    /// The letter's text outside of variables.
    Text,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Sender => f.write_str("the sender's name and address"),
            Field::Recipient => f.write_str("the recipient's address"),
            Field::Subject => f.write_str("the subject line"),
            Field::Signer => f.write_str("the signer's name"),
            Field::Item(row) => write!(f, "row {row} of the item table"),
            Field::Variable(name) => write!(f, "the field {name}"),
            Field::Text => f.write_str("the text of the template or one of its snippets"),
        }
    }
}

/// Why a letter could not be set.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The template is a text message or a reference text, or of a kind this build does not know.
    #[error("the template is of type “{kind}”, which is not for letters: choose a static or smart template")]
    NotALetter {
        /// The kind as the server spells it.
        kind: String,
    },
    /// The template has no text at all.
    #[error("the template has no text: add a block to it or choose another template")]
    EmptyTemplate,
    /// One or more shortcodes could not be filled; every one is named.
    #[error("{}", list(.0))]
    Shortcodes(Vec<ShortcodeFault>),
    /// Snippets that contain each other.
    #[error("snippets contain each other without end: {}. Take one of them out of the other", .path.join(" → "))]
    SnippetCycle {
        /// The names in the order of inclusion; the last repeats an earlier one.
        path: Vec<String>,
    },
    /// Choices or snippets inside each other beyond what any letter needs.
    #[error("{place} nests choices or snippets more than {limit} deep: simplify it")]
    TooDeep {
        /// Where the limit was passed.
        place: Place,
        /// The deepest nesting allowed.
        limit: usize,
    },
    /// The resolved text is beyond any letter.
    #[error("the letter's text grows past {limit} bytes: look for a snippet that repeats itself")]
    TooLong {
        /// The largest text allowed, in bytes.
        limit: usize,
    },
    /// A `{` that no `}` follows, in a smart template.
    #[error("a {{ in {place} is never closed: add the }}, every choice is written {{one|other}}")]
    UnclosedChoice {
        /// Where it stands.
        place: Place,
    },
    /// Whoever changed the letter's text took out what no letter may lose, or moved it into something else.
    #[error(
        "the {part} is no longer where it was in the letter's text: put it back, or start from the template's text"
    )]
    Lost {
        /// What.
        part: &'static str,
    },
    /// A character that none of the bundled typefaces can draw.
    #[error(
        "{field} holds a character that cannot be printed, {character:?} (U+{:04X}): replace it",
        u32::from(*.character)
    )]
    NoGlyph {
        /// The character.
        character: char,
        /// Where it came from.
        field: Field,
    },
    /// The address is larger than the envelope's window shows, even in the smallest type.
    #[error(
        "the recipient's address does not fit the envelope window: it needs {:.2} x {:.2} in at {smallest} pt and the \
         window always shows {:.2} x {:.2} in. Shorten it, or choose another envelope",
        .needed.0, .needed.1, .allowed.0, .allowed.1
    )]
    AddressDoesNotFit {
        /// Width and height at the smallest type, in inches.
        needed: (f32, f32),
        /// Width and height of what the window always shows, in inches.
        allowed: (f32, f32),
        /// The smallest type, in points.
        smallest: f32,
    },
    /// There is nothing to show in the window.
    #[error("the recipient has no address: fill it in, or choose a letter without an envelope window")]
    NoAddress,
    /// The sender's block reaches into what the window can show.
    #[error("the sender's block has too many lines to stay above the envelope window: shorten it")]
    SenderTooTall,
    /// The recipient's block holds what looks like a Social Security number or a birth date.
    #[error(
        "line {line} of the recipient's address looks like a Social Security number or birth date, which must not \
             show in an envelope window: take it out"
    )]
    PrivateInWindow {
        /// The line, from 1.
        line: usize,
    },
    /// The sender's block is larger than the envelope's upper window shows, even in the smallest type.
    #[error(
        "the sender's name and address do not fit the envelope's upper window: shorten them, or choose another envelope"
    )]
    SenderDoesNotFit,
    /// The envelope's geometry makes no sense.
    #[error(transparent)]
    Envelope(#[from] domain::ImpossibleEnvelope),
    /// No office sends such a letter.
    #[error("the letter has more than {limit} pages: shorten its text")]
    TooManyPages {
        /// The most pages of a letter.
        limit: usize,
    },
    /// A bundled typeface could not be read: the program is damaged.
    #[error("the typeface {face} could not be read: install the program again")]
    Typeface {
        /// Its name.
        face: &'static str,
    },
    /// A page could not be drawn.
    #[error("page {page} could not be drawn: open the PDF in another program to see what is wrong with it")]
    Drawing {
        /// Which, from 1; 0 when the file itself could not be opened.
        page: usize,
    },
    /// No letters were given to merge.
    #[error("there are no letters to put into one file: choose at least one")]
    NothingToMerge,
    /// The PDF could not be written, or one to be merged could not be read.
    #[error("the PDF could not be {action}: {source}")]
    Pdf {
        /// `written` or `read`.
        action: &'static str,
        /// What the PDF library says.
        source: lopdf::Error,
    },
}

fn list(faults: &[ShortcodeFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
