//! What leaves the desk: waiting without a network, sent once when it is back, corrected, and settled.

use super::{choose_items, focused, no_dialog, open_client, pick_reason, pick_template, run, tab_to};
use crate::driver::{Window, until};
use crate::portal::CompanyPortal;
use domain::ClientId;
use practice_portal::{AcceptedKind, Action, Rule};
use serde_json::json;
use thirtyfour::prelude::*;

/// The client whose rows these are; the first one of the walk prints.
const CLIENT: usize = 1;

/// Queues a fax and a note while nobody listens at the portal's address: both are kept, and the page says why they wait.
pub(crate) async fn a_fax_and_a_note_wait(window: &Window) {
    write_fax(window, "equifax", "1").await;
    window.looked_at("fax").await;
    tab_to(window, "fax-look").await;
    window.keys(Key::Enter).await;
    let drawn = "return document.querySelector(\"[data-testid='fax-page'] img\")?.naturalWidth > 0;";
    until("the fax to be drawn", async || (window.script(drawn).await == true).then_some(())).await;
    window.looked_at("fax-pages").await;
    tab_to(window, "fax-confirm").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;

    window.keys("n").await;
    window.find("note-new").await;
    window.keys("a").await;
    focused(window, "note-new").await;
    window.keys("Called about the first round. The client sends a utility bill.").await;
    window.chord(Key::Control, Key::Enter.into()).await;
    window
        .text_that("[data-testid='note-row']", |text| text.contains("utility bill") && text.contains("Waiting"))
        .await;
    window.looked_at("notes").await;

    to_the_outbox(window).await;
    window.text_that("[data-testid='outbox-paused']", |text| text.contains("the portal is away")).await;
    assert_eq!(rows(window).await, 2);
    let page = window.text("[role='grid']").await;
    for words in ["Fax to Equifax", "It goes by itself when the portal is back", "Waits for the row before it"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    window.looked_at("outbox").await;

    window.chord(Key::Shift, 'P').await;
    window.text_that("[data-testid='outbox-paused']", |text| text.contains("You paused it")).await;
    window.find("sending-paused").await;
    window.looked_at("paused").await;
    window.chord(Key::Control, 'z').await;
    window.text_that("[data-testid='outbox-paused']", |text| text.contains("the portal is away")).await;
}

/// The cross of the window is pressed while two things wait: the agent is told, stays, and closes it the second time.
pub(crate) async fn closing_says_what_waits(window: Window) {
    const DESK: &str = "^Dispute Desk$";
    const QUESTION: &str = "^Not everything is sent$";
    press_the_cross(&shown(DESK).await).await;
    answer(&shown(QUESTION).await, "Escape").await;
    until("the question to go", async || found(QUESTION).await.is_none().then_some(())).await;
    assert_eq!(rows(&window).await, 2, "the window stays as it was");
    press_the_cross(&shown(DESK).await).await;
    answer(&shown(QUESTION).await, "Return").await;
    until("the window to go", async || found(DESK).await.is_none().then_some(())).await;
    window.gone().await;
}

/// The window was opened again: what waited still does.
pub(crate) async fn both_still_wait(window: &Window) {
    window.css("[data-testid='sync-state'][data-kind='offline']").await;
    to_the_outbox(window).await;
    assert_eq!(rows(window).await, 2);
}

async fn found(name: &str) -> Option<String> {
    let found = run("xdotool", &["search", "--onlyvisible", "--name", name]).await;
    String::from_utf8_lossy(&found.stdout).lines().next().map(str::to_owned)
}

async fn shown(name: &str) -> String {
    until(name, async || found(name).await).await
}

async fn press_the_cross(window: &str) {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/close-window.py");
    let told = run("/usr/bin/python3", &[program, window]).await;
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

async fn answer(question: &str, key: &str) {
    run("xdotool", &["windowfocus", "--sync", question]).await;
    run("xdotool", &["key", key]).await;
}

/// The portal is back: the agent tries the first row, both go, once, and the window reads what it missed.
pub(crate) async fn they_go_once_when_the_portal_is_back(window: &Window, portal: &CompanyPortal) {
    window.keys("r").await;
    nothing_waits(window).await;
    assert_eq!(over(window).await, ["done", "done"]);
    window.looked_at("sent").await;
    assert_eq!((portal.accepted(AcceptedKind::Fax).await, portal.accepted(AcceptedKind::Note).await), (1, 1));
    window.css("[data-testid='sync-state'][data-kind='synced']").await;
}

/// The portal refuses a subject that the desk lets through; it is corrected on the row, and sent.
pub(crate) async fn a_refused_email_is_corrected_on_its_row(window: &Window, portal: &CompanyPortal) {
    open_client(window, CLIENT).await;
    window.keys("c").await;
    window.text_that("[data-testid='piece-row']", |text| text.contains("Fax to Equifax")).await;
    window.looked_at("correspondence").await;
    write_email(window, async || {
        window.keys("Your letters of this round and what happens next. ".repeat(6)).await;
        window.looked_at("compose").await;
    })
    .await;
    to_the_outbox(window).await;
    window.css("[data-testid='outbox-row'][data-stage='rejected']").await;
    window.text_that("[data-testid='outbox-why']", |text| text.contains("255")).await;
    window.looked_at("refused").await;
    window.keys("e").await;
    focused(window, "edit-subject").await;
    let dialog = window.text("[data-testid='edit-dialog']").await;
    assert!(dialog.contains("255"), "the portal's words stand in the dialog: {dialog}");
    window.looked_at("correct").await;
    focused(window, "edit-subject").await;
    window.chord(Key::Control, 'a').await;
    window.keys("Your letters").await;
    until("the other subject", async || {
        let subject = window.script("return document.querySelector(\"[data-testid='edit-subject']\").value;").await;
        (subject.as_str() == Some("Your letters")).then_some(())
    })
    .await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
    nothing_waits(window).await;
    assert_eq!(portal.accepted(AcceptedKind::Email).await, 1);
}

/// An answer is lost after the portal took an e-mail, and the agent wrote the same one on another computer: reading back cannot
/// tell which is which. The agent sees that, and says what became of it.
pub(crate) async fn an_unknown_outcome_is_settled(window: &Window, portal: &CompanyPortal) {
    const SUBJECT: &str = "The answers of the bureaus";
    write_email(window, async || {
        let to = window.script("return document.querySelector(\"[data-testid='message-to']\").value;").await;
        let client = window.script("return location.hash.split('/')[2];").await;
        let client = ClientId(client.as_str().unwrap().parse().unwrap());
        portal.agent_writes_elsewhere(client, to.as_str().unwrap(), SUBJECT).await;
        portal.faults().add(Rule::on("POST /correspondences/send", Action::CloseAfterHandling));
        window.keys(SUBJECT).await;
    })
    .await;
    to_the_outbox(window).await;
    window.text_that("[data-testid='outbox-why']", |text| text.contains("Nobody knows whether it arrived")).await;
    window.looked_at("unknown").await;
    window.keys("s").await;
    window.find("settle-dialog").await;
    window.text_that("[data-testid='settle-dialog']", |text| text.contains("this may be email")).await;
    window.looked_at("settle").await;
    settle_as_sent(window).await;
    over(window).await;
    window
        .text_that("[data-testid='outbox-detail']", |text| text.contains("You decided") && text.contains("It was sent"))
        .await;
    assert_eq!(
        portal.accepted(AcceptedKind::Email).await,
        3,
        "corrected, one from elsewhere and this one; none a second time"
    );
}

/// An answer is lost after the portal took a fax, and the portal does not let this account read back: the agent looks elsewhere,
/// and says what became of it.
pub(crate) async fn an_unknown_fax_is_settled(window: &Window, portal: &CompanyPortal) {
    write_fax(window, "experian", "2").await;
    portal.faults().add(Rule::on("POST /correspondences/send", Action::CloseAfterHandling));
    let refusal = json!({ "message": "This action is unauthorized." });
    portal.faults().add(Rule::on("GET /correspondences", Action::Status(403, refusal)));
    let before = portal.accepted(AcceptedKind::Fax).await;
    tab_to(window, "fax-confirm").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
    to_the_outbox(window).await;
    window.text_that("[data-testid='outbox-why']", |text| text.contains("Nobody knows whether it arrived")).await;
    window.keys("s").await;
    window.text_that("[data-testid='settle-dialog']", |text| text.contains("does not permit")).await;
    settle_as_sent(window).await;
    assert_eq!(portal.accepted(AcceptedKind::Fax).await, before + 1, "sent once");
}

/// In the dialog that is open: it was sent.
async fn settle_as_sent(window: &Window) {
    focused(window, "settle-was_sent").await;
    window.keys(" ").await;
    tab_to(window, "settle-confirm").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
    nothing_waits(window).await;
}

/// Prepares a letter to a bureau and opens its fax, with a number: the portal has none of a bureau, and the agent knows one.
async fn write_fax(window: &Window, bureau: &str, key: &str) {
    open_client(window, CLIENT).await;
    choose_items(window, &[bureau]).await;
    window.chord(Key::Shift, 'R').await;
    window.css("[role='option']").await;
    pick_reason(window).await;
    no_dialog(window).await;
    window.keys(key).await;
    pick_template(window).await;
    no_dialog(window).await;
    window.keys("g").await;
    window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
    window.keys("f").await;
    window.find("fax-number").await;
    tab_to(window, "fax-number").await;
    window.keys("8885550100").await;
}

async fn to_the_outbox(window: &Window) {
    window.chord(Key::Control, '3').await;
    window.find("outbox-row").await;
}

/// Writes an e-mail to the client; the focus is on its subject when `subject` is called.
async fn write_email(window: &Window, subject: impl AsyncFnOnce()) {
    open_client(window, CLIENT).await;
    window.keys("c").await;
    window.find("write-email").await;
    window.keys("a").await;
    focused(window, "message-subject").await;
    subject().await;
    tab_to(window, "message-text").await;
    window.keys("They are in the mail. Nothing is needed from you.").await;
    window.chord(Key::Control, Key::Enter.into()).await;
    no_dialog(window).await;
}

async fn rows(window: &Window) -> usize {
    window.all("[data-testid='outbox-row']").await.len()
}

async fn nothing_waits(window: &Window) {
    until("the outbox to be empty", async || {
        (rows(window).await == 0 && window.text("main").await.contains("Nothing waits to be sent")).then_some(())
    })
    .await;
}

/// Goes to what is over; where each row ended.
async fn over(window: &Window) -> Vec<String> {
    tab_to(window, "filter-over").await;
    window.keys(Key::Enter).await;
    window.find("outbox-row").await;
    let stages = window
        .script(
            "return [...document.querySelectorAll(\"[data-testid='outbox-row']\")].map((row) => row.dataset.stage);",
        )
        .await;
    stages.as_array().unwrap().iter().map(|stage| stage.as_str().unwrap().to_owned()).collect()
}
