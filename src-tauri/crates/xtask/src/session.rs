//! A private desktop session: its own D-Bus, its own unlocked keychain, and, when asked for, its own display and printer.
//!
//! Tests and the demo run in it, so that they neither need nor touch the keychain and the printers of whoever runs them. On Windows and
//! macOS the user's own session is used.

use crate::{Outcome, root};
use std::ffi::OsString;
use xshell::{Shell, cmd};

/// What a session has besides its own D-Bus.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    /// An unlocked keychain.
    Keychain,
    /// The keychain, a display of 1280 x 800, and a printer named `PDF`.
    Desktop,
}

/// Starts the keychain, then runs the command. The first thing that touches the Secret Service decides whether it is
/// unlocked, so this is the first thing.
const KEYCHAIN: &str = r#"
set -eu
export XDG_DATA_HOME="$1/data" XDG_RUNTIME_DIR="$1/run"; shift
mkdir -p "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR"; chmod 700 "$XDG_RUNTIME_DIR"
printf 'private session' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
"#;

/// Starts a CUPS of its own, which needs no root and knows none of the machine's printers. Its one queue has a driver
/// that makes PDFs, and puts the last job in the file that `DESK_PRINTED` names.
const PRINTER: &str = r#"
cups=$(mktemp -d); chmod 755 "$cups"
mkdir "$cups/etc" "$cups/spool" "$cups/cache" "$cups/state"; mkdir -m 1777 "$cups/tmp"
cat > "$cups/etc/cups-files.conf" <<END
ServerRoot $cups/etc
RequestRoot $cups/spool
CacheDir $cups/cache
StateDir $cups/state
TempDir $cups/tmp
ErrorLog $cups/error_log
AccessLog $cups/access_log
PageLog $cups/page_log
FileDevice Yes
SystemGroup root
END
cat > "$cups/etc/cupsd.conf" <<END
Listen $cups/socket
Browsing No
WebInterface No
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
END
/usr/sbin/cupsd -f -c "$cups/etc/cupsd.conf" -s "$cups/etc/cups-files.conf" >/dev/null 2>&1 &
printer=$!
# A CUPS that is told to end still writes its caches: its folder is removed once it has ended.
trap 'kill "$printer" && wait "$printer" || true; rm -rf "$cups"' EXIT
for _ in $(seq 100); do if [ -S "$cups/socket" ]; then break; fi; sleep 0.1; done
export CUPS_SERVER="$cups/socket" DESK_PRINTED="$cups/printed.pdf"
lpadmin -p PDF -E -v "file:$DESK_PRINTED" -m lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd 2>/dev/null
"#;

/// Runs a command in a private session.
pub(crate) fn run(shell: &Shell, parts: Parts, words: &[OsString]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        let (program, rest) = words.split_first().ok_or("no command")?;
        return Ok(cmd!(shell, "{program} {rest...}").run()?);
    }
    let home = root().join("target/session").join(std::process::id().to_string());
    shell.create_dir(&home)?;
    let mut all: Vec<OsString> = vec!["dbus-run-session".into(), "--".into()];
    let mut script = KEYCHAIN.to_owned();
    if parts == Parts::Desktop {
        all.extend(["xvfb-run", "-a", "-s", "-screen 0 3840x2160x24 -nolisten tcp"].map(OsString::from));
        script.push_str(PRINTER);
    }
    script.push_str("\"$@\"\n");
    all.extend(["bash", "-c", &script, "session"].map(OsString::from));
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
