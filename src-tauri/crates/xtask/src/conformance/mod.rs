//! Conformance to the contract, `openapi.yaml`: the practice portal by schemathesis, the typed client by Prism.
//!
//! Everything the tools need is below `target`; what is tested is started on a free port and stopped again, whatever comes
//! of it.

mod portal;
mod prism;

use crate::{Conformance, Outcome, root, setup};
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use xshell::Shell;

pub(crate) fn run(shell: &Shell, which: Option<Conformance>) -> Outcome {
    let wanted = |this| which.is_none_or(|which| which == this);
    setup::ensure(shell, &[])?;
    if wanted(Conformance::Portal) {
        portal::run(shell)?;
    }
    if wanted(Conformance::Prism) {
        prism::run(shell)?;
    }
    Ok(())
}

fn files() -> PathBuf {
    root().join("src-tauri/crates/xtask/conformance")
}

fn contract() -> PathBuf {
    root().join("src-tauri/crates/portal-api/openapi.yaml")
}

/// A process that answers, stopped when it is dropped.
struct Server(Child);

impl Server {
    /// Starts it; answers what it says as well.
    fn start(command: &mut Command) -> Result<(Server, BufReader<ChildStdout>), Box<dyn std::error::Error>> {
        let mut server = Server(command.stdout(Stdio::piped()).spawn()?);
        let output = server.0.stdout.take().ok_or("what was started cannot be heard")?;
        Ok((server, BufReader::new(output)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to save; one that has ended already is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
