//! Tests: crates and scenarios, the UI's own, and the real window.

use crate::app::{Profile, WHOLE};
use crate::session::Parts;
use crate::setup::Need;
use crate::{Kind, Outcome, app, root, session, setup, ui};
use std::ffi::OsString;
use xshell::Shell;

const DRIVER: &str = "tauri-driver";
const DRIVER_VERSION: &str = "2.1.0";

pub(crate) fn run(shell: &Shell, kind: Option<Kind>) -> Outcome {
    let wanted = |this| kind.is_none_or(|kind| kind == this);
    setup::ensure(shell, &[Need::Tests])?;
    if wanted(Kind::Ui) {
        ui::packages(shell)?;
        ui::script(shell, "test")?;
    }
    if wanted(Kind::Rust) {
        ui::build(shell)?;
        let words: Vec<OsString> = ["cargo", "test", "--quiet"].iter().chain(WHOLE).map(OsString::from).collect();
        session::run(shell, Parts::Keychain, &words)?;
    }
    if wanted(Kind::E2e) {
        window_test(shell, "e2e", Profile::Dev)?;
    }
    Ok(())
}

/// Takes the README's pictures.
pub(crate) fn screenshots(shell: &Shell) -> Outcome {
    let _wanted = shell.push_env("DESK_SCREENSHOTS", root().join("tests/screenshots"));
    setup::ensure(shell, &[Need::Tests])?;
    window_test(shell, "e2e", Profile::Dev)
}

/// Runs a test target against the real window on a private display, with a private printer.
pub(crate) fn window_test(shell: &Shell, target: &str, profile: Profile) -> Outcome {
    let program = app::build(shell, profile)?;
    let cli = app::build_cli(shell, profile)?;
    let driver = setup::tool(shell, DRIVER, DRIVER_VERSION)?;
    let _window = shell.push_env("DESK_WINDOW", program);
    let _cli = shell.push_env("DESK_CLI", cli);
    let _driver = shell.push_env("TAURI_DRIVER", driver);
    let _axe = shell.push_env("AXE", root().join("ui/node_modules/axe-core/axe.min.js"));
    in_a_desktop(shell, target, &[])
}

/// Runs a test target on a private display, with a private printer.
pub(crate) fn in_a_desktop(shell: &Shell, target: &str, more: &[&str]) -> Outcome {
    let mut words = vec!["cargo", "test", "--quiet"];
    words.extend(WHOLE);
    words.extend(more);
    words.extend(["--test", target, "--", "--nocapture"]);
    let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    session::run(shell, Parts::Desktop, &words)
}
