//! Snippets.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{ClientId, TemplateKind};
use jiff::tz::TimeZone;
use portal_api::SortDirection;
use portal_api::snippets::{ListSnippetsQuery, SnippetRequest};
use portal_api::templates::{CreateTemplateRequest, GetTemplatePreviewQuery, NewTemplateContent};
use serde_json::json;

type Asked = ListSnippetsQuery;

fn snippet(name: &str, content: &str) -> SnippetRequest {
    SnippetRequest { name: Some(name.to_owned()), content: Some(content.to_owned()), ..SnippetRequest::default() }
}

pub(crate) async fn a_snippet_is_made_changed_copied_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_snippets(&Asked::default()).rows()).await;
    let before = list().await;
    let made = portal.create_snippet(&snippet("Greeting", "Yours, [AgentName] and [NoSuchCode]")).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!(made.name.as_deref(), Some("Greeting"));
    assert_eq!((made.is_state_related, &made.state_code), (Some(false), &None));
    let listed = async |id| list().await.into_iter().find(|snippet| snippet.id == Some(id));
    assert_eq!(listed(id).await.unwrap(), made, "the list shows the text as it was written");
    let me = portal.refresh_token().await.unwrap().user;
    let preview = portal.get_snippet_preview(id).await.unwrap();
    let filled = format!("Yours, {} {} and [NoSuchCode]", me.first_name, me.last_name);
    assert_eq!(preview.content.as_deref(), Some(filled.as_str()), "the preview fills what it knows");

    let change = SnippetRequest {
        content: Some("As the law of Delaware says.".into()),
        is_state_related: Some(true),
        state_code: Some("de".into()),
        ..SnippetRequest::default()
    };
    let changed = portal.update_snippet(id, &change).await.unwrap();
    assert_eq!((&changed.name, &changed.content), (&made.name, &change.content));
    assert_eq!((changed.is_state_related, changed.state_code.as_deref()), (Some(true), Some("DE")));
    assert_eq!(listed(id).await.unwrap(), changed);

    let first = portal.clone_snippet(id).await.unwrap();
    let second = portal.clone_snippet(id).await.unwrap();
    assert!(first.id != second.id && first.id != Some(id));
    assert_eq!(first.name.as_deref(), Some("Copy Greeting"));
    assert_eq!(second.name.as_deref(), Some("Copy Greeting 1"));
    assert_eq!((&first.content, &first.state_code), (&changed.content, &changed.state_code));

    for id in [Some(id), first.id, second.id] {
        portal.delete_snippet(id.unwrap()).await.unwrap();
        assert_gone(portal.get_snippet_preview(id.unwrap()).await);
    }
    assert_gone(portal.delete_snippet(id).await);
    assert_gone(portal.clone_snippet(id).await);
    assert_eq!(list().await, before);
    assert_refused(portal.create_snippet(&SnippetRequest::default()).await, &["content", "name"]);
    assert_refused(portal.create_snippet(&snippet("[Name]", "Text")).await, &["name"]);
    let nowhere = SnippetRequest { state_code: Some("ZZ".into()), ..snippet("Nowhere", "Text") };
    assert_refused(portal.create_snippet(&nowhere).await, &["state_code"]);
}

pub(crate) async fn a_clients_state_chooses_the_snippet_that_a_template_names(company: &Company) {
    let portal = &company.portal;
    let state = portal.get_client(ClientId(1)).await.unwrap().attributes["MailingState"].clone();
    let own = SnippetRequest { state_code: Some(state), ..snippet("LocalLaw", "the law at home") };
    portal.create_snippet(&own).await.unwrap();
    portal.create_snippet(&snippet("LocalLaw", "some law")).await.unwrap();
    let template = CreateTemplateRequest {
        name: Some("By law".into()),
        r#type: Some(TemplateKind::Static),
        contents: Some(vec![NewTemplateContent::new("I rely on [LocalLaw].".into())]),
        ..CreateTemplateRequest::default()
    };
    let template = portal.create_template(&template).await.unwrap().id.unwrap();
    let says = async |client_id| {
        let asked = GetTemplatePreviewQuery { client_id };
        portal.get_template_preview(template, &asked).await.unwrap().preview_content.clone().unwrap()
    };
    assert_eq!(says(Some(ClientId(1))).await, "I rely on the law at home.");
    assert_eq!(says(None).await, "I rely on some law.");
}

pub(crate) async fn snippets_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    portal.create_snippet(&snippet("Greeting", "Hello")).await.unwrap();
    let list = async |query: Asked| every(portal.list_snippets(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_snippets(&Asked { per_page: Some(5), ..Asked::default() }).stream();
    assert_pages(5, &all, pages).await;

    let id = all[2].id;
    let narrowed = list(Asked { id: id.map(|id| id.0), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |snippet| snippet.id == id);
    let narrowed = list(Asked { name: Some("NOTICE".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |snippet| snippet.name.as_deref() == Some("StateNotice"));
    let narrowed = list(Asked { state_code: Some("NY".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |snippet| snippet.state_code.as_deref() == Some("NY"));
    let day = TimeZone::UTC.to_datetime(all[0].created_at.unwrap()).date();
    let narrowed = list(Asked { created_at: Some(day), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |snippet| TimeZone::UTC.to_datetime(snippet.created_at.unwrap()).date() == day);

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |snippet| json!(snippet.id.unwrap().0)),
            ("name", |snippet| json!(snippet.name)),
            ("state_code", |snippet| json!(snippet.state_code)),
            ("is_state_related", |snippet| json!(snippet.is_state_related)),
            ("created_at", |snippet| instant(snippet.created_at)),
            ("updated_at", |snippet| instant(snippet.updated_at)),
        ],
    )
    .await;
}
