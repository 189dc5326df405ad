//! Printing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A printer of this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrinterRow {
    /// The operating system's name of the queue.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The one the operating system would choose.
    pub is_default: bool,
    /// Accepts jobs now.
    pub ready: bool,
}

/// What to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterPrint {
    /// Letters in order.
    pub ids: Vec<String>,
    /// Queue name.
    pub printer: String,
}

/// A job that the operating system took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrintJob {
    /// The operating system's name of the job, e.g. `PDF-12`.
    pub job: String,
    /// Letters in it.
    pub letters: u32,
    /// Pages in it.
    pub pages: u32,
}
