//! Files opened in the window: fetched once, at hand without a network from then on, judged by what is in them.

use crate::main_job::ready_client;
use desk::Desk;
use desk::contract::{
    DeskEvent, DocumentAdd, DocumentCard, Empty, FileFormat, FileOpen, FileSave, FileSource, Id, ProblemCode,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};
use practice_portal::{Action, Gate, Rule, Running};
use serde_json::json;

const DOWNLOAD: &str = "GET /attachments/{id}/download";

fn opening(file: FileSource) -> FileOpen {
    FileOpen { file, again: false }
}

fn stored(card: &DocumentCard) -> FileSource {
    FileSource::Stored { id: card.attachment_id.clone().unwrap() }
}

async fn documents(desk: &Desk, client: &str) -> Vec<DocumentCard> {
    desk.document_list(Id { id: client.to_owned() }).await.unwrap()
}

/// A desk with a client that has an identity card as JPEG and a utility bill as PNG.
async fn at_work() -> (Office, Running, Desk, String) {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let client = ready_client(&desk).await.0.id;
    (office, portal, desk, client)
}

async fn bill(desk: &Desk, client: &str) -> DocumentCard {
    documents(desk, client).await.into_iter().find(|card| card.subkind == "utility_bills").unwrap()
}

#[tokio::test]
async fn a_file_is_fetched_once_and_opens_with_the_same_bytes_when_the_portal_is_gone() {
    let (office, portal, desk, client) = at_work().await;
    let card = bill(&desk, &client).await;
    assert!(!card.here);
    let mut events = desk.events();
    let opened = desk.file_open(opening(stored(&card))).await.unwrap();
    assert_eq!((opened.format, opened.refused, opened.size), (Some(FileFormat::Png), None, card.size));
    let bytes = desk.file_bytes(&stored(&card)).await.unwrap();
    assert!(bytes.starts_with(b"\x89PNG") && bytes.len() as u64 == card.size);
    assert_eq!(portal.faults().requests(DOWNLOAD), 1);
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let DeskEvent::Fetch(progress) = event {
            assert!(progress.received <= card.size && progress.total == Some(card.size));
            told.push(progress.id);
        }
    }
    assert!(told.first() == card.attachment_id.as_ref(), "it is told how far it is: {told:?}");
    assert!(bill(&desk, &client).await.here);
    for path in office.files() {
        let kept = std::fs::read(&path).unwrap();
        assert!(!kept.windows(64).any(|part| part == &bytes[..64]), "{}", path.display());
    }

    desk.close().await;
    portal.stop().await;
    let desk = office.desk().await;
    assert_eq!(desk.file_open(opening(stored(&card))).await.unwrap().size, card.size);
    assert!(desk.file_bytes(&stored(&card)).await.unwrap() == bytes);
}

#[tokio::test]
async fn what_was_not_fetched_says_so_offline_and_what_the_portal_refuses_says_why() {
    let (_office, portal, desk, client) = at_work().await;
    let file = stored(&bill(&desk, &client).await);
    let refusing = |status: u16| Rule::on(DOWNLOAD, Action::Status(status, json!({ "message": "no" })));
    for (status, expected, words) in [
        (403, ProblemCode::Forbidden, "Your account may not open this file."),
        (404, ProblemCode::NotFound, "The portal no longer has this file"),
    ] {
        portal.faults().add(refusing(status));
        let problem = desk.file_open(opening(file.clone())).await.unwrap_err().problem();
        assert_eq!(problem.code, expected);
        assert!(problem.message.starts_with(words), "{}", problem.message);
    }
    let opened = desk.file_open(opening(file.clone())).await.unwrap();
    assert_eq!(opened.format, Some(FileFormat::Png), "a refusal keeps nothing");

    let other = documents(&desk, &client).await.into_iter().find(|card| card.kind == "id").unwrap();
    portal.stop().await;
    let problem = desk.file_open(opening(stored(&other))).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::PortalUnreachable);
    assert!(problem.message.contains("was not fetched to this computer yet"), "{}", problem.message);
    // A fetch anew that fails leaves what is here.
    let again = FileOpen { file: file.clone(), again: true };
    assert_eq!(code(desk.file_open(again).await), ProblemCode::PortalUnreachable);
    assert_eq!(desk.file_open(opening(file)).await.unwrap(), opened);
}

#[tokio::test]
async fn a_picture_that_is_none_is_not_taken_for_one_and_can_be_fetched_again() {
    let (_office, portal, desk, client) = at_work().await;
    let card = bill(&desk, &client).await;
    assert_eq!(card.extension, "png");
    let lie = json!({ "page": "<script>alert(1)</script>".repeat(1000) });
    portal.faults().add(Rule::on(DOWNLOAD, Action::Status(200, lie)));
    let opened = desk.file_open(opening(stored(&card))).await.unwrap();
    assert_eq!(opened.format, None, "its name says PNG");
    assert_ne!(opened.size, card.size);
    assert!(desk.file_thumbnail(&stored(&card)).await.unwrap().is_empty());

    let again = desk.file_open(FileOpen { file: stored(&card), again: true }).await.unwrap();
    assert_eq!((again.format, again.size), (Some(FileFormat::Png), card.size));
    assert_eq!(desk.file_open(opening(stored(&card))).await.unwrap().format, Some(FileFormat::Png));
    assert!(!desk.file_thumbnail(&stored(&card)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_fetch_can_be_stopped_and_keeps_nothing() {
    let (_office, portal, desk, client) = at_work().await;
    let card = bill(&desk, &client).await;
    let gate = Gate::new();
    portal.faults().add(Rule::on(DOWNLOAD, Action::Hold(gate.clone())));
    let waiting = tokio::spawn({
        let (desk, file) = (desk.clone(), stored(&card));
        async move { desk.file_open(opening(file)).await }
    });
    gate.reached(1).await;
    desk.file_cancel(Id { id: "1".into() }).await.unwrap();
    desk.file_cancel(Id { id: card.attachment_id.clone().unwrap() }).await.unwrap();
    assert_eq!(code(waiting.await.unwrap()), ProblemCode::Cancelled);
    gate.release();
    assert!(!bill(&desk, &client).await.here);
    desk.file_open(opening(stored(&card))).await.unwrap();
}

#[tokio::test]
async fn a_file_that_waits_in_the_outbox_opens_without_a_network() {
    let (office, portal, desk, client) = at_work().await;
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("scan.pdf");
    // Longer than one piece.
    let bytes: Vec<u8> = b"%PDF-1.7\n".iter().copied().chain((0..700_000).map(|n| (n % 251) as u8)).collect();
    std::fs::write(&path, &bytes).unwrap();
    *office.dialogs.files.lock().unwrap() = vec![path];
    portal.faults().refuse_connections(true);
    let chosen = desk.document_choose(Empty {}).await.unwrap().remove(0);
    let (client_id, token, kind) = (client.clone(), chosen.token, "other".to_owned());
    let row = desk.document_add(DocumentAdd { client_id, token, kind, subkind: None, caption: None }).await.unwrap();
    let file = FileSource::Waiting { id: row.id };
    let opened = desk.file_open(opening(file.clone())).await.unwrap();
    assert_eq!((opened.format, opened.size), (Some(FileFormat::Pdf), bytes.len() as u64));
    assert!(desk.file_bytes(&file).await.unwrap() == bytes);
    assert_eq!(code(desk.file_open(opening(FileSource::Waiting { id: "none".into() })).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_file_of_the_outbox_that_is_damaged_is_not_shown_as_if_it_were_whole() {
    /// SHA-256 of the chosen file.
    const HASH: &str = "1059bf399e92062ddfe76bc03cecd4977845aabec527d6a137f1d3a9d88b8f13";
    let (office, portal, desk, client_id) = at_work().await;
    let path = office.folder.path().join("scan.pdf");
    std::fs::write(&path, b"%PDF-1.7 as it was chosen").unwrap();
    *office.dialogs.files.lock().unwrap() = vec![path];
    portal.stop().await;
    desk.close().await;
    office
        .in_the_cache(async |store| {
            let mut write = store.write().await.unwrap();
            write.keep_outbox_piece(HASH, 0, b"%PDF-1.7 as it was not").await.unwrap();
            write.commit().await.unwrap();
        })
        .await;
    let desk = office.desk().await;
    let token = desk.document_choose(Empty {}).await.unwrap().remove(0).token;
    let add = DocumentAdd { client_id, token, kind: "other".into(), subkind: None, caption: None };
    let row = desk.document_add(add).await.unwrap();
    assert_eq!(desk.outbox_get(Id { id: row.id.clone() }).await.unwrap().file_hash.as_deref(), Some(HASH));
    let file = FileSource::Waiting { id: row.id };
    let problem = desk.file_open(opening(file.clone())).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::BadRequest);
    assert!(problem.message.contains("damaged"), "{}", problem.message);
    assert!(desk.file_bytes(&file).await.is_err() && desk.file_thumbnail(&file).await.is_err());
}

#[tokio::test]
async fn a_copy_is_saved_where_the_agent_says_and_nowhere_when_the_dialog_is_closed() {
    let (office, _portal, desk, client) = at_work().await;
    let file = stored(&bill(&desk, &client).await);
    let save = || desk.file_save(FileSave { file: file.clone(), extension: "png".into() });
    assert_eq!(save().await.unwrap().files, Vec::<String>::new());
    let target = office.folder.path().join("copy.png");
    *office.dialogs.answer.lock().unwrap() = Some(target.clone());
    assert_eq!(save().await.unwrap().files, [target.display().to_string()]);
    assert!(std::fs::read(&target).unwrap() == desk.file_bytes(&file).await.unwrap());
    *office.dialogs.answer.lock().unwrap() = Some(office.folder.path().join("no such folder/copy.png"));
    assert_eq!(code(save().await), ProblemCode::FileFailed);
}

#[tokio::test]
async fn a_thumbnail_is_drawn_of_what_is_here_and_nothing_is_fetched_for_one() {
    let (_office, portal, desk, client) = at_work().await;
    let card = bill(&desk, &client).await;
    assert!(desk.file_thumbnail(&stored(&card)).await.unwrap().is_empty());
    assert_eq!(portal.faults().requests(DOWNLOAD), 0);
    desk.file_open(opening(stored(&card))).await.unwrap();
    portal.stop().await;
    let small = desk.file_thumbnail(&stored(&card)).await.unwrap();
    assert!(small.starts_with(b"\x89PNG"));
    // The head of a PNG says how large it is: the bill is 850 by 1100.
    let side = |at: usize| u32::from_be_bytes(small[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (87, 112));
}
