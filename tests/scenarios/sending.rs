//! What an agent sends, against a portal that fails in every way it can: nothing lost, nothing twice.

use crate::main_job::{BUREAUS, bureau, everyone, ready_client, request};
use desk::contract::{
    DeskEvent, DocumentAdd, Empty, FaxSend, FileOpen, FileSource, Id, MessageSend, NoteAdd, NoteChange, OutboxDecision,
    OutboxEdit, OutboxItem, OutboxPause, OutboxQuery, OutboxSettle, OutboxStage, OutboxTroubleKind, ProblemCode,
    SignIn, SignOut,
};
use desk::{Desk, Rules};
use desk_tests::{Office, QUICK, RunningClock, code, portal, sign_in, signed_in_and_synced, synced};
use jiff::SignedDuration;
use practice_portal::{AcceptedKind, Action, Change, Gate, Role, Rule, Running};
use serde_json::json;
use std::sync::Arc;

pub(crate) fn office() -> Office {
    Office { clock: Arc::new(RunningClock::default()), ..Office::default() }
}

/// A desk with a client that letters can be written for.
pub(crate) async fn at_work() -> (Office, Running, Desk, String) {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _) = ready_client(&desk).await;
    (office, portal, desk, client.id)
}

pub(crate) async fn rows(desk: &Desk) -> Vec<OutboxItem> {
    let mut rows = desk.outbox_list(OutboxQuery { over: true, ..OutboxQuery::default() }).await.unwrap();
    rows.reverse();
    rows
}

/// Waits until every row satisfies `wanted`; events wake it, nothing sleeps.
pub(crate) async fn until(desk: &Desk, wanted: impl Fn(&[OutboxItem]) -> bool) -> Vec<OutboxItem> {
    let mut events = desk.events();
    loop {
        let rows = rows(desk).await;
        if wanted(&rows) {
            return rows;
        }
        // Whatever is told, the rows are looked at again.
        let _ = events.recv().await;
    }
}

pub(crate) async fn all_over(desk: &Desk) -> Vec<OutboxItem> {
    until(desk, |rows| rows.iter().all(|row| matches!(row.stage, OutboxStage::Done | OutboxStage::Cancelled))).await
}

pub(crate) fn note(client: &str, text: &str) -> NoteAdd {
    NoteAdd { client_id: client.to_owned(), text: text.to_owned() }
}

pub(crate) async fn accepted(portal: &Running, kind: AcceptedKind) -> usize {
    portal.accepted().await.unwrap().into_iter().filter(|accepted| accepted.kind == kind).count()
}

/// Three letters, queued as faxes.
pub(crate) async fn fax_three(desk: &Desk) -> Vec<OutboxItem> {
    let (client, items) = ready_client(desk).await;
    let ask = request(desk, &client, &items, BUREAUS.into_iter().map(bureau).collect()).await;
    let letters = desk.letter_prepare(ask).await.unwrap().letters;
    let letter_ids = letters.iter().map(|letter| letter.id.clone()).collect();
    let numbers = letters.iter().map(|letter| (letter.id.clone(), "(888) 555-0100".to_owned())).collect();
    let queued = desk.fax_send(FaxSend { letter_ids, numbers, cover: false, again: false }).await.unwrap();
    assert_eq!((queued.queued.len(), queued.problems.len()), (3, 0));
    queued.queued
}

#[tokio::test]
async fn faxes_reach_the_portal_once_with_their_letters_and_show_up_in_the_correspondence() {
    let (_office, portal, desk, client) = at_work().await;
    fax_three(&desk).await;
    let rows = all_over(&desk).await;
    assert!(rows.iter().all(|row| row.stage == OutboxStage::Done), "{rows:?}");
    let faxes: Vec<_> =
        portal.accepted().await.unwrap().into_iter().filter(|it| it.kind == AcceptedKind::Fax).collect();
    assert_eq!(faxes.len(), 3);
    let mut files: Vec<_> = faxes.iter().map(|fax| fax.file_sha256.clone().unwrap()).collect();
    let mut letters = Vec::new();
    for row in &rows {
        letters.push(desk.outbox_get(Id { id: row.id.clone() }).await.unwrap().file_hash.unwrap());
    }
    files.sort();
    letters.sort();
    assert_eq!(files, letters, "the bytes that were prepared are the bytes that arrived");
    let mut events = desk.events();
    loop {
        let pieces = desk.correspondence_list(Id { id: client.clone() }).await.unwrap();
        let found = pieces.iter().filter(|piece| piece.attachments.len() == 1 && piece.pending.is_none()).count();
        if found >= 3 {
            // The portal gave them no time, or its own; each says of which letter it is.
            let faxes = pieces.iter().filter(|piece| piece.letter_id.is_some());
            assert_eq!(faxes.filter(|piece| piece.created_at.is_some()).count(), 3, "{pieces:?}");
            break;
        }
        events.recv().await.unwrap();
    }
}

#[tokio::test]
async fn whatever_happens_to_the_answer_a_fax_arrives_once() {
    for action in [
        Action::CloseAfterHandling,
        Action::CloseBeforeHandling,
        Action::ResetAfterHandling,
        Action::ResetBeforeHandling,
        Action::StatusAfterHandling(502, json!({"message": "Bad Gateway"})),
        Action::Status(500, json!({"message": "Server Error"})),
        Action::CutAnswer(5),
        Action::AnswerTwice,
        Action::ExpireTokens,
        Action::TooManyRequests(std::time::Duration::ZERO),
    ] {
        for place in ["POST /correspondences/send", "POST /attachments"] {
            let (_office, portal, desk, _) = at_work().await;
            portal.faults().add(Rule::on(place, action.clone()));
            fax_three(&desk).await;
            let rows = all_over(&desk).await;
            assert!(rows.iter().all(|row| row.stage == OutboxStage::Done), "{action:?} at {place}: {rows:?}");
            assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 3, "{action:?} at {place}");
            desk.close().await;
        }
    }
}

#[tokio::test]
async fn a_note_whose_answer_is_lost_is_found_and_not_written_twice() {
    let (_office, portal, desk, client) = at_work().await;
    let before = accepted(&portal, AcceptedKind::Note).await;
    portal.faults().add(Rule::on("POST /notes", Action::CloseAfterHandling));
    desk.note_add(note(&client, "Called about the lost answer.")).await.unwrap();
    desk.note_add(note(&client, "Called about the lost answer.")).await.unwrap();
    let rows = all_over(&desk).await;
    assert!(rows.iter().all(|row| row.stage == OutboxStage::Done));
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - before, 2, "the same text twice was meant twice");
    let evidence = desk.outbox_get(Id { id: rows[0].id.clone() }).await.unwrap().evidence;
    assert!(evidence.iter().any(|piece| piece.what.contains("is this one")), "{evidence:?}");
}

#[tokio::test]
async fn without_a_network_everything_waits_in_order_and_goes_when_it_is_back() {
    let (_office, portal, desk, client) = at_work().await;
    portal.faults().refuse_connections(true);
    for text in ["first", "second", "third"] {
        desk.note_add(note(&client, text)).await.unwrap();
    }
    let rows = until(&desk, |rows| rows[0].trouble.is_some()).await;
    assert_eq!(rows[0].trouble.as_ref().unwrap().kind, OutboxTroubleKind::Unreachable);
    assert_eq!(rows.iter().map(|row| row.behind).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(desk.outbox_status(Default::default()).await.unwrap().waiting, 3);
    let notes = desk.note_list(Id { id: client.clone() }).await.unwrap();
    let pending: Vec<_> = notes.iter().filter(|note| note.pending.is_some()).map(|note| note.text.as_str()).collect();
    assert_eq!(pending, ["third", "second", "first"], "an agent sees at once what was written");
    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    all_over(&desk).await;
    let mut events = desk.events();
    loop {
        let notes = desk.note_list(Id { id: client.clone() }).await.unwrap();
        if notes.iter().filter(|note| ["first", "second", "third"].contains(&note.text.as_str())).count() == 3
            && notes.iter().all(|note| note.pending.is_none() && note.id.is_some())
        {
            break;
        }
        events.recv().await.unwrap();
    }
}

#[tokio::test]
async fn what_the_portal_refuses_shows_its_fields_blocks_its_client_alone_and_goes_once_corrected() {
    let (_office, portal, desk, client) = at_work().await;
    let other = everyone(&desk).await.into_iter().find(|row| row.id != client).unwrap().id;
    let refusal = json!({"message": "The given data was invalid.", "errors": {"note_text": ["Too vague."]}});
    portal.faults().add(Rule::on("POST /notes", Action::Status(422, refusal)));
    let refused = desk.note_add(note(&client, "Hm.")).await.unwrap();
    until(&desk, |rows| rows[0].stage == OutboxStage::Rejected).await;
    desk.note_add(note(&client, "waits behind")).await.unwrap();
    desk.note_add(note(&other, "another client")).await.unwrap();
    let rows = until(&desk, |rows| rows[2].stage == OutboxStage::Done).await;
    assert_eq!((rows[0].stage, rows[1].stage), (OutboxStage::Rejected, OutboxStage::Queued));
    let trouble = rows[0].trouble.clone().unwrap();
    assert_eq!(
        (trouble.kind, trouble.fields["note_text"].as_slice()),
        (OutboxTroubleKind::Refused, ["Too vague.".to_owned()].as_slice())
    );
    let detail = desk.outbox_get(Id { id: refused.id.clone() }).await.unwrap();
    assert_eq!((detail.fields[0].name.as_str(), detail.fields[0].value.as_str()), ("note_text", "Hm."));
    let empty = OutboxEdit { id: refused.id.clone(), values: [("note_text".to_owned(), " ".to_owned())].into() };
    assert_eq!(code(desk.outbox_edit(empty).await), ProblemCode::BadRequest);
    let values = [("note_text".to_owned(), "Client called at noon.".to_owned())].into();
    desk.outbox_edit(OutboxEdit { id: refused.id, values }).await.unwrap();
    all_over(&desk).await;
}

#[tokio::test]
async fn what_the_portal_refuses_of_a_message_bears_the_names_that_its_row_has() {
    let (_office, portal, desk, client) = at_work().await;
    let email = MessageSend::Email {
        client_id: client,
        to: "client@example.com".into(),
        subject: "Your letters ".repeat(30),
        body: "They are in the mail.".into(),
        item_id: None,
    };
    let queued = desk.message_send(email).await.unwrap();
    let rows = until(&desk, |rows| rows[0].stage == OutboxStage::Rejected).await;
    let refused = rows[0].trouble.clone().unwrap().fields;
    assert_eq!(refused.keys().collect::<Vec<_>>(), ["subject"]);
    let detail = desk.outbox_get(Id { id: queued.id.clone() }).await.unwrap();
    assert!(detail.fields.iter().any(|field| field.name == "subject"));
    let edit = |name: &str, value: &str| OutboxEdit {
        id: queued.id.clone(),
        values: [(name.to_owned(), value.to_owned())].into(),
    };
    assert_eq!(code(desk.outbox_edit(edit("to", "no address")).await), ProblemCode::BadRequest);
    desk.outbox_edit(edit("subject", "Your letters")).await.unwrap();
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Email).await, 1);
}

/// A desk that waits half an hour for a portal that is away, and has just found it away in both directions.
async fn before_a_portal_that_is_away() -> (Office, Running, Desk, String) {
    let wait = SignedDuration::from_mins(30);
    let office = Office { pace: Rules { first_wait: wait, longest_wait: wait, ..QUICK }, ..office() };
    let portal = portal(12).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let client = everyone(&desk).await.remove(0).id;
    portal.faults().refuse_connections(true);
    assert_eq!(synced(&desk).await.online, Some(false));
    let queued = desk.note_add(note(&client, "from an offline day")).await.unwrap();
    until(&desk, |rows| rows[0].trouble.is_some()).await;
    portal.faults().refuse_connections(false);
    (office, portal, desk, queued.id)
}

#[tokio::test]
async fn trying_now_does_not_wait_for_a_portal_that_was_away_and_then_the_portal_is_read() {
    let (_office, portal, desk, row) = before_a_portal_that_is_away().await;
    let read = portal.faults().requests("GET /clients");
    let mut events = desk.events();
    desk.outbox_retry(Id { id: row }).await.unwrap();
    all_over(&desk).await;
    while desk.sync_status(Default::default()).await.unwrap().online != Some(true) {
        events.recv().await.unwrap();
    }
    desk.sync_finished().await;
    assert!(portal.faults().requests("GET /clients") > read, "what was missed while it was away is read");
}

#[tokio::test]
async fn what_waits_goes_as_soon_as_a_pull_reaches_the_portal() {
    let (_office, _portal, desk, _) = before_a_portal_that_is_away().await;
    assert_eq!(synced(&desk).await.online, Some(true));
    all_over(&desk).await;
}

#[tokio::test]
async fn a_session_that_ended_stops_everything_until_the_agent_signs_in_again() {
    let (_office, portal, desk, client) = at_work().await;
    portal.faults().add(Rule::on("POST /notes", Action::EndSessions));
    desk.note_add(note(&client, "after the session")).await.unwrap();
    until(&desk, |rows| rows[0].trouble.is_some()).await;
    let status = desk.outbox_status(Default::default()).await.unwrap();
    assert_eq!((status.waiting, status.paused), (1, Some(OutboxPause::SignIn)));
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    all_over(&desk).await;
}

#[tokio::test]
async fn a_killed_desk_finds_at_its_next_start_what_it_was_sending() {
    let (office, portal, desk, client) = at_work().await;
    let before = accepted(&portal, AcceptedKind::Note).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("POST /notes", Action::HandleLate(gate.clone())));
    desk.note_add(note(&client, "in the middle")).await.unwrap();
    gate.reached(1).await;
    let after = office.after_a_power_failure();
    gate.release();
    portal.quiet().await;
    let again = after.desk().await;
    all_over(&again).await;
    assert_eq!(accepted(&portal, AcceptedKind::Note).await - before, 1);
    drop(desk);
}

#[tokio::test]
async fn an_email_that_may_have_gone_is_the_agents_to_decide() {
    let (_office, portal, desk, client) = at_work().await;
    portal.faults().add(Rule::on("POST /correspondences/send", Action::CloseBeforeHandling));
    let email = MessageSend::Email {
        client_id: client.clone(),
        to: "client@example.com".into(),
        subject: "Your letters".into(),
        body: "They are in the mail.".into(),
        item_id: None,
    };
    let queued = desk.message_send(email).await.unwrap();
    let rows = until(&desk, |rows| rows[0].asks).await;
    assert_eq!(
        (rows[0].stage, rows[0].trouble.as_ref().unwrap().kind),
        (OutboxStage::Unknown, OutboxTroubleKind::Unclear)
    );
    assert_eq!(accepted(&portal, AcceptedKind::Email).await, 0, "never a second e-mail by itself");
    let detail = desk.outbox_get(Id { id: queued.id.clone() }).await.unwrap();
    assert!(!detail.evidence.is_empty());
    let says: Vec<&str> = detail.fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(says, ["client@example.com", "Your letters", "They are in the mail."], "what the agent decides about");
    assert_eq!(detail.payload_hash.map(|hash| hash.len()), Some(64));
    let settle = |decision| OutboxSettle { id: queued.id.clone(), decision };
    desk.outbox_settle(settle(OutboxDecision::SendAgain)).await.unwrap();
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Email).await, 1);
    let evidence = desk.outbox_get(Id { id: queued.id.clone() }).await.unwrap().evidence;
    assert!(evidence.iter().any(|piece| piece.what.contains("the agent decided")), "{evidence:?}");
    assert_eq!(code(desk.outbox_settle(settle(OutboxDecision::WasSent)).await), ProblemCode::OutboxMoved);
}

#[tokio::test]
async fn a_note_that_changed_on_the_portal_is_shown_before_it_is_overwritten() {
    let (_office, portal, desk, client) = at_work().await;
    desk.note_add(note(&client, "as it was")).await.unwrap();
    all_over(&desk).await;
    let mut events = desk.events();
    let id = loop {
        let notes = desk.note_list(Id { id: client.clone() }).await.unwrap();
        if let Some(id) = notes.into_iter().find(|note| note.text == "as it was").and_then(|note| note.id) {
            break id;
        }
        events.recv().await.unwrap();
    };
    let gate = Gate::new();
    portal.faults().add(Rule::on("GET /notes/{id}", Action::Hold(gate.clone())));
    desk.note_change(NoteChange { id: id.clone(), text: "as I want it".into() }).await.unwrap();
    let twice = NoteChange { id: id.clone(), text: "twice".into() };
    assert_eq!(code(desk.note_change(twice).await), ProblemCode::OutboxWaiting);
    gate.reached(1).await;
    // Somebody else is faster.
    let elsewhere = office();
    let other = signed_in_and_synced(&elsewhere, &portal).await;
    let theirs = other.note_change(NoteChange { id: id.clone(), text: "as they want it".into() }).await.unwrap();
    until(&other, |rows| rows.iter().any(|row| row.id == theirs.id && row.stage == OutboxStage::Done)).await;
    gate.release();
    let rows = until(&desk, |rows| rows.last().unwrap().stage == OutboxStage::Rejected).await;
    let trouble = rows.last().unwrap().trouble.clone().unwrap();
    assert_eq!((trouble.kind, trouble.theirs.as_deref()), (OutboxTroubleKind::Conflict, Some("as they want it")));
    desk.outbox_retry(Id { id: rows.last().unwrap().id.clone() }).await.unwrap();
    all_over(&desk).await;
}

#[tokio::test]
async fn a_document_is_what_its_content_says_and_its_bytes_arrive() {
    let (office, portal, desk, client) = at_work().await;
    let folder = tempfile::TempDir::new().unwrap();
    let (bill, fake) = (folder.path().join("bill.jpg"), folder.path().join("photo.png"));
    let bytes: Vec<u8> = b"%PDF-1.7\n".iter().copied().chain((0..1_300_000).map(|n| (n % 253) as u8)).collect();
    std::fs::write(&bill, &bytes).unwrap();
    std::fs::write(&fake, b"MZ this is a program").unwrap();
    *office.dialogs.files.lock().unwrap() = vec![bill.clone(), fake];
    let chosen = desk.document_choose(Default::default()).await.unwrap();
    assert_eq!(chosen[0].format, Some(desk::contract::FileFormat::Pdf), "whatever its name says");
    assert!(chosen[1].format.is_none() && chosen[1].problem.is_some());
    portal.faults().refuse_connections(true);
    let add = DocumentAdd {
        client_id: client.clone(),
        token: chosen[0].token.clone(),
        kind: "other".into(),
        subkind: Some("utility_bills".into()),
        caption: Some("Utility bill".into()),
    };
    desk.document_add(add).await.unwrap();
    // Offline, and the file is gone: its bytes wait encrypted in the cache.
    std::fs::remove_file(&bill).unwrap();
    for path in office.files() {
        let kept = std::fs::read(&path).unwrap();
        assert!(!kept.windows(64).any(|part| part == &bytes[1000..1064]), "{}", path.display());
    }
    let mut events = desk.events();
    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    all_over(&desk).await;
    let mut uploads = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let DeskEvent::Upload(progress) = event {
            uploads.push(progress);
        }
    }
    assert!(uploads.last().is_some_and(|last| last.sent == last.total && last.total == bytes.len() as u64));
    let arrived = portal.accepted().await.unwrap().into_iter().find(|it| it.kind == AcceptedKind::Document).unwrap();
    let mut events = desk.events();
    let card = loop {
        let cards = desk.document_list(Id { id: client.clone() }).await.unwrap();
        let mine = cards.into_iter().find(|card| card.attachment_id == arrived.attachment_id.map(|id| id.to_string()));
        if let Some(card) = mine {
            break card;
        }
        events.recv().await.unwrap();
    };
    assert_eq!((card.subkind.as_str(), card.pending), ("utility_bills", None));
    let file = FileSource::Stored { id: card.attachment_id.unwrap() };
    assert!(desk.file_bytes(&file).await.unwrap() == bytes);
}

#[tokio::test]
async fn a_photograph_is_filed_straightened_and_lies_nowhere_open() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, picture) = 'found: {
        for row in everyone(&desk).await {
            for card in desk.document_list(Id { id: row.id.clone() }).await.unwrap() {
                if let (Some(id), "png" | "jpg" | "jpeg") = (card.attachment_id, card.extension.as_str()) {
                    let file = FileSource::Stored { id };
                    desk.file_open(FileOpen { file: file.clone(), again: false }).await.unwrap();
                    break 'found (row.id, desk.file_bytes(&file).await.unwrap());
                }
            }
        }
        panic!("no client has a picture");
    };
    let photo = office.folder.path().join("IMG_0001.png");
    std::fs::write(&photo, &picture).unwrap();
    *office.dialogs.files.lock().unwrap() = vec![photo.clone()];
    let chosen = desk.document_choose(Default::default()).await.unwrap().remove(0);
    let made = desk.document_straighten(Id { id: chosen.token.clone() }).await.unwrap().file;
    assert_eq!((made.name.as_str(), made.format), ("IMG_0001.jpg", Some(desk::contract::FileFormat::Jpeg)));
    assert!(!desk.file_thumbnail(&FileSource::Chosen { id: made.token.clone() }).await.unwrap().is_empty());
    let straight = desk.file_bytes(&FileSource::Chosen { id: made.token.clone() }).await.unwrap();
    assert_eq!(straight.len() as u64, made.size);
    std::fs::remove_file(&photo).unwrap();
    let gone = desk.document_straighten(Id { id: chosen.token }).await;
    assert_eq!(code(gone), ProblemCode::FileFailed, "the original is needed to begin anew");
    let add = DocumentAdd {
        client_id: client.clone(),
        token: made.token,
        kind: "other".into(),
        subkind: None,
        caption: Some("Straightened".into()),
    };
    desk.document_add(add).await.unwrap();
    for path in office.files() {
        let kept = std::fs::read(&path).unwrap();
        assert!(!kept.windows(64).any(|part| part == &straight[200..264]), "{}", path.display());
    }
    all_over(&desk).await;
    let sent = portal.accepted().await.unwrap().into_iter().find(|it| it.kind == AcceptedKind::Document).unwrap();
    let file = FileSource::Stored { id: sent.attachment_id.unwrap().to_string() };
    desk.file_open(FileOpen { file: file.clone(), again: true }).await.unwrap();
    assert!(desk.file_bytes(&file).await.unwrap() == straight, "the portal has what was seen here");
}

#[tokio::test]
async fn what_is_not_sent_is_said_before_the_window_closes() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    assert_eq!(desk.closing_words().await, None);
    portal.faults().refuse_connections(true);
    for text in ["Called.", "Called again."] {
        desk.note_add(NoteAdd { client_id: "3".into(), text: text.into() }).await.unwrap();
    }
    let words = desk.closing_words().await.unwrap();
    assert!(words.starts_with("2 things in the outbox are not sent yet. What waits is kept"), "{words}");
    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    all_over(&desk).await;
    assert_eq!(desk.closing_words().await, None);
}

#[tokio::test]
async fn an_account_without_permission_is_told_on_the_row() {
    let (office, portal) = (office(), portal(12).await);
    let desk = office.desk().await;
    let reader = portal.credentials_of(Role::ReadOnly);
    let session = SignIn { email: reader.email, password: reader.password, ..sign_in(&portal) };
    desk.session_sign_in(session).await.unwrap();
    desk_tests::synced(&desk).await;
    let client = everyone(&desk).await.remove(0).id;
    desk.note_add(note(&client, "may I?")).await.unwrap();
    let rows = until(&desk, |rows| rows[0].asks).await;
    assert_eq!(rows[0].trouble.as_ref().unwrap().kind, OutboxTroubleKind::Refused);
}

#[tokio::test]
async fn signing_out_with_unsent_rows_asks_first() {
    let (_office, portal, desk, client) = at_work().await;
    portal.faults().refuse_connections(true);
    desk.note_add(note(&client, "not yet")).await.unwrap();
    let out = SignOut { discard_letters: false, discard_unsent: false };
    let problem = desk.session_sign_out(out).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::OutboxUnsent);
    assert!(problem.message.contains('1'), "{}", problem.message);
    desk.session_sign_out(SignOut { discard_unsent: true, ..out }).await.unwrap();
}

#[tokio::test]
async fn a_letter_that_was_set_aside_is_held_before_its_first_byte() {
    let (_office, portal, desk, _) = at_work().await;
    portal.faults().refuse_connections(true);
    let queued = fax_three(&desk).await;
    let held = queued[0].letter_id.clone().unwrap();
    desk.letter_discard(desk::contract::Ids { ids: vec![held.clone()] }).await.unwrap();
    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    let rows = until(&desk, |rows| rows[0].stage == OutboxStage::Rejected).await;
    assert_eq!(rows[0].trouble.as_ref().unwrap().kind, OutboxTroubleKind::Held);
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 0, "the rest of the lane waits behind it");
    desk.outbox_cancel(Id { id: rows[0].id.clone() }).await.unwrap();
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 2);
}

#[tokio::test]
async fn a_letter_whose_facts_changed_after_it_was_queued_goes_back_to_the_agent() {
    let (_office, portal, desk, _) = at_work().await;
    desk.sending_pause(Empty {}).await.unwrap();
    let queued = fax_three(&desk).await;
    let client_id = queued[0].client_id.parse().unwrap();
    let change = Change::SetClientAttribute { client_id, name: "LastName".into(), value: json!("Nguyen-Smith") };
    portal.change(change).await.unwrap();
    desk.sending_resume(Empty {}).await.unwrap();

    // Nobody pulled meanwhile: it is read just before the first byte.
    for (nth, row) in queued.iter().enumerate() {
        let rows = until(&desk, |rows| rows[nth].stage == OutboxStage::Rejected).await;
        let trouble = rows[nth].trouble.as_ref().unwrap();
        assert_eq!(trouble.kind, OutboxTroubleKind::Held);
        assert!(trouble.message.contains("the client's name"), "{}", trouble.message);
        assert_eq!(accepted(&portal, AcceptedKind::Fax).await, nth, "nothing of it left");
        desk.outbox_retry(Id { id: row.id.clone() }).await.unwrap();
        until(&desk, |rows| rows[nth].stage == OutboxStage::Done).await;
    }
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 3, "the agent let them go as they are");
}

#[tokio::test]
async fn a_number_that_cannot_be_dialled_is_refused_before_anything_is_queued() {
    let (_office, _portal, desk, _) = at_work().await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    let fax = |number: &str| FaxSend {
        letter_ids: vec![letter.id.clone()],
        numbers: [(letter.id.clone(), number.to_owned())].into(),
        cover: false,
        again: false,
    };
    let wrong = desk.fax_send(fax("555-0100")).await.unwrap();
    assert!(wrong.queued.is_empty() && wrong.problems[0].problem.fields.contains_key("fax_number"));
    assert_eq!(desk.fax_send(fax("+1 888.555.0100")).await.unwrap().queued[0].detail, "(888) 555-0100");
}

#[tokio::test]
async fn a_letter_is_faxed_once_unless_its_fax_did_not_arrive() {
    let (_office, portal, desk, _) = at_work().await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0).id;
    let fax = |again| FaxSend {
        letter_ids: vec![letter.clone(), letter.clone()],
        numbers: [(letter.clone(), "8885550100".to_owned())].into(),
        cover: false,
        again,
    };
    desk.sending_pause(Empty {}).await.unwrap();
    // Whoever asks at the same time, one of them queues it, and once.
    let (one, other) = tokio::join!(desk.fax_send(fax(false)), desk.fax_send(fax(false)));
    let queued: usize = [&one, &other].iter().filter_map(|it| it.as_ref().ok()).map(|it| it.queued.len()).sum();
    assert_eq!(queued, 1, "{one:?} {other:?}");
    for again in [false, true] {
        let waits = desk.fax_send(fax(again)).await.unwrap();
        assert_eq!(waits.problems[0].problem.code, ProblemCode::OutboxWaiting);
    }

    desk.sending_resume(Empty {}).await.unwrap();
    all_over(&desk).await;
    let sent = desk.fax_send(fax(false)).await.unwrap();
    assert!(sent.queued.is_empty() && sent.problems[0].problem.message.contains("faxed already"), "{sent:?}");
    assert_eq!(desk.fax_send(fax(true)).await.unwrap().queued.len(), 1);
    all_over(&desk).await;
    assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 2);
}
