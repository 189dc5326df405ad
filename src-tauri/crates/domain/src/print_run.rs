//! Letters that go to paper as one job, and what each costs to mail.

use crate::LetterId;
use jiff::Timestamp;

/// A sheet of 20 lb US Letter, in milligrams.
const SHEET_MILLIGRAMS: u32 = 4_536;

/// A #10 envelope, in milligrams.
const ENVELOPE_MILLIGRAMS: u32 = 6_800;

/// An avoirdupois ounce, in milligrams.
const OUNCE_MILLIGRAMS: u32 = 28_350;

/// The heaviest letter that is not a flat, in hundredths of an ounce.
const LETTER_LIMIT: u32 = 350;

/// Sheets that a #10 envelope takes when folded in thirds.
const FOLDED_LIMIT: u32 = 6;

/// What a letter is mailed as. Rates change; classes do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PostageClass {
    /// First-class letter of at most so many ounces.
    Letter {
        /// Whole ounces; the last step ends at 3.5.
        ounces: u8,
    },
    /// First-class large envelope of at most so many ounces.
    Flat {
        /// Whole ounces.
        ounces: u8,
    },
}

impl std::fmt::Display for PostageClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PostageClass::Letter { ounces: 4 } => f.write_str("Letter, 3.5 oz"),
            PostageClass::Letter { ounces } => write!(f, "Letter, {ounces} oz"),
            PostageClass::Flat { ounces } => write!(f, "Large envelope, {ounces} oz"),
        }
    }
}

/// Sheets of paper for so many pages.
#[must_use]
pub fn sheets(pages: u32, duplex: bool) -> u32 {
    if duplex { pages.div_ceil(2) } else { pages }
}

/// Weight with its envelope, in hundredths of an ounce, rounded up.
#[must_use]
pub fn weight(sheets: u32) -> u32 {
    let milligrams = sheets.saturating_mul(SHEET_MILLIGRAMS).saturating_add(ENVELOPE_MILLIGRAMS);
    milligrams.saturating_mul(100).div_ceil(OUNCE_MILLIGRAMS)
}

/// What so many sheets are mailed as.
#[must_use]
pub fn postage(sheets: u32) -> PostageClass {
    let weight = weight(sheets);
    let ounces = u8::try_from(weight.div_ceil(100)).unwrap_or(u8::MAX);
    if sheets <= FOLDED_LIMIT && weight <= LETTER_LIMIT {
        PostageClass::Letter { ounces }
    } else {
        PostageClass::Flat { ounces }
    }
}

/// How the paper comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperChoice {
    /// The queue.
    pub printer: String,
    /// The paper source, as the print system names it; its own choice when `None`.
    pub tray: Option<String>,
    /// Both sides. Every letter begins on a new sheet.
    pub duplex: bool,
    /// How many of each letter, at least one.
    pub copies: u16,
}

/// How far a print run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintRunState {
    /// The job is being put together.
    Printing,
    /// The print system has it. Whether it came out well is for the agent to say.
    Printed,
    /// The print system did not take it; nothing was printed.
    Failed,
    /// Cancelled before the print system had it; nothing was printed.
    Cancelled,
    /// The agent said of every letter whether it came out well.
    Confirmed,
}

impl PrintRunState {
    /// Every state.
    const ALL: [PrintRunState; 5] = [
        PrintRunState::Printing,
        PrintRunState::Printed,
        PrintRunState::Failed,
        PrintRunState::Cancelled,
        PrintRunState::Confirmed,
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            PrintRunState::Printing => "printing",
            PrintRunState::Printed => "printed",
            PrintRunState::Failed => "failed",
            PrintRunState::Cancelled => "cancelled",
            PrintRunState::Confirmed => "confirmed",
        }
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

/// One letter of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedLetter {
    /// The letter.
    pub letter: LetterId,
    /// Its pages.
    pub pages: u32,
    /// It came out well, it jammed, or nobody has said.
    pub came_out: Option<bool>,
}

/// Letters printed as one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRun {
    /// Made on this desk.
    pub id: String,
    /// Counted on this desk, from 1.
    pub number: u32,
    /// The run whose jammed letters this one prints again.
    pub reprint_of: Option<String>,
    /// How the paper comes out.
    pub paper: PaperChoice,
    /// How far it has come.
    pub state: PrintRunState,
    /// The print system's name of the job.
    pub job: Option<String>,
    /// Why it failed, as the agent was told.
    pub failure: Option<String>,
    /// When it was started.
    pub started: Timestamp,
    /// By whom.
    pub by: String,
    /// In the order of the job.
    pub letters: Vec<PrintedLetter>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplex_saves_paper_and_a_last_odd_page_has_a_sheet() {
        assert_eq!([1, 2, 3].map(|pages| sheets(pages, true)), [1, 1, 2]);
        assert_eq!(sheets(3, false), 3);
    }

    #[test]
    fn weight_decides_postage_and_thick_letters_are_flats() {
        assert_eq!(postage(1).to_string(), "Letter, 1 oz");
        assert_eq!(postage(4).to_string(), "Letter, 1 oz");
        assert_eq!(postage(5).to_string(), "Letter, 2 oz");
        assert_eq!(postage(6).to_string(), "Letter, 2 oz");
        assert_eq!(postage(7).to_string(), "Large envelope, 2 oz");
        assert_eq!(weight(1), 40);
    }
}
