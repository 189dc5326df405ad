//! What matters of a client, as the header says it: only what the cache knows.

use crate::main_job::{BUREAUS, bureau, on_paper, ready_client, request};
use desk::Desk;
use desk::contract::{
    ClientAlert, ClientAlertKind, ClientStanding, FollowUpFilter, FollowUpOutcome, Id, KbaAsk, KbaProviderCode,
    KbaReply, OutcomeCode, PrintRunConfirm, ProblemCode, ProofState, RecordAccess,
};
use desk_tests::{Office, code, portal, signed_in_and_synced};
use practice_portal::{Action, Rule};
use serde_json::json;

async fn standing(desk: &Desk, client: &str) -> ClientStanding {
    desk.client_standing(Id { id: client.to_owned() }).await.unwrap()
}

fn of(standing: &ClientStanding, kind: ClientAlertKind) -> Option<ClientAlert> {
    standing.alerts.iter().find(|alert| alert.kind == kind).copied()
}

#[tokio::test]
async fn products_are_named_and_a_proof_that_nobody_made_here_is_not_called_missing() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let one = standing(&desk, "3").await;
    assert!(one.proofs.is_empty());
    let products = desk.product_list(Id { id: "3".into() }).await.unwrap().products;
    assert_eq!(one.products, products.into_iter().map(|product| product.name).collect::<Vec<_>>());
    assert_eq!(one.products_access, RecordAccess::Read);
    assert_eq!(code(desk.client_standing(Id { id: "4711".into() }).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_proof_is_remembered_by_provider_and_a_refusal_is_one_too() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let reply = |provider| KbaReply {
        client_id: "3".into(),
        provider,
        answers: vec![["1".into(), "1".into()]],
        pin: None,
        token: None,
    };
    let answer = |status: u16| {
        let said = json!({"message": "The answers are wrong."});
        Rule::new("/clients/3/kba/", Action::Status(status, said)).method("POST")
    };
    // A portal that failed said nothing of the client.
    portal.faults().add(answer(500).times(u32::MAX));
    desk.kba_answer(reply(KbaProviderCode::ArrayEquifax)).await.unwrap_err();
    assert!(standing(&desk, "3").await.proofs.is_empty());
    portal.faults().clear();
    portal.faults().add(answer(403));
    assert_eq!(code(desk.kba_answer(reply(KbaProviderCode::ArrayEquifax)).await), ProblemCode::Forbidden);
    portal.faults().clear();
    portal.faults().add(answer(204));
    assert_eq!(desk.kba_answer(reply(KbaProviderCode::IdIq)).await.unwrap().next, None);
    portal.faults().clear();
    portal.faults().add(answer(200));
    desk.kba_skip(KbaAsk { client_id: "3".into(), provider: KbaProviderCode::SpinWheel }).await.unwrap();
    desk.close().await;

    let desk = office.desk().await;
    let proofs = standing(&desk, "3").await.proofs;
    let of = |provider| proofs.iter().find(|proof| proof.provider == Some(provider)).unwrap();
    assert_eq!(proofs.len(), 3);
    assert_eq!(of(KbaProviderCode::ArrayEquifax).state, ProofState::Refused);
    assert_eq!(of(KbaProviderCode::SpinWheel).state, ProofState::Skipped);
    let proven = of(KbaProviderCode::IdIq);
    assert_eq!((proven.state, proven.at.as_str()), (ProofState::Proven, "2026-11-23T15:00:00Z"));
    assert!(!proven.author.is_empty());
    assert!(standing(&desk, "4").await.proofs.is_empty(), "it is this client's alone");
}

#[tokio::test]
async fn overdue_answers_overdue_tasks_and_reinserted_items_ask_for_the_agent() {
    let (office, portal) = (Office::default(), portal(12).await);
    let rows = json!([
        {"id": 1, "name": "late", "status": "open", "due_date": "2026-11-20T15:00:00Z"},
        {"id": 2, "name": "today", "status": "open", "due_date": "2026-11-23T00:00:00Z"},
        {"id": 3, "name": "done", "status": "done", "due_date": "2026-11-01T00:00:00Z"},
    ]);
    let (desk, client) = {
        let desk = signed_in_and_synced(&office, &portal).await;
        let (client, chosen) = ready_client(&desk).await;
        let ask = request(&desk, &client, &chosen, BUREAUS.into_iter().map(bureau).collect()).await;
        let letters = desk.letter_prepare(ask).await.unwrap().letters;
        let ids: Vec<String> = letters.into_iter().map(|letter| letter.id).collect();
        let run = desk.print_run_start(on_paper(&ids)).await.unwrap();
        let mailed_on = Some("2026-10-01".into());
        desk.print_run_confirm(PrintRunConfirm { id: run.id, jammed: vec![], mailed_on, file: false }).await.unwrap();
        (desk, client.id)
    };
    let late = of(&standing(&desk, &client).await, ClientAlertKind::AnswersOverdue).unwrap();
    assert_eq!((late.count, late.days), (3, Some(18)));

    let filter = FollowUpFilter { client_id: Some(client.clone()), closed: false };
    let first = desk.follow_up_list(filter).await.unwrap().remove(0);
    let item_ids: Vec<String> = first.items.iter().map(|item| item.item_id.clone()).collect();
    let items = u32::try_from(item_ids.len()).unwrap();
    let outcome = FollowUpOutcome { letter_id: first.letter_id, item_ids, outcome: Some(OutcomeCode::Reinserted) };
    desk.follow_up_outcome(outcome).await.unwrap();
    let now = standing(&desk, &client).await;
    assert_eq!(of(&now, ClientAlertKind::AnswersOverdue).unwrap().count, 2, "what was answered is not overdue");
    assert_eq!(of(&now, ClientAlertKind::ItemsReinserted).unwrap().count, items);

    portal.faults().add(Rule::new("/client-tasks", Action::Status(200, json!({"data": rows}))).times(1));
    desk.client_refresh(Id { id: client.clone() }).await.unwrap();
    let tasks = desk.task_list(Id { id: client.clone() }).await.unwrap().tasks;
    let overdue: Vec<_> = tasks.iter().filter(|task| task.days_left < Some(0)).collect();
    let now = standing(&desk, &client).await;
    assert!(overdue.iter().any(|task| task.name == "late"));
    let undone = overdue.iter().filter(|task| task.stage == desk::contract::TaskStage::Open);
    assert_eq!(of(&now, ClientAlertKind::TasksOverdue).unwrap().count as usize, undone.clone().count());
    let longest = undone.filter_map(|task| task.days_left).min().unwrap().unsigned_abs();
    assert_eq!(of(&now, ClientAlertKind::TasksOverdue).unwrap().days, Some(longest));
    desk.close().await;
}
