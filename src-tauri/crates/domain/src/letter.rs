//! Letters prepared on this desk.

use crate::{AddresseeId, Bureau, ClientId, FurnisherId, InstructionId, ItemId, LetterId, PostalAddress, TemplateId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// Which kind of party a letter goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecipientKind {
    /// A bureau at its default address.
    Bureau(Bureau),
    /// A furnisher: a direct dispute.
    Furnisher(FurnisherId),
    /// Anyone else, at an address typed on this desk.
    Addressee(AddresseeId),
}

impl RecipientKind {
    /// The bureau, when it is one.
    #[must_use]
    pub fn bureau(self) -> Option<Bureau> {
        match self {
            RecipientKind::Bureau(bureau) => Some(bureau),
            RecipientKind::Furnisher(_) | RecipientKind::Addressee(_) => None,
        }
    }
}

/// Who a letter goes to, as addressed when it was prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Which party.
    pub kind: RecipientKind,
    /// First line of the address block.
    pub name: String,
    /// Where it is mailed; `None` when only a fax number is known.
    pub address: Option<PostalAddress>,
    /// Fax line.
    pub fax_number: Option<String>,
}

/// How far a letter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterState {
    /// Rendered and kept; nothing has left the desk.
    Prepared,
    /// Handed to a printer. Whether it printed well is for the agent to say.
    Printed,
    /// Set aside by the agent; kept for the record and can be restored.
    Discarded,
}

impl LetterState {
    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LetterState::Prepared => "prepared",
            LetterState::Printed => "printed",
            LetterState::Discarded => "discarded",
        }
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        [LetterState::Prepared, LetterState::Printed, LetterState::Discarded]
            .into_iter()
            .find(|state| state.code() == text)
    }

    /// Whether the move is allowed: a printed letter is a fact and is never discarded; it can be printed again.
    #[must_use]
    pub fn can_become(self, next: LetterState) -> bool {
        match (self, next) {
            (LetterState::Prepared, LetterState::Printed | LetterState::Discarded)
            | (LetterState::Printed, LetterState::Printed)
            | (LetterState::Discarded, LetterState::Prepared) => true,
            (
                LetterState::Prepared | LetterState::Discarded,
                LetterState::Prepared | LetterState::Printed | LetterState::Discarded,
            )
            | (LetterState::Printed, LetterState::Prepared | LetterState::Discarded) => false,
        }
    }
}

impl fmt::Display for LetterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a letter says what it says: enough to make the same bytes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The template's server key.
    pub template: TemplateId,
    /// The template's name when the letter was made.
    pub template_name: String,
    /// SHA-256 of the template's blocks, lower-case hex.
    pub template_hash: String,
    /// Decides every `{a|b}` choice.
    pub seed: u64,
    /// SHA-256 of the data that filled the shortcodes, lower-case hex.
    pub data_hash: String,
    /// Layout engine version.
    pub engine: String,
    /// SHA-256 of the PDF, lower-case hex.
    pub pdf_hash: String,
    /// Who prepared it.
    pub author: String,
}

/// A letter in the local record, without its PDF bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Made on this desk.
    pub id: LetterId,
    /// For whom it is written.
    pub client: ClientId,
    /// Where it goes.
    pub recipient: Recipient,
    /// What it disputes, in the order of its table, each with its reason.
    pub items: Vec<(ItemId, InstructionId)>,
    /// The date on the letter.
    pub dated: Date,
    /// Pages of the PDF.
    pub pages: u32,
    /// How far it has come.
    pub state: LetterState,
    /// When it was prepared.
    pub prepared: Timestamp,
    /// When it was last handed to a printer.
    pub printed: Option<Timestamp>,
    /// Why it says what it says.
    pub provenance: Provenance,
}

/// Which way a letter was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseWay {
    /// With a print run.
    Print,
    /// As a fax.
    Fax,
}

/// Somebody let a letter go out: the approval that stands beside its review and its overrides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Which way.
    pub way: ReleaseWay,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What the letter rested on then: by what it is, a hash. Empty for what goes out at once.
    pub facts: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_letter_cannot_be_unprinted() {
        assert!(LetterState::Prepared.can_become(LetterState::Printed));
        assert!(LetterState::Printed.can_become(LetterState::Printed));
        assert!(!LetterState::Printed.can_become(LetterState::Discarded));
        assert!(!LetterState::Discarded.can_become(LetterState::Printed));
        assert!(LetterState::Discarded.can_become(LetterState::Prepared));
    }
}
