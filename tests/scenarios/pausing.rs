//! What the agent pauses does not go, whatever happens meanwhile, and goes once it is resumed.

use crate::main_job::everyone;
use crate::sending::{accepted, all_over, at_work, note, rows, until};
use desk::Desk;
use desk::contract::{DocumentAdd, Empty, Id, OutboxEdit, OutboxPause, OutboxStage, ProblemCode};
use desk_tests::{Office, code};
use practice_portal::{AcceptedKind, Action, Gate, Rule};

/// Queues a document of more than one piece; answers its row.
async fn large_document(office: &Office, desk: &Desk, client: &str) -> String {
    let file = office.folder.path().join("bill.pdf");
    let bytes: Vec<u8> = b"%PDF-1.7\n".iter().copied().chain((0..1_300_000).map(|n| (n % 253) as u8)).collect();
    std::fs::write(&file, bytes).unwrap();
    *office.dialogs.files.lock().unwrap() = vec![file];
    let chosen = desk.document_choose(Empty {}).await.unwrap().remove(0);
    let add = DocumentAdd {
        client_id: client.to_owned(),
        token: chosen.token,
        kind: "other".into(),
        subkind: Some("utility_bills".into()),
        caption: None,
    };
    desk.document_add(add).await.unwrap().id
}

fn id(id: &str) -> Id {
    Id { id: id.to_owned() }
}

#[tokio::test]
async fn an_upload_that_is_paused_stops_stays_paused_after_a_restart_and_arrives_once() {
    let (office, portal, desk, client) = at_work().await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("POST /attachments", Action::Hold(gate.clone())));
    let row = large_document(&office, &desk, &client).await;
    gate.reached(1).await;
    let paused = desk.outbox_pause(id(&row)).await.unwrap();
    assert!(paused.paused && paused.stage == OutboxStage::Sending);
    // Nobody answers the call that was under way: it is cut.
    until(&desk, |rows| rows[0].stage == OutboxStage::Queued).await;
    desk.close().await;
    gate.release();
    let desk = office.desk().await;
    let kept = rows(&desk).await.remove(0);
    assert_eq!((kept.stage, kept.paused, kept.asks, kept.trouble), (OutboxStage::Queued, true, false, None));
    let status = desk.outbox_status(Empty {}).await.unwrap();
    assert_eq!((status.waiting, status.trouble, status.paused_rows, status.paused), (0, 0, 1, None));
    let words = desk.closing_words().await.unwrap();
    assert!(words.contains("What is paused is kept on this computer until you resume it."), "{words}");
    desk.outbox_resume(id(&row)).await.unwrap();
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Document).await, 1);
}

#[tokio::test]
async fn a_paused_row_holds_back_its_client_alone_and_goes_when_it_is_tried_now() {
    let (_office, portal, desk, client) = at_work().await;
    let other = everyone(&desk).await.into_iter().find(|row| row.id != client).unwrap().id;
    desk.sending_pause(Empty {}).await.unwrap();
    let first = desk.note_add(note(&client, "paused")).await.unwrap().id;
    desk.note_add(note(&client, "behind it")).await.unwrap();
    desk.note_add(note(&other, "of somebody else")).await.unwrap();
    desk.outbox_pause(id(&first)).await.unwrap();
    // What is paused can be corrected, and stays paused.
    let values = [("note_text".to_owned(), "corrected".to_owned())].into();
    assert!(desk.outbox_edit(OutboxEdit { id: first.clone(), values }).await.unwrap().paused);
    desk.sending_resume(Empty {}).await.unwrap();
    let after = until(&desk, |rows| rows[2].stage == OutboxStage::Done).await;
    assert_eq!((after[0].stage, after[1].stage), (OutboxStage::Queued, OutboxStage::Queued));
    assert_eq!((after[0].behind, after[1].behind, after[1].paused), (false, true, false));
    let texts = portal.faults().requests("POST /notes");
    desk.outbox_retry(id(&first)).await.unwrap();
    all_over(&desk).await;
    assert_eq!(portal.faults().requests("POST /notes") - texts, 2);
    assert_eq!(code(desk.outbox_pause(id(&first)).await), ProblemCode::OutboxMoved);
}

#[tokio::test]
async fn a_call_that_counts_is_not_cut_by_a_pause() {
    let (_office, portal, desk, client) = at_work().await;
    let before = accepted(&portal, AcceptedKind::Note).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("POST /notes", Action::Hold(gate.clone())));
    let row = desk.note_add(note(&client, "on its way")).await.unwrap().id;
    gate.reached(1).await;
    desk.outbox_pause(id(&row)).await.unwrap();
    gate.release();
    let after = all_over(&desk).await;
    assert_eq!((after[0].stage, after[0].paused), (OutboxStage::Done, false));
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - before, 1);
}

#[tokio::test]
async fn a_note_whose_answer_is_lost_while_it_is_paused_is_read_back_and_not_sent_again() {
    let (_office, portal, desk, client) = at_work().await;
    let before = accepted(&portal, AcceptedKind::Note).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("GET /notes", Action::Hold(gate.clone())));
    portal.faults().add(Rule::on("POST /notes", Action::CloseBeforeHandling));
    let row = desk.note_add(note(&client, "lost")).await.unwrap().id;
    gate.reached(1).await;
    desk.outbox_pause(id(&row)).await.unwrap();
    gate.release();
    let after = until(&desk, |rows| rows[0].stage == OutboxStage::Queued && rows[0].trouble.is_some()).await;
    assert!(after[0].paused && !after[0].asks);
    assert_eq!(accepted(&portal, AcceptedKind::Note).await, before, "it did not arrive, and waits for the agent");
    desk.outbox_resume(id(&row)).await.unwrap();
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - before, 1);
}

#[tokio::test]
async fn while_all_sending_is_paused_nothing_goes_also_after_a_restart() {
    let (office, portal, desk, client) = at_work().await;
    let asked = portal.faults().requests("POST /notes");
    let status = desk.sending_pause(Empty {}).await.unwrap();
    assert_eq!(status.paused, Some(OutboxPause::Agent), "it is said although nothing waits");
    desk.note_add(note(&client, "waits")).await.unwrap();
    desk.close().await;
    let desk = office.desk().await;
    // Whoever hastens the outbox does not end the pause.
    desk.network_back(Empty {}).await.unwrap();
    let row = rows(&desk).await.remove(0);
    desk.outbox_retry(id(&row.id)).await.unwrap();
    assert_eq!(desk.outbox_status(Empty {}).await.unwrap().paused, Some(OutboxPause::Agent));
    let words = desk.closing_words().await.unwrap();
    assert!(words.contains("sending is paused until you resume it"), "{words}");
    assert_eq!(portal.faults().requests("POST /notes"), asked);
    assert_eq!(desk.sending_resume(Empty {}).await.unwrap().paused, None);
    all_over(&desk).await;
    assert_eq!(portal.faults().requests("POST /notes") - asked, 1);
}
