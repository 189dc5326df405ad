//! A client at a glance, what the client sees, and proving who the client is.

use desk::Desk;
use desk::contract::{
    AttributeGroupKind, CustomerPart, Id, KbaAsk, KbaProviderCode, KbaReply, KbaRound, KbaWay, ProblemCode,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};
use practice_portal::{Action, Rule};
use serde_json::json;

fn client() -> Id {
    Id { id: "3".into() }
}

#[tokio::test]
async fn attributes_are_grouped_offline_too_and_no_ssn_is_whole() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut ssn = String::new();
    office
        .in_the_cache(async |store| {
            let facts = store.client(domain::ClientId(3)).await.unwrap().unwrap();
            ssn = facts.client.ssn.unwrap().expose().to_owned();
        })
        .await;
    portal.stop().await;
    let overview = desk.client_overview(client()).await.unwrap();
    let kinds: Vec<_> = overview.groups.iter().map(|group| group.kind).collect();
    assert!(kinds.contains(&AttributeGroupKind::Person) && kinds.contains(&AttributeGroupKind::Mailing), "{kinds:?}");
    let rows: Vec<_> = overview.groups.iter().flat_map(|group| &group.rows).collect();
    let born = rows.iter().find(|row| row.name == "D_O_B__c").unwrap();
    assert!(born.value.as_deref().is_some_and(|day| day.len() == 10 && day.as_bytes()[2] == b'/'), "{born:?}");
    let all = format!("{overview:?}");
    let plain: String = all.chars().filter(char::is_ascii_digit).collect();
    assert!(!all.contains(&ssn) && !plain.contains(&ssn), "{all}");
    let gone = desk.client_customer_view(client()).await;
    assert_eq!(gone.unwrap().sections[0].problem.as_ref().unwrap().code, ProblemCode::PortalUnreachable);
}

#[tokio::test]
async fn what_the_client_sees_is_read_part_by_part() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let refused = json!({"message": "This action is unauthorized."});
    portal.faults().add(Rule::new("/customer-portal/clients/3/goals", Action::Status(403, refused)).method("GET"));
    let view = desk.client_customer_view(client()).await.unwrap();
    let of = |part| view.sections.iter().find(|section| section.part == part).unwrap();
    assert_eq!(view.sections.len(), 6);
    let items = desk.item_list(client()).await.unwrap();
    assert_eq!(of(CustomerPart::Items).total, items.len() as u64);
    assert!(of(CustomerPart::Items).lines.iter().any(|line| line.title == items[0].account_name));
    let documents = desk.document_list(client()).await.unwrap();
    assert_eq!(of(CustomerPart::Documents).total, documents.len() as u64);
    assert!(of(CustomerPart::Data).lines.len() > 5);
    assert_eq!(of(CustomerPart::Goals).problem.as_ref().unwrap().code, ProblemCode::Forbidden);
}

#[tokio::test]
async fn an_identity_is_asked_for_refused_and_skipped() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let ask = || KbaAsk { client_id: "3".into(), provider: KbaProviderCode::ArrayExperian };
    let round = desk.kba_questions(ask()).await.unwrap();
    assert_eq!((round.way, round.questions.len()), (KbaWay::Questions, 3));
    assert!(round.questions.iter().all(|question| question.options.len() == 4 && !question.text.is_empty()));
    assert_eq!(code(answer(&desk, &round, false).await), ProblemCode::BadRequest, "nothing is answered");
    // The last of four is seldom true of all three questions: the bureau asks others, and then nobody for a day.
    let mut next = Some(round);
    let mut refused = None;
    for _ in 0..3 {
        let Some(round) = next.take() else { break };
        match answer(&desk, &round, true).await {
            Ok(outcome) => next = outcome.next,
            Err(error) => refused = Some(error.problem().code),
        }
    }
    assert_eq!(refused, Some(ProblemCode::Forbidden));
    assert_eq!(code(desk.kba_questions(ask()).await), ProblemCode::Forbidden, "it is locked");
    let other = KbaAsk { client_id: "3".into(), provider: KbaProviderCode::SpinWheel };
    assert_eq!(code(desk.kba_skip(other).await), ProblemCode::Forbidden, "an agent may not");
}

async fn answer(desk: &Desk, round: &KbaRound, all: bool) -> Result<desk::contract::KbaOutcome, desk::Error> {
    let answers = round.questions.iter().filter(|_| all);
    let reply = KbaReply {
        client_id: "3".into(),
        provider: KbaProviderCode::ArrayExperian,
        answers: answers.map(|question| [question.id.clone(), question.options[3].id.clone()]).collect(),
        pin: None,
        token: round.token.clone(),
    };
    desk.kba_answer(reply).await
}
