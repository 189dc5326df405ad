//! The window's cold start, memory and feel, on a private display: over a small cache, over one of 100,000 clients with
//! 1,000,000 items, and beside a window that has the UI's libraries and nothing else.
//!
//! WebKitGTK sets the floor of all here; on Windows and macOS the system's own web view does.

#[expect(dead_code, reason = "the walk through the window needs more of it")]
#[path = "../e2e/driver.rs"]
mod driver;

use desk::Keychain as _;
use domain::NegativeItem;
use driver::{Window, until};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{DatabaseKey, Sent, Store};
use thirtyfour::prelude::Key;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;

const STARTS: usize = 7;
/// Clients that come from a practice portal, with everything of theirs.
const SYNCED: u32 = 60;
/// Clients in the cache, and their items.
const CLIENTS: usize = 100_000;
const ITEMS_EACH: usize = 10;

pub(crate) fn given(name: &str) -> PathBuf {
    std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is set by `cargo xtask bench window`"))
}

#[tokio::test(flavor = "multi_thread")]
async fn start_memory_and_feel() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    let portal = PracticeServer::start(SYNCED).await;
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

    let (small, day) = (starts(&given("DESK_WINDOW"), Some(&data)).await, SYNCED);
    println!("{}", json!({ "bench": "window", "clients": day, "starts": STARTS, "start": small.told() }));
    let bare = starts(&given("DESK_BARE"), None).await;
    println!("{}", json!({ "bench": "window", "bare": true, "starts": STARTS, "start": bare.told() }));

    fill(&data).await;
    let large = starts(&given("DESK_WINDOW"), Some(&data)).await;
    println!("{}", json!({ "bench": "window", "clients": CLIENTS, "starts": STARTS, "start": large.told() }));
    let feel = feel(&data).await;
    println!(
        "{}",
        json!({
            "bench": "window", "clients": CLIENTS, "items": CLIENTS * ITEMS_EACH, "starts": STARTS, "start": large.told(),
            "usable_after_bare_ms": (large.usable - bare.usable).round(),
            "memory_of_bare": ((large.memory / bare.memory) * 100.0).round() / 100.0, "feel": feel,
        })
    );
}

/// Medians of some starts.
struct Started {
    painted: f64,
    usable: f64,
    memory: f64,
}

impl Started {
    fn told(&self) -> Value {
        json!({ "painted_ms": self.painted.round(), "usable_ms": self.usable.round(), "pss_mb": self.memory.round() })
    }
}

/// Starts a program again and again: from the process to the first paint, to its mark of being usable, and its memory then.
async fn starts(program: &Path, data: Option<&Path>) -> Started {
    let (mut painted, mut usable, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    let name = data
        .map_or_else(|| program.display().to_string(), |data| format!("dispute-desk --data-dir {}", data.display()));
    for _ in 0..STARTS {
        let window = match data {
            Some(data) => Window::open(data).await,
            None => Window::of(program, &[]).await,
        };
        let shown = async || {
            window.script("return performance.getEntriesByName('day-shown')[0]?.startTime ?? null;").await.as_f64()
        };
        let day = until("the first screen to be whole", shown).await;
        let pids = family(&name);
        let started = start_of(pids[0]);
        let script = "return [performance.timeOrigin, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null];";
        let times = window.script(script).await;
        let origin = times[0].as_f64().unwrap();
        painted.push(origin + times[1].as_f64().unwrap_or(f64::NAN) - started);
        usable.push(origin + day - started);
        memory.push(pids.iter().map(|pid| pss(*pid)).sum::<f64>());
        window.close().await;
    }
    Started { painted: at(painted, 0.5), usable: at(usable, 0.5), memory: at(memory, 0.5) }
}

/// The value below which a part of all values lies.
fn at(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = ((values.len() as f64 * part).ceil() as usize).clamp(1, values.len());
    values[index - 1]
}

/// Puts made-up clients and items into the closed cache.
async fn fill(data: &Path) {
    let practice = data.join("practice");
    let vault: Value = serde_json::from_slice(&std::fs::read(practice.join("vault.json")).unwrap()).unwrap();
    let account = format!("cache {}", vault["id"].as_str().unwrap());
    let key = platform::SystemKeychain.read(&account).await.unwrap().expect("the key of the cache");
    let key: [u8; 32] = key.as_slice().try_into().unwrap();
    let store = Store::open(&practice.join("desk.db"), &DatabaseKey::new(key)).await.unwrap();
    let mut sample = None;
    for client in store.client_ids().await.unwrap() {
        sample = sample.or(store.items_of(client).await.unwrap().into_iter().next());
    }
    let sample = sample.expect("a client with an item").item;
    for clients in desk_tests::made_up_clients(CLIENTS).chunks(1_000) {
        let items: Vec<_> = clients
            .iter()
            .flat_map(|client| (0..ITEMS_EACH).map(move |number| (client.value.id, number)))
            .map(|(client, number)| {
                let id = domain::ItemId(format!("9{client}{number:02}"));
                let account_name = format!("{} {number}", sample.account_name);
                Sent { value: NegativeItem { id, client, account_name, ..sample.clone() }, body: "{}".into() }
            })
            .collect();
        let mut write = store.write().await.unwrap();
        write.put_clients(clients, 1).await.unwrap();
        write.put_items(&items, 1).await.unwrap();
        write.commit().await.unwrap();
    }
    store.close().await;
}

/// How the window feels at the hand, in milliseconds at the 95th percentile, and which part of its frames a fast scroll drops.
async fn feel(data: &Path) -> Value {
    let window = Window::open(data).await;
    window.find("today-synced").await;
    window.chord(Key::Control, '1').await;
    window.find("client-row").await;
    window.script(WATCH).await;
    for word in ["garcia", "smith 12", "client77", "sharma 3", "555", "muller", "johnson 200", "kwame"] {
        for letter in word.chars() {
            let before = counted(&window, "typed").await;
            window.keys(letter.to_string()).await;
            measured(&window, "typed", before).await;
        }
        window.keys(Key::Escape).await;
        window.text_that("[data-testid='client-total']", |text| !text.contains("found")).await;
    }
    let typed = values(&window, "typed").await;

    for number in 0..24 {
        let before = counted(&window, "opened").await;
        window.keys(Key::Down).await;
        if number % 3 == 0 {
            window.keys(Key::Down).await;
        }
        window.keys(Key::Enter).await;
        measured(&window, "opened", before).await;
        window.chord(Key::Control, '1').await;
        window.find("client-row").await;
        window.script(WATCH).await;
    }
    let opened = values(&window, "opened").await;

    window.script(SCROLL).await;
    let scrolled = until("the scroll to end", async || {
        let told = window.script("return window.__feel.scrolled ?? null;").await;
        (!told.is_null()).then_some(told)
    })
    .await;
    window.close().await;
    let round = |ms: f64| (ms * 10.0).round() / 10.0;
    json!({
        "keystrokes": typed.len(), "keystroke_to_painted_p95_ms": round(at(typed.clone(), 0.95)), "keystroke_p50_ms": round(at(typed, 0.5)),
        "opens": opened.len(), "client_opens_p95_ms": round(at(opened.clone(), 0.95)), "client_opens_p50_ms": round(at(opened, 0.5)),
        "scrolled_frames": scrolled["frames"], "dropped_share": scrolled["dropped"],
    })
}

async fn counted(window: &Window, what: &str) -> u64 {
    window.script(&format!("return window.__feel.{what}.length;")).await.as_u64().unwrap()
}

/// Waits for the next measurement inside the page: asking again and again would take the processor from what is measured.
async fn measured(window: &Window, what: &str, before: u64) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         if (window.__feel.{what}.length > {before}) done(); else window.__feel.then = done;"
    );
    window.page.execute_async(&script, Vec::new()).await.expect("the page answers in time");
}

async fn values(window: &Window, what: &str) -> Vec<f64> {
    let values = window.script(&format!("return window.__feel.{what};")).await;
    values.as_array().unwrap().iter().filter_map(Value::as_f64).collect()
}

/// Measures in the page itself: from the event of a key to the frame after the one that shows what it brought.
const WATCH: &str = r#"
    const feel = (window.__feel ??= { typed: [], opened: [] });
    const painted = (started, into) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
            into.push(performance.now() - started);
            feel.then?.();
            feel.then = undefined;
        };
        channel.port2.postMessage(null);
    });
    const when = (ready, done) => {
        const look = () => { if (ready()) { watcher.disconnect(); done(); } };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        look();
    };
    const input = document.querySelector("[data-testid='client-search']");
    if (!input.dataset.watched) {
        input.dataset.watched = "yes";
        input.addEventListener("input", () => {
            const started = performance.now();
            const shown = () => {
                const grid = document.querySelector("[role='grid'][aria-label='Clients']");
                return grid?.dataset.query === input.value.trim() && grid.getAttribute("aria-busy") === "false";
            };
            if (input.value.trim() !== "") when(shown, () => painted(started, feel.typed));
        }, true);
        input.addEventListener("keydown", (event) => {
            const started = performance.now();
            if (event.key === "Enter") {
                when(() => document.querySelector("[data-testid='item-row'], [data-testid='no-items']"), () => painted(started, feel.opened));
            }
        }, true);
    }
"#;

/// Scrolls through the list as fast as a hand throws it, for some seconds, and counts the frames that were not drawn in time.
const SCROLL: &str = r#"
    const list = document.querySelector("[data-testid='client-rows']");
    list.scrollTop = 0;
    const times = [];
    const step = (now) => {
        times.push(now);
        list.scrollTop += 180;
        if (times.length < 300) requestAnimationFrame(step);
        else {
            const gaps = times.slice(1).map((time, index) => time - times[index]);
            const frame = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
            const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frame) - 1), 0);
            window.__feel.scrolled = { frames: gaps.length, frame, dropped: Math.round(dropped / (gaps.length + dropped) * 10000) / 10000 };
        }
    };
    requestAnimationFrame(step);
"#;

/// The process that was started so, and those it started.
fn family(command: &str) -> Vec<u32> {
    let found = Command::new("pgrep").args(["-f", command]).output().unwrap();
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
