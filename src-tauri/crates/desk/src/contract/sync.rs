//! The pull as the frame shows it, and what the desk tells the window unasked.

use super::{
    ChosenFile, FetchProgress, LettersProgress, OutboxStatus, PrintRunProgress, Problem, Session, UploadProgress,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How one kind of record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResourceState {
    /// Its turn has not come.
    Waiting,
    /// Being read.
    Running,
    /// Read to the end.
    Done,
}

/// Progress of one kind of record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResourceProgress {
    /// `clients`, `negative_items`, ...
    pub resource: String,
    /// How it stands.
    pub state: ResourceState,
    /// Records read in this pull.
    #[ts(type = "number")]
    pub done: u64,
    /// Records there are, once the portal has said so.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

/// The pull as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// Grows with every status of a running desk: of two, the one with the higher number is newer, whichever arrives
    /// first.
    #[ts(type = "number")]
    pub revision: u64,
    /// A pull is running.
    pub running: bool,
    /// Whether the portal answered when last asked; `null` before the first time.
    pub online: Option<bool>,
    /// By kind, in the order they are read. Empty before the first pull.
    pub resources: Vec<ResourceProgress>,
    /// When the last whole pull ended, RFC 3339 UTC.
    pub finished_at: Option<String>,
    /// When the last pull that read everything, and not only what changed, began, RFC 3339 UTC.
    pub everything_at: Option<String>,
    /// Why the last pull stopped early.
    pub problem: Option<Problem>,
    /// Records kept aside because this build cannot read them.
    #[ts(type = "number")]
    pub parked: u64,
}

/// What local data changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Clients, their agreements, products, goals and documents.
    Clients,
    /// Negative items.
    Items,
    /// Bureau addresses, furnishers, templates, reasons.
    Library,
    /// Letters.
    Letters,
    /// What is to be sent.
    Outbox,
    /// Notes.
    Notes,
    /// Documents.
    Documents,
    /// What was sent and received.
    Correspondence,
    /// Answers that are awaited.
    FollowUps,
    /// Print runs.
    PrintRuns,
    /// Credit reports.
    Reports,
    /// Tasks.
    Tasks,
}

/// What the desk tells the window unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "body", rename_all = "snake_case")]
pub enum DeskEvent {
    /// The session changed.
    Session(Session),
    /// The pull moved on.
    Sync(SyncStatus),
    /// The outbox moved on.
    Outbox(OutboxStatus),
    /// A file is on its way.
    Upload(UploadProgress),
    /// A file is on its way to this computer.
    Fetch(FetchProgress),
    /// A print run's job is being put together.
    PrintRun(PrintRunProgress),
    /// Letters are being prepared or saved.
    Letters(LettersProgress),
    /// Files are held over the window, or no longer.
    FilesOver(bool),
    /// Files were dropped on the window.
    Dropped(Vec<ChosenFile>),
    /// Local data changed: queries about it are stale.
    Changed(Vec<Topic>),
}
