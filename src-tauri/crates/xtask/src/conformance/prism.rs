//! The typed client against a mock server that Prism, from npm, makes of the contract.
//!
//! Prism judges every request by the contract and answers what the contract says; its versions are in
//! `conformance/package-lock.json`. What it thought of each request is in `target/conformance/prism.log`.

use super::{Server, contract, files};
use crate::app::WHOLE;
use crate::{Outcome, root, ui};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command};
use xshell::{Shell, cmd};

pub(super) fn run(shell: &Shell) -> Outcome {
    let program = install(shell)?;
    cmd!(shell, "cargo test --quiet {WHOLE...} --test prism --no-run").run()?;
    let (_server, address) = start(shell, &program)?;
    let _address = shell.push_env("PRISM", address);
    Ok(cmd!(shell, "cargo test --quiet {WHOLE...} --test prism").run()?)
}

/// Brings the pinned versions; answers the program.
fn install(shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = root().join("target/tools/prism");
    let wanted = shell.read_file(files().join("package-lock.json"))?;
    let stamp = folder.join("installed.json");
    if !shell.read_file(&stamp).is_ok_and(|installed| installed == wanted) {
        shell.create_dir(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            shell.copy_file(files().join(file), &folder)?;
        }
        let _there = shell.push_dir(&folder);
        // None of the packages needs a script of its own to work.
        ui::npm(shell, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
        shell.write_file(&stamp, wanted)?;
    }
    Ok(folder.join("node_modules/@stoplight/prism-cli/dist/index.js"))
}

/// Starts Prism on a free port; answers its address.
fn start(shell: &Shell, program: &Path) -> Result<(Server, String), Box<dyn std::error::Error>> {
    let folder = root().join("target/conformance");
    shell.create_dir(&folder)?;
    let mut command = Command::new("node");
    command.arg(program).args(["mock", "--port", "0"]).arg(contract());
    let (server, mut output) = Server::start(&mut command)?;
    let address = address(&mut output)?.ok_or("Prism did not start; run it by hand to see why")?;
    let mut log = File::create(folder.join("prism.log"))?;
    // Ends with the process; one that nobody listened to would stop answering.
    std::thread::spawn(move || std::io::copy(&mut output, &mut log));
    Ok((server, address))
}

/// Where Prism says that it listens.
fn address(output: &mut BufReader<ChildStdout>) -> Result<Option<String>, std::io::Error> {
    let mut line = String::new();
    while output.read_line(&mut line)? > 0 {
        if let Some((_, address)) = line.split_once("listening on ") {
            return Ok(Some(address.trim().to_owned()));
        }
        line.clear();
    }
    Ok(None)
}
