//! A client's goals: read with the portal gone, given and taken away through the outbox, seen at once.

use desk::Desk;
use desk::contract::{
    ClientAlertKind, ClientGoals, ClientStanding, GoalsChange, Id, OutboxStage, ProblemCode, RecordAccess,
};
use desk_tests::{Office, RunningClock, code, portal, sign_in, signed_in_and_synced, synced};
use practice_portal::{Action, Rule};
use serde_json::json;
use std::sync::Arc;

const CLIENT: &str = "3";

fn office() -> Office {
    Office { clock: Arc::new(RunningClock::default()), ..Office::default() }
}

async fn goals(desk: &Desk) -> ClientGoals {
    desk.goal_list(Id { id: CLIENT.into() }).await.unwrap()
}

async fn standing(desk: &Desk) -> ClientStanding {
    desk.client_standing(Id { id: CLIENT.into() }).await.unwrap()
}

fn change(ids: &[&str]) -> GoalsChange {
    GoalsChange { client_id: CLIENT.into(), goal_ids: ids.iter().map(|&id| id.to_owned()).collect() }
}

/// A goal that the client does not have yet.
fn wanted(list: &ClientGoals) -> String {
    let free = list.choices.iter().find(|choice| list.goals.iter().all(|goal| goal.id != choice.id));
    free.unwrap().id.clone()
}

/// Waits until the list is as wanted; events wake it, nothing sleeps.
async fn until(desk: &Desk, wanted: impl Fn(&ClientGoals) -> bool) -> ClientGoals {
    let mut events = desk.events();
    loop {
        let list = goals(desk).await;
        if wanted(&list) {
            return list;
        }
        // Whatever is told, the list is looked at again.
        let _ = events.recv().await;
    }
}

/// Cancels a row; one that is just being tried is cancelled after the try.
async fn cancelled(desk: &Desk, id: &str) {
    let mut events = desk.events();
    while let Err(error) = desk.outbox_cancel(Id { id: id.to_owned() }).await {
        assert_eq!(error.problem().code, ProblemCode::OutboxMoved);
        let _ = events.recv().await;
    }
}

fn has(list: &ClientGoals, id: &str) -> bool {
    list.goals.iter().any(|goal| goal.id == id)
}

#[tokio::test]
async fn goals_and_what_there_is_to_choose_from_are_read_with_the_portal_gone() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let list = goals(&desk).await;
    assert_eq!((list.access, list.choices_access), (RecordAccess::Read, RecordAccess::Read));
    let names: Vec<_> = list.choices.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    assert!(names.is_sorted() && names.contains(&"Buy a home"), "{names:?}");
    let mut met = 0;
    for id in 1..=12 {
        let one = desk.goal_list(Id { id: id.to_string() }).await.unwrap();
        assert!(one.goals.iter().all(|goal| names.contains(&goal.name.as_str()) && goal.pending.is_none()));
        met += one.goals.len();
    }
    assert!(met > 0, "some clients of the practice portal have goals");
    desk.close().await;
}

#[tokio::test]
async fn a_goal_is_there_at_once_waits_offline_and_reaches_the_portal_when_it_is_back() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let before = goals(&desk).await;
    let id = wanted(&before);
    portal.faults().refuse_connections(true);
    let [item] = desk.goal_assign(change(&[&id, &id])).await.unwrap().try_into().unwrap();
    let name = &before.choices.iter().find(|choice| choice.id == id).unwrap().name;
    assert_eq!((item.title.as_str(), &item.detail), ("New goal", name));
    let now = goals(&desk).await;
    let row = now.goals.iter().find(|goal| goal.id == id).unwrap();
    assert_eq!((&row.name, row.pending.as_ref().unwrap().id.as_str()), (name, item.id.as_str()));
    assert!(now.goals.is_sorted_by_key(|goal| goal.name.to_lowercase()));
    assert!(standing(&desk).await.goals.contains(name), "the header says what the agent meant");
    assert_eq!(code(desk.goal_assign(change(&[&id])).await), ProblemCode::OutboxWaiting);

    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    let sent = until(&desk, |list| list.goals.iter().any(|goal| goal.id == id && goal.pending.is_none())).await;
    assert_eq!(sent.goals.len(), before.goals.len() + 1);
    assert_eq!(code(desk.goal_assign(change(&[&id])).await), ProblemCode::BadRequest, "the client has it");
    assert_eq!(synced(&desk).await.problem, None);
    assert!(has(&goals(&desk).await, &id), "the portal has it");

    desk.goal_remove(change(&[&id])).await.unwrap();
    let gone = until(&desk, |list| !has(list, &id)).await;
    assert_eq!(gone.goals, before.goals);
    desk.close().await;
}

#[tokio::test]
async fn what_was_given_or_taken_away_by_mistake_is_taken_back_while_it_waits() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let before = goals(&desk).await;
    portal.faults().refuse_connections(true);
    let id = wanted(&before);
    let given = desk.goal_assign(change(&[&id])).await.unwrap().remove(0);
    cancelled(&desk, &given.id).await;
    assert_eq!(goals(&desk).await.goals, before.goals);
    portal.faults().refuse_connections(false);
    desk.goal_assign(change(&[&id])).await.unwrap();
    until(&desk, |list| list.goals.iter().any(|goal| goal.id == id && goal.pending.is_none())).await;

    portal.faults().refuse_connections(true);
    let taken = desk.goal_remove(change(&[&id])).await.unwrap().remove(0);
    assert_eq!(taken.title, "Removal of a goal");
    let row = goals(&desk).await.goals.into_iter().find(|goal| goal.id == id).unwrap();
    assert!(!standing(&desk).await.goals.contains(&row.name));
    assert_eq!(row.pending.unwrap().id, taken.id);
    cancelled(&desk, &taken.id).await;
    let row = goals(&desk).await.goals.into_iter().find(|goal| goal.id == id).unwrap();
    assert_eq!(row.pending, None);
    desk.close().await;
}

#[tokio::test]
async fn a_goal_that_the_portal_refuses_stays_with_its_reason_and_asks_in_the_header() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let id = wanted(&goals(&desk).await);
    let refusal = json!({"message": "The goal is retired.", "errors": {"goal_ids": ["The goal is retired."]}});
    portal.faults().add(Rule::on("POST /clients/{id}/goals", Action::Status(422, refusal)).times(u32::MAX));
    desk.goal_assign(change(&[&id])).await.unwrap();
    let asks = |list: &ClientGoals| list.goals.iter().any(|goal| goal.pending.as_ref().is_some_and(|item| item.asks));
    let list = until(&desk, asks).await;
    let item = list.goals.into_iter().find(|goal| goal.id == id).unwrap().pending.unwrap();
    assert_eq!(item.stage, OutboxStage::Rejected);
    assert!(item.trouble.unwrap().message.contains("retired"));
    let [alert] = standing(&desk).await.alerts.try_into().unwrap();
    assert_eq!((alert.kind, alert.count), (ClientAlertKind::OutboxAsks, 1));
    desk.close().await;
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_with_the_field() {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let none = desk.goal_assign(change(&[])).await.unwrap_err().problem();
    assert_eq!((none.code, none.fields.contains_key("goalIds")), (ProblemCode::BadRequest, true));
    assert_eq!(code(desk.goal_assign(change(&["x"])).await), ProblemCode::BadRequest);
    assert_eq!(code(desk.goal_assign(change(&["987"])).await), ProblemCode::NotFound);
    let id = wanted(&goals(&desk).await);
    assert_eq!(code(desk.goal_remove(change(&[&id])).await), ProblemCode::NotFound, "the client does not have it");
    let nobody = GoalsChange { client_id: "4711".into(), goal_ids: vec![id] };
    assert_eq!(code(desk.goal_assign(nobody).await), ProblemCode::NotFound);
    desk.close().await;
}

#[tokio::test]
async fn goals_that_may_not_be_read_are_told_where_they_would_stand_and_keep_nothing_from_being_whole() {
    for (status, access) in [(403, RecordAccess::Forbidden), (404, RecordAccess::Missing)] {
        let (office, portal) = (office(), portal(12).await);
        let answer = Action::Status(status, json!({"message": "No."}));
        portal.faults().add(Rule::new("/goals", answer).times(u32::MAX));
        let desk = office.desk().await;
        desk.session_sign_in(sign_in(&portal)).await.unwrap();
        let told = synced(&desk).await;
        assert!(told.finished_at.is_some() && told.problem.is_none(), "{told:?}");
        let list = goals(&desk).await;
        assert_eq!((list.access, list.choices_access), (access, access));
        assert_eq!(standing(&desk).await.goals_access, access);
        portal.faults().clear();
        synced(&desk).await;
        assert_eq!(goals(&desk).await.access, RecordAccess::Read);
        desk.close().await;
    }
}

#[tokio::test]
async fn a_goal_that_somebody_took_away_in_the_portal_is_gone_after_the_next_sync() {
    let (office, portal) = (office(), portal(12).await);
    let answer = |rows: serde_json::Value| {
        Rule::on("GET /clients/{id}/goals", Action::Status(200, json!({"data": rows}))).times(u32::MAX)
    };
    portal.faults().add(answer(json!([{"id": 2, "name": "Buy a car"}, {"name": "without a key"}])));
    let desk = signed_in_and_synced(&office, &portal).await;
    assert_eq!(standing(&desk).await.goals, ["Buy a car"]);
    portal.faults().clear();
    portal.faults().add(answer(json!([])));
    synced(&desk).await;
    assert!(goals(&desk).await.goals.is_empty());
    desk.close().await;
}
