//! The window's cold start and memory, on a private display, over a cache of practice data.
//!
//! WebKitGTK sets the floor of both here; on Windows and macOS the system's own web view does.

#[expect(dead_code, reason = "the walk through the window needs more of it")]
#[path = "../e2e/driver.rs"]
mod driver;

use driver::{Window, until};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;

const STARTS: usize = 7;
const CLIENTS: u32 = 1_000;

pub(crate) fn given(name: &str) -> PathBuf {
    std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is set by `cargo xtask bench window`"))
}

#[tokio::test(flavor = "multi_thread")]
async fn cold_start_and_memory() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    let portal = PracticeServer::start(CLIENTS).await;
    let desk = |words: &[&str], secrets: &str| {
        let mut command = Command::new(given("DESK_CLI"));
        let mut desk = command.arg("--data-dir").arg(&data).args(words).stdin(Stdio::piped()).spawn().unwrap();
        desk.stdin.take().unwrap().write_all(secrets.as_bytes()).unwrap();
        assert!(desk.wait().unwrap().success(), "desk {words:?}");
    };
    let secrets = format!("{}\n{}\n", portal.said("password"), portal.said("api_key"));
    desk(&["sign-in", "--portal", &portal.said("portal"), "--email", &portal.said("email")], &secrets);
    desk(&["sync"], "");
    portal.stop().await;

    let (mut painted, mut usable, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let window = Window::open(&data).await;
        let shown = async || {
            window.script("return performance.getEntriesByName('day-shown')[0]?.startTime ?? null;").await.as_f64()
        };
        let day = until("the day's work to be shown", shown).await;
        let pids = family(&data);
        let started = start_of(pids[0]);
        let script = "return [performance.timeOrigin, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null];";
        let times = window.script(script).await;
        let origin = times[0].as_f64().unwrap();
        painted.push(origin + times[1].as_f64().unwrap_or(f64::NAN) - started);
        usable.push(origin + day - started);
        memory.push(pids.iter().map(|pid| pss(*pid)).sum::<f64>());
        window.close().await;
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).map(|value| value.round())
    };
    println!(
        "{}",
        json!({
            "bench": "window", "clients": CLIENTS, "starts": STARTS, "start_to_painted_ms": median(painted), "start_to_usable_ms": median(usable),
            "pss_mb": median(memory),
        })
    );
}

/// The window's process and those it started.
fn family(data: &Path) -> Vec<u32> {
    let found =
        Command::new("pgrep").args(["-f", &format!("dispute-desk --data-dir {}", data.display())]).output().unwrap();
    let mut pids: Vec<u32> =
        String::from_utf8_lossy(&found.stdout).lines().filter_map(|line| line.parse().ok()).collect();
    assert!(!pids.is_empty(), "the window runs");
    let mut next = 0;
    while next < pids.len() {
        let children = Command::new("pgrep").args(["-P", &pids[next].to_string()]).output().unwrap();
        for child in String::from_utf8_lossy(&children.stdout).lines().filter_map(|line| line.parse().ok()) {
            if !pids.contains(&child) {
                pids.push(child);
            }
        }
        next += 1;
    }
    pids
}

/// When a process started, in milliseconds since 1970; the kernel counts in hundredths of a second.
fn start_of(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let ticks: f64 = stat.rsplit_once(')').unwrap().1.split_whitespace().nth(19).unwrap().parse().unwrap();
    let uptime: f64 = std::fs::read_to_string("/proc/uptime").unwrap().split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    (now - uptime + ticks / 100.0) * 1000.0
}

/// A process's proportional share of memory, MB.
fn pss(pid: u32) -> f64 {
    let Ok(rollup) = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) else { return 0.0 };
    let line = rollup.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// `desk practice serve` in a process of its own.
pub(crate) struct PracticeServer {
    process: Child,
    said: Value,
}

impl PracticeServer {
    /// Starts it on a free port and reads how to sign in.
    pub(crate) async fn start(clients: u32) -> Self {
        let mut process = tokio::process::Command::new(given("DESK_CLI"))
            .args(["--json", "practice", "serve", "--port", "0", "--seed", "11", "--clients", &clients.to_string()])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the practice portal starts");
        let mut said = String::new();
        let mut lines = BufReader::new(process.stdout.take().expect("its output"));
        while serde_json::from_str::<Value>(&said).is_err() {
            assert_ne!(lines.read_line(&mut said).await.expect("its words"), 0, "it says how to sign in: {said}");
        }
        Self { process, said: serde_json::from_str(&said).expect("just tried") }
    }

    /// One thing that it said: `portal`, `email`, `password`, `api_key`.
    pub(crate) fn said(&self, name: &str) -> String {
        self.said[name].as_str().unwrap_or_else(|| panic!("{name} in {}", self.said)).to_owned()
    }

    /// Ends it, and waits until nobody listens there any more.
    pub(crate) async fn stop(mut self) {
        self.process.kill().await.expect("the practice portal ends");
    }
}
