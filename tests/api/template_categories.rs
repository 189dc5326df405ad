//! Template categories.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use portal_api::SortDirection;
use portal_api::template_categories::{
    CreateTemplateCategoryRequest, ListTemplateCategoriesQuery, UpdateTemplateCategoryRequest,
};
use serde_json::json;

pub(crate) async fn a_template_category_is_made_listed_changed_and_deleted(company: &Company) {
    type Asked = ListTemplateCategoriesQuery;
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_template_categories(&query).rows()).await;
    let all = list(Asked::default()).await;
    let made = portal
        .create_template_category(&CreateTemplateCategoryRequest { name: Some("Holiday cards".into()) })
        .await
        .unwrap();
    let id = made.id.unwrap();
    assert_eq!(made.name.as_deref(), Some("Holiday cards"));
    assert_eq!(portal.get_template_category(id).await.unwrap(), made);
    let with_it = list(Asked::default()).await;
    assert_eq!(with_it.len(), all.len() + 1);
    let narrowed = list(Asked { name: Some("holiday".into()), ..Asked::default() }).await;
    assert_filtered(&with_it, &narrowed, |category| category.id == Some(id));
    let pages = portal.list_template_categories(&Asked { per_page: Some(2), ..Asked::default() }).stream();
    assert_pages(2, &with_it, pages).await;
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |category| json!(category.id.unwrap().0)),
            ("name", |category| json!(category.name)),
            ("created_at", |category| instant(category.created_at)),
            ("updated_at", |category| instant(category.updated_at)),
        ],
    )
    .await;

    let rename = UpdateTemplateCategoryRequest::new("Season's greetings".into());
    let changed = portal.update_template_category(id, &rename).await.unwrap();
    assert_eq!(changed.name.as_deref(), Some("Season's greetings"));
    assert_eq!(portal.get_template_category(id).await.unwrap(), changed);
    portal.delete_template_category(id).await.unwrap();
    assert_gone(portal.get_template_category(id).await);
    assert_gone(portal.update_template_category(id, &rename).await);
    assert_gone(portal.delete_template_category(id).await);
    assert_eq!(list(Asked::default()).await, all);
    assert_refused(portal.create_template_category(&CreateTemplateCategoryRequest::default()).await, &["name"]);
}
