//! Segments: saved selections of clients or items.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant, whole};
use domain::{ClientId, SegmentId};
use portal_api::SortDirection;
use portal_api::clients::ListClientsQuery;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::segments::{
    Combinator, CreateSegmentRequest, ListSegmentsQuery, Rule, Segment, SegmentKind, UpdateSegmentRequest,
};
use practice_portal::Change;
use serde_json::json;

type Asked = ListSegmentsQuery;

fn rule(field: &str, value: &str) -> Rule {
    Rule {
        field: Some(field.into()),
        operator: Some("=".into()),
        value: Some(value.into()),
        ..Rule::default()
    }
}

fn all_of(rules: Vec<Rule>) -> Rule {
    Rule { combinator: Some(Combinator::And), not: Some(false), rules, ..Rule::default() }
}

fn segment(name: &str, kind: SegmentKind, conditions: Rule) -> CreateSegmentRequest {
    CreateSegmentRequest {
        name: Some(name.into()),
        description: Some(format!("{name}, saved")),
        r#type: Some(kind),
        conditions: Some(conditions),
        is_active: Some(true),
        is_archive: Some(false),
        ..CreateSegmentRequest::default()
    }
}

pub(crate) async fn a_segment_is_made_changed_refreshed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_segments(&Asked::new(false)).rows()).await;
    let before = list().await;
    let clients = every(portal.list_clients(&ListClientsQuery::default()).rows()).await;
    let state = |client: &portal_api::clients::Client| client.attributes["MailingState"].clone();
    let wanted = state(&clients[2]);
    let count = |wanted: &str| Some(clients.iter().filter(|client| state(client) == wanted).count() as i64);

    let new = segment("Of one state", SegmentKind::Client, all_of(vec![rule("MailingState", &wanted)]));
    let made = portal.create_segment(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.name, &made.description, &made.r#type), (&new.name, &new.description, &new.r#type));
    assert_eq!((made.is_active, made.is_archive, made.usage_count), (Some(true), Some(false), Some(0)));
    assert!(made.conditions.as_deref() == new.conditions.as_ref(), "the conditions come back as they were sent");
    assert_eq!(made.clients_count, count(&wanted));
    assert_eq!(portal.get_segment(id).await.unwrap(), made);
    assert!(list().await.contains(&made));

    // Somebody moves into the state; the saved members are chosen anew when they are refreshed.
    let stranger = clients.iter().find(|client| state(client) != wanted).unwrap().id.unwrap();
    let moves = Change::SetClientAttribute { client_id: stranger.0, name: "MailingState".into(), value: json!(wanted) };
    company.server.change(moves).await.unwrap();
    assert_eq!(portal.get_segment(id).await.unwrap().clients_count, count(&wanted));
    let refreshed = portal.refresh_segment(id).await.unwrap();
    assert_eq!(refreshed.clients_count, count(&wanted).map(|members| members + 1));
    let is_in = |segments: Vec<portal_api::Record<Segment>>| segments.iter().any(|segment| segment.id == Some(id));
    assert!(is_in(whole(portal.list_client_segments(stranger).await)));

    let change = UpdateSegmentRequest {
        name: Some("Nobody".into()),
        conditions: Some(all_of(vec![rule("MailingState", "no such state")])),
        is_active: Some(false),
        ..UpdateSegmentRequest::default()
    };
    let changed = portal.update_segment(id, &change).await.unwrap();
    assert_eq!((&changed.name, changed.is_active, changed.clients_count), (&change.name, Some(false), Some(0)));
    assert_eq!((&changed.description, changed.created_at), (&made.description, made.created_at));
    assert_eq!(portal.get_segment(id).await.unwrap(), changed);
    assert!(!is_in(whole(portal.list_client_segments(stranger).await)));

    portal.delete_segment(id).await.unwrap();
    assert_gone(portal.get_segment(id).await);
    assert_gone(portal.update_segment(id, &change).await);
    assert_gone(portal.refresh_segment(id).await);
    assert_gone(portal.export_segment(id).await);
    assert_gone(portal.delete_segment(id).await);
    assert_eq!(list().await, before);
    assert_refused(portal.delete_segment(SegmentId(1)).await, &["id"]);
    let wrong = CreateSegmentRequest {
        conditions: Some(all_of(vec![rule("shoe_size", "9")])),
        ..CreateSegmentRequest::default()
    };
    assert_refused(portal.create_segment(&wrong).await, &["conditions.rules.0.field", "name"]);
}

pub(crate) async fn a_segment_of_items_counts_them_and_exports_their_clients(company: &Company) {
    let portal = &company.portal;
    let new = segment("Collections", SegmentKind::NegativeItem, all_of(vec![rule("is_collection", "1")]));
    let made = portal.create_segment(&new).await.unwrap();
    let asked = ListNegativeItemsQuery { is_collection: Some(true), ..ListNegativeItemsQuery::default() };
    let items = every(portal.list_negative_items(&asked).rows()).await;
    let mut owners: Vec<i64> = items.iter().map(|item| item.client.as_ref().unwrap().id.unwrap().0).collect();
    owners.sort_unstable();
    owners.dedup();
    assert_eq!(made.negative_items_count, i64::try_from(items.len()).ok());
    assert_eq!(made.clients_count, i64::try_from(owners.len()).ok());

    let file = portal.export_segment(made.id.unwrap()).await.unwrap();
    assert!(file.kind().starts_with("text/csv") && file.file_name().unwrap().ends_with(".csv"));
    let table = String::from_utf8(file.bytes(1 << 20).await.unwrap()).unwrap();
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("id,client_key,email,"));
    for owner in &owners {
        let client = portal.get_client(ClientId(*owner)).await.unwrap();
        let ssn = client.ssn.as_ref().unwrap().expose().to_owned();
        assert!(table.contains(&format!("\n{owner},{},", client.client_key.as_deref().unwrap())));
        assert!(!table.contains(&ssn), "no social security number leaves by a list for mailings");
    }
}

pub(crate) async fn the_segments_of_a_client_are_those_whose_members_it_is(company: &Company) {
    let portal = &company.portal;
    for client in every(portal.list_clients(&ListClientsQuery::default()).rows()).await {
        let id = client.id.unwrap();
        let own = whole(portal.list_client_segments(id).await);
        assert!(!own.is_empty(), "every client is in a round");
        let active = own.iter().find(|segment| segment.is_active == Some(true) && segment.is_archive == Some(false));
        assert_eq!(client.segments.as_deref(), active.map(|segment| &segment.value), "the first of them is shown");
        let listed = every(portal.list_segments(&Asked { client_id: Some(id), ..Asked::new(false) }).rows()).await;
        let kept: Vec<_> = own.into_iter().filter(|segment| segment.is_archive == Some(false)).collect();
        assert_eq!(listed, kept);
    }
    assert_gone(portal.list_client_segments(ClientId(99_999)).await);
}

pub(crate) async fn segments_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_segments(&query).rows()).await;
    let all = list(Asked::new(false)).await;
    assert!(all.iter().all(|segment| segment.is_archive == Some(false)));
    let archived = list(Asked::new(true)).await;
    assert!(!archived.is_empty() && archived.iter().all(|segment| segment.is_archive == Some(true)));
    assert_pages(2, &all, portal.list_segments(&Asked { per_page: Some(2), ..Asked::new(false) }).stream()).await;

    let found = list(Asked { search: Some("DISPUTES way".into()), ..Asked::new(false) }).await;
    assert_filtered(&all, &found, |segment| segment.name.as_deref() == Some("Waiting for answers"));
    let narrowed = list(Asked { is_active: Some(false), ..Asked::new(false) }).await;
    assert_filtered(&all, &narrowed, |segment| segment.is_active == Some(false));
    let narrowed = list(Asked { r#type: Some(SegmentKind::NegativeItem), ..Asked::new(false) }).await;
    assert_filtered(&all, &narrowed, |segment| segment.r#type == Some(SegmentKind::NegativeItem));
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::new(false) }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |segment| json!(segment.id.unwrap().0)),
            ("name", |segment| json!(segment.name)),
            ("type", |segment| json!(segment.r#type.as_ref().unwrap().code())),
            ("created_at", |segment| instant(segment.created_at)),
            ("updated_at", |segment| instant(segment.updated_at)),
        ],
    )
    .await;
}
