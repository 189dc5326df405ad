//! The job that is done most, without a look at anything on the way: how many keys it takes, and how long.

use super::{
    Paper, choose_items, family, focused, no_dialog, open_found, pick_reason, pick_template, ready_client,
    to_the_clients,
};
use crate::driver::{Window, until};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// What an agent may take for it.
const THREE_MINUTES: Duration = Duration::from_secs(180);

/// Finds a client, chooses items, reasons, recipients and a template, prepares, prints and confirms, all by keyboard; then
/// the three answers are awaited.
pub(crate) async fn from_search_to_mailed(window: &Window) {
    to_the_clients(window).await;
    // What was searched for before is cleared.
    window.keys(Key::Escape).await;
    let name = ready_client(window, 1).await;
    let paper = Paper::new();
    let (keys, presses, began) = (window.keys_pressed(), window.mouse_presses().await, Instant::now());

    // Whoever types in the list of clients searches it.
    window.keys(family(&name)).await;
    open_found(window, &name).await;
    choose_items(window, &["equifax", "experian", "transunion"]).await;
    window.chord(Key::Shift, 'R').await;
    window.css("[role='option']").await;
    pick_reason(window).await;
    no_dialog(window).await;
    window.keys("123").await;
    pick_template(window).await;
    no_dialog(window).await;
    window.keys("g").await;
    window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
    window.keys("p").await;
    focused(window, "print-confirm").await;
    window.keys(Key::Enter).await;
    window.find("confirm-form").await;
    focused(window, "run-confirm").await;
    window.keys(Key::Enter).await;
    window.find("run-confirmed").await;
    focused(window, "run-done").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
    window.keys("u").await;
    let awaited = "[data-testid='follow-up'][data-open='true']";
    until("three answers to be awaited", async || (window.all(awaited).await.len() == 3).then_some(())).await;

    let (keys, took) = (window.keys_pressed() - keys, began.elapsed());
    assert_eq!(window.mouse_presses().await, presses, "by keyboard alone");
    println!("the flow from search to printed letters with follow-up: {keys} keys, {:.1} s", took.as_secs_f32());
    assert!(took < THREE_MINUTES, "{took:?}");
    paper.has_come_out().await;
    // The day's page counts them too.
    window.chord(Key::Control, '0').await;
    window.text_that("main", |text| text.contains(" awaited")).await;
}
