//! A private desktop session: its own D-Bus, its own unlocked keychain, and, when asked for, its own display.
//!
//! Tests and the demo run in it, so that they neither need nor touch the keychain of whoever runs them. On Windows and
//! macOS the user's own session is used.

use crate::{Outcome, root};
use std::ffi::OsString;
use xshell::{Shell, cmd};

/// Starts the keychain, then becomes the command. The first thing that touches the Secret Service decides whether it is
/// unlocked, so this is the first thing.
const PRELUDE: &str = r#"
set -eu
export XDG_DATA_HOME="$1/data" XDG_RUNTIME_DIR="$1/run"; shift
mkdir -p "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR"; chmod 700 "$XDG_RUNTIME_DIR"
printf 'private session' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
"#;

/// Runs a command in a private session; with a private display of 1280 x 800 when `display`.
pub(crate) fn run(shell: &Shell, display: bool, words: &[OsString]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        let (program, rest) = words.split_first().ok_or("no command")?;
        return Ok(cmd!(shell, "{program} {rest...}").run()?);
    }
    let home = root().join("target/session").join(std::process::id().to_string());
    shell.create_dir(&home)?;
    let mut all: Vec<OsString> = vec!["dbus-run-session".into(), "--".into()];
    if display {
        all.extend(["xvfb-run", "-a", "-s", "-screen 0 1280x800x24 -nolisten tcp"].map(OsString::from));
    }
    all.extend(["bash", "-c", PRELUDE, "session"].map(OsString::from));
    all.push(home.clone().into());
    all.extend(words.iter().cloned());
    let (program, rest) = all.split_first().ok_or("no command")?;
    let outcome = cmd!(shell, "{program} {rest...}").quiet().run();
    // What is left behind is only noise: a keychain of a session that has ended.
    let _ = shell.remove_path(&home);
    outcome.map_err(|_| {
        let what: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        format!("`{}` failed; what it said is above", what.join(" ")).into()
    })
}

/// Whether a window can be shown.
pub(crate) fn has_display() -> bool {
    if cfg!(target_os = "linux") {
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
    } else {
        true
    }
}
