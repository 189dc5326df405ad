//! Templates and their previews.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{ClientId, TemplateId, TemplateKind};
use portal_api::SortDirection;
use portal_api::template_categories::ListTemplateCategoriesQuery;
use portal_api::templates::{CreateTemplateRequest, GetTemplatePreviewQuery, ListTemplatesQuery, NewTemplateContent};
use serde_json::json;
use std::collections::BTreeSet;

type Asked = ListTemplatesQuery;

fn block(section: Option<&str>, content: &str) -> NewTemplateContent {
    NewTemplateContent { section_type: section.map(str::to_owned), ..NewTemplateContent::new(content.into()) }
}

fn new_template(kind: TemplateKind, contents: Vec<NewTemplateContent>) -> CreateTemplateRequest {
    CreateTemplateRequest {
        name: Some("Own template".into()),
        r#type: Some(kind),
        is_dispute: Some(true),
        contents: Some(contents),
        ..CreateTemplateRequest::default()
    }
}

pub(crate) async fn a_template_is_made_shown_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_templates(&Asked::default()).rows()).await;
    let before = list().await;
    let categories = every(portal.list_template_categories(&ListTemplateCategoriesQuery::default()).rows()).await;
    let mut new = new_template(TemplateKind::Static, vec![block(None, "<p>Dear [ClientName], [NoSuchCode]</p>")]);
    new.category_id = categories[1].id;
    let made = portal.create_template(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.name, &made.r#type, made.is_dispute), (&new.name, &new.r#type, new.is_dispute));
    assert_eq!(made.category.as_deref(), Some(&categories[1].value));
    let texts: Vec<_> = made.contents.iter().map(|block| block.content.as_deref()).collect();
    assert_eq!(texts, [Some("<p>Dear [ClientName], [NoSuchCode]</p>")]);
    let listed = list().await.into_iter().find(|template| template.id == Some(id)).unwrap();
    assert_eq!((&listed.name, &listed.contents), (&made.name, &made.contents));

    let preview = async |client| {
        let asked = GetTemplatePreviewQuery { client_id: client };
        portal.get_template_preview(id, &asked).await.unwrap().preview_content.clone().unwrap()
    };
    let client = portal.get_client(ClientId(1)).await.unwrap();
    let name = |part: &str| client.attributes.get(part).filter(|text| !text.is_empty()).cloned();
    let name: Vec<String> = ["FirstName", "MiddleName", "LastName"].into_iter().filter_map(name).collect();
    assert_eq!(preview(client.id).await, format!("<p>Dear {}, [NoSuchCode]</p>", name.join(" ")));
    assert_eq!(preview(None).await, "<p>Dear [ClientName], [NoSuchCode]</p>", "nobody's name is known");
    let nobody = GetTemplatePreviewQuery { client_id: Some(ClientId(99_999)) };
    assert_refused(portal.get_template_preview(id, &nobody).await, &["client_id"]);

    portal.delete_template(id).await.unwrap();
    assert_gone(portal.get_template_preview(id, &GetTemplatePreviewQuery::default()).await);
    assert_gone(portal.delete_template(id).await);
    assert_eq!(list().await, before);
    assert_refused(portal.create_template(&CreateTemplateRequest::default()).await, &["contents", "name", "type"]);
    let sections = new_template(TemplateKind::Static, vec![block(Some("body"), "Text")]);
    assert_refused(portal.create_template(&sections).await, &["contents.0.section_type"]);
}

pub(crate) async fn a_smart_template_says_one_block_of_each_section_with_one_of_each_choice(company: &Company) {
    let portal = &company.portal;
    let contents = vec![
        block(Some("closing"), "{Yours|Thanks}."),
        block(Some("opening"), "{Hello|Dear} [FirstName],"),
        block(Some("opening"), "Good day,"),
        block(Some("body"), "{a|{b|c}} account."),
    ];
    let made = portal.create_template(&new_template(TemplateKind::Smart, contents)).await.unwrap();
    let first_name = portal.get_client(ClientId(1)).await.unwrap().attributes["FirstName"].clone();
    let asked = GetTemplatePreviewQuery { client_id: Some(ClientId(1)) };
    let mut possible = BTreeSet::new();
    for opening in [format!("Hello {first_name},"), format!("Dear {first_name},"), "Good day,".to_owned()] {
        for body in ["a", "b", "c"] {
            for closing in ["Yours", "Thanks"] {
                possible.insert(format!("{opening}{body} account.{closing}."));
            }
        }
    }
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        let preview = portal.get_template_preview(made.id.unwrap(), &asked).await.unwrap();
        seen.insert(preview.preview_content.clone().unwrap());
    }
    assert!(seen.is_subset(&possible), "{seen:?}");
    assert!(seen.len() > possible.len() / 2, "drawn anew each time: {seen:?}");
}

pub(crate) async fn templates_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_templates(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_templates(&Asked { per_page: Some(4), ..Asked::default() }).stream();
    assert_pages(4, &all, pages).await;

    let narrowed = list(Asked { r#type: Some(TemplateKind::Smart), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |template| template.r#type == Some(TemplateKind::Smart));
    let narrowed = list(Asked { name: Some("DISPUTE".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |template| template.name.as_ref().unwrap().to_lowercase().contains("dispute"));
    let category = all[1].category.as_ref().unwrap().name.clone().unwrap();
    let narrowed = list(Asked { category_name: Some(category.to_uppercase()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |template| {
        template.category.as_ref().is_some_and(|own| own.name.as_ref() == Some(&category))
    });

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |template| json!(template.id.map(|TemplateId(id)| id))),
            ("name", |template| json!(template.name)),
            ("type", |template| json!(template.r#type.as_ref().unwrap().code())),
            ("is_dispute", |template| json!(template.is_dispute)),
            ("created_at", |template| instant(template.created_at)),
            ("updated_at", |template| instant(template.updated_at)),
        ],
    )
    .await;
}
