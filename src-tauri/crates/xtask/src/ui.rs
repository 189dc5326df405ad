//! The UI: its packages and its built files, when they are stale.

use crate::{Outcome, root, setup};
use xshell::{Shell, cmd};

/// Node's package manager; a script with another ending on Windows.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Brings the packages of `package-lock.json`.
pub(crate) fn packages(shell: &Shell) -> Outcome {
    let lock = root().join("ui/package-lock.json");
    let installed = root().join("ui/node_modules/.package-lock.json");
    let fresh = installed.metadata().and_then(|meta| meta.modified()).is_ok_and(|at| !setup::newer(&lock, at));
    if fresh {
        return Ok(());
    }
    let _ui = shell.push_dir(root().join("ui"));
    npm(shell, &["ci", "--no-audit", "--no-fund"])
}

/// Runs Node's package manager where the shell is.
pub(crate) fn npm(shell: &Shell, arguments: &[&str]) -> Outcome {
    if cmd!(shell, "{NPM} --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return Err("Node 20 or newer with npm is needed: https://nodejs.org".into());
    }
    Ok(cmd!(shell, "{NPM} {arguments...}").run()?)
}

/// Builds `ui/dist` when a source is newer.
pub(crate) fn build(shell: &Shell) -> Outcome {
    packages(shell)?;
    let ui = root().join("ui");
    let built = ui.join("dist/index.html").metadata().and_then(|meta| meta.modified());
    let sources = ["src", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json", "public"];
    if built.is_ok_and(|at| !sources.iter().any(|source| setup::newer(&ui.join(source), at))) {
        return Ok(());
    }
    script(shell, "build")
}

/// Runs one of the UI's own scripts.
pub(crate) fn script(shell: &Shell, name: &str) -> Outcome {
    let _ui = shell.push_dir(root().join("ui"));
    Ok(cmd!(shell, "{NPM} run --silent {name}").run()?)
}
