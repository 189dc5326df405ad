//! Who may do what, and who may see whose.

use crate::support::{Agent, column};
use practice_portal::Role;
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn each_role_may_do_what_its_permissions_say_and_nothing_else() {
    let mut agent = Agent::sign_in().await;
    let note = json!({ "client_id": 1, "note_text": "x" });
    let furnisher = json!({ "name": "Tumbrel Bank", "type": "Original_Creditor" });
    let setting = json!({ "reattempt_count": 1 });
    for (role, allowed) in [
        (Role::Agent, [true, true, true, false]),
        (Role::DisputeAgent, [true, true, false, false]),
        (Role::TeamLead, [false, false, true, false]),
        (Role::Administrator, [true, true, true, true]),
        (Role::ReadOnly, [true, false, false, false]),
    ] {
        agent.become_staff(role).await;
        let statuses = [
            agent.get("/clients").await.0,
            agent.send(Method::POST, "/notes", note.clone()).await.0,
            agent.send(Method::POST, "/furnishers", furnisher.clone()).await.0,
            agent.send(Method::POST, "/fax-settings", setting.clone()).await.0,
        ];
        let refused = statuses.map(|status| status == StatusCode::FORBIDDEN);
        assert_eq!(refused, allowed.map(|allowed| !allowed), "{role:?}: {statuses:?}");
    }
}

#[tokio::test]
async fn what_is_refused_says_so_and_changes_nothing() {
    let mut agent = Agent::sign_in().await;
    agent.become_staff(Role::ReadOnly).await;
    let before = agent.all("/notes?client_id=1").await;
    let (status, body) = agent.send(Method::POST, "/notes", json!({ "client_id": 1, "note_text": "x" })).await;
    assert_eq!((status, body), (StatusCode::FORBIDDEN, json!({ "message": "This action is unauthorized." })));
    assert_eq!(agent.all("/notes?client_id=1").await, before);
}

#[tokio::test]
async fn the_practice_agent_reads_everything_that_letters_are_made_from() {
    let agent = Agent::sign_in().await;
    for path in [
        "/clients",
        "/clients/1/reports",
        "/negative-items",
        "/bureau-addresses",
        "/furnishers",
        "/templates",
        "/snippets",
        "/instructions",
        "/claim-codes",
        "/creditor-types",
        "/client-agreements?client_id=1",
        "/client-documents?client_id=1",
        "/attachments?entity_type=client&entity_id=1",
        "/notes",
        "/correspondences",
    ] {
        agent.ok(path).await;
    }
}

#[tokio::test]
async fn roles_name_their_permissions_and_accounts_carry_their_roles() {
    let mut agent = Agent::administrator().await;
    let roles = agent.all("/roles").await;
    assert_eq!(column(&roles, "/name"), ["Team lead", "Dispute agent", "Administrator", "Read only", "Client"]);
    assert_eq!(agent.ok("/roles/2").await["data"], roles[1]);
    assert_eq!(roles[1]["id"], "2", "a role's key is text in records");
    assert_eq!(agent.all("/roles?name=LEAD").await.len(), 1);
    assert_eq!(agent.get("/roles/99").await.0, StatusCode::NOT_FOUND);
    let known = agent.portal.credentials();
    let account: serde_json::Value = agent.login(&known.email, &known.password).await.json().await.unwrap();
    assert_eq!(column(account["user"]["roles"].as_array().unwrap(), "/name"), ["Dispute agent", "Team lead"]);
    agent.become_staff(Role::DisputeAgent).await;
    assert_eq!(agent.get("/roles").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_client_reaches_the_customer_portal_and_nothing_else() {
    let mut agent = Agent::sign_in().await;
    agent.become_client(2).await;
    let me = agent.ok("/customer-portal/me/2").await;
    assert_eq!(me["id"], 2);
    for path in ["/clients/2", "/notes?client_id=2", "/negative-items?client_id=2", "/roles"] {
        assert_eq!(agent.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    for path in [
        "/customer-portal/me/3",
        "/customer-portal/clients/3/goals",
        "/customer-portal/clients/3/agreements",
        "/customer-portal/clients/3/documents",
        "/customer-portal/clients/3/products",
        "/customer-portal/clients/3/negative-items",
    ] {
        assert_eq!(agent.get(path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(agent.portal.credentials_of_client(9_999).await.is_err());
}

#[tokio::test]
async fn staff_with_the_permission_see_a_clients_view() {
    let mut agent = Agent::sign_in().await;
    agent.become_client(2).await;
    let own = agent.ok("/customer-portal/clients/2/negative-items").await;
    agent.become_staff(Role::ReadOnly).await;
    let mut seen = agent.ok("/customer-portal/clients/2/negative-items").await;
    assert_eq!(seen["data"].take(), own["data"]);
    let goals = json!({ "goal_ids": [1] });
    let (status, _) = agent.send(Method::POST, "/customer-portal/clients/2/goals", goals).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    agent.become_staff(Role::TeamLead).await;
    assert_eq!(agent.get("/customer-portal/me/2").await.0, StatusCode::FORBIDDEN);
}
