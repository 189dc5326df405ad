//! A file that another program's window lets go over the client.

use super::{focused, no_dialog, open_client, run, tab_to};
use crate::driver::{Window, until};
use crate::portal::CompanyPortal;
use practice_portal::AcceptedKind;
use std::path::Path;
use std::process::Stdio;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Drags a picture from another window and lets it go over the client's documents; the agent says what it is, and the portal
/// gets its very bytes.
pub(crate) async fn a_file_is_dropped(window: &Window, portal: &CompanyPortal, file: &Path) {
    a_picture(file).await;
    // Where the mouse is moved below, the window is.
    window.resized(1280, 800).await;
    open_client(window, 1).await;
    window.keys("d").await;
    window.find("add-files").await;
    window.looked_at("documents").await;

    let mut source = DragSource::open(file).await;
    source.take_up().await;
    hold_over_the_page(window).await;
    window.text_that("[data-testid='drop-area']", |text| text.contains("Drop the files")).await;
    window.looked_at("drop").await;
    xdotool(&["mouseup", "1"]).await;
    source.gone().await;

    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    window.text_that("[data-testid='chosen-file']", |text| text.contains(&name)).await;
    assert_eq!(window.all("[data-testid='drop-area']").await.len(), 0);
    focused(window, "file-kind").await;
    window.looked_at("add-document").await;
    window.keys(Key::Down).await;
    window.css("[role='option']").await;
    window.keys(Key::Down).await;
    window.keys(Key::Enter).await;
    tab_to(window, "add-confirm").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
    until("the portal to have the document", async || {
        (portal.accepted(AcceptedKind::Document).await == 1).then_some(())
    })
    .await;
    let sum = run("sha256sum", &[&file.display().to_string()]).await;
    let arrived = portal.last_document().await.expect("its file");
    assert!(
        String::from_utf8_lossy(&sum.stdout).starts_with(&arrived),
        "the file that was dropped is the file that arrived"
    );
    until("the document to be filed", async || {
        let rows = window.text("[aria-label='Documents']").await;
        (!rows.contains("Waiting") && !rows.contains("Sending")).then_some(())
    })
    .await;
}

async fn a_picture(file: &Path) {
    let made = run(
        "convert",
        &[
            "-size",
            "640x400",
            "xc:white",
            "-pointsize",
            "32",
            "-annotate",
            "+40+200",
            "Electric bill",
            &file.display().to_string(),
        ],
    )
    .await;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// A little window of another program that offers a file.
struct DragSource {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl DragSource {
    async fn open(file: &Path) -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/drag-source.py");
        let mut process = Command::new("/usr/bin/python3")
            .arg(program)
            .arg(file)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Debian's own Python starts");
        let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut source = Self { process, lines };
        source.says("shown").await;
        source
    }

    async fn says(&mut self, word: &str) {
        let line = self.lines.next_line().await.expect("its output");
        assert_eq!(line.as_deref(), Some(word), "the other program");
    }

    /// Presses the button on it and moves until the drag has begun.
    async fn take_up(&mut self) {
        xdotool(&["mousemove", "60", "30"]).await;
        xdotool(&["mousedown", "1"]).await;
        for step in 1..=6 {
            xdotool(&["mousemove", &(60 + 10 * step).to_string(), &(30 + 10 * step).to_string()]).await;
        }
        self.says("dragging").await;
    }

    /// Waits until it has given the file away and ended.
    async fn gone(mut self) {
        self.says("dropped").await;
        assert!(self.process.wait().await.expect("it ends").success());
    }
}

/// Moves what is dragged over the page until the window notices.
async fn hold_over_the_page(window: &Window) {
    let mut step = 0;
    until("the window to notice the file", async || {
        step += 1;
        xdotool(&["mousemove", &(600 + step % 2 * 8).to_string(), "520"]).await;
        let noticed = !window.all("[data-testid='drop-area']").await.is_empty();
        noticed.then_some(())
    })
    .await;
}

async fn xdotool(arguments: &[&str]) {
    let done = run("xdotool", arguments).await;
    assert!(done.status.success(), "xdotool {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}
