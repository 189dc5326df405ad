//! Event definitions.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::EventDefinitionId;
use portal_api::SortDirection;
use portal_api::event_definitions::{
    CreateEventDefinitionRequest, DefinitionStatus, EventDefinition, ListEventDefinitionsQuery,
    UpdateEventDefinitionRequest,
};
use serde_json::json;

type Asked = ListEventDefinitionsQuery;

fn new_definition(schema: &[&str]) -> CreateEventDefinitionRequest {
    let schema = schema.iter().map(|key| (*key).to_owned()).collect();
    CreateEventDefinitionRequest::new("client_moved".into(), "A client moved house".into(), "desk".into(), schema)
}

pub(crate) async fn an_event_definition_is_made_and_changed_and_its_keys_become_a_schema(company: &Company) {
    let portal = &company.portal;
    let made = portal.create_event_definition(&new_definition(&["client_id", "address.city"])).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((made.name.as_deref(), made.source.as_deref()), (Some("client_moved"), Some("desk")));
    assert_eq!((made.description.as_deref(), &made.status), (Some("A client moved house"), &Some(DefinitionStatus::Draft)));
    let mut schema = made.schema.clone().unwrap();
    let text = json!({ "type": "string" });
    let address = json!({ "type": "object", "properties": { "city": text } });
    assert_eq!(json!(schema.properties), json!({ "client_id": text, "address": address }));
    schema.required.sort();
    assert_eq!(schema.required, ["address", "client_id"]);
    assert_eq!(portal.get_event_definition(id).await.unwrap(), made);
    assert!(every(portal.list_event_definitions(&Asked::default()).rows()).await.contains(&made));

    let change = UpdateEventDefinitionRequest {
        status: Some(DefinitionStatus::Active),
        schema: Some(vec!["client_id".into()]),
        ..UpdateEventDefinitionRequest::default()
    };
    let changed = portal.update_event_definition(id, &change).await.unwrap();
    assert_eq!((&changed.name, &changed.status), (&made.name, &Some(DefinitionStatus::Active)));
    assert_eq!(changed.schema.clone().unwrap().required, ["client_id"]);
    assert_eq!(portal.get_event_definition(id).await.unwrap(), changed);
    assert_gone(portal.get_event_definition(EventDefinitionId(99_999)).await);
    assert_gone(portal.update_event_definition(EventDefinitionId(99_999), &change).await);
    assert_refused(portal.create_event_definition(&new_definition(&[])).await, &["schema"]);
}

pub(crate) async fn event_definitions_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    portal.create_event_definition(&new_definition(&["client_id"])).await.unwrap();
    let list = async |query: Asked| every(portal.list_event_definitions(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_event_definitions(&Asked { per_page: Some(2), ..Asked::default() }).stream();
    assert_pages(2, &all, pages).await;
    let source = all[0].source.clone();
    let narrowed = list(Asked { source: source.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |definition| definition.source == source);
    let narrowed = list(Asked { status: Some(DefinitionStatus::Draft), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |definition| definition.status == Some(DefinitionStatus::Draft));
    let narrowed = list(Asked { search: Some("HOUSE moved".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |definition| definition.source.as_deref() == Some("desk"));
    let triggers = |definition: &EventDefinition| definition.trigger_event_conditions.len();
    assert!(all.iter().any(|definition| triggers(definition) > 0), "some start a workflow");

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |definition| json!(definition.id.unwrap().0)),
            ("name", |definition| json!(definition.name)),
            ("source", |definition| json!(definition.source)),
            ("status", |definition| json!(definition.status.as_ref().unwrap().code())),
            ("created_at", |definition| instant(definition.created_at)),
            ("updated_at", |definition| instant(definition.updated_at)),
        ],
    )
    .await;
}
