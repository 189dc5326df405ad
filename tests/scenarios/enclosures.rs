//! What letters enclose: the client's documents, from the portal or from what was kept of them.

use crate::main_job::{BUREAUS, bureau, items, ready_client, request};
use desk::Desk;
use desk::contract::{
    ClientRow, DeskEvent, DocumentAdd, DocumentCard, Empty, Id, LetterFilter, LetterStage, LettersProgress,
    PrepareLetters, ProblemCode, SaveLayout,
};
use desk_tests::{Office, portal, signed_in_and_synced};
use practice_portal::{Action, Gate, Rule};

async fn documents(desk: &Desk, client: &ClientRow) -> Vec<DocumentCard> {
    desk.document_list(Id { id: client.id.clone() }).await.unwrap()
}

async fn asking(desk: &Desk, enclosures: &[&DocumentCard]) -> PrepareLetters {
    let (client, items) = ready_client(desk).await;
    let to = BUREAUS.into_iter().map(bureau).collect();
    let enclosures = enclosures.iter().filter_map(|document| document.id.clone()).collect();
    PrepareLetters { enclosures, ..request(desk, &client, &items, to).await }
}

#[tokio::test]
async fn enclosures_are_pages_of_every_letter_and_stay_at_hand_without_a_network() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _) = ready_client(&desk).await;
    let all = documents(&desk, &client).await;
    let (id, bill) = (
        all.iter().find(|document| document.kind == "id").unwrap(),
        all.iter().find(|document| document.subkind == "utility_bills").unwrap(),
    );
    let bare = desk.letter_prepare(asking(&desk, &[]).await).await.unwrap().letters;
    let full = desk.letter_prepare(asking(&desk, &[id, bill]).await).await.unwrap().letters;
    for (bare, full) in bare.iter().zip(&full) {
        assert_eq!((full.pages, full.enclosures), (bare.pages + 2, 2));
        let (plain, with) = (desk.letter_pdf(&bare.id).await.unwrap(), desk.letter_pdf(&full.id).await.unwrap());
        assert!(with.len() > plain.len() + 20_000, "the pictures are inside");
    }
    let why = desk.letter_why(Id { id: full[0].id.clone() }).await.unwrap();
    assert_eq!(why.enclosures.len(), 2);
    assert_eq!(why.enclosures[1][0], "Utility bills");

    portal.stop().await;
    let again = desk.letter_prepare(asking(&desk, &[id, bill]).await).await.unwrap().letters;
    assert_eq!((again.len(), again[0].pages), (3, full[0].pages));
    let why = desk.letter_why(Id { id: again[0].id.clone() }).await.unwrap();
    assert_eq!(why.enclosures.len(), 2, "the same files: {:?}", why.enclosures);
}

#[tokio::test]
async fn a_file_that_is_not_here_is_named_and_no_letter_is_written_without_it() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _) = ready_client(&desk).await;
    let all = documents(&desk, &client).await;
    let ask = asking(&desk, &[&all[0]]).await;
    portal.stop().await;
    let problem = desk.letter_prepare(ask.clone()).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::BadRequest);
    assert!(problem.message.contains("cannot be enclosed"), "{}", problem.message);
    assert!(problem.fields.contains_key("enclosures"));

    let unknown = PrepareLetters { enclosures: vec!["999999".into()], ..ask };
    assert_eq!(desk.letter_prepare(unknown).await.unwrap_err().problem().code, ProblemCode::NotFound);
    assert!(desk.letter_list(LetterFilter::default()).await.unwrap().is_empty());
    assert!(!items(&desk, &client).await.is_empty());
}

#[tokio::test]
async fn a_document_that_waits_to_be_filed_is_enclosed_from_the_outbox() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _) = ready_client(&desk).await;
    let bare = desk.letter_prepare(asking(&desk, &[]).await).await.unwrap().letters;
    portal.stop().await;
    // A letter of the desk's own stands for any PDF.
    let scan = office.folder.path().join("scan.pdf");
    std::fs::write(&scan, desk.letter_pdf(&bare[0].id).await.unwrap()).unwrap();
    *office.dialogs.files.lock().unwrap() = vec![scan.clone()];
    let chosen = desk.document_choose(Default::default()).await.unwrap().remove(0);
    let add = DocumentAdd {
        client_id: client.id.clone(),
        token: chosen.token,
        kind: "other".into(),
        subkind: Some("utility_bills".into()),
        caption: None,
    };
    let waits = desk.document_add(add).await.unwrap();
    std::fs::remove_file(&scan).unwrap();
    let ask = PrepareLetters { enclosures: vec![waits.id.clone()], ..asking(&desk, &[]).await };
    let full = desk.letter_prepare(ask.clone()).await.unwrap().letters;
    assert_eq!((full[0].pages, full[0].enclosures), (2 * bare[0].pages, 1));
    let why = desk.letter_why(Id { id: full[0].id.clone() }).await.unwrap();
    assert_eq!(why.enclosures[0][0], "Utility bills");

    let note = desk.note_add(desk::contract::NoteAdd { client_id: client.id, text: "Called.".into() }).await.unwrap();
    let no_document = PrepareLetters { enclosures: vec![note.id], ..ask };
    assert_eq!(desk.letter_prepare(no_document).await.unwrap_err().problem().code, ProblemCode::NotFound);
}

#[tokio::test]
async fn letters_whose_enclosure_is_slow_to_come_are_stopped_and_none_is_kept() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _) = ready_client(&desk).await;
    let all = documents(&desk, &client).await;
    let ask = asking(&desk, &[&all[0]]).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("GET /attachments/{id}/download", Action::Hold(gate.clone())));
    let asked = portal.faults().requests("GET /attachments/{id}/download");
    let stop = async {
        let mut events = desk.events();
        while portal.faults().requests("GET /attachments/{id}/download") == asked {
            tokio::task::yield_now().await;
        }
        let other = desk.letter_prepare(ask.clone()).await.unwrap_err().problem();
        assert!(other.fields.contains_key("letters"), "one after the other: {other:?}");
        desk.letter_stop(Empty {}).await.unwrap();
        // Nothing is told of letters that were never begun.
        while let Ok(event) = events.try_recv() {
            assert!(!matches!(event, DeskEvent::Letters(_)), "{event:?}");
        }
    };
    let (prepared, ()) = tokio::join!(desk.letter_prepare(ask.clone()), stop);
    assert_eq!(prepared.unwrap_err().problem().code, ProblemCode::Cancelled);
    assert!(desk.letter_list(LetterFilter::default()).await.unwrap().is_empty());
    gate.release();
    portal.faults().clear();

    let mut events = desk.events();
    assert_eq!(desk.letter_prepare(ask).await.unwrap().letters.len(), 3, "the next are not stopped");
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let DeskEvent::Letters(LettersProgress { done, total }) = event {
            told.push((done, total));
        }
    }
    assert_eq!(told, [(0, 3), (1, 3), (2, 3)]);
}

#[tokio::test]
async fn saving_that_is_stopped_leaves_no_file_and_no_letter_marked() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let letters = desk.letter_prepare(asking(&desk, &[]).await).await.unwrap().letters;
    let ids: Vec<String> = letters.into_iter().map(|letter| letter.id).collect();
    let folder = office.folder.path().join("out");
    let mut events = desk.events();
    let stop = async {
        while !matches!(events.recv().await, Ok(DeskEvent::Letters(LettersProgress { done: 1, .. }))) {}
        desk.letter_stop(Empty {}).await.unwrap();
    };
    let (saved, ()) = tokio::join!(desk.letter_export(&ids, SaveLayout::Separate, &folder), stop);
    assert_eq!(saved.unwrap_err().problem().code, ProblemCode::Cancelled);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let kept = desk.letter_list(LetterFilter::default()).await.unwrap();
    assert!(kept.iter().all(|letter| letter.stage == LetterStage::Prepared), "{kept:?}");
    assert_eq!(desk.letter_export(&ids, SaveLayout::Separate, &folder).await.unwrap().files.len(), 3);
}
