//! Enclosures: what is appended to a letter as pages, from files that strangers made.
//!
//! A picture becomes a page of its own. A PDF's pages are copied as drawings, without scripts, links, forms' logic or
//! files inside it, and fitted to the sheet. Files are hostile until proven otherwise: everything is limited, and what is
//! refused is named; a letter is never refused because of an enclosure.

use crate::finding::{Finding, Refusal};
use crate::pictures::{Picture, Pictures};
use paper::Paper;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) mod paper;
pub(crate) mod scan;

/// The most enclosures of a letter.
const MAX_ENCLOSURES: usize = 20;

/// The most pages of a letter's enclosures together.
const MAX_PAGES: usize = 60;

/// A file to append.
#[derive(Clone, Copy, Debug)]
pub struct Enclosure<'a> {
    /// What it is, for readers who do not see the page: "Driver's licence".
    pub name: &'a str,
    /// A PDF, PNG or JPEG file.
    pub bytes: &'a [u8],
}

/// An enclosure ready for a PDF.
pub(crate) struct Enclosed {
    pub(crate) name: String,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Picture(Arc<Picture>),
    Paper(Box<Paper>),
}

impl Enclosed {
    pub(crate) fn pages(&self) -> usize {
        match &self.content {
            Content::Picture(_) => 1,
            Content::Paper(paper) => paper.pages.len(),
        }
    }
}

/// Reads a letter's enclosures; what is refused is a finding.
pub(crate) fn read(enclosures: &[Enclosure<'_>], pictures: &mut Pictures) -> (Vec<Enclosed>, BTreeSet<Finding>) {
    let (mut all, mut findings, mut pages) = (Vec::new(), BTreeSet::new(), 0);
    for (number, enclosure) in (1_u32..).zip(enclosures) {
        let read = if all.len() >= MAX_ENCLOSURES {
            Err(Refusal::TooMany { limit: MAX_ENCLOSURES })
        } else {
            content(enclosure.bytes, MAX_PAGES - pages, pictures)
        };
        match read {
            Ok(content) => {
                if let Content::Paper(paper) = &content
                    && paper.stripped
                {
                    findings.insert(Finding::StrippedEnclosure { number });
                }
                let enclosed = Enclosed { name: enclosure.name.trim().to_owned(), content };
                pages += enclosed.pages();
                all.push(enclosed);
            }
            Err(why) => _ = findings.insert(Finding::RefusedEnclosure { number, why }),
        }
    }
    (all, findings)
}

/// A PDF may have a little before its head.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..1024.min(bytes.len())).unwrap_or(bytes).windows(5).any(|window| window == b"%PDF-")
}

fn content(bytes: &[u8], room: usize, pictures: &mut Pictures) -> Result<Content, Refusal> {
    if !is_pdf(bytes) {
        if room == 0 {
            return Err(Refusal::TooManyPages { limit: MAX_PAGES });
        }
        return pictures.read(bytes).map(Content::Picture);
    }
    // The reader of foreign PDFs is not ours: should it fail where it ought not, the file is refused like any other.
    let paper = std::panic::catch_unwind(|| paper::read(bytes, room));
    match paper.unwrap_or(Err(Refusal::Unreadable)) {
        Err(Refusal::TooManyPages { .. }) => Err(Refusal::TooManyPages { limit: MAX_PAGES }),
        other => other.map(|paper| Content::Paper(Box::new(paper))),
    }
}
