//! The main job from nothing: system packages, build, practice portal, letters, and the window on the same data.

use crate::app::Profile;
use crate::session::Parts;
use crate::{Outcome, app, root, session, setup};
use std::ffi::OsString;
use std::path::Path;
use xshell::Shell;

pub(crate) fn run(shell: &Shell, headless: bool, out: &Path, clients: u32) -> Outcome {
    setup::ensure(shell, &[])?;
    let window = !headless && session::has_display();
    let desk = app::build_cli(shell, Profile::Dev)?;
    // A demo starts from nothing each time; its data is made up and its key is gone with its session.
    let data = root().join("target/demo/data");
    shell.remove_path(&data)?;
    let out = if out.is_absolute() { out.to_owned() } else { std::env::current_dir()?.join(out) };
    shell.create_dir(&out)?;
    let mut words: Vec<OsString> = vec![desk.into(), "--data-dir".into(), data.clone().into()];
    words.extend(["--practice-clients".into(), clients.to_string().into(), "demo".into(), "--out".into(), out.into()]);
    if !window {
        return session::run(shell, Parts::Keychain, &words);
    }
    let program = app::build(shell, Profile::Dev)?;
    // One session for both, so that the window finds the key that the demo made.
    let both = r#""$@" || exit; exec "$DISPUTE_DESK" --data-dir "$DISPUTE_DESK_DATA""#;
    let mut script: Vec<OsString> = ["bash", "-c", both, "demo"].map(OsString::from).to_vec();
    script.extend(words);
    let _program = shell.push_env("DISPUTE_DESK", program);
    let _data = shell.push_env("DISPUTE_DESK_DATA", data);
    session::run(shell, Parts::Keychain, &script)
}
