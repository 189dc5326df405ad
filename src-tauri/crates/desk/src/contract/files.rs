//! Stored files, as the window opens them.

use super::{FileFormat, FileLink, OutboxItem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileSource {
    /// One that the portal has.
    Stored {
        /// Its key.
        id: String,
    },
    /// One that waits in the outbox.
    Waiting {
        /// The row's key.
        id: String,
    },
    /// One that the agent chose and has not filed.
    Chosen {
        /// Its token.
        id: String,
    },
}

/// A file to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileOpen {
    /// Which file.
    pub file: FileSource,
    /// Fetches it although it is here: what came before does not look like it.
    pub again: bool,
}

/// A file that is on this computer now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenedFile {
    /// What it is by its content; `null` for what no kind is known of.
    pub format: Option<FileFormat>,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Why a picture or a PDF is not shown, as part of a sentence.
    pub refused: Option<String>,
}

/// A copy to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileSave {
    /// Which file.
    pub file: FileSource,
    /// What the portal says its name ends with; counts where the content says nothing.
    pub extension: String,
}

/// A file on its way to this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FetchProgress {
    /// The file's key on the portal.
    pub id: String,
    /// Bytes that came.
    #[ts(type = "number")]
    pub received: u64,
    /// Bytes in all, when the portal says.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

/// A file that is tied to the client's own record, beside documents and correspondence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientFile {
    /// The file.
    pub file: FileLink,
    /// What waits for it in the outbox.
    pub pending: Option<OutboxItem>,
}

/// A file and the client that it is tied to, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientFileRef {
    /// Whose.
    pub client_id: String,
    /// The file's key on the portal.
    pub file_id: String,
}
