//! What holds a letter before it goes out, and what lets it go.

use crate::main_job::{BUREAUS, bureau, everyone, items, on_paper, ready_client, request};
use desk::contract::{
    AgreementState, Empty, ExclusionAdd, ExclusionKind, FaxSend, GateFinding, GateMedium, GateRule, GateSeverity, Id,
    ItemRow, LetterCheck, LetterOverride, LetterReview, LetterSave, PrintRunConfirm, ProblemCode, ReviewChannelCode,
    SaveLayout,
};
use desk::{Clock, Desk};
use desk_tests::{Office, code, portal, signed_in_and_synced};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

/// The day after the youngest agreements of the practice portal were signed.
struct EarlyClock;

impl Clock for EarlyClock {
    fn now(&self) -> Timestamp {
        "2026-11-17T15:00:00Z".parse().unwrap()
    }

    fn date_of(&self, at: Timestamp) -> Date {
        jiff::tz::TimeZone::UTC.to_datetime(at).date()
    }
}

async fn findings(desk: &Desk, id: &str, medium: GateMedium) -> Vec<GateFinding> {
    let checked = desk.letter_check(LetterCheck { ids: vec![id.to_owned()], medium }).await.unwrap();
    checked.into_iter().next().unwrap().findings
}

async fn found(desk: &Desk, id: &str) -> Vec<GateRule> {
    findings(desk, id, GateMedium::Paper).await.into_iter().map(|finding| finding.rule).collect()
}

/// A letter to the bureau of this item.
async fn letter(desk: &Desk, client: &desk::contract::ClientRow, item: &ItemRow) -> String {
    let ask = request(desk, client, std::slice::from_ref(item), vec![bureau(item.bureau.unwrap())]).await;
    let done = desk.letter_prepare(ask).await.unwrap();
    assert_eq!(done.problems, []);
    done.letters[0].id.clone()
}

#[tokio::test]
async fn an_agreement_that_can_still_be_cancelled_holds_every_way_out_until_an_override_is_on_record() {
    let office = Office { clock: Arc::new(EarlyClock), ..Office::default() };
    let portal = portal(120).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut fresh = None;
    for client in everyone(&desk).await.into_iter().filter(|c| c.agreement == AgreementState::Cancellable) {
        if let Some(item) = items(&desk, &client).await.into_iter().find(|item| item.bureau.is_some()) {
            fresh = Some((client, item));
            break;
        }
    }
    let (client, item) = fresh.expect("the practice portal has a client who signed yesterday");
    let id = letter(&desk, &client, &item).await;

    let held = findings(&desk, &id, GateMedium::Paper).await;
    let finding = held.iter().find(|finding| finding.rule == GateRule::AgreementCancellable).unwrap();
    assert_eq!((finding.severity, &finding.overridden), (GateSeverity::Block, &None));
    assert!(finding.message.contains("can be cancelled through 11/"), "{}", finding.message);
    assert_eq!(code(desk.print_run_start(on_paper(std::slice::from_ref(&id))).await), ProblemCode::Held);
    let save = LetterSave { ids: vec![id.clone()], layout: SaveLayout::Merged };
    *office.dialogs.answer.lock().unwrap() = Some(office.folder.path().join("letter.pdf"));
    assert_eq!(code(desk.letter_save(save.clone()).await), ProblemCode::Held);
    let numbers = [(id.clone(), "(888) 555-0100".to_owned())].into();
    let faxed =
        desk.fax_send(FaxSend { letter_ids: vec![id.clone()], numbers, cover: false, again: false }).await.unwrap();
    assert_eq!((faxed.queued.len(), faxed.problems[0].problem.code), (0, ProblemCode::Held));
    assert!(office.printers.jobs.lock().unwrap().is_empty(), "nothing reached the printer");
    assert_eq!(desk.print_run_list(Empty {}).await.unwrap(), [], "what is held is no run");

    let over = |reason: Option<&str>| LetterOverride {
        letter_id: id.clone(),
        rule: GateRule::AgreementCancellable,
        subject: finding.subject.clone(),
        reason: reason.map(str::to_owned),
    };
    assert_eq!(code(desk.letter_override(over(Some("  "))).await), ProblemCode::BadRequest);
    let checked = desk.letter_override(over(Some("waived in writing"))).await.unwrap();
    assert!(!checked.blocked);
    assert_eq!(desk.letter_save(save.clone()).await.unwrap().files.len(), 1);
    let why = desk.letter_why(Id { id: id.clone() }).await.unwrap();
    assert_eq!((why.overrides.len(), why.overrides[0].reason.as_str()), (1, "waived in writing"));
    assert!(desk.letter_override(over(None)).await.unwrap().blocked, "an override can be taken back");
    assert_eq!(code(desk.letter_save(save).await), ProblemCode::Held);
}

#[tokio::test]
async fn a_review_is_recorded_by_channel_and_day_and_taken_back() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let id = letter(&desk, &client, &chosen[0]).await;
    assert!(found(&desk, &id).await.contains(&GateRule::ReviewMissing));
    let review = |channel, on: Option<&str>| LetterReview { ids: vec![id.clone()], channel, on: on.map(str::to_owned) };
    let tomorrow = desk.letter_review(review(Some(ReviewChannelCode::Phone), Some("2026-11-24"))).await;
    assert_eq!(code(tomorrow), ProblemCode::BadRequest);
    let rows = desk.letter_review(review(Some(ReviewChannelCode::Phone), Some("2026-11-20"))).await.unwrap();
    let recorded = rows[0].review.clone().unwrap();
    assert_eq!((recorded.channel, recorded.on.as_str()), (ReviewChannelCode::Phone, "2026-11-20"));
    assert!(!found(&desk, &id).await.contains(&GateRule::ReviewMissing));
    assert_eq!(desk.letter_why(Id { id: id.clone() }).await.unwrap().review, Some(recorded));
    assert_eq!(desk.letter_review(review(None, None)).await.unwrap()[0].review, None);
    assert!(found(&desk, &id).await.contains(&GateRule::ReviewMissing));
}

#[tokio::test]
async fn an_item_in_an_open_dispute_is_held_and_an_answered_one_without_a_new_fact_is_pointed_out() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let first = letter(&desk, &client, &chosen[0]).await;
    let again = letter(&desk, &client, &chosen[0]).await;
    let other_bureau = letter(&desk, &client, &chosen[1]).await;
    assert!(!found(&desk, &again).await.contains(&GateRule::PrintedBefore));

    let run = desk.print_run_start(on_paper(std::slice::from_ref(&first))).await.unwrap();
    assert!(found(&desk, &again).await.contains(&GateRule::PrintedBefore));
    let confirm = PrintRunConfirm { id: run.id, jammed: vec![], mailed_on: Some("2026-11-20".into()), file: false };
    let mailed = desk.print_run_confirm(confirm).await.unwrap();
    let rules = found(&desk, &again).await;
    assert!(rules.contains(&GateRule::DisputeOpen) && !rules.contains(&GateRule::PrintedBefore), "{rules:?}");
    assert_eq!(code(desk.print_run_start(on_paper(std::slice::from_ref(&again))).await), ProblemCode::Held);
    assert!(!found(&desk, &other_bureau).await.contains(&GateRule::DisputeOpen), "another recipient, another dispute");
    *office.dialogs.answer.lock().unwrap() = Some(office.folder.path().join("Letters.pdf"));
    let save = LetterSave { ids: vec![again.clone(), other_bureau.clone()], layout: SaveLayout::Merged };
    let saved = desk.letter_save(save).await.unwrap();
    assert_eq!((saved.files.len(), saved.held.len(), saved.held[0].id.as_str()), (1, 1, again.as_str()));
    let pdf = lopdf::Document::load(office.folder.path().join("Letters.pdf")).unwrap();
    assert_eq!(pdf.get_pages().len(), 1, "what is held is in no file");
    assert!(!found(&desk, &first).await.contains(&GateRule::DisputeOpen), "no letter stands against itself");

    let answered = desk::contract::FollowUpOutcome {
        letter_id: first,
        item_ids: vec![mailed.follow_ups[0].items[0].item_id.clone()],
        outcome: Some(desk::contract::OutcomeCode::Verified),
    };
    assert!(!desk.follow_up_outcome(answered).await.unwrap().open);
    let rules = found(&desk, &again).await;
    assert!(rules.contains(&GateRule::Repeated) && !rules.contains(&GateRule::DisputeOpen), "{rules:?}");
    desk.print_run_start(on_paper(&[again])).await.unwrap();
}

#[tokio::test]
async fn an_exclusion_recorded_after_the_letter_holds_it_and_keeps_new_ones_from_being_written() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let item = &chosen[0];
    let id = letter(&desk, &client, item).await;
    let add = |what| ExclusionAdd { client_id: client.id.clone(), what, reason: "paid as agreed".into() };
    let of = |item: &ItemRow| item.id.clone();
    let whole = [
        ExclusionKind::Item { item_id: of(item) },
        ExclusionKind::Bureau { bureau: item.bureau.unwrap() },
        ExclusionKind::Creditor { name: item.account_name.clone() },
    ];
    for what in whole {
        let row = desk.exclusion_add(add(what)).await.unwrap();
        assert!(found(&desk, &id).await.contains(&GateRule::ItemExcluded));
        let shown = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
        let because = shown.iter().find(|row| row.id == item.id).unwrap().excluded_because.clone().unwrap();
        assert!(because.contains("paid as agreed"), "{because}");
        let ask = request(&desk, &client, std::slice::from_ref(item), vec![bureau(item.bureau.unwrap())]).await;
        assert_eq!(code(desk.letter_prepare(ask).await), ProblemCode::ItemExcluded);
        desk.exclusion_remove(Id { id: row.id }).await.unwrap();
        assert!(!found(&desk, &id).await.contains(&GateRule::ItemExcluded));
    }
    let part = ExclusionKind::LatePayment { item_id: of(item), payment: "90 days late in May 2025".into() };
    desk.exclusion_add(add(part)).await.unwrap();
    let held = findings(&desk, &id, GateMedium::Paper).await;
    let late = held.iter().find(|finding| finding.rule == GateRule::LatePaymentExcluded).unwrap();
    assert!(late.severity == GateSeverity::Warn && late.message.contains("May 2025"), "{late:?}");
    let stranger = ExclusionKind::Item { item_id: "no such item".into() };
    assert_eq!(code(desk.exclusion_add(add(stranger)).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn form_letters_of_two_clients_are_found_alike_and_the_other_letter_is_named() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut ids = Vec::new();
    for client in everyone(&desk).await.into_iter().filter(|c| c.agreement == AgreementState::Signed) {
        if let Some(item) = items(&desk, &client).await.into_iter().find(|item| item.bureau == Some(BUREAUS[0])) {
            ids.push(letter(&desk, &client, &item).await);
        }
    }
    assert!(ids.len() >= 5);
    // The practice templates are form letters; what differs is names, addresses and one row of a table.
    let mut percents = Vec::new();
    for id in &ids {
        let found = findings(&desk, id, GateMedium::Paper).await;
        if let Some(alike) = found.into_iter().find(|finding| finding.rule == GateRule::Alike) {
            assert!(ids.contains(&alike.subject) && alike.subject != *id, "the other letter is named");
            percents.push(alike.message);
        }
    }
    let table = desk.gate_table(Empty {}).await.unwrap();
    let limit = table.iter().find(|row| row.rule == GateRule::Alike).unwrap().limit.clone().unwrap();
    assert_eq!((limit.name.as_str(), limit.value), ("alike_percent", 90));
    assert!(percents.iter().all(|message| message.contains(" % of its wording")), "{percents:?}");
}

#[tokio::test]
async fn a_deployment_weighs_the_rules() {
    let office = Office::default();
    std::fs::create_dir_all(office.data()).unwrap();
    let settings = office.data().join("settings.toml");
    std::fs::write(&settings, "[gate]\nreview_missing = \"block\"\nidentity_missing = \"off\"\n").unwrap();
    let portal = portal(12).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let id = letter(&desk, &client, &chosen[0]).await;
    assert_eq!(code(desk.print_run_start(on_paper(std::slice::from_ref(&id))).await), ProblemCode::Held);
    let reviewed = LetterReview { ids: vec![id.clone()], channel: Some(ReviewChannelCode::InPerson), on: None };
    desk.letter_review(reviewed).await.unwrap();
    desk.print_run_start(on_paper(&[id])).await.unwrap();
}
