//! A letter's text changed by hand: what goes out then, what is asked again, and when it is too late.
//! Each test closes its cache, because these run last: a process that ends while a connection is still closing loses the cipher's
//! library under it.

use crate::letters::with_template;
use crate::main_job::{bureau, on_paper, ready_client, request};
use crate::previews::text_of;
use desk::Desk;
use desk::contract::{
    ClientRow, FaxSend, Id, ItemRow, LetterReview, LetterReword, LetterRow, LetterText, ProblemCode, ReviewChannelCode,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};

async fn one_letter(desk: &Desk) -> (ClientRow, Vec<ItemRow>, LetterRow) {
    let (client, items) = ready_client(desk).await;
    let ask = request(desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    (client, items, letter)
}

async fn text(desk: &Desk, letter: &LetterRow) -> LetterText {
    desk.letter_text(Id { id: letter.id.clone() }).await.unwrap()
}

/// The letter with a paragraph more at its beginning.
async fn reword(desk: &Desk, letter: &LetterRow, paragraph: &str) -> Result<LetterRow, desk::Error> {
    let text = format!("{paragraph}{}", text(desk, letter).await.text);
    desk.letter_reword(LetterReword { id: letter.id.clone(), text: Some(text) }).await
}

/// All that the letter says, without white space.
async fn said(desk: &Desk, letter: &LetterRow) -> String {
    text_of(&desk.letter_pdf(&letter.id).await.unwrap()).await
}

#[tokio::test]
async fn a_changed_text_is_what_goes_out_and_the_one_before_comes_back() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (_, items, letter) = one_letter(&desk).await;
    let (made, bytes) = (text(&desk, &letter).await, desk.letter_pdf(&letter.id).await.unwrap());
    assert_eq!((made.made.as_deref(), letter.reworded_at.as_deref()), (None, None));
    let review = LetterReview {
        ids: vec![letter.id.clone()],
        channel: Some(ReviewChannelCode::Phone),
        on: Some("2026-11-20".into()),
    };
    desk.letter_review(review).await.unwrap();

    let row = reword(&desk, &letter, "<p>I called on <b>November 2</b>.</p>").await.unwrap();
    assert!(row.reworded_at.is_some());
    assert_eq!(row.review, None, "the client reviewed other words");
    let now = said(&desk, &letter).await;
    assert!(now.contains("IcalledonNovember2."), "{now}");
    assert!(now.contains(&items[0].account_name.replace(' ', "")), "the table of items is still there");
    let why = desk.letter_why(Id { id: letter.id.clone() }).await.unwrap();
    assert!(why.reworded.is_some_and(|reworded| !reworded.by.is_empty()));
    let kept = text(&desk, &letter).await;
    assert_eq!(kept.made.as_deref(), Some(made.text.as_str()));
    assert!(kept.text.starts_with("<p>I called on <b>November 2</b>.</p>"));

    let back = desk.letter_reword(LetterReword { id: letter.id.clone(), text: None }).await.unwrap();
    assert_eq!((back.reworded_at, back.findings), (None, letter.findings.clone()));
    assert!(desk.letter_pdf(&letter.id).await.unwrap() == bytes, "the very letter that was made");
    desk.close().await;
}

#[tokio::test]
async fn what_must_not_go_out_is_refused_and_the_letter_stays_as_it_was() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, _, letter) = one_letter(&desk).await;
    let mut whole = String::new();
    office
        .in_the_cache(async |store| {
            let id = domain::ClientId(client.id.parse().unwrap());
            whole = store.client(id).await.unwrap().unwrap().client.ssn.unwrap().expose().to_owned();
        })
        .await;
    let bytes = desk.letter_pdf(&letter.id).await.unwrap();
    let shortcode = reword(&desk, &letter, "<p>[ClientName]</p>").await.unwrap_err().problem();
    assert_eq!(shortcode.code, ProblemCode::LetterFailed);
    assert!(shortcode.message.contains("[ClientName]"), "{}", shortcode.message);
    let number = reword(&desk, &letter, &format!("<p>{whole}</p>")).await.unwrap_err().problem();
    assert!(number.message.contains("Social Security number"), "{}", number.message);
    let without = text(&desk, &letter).await.text.replace("<letter-items></letter-items>", "");
    let lost = desk.letter_reword(LetterReword { id: letter.id.clone(), text: Some(without) }).await;
    assert!(lost.unwrap_err().problem().message.contains("table of disputed items"));
    assert!(desk.letter_pdf(&letter.id).await.unwrap() == bytes);
    assert_eq!(text(&desk, &letter).await.made, None);
    desk.close().await;
}

#[tokio::test]
async fn a_letter_whose_facts_are_others_since_is_prepared_again_instead() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items, letter) = one_letter(&desk).await;
    office
        .in_the_cache(async |store| {
            let id = domain::ClientId(client.id.parse().unwrap());
            let facts = store.items_of(id).await.unwrap();
            let mut item = facts.into_iter().find(|facts| facts.item.id.0 == items[0].id).unwrap().item;
            item.account_number.push('9');
            let mut write = store.write().await.unwrap();
            write.put_items(&[store::Sent { value: item, body: "{}".into() }], 1).await.unwrap();
            write.commit().await.unwrap();
        })
        .await;
    let problem = reword(&desk, &letter, "<p>More.</p>").await.unwrap_err().problem();
    assert!(problem.message.contains("prepare it again"), "{}", problem.message);
    assert_eq!(text(&desk, &letter).await.made, None);
    desk.close().await;
}

#[tokio::test]
async fn a_letter_that_waits_or_went_out_keeps_its_words() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (_, _, letter) = one_letter(&desk).await;
    portal.faults().refuse_connections(true);
    let fax = FaxSend {
        letter_ids: vec![letter.id.clone()],
        numbers: [(letter.id.clone(), "(888) 555-0100".to_owned())].into(),
        cover: false,
        again: false,
    };
    let queued = desk.fax_send(fax).await.unwrap();
    assert_eq!(queued.problems, []);
    let waits = reword(&desk, &letter, "<p>More.</p>").await.unwrap_err().problem();
    assert!(waits.message.contains("waits in the outbox"), "{}", waits.message);
    // It can be cancelled between two attempts.
    let mut events = desk.events();
    while desk.outbox_cancel(Id { id: queued.queued[0].id.clone() }).await.is_err() {
        let _ = events.recv().await;
    }
    reword(&desk, &letter, "<p>More.</p>").await.unwrap();

    desk.print_run_start(on_paper(std::slice::from_ref(&letter.id))).await.unwrap();
    let printed = reword(&desk, &letter, "<p>Still more.</p>").await;
    assert_eq!(code(printed), ProblemCode::BadRequest);
    assert!(!said(&desk, &letter).await.contains("Stillmore."));
    desk.close().await;
}

#[tokio::test]
async fn pictures_of_the_template_stay_in_a_changed_text() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    // One dot, red.
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";
    with_template(
        &office,
        &format!("<p><img src='data:image/png;base64,{dot}' alt='Seal'>Dear all</p>[NegativeItems]"),
    )
    .await;
    let (client, items) = ready_client(&desk).await;
    let mut ask = request(&desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    ask.template_id = "990".into();
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    let row = reword(&desk, &letter, "<p>First.</p>").await.unwrap();
    assert_eq!(row.findings, letter.findings);
    assert!(text(&desk, &letter).await.text.contains(dot));
    desk.close().await;
}
