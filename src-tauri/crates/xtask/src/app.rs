//! The window.

use crate::session::Parts;
use crate::{Outcome, root, session, setup, ui};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// How a program is built.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quickly, to try and to test.
    Dev,
    /// As it is shipped, to measure.
    Release,
}

/// The whole workspace as it is tested.
pub(crate) const WHOLE: &[&str] = &["--workspace", "--features", "dispute-desk/custom-protocol"];

/// Builds the window with the UI inside; answers its path.
pub(crate) fn build(shell: &Shell, profile: Profile) -> Result<PathBuf, Box<dyn std::error::Error>> {
    setup::ensure(shell, &[])?;
    ui::build(shell)?;
    program(shell, profile, "dispute-desk")
}

/// Builds the command line; answers its path.
pub(crate) fn build_cli(shell: &Shell, profile: Profile) -> Result<PathBuf, Box<dyn std::error::Error>> {
    program(shell, profile, "desk")
}

/// Builds a window with the UI's libraries and nothing else, as it would be shipped; answers its path.
pub(crate) fn build_bare(shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    ui::packages(shell)?;
    ui::script(shell, "build:bare")?;
    cmd!(shell, "cargo build --quiet --release {WHOLE...} --features dispute-desk/bare --example bare").run()?;
    Ok(target().join("release/examples").join(format!("bare{}", std::env::consts::EXE_SUFFIX)))
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Builds a program with the features that the tests and benches are built with, so that each crate is compiled once for
/// all. The example is what makes cargo count the features of dev-dependencies.
fn program(shell: &Shell, profile: Profile, name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let (profile, folder) = match profile {
        Profile::Dev => ("dev", "debug"),
        Profile::Release => ("release", "release"),
    };
    cmd!(shell, "cargo build --quiet --profile {profile} {WHOLE...} --bin {name} --example bindings").run()?;
    Ok(target().join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The window in the user's own session, or in a private one when the user has no keychain session.
pub(crate) fn run(shell: &Shell, data_dir: Option<&Path>) -> Outcome {
    if !session::has_display() {
        return Err("there is no display for a window; `cargo xtask demo --headless` needs none".into());
    }
    let program = build(shell, Profile::Dev)?;
    let mut words: Vec<OsString> = vec![program.into()];
    if let Some(folder) = data_dir {
        words.extend(["--data-dir".into(), folder.into()]);
    }
    let own = cfg!(not(target_os = "linux")) || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    if own {
        let (program, rest) = words.split_first().ok_or("no command")?;
        return Ok(cmd!(shell, "{program} {rest...}").run()?);
    }
    session::run(shell, Parts::Keychain, &words)
}
