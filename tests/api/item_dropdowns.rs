//! Drop-down lists of negative items.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use portal_api::SortDirection;
use portal_api::item_dropdowns::{
    CreateItemDropdownRequest, ListItemDropdownsByTypeQuery, UpdateItemDropdownRequest,
};
use serde_json::json;

pub(crate) async fn a_dropdown_option_is_made_listed_changed_and_deleted(company: &Company) {
    type Asked = ListItemDropdownsByTypeQuery;
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_item_dropdowns_by_type("type", &query).rows()).await;
    let before = list(Asked::default()).await;
    let new = CreateItemDropdownRequest::new("type".into(), "Foreclosure".into());
    let made = portal.create_item_dropdown(&new).await.unwrap();
    let id = made.id.unwrap();
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!((made.r#type.as_deref(), made.value.value.as_deref()), (Some("type"), Some("Foreclosure")));
    assert_eq!(made.created_by.as_ref().unwrap().id, Some(me.id));
    let all = list(Asked::default()).await;
    assert_eq!(all.last(), Some(&made));
    let others = every(portal.list_item_dropdowns_by_type("status", &Asked::default()).rows()).await;
    assert!(!others.is_empty() && others.iter().all(|option| option.r#type.as_deref() == Some("status")));
    assert_refused(portal.create_item_dropdown(&new).await, &["value"]);

    let pages = portal.list_item_dropdowns_by_type("type", &Asked { per_page: Some(4), ..Asked::default() }).stream();
    assert_pages(4, &all, pages).await;
    let narrowed = list(Asked { search: Some("FORE".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |option| option.id == Some(id));
    let narrowed = list(Asked { id: Some(id.to_string()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |option| option.id == Some(id));
    let narrowed = list(Asked { created_at: made.created_at, ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |option| option.id == Some(id));
    assert_eq!(list(Asked { author: Some(me.last_name.to_lowercase()), ..Asked::default() }).await, all);
    assert!(list(Asked { author: Some("nobody".into()), ..Asked::default() }).await.is_empty());
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |option| json!(option.id.unwrap().0)),
            ("value", |option| json!(option.value)),
            ("type", |option| json!(option.r#type)),
            ("created_at", |option| instant(option.created_at)),
            ("updated_at", |option| instant(option.updated_at)),
        ],
    )
    .await;

    let change = UpdateItemDropdownRequest::new("Repossession".into());
    let changed = portal.update_item_dropdown(id, &change).await.unwrap();
    assert_eq!((changed.id, changed.value.value.as_deref()), (Some(id), Some("Repossession")));
    assert!(list(Asked::default()).await.contains(&changed));
    portal.delete_item_dropdown(id).await.unwrap();
    assert_gone(portal.update_item_dropdown(id, &change).await);
    assert_gone(portal.delete_item_dropdown(id).await);
    assert_eq!(list(Asked::default()).await, before);
    let blank = CreateItemDropdownRequest::new(" ".into(), " ".into());
    assert_refused(portal.create_item_dropdown(&blank).await, &["type", "value"]);
}
