//! What every piece of a letter is, for those who do not see the page.
//!
//! The tree that a tagged PDF carries: headings, paragraphs, lists, tables with their headers, pictures with words for
//! them. Marks on a page name the element that they belong to; what is decoration (rules, page numbers, the header of a
//! table on its further pages) belongs to none and is an artifact.

/// What an element is; the names are those of the PDF standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Document,
    Paragraph,
    Heading(u8),
    Quote,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    HeaderCell,
    Cell,
    Figure,
}

impl Tag {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Tag::Document => "Document",
            Tag::Paragraph => "P",
            Tag::Heading(1) => "H1",
            Tag::Heading(2) => "H2",
            Tag::Heading(_) => "H3",
            Tag::Quote => "BlockQuote",
            Tag::List => "L",
            Tag::Item => "LI",
            Tag::Label => "Lbl",
            Tag::Body => "LBody",
            Tag::Table => "Table",
            Tag::Row => "TR",
            Tag::HeaderCell => "TH",
            Tag::Cell => "TD",
            Tag::Figure => "Figure",
        }
    }
}

/// Which element of a letter a mark belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TagId(pub(crate) u32);

impl TagId {
    pub(crate) const DOCUMENT: TagId = TagId(0);
    /// Decoration.
    pub(crate) const ARTIFACT: TagId = TagId(u32::MAX);
}

#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) tag: Tag,
    pub(crate) parent: TagId,
    /// Words for a picture.
    pub(crate) alt: Option<String>,
    /// Columns that a cell takes.
    pub(crate) span: u16,
    /// How a list's items are numbered, in the standard's words.
    pub(crate) numbering: Option<&'static str>,
}

impl Element {
    pub(crate) fn new(parent: TagId, tag: Tag) -> Self {
        Self { tag, parent, alt: None, span: 1, numbering: None }
    }
}

/// The elements of a letter in reading order, the document first; a parent stands before its children.
#[derive(Debug)]
pub(crate) struct Tags(Vec<Element>);

impl Tags {
    pub(crate) fn new() -> Self {
        Self(vec![Element::new(TagId::ARTIFACT, Tag::Document)])
    }

    pub(crate) fn add(&mut self, parent: TagId, tag: Tag) -> TagId {
        self.push(Element::new(parent, tag))
    }

    pub(crate) fn push(&mut self, element: Element) -> TagId {
        let id = TagId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(element);
        id
    }

    pub(crate) fn all(&self) -> &[Element] {
        &self.0
    }
}
