//! What must pass for a change to land.

use crate::app::WHOLE;
use crate::setup::Need;
use crate::{Outcome, app, root, setup, test, ui};
use xshell::{Shell, cmd};

const BINDINGS: &str = "ui/src/host/bindings.ts";

pub(crate) fn run(shell: &Shell) -> Outcome {
    setup::ensure(shell, &[Need::Tests])?;
    cmd!(shell, "cargo fmt --all --check").run()?;
    ui::packages(shell)?;
    ui::script(shell, "lint")?;
    ui::script(shell, "typecheck")?;
    ui::build(shell)?;
    cmd!(shell, "cargo clippy --quiet --all-targets {WHOLE...} -- -D warnings").run()?;
    fresh(shell)?;
    test::run(shell, None)
}

/// Writes the generated files.
pub(crate) fn generate(shell: &Shell) -> Outcome {
    setup::ensure(shell, &[])?;
    let text = bindings(shell)?;
    shell.write_file(root().join(BINDINGS), text)?;
    println!("wrote {BINDINGS}");
    Ok(())
}

fn bindings(shell: &Shell) -> Result<String, Box<dyn std::error::Error>> {
    cmd!(shell, "cargo build --quiet --example bindings {WHOLE...}").quiet().run()?;
    let program = app::target().join("debug/examples").join(format!("bindings{}", std::env::consts::EXE_SUFFIX));
    let mut text = cmd!(shell, "{program}").quiet().read()?;
    text.push('\n');
    Ok(text)
}

fn fresh(shell: &Shell) -> Outcome {
    if bindings(shell)? == shell.read_file(root().join(BINDINGS))? {
        Ok(())
    } else {
        Err(format!("{BINDINGS} is not what the contract says: run `cargo xtask gen`").into())
    }
}
