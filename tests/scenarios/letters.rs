//! What may become a letter, what may not, and what is kept of it.

use crate::main_job::{BUREAUS, bureau, everyone, items, on_paper, ready_client, request};
use desk::contract::{
    AgreementState, Id, Ids, LetterFilter, LetterStage, PostalLines, PrepareLetters, ProblemCode, RecipientChoice,
    RecipientParty, SaveLayout,
};
use desk_tests::{Office, code, portal, signed_in_and_synced, synced};

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
    assert_eq!(faxed.letters[0].items, std::slice::from_ref(&item.account_name));

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

    desk.print_run_start(on_paper(&ids[..1])).await.unwrap();
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
    let outcome = desk.print_run_start(on_paper(&[id])).await;
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
    let outcome = desk.letter_export(std::slice::from_ref(&id), SaveLayout::Separate, &file.join("below")).await;
    let problem = outcome.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::FileFailed);
    assert!(problem.message.contains("a file"), "{}", problem.message);
    let save = desk::contract::LetterSave { ids: vec![id], layout: SaveLayout::Merged };
    assert!(desk.letter_save(save).await.unwrap().files.is_empty());
}

/// A template of our own in the cache, as a portal could send it.
pub(crate) async fn with_template(office: &Office, html: &str) {
    let template = domain::Template {
        id: domain::TemplateId(990),
        name: "Our own".into(),
        kind: domain::TemplateKind::Static,
        is_dispute: true,
        category: None,
        contents: vec![domain::TemplateContent { section: None, html: html.into(), version: None }],
    };
    let sent = store::Sent { value: template, body: "{}".into() };
    office
        .in_the_cache(async |store| {
            let mut write = store.write().await.unwrap();
            write.put_templates(std::slice::from_ref(&sent), 1).await.unwrap();
            write.commit().await.unwrap();
        })
        .await;
}

#[tokio::test]
async fn a_shortcode_that_nothing_fills_keeps_the_letter_from_being_made_and_is_named() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    with_template(&office, "<p>My loan number is [LoanNumber].</p>[NegativeItems]").await;
    let (client, items) = ready_client(&desk).await;
    let mut ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    ask.template_id = "990".into();
    let done = desk.letter_prepare(ask).await.unwrap();
    assert!(done.letters.is_empty());
    let problem = &done.problems[0].problem;
    assert_eq!(problem.code, ProblemCode::LetterFailed);
    assert!(problem.message.contains("LoanNumber"), "{}", problem.message);
}

#[tokio::test]
async fn no_letter_shows_a_whole_ssn_and_none_to_a_furnisher_shows_any_of_it() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let mut ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    ask.template_id = "990".into();
    let mut whole = String::new();
    office
        .in_the_cache(async |store| {
            let id = domain::ClientId(client.id.parse().unwrap());
            whole = store.client(id).await.unwrap().unwrap().client.ssn.unwrap().expose().to_owned();
        })
        .await;
    for written in [whole.clone(), format!("{}-{}-{}", &whole[..3], &whole[3..5], &whole[5..])] {
        with_template(&office, &format!("<p>My number is <b>{written}</b>.</p>[NegativeItems]")).await;
        let done = desk.letter_prepare(ask.clone()).await.unwrap();
        assert!(done.letters.is_empty(), "the whole number was set");
        assert!(done.problems[0].problem.message.contains("Social Security number"));
    }
    with_template(&office, "<p>The last four are [SSNLast4].</p>[NegativeItems]").await;
    assert_eq!(desk.letter_prepare(ask.clone()).await.unwrap().letters.len(), 1);

    let search = desk::contract::FurnisherSearch { query: String::new(), limit: 1 };
    let furnisher = desk.furnisher_search(search).await.unwrap().remove(0);
    let address =
        PostalLines { street: "1 Main St".into(), city: "Dover".into(), state: "DE".into(), zip: "19901".into() };
    let party = RecipientParty::Furnisher { furnisher_id: furnisher.id, address: Some(address) };
    ask.recipients = vec![RecipientChoice { party, item_ids: Some(vec![items[0].id.clone()]) }];
    for shortcode in ["SSNLast4", "SSN_Last_4"] {
        with_template(&office, &format!("<p>The last four are [{shortcode}].</p>[NegativeItems]")).await;
        let done = desk.letter_prepare(ask.clone()).await.unwrap();
        assert!(done.letters.is_empty(), "[{shortcode}] was filled for a furnisher");
    }
}

#[tokio::test]
async fn a_picture_of_the_template_is_in_its_letters_with_a_network_and_without() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut picture = None;
    for row in everyone(&desk).await {
        let cards = desk.document_list(desk::contract::Id { id: row.id }).await.unwrap();
        picture =
            picture.or(cards.into_iter().find(|card| card.extension == "png").and_then(|card| card.attachment_id));
    }
    let picture = picture.expect("some client has a picture on file");
    with_template(&office, "<p>Plain.</p>[NegativeItems]").await;
    let (client, items) = ready_client(&desk).await;
    let mut ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    ask.template_id = "990".into();
    let size = async |ask: &PrepareLetters| {
        let letter = desk.letter_prepare(ask.clone()).await.unwrap().letters.remove(0);
        (desk.letter_pdf(&letter.id).await.unwrap().len(), letter.findings.len())
    };
    let (plain, findings) = size(&ask).await;
    with_template(&office, &format!(r#"<p><img src="attachment:{picture}" alt="Seal"></p>[NegativeItems]"#)).await;
    // The pull brings what templates show; the template that this test planted is missed once, and stays.
    synced(&desk).await;
    let (with, same) = size(&ask).await;
    assert!(with > plain + 5_000 && same == findings, "{plain} {with}");

    with_template(&office, r#"<p><img src="attachment:987654" alt="Seal"></p>[NegativeItems]"#).await;
    assert_eq!(size(&ask).await.1, findings + 1, "what the portal does not have is named");
    portal.stop().await;
    let problem = desk.letter_prepare(ask.clone()).await.unwrap_err().problem();
    assert!(problem.message.contains("picture 987654, which is not on this computer"), "{}", problem.message);
    with_template(&office, &format!(r#"<p><img src="attachment:{picture}" alt="Seal"></p>[NegativeItems]"#)).await;
    assert_eq!(size(&ask).await.0, with, "the same letter without a network");
}
