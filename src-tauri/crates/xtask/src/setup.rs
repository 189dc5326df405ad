//! What a machine needs: on Debian and Ubuntu it is installed, elsewhere it is said in one line.

use crate::Outcome;
use std::ffi::OsString;
use std::path::Path;
use xshell::{Shell, cmd};

/// What a command is going to do, besides building.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Run the tests: a private display and keychain, a printer, tools that read PDFs, a program to drag a file from.
    Tests,
    /// Type-check for Windows.
    Windows,
    /// Run tools from PyPI.
    Python,
    /// Compare letters with what other programs make of them.
    Peers,
}

/// To build: the command line and the window share their crates, and so what these link to.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "ca-certificates",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "file",
    "fonts-dejavu-core",
];
const KEYCHAIN: &[&str] = &["dbus", "dbus-x11", "gnome-keyring"];
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "at-spi2-core",
    "webkit2gtk-driver",
    "xdotool",
    "x11-utils",
    "x11-apps",
    "imagemagick",
    "cups",
    "cups-client",
    "poppler-utils",
    "qpdf",
    "procps",
    "python3-gi",
    "gir1.2-gtk-3.0",
];
const PYTHON: &[&str] = &["python3", "python3-venv"];
const WINDOWS: &[&str] = &["gcc-mingw-w64-x86-64", "perl"];

/// Programs that print pages of HTML; WeasyPrint itself comes from Python's registry.
const PEERS: &[&str] = &[
    "chromium",
    "libreoffice-writer-nogui",
    "fonts-croscore",
    "python3",
    "python3-venv",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
];

/// Patience with another installation, and with the network.
const APT: [&str; 4] = ["-o", "DPkg::Lock::Timeout=900", "-o", "Acquire::Retries=3"];

/// Brings what is missing.
pub(crate) fn ensure(shell: &Shell, needs: &[Need]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return elsewhere(needs);
    }
    let mut packages: Vec<&str> = BUILD.iter().chain(KEYCHAIN).copied().collect();
    for need in needs {
        packages.extend(match need {
            Need::Tests => TESTS,
            Need::Windows => WINDOWS,
            Need::Python => PYTHON,
            Need::Peers => PEERS,
        });
    }
    if !is_debian() {
        if needs.contains(&Need::Windows) {
            println!(
                "Needed here: a C compiler, pkg-config, OpenSSL, perl, make, and mingw-w64's C compiler for x86_64."
            );
            return Ok(());
        }
        println!(
            "Needed here: a C compiler, pkg-config, OpenSSL and WebKitGTK 4.1 development files, D-Bus with a Secret Service, Xvfb, WebKitWebDriver, CUPS, poppler-utils, qpdf, xdotool, PyGObject with GTK 3."
        );
        return Ok(());
    }
    let missing: Vec<&str> = packages.into_iter().filter(|package| !installed(shell, package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    install(shell, &missing)
}

fn elsewhere(needs: &[Need]) -> Outcome {
    if cfg!(windows) {
        println!("Needed here: the Visual Studio C++ build tools and WebView2 (part of Windows 11).");
    } else {
        println!("Needed here: the Xcode command-line tools (xcode-select --install).");
    }
    if needs.contains(&Need::Windows) {
        println!("Needed here: mingw-w64's C compiler for x86_64.");
    }
    if needs.contains(&Need::Python) {
        println!("Needed here: Python 3.11 or newer with venv.");
    }
    Ok(())
}

pub(crate) fn is_debian() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| {
        text.lines().any(|line| {
            (line.starts_with("ID=") || line.starts_with("ID_LIKE="))
                && (line.contains("debian") || line.contains("ubuntu"))
        })
    })
}

fn installed(shell: &Shell, package: &str) -> bool {
    let format = "${Status}";
    cmd!(shell, "dpkg-query -W -f {format} {package}")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|status| status.contains("install ok installed"))
}

fn install(shell: &Shell, packages: &[&str]) -> Outcome {
    println!("Installing {}", packages.join(" "));
    let as_root: &[&str] = if is_root(shell) { &[] } else { &["sudo"] };
    if !as_root.is_empty() && cmd!(shell, "sudo -n true").quiet().ignore_stderr().run().is_err() && !interactive() {
        return Err(format!(
            "install these as root, then run this again: apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        )
        .into());
    }
    let environment = ["env", "DEBIAN_FRONTEND=noninteractive"];
    let run = |arguments: &[&str]| -> Outcome {
        let mut words: Vec<&str> = as_root.to_vec();
        words.extend(environment);
        words.push("apt-get");
        words.extend(APT);
        words.extend(arguments);
        let (program, rest) = words.split_first().ok_or("no command")?;
        Ok(cmd!(shell, "{program} {rest...}").quiet().run()?)
    };
    run(&["update", "-qq"])?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    run(&arguments)
}

/// Puts packages, with what they depend on and is missing, in a folder and installs nothing.
pub(crate) fn download(shell: &Shell, packages: &[&str], folder: &Path) -> Outcome {
    println!("Downloading {}", packages.join(" "));
    let mut here = OsString::from("Dir::Cache::Archives=");
    here.push(folder);
    let only = ["install", "-y", "-qq", "--no-install-recommends", "--download-only", "-o", "Debug::NoLocking=1"];
    Ok(cmd!(shell, "apt-get {APT...} {only...} -o {here} {packages...}").quiet().run()?)
}

fn interactive() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdin())
}

pub(crate) fn is_root(shell: &Shell) -> bool {
    cmd!(shell, "id -u").quiet().read().is_ok_and(|id| id.trim() == "0")
}

/// A Rust tool of a fixed version, installed below `target/tools`; answers its path.
pub(crate) fn tool(shell: &Shell, name: &str, version: &str) -> Result<String, Box<dyn std::error::Error>> {
    let path = crate::root().join("target/tools/bin").join(name);
    let stamp = crate::root().join("target/tools").join(format!("{name}-{version}"));
    if !(path.exists() && stamp.exists()) {
        let root = crate::root().join("target/tools");
        let built = crate::root().join("target/tools-build");
        cmd!(shell, "cargo install {name} --locked --version {version} --root {root} --target-dir {built} --quiet")
            .run()?;
        shell.write_file(&stamp, "")?;
    }
    Ok(path.display().to_string())
}

/// Whether a file or any file below a folder is newer than `than`.
pub(crate) fn newer(path: &Path, than: std::time::SystemTime) -> bool {
    let Ok(meta) = path.metadata() else { return false };
    if meta.is_dir() {
        let Ok(entries) = path.read_dir() else { return false };
        return entries.flatten().any(|entry| newer(&entry.path(), than));
    }
    meta.modified().is_ok_and(|at| at > than)
}
