//! Goals, and who has which.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::whole;
use domain::{ClientId, GoalId};
use portal_api::goals::{CreateGoalRequest, Goal, GoalIdsRequest, UpdateGoalRequest};

fn new_goal(name: &str, icon: &str) -> CreateGoalRequest {
    CreateGoalRequest { name: Some(name.to_owned()), icon: Some(icon.to_owned()) }
}

/// A goal as whoever looks at it reads it.
fn shown(goal: &Goal) -> (Option<GoalId>, Option<&str>, Option<&str>) {
    (goal.id, goal.name.as_deref(), goal.icon.as_deref())
}

pub(crate) async fn a_goal_is_made_changed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let before = whole(portal.list_goals().await);
    let made = portal.create_goal(&new_goal("Adopt a horse", "horse")).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!(shown(&made), (Some(id), Some("Adopt a horse"), Some("horse")));
    assert_eq!(portal.get_goal(id).await.unwrap(), made);
    assert!(whole(portal.list_goals().await).contains(&made));

    let changed = portal.update_goal(id, &UpdateGoalRequest::new("Adopt a cat".into(), "cat".into())).await.unwrap();
    assert_eq!(shown(&changed), (Some(id), Some("Adopt a cat"), Some("cat")));
    assert_eq!(portal.get_goal(id).await.unwrap(), changed);

    portal.delete_goal(id).await.unwrap();
    assert_gone(portal.get_goal(id).await);
    assert_gone(portal.delete_goal(id).await);
    assert_eq!(whole(portal.list_goals().await), before);
    assert_refused(portal.create_goal(&CreateGoalRequest::default()).await, &["icon", "name"]);
}

pub(crate) async fn goals_are_given_to_a_client_and_taken_away(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(2));
    let names = async || {
        let goals = whole(portal.list_client_goals(client).await);
        goals.iter().map(|goal| goal.name.clone().unwrap()).collect::<Vec<_>>()
    };
    let all = whole(portal.list_goals().await);
    let every = GoalIdsRequest::new(all.iter().filter_map(|goal| goal.id).collect());
    portal.remove_client_goals(client, &every).await.unwrap();
    assert!(names().await.is_empty());

    let [first, second, third] = [0, 1, 2].map(|place: usize| all[place].clone());
    let ids = |goals: &[&Goal]| GoalIdsRequest::new(goals.iter().filter_map(|goal| goal.id).collect());
    let answer = whole(portal.assign_client_goals(client, &ids(&[&first, &second])).await);
    assert_eq!(answer, [first.clone(), second.clone()], "the answer shows the goals the client has now");
    let answer = whole(portal.assign_client_goals(client, &ids(&[&second, &third])).await);
    assert_eq!(answer.len(), 3, "what the client has already is neither lost nor doubled");
    assert_eq!(whole(portal.list_client_goals(client).await), answer);

    portal.remove_client_goals(client, &ids(&[&first, &third])).await.unwrap();
    assert_eq!(names().await, [second.name.clone().unwrap()]);
    let unknown = GoalIdsRequest::new(vec![GoalId(99_999)]);
    assert_refused(portal.assign_client_goals(client, &unknown).await, &["goal_ids.0"]);
    assert_gone(portal.list_client_goals(ClientId(99_999)).await);

    let made = portal.create_goal(&new_goal("Adopt a horse", "horse")).await.unwrap();
    portal.assign_client_goals(client, &ids(&[&made])).await.unwrap();
    portal.delete_goal(made.id.unwrap()).await.unwrap();
    assert_eq!(names().await, [second.name.clone().unwrap()], "a deleted goal is nobody's");
}
