//! Dialogs that the rest of the walk passes by: each is opened by its key, looked at and left by Escape.

use super::{by_palette, no_dialog};
use crate::driver::{Window, until};
use serde_json::json;
use thirtyfour::prelude::*;

/// What opens a dialog.
enum Press {
    /// One key.
    Plain(&'static str),
    /// With Shift.
    Shift(char),
    /// With Ctrl and Shift.
    ControlShift(char),
}

use Press::{ControlShift, Plain, Shift};

async fn press(window: &Window, press: &Press) {
    match press {
        Plain(key) => window.keys(*key).await,
        Shift(key) => window.chord(Key::Shift, *key).await,
        ControlShift(key) => window.chord_of_two(Key::Control, Key::Shift, *key).await,
    }
}

/// Opens a dialog, looks at it and leaves it.
async fn seen(window: &Window, name: &str, how: Press) {
    press(window, &how).await;
    left(window, name).await;
}

/// Looks at the dialog that is being opened and leaves it.
async fn left(window: &Window, name: &str) {
    window.css("[role='dialog']").await;
    window.looked_at(name).await;
    window.keys(Key::Escape).await;
    no_dialog(window).await;
}

/// Of a client, whose page is open: what each of its parts opens.
pub(crate) async fn of_a_client(window: &Window) {
    window.keys("i").await;
    window.find("item-row").await;
    window.keys("j").await;
    seen(window, "item", Plain("\u{e007}")).await;
    seen(window, "exclude", Plain("x")).await;
    window.keys("l").await;
    window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
    seen(window, "review", Plain("v")).await;
    seen(window, "why", Plain("w")).await;
    window.keys("c").await;
    window.find("write-email").await;
    seen(window, "email", Plain("a")).await;
    window.keys("t").await;
    window.css("[role='dialog']").await;
    window.chord_of_two(Key::Control, Key::Shift, 't').await;
    window.css("[role='option']").await;
    window.keys(Key::Down).await;
    window.keys(Key::Enter).await;
    let words = "return document.querySelector(\"[data-testid='message-text']\")?.value ?? '';";
    until("the template's words", async || {
        let text = window.script(words).await;
        text.as_str().filter(|text| text.contains("Reply STOP")).map(drop)
    })
    .await;
    left(window, "text-message").await;
    seen(window, "portal-letter", Shift('L')).await;
    seen(window, "fax-record", Plain("f")).await;
    window.chord(Key::Shift, 'A').await;
    window.find("agreement-row").await;
    seen(window, "agreement-add", Plain("a")).await;
    window.keys("d").await;
    window.find("document-row").await;
    window.looked_at("client-documents").await;
}

/// Of the whole window.
pub(crate) async fn of_the_window(window: &Window) {
    window.chord(Key::Control, '1').await;
    window.find("client-row").await;
    seen(window, "columns", ControlShift('l')).await;
    seen(window, "sync-detail", ControlShift('y')).await;
    seen(window, "sign-out", ControlShift('e')).await;
}

/// The pages that are used all day, in the smallest window and on the largest screen: nothing to press is out of reach.
pub(crate) async fn in_windows_of_every_size(window: &Window) {
    for (width, height) in [(3840, 2160), (1024, 640)] {
        window.resized(width, height).await;
        window.chord(Key::Control, '1').await;
        window.find("client-row").await;
        in_reach(window, &format!("clients-{width}")).await;
        window.keys(Key::Down).await;
        window.keys(Key::Enter).await;
        window.find("item-row").await;
        in_reach(window, &format!("client-{width}")).await;
        window.keys("j").await;
        window.keys(Key::Enter).await;
        window.css("[role='dialog']").await;
        in_reach(window, &format!("item-{width}")).await;
        window.keys(Key::Escape).await;
        no_dialog(window).await;
        window.keys("c").await;
        window.find("write-email").await;
        in_reach(window, &format!("correspondence-{width}")).await;
        window.chord(Key::Control, '2').await;
        window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
        in_reach(window, &format!("letters-{width}")).await;
        window.chord(Key::Control, '3').await;
        window.find("page-title").await;
        in_reach(window, &format!("outbox-{width}")).await;
        window.chord(Key::Control, ',').await;
        window.find("printer-row").await;
        in_reach(window, &format!("settings-{width}")).await;
        by_palette(window, "follow-ups").await;
        window.find("follow-up").await;
        in_reach(window, &format!("follow-ups-{width}")).await;
    }
    window.resized(1280, 800).await;
}

/// Nothing that can be pressed or typed in lies beside the window, unless it can be scrolled to.
async fn in_reach(window: &Window, name: &str) {
    window.still().await;
    let beside = window
        .script(
            r#"
            const place = (e) => e.dataset.testid || e.getAttribute("aria-label") || e.textContent.slice(0, 40) || e.tagName;
            const scrolls = (e) => e && e !== document.body && (/(auto|scroll)/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
            const hidden = (e) => e.closest("[aria-hidden='true'], [inert]") || getComputedStyle(e).visibility === "hidden";
            const beside = ({ left, right, width }) => width > 0 && (left < -1 || right > innerWidth + 1);
            const found = [...document.querySelectorAll("button, a[href], input, select, textarea, [role='tab'], [role='button']")]
                .filter((e) => beside(e.getBoundingClientRect()) && !scrolls(e.parentElement) && !hidden(e)).map(place);
            if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
            const dialog = document.querySelector("[role='dialog']")?.getBoundingClientRect();
            if (dialog && (dialog.top < 0 || dialog.bottom > innerHeight + 1)) found.push("the dialog is higher than the window");
            return found;
            "#,
        )
        .await;
    assert_eq!(beside, json!([]), "{name}");
    window.picture(&format!("sizes/{name}")).await;
}
