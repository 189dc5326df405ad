//! Fax settings.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::FaxSettingsId;
use portal_api::SortDirection;
use portal_api::fax_settings::{CreateFaxSettingsRequest, ListFaxSettingsQuery, UpdateFaxSettingsRequest};
use serde_json::json;

pub(crate) async fn fax_settings_are_made_listed_and_changed(company: &Company) {
    type Asked = ListFaxSettingsQuery;
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_fax_settings(&query).rows()).await;
    for count in [5, 0, 2] {
        let new = CreateFaxSettingsRequest { reattempt_count: Some(count) };
        let made = portal.create_fax_settings(&new).await.unwrap();
        assert_eq!(made.reattempt_count, Some(count));
        assert_eq!(list(Asked::default()).await.last(), Some(&made));
    }
    let all = list(Asked::default()).await;
    let pages = portal.list_fax_settings(&Asked { per_page: Some(3), ..Asked::default() }).stream();
    assert_pages(3, &all, pages).await;
    let narrowed = list(Asked { reattempt_count: Some("5".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |setting| setting.reattempt_count == Some(5));
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |setting| json!(setting.id.unwrap().0)),
            ("reattempt_count", |setting| json!(setting.reattempt_count)),
            ("created_at", |setting| instant(setting.created_at)),
            ("updated_at", |setting| instant(setting.updated_at)),
        ],
    )
    .await;

    let id = all[1].id.unwrap();
    let changed = portal.update_fax_settings(id, &UpdateFaxSettingsRequest::new(7)).await.unwrap();
    assert_eq!((changed.id, changed.reattempt_count), (Some(id), Some(7)));
    assert!(list(Asked::default()).await.contains(&changed));
    assert_gone(portal.update_fax_settings(FaxSettingsId(99_999), &UpdateFaxSettingsRequest::new(7)).await);
    assert_refused(portal.update_fax_settings(id, &UpdateFaxSettingsRequest::new(11)).await, &["reattempt_count"]);
    assert_refused(portal.create_fax_settings(&CreateFaxSettingsRequest::default()).await, &["reattempt_count"]);
}
