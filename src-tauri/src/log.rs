//! The log: one file beside the cache, started anew when it grows. It never holds a consumer's data, because nothing that
//! writes to it does.

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// A log longer than this is replaced at the next start; one old one is kept.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Starts logging to `logs/desk.log`. `DESK_LOG` chooses what, e.g. `portal_api=debug`.
pub(crate) fn start(folder: &Path) {
    let filter = || EnvFilter::try_from_env("DESK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,sync=info"));
    let logs = folder.join("logs");
    let path = logs.join("desk.log");
    let file = std::fs::create_dir_all(&logs).and_then(|()| {
        if path.metadata().is_ok_and(|meta| meta.len() > LONGEST) {
            std::fs::rename(&path, logs.join("desk.old.log"))?;
        }
        OpenOptions::new().create(true).append(true).open(&path)
    });
    match file {
        Ok(file) => {
            tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(Mutex::new(file)).init();
        }
        Err(error) => {
            tracing_subscriber::fmt().with_env_filter(filter()).with_writer(std::io::stderr).init();
            tracing::warn!(%error, "the log file cannot be written; logging to standard error");
        }
    }
}
