//! Furnishers.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::FurnisherKind;
use portal_api::SortDirection;
use portal_api::furnishers::{FurnisherRequest, ListFurnishersQuery};
use serde_json::json;

pub(crate) async fn a_furnisher_is_made_changed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async |query: ListFurnishersQuery| every(portal.list_furnishers(&query).rows()).await;
    let before = list(ListFurnishersQuery::default()).await;
    let new = FurnisherRequest {
        name: Some("Zzyzx Savings & Loan".into()),
        r#type: Some(FurnisherKind::OriginalCreditor),
        fax_number: Some("800-555-0100".into()),
    };
    let made = portal.create_furnisher(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((made.name.clone(), made.r#type.clone(), made.fax_number.clone()), (new.name, new.r#type, new.fax_number));
    // Reading one is documented as a goal (oddity 24): what both have must agree.
    let read = portal.get_furnisher(id).await.unwrap();
    assert_eq!((read.id.map(|id| id.0), read.name.clone()), (Some(id.0), made.name.clone()));
    assert_eq!(read.body, made.body);
    assert!(list(ListFurnishersQuery::default()).await.contains(&made));

    let change = FurnisherRequest { r#type: Some(FurnisherKind::PublicRecord), ..FurnisherRequest::default() };
    let changed = portal.update_furnisher(id, &change).await.unwrap();
    assert_eq!(changed.r#type, Some(FurnisherKind::PublicRecord));
    assert_eq!((&changed.name, &changed.fax_number), (&made.name, &made.fax_number), "what was not sent stays");
    assert_eq!(portal.get_furnisher(id).await.unwrap().body, changed.body);

    portal.delete_furnisher(id).await.unwrap();
    assert_gone(portal.get_furnisher(id).await);
    assert_gone(portal.delete_furnisher(id).await);
    assert_eq!(list(ListFurnishersQuery::default()).await, before);
    assert_refused(portal.create_furnisher(&FurnisherRequest::default()).await, &["name", "type"]);
    let odd = FurnisherRequest { r#type: Some(FurnisherKind::Other("Casino".into())), ..FurnisherRequest::default() };
    assert_refused(portal.update_furnisher(before[0].id.unwrap(), &odd).await, &["type"]);
}

pub(crate) async fn furnishers_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: ListFurnishersQuery| every(portal.list_furnishers(&query).rows()).await;
    let all = list(ListFurnishersQuery::default()).await;
    let asked = ListFurnishersQuery { per_page: Some(25), ..ListFurnishersQuery::default() };
    assert_pages(25, &all, portal.list_furnishers(&asked).stream()).await;

    let kind = FurnisherKind::GovernmentOffice;
    let narrowed = list(ListFurnishersQuery { r#type: Some(kind.clone()), ..ListFurnishersQuery::default() }).await;
    assert_filtered(&all, &narrowed, |furnisher| furnisher.r#type == Some(kind.clone()));
    let narrowed = list(ListFurnishersQuery { name: Some("BANK".into()), ..ListFurnishersQuery::default() }).await;
    assert_filtered(&all, &narrowed, |furnisher| furnisher.name.as_ref().unwrap().to_lowercase().contains("bank"));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(ListFurnishersQuery { sort_by, sort_direction, ..ListFurnishersQuery::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |furnisher| json!(furnisher.id.unwrap().0)),
            ("name", |furnisher| json!(furnisher.name)),
            ("type", |furnisher| json!(furnisher.r#type.as_ref().unwrap().code())),
            ("fax_number", |furnisher| json!(furnisher.fax_number)),
            ("created_at", |furnisher| instant(furnisher.created_at)),
            ("updated_at", |furnisher| instant(furnisher.updated_at)),
        ],
    )
    .await;
}
