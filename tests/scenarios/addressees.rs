//! Letters to anyone who is neither bureau nor furnisher.

use crate::letters::with_template;
use crate::main_job::{on_paper, ready_client, request};
use crate::previews::text_of;
use desk::Desk;
use desk::contract::{
    AddresseeRow, AddresseeSave, Empty, GateMedium, GateRule, Id, LetterCheck, PostalLines, PrepareLetters,
    PrintRunConfirm, ProblemCode, RecipientChoice, RecipientParty,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};

fn agency(street: &str) -> AddresseeSave {
    let address =
        PostalLines { street: street.into(), city: "Atlanta".into(), state: "ga".into(), zip: "30348".into() };
    AddresseeSave { name: "Consumer Center".into(), address, fax: "404-555-0142".into() }
}

fn to(addressee: &AddresseeRow, item_ids: Option<Vec<String>>) -> Vec<RecipientChoice> {
    vec![RecipientChoice { party: RecipientParty::Addressee { addressee_id: addressee.id.clone() }, item_ids }]
}

async fn prepared(desk: &Desk, ask: &PrepareLetters) -> desk::contract::LetterRow {
    let mut done = desk.letter_prepare(ask.clone()).await.unwrap();
    assert_eq!(done.problems, []);
    done.letters.remove(0)
}

#[tokio::test]
async fn a_letter_to_a_typed_address_carries_all_chosen_items_or_those_named_and_no_claim_code() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let kept = desk.addressee_save(agency("P.O. Box 105108")).await.unwrap();
    with_template(&office, "<p>To [RecipientKind]: please correct these.</p>[NegativeItems]").await;
    let mut ask = request(&desk, &client, &items, to(&kept, None)).await;
    ask.template_id = "990".into();
    let codes: Vec<String> =
        desk.reason_list(Empty {}).await.unwrap().into_iter().filter_map(|r| Some(r.claim_code?.equifax)).collect();

    let letter = prepared(&desk, &ask).await;
    assert_eq!((letter.recipient_name.as_str(), letter.bureau, letter.fax_only), ("Consumer Center", None, false));
    assert_eq!(letter.fax_number.as_deref(), Some("4045550142"));
    assert_eq!(letter.items.len(), 3, "it gets all of them");
    let text = text_of(&desk.letter_pdf(&letter.id).await.unwrap()).await;
    assert!(text.contains("ConsumerCenterP.O.Box105108Atlanta,GA30348"), "{text}");
    for code in codes.iter().filter(|code| !code.is_empty()) {
        assert!(!text.contains(&format!("Code{code}")), "a bureau's code");
    }

    ask.recipients = to(&kept, Some(vec![items[1].id.clone()]));
    assert_eq!(prepared(&desk, &ask).await.items, std::slice::from_ref(&items[1].account_name));
}

#[tokio::test]
async fn one_address_is_kept_for_a_name_and_what_is_no_address_is_refused_by_field() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let first = desk.addressee_save(agency("P.O. Box 1")).await.unwrap();
    let again =
        desk.addressee_save(AddresseeSave { name: "CONSUMER center".into(), ..agency("P.O. Box 2") }).await.unwrap();
    assert_eq!(again.id, first.id, "the same party");
    assert_eq!(desk.addressee_list(Empty {}).await.unwrap(), std::slice::from_ref(&again));

    let mut bad = agency("P.O. Box 3");
    bad.address.zip = "3034".into();
    let problem = desk.addressee_save(bad).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::BadRequest);
    assert!(problem.fields.contains_key("zip"), "{problem:?}");

    desk.addressee_forget(Id { id: first.id.clone() }).await.unwrap();
    assert_eq!(desk.addressee_list(Empty {}).await.unwrap(), []);
    assert_eq!(code(desk.addressee_forget(Id { id: first.id.clone() }).await), ProblemCode::NotFound);
    assert_eq!(desk.addressee_save(agency("P.O. Box 2")).await.unwrap().id, first.id, "it is brought back");
}

#[tokio::test]
async fn what_was_sent_there_before_is_noticed_and_its_answer_awaited() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let kept = desk.addressee_save(agency("P.O. Box 105108")).await.unwrap();
    with_template(&office, "<p>Please correct this.</p>[NegativeItems]").await;
    let mut ask = request(&desk, &client, &items[..1], to(&kept, None)).await;
    ask.template_id = "990".into();
    let first = prepared(&desk, &ask).await;
    let run = desk.print_run_start(on_paper(std::slice::from_ref(&first.id))).await.unwrap();
    let confirm = PrintRunConfirm { id: run.id, jammed: vec![], mailed_on: Some("2026-11-20".into()), file: true };
    desk.print_run_confirm(confirm).await.unwrap();
    let awaited = desk.follow_up_list(desk::contract::FollowUpFilter::default()).await.unwrap();
    assert_eq!(awaited.iter().map(|row| row.recipient_name.as_str()).collect::<Vec<_>>(), ["Consumer Center"]);

    let second = prepared(&desk, &ask).await;
    let checked = desk.letter_check(LetterCheck { ids: vec![second.id], medium: GateMedium::Paper }).await.unwrap();
    assert!(checked[0].findings.iter().any(|finding| finding.rule == GateRule::DisputeOpen), "{checked:?}");
}
