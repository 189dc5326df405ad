//! Preparing, listing and saving letters.

use super::{BureauCode, PostalLines, Problem, ReviewRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A disputed item and why it is disputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterItem {
    /// The negative item.
    pub item_id: String,
    /// The reason, picked by the agent for this item.
    pub reason_id: String,
}

/// Which party a letter goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum RecipientParty {
    /// A bureau at its default address.
    Bureau {
        /// Which.
        bureau: BureauCode,
    },
    /// A furnisher.
    Furnisher {
        /// Server key.
        furnisher_id: String,
        /// Where to mail it; remembered on this desk. Without one the letter is addressed for fax.
        address: Option<PostalLines>,
    },
    /// Anyone else, at an address kept on this desk.
    Addressee {
        /// This desk's key.
        addressee_id: String,
    },
}

/// A recipient and its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecipientChoice {
    /// Who.
    pub party: RecipientParty,
    /// Which of the chosen items; `null` takes those the recipient reports: a bureau its own (and items of an unknown
    /// bureau), a furnisher those that carry its name, anyone else all.
    pub item_ids: Option<Vec<String>>,
}

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrepareLetters {
    /// For whom.
    pub client_id: String,
    /// From what.
    pub template_id: String,
    /// Disputed items, in the order they appear in the letters.
    pub items: Vec<LetterItem>,
    /// To whom.
    pub recipients: Vec<RecipientChoice>,
    /// Why letters are prepared although no agreement is signed. Recorded with each letter.
    pub unsigned_override: Option<String>,
    /// The client's documents to enclose with every letter, in order: PDF, JPEG or PNG.
    #[serde(default)]
    pub enclosures: Vec<String>,
}

/// Why one recipient's letter was not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrepareProblem {
    /// Position in `recipients`.
    pub recipient: u32,
    /// Its name.
    pub recipient_name: String,
    /// What happened and what to do.
    pub problem: Problem,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreparedLetters {
    /// Kept in the local record.
    pub letters: Vec<LetterRow>,
    /// What could not be written.
    pub problems: Vec<PrepareProblem>,
}

/// How far a letter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterStage {
    /// Written and kept.
    Prepared,
    /// Handed to a printer.
    Printed,
    /// Set aside.
    Discarded,
}

/// Which letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterFilter {
    /// Only this client's.
    pub client_id: Option<String>,
    /// Also those set aside.
    pub discarded: bool,
}

/// A rectangle on the page in inches from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterArea {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A letter in a list. Its PDF is fetched by id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterRow {
    /// Made on this desk.
    pub id: String,
    /// For whom.
    pub client_id: String,
    /// Their name.
    pub client_name: String,
    /// First line of the address block.
    pub recipient_name: String,
    /// The bureau, when it goes to one.
    pub bureau: Option<BureauCode>,
    /// It has no postal address: it can be faxed, not mailed.
    pub fax_only: bool,
    /// The recipient's fax line, as the portal had it when the letter was written.
    pub fax_number: Option<String>,
    /// ISO date on the letter.
    pub dated: String,
    /// Pages, enclosures included.
    pub pages: u32,
    /// How many documents it encloses.
    pub enclosures: u32,
    /// How far it has come.
    pub stage: LetterStage,
    /// When it was prepared, RFC 3339 UTC.
    pub prepared_at: String,
    /// When it was last handed to a printer.
    pub printed_at: Option<String>,
    /// Name of its template.
    pub template_name: String,
    /// Account names of its items, in order.
    pub items: Vec<String>,
    /// What a #10 window shows of page 1.
    pub window: Option<LetterArea>,
    /// Findings of the engine, e.g. markup it rendered as plain text.
    pub findings: Vec<String>,
    /// The client's review.
    pub review: Option<ReviewRow>,
    /// When its text was changed by hand, RFC 3339 UTC.
    pub reworded_at: Option<String>,
    /// ISO date on which it was mailed or faxed.
    pub sent_on: Option<String>,
}

/// What a letter says between its subject and its end: HTML of the letter engine, safe to show. `<letter-items>` stands for
/// the table of disputed items, `<letter-signature>` for the signature block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterText {
    /// As the letter says it now.
    pub text: String,
    /// As it was made, when it was changed since.
    pub made: Option<String>,
    /// When it was changed, RFC 3339 UTC.
    pub changed_at: Option<String>,
    /// By whom.
    pub changed_by: Option<String>,
}

/// A letter's new text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterReword {
    /// The letter.
    pub id: String,
    /// What it is to say; `null` takes the text as it was made.
    pub text: Option<String>,
}

/// Why a letter says what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// Template name.
    pub template_name: String,
    /// SHA-256 of the template's blocks.
    pub template_hash: String,
    /// Decides every `{a|b}` choice.
    pub seed: String,
    /// SHA-256 of the data that filled the shortcodes.
    pub data_hash: String,
    /// SHA-256 of the PDF.
    pub pdf_hash: String,
    /// Layout engine version.
    pub engine: String,
    /// Who prepared it.
    pub author: String,
    /// Each account with its reason.
    pub items: Vec<[String; 2]>,
    /// Why it was prepared without a signed agreement.
    pub unsigned_override: Option<String>,
    /// Each enclosed document with the SHA-256 of its file.
    pub enclosures: Vec<[String; 2]>,
    /// The client's review.
    pub review: Option<ReviewRow>,
    /// What was overridden, and why: the rule's title with the override.
    pub overrides: Vec<WhyOverride>,
    /// When and by whom its text was changed by hand.
    pub reworded: Option<WhyReworded>,
    /// Who let it go, oldest first.
    pub releases: Vec<WhyRelease>,
    /// The faces that its text is set in.
    pub fonts: Vec<String>,
}

/// Somebody changed the letter's text by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhyReworded {
    /// When, RFC 3339 UTC.
    pub at: String,
    /// By whom.
    pub by: String,
}

/// Somebody let the letter go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhyRelease {
    /// As a fax; else with a print run.
    pub fax: bool,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// By whom.
    pub by: String,
}

/// A recorded override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhyOverride {
    /// The rule's title.
    pub title: String,
    /// Why the letter may go.
    pub reason: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// By whom.
    pub by: String,
}

/// One file or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SaveLayout {
    /// All letters in one PDF, in order.
    Merged,
    /// One PDF for each letter, in a folder.
    Separate,
}

/// Which letters to save, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterSave {
    /// Letters in the order they are wanted.
    pub ids: Vec<String>,
    /// One file or many.
    pub layout: SaveLayout,
}

/// Where something was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterSaved {
    /// Files written; empty when the agent closed the dialog.
    pub files: Vec<String>,
}

/// Which letters were saved, and which not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LettersSaved {
    /// Files written; empty when the agent closed the dialog.
    pub files: Vec<String>,
    /// Letters that the gate held, and that are in no file.
    pub held: Vec<HeldLetter>,
}

/// A letter that the gate holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldLetter {
    /// The letter.
    pub id: String,
    /// Why.
    pub why: String,
}

/// How far letters are prepared or saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LettersProgress {
    /// Letters that are done.
    pub done: u32,
    /// Letters there will be.
    pub total: u32,
}
