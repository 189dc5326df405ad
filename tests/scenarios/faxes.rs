//! A fax as it will arrive, looked at before it is queued; and what is then sent.

use crate::main_job::{bureau, ready_client, request};
use desk::Desk;
use desk::contract::{
    ChannelCode, ClientRow, CorrespondenceRow, FaxFineness, FaxLook, FaxPages, FaxSend, FileOpen, FileSource,
    GateMedium, GateRule, Id, LetterCheck, LetterRow, OutboxQuery, OutboxStage, ProblemCode,
};
use desk_tests::{Office, RunningClock, code, portal, signed_in_and_synced};
use practice_portal::AcceptedKind;
use std::sync::Arc;

const NUMBER: &str = "(888) 555-0100";

fn office() -> Office {
    Office { clock: Arc::new(RunningClock::default()), ..Office::default() }
}

async fn letter(desk: &Desk) -> (ClientRow, LetterRow) {
    let (client, items) = ready_client(desk).await;
    let ask = request(desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    (client, letter)
}

fn look(letter: &LetterRow, cover: bool) -> FaxLook {
    FaxLook { letter_id: letter.id.clone(), number: Some(NUMBER.into()), cover }
}

fn send(letter: &LetterRow, cover: bool) -> FaxSend {
    FaxSend {
        letter_ids: vec![letter.id.clone()],
        numbers: [(letter.id.clone(), NUMBER.to_owned())].into(),
        cover,
        again: false,
    }
}

fn pages(pdf: &[u8]) -> u32 {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len().try_into().unwrap()
}

/// The client's one fax, once the portal shows it.
async fn fax_of(desk: &Desk, client: &ClientRow) -> CorrespondenceRow {
    let mut events = desk.events();
    loop {
        let rows = desk.correspondence_list(Id { id: client.id.clone() }).await.unwrap();
        let sent = |row: &CorrespondenceRow| row.channel == ChannelCode::Fax && !row.attachments.is_empty();
        if let Some(fax) = rows.into_iter().find(|row| sent(row) && row.pending.is_none()) {
            return fax;
        }
        let _ = events.recv().await;
    }
}

#[tokio::test]
async fn the_pages_that_are_looked_at_are_the_pages_that_are_sent() {
    for cover in [false, true] {
        let (office, portal) = (office(), portal(12).await);
        let desk = signed_in_and_synced(&office, &portal).await;
        let (client, letter) = letter(&desk).await;
        let before = desk.correspondence_list(Id { id: client.id.clone() }).await.unwrap();
        assert!(before.iter().all(|row| row.channel != ChannelCode::Fax || row.attachments.is_empty()));

        let looked = desk.fax_look(look(&letter, cover)).await.unwrap();
        assert_eq!(looked, FaxPages { pages: letter.pages + u32::from(cover), limit: 30 });
        assert_eq!(desk.fax_send(send(&letter, cover)).await.unwrap().problems, []);
        let fax = fax_of(&desk, &client).await;
        let accepted = portal.accepted().await.unwrap();
        assert_eq!(accepted.iter().filter(|it| it.kind == AcceptedKind::Fax).count(), 1);

        // Its file opens like a document, and stays when others come.
        let file = FileSource::Stored { id: fax.attachments[0].id.clone() };
        assert!(!fax.attachments[0].here);
        let sent = desk.file_bytes(&file).await.unwrap();
        assert_eq!(pages(&sent), looked.pages);
        let documents = desk.document_list(Id { id: client.id.clone() }).await.unwrap();
        let other = FileSource::Stored { id: documents[0].attachment_id.clone().unwrap() };
        desk.file_open(FileOpen { file: other, again: false }).await.unwrap();
        portal.stop().await;
        assert!(fax_of(&desk, &client).await.attachments[0].here);
        assert!(desk.file_bytes(&file).await.unwrap() == sent);
    }
}

#[tokio::test]
async fn a_page_is_black_and_white_as_wide_as_a_fax_and_twice_as_fine_when_fine() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (_, letter) = letter(&desk).await;
    let size = |png: &[u8]| {
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (side(16), side(20))
    };
    let page = |cover: bool, page: u32, fineness| {
        let (desk, look) = (desk.clone(), look(&letter, cover));
        async move { desk.fax_page(&look, page, fineness).await }
    };
    let fine = page(false, 1, FaxFineness::Fine).await.unwrap();
    let standard = page(false, 1, FaxFineness::Standard).await.unwrap();
    assert_eq!((size(&fine), size(&standard)), ((1728, 2156), (1728, 1078)));
    assert_ne!(page(true, 1, FaxFineness::Fine).await.unwrap(), fine, "the cover page comes first");
    assert!(page(true, 2, FaxFineness::Fine).await.unwrap() == fine, "then the letter, unchanged");
    assert!(page(false, letter.pages + 1, FaxFineness::Fine).await.is_err());
    let unknown = FaxLook { letter_id: "none".into(), ..look(&letter, false) };
    assert_eq!(code(desk.fax_look(unknown).await), ProblemCode::NotFound);
    let wrong = FaxLook { number: Some("555".into()), ..look(&letter, true) };
    assert_eq!(code(desk.fax_look(wrong).await), ProblemCode::BadRequest);
}

#[tokio::test]
async fn the_cover_page_counts_for_the_limit_of_the_company() {
    let (office, portal) = (office(), portal(12).await);
    std::fs::create_dir_all(office.data()).unwrap();
    std::fs::write(office.data().join("settings.toml"), "[gate]\nfax_pages = 1\nfax_too_long = \"block\"").unwrap();
    let desk = signed_in_and_synced(&office, &portal).await;
    let (_, letter) = letter(&desk).await;
    assert_eq!(letter.pages, 1);
    let too_long = async |medium| {
        let checked = desk.letter_check(LetterCheck { ids: vec![letter.id.clone()], medium }).await.unwrap();
        checked[0].findings.iter().any(|finding| finding.rule == GateRule::FaxTooLong)
    };
    assert!(!too_long(GateMedium::Fax).await);
    assert!(too_long(GateMedium::FaxAfterCover).await);
    assert_eq!(desk.fax_look(look(&letter, true)).await.unwrap(), FaxPages { pages: 2, limit: 1 });
    let held = desk.fax_send(send(&letter, true)).await.unwrap();
    assert_eq!((held.queued.len(), held.problems[0].problem.code), (0, ProblemCode::Held));
    assert_eq!(desk.fax_send(send(&letter, false)).await.unwrap().problems, []);
    let rows = desk.outbox_list(OutboxQuery { over: true, ..OutboxQuery::default() }).await.unwrap();
    assert!(rows.iter().all(|row| row.stage != OutboxStage::Rejected), "{rows:?}");
}
