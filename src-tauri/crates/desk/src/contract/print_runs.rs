//! Printers, and letters that go to paper as one job.

use super::{BureauCode, FollowUpRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A paper source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrayRow {
    /// As the print system names it.
    pub name: String,
    /// What people call it.
    pub label: String,
}

/// A printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterRow {
    /// The operating system's name of the queue.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The one that is meant when none is named.
    pub is_default: bool,
    /// It accepts jobs now.
    pub ready: bool,
    /// It prints on both sides.
    pub duplex: bool,
    /// Its paper sources; none when there is nothing to choose.
    pub trays: Vec<TrayRow>,
}

/// Letters to print as one job, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunStart {
    /// Which letters.
    pub ids: Vec<String>,
    /// The printer's `name`.
    pub printer: String,
    /// A tray's `name`; the printer's own choice when `null`.
    pub tray: Option<String>,
    /// Both sides; every letter begins on a new sheet.
    pub duplex: bool,
    /// Of each letter, 1 to 20.
    pub copies: u16,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintRunStage {
    /// The job is being put together.
    Printing,
    /// The print system has it; nobody said yet whether it came out well.
    Printed,
    /// The print system did not take it.
    Failed,
    /// Cancelled before the print system had it.
    Cancelled,
    /// Every letter is accounted for.
    Confirmed,
}

/// A run in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunRow {
    /// Made on this desk.
    pub id: String,
    /// Counted on this desk.
    pub number: u32,
    /// The number of the run whose jammed letters this one printed again.
    pub reprint_of: Option<u32>,
    /// How far it has come.
    pub stage: PrintRunStage,
    /// The queue.
    pub printer: String,
    /// The tray.
    pub tray: Option<String>,
    /// Both sides.
    pub duplex: bool,
    /// Of each letter.
    pub copies: u16,
    /// When it was started, RFC 3339 UTC.
    pub started_at: String,
    /// By whom.
    pub started_by: String,
    /// Letters.
    pub letters: u32,
    /// Pages of one copy.
    pub pages: u32,
    /// Sheets of one copy.
    pub sheets: u32,
    /// Letters that are said to have jammed.
    pub jammed: u32,
    /// The print system's name of the job.
    pub job: Option<String>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// How far the job of a run is put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunProgress {
    /// Which run.
    pub id: String,
    /// Letters in the job.
    pub done: u32,
    /// Letters there will be.
    pub total: u32,
}

/// A letter of a run: a line of its manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunLetter {
    /// Place in the job, from 1.
    pub position: u32,
    /// Which letter.
    pub letter_id: String,
    /// Whose.
    pub client_id: String,
    /// Their name.
    pub client_name: String,
    /// First line of the address.
    pub recipient_name: String,
    /// The bureau, when it goes to one.
    pub bureau: Option<BureauCode>,
    /// City, state and ZIP.
    pub destination: String,
    /// Pages.
    pub pages: u32,
    /// Sheets.
    pub sheets: u32,
    /// With its envelope, in ounces: `0.40`.
    pub ounces: String,
    /// `Letter, 1 oz`, ...
    pub postage: String,
    /// It came out well; `null` when nobody has said.
    pub came_out: Option<bool>,
}

/// A run in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunDetail {
    /// As in the list.
    pub run: PrintRunRow,
    /// In the order of the job.
    pub letters: Vec<PrintRunLetter>,
}

/// What came out of the printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunConfirm {
    /// Which run.
    pub id: String,
    /// Letters that jammed; the others came out well.
    pub jammed: Vec<String>,
    /// The day on which the good ones are mailed, ISO; today when `null`.
    pub mailed_on: Option<String>,
    /// Also files each good letter's PDF with its client on the portal, and notes that it was mailed.
    pub file: bool,
}

/// What a confirmation brought about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunConfirmed {
    /// The run as it is now.
    pub detail: PrintRunDetail,
    /// Answers that are awaited from now on.
    pub follow_ups: Vec<FollowUpRow>,
    /// Rows of the outbox that file them.
    pub queued: u32,
}

/// How a manifest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ManifestFormat {
    /// To print and lay on the pile.
    Pdf,
    /// For a spreadsheet.
    Csv,
}

/// Which manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintRunManifest {
    /// Of which run.
    pub id: String,
    /// How.
    pub format: ManifestFormat,
}
