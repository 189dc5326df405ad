//! The press: drafts in, set letters out.

use crate::address::AddressBlock;
use crate::blocks::Block;
use crate::closing::arrange;
use crate::column::Composer;
use crate::embed::Embedder;
use crate::enclosure::{self, Enclosure};
use crate::error::LetterError;
use crate::exposure::Watch;
use crate::finding::{Exposure, Finding};
use crate::fingerprint::Fingerprint;
use crate::items::DisputedItem;
use crate::pictures::{Album, Attached, Picture, Pictures};
use crate::resolve::{Filling, resolve};
use crate::signs::Everyday;
use crate::tags::Tags;
use crate::text::Typesetter;
use crate::variables::Variables;
use crate::wording::{self, Wording};
use crate::{html, letter, pdf, plain};
use domain::{Area, Envelope, Snippet, Ssn, Template};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What of a letter the template leaves to the engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Sender, date, address and subject above the text, the signature block and the item table where they belong.
    #[default]
    Letter,
    /// The template's text alone: a fax cover page.
    Page,
    /// No page at all, only what is said: an e-mail or a text message.
    Message,
}

/// Everything one letter is made from. The same draft gives the same bytes.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// What it says.
    pub template: &'a Template,
    /// Its text, when somebody changed it by hand: then the template says no more than what it is called.
    pub wording: Option<Wording<'a>>,
    /// Reusable texts that the template may name.
    pub snippets: &'a [Snippet],
    /// The client's state, by code or name: decides between snippets of one name.
    pub state: Option<&'a str>,
    /// Values of the template's shortcodes.
    pub variables: &'a Variables,
    /// Pictures that the template may name by their ids.
    pub images: &'a [Attached<'a>],
    /// Whose letter it is: the client's name and address.
    pub sender: AddressBlock,
    /// Whom it goes to.
    pub recipient: AddressBlock,
    /// The date on it.
    pub date: Date,
    /// What stands after `Re:`; nothing, when empty.
    pub subject: String,
    /// What it disputes, in the order of its table. No table when there are none.
    pub items: &'a [DisputedItem],
    /// The printed name below the signature.
    pub signer: String,
    /// Decides every choice of a smart template.
    pub seed: u64,
    /// Letter, bare page or message.
    pub layout: Layout,
    /// What it is mailed in.
    pub envelope: Envelope,
    /// Short marks at the left edge show where the first page is folded.
    pub fold_marks: bool,
    /// Appended as pages, in this order.
    pub enclosures: &'a [Enclosure<'a>],
    /// The client's number, to find it wherever it does not belong.
    pub ssn: Option<&'a Ssn>,
    /// Set as far as it goes, for an author to look at: shortcodes without a value and an address that is too large
    /// become findings instead of refusals. A proof is never sent.
    pub proof: bool,
    /// The document's title. It shows in a viewer's window bar, so it holds no consumer data.
    pub title: String,
}

impl<'a> Draft<'a> {
    /// A bare page that says what its template says: no letter of anybody to anyone.
    #[must_use]
    pub fn page(template: &'a Template, variables: &'a Variables, date: Date, title: String) -> Self {
        Self {
            template,
            wording: None,
            snippets: &[],
            state: None,
            variables,
            images: &[],
            sender: AddressBlock::default(),
            recipient: AddressBlock::default(),
            date,
            subject: String::new(),
            items: &[],
            signer: String::new(),
            seed: 0,
            layout: Layout::Page,
            envelope: Envelope::None,
            fold_marks: false,
            enclosures: &[],
            ssn: None,
            proof: false,
            title,
        }
    }
}

/// A letter ready to print.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLetter {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has, enclosures included.
    pub pages: u32,
    /// How many of them are the letter itself.
    pub letter_pages: u32,
    /// Everything printed except page numbers, in reading order; table cells stand between tabs.
    pub text: String,
    /// What was left out, is odd or should not go out, sorted, without repeats.
    pub findings: Vec<Finding>,
    /// Where the recipient's address stands on the first page.
    pub address_area: Area,
    /// What its wording is recognised by: see [`crate::similarity`].
    pub fingerprint: Fingerprint,
}

/// Sets letters. It keeps typefaces and what letters share, so one press sets a batch fastest; a letter's bytes do not
/// depend on what the press set before. It can be sent to another thread.
pub struct Press {
    typesetter: Typesetter,
    embedder: Embedder,
    pictures: Pictures,
}

impl Press {
    /// A press with the bundled typefaces.
    ///
    /// # Errors
    /// `Typeface` when one of them is damaged.
    pub fn new() -> Result<Self, LetterError> {
        let everyday = Arc::new(Everyday::new());
        Ok(Self {
            typesetter: Typesetter::new(Arc::clone(&everyday))?,
            embedder: Embedder::new(everyday),
            pictures: Pictures::default(),
        })
    }

    /// What a letter says, without what stands around it, as HTML that is safe to show and that a [`Wording`] of the same
    /// draft may be made of.
    ///
    /// # Errors
    /// As [`Press::set`], for what concerns the text.
    pub fn wording(&mut self, draft: &Draft<'_>) -> Result<String, LetterError> {
        let text = self.text(draft)?;
        Ok(wording::written(&text.blocks, &text.sources))
    }

    /// What a draft says in plain text, and what it could not say: of a proof, shortcodes without a value.
    ///
    /// # Errors
    /// As [`Press::set`], for what concerns the text.
    pub fn message(&mut self, draft: &Draft<'_>) -> Result<(String, Vec<Finding>), LetterError> {
        let text = self.text(draft)?;
        Ok((plain::written(&text.blocks), text.findings.into_iter().collect()))
    }

    /// The draft's text in blocks.
    fn text(&mut self, draft: &Draft<'_>) -> Result<Text, LetterError> {
        let Draft { snippets, state, variables, seed, items, proof, layout, .. } = *draft;
        let (pieces, mut findings) = match draft.wording {
            Some(wording) => (wording.pieces(draft)?, BTreeSet::new()),
            None => {
                let filling = Filling { snippets, state, variables, seed, items, proof, layout };
                let resolved = resolve(draft.template, filling)?;
                (resolved.pieces, resolved.findings)
            }
        };
        let mut album = Album::new(&mut self.pictures, draft.images);
        let mut blocks = html::blocks(&pieces, &mut album, &mut findings, layout == Layout::Message);
        match draft.wording {
            Some(wording) => wording.check(&blocks)?,
            None if layout == Layout::Letter => arrange(&mut blocks, &draft.signer),
            None => {}
        }
        Ok(Text { blocks, pictures: album.shown, sources: album.sources, findings })
    }

    /// Sets one letter.
    ///
    /// # Errors
    /// Every `LetterError` except those of `merge`.
    pub fn set(&mut self, draft: &Draft<'_>) -> Result<SetLetter, LetterError> {
        let Text { blocks, pictures, mut findings, .. } = self.text(draft)?;
        let mut watch = Watch::new(draft.ssn);
        watch.look(&draft.title, Exposure::Title);
        for (number, enclosed) in (1..).zip(draft.enclosures) {
            watch.look(enclosed.name, Exposure::Enclosure(number));
        }
        let composer = Composer { typesetter: &mut self.typesetter, tags: Tags::new(), pictures: &pictures };
        let letter = letter::set(composer, draft, &blocks, &mut watch)?;
        findings.append(&mut watch.found);
        let (enclosed, mut refused) = enclosure::read(draft.enclosures, &mut self.pictures);
        findings.append(&mut refused);
        let letter_pages = letter.pages.len();
        let pages = letter_pages + enclosed.iter().map(enclosure::Enclosed::pages).sum::<usize>();
        let count = |pages: usize| u32::try_from(pages).unwrap_or(u32::MAX);
        let content = pdf::Content { pages: &letter.pages, tags: &letter.tags, pictures: &pictures, enclosed };
        Ok(SetLetter {
            pdf: pdf::write(&content, &draft.title, &mut self.embedder)?,
            pages: count(pages),
            letter_pages: count(letter_pages),
            text: letter.saying.text.trim_end().to_owned(),
            findings: findings.into_iter().collect(),
            address_area: letter.address,
            fingerprint: Fingerprint::of(&letter.saying.own),
        })
    }
}

/// A draft's text, before it has lines.
struct Text {
    blocks: Vec<Block>,
    pictures: Vec<Arc<Picture>>,
    /// How the text names its pictures.
    sources: Vec<String>,
    findings: BTreeSet<Finding>,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}
