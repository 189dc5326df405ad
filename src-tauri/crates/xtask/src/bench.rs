//! Measurements. Each bench ends with one JSON line of its figures.

use crate::app::{self, Profile, WHOLE};
use crate::setup::Need;
use crate::{Bench, Outcome, root, setup, test};
use std::path::PathBuf;
use xshell::{PushEnv, Shell, cmd};

/// The release that letters are compared with.
const WEASYPRINT: &str = "70.0";

pub(crate) fn run(shell: &Shell, which: Option<Bench>) -> Outcome {
    let wanted = |this| which.is_none_or(|which| which == this);
    setup::ensure(shell, &[])?;
    for (bench, name) in
        [(Bench::Letters, "letters"), (Bench::Store, "store"), (Bench::Api, "api"), (Bench::Pull, "pull")]
    {
        if wanted(bench) {
            let _peers = if bench == Bench::Letters { peers(shell) } else { Vec::new() };
            cmd!(shell, "cargo bench --quiet {WHOLE...} --bench {name}").run()?;
        }
    }
    // A proof rather than a measurement, and hours long: only when it is named.
    if which == Some(Bench::Faults) {
        cmd!(shell, "cargo bench --quiet {WHOLE...} --bench faults").run()?;
    }
    if wanted(Bench::Paper) {
        setup::ensure(shell, &[Need::Tests])?;
        test::in_a_desktop(shell, "paper_figures", &["--release"])?;
    }
    if wanted(Bench::Window) {
        setup::ensure(shell, &[Need::Tests])?;
        let _bare = shell.push_env("DESK_BARE", app::build_bare(shell)?);
        // The private display has no graphics card. Without this, WebKitGTK draws with a card that the processor plays, and a frame
        // takes two to three times as long.
        let _no_card = shell.push_env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        test::window_test(shell, "window_figures", Profile::Release)?;
    }
    Ok(())
}

/// Brings the programs that letters are compared with, and tells the bench where they are. One that cannot be brought is
/// absent from the comparison; that is said, and is no error.
fn peers(shell: &Shell) -> Vec<PushEnv<'_>> {
    if let Err(error) = setup::ensure(shell, &[Need::Peers]) {
        println!("Not every program to compare with is here: {error}");
    }
    let weasyprint = weasyprint(shell).map_err(|error| println!("WeasyPrint is not here: {error}")).ok();
    let at = |path: &str| Some(PathBuf::from(path)).filter(|path| path.exists());
    [
        ("BENCH_PYTHON", at("/usr/bin/python3")),
        ("BENCH_CHROMIUM", at("/usr/bin/chromium")),
        ("BENCH_LIBREOFFICE", at("/usr/bin/soffice")),
        ("BENCH_WEASYPRINT", weasyprint),
    ]
    .into_iter()
    .filter_map(|(name, path)| path.map(|path| shell.push_env(name, path)))
    .collect()
}

/// A Python that knows WeasyPrint, below `target/tools`.
fn weasyprint(shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = root().join(format!("target/tools/weasyprint-{WEASYPRINT}"));
    let python = folder.join("bin/python");
    if cmd!(shell, "{python} -c 'import weasyprint'").quiet().ignore_stderr().run().is_err() {
        cmd!(shell, "/usr/bin/python3 -m venv {folder}").run()?;
        let release = format!("weasyprint=={WEASYPRINT}");
        cmd!(shell, "{python} -m pip install --quiet --disable-pip-version-check {release}").run()?;
    }
    Ok(python)
}
