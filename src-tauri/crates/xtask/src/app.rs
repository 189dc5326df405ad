//! The window.

use crate::setup::Need;
use crate::{Outcome, root, session, setup, ui};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// Builds the window as it is shipped, with the UI inside; answers its path.
pub(crate) fn build(shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    setup::ensure(shell, &[Need::Core, Need::Window])?;
    ui::build(shell)?;
    cmd!(shell, "cargo build --quiet -p dispute-desk --features custom-protocol").run()?;
    Ok(binary("dispute-desk"))
}

/// Where cargo puts a program of the dev profile.
pub(crate) fn binary(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The window in the user's own session, or in a private one when the user has no keychain session.
pub(crate) fn run(shell: &Shell, data_dir: Option<&Path>) -> Outcome {
    if !session::has_display() {
        return Err("there is no display for a window; `cargo xtask demo --headless` needs none".into());
    }
    let program = build(shell)?;
    let mut words: Vec<OsString> = vec![program.into()];
    if let Some(folder) = data_dir {
        words.extend(["--data-dir".into(), folder.into()]);
    }
    let own = cfg!(not(target_os = "linux")) || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    if own {
        let (program, rest) = words.split_first().ok_or("no command")?;
        return Ok(cmd!(shell, "{program} {rest...}").run()?);
    }
    session::run(shell, false, &words)
}
