//! The window and what drives it.

use crate::given;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// The longest that anything may take before the test says what it was waiting for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Counts what the page complains about, every press of a mouse's button and the last keys, from the first moment it can.
const LISTEN: &str = r#"
    if (!window.__complaints) {
        window.__complaints = [];
        window.__presses = 0;
        addEventListener("pointerdown", () => { window.__presses += 1; }, true);
        window.__keys = [];
        const place = (target) => target?.dataset?.testid || target?.id || target?.tagName || "nothing";
        addEventListener("keydown", (event) => {
            const key = { key: event.key, at: place(event.target), focus: document.hasFocus(), ms: Math.round(performance.now()) };
            window.__keys = [...window.__keys.slice(-24), key];
            setTimeout(() => { key.taken = event.defaultPrevented; });
        }, true);
        // A layout that settles in the next frame is told as an error, and is none.
        const settles = (event) => /^ResizeObserver loop/.test(event.message || "");
        const keep = (kind) => (event) => settles(event) || window.__complaints.push(kind + ": " + (event.message || event.reason || event.violatedDirective || event));
        addEventListener("error", keep("error"));
        addEventListener("unhandledrejection", keep("rejection"));
        addEventListener("securitypolicyviolation", keep("policy"));
        const error = console.error;
        console.error = (...words) => { window.__complaints.push("console: " + words.map(String).join(" ")); error(...words); };
    }
"#;

/// A running window under WebDriver.
pub(crate) struct Window {
    pub(crate) page: WebDriver,
    driver: Child,
    pressed: AtomicU32,
}

impl Window {
    /// Starts the program on a data folder and waits for its first screen.
    pub(crate) async fn open(data: &Path) -> Self {
        Self::of(&given("DESK_WINDOW"), &["--data-dir".as_ref(), data.as_os_str()]).await
    }

    /// Starts any program with a web view and waits for its first screen.
    pub(crate) async fn of(program: &Path, arguments: &[&OsStr]) -> Self {
        let [port, native] = free_ports();
        let driver = Command::new(given("TAURI_DRIVER"))
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .arg("--native-driver")
            .arg("/usr/bin/WebKitWebDriver")
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("tauri-driver starts");
        // The WebDriver client speaks plain HTTP, and yet wants to know how it would speak TLS; a second time is refused.
        let _ = rustls::crypto::ring::default_provider().install_default();
        for port in [port, native] {
            until("the driver to listen", async || TcpStream::connect(("127.0.0.1", port)).await.ok()).await;
        }
        let mut wanted = Capabilities::new();
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
        let program = json!({ "application": program, "args": arguments });
        wanted.set("tauri:options", program).expect("a capability");
        wanted.set("browserName", "wry").expect("a capability");
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await.expect("a session");
        let window = Self { page, driver, pressed: AtomicU32::new(0) };
        window.script(LISTEN).await;
        window
    }

    /// Closes the window as its user would, and waits until its process has gone.
    pub(crate) async fn close(mut self) {
        self.page.clone().quit().await.expect("the window closes");
        self.driver.kill().await.expect("the driver ends");
    }

    /// Lets go of a window that closed itself.
    pub(crate) async fn gone(mut self) {
        self.driver.kill().await.expect("the driver ends");
    }

    /// Runs a script in the page.
    pub(crate) async fn script(&self, script: &str) -> Value {
        let answer = self.page.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{error}: {script}"));
        answer.json().clone()
    }

    /// The first element with a test id, once it is there.
    pub(crate) async fn find(&self, test_id: &str) -> WebElement {
        self.css(&format!("[data-testid='{test_id}']")).await
    }

    /// The first element that a selector finds, once it is there.
    pub(crate) async fn css(&self, selector: &str) -> WebElement {
        let started = Instant::now();
        loop {
            if let Ok(found) = self.page.find(By::Css(selector)).await {
                return found;
            }
            if started.elapsed() > PATIENCE {
                let seen = self.text("[role='dialog']").await;
                panic!("waited in vain for {selector}; the dialog says: {seen}");
            }
        }
    }

    /// Every element that a selector finds now. An element that goes while it is handed over is an error of the driver's.
    pub(crate) async fn all(&self, selector: &str) -> Vec<WebElement> {
        until("the page to answer", async || self.page.find_all(By::Css(selector)).await.ok()).await
    }

    /// An element's text, also where a style hides it from WebDriver.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let script = format!("const e = document.querySelector({selector:?}); return e ? e.textContent : null;");
        self.script(&script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an element's text fits.
    pub(crate) async fn text_that(&self, selector: &str, fits: impl Fn(&str) -> bool) -> String {
        until(&format!("the text of {selector}"), async || Some(self.text(selector).await).filter(|text| fits(text)))
            .await
    }

    /// Types, as on a keyboard, into whatever has the focus.
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) {
        let keys = keys.into();
        self.drawn().await;
        self.count(keys.as_vec().len());
        self.page.action_chain().send_keys(keys).perform().await.expect("keys are typed");
    }

    /// Presses a key while another is held.
    pub(crate) async fn chord(&self, held: Key, key: char) {
        self.drawn().await;
        self.count(2);
        let chain = self.page.action_chain().key_down(held.clone()).send_keys(key).key_up(held);
        chain.perform().await.expect("keys are pressed");
    }

    /// Presses a key while two others are held.
    pub(crate) async fn chord_of_two(&self, held: Key, and: Key, key: char) {
        self.drawn().await;
        self.count(3);
        let chain = self.page.action_chain().key_down(held.clone()).key_down(and.clone());
        let chain = chain.send_keys(key).key_up(and).key_up(held);
        chain.perform().await.expect("keys are pressed");
    }

    /// Makes the page this large, in CSS pixels.
    pub(crate) async fn resized(&self, width: u32, height: u32) {
        self.page.set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        let size = "return [innerWidth, innerHeight];";
        until("the window's size", async || (self.script(size).await == json!([width, height])).then_some(())).await;
        self.drawn().await;
    }

    /// Waits until what the last key did is on the screen: nobody types into what is not drawn yet.
    async fn drawn(&self) {
        const FRAMES: &str = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
        self.page.execute_async(FRAMES, Vec::new()).await.expect("the window draws");
    }

    fn count(&self, keys: usize) {
        self.pressed.fetch_add(keys.try_into().expect("few keys"), Ordering::Relaxed);
    }

    /// Keys that were pressed so far, held ones included.
    pub(crate) fn keys_pressed(&self) -> u32 {
        self.pressed.load(Ordering::Relaxed)
    }

    /// Presses of a mouse's button that the page saw so far.
    pub(crate) async fn mouse_presses(&self) -> u64 {
        self.script("return window.__presses;").await.as_u64().expect("a number")
    }

    /// Nothing in the page has complained since it was opened.
    pub(crate) async fn no_complaints(&self) {
        let complaints = self.script("return window.__complaints;").await;
        assert_eq!(complaints, json!([]), "the page complained");
    }

    /// Checks the screen with axe in both themes and keeps its picture in both.
    pub(crate) async fn looked_at(&self, name: &str) {
        for theme in ["dark", "light"] {
            self.script(&format!("document.documentElement.setAttribute('data-mantine-color-scheme', '{theme}');"))
                .await;
            self.accessible(&format!("{name} in {theme}")).await;
            self.picture(&format!("{name}-{theme}")).await;
        }
    }

    /// Waits until nothing moves.
    pub(crate) async fn still(&self) {
        let script = r#"
            const done = arguments[arguments.length - 1];
            const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
            const moving = () => document.getAnimations().filter((a) => Number.isFinite(a.effect?.getComputedTiming().endTime));
            (async () => {
                for (await frame(); moving().length > 0; await frame()) {
                    await Promise.allSettled(moving().map((animation) => animation.finished));
                }
            })().then(done);
        "#;
        self.page.execute_async(script, Vec::new()).await.expect("motion ends");
    }

    async fn accessible(&self, what: &str) {
        if self.script("return !!window.axe;").await != json!(true) {
            let axe = std::fs::read_to_string(given("AXE")).expect("axe is installed");
            self.script(&axe).await;
        }
        // What is still fading in has the contrast of neither before nor after.
        self.still().await;
        let script = r#"
            const done = arguments[arguments.length - 1];
            const related = (n) => [...n.any, ...n.all, ...n.none].flatMap((check) => check.relatedNodes.map((r) => r.target.join(" ")));
            const node = (n) => [n.target.join(" "), ...related(n)].join(" with ");
            axe.run(document, { resultTypes: ["violations"] }).then(
                (found) => done(found.violations.map((v) => v.id + ": " + v.nodes.map(node).join(", "))),
                (error) => done(["axe failed: " + error]));
        "#;
        let found = self.page.execute_async(script, Vec::new()).await.expect("axe runs").json().clone();
        assert_eq!(found, json!([]), "{what}");
    }

    /// Keeps a picture of the window when pictures are wanted.
    pub(crate) async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("DESK_SCREENSHOTS").map(std::path::PathBuf::from) else { return };
        let file = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder for pictures");
        let picture = self.page.screenshot_as_png().await.expect("a picture");
        std::fs::write(file, picture).expect("the picture is kept");
    }
}

/// A walk that fails says what stood in the window, and which keys it saw last.
impl Drop for Window {
    fn drop(&mut self) {
        const LOOK: &str = r#"
            const place = (e) => e?.dataset?.testid || e?.id || e?.tagName || "nothing";
            const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => place(e) + ": " + e.textContent.slice(0, 400));
            return {
                page: location.hash, focus: place(document.activeElement), focused: document.hasFocus(), ms: Math.round(performance.now()),
                dialogs: texts("[role='dialog']"), options: texts("[role='option']"), notices: texts("[role='alert']"), keys: window.__keys, complaints: window.__complaints,
            };
        "#;
        if !std::thread::panicking() {
            return;
        }
        let seen = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(self.page.execute(LOOK, Vec::new()))
        });
        match seen {
            Ok(seen) => eprintln!("the window at the end: {:#}", seen.json()),
            Err(error) => eprintln!("the window does not answer: {error}"),
        }
    }
}

/// Asks again and again until there is an answer; each question to the window takes a moment of its own.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::task::yield_now().await;
    }
}

fn free_ports() -> [u16; 2] {
    let listeners = [TcpListener::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap()];
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
