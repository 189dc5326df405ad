//! `cargo xtask`: everything this repository can be asked to do, from a fresh machine on.
//!
//! Each command first brings what it needs (system packages, the UI, tools) and is safe to run again. It builds with
//! nothing but the Rust toolchain, because it is what installs the rest.

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod app;
mod bench;
mod check;
mod ci;
mod conformance;
mod demo;
mod fuzz;
mod session;
mod setup;
mod test;
mod ui;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use xshell::Shell;

/// What can go wrong is said in one line; the failing command has already said more.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Build, run, test and measure Dispute Desk.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The main job on the practice portal: sign in, sync, write letters; then the window on the same data.
    Demo {
        /// Do not open the window afterwards.
        #[arg(long)]
        headless: bool,
        /// Folder of the PDFs and the manifest.
        #[arg(long, value_name = "DIR", default_value = "target/demo/letters")]
        out: PathBuf,
        /// Made-up clients of the practice portal.
        #[arg(long, value_name = "N", default_value_t = 250)]
        clients: u32,
    },
    /// The window alone.
    App {
        /// Folder of the cache; the user's own by default.
        #[arg(long, value_name = "DIR")]
        data_dir: Option<PathBuf>,
    },
    /// Every test, or one kind.
    Test {
        /// One kind only.
        kind: Option<Kind>,
    },
    /// Format, lints, generated bindings, tests: what must pass for a change to land.
    Ci,
    /// Write the generated files: the TypeScript bindings of the contract.
    Gen,
    /// Prove that the contract is kept; each half ends with one JSON object.
    Conformance {
        /// One half only.
        which: Option<Conformance>,
    },
    /// Feed made-up answers to the typed client's decoders; the last line is one JSON object.
    Fuzz {
        /// How long, seconds.
        #[arg(long, value_name = "N", default_value_t = 600)]
        seconds: u32,
    },
    /// Measure; the last line of each bench is one JSON object.
    Bench {
        /// One bench only.
        which: Option<Bench>,
    },
    /// Type-check the whole workspace for Windows.
    CheckWindows,
    /// Type-check the whole workspace for macOS.
    CheckMacos,
    /// Take the README's screenshots from the real window.
    Screenshots,
}

/// A kind of test.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Crates and scenarios.
    Rust,
    /// The UI's own.
    Ui,
    /// The real window.
    E2e,
}

/// A bench.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Letters a second.
    Letters,
    /// Client search at 10,000 clients.
    Store,
    /// Reading the portal's answers, and calls a second.
    Api,
    /// First pull at 10,000 clients.
    Pull,
    /// The outbox and the pull under faults; `DESK_FAULTS_MEMORY` and its like say how much of each.
    Faults,
    /// A print run of 5,000 letters to a real queue; `DESK_PAPER_LETTERS` says how many.
    Paper,
    /// The window's cold start and memory.
    Window,
}

/// A half of the proof that the contract is kept.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Conformance {
    /// The practice portal, by schemathesis.
    Portal,
    /// The typed client, by Prism.
    Prism,
}

fn main() -> ExitCode {
    let outcome = run(Arguments::parse().command);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    let shell = Shell::new()?;
    shell.change_dir(root());
    match command {
        Command::Demo { headless, out, clients } => demo::run(&shell, headless, &out, clients),
        Command::App { data_dir } => app::run(&shell, data_dir.as_deref()),
        Command::Test { kind } => test::run(&shell, kind),
        Command::Ci => ci::run(&shell),
        Command::Gen => ci::generate(&shell),
        Command::Conformance { which } => conformance::run(&shell, which),
        Command::Fuzz { seconds } => fuzz::run(&shell, seconds),
        Command::Bench { which } => bench::run(&shell, which),
        Command::CheckWindows => check::windows(&shell),
        Command::CheckMacos => check::macos(&shell),
        Command::Screenshots => test::screenshots(&shell),
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    // As cargo says while it runs this: a program that is kept between checkouts knows only where it was built.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.ancestors().nth(3).map_or(here.clone(), std::path::Path::to_owned)
}
