//! Tests: crates and scenarios, the UI's own, and the real window.

use crate::app::{Profile, WHOLE};
use crate::setup::Need;
use crate::{Kind, Outcome, app, root, session, setup, ui};
use std::ffi::OsString;
use xshell::{Shell, cmd};

const DRIVER: &str = "tauri-driver";
const DRIVER_VERSION: &str = "2.1.0";

pub(crate) fn run(shell: &Shell, kind: Option<Kind>) -> Outcome {
    let wanted = |this| kind.is_none_or(|kind| kind == this);
    setup::ensure(shell, &[Need::Core, Need::Window, Need::Tests])?;
    if wanted(Kind::Ui) {
        ui::packages(shell)?;
        ui::script(shell, "test")?;
    }
    if wanted(Kind::Rust) {
        ui::build(shell)?;
        printer(shell)?;
        let words: Vec<OsString> = ["cargo", "test", "--quiet"].iter().chain(WHOLE).map(OsString::from).collect();
        session::run(shell, false, &words)?;
    }
    if wanted(Kind::E2e) {
        window_test(shell, "e2e", Profile::Dev)?;
    }
    Ok(())
}

/// Takes the README's pictures.
pub(crate) fn screenshots(shell: &Shell) -> Outcome {
    let _wanted = shell.push_env("DESK_SCREENSHOTS", root().join("tests/screenshots"));
    setup::ensure(shell, &[Need::Core, Need::Window, Need::Tests])?;
    window_test(shell, "e2e", Profile::Dev)
}

/// Runs a test target against the real window on a private display.
pub(crate) fn window_test(shell: &Shell, target: &str, profile: Profile) -> Outcome {
    let [program, cli] = app::build_all(shell, profile)?;
    printer(shell)?;
    let driver = setup::tool(shell, DRIVER, DRIVER_VERSION)?;
    let _window = shell.push_env("DESK_WINDOW", program);
    let _cli = shell.push_env("DESK_CLI", cli);
    let _driver = shell.push_env("TAURI_DRIVER", driver);
    let _axe = shell.push_env("AXE", root().join("ui/node_modules/axe-core/axe.min.js"));
    let mut words = vec!["cargo", "test", "--quiet"];
    words.extend(WHOLE);
    words.extend(["--test", target, "--", "--nocapture"]);
    let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    session::run(shell, true, &words)
}

/// A print queue that makes PDFs, on the machine's own CUPS.
fn printer(shell: &Shell) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let queue = "PDF";
    let _english = shell.push_env("LC_ALL", "C");
    let there = |shell: &Shell| cmd!(shell, "lpstat -p {queue}").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    if there(shell) {
        return Ok(());
    }
    let sudo: &[&str] = if setup::is_root(shell) { &[] } else { &["sudo"] };
    let as_root = |words: &[&str]| -> Outcome {
        let words: Vec<&str> = sudo.iter().chain(words).copied().collect();
        let (program, rest) = words.split_first().ok_or("no command")?;
        Ok(cmd!(shell, "{program} {rest...}").quiet().ignore_stdout().ignore_stderr().run()?)
    };
    if cmd!(shell, "lpstat -r").quiet().ignore_stderr().read().is_ok_and(|state| state.contains("not running")) {
        as_root(&["service", "cups", "start"])?;
    }
    as_root(&["lpadmin", "-p", queue, "-E", "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"])?;
    if there(shell) { Ok(()) } else { Err("CUPS has no queue named PDF, and none could be made".into()) }
}
