//! Where this user's files belong.

use std::path::PathBuf;

fn project() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "Dispute Desk")
}

/// The folder of the cache: local to this computer, because SQLite's log does not work over a network and a cache
/// should not roam. `None` when the user has no home folder.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    project().map(|project| project.data_local_dir().to_owned())
}

/// The folder of the logs, which never hold a consumer's data.
#[must_use]
pub fn logs_folder() -> Option<PathBuf> {
    data_folder().map(|folder| folder.join("logs"))
}
