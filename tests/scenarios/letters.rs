//! What may become a letter, what may not, and what is kept of it.

use crate::main_job::{BUREAUS, bureau, everyone, items, ready_client, request};
use desk::contract::{
    AgreementState, Id, Ids, LetterFilter, LetterPrint, LetterStage, PostalLines, ProblemCode, RecipientChoice,
    RecipientParty, SaveLayout,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};

#[tokio::test]
async fn without_a_signed_agreement_no_letter_unless_the_agent_says_why() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut unsigned = None;
    for client in everyone(&desk).await.into_iter().filter(|c| c.agreement == AgreementState::Unsigned) {
        let items: Vec<_> = items(&desk, &client).await.into_iter().filter(|item| item.bureau.is_some()).collect();
        if !items.is_empty() {
            unsigned = Some((client, items));
            break;
        }
    }
    let (client, items) = unsigned.unwrap();
    let to = vec![bureau(items[0].bureau.unwrap())];
    let mut ask = request(&desk, &client, &items[..1], to).await;
    assert_eq!(code(desk.letter_prepare(ask.clone()).await), ProblemCode::AgreementUnsigned);
    ask.unsigned_override = Some("  ".into());
    assert_eq!(code(desk.letter_prepare(ask.clone()).await), ProblemCode::AgreementUnsigned);
    ask.unsigned_override = Some("signed on paper on Nov 20".into());
    let done = desk.letter_prepare(ask).await.unwrap();
    let why = desk.letter_why(Id { id: done.letters[0].id.clone() }).await.unwrap();
    assert_eq!(why.unsigned_override.as_deref(), Some("signed on paper on Nov 20"));
}

#[tokio::test]
async fn an_excluded_item_is_never_disputed() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut excluded = None;
    for client in everyone(&desk).await.into_iter().filter(|c| c.agreement == AgreementState::Signed) {
        let all = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
        if let Some(item) = all.into_iter().find(|item| item.excluded) {
            excluded = Some((client, item));
            break;
        }
    }
    let (client, item) = excluded.unwrap();
    let ask = request(&desk, &client, std::slice::from_ref(&item), vec![bureau(BUREAUS[0])]).await;
    let problem = desk.letter_prepare(ask).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::ItemExcluded);
    assert!(problem.message.contains(&item.account_name), "{}", problem.message);
}

#[tokio::test]
async fn a_bureau_that_reports_none_of_the_items_is_told_apart_and_the_others_are_written() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let two: Vec<_> = items.into_iter().filter(|item| item.bureau != Some(BUREAUS[1])).collect();
    let ask = request(&desk, &client, &two, BUREAUS.into_iter().map(bureau).collect()).await;
    let done = desk.letter_prepare(ask).await.unwrap();
    assert_eq!(done.letters.len(), 2);
    assert_eq!(done.problems.len(), 1);
    assert_eq!((done.problems[0].recipient, done.problems[0].problem.code), (1, ProblemCode::NoItemsForRecipient));
}

#[tokio::test]
async fn a_furnisher_gets_its_items_by_fax_or_at_the_address_the_agent_typed_and_that_is_remembered() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut found = None;
    for client in everyone(&desk).await.into_iter().filter(|c| c.agreement == AgreementState::Signed) {
        if let Some(item) = items(&desk, &client).await.into_iter().find(|item| item.furnisher_id.is_some()) {
            found = Some((client, item));
            break;
        }
    }
    let (client, item) = found.unwrap();
    let furnisher_id = item.furnisher_id.clone().unwrap();
    let to = |address| {
        let party = RecipientParty::Furnisher { furnisher_id: furnisher_id.clone(), address };
        vec![RecipientChoice { party, item_ids: None }]
    };
    let templates = desk.template_list(desk::contract::Empty {}).await.unwrap();
    let direct = templates.iter().find(|t| t.name.to_lowercase().contains("direct")).unwrap().id.clone();
    let mut ask = request(&desk, &client, std::slice::from_ref(&item), to(None)).await;
    ask.template_id = direct;
    let faxed = desk.letter_prepare(ask.clone()).await.unwrap();
    assert_eq!(faxed.problems, []);
    assert!(faxed.letters[0].fax_only);

    let half = PostalLines { street: "1 Main St".into(), ..PostalLines::default() };
    ask.recipients = to(Some(half));
    let refused = desk.letter_prepare(ask.clone()).await.unwrap();
    assert_eq!(refused.problems[0].problem.code, ProblemCode::AddressIncomplete);

    let whole =
        PostalLines { street: "1 Main St".into(), city: "Dover".into(), state: "DE".into(), zip: "19901".into() };
    ask.recipients = to(Some(whole.clone()));
    assert!(!desk.letter_prepare(ask.clone()).await.unwrap().letters[0].fax_only);
    let search = desk::contract::FurnisherSearch { query: String::new(), limit: 500 };
    let known = desk.furnisher_search(search).await.unwrap();
    assert_eq!(known.iter().find(|row| row.id == furnisher_id).unwrap().address, Some(whole));
    ask.recipients = to(None);
    assert!(!desk.letter_prepare(ask).await.unwrap().letters[0].fax_only, "the address is remembered");
}

#[tokio::test]
async fn discarding_is_undone_and_a_printed_letter_stays_on_record() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items, BUREAUS.into_iter().map(bureau).collect()).await;
    let ids: Vec<String> =
        desk.letter_prepare(ask).await.unwrap().letters.into_iter().map(|letter| letter.id).collect();
    let some = Ids { ids: ids[..2].to_vec() };
    desk.letter_discard(some.clone()).await.unwrap();
    assert_eq!(desk.letter_list(LetterFilter::default()).await.unwrap().len(), 1);
    let out = office.folder.path().join("letter.pdf");
    assert!(
        desk.letter_export(&some.ids, SaveLayout::Merged, &out).await.is_err(),
        "discarded letters are not put out"
    );
    desk.letter_restore(some.clone()).await.unwrap();
    assert_eq!(desk.letter_list(LetterFilter::default()).await.unwrap().len(), 3);

    desk.letter_print(LetterPrint { ids: ids[..1].to_vec(), printer: "Office".into() }).await.unwrap();
    let outcome = desk.letter_discard(Ids { ids: ids.clone() }).await;
    assert!(outcome.is_err());
    let letters = desk.letter_list(LetterFilter { client_id: None, discarded: true }).await.unwrap();
    assert!(letters.iter().all(|letter| letter.stage != LetterStage::Discarded), "all or none");
}

#[tokio::test]
async fn a_printer_that_refuses_leaves_the_letters_as_they_were() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    let id = desk.letter_prepare(ask).await.unwrap().letters[0].id.clone();
    *office.printers.refuses.lock().unwrap() = true;
    let outcome = desk.letter_print(LetterPrint { ids: vec![id], printer: "Office".into() }).await;
    let problem = outcome.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::PrintFailed);
    assert!(problem.message.contains("out of toner"), "{}", problem.message);
    assert_eq!(desk.letter_list(LetterFilter::default()).await.unwrap()[0].stage, LetterStage::Prepared);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named_and_a_closed_dialog_is_no_failure() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    let id = desk.letter_prepare(ask).await.unwrap().letters[0].id.clone();
    let file = office.folder.path().join("a file");
    std::fs::write(&file, "").unwrap();
    let outcome = desk.letter_export(&[id.clone()], SaveLayout::Separate, &file.join("below")).await;
    let problem = outcome.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::FileFailed);
    assert!(problem.message.contains("a file"), "{}", problem.message);
    let save = desk::contract::LetterSave { ids: vec![id], layout: SaveLayout::Merged };
    assert!(desk.letter_save(save).await.unwrap().files.is_empty());
}
