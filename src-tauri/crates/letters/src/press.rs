//! The press: drafts in, set letters out.

use crate::blocks::Block;
use crate::embed::Embedder;
use crate::envelope::{AddressBlock, Envelope, Rect};
use crate::error::{Finding, LetterError};
use crate::items::DisputedItem;
use crate::resolve::{Filling, resolve};
use crate::signs::Everyday;
use crate::text::Typesetter;
use crate::variables::Variables;
use crate::{html, letter, pdf};
use domain::{Snippet, Template};
use jiff::civil::Date;
use std::sync::Arc;

/// Everything one letter is made from. The same draft gives the same bytes.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// What it says.
    pub template: &'a Template,
    /// Reusable texts that the template may name.
    pub snippets: &'a [Snippet],
    /// The client's state, by code or name: decides between snippets of one name.
    pub state: Option<&'a str>,
    /// Values of the template's shortcodes.
    pub variables: &'a Variables,
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
    /// What it is mailed in.
    pub envelope: Envelope,
    /// The document's title. It shows in a viewer's window bar, so it holds no consumer data.
    pub title: String,
}

/// A letter ready to print.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLetter {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: u32,
    /// Everything printed except page numbers, in reading order; table cells stand between tabs.
    pub text: String,
    /// What was left out or is odd, sorted, without repeats.
    pub findings: Vec<Finding>,
    /// Where the recipient's address stands on the first page.
    pub address_area: Rect,
}

/// Sets letters. It keeps typefaces and what letters share, so one press sets a batch fastest; a letter's bytes do not
/// depend on what the press set before. It can be sent to another thread.
pub struct Press {
    typesetter: Typesetter,
    embedder: Embedder,
}

impl Press {
    /// A press with the bundled typefaces.
    ///
    /// # Errors
    /// `Typeface` when one of them is damaged.
    pub fn new() -> Result<Self, LetterError> {
        let everyday = Arc::new(Everyday::new());
        Ok(Self { typesetter: Typesetter::new(Arc::clone(&everyday))?, embedder: Embedder::new(everyday) })
    }

    /// Sets one letter.
    ///
    /// # Errors
    /// Every `LetterError` except those of `merge`.
    pub fn set(&mut self, draft: &Draft<'_>) -> Result<SetLetter, LetterError> {
        let Draft { snippets, state, variables, seed, .. } = *draft;
        let mut resolved = resolve(draft.template, Filling { snippets, state, variables, seed })?;
        let blocks: Vec<Block> = html::blocks(&resolved.pieces, &mut resolved.findings);
        let letter = letter::set(&mut self.typesetter, draft, blocks)?;
        Ok(SetLetter {
            pdf: pdf::write(&letter.pages, &draft.title, &mut self.embedder)?,
            pages: u32::try_from(letter.pages.len()).unwrap_or(u32::MAX),
            text: letter.text.trim_end().to_owned(),
            findings: resolved.findings.into_iter().collect(),
            address_area: letter.address,
        })
    }
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}
