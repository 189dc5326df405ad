//! Fuzzing: made-up answers to the typed client's decoders, which may refuse them and must not panic.
//!
//! The target and its seeds are in `portal-api/fuzz`, a package of its own; what the fuzzer finds stays below `target`.
//! Ends with one JSON object, and fails on a crash, whose input is then in `artifacts/decode` beside the target.

use crate::{Outcome, root, setup};
use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use xshell::Shell;

/// The release that the target was written for.
const CARGO_FUZZ: &str = "0.13.2";

pub(crate) fn run(shell: &Shell, seconds: u32) -> Outcome {
    let cargo_fuzz = setup::tool(shell, "cargo-fuzz", CARGO_FUZZ)?;
    let folder = root().join("src-tauri/crates/portal-api/fuzz");
    let found = root().join("target/fuzz/corpus");
    shell.create_dir(&found)?;
    let mut fuzzer = Command::new(cargo_fuzz)
        .current_dir(&folder)
        // The compiler at hand can do what the fuzzer asks of it, and only says so when it is told to.
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["run", "decode", "--fuzz-dir", "."])
        .arg(&found)
        .arg(folder.join("seeds"))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg("-dict=decode.dict")
        .stderr(Stdio::piped())
        .spawn()?;
    let output = fuzzer.stderr.take().ok_or("the fuzzer cannot be heard")?;
    let mut figures = None;
    for line in BufReader::new(output).lines() {
        let line = line?;
        figures = done(&line).or(figures);
        eprintln!("{line}");
    }
    if !fuzzer.wait()?.success() {
        return Err("a decoder crashed, or the fuzzer could not be built; why is above".into());
    }
    let (runs, took) = figures.ok_or("the fuzzer did not say how far it got")?;
    println!("{}", json!({ "runs": runs, "seconds": took, "crashes": 0 }));
    Ok(())
}

/// Runs and seconds of the line that the fuzzer ends with: `Done 123 runs in 45 second(s)`.
fn done(line: &str) -> Option<(u64, u64)> {
    let (runs, rest) = line.strip_prefix("Done ")?.split_once(" runs in ")?;
    Some((runs.parse().ok()?, rest.split(' ').next()?.parse().ok()?))
}
