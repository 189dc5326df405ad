//! Tracked events.

use crate::company::{Company, assert_gone};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use portal_api::SortDirection;
use portal_api::clickhouse_events::ListClickHouseEventsQuery;
use serde_json::json;

type Asked = ListClickHouseEventsQuery;

pub(crate) async fn the_latest_event_of_a_name_is_shown(company: &Company) {
    let portal = &company.portal;
    let all = every(portal.list_click_house_events(&Asked::default()).rows()).await;
    for event in &all {
        let name = event.event.as_deref().unwrap();
        let shown = portal.get_click_house_event(name).await.unwrap();
        let latest = all.iter().filter(|other| other.event == event.event).max_by_key(|other| other.timestamp).unwrap();
        assert_eq!(&shown, latest);
        assert!(shown.context["library"]["name"].is_string() && !shown.properties.is_empty());
    }
    assert_gone(portal.get_click_house_event("No Such Event/at all").await);
}

pub(crate) async fn events_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_click_house_events(&query).rows()).await;
    let all = list(Asked::default()).await;
    assert_pages(4, &all, portal.list_click_house_events(&Asked { per_page: Some(4), ..Asked::default() }).stream()).await;
    let narrowed = list(Asked { event: Some("user".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |event| event.event.as_ref().unwrap().starts_with("User"));
    let rudder = all[2].rudder_id.clone();
    let narrowed = list(Asked { rudder_id: rudder.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |event| event.rudder_id == rudder);
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("event", |event| json!(event.event)),
            ("rudderId", |event| json!(event.rudder_id)),
            ("timestamp", |event| instant(event.timestamp)),
        ],
    )
    .await;
}
