//! What was not sent of a cache that was set aside comes back once, as far as it can be read, and waits for the agent.

use crate::sending::{accepted, all_over, at_work, fax_three, note, until};
use desk::Desk;
use desk::contract::{
    AsideRow, DocumentAdd, Empty, Id, OutboxDecision, OutboxSettle, OutboxStage, ProblemCode, SessionStage, SignIn,
};
use desk_tests::{Office, code, sign_in, synced};
use practice_portal::{AcceptedKind, Action, Gate, Role, Rule, Running};
use std::path::PathBuf;

const PAGE: usize = 4096;

/// Sets the open cache aside, signs in anew and reads the portal.
async fn start_fresh(desk: &Desk, portal: &Running) {
    assert_eq!(desk.session_set_aside(Empty {}).await.unwrap().stage, SessionStage::SignedOut);
    desk.session_sign_in(sign_in(portal)).await.unwrap();
    assert_eq!(synced(desk).await.problem, None);
}

/// The one cache that was set aside.
async fn aside(desk: &Desk) -> AsideRow {
    let mut rows = desk.aside_list(Empty {}).await.unwrap();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// Its database.
fn database(office: &Office) -> PathBuf {
    let aside = |path: &PathBuf| path.ends_with("desk.db") && path.to_string_lossy().contains("aside-");
    office.files().into_iter().find(aside).unwrap()
}

/// Notes that do not go, in a cache that was set aside.
async fn unsent_notes(count: usize) -> (Office, Running, Desk) {
    let (office, portal, desk, client) = at_work().await;
    desk.sending_pause(Empty {}).await.unwrap();
    for number in 0..count {
        // Long enough that each row has pages of its own.
        let text = format!("{number} {}", "The client called about the letters. ".repeat(200));
        desk.note_add(note(&client, &text)).await.unwrap();
    }
    start_fresh(&desk, &portal).await;
    (office, portal, desk)
}

#[tokio::test]
async fn what_was_not_sent_is_brought_once_and_goes_when_the_agent_resumes_it() {
    let (office, portal, desk, client) = at_work().await;
    let notes = accepted(&portal, AcceptedKind::Note).await;
    desk.sending_pause(Empty {}).await.unwrap();
    fax_three(&desk).await;
    desk.note_add(note(&client, "written before the damage")).await.unwrap();
    let scan = office.folder.path().join("bill.pdf");
    std::fs::write(&scan, [b"%PDF-1.7\n".as_slice(), &vec![7; 1_300_000]].concat()).unwrap();
    *office.dialogs.files.lock().unwrap() = vec![scan];
    let token = desk.document_choose(Empty {}).await.unwrap().remove(0).token;
    let add = DocumentAdd { client_id: client, token, kind: "other".into(), subkind: None, caption: None };
    desk.document_add(add).await.unwrap();
    start_fresh(&desk, &portal).await;

    let found = aside(&desk).await;
    assert_eq!((found.unsent, found.unreadable, found.lost_changes, found.problem.as_ref()), (5, 0, false, None));
    assert!(found.at.starts_with("2026-11-23T15:"), "{}", found.at);
    let bytes = std::fs::read(database(&office)).unwrap();
    let rescued = desk.aside_rescue(Id { id: found.id.clone() }).await.unwrap();
    assert_eq!((rescued.brought.len(), rescued.unreadable), (5, 0));
    assert!(rescued.brought.iter().all(|row| row.paused && row.stage == OutboxStage::Queued && !row.asks));
    assert!(std::fs::read(database(&office)).unwrap() == bytes, "what was set aside stays as it was");
    assert_eq!(aside(&desk).await.unsent, 0);
    assert_eq!(desk.aside_rescue(Id { id: found.id.clone() }).await.unwrap().brought, []);
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 0, "nothing goes by itself");

    for row in &rescued.brought {
        desk.outbox_resume(Id { id: row.id.clone() }).await.unwrap();
    }
    let over = all_over(&desk).await;
    assert!(over.iter().all(|row| row.stage == OutboxStage::Done), "{over:?}");
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 3);
    assert_eq!(accepted(&portal, AcceptedKind::Document).await, 1);
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - notes, 1);

    // The cache that it was brought into is gone, too: what it sent does not come back.
    start_fresh(&desk, &portal).await;
    let asides = desk.aside_list(Empty {}).await.unwrap();
    assert!(asides.iter().all(|row| (row.unsent, row.unreadable) == (0, 0)), "{asides:?}");
}

#[tokio::test]
async fn what_was_being_sent_comes_as_unknown_and_is_read_back() {
    let (office, portal, desk, client) = at_work().await;
    let before = accepted(&portal, AcceptedKind::Note).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("POST /notes", Action::HandleLate(gate.clone())));
    desk.note_add(note(&client, "in the middle")).await.unwrap();
    gate.reached(1).await;
    let after = office.after_a_power_failure();
    // The files as they lay there are set aside before anybody opened them.
    std::fs::rename(after.data().join("practice"), after.data().join("practice.aside-20261123-150000")).unwrap();
    std::fs::remove_file(after.data().join("current.json")).unwrap();
    gate.release();
    portal.quiet().await;
    let again = after.desk().await;
    again.session_sign_in(sign_in(&portal)).await.unwrap();
    let found = aside(&again).await;
    let rescued = again.aside_rescue(Id { id: found.id }).await.unwrap();
    assert_eq!((rescued.brought.len(), rescued.brought[0].stage), (1, OutboxStage::Unknown));
    until(&again, |rows| rows[0].stage == OutboxStage::Done).await;
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - before, 1);
    drop(desk);
}

#[tokio::test]
async fn of_a_damaged_cache_each_row_is_brought_or_counted_as_unreadable() {
    const ROWS: u32 = 6;
    let (office, _portal, desk) = unsent_notes(ROWS as usize).await;
    let path = database(&office);
    let whole = std::fs::read(&path).unwrap();
    let (mut some, mut none) = (None, 0);
    for page in 1..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 100] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let found = aside(&desk).await;
        match &found.problem {
            Some(problem) => {
                none += 1;
                assert_eq!(problem.code, ProblemCode::CacheDamaged, "page {page}");
                assert!(problem.message.contains("damaged") || problem.message.contains("cannot be read any more"));
            }
            None => assert_eq!(found.unsent + found.unreadable, ROWS, "page {page}: {found:?}"),
        }
        if found.unsent > 0 && found.unreadable > 0 {
            some = Some(page);
        }
    }
    assert!(none > 0, "some page leads to all of it");
    let page = some.expect("some page has some of the rows");
    let mut bytes = whole.clone();
    bytes[page * PAGE + 100] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let found = aside(&desk).await;
    let rescued = desk.aside_rescue(Id { id: found.id }).await.unwrap();
    assert_eq!((rescued.brought.len(), rescued.unreadable), (found.unsent as usize, found.unreadable));
    // A better copy of the file brings the others, and only them.
    std::fs::write(&path, whole).unwrap();
    let found = aside(&desk).await;
    assert_eq!((found.unsent, found.unreadable), (ROWS - u32::try_from(rescued.brought.len()).unwrap(), 0));
}

#[tokio::test]
async fn a_cache_that_lost_its_last_changes_leaves_every_row_to_the_agent() {
    let (office, portal, desk, client) = at_work().await;
    desk.sending_pause(Empty {}).await.unwrap();
    for text in ["one", "two", "three"] {
        desk.note_add(note(&client, text)).await.unwrap();
    }
    let after = office.after_a_power_failure();
    let log = after.data().join("practice/desk.db-wal");
    let bytes = std::fs::read(&log).unwrap();
    std::fs::write(&log, &bytes[..bytes.len() - 100]).unwrap();
    let again = after.desk().await;
    let blocked = again.session_get(Empty {}).await.unwrap();
    assert_eq!(blocked.problem.unwrap().code, ProblemCode::CacheDamaged);
    start_fresh(&again, &portal).await;
    for _ in 0..2 {
        let found = aside(&again).await;
        assert!(found.lost_changes && found.unsent > 0, "it is not forgotten by looking: {found:?}");
    }
    let found = aside(&again).await;
    let rescued = again.aside_rescue(Id { id: found.id }).await.unwrap();
    assert!(rescued.brought.iter().all(|row| row.stage == OutboxStage::Unknown && row.asks), "{rescued:?}");
    let message = &rescued.brought[0].trouble.as_ref().unwrap().message;
    assert!(message.contains("may have been sent"), "{message}");
    for row in &rescued.brought {
        let decision = OutboxDecision::SendAgain;
        again.outbox_settle(OutboxSettle { id: row.id.clone(), decision }).await.unwrap();
    }
    all_over(&again).await;
    drop(desk);
}

#[tokio::test]
async fn why_nothing_can_be_brought_is_said() {
    let (office, portal, desk, _) = at_work().await;
    let key = office.keychain.entries().keys().next().unwrap().clone();
    start_fresh(&desk, &portal).await;
    let entry = office.keychain.entries().remove(&key).unwrap();
    let found = aside(&desk).await;
    let problem = found.problem.unwrap();
    assert_eq!(problem.code, ProblemCode::KeyMissing);
    assert!(problem.message.contains("no longer in the keychain"), "{}", problem.message);
    assert_eq!(code(desk.aside_rescue(Id { id: found.id.clone() }).await), ProblemCode::KeyMissing);
    assert_eq!(code(desk.aside_rescue(Id { id: "../practice".into() }).await), ProblemCode::NotFound);
    office.keychain.entries().insert(key, entry);
    assert_eq!(aside(&desk).await.problem, None);

    let path = database(&office);
    let whole = std::fs::read(&path).unwrap();
    for (bytes, words) in [(vec![], "damaged or missing"), (whole[..200].to_vec(), "damaged or missing")] {
        std::fs::write(&path, bytes).unwrap();
        let problem = aside(&desk).await.problem.unwrap();
        assert!(problem.message.contains(words), "{}", problem.message);
    }
    std::fs::write(&path, whole).unwrap();
    let vault = path.with_file_name("vault.json");
    std::fs::rename(&vault, vault.with_extension("gone")).unwrap();
    let problem = aside(&desk).await.problem.unwrap();
    assert!(problem.message.contains("which key"), "{}", problem.message);
    std::fs::rename(vault.with_extension("gone"), &vault).unwrap();

    // Somebody else's clients are other people.
    assert_eq!(desk.session_set_aside(Empty {}).await.unwrap().stage, SessionStage::SignedOut);
    let reader = portal.credentials_of(Role::ReadOnly);
    let other = SignIn { email: reader.email, password: reader.password, ..sign_in(&portal) };
    desk.session_sign_in(other).await.unwrap();
    let asides = desk.aside_list(Empty {}).await.unwrap();
    assert!(
        asides.iter().all(|row| row.problem.as_ref().is_some_and(|problem| problem.message.contains("belong to"))),
        "{asides:?}"
    );
}
