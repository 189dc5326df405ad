//! Type-checking of the whole workspace for the systems it is used on, from Linux: every crate and target, tests too.
//! Clippy does it, and a warning fails. Nothing is linked or run, and the window's pages are not needed.
//!
//! Rust's own library for the other system comes from rustup. Where rustup has none to give, Debian's newer compiler,
//! unpacked below `target`, builds that library from its source, and then the compiler's warnings are all there is.

use crate::setup::Need;
use crate::{Outcome, root, setup};
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";

/// Debian's newer compiler and the source of its library.
const COMPILER: &[&str] = &["rustc-web", "rust-web-src"];

/// A C compiler and archiver for a system whose headers only its maker gives away: it makes empty files. Build scripts are
/// content, and no Rust type depends on what is in them.
const STAND_IN: &str = r#"#!/bin/sh
[ "$1" != '-?' ] || exit 1 # This is how a compiler of Microsoft's would be told.
echo '"clang"'
for name; do case $name in *.o | *.a) : >"$name" ;; esac; done
"#;

/// C libraries are compiled too, by the compiler that would make the program.
pub(crate) fn windows(shell: &Shell) -> Outcome {
    not_on_windows()?;
    setup::ensure(shell, &[Need::Windows])?;
    check(shell, "Windows", WINDOWS, &root().join("target/check-windows"))
}

pub(crate) fn macos(shell: &Shell) -> Outcome {
    not_on_windows()?;
    setup::ensure(shell, &[])?;
    let target = root().join("target/check-macos");
    if cfg!(target_os = "macos") {
        return check(shell, "macOS", MACOS, &target);
    }
    let tools = target.join("tools");
    let stand_in = tools.join("cc");
    shell.write_file(&stand_in, STAND_IN)?;
    cmd!(shell, "chmod +x {stand_in}").quiet().run()?;
    let name = MACOS.replace('-', "_");
    let _compiler = shell.push_env(format!("CC_{name}"), &stand_in);
    let _archiver = shell.push_env(format!("AR_{name}"), &stand_in);
    // Any folder keeps build scripts from asking Xcode for one.
    let _headers = shell.push_env("SDKROOT", &tools);
    check(shell, "macOS", MACOS, &target)
}

fn not_on_windows() -> Outcome {
    if cfg!(windows) {
        return Err("this is for Linux and macOS; on Windows `cargo xtask ci` checks the workspace as it is".into());
    }
    Ok(())
}

fn check(shell: &Shell, system: &str, target: &str, folder: &Path) -> Outcome {
    if !folder.join(target).exists() {
        println!("Checking for {system}; the first time takes a quarter of an hour");
    }
    let what = ["--workspace", "--all-targets", "--target", target];
    if has_library(shell, target) {
        cmd!(shell, "cargo clippy --keep-going --quiet {what...} --target-dir {folder} -- -D warnings").run()?;
        println!("Checked for {system} ({target}): the whole workspace and its tests, with clippy, without warnings");
        return Ok(());
    }
    let compiler = compiler(shell)?;
    let _compiler = shell.push_env("RUSTC", compiler.join("bin/rustc"));
    let kind = cmd!(shell, "cc -print-multiarch").quiet().read()?;
    let _libraries = shell.push_env("LD_LIBRARY_PATH", compiler.join("lib").join(kind.trim()));
    // Building Rust's library is not stable yet.
    let _unstable = shell.push_env("RUSTC_BOOTSTRAP", "1");
    let _strict = shell.push_env("RUSTFLAGS", "-D warnings");
    let folder = folder.join("debian");
    cmd!(shell, "cargo check --quiet -Zbuild-std=std,panic_unwind {what...} --target-dir {folder}").run()?;
    println!("Checked for {system} ({target}): the whole workspace and its tests, without clippy, without warnings");
    Ok(())
}

/// Whether Rust's library for a target is here, or rustup could bring it.
fn has_library(shell: &Shell, target: &str) -> bool {
    let here = || {
        cmd!(shell, "rustc --print target-libdir --target {target}")
            .quiet()
            .read()
            .is_ok_and(|folder| Path::new(folder.trim()).exists())
    };
    here() || (cmd!(shell, "rustup target add {target}").quiet().ignore_stderr().run().is_ok() && here())
}

/// Debian's newer compiler, unpacked and not installed; answers its prefix.
fn compiler(shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = root().join("target/check-compiler");
    let (packages, unpacked, stamp) = (folder.join("packages"), folder.join("unpacked"), folder.join("done"));
    if !stamp.exists() {
        if !setup::is_debian() {
            return Err("needed here: Rust's library for the other system (rustup target add)".into());
        }
        shell.create_dir(packages.join("partial"))?;
        setup::download(shell, COMPILER, &packages)?;
        for package in shell.read_dir(&packages)?.iter().filter(|path| path.extension().is_some_and(|it| it == "deb")) {
            cmd!(shell, "dpkg -x {package} {unpacked}").quiet().run()?;
        }
        shell.write_file(&stamp, "")?;
    }
    Ok(unpacked.join("usr"))
}
