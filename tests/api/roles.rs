//! Roles of the staff, and what each may do.

use crate::company::{Company, assert_gone};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every};
use domain::{ClientId, RoleId};
use portal_api::SortDirection;
use portal_api::notes::NoteRequest;
use portal_api::roles::ListRolesQuery;
use portal_api::snippets::SnippetRequest;
use practice_portal::Role;
use serde_json::json;
use std::collections::BTreeSet;

type Asked = ListRolesQuery;

pub(crate) async fn a_role_is_shown_as_it_is_listed_and_permits_what_it_says(company: &Company) {
    let portal = &company.portal;
    let all = every(portal.list_roles(&Asked::default()).rows()).await;
    for role in &all {
        assert_eq!(&portal.get_role(role.id.as_ref().unwrap()).await.unwrap(), role);
        assert!(!role.permissions.is_empty());
    }
    let permissions = |name: &str| -> BTreeSet<String> {
        let role = all.iter().find(|role| role.name.as_deref() == Some(name)).unwrap();
        role.permissions.iter().filter_map(|permission| permission.name.clone()).collect()
    };
    for (role, name) in [
        (Role::DisputeAgent, "Dispute agent"),
        (Role::TeamLead, "Team lead"),
        (Role::Administrator, "Administrator"),
        (Role::ReadOnly, "Read only"),
    ] {
        let session = company.staff(role).await;
        let permitted = permissions(name);
        let own: BTreeSet<String> = session.refresh_token().await.unwrap().user.permissions.into_iter().collect();
        assert_eq!(own, permitted, "who signs in has what the role says");
        let note = NoteRequest { client_id: Some(ClientId(1)), note_text: Some("Called.".into()) };
        assert_eq!(session.create_note(&note).await.is_ok(), permitted.contains("notes.manage"), "{name}");
        let snippet = SnippetRequest {
            name: Some(format!("Of{}", role.name())),
            content: Some("Yours,".into()),
            is_state_related: Some(false),
            ..SnippetRequest::default()
        };
        assert_eq!(session.create_snippet(&snippet).await.is_ok(), permitted.contains("snippets.manage"), "{name}");
    }
    assert_gone(portal.get_role(&RoleId("99999".into())).await);
}

pub(crate) async fn roles_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_roles(&query).rows()).await;
    let all = list(Asked::default()).await;
    assert_pages(2, &all, portal.list_roles(&Asked { per_page: Some(2), ..Asked::default() }).stream()).await;
    let narrowed = list(Asked { name: Some("AGENT".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |role| role.name.as_deref() == Some("Dispute agent"));
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |role| json!(role.id.as_ref().unwrap().0.parse::<i64>().unwrap())),
            ("name", |role| json!(role.name)),
        ],
    )
    .await;
}
