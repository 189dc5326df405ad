//! Clients: shown, found, and selected by conditions.

use crate::company::{CLIENTS, Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, bodies, every};
use domain::{ClientId, SegmentId};
use portal_api::clients::{Client, ClientsByConditionsRequest, ListClientsByConditionsQuery, ListClientsQuery};
use portal_api::segments::{Combinator, Rule};
use portal_api::{ApiError, Record, SortDirection, ToDomain};
use practice_portal::{Action, Change};
use serde_json::{Value, json};

type Asked = ListClientsQuery;

fn attribute(client: &Client, name: &str) -> Value {
    json!(client.attributes.get(name))
}

pub(crate) async fn a_client_is_shown_as_the_list_shows_it(company: &Company) {
    let portal = &company.portal;
    let all = every(portal.list_clients(&Asked::default()).rows()).await;
    let ids: Vec<_> = all.iter().map(|client| client.id.unwrap().0).collect();
    assert_eq!(ids, (1..=CLIENTS).collect::<Vec<_>>());
    for listed in &all {
        let shown = portal.get_client(listed.id.unwrap()).await.unwrap();
        assert_eq!(&shown, listed);
        let client = shown.value.to_domain().unwrap();
        assert_eq!(client.ssn.unwrap().expose().len(), 9, "the zeros that the number lost are back");
        assert!(client.mailing.is_complete() && client.birth_date.is_some() && !client.phones.is_empty());
    }
    let street = json!("4 Elm Street\nUnit Ü");
    let moved = Change::SetClientAttribute { client_id: 2, name: "MailingStreet".into(), value: street.clone() };
    company.server.change(moved).await.unwrap();
    assert_eq!(attribute(&portal.get_client(ClientId(2)).await.unwrap(), "MailingStreet"), street);
    assert_gone(portal.get_client(ClientId(99_999)).await);
}

pub(crate) async fn an_answer_that_comes_twice_is_never_taken_for_that_of_another_client(company: &Company) {
    let (portal, mut met) = (&company.portal, 0);
    for _ in 0..20 {
        company.server.faults().add(practice_portal::Rule::on("GET /clients/{id}", Action::AnswerTwice));
        assert_eq!(portal.get_client(ClientId(1)).await.unwrap().id, Some(ClientId(1)));
        match portal.get_client(ClientId(2)).await {
            Ok(client) => assert_eq!(client.id, Some(ClientId(2))),
            Err(error) => {
                assert!(matches!(error, ApiError::Unreachable { nothing_sent: false, .. }), "{error:?}");
                met += 1;
            }
        }
        assert_eq!(portal.get_client(ClientId(2)).await.unwrap().id, Some(ClientId(2)), "and then all is well");
    }
    assert!(met > 0, "the second answer came before the next at least once");
}

pub(crate) async fn clients_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_clients(&query).rows()).await;
    let all = list(Asked::default()).await;
    assert_pages(5, &all, portal.list_clients(&Asked { per_page: Some(5), ..Asked::default() }).stream()).await;

    let (first, last) = (attribute(&all[3], "FirstName"), attribute(&all[3], "LastName"));
    let words = format!("{} {}", last.as_str().unwrap().to_uppercase(), first.as_str().unwrap());
    let found = list(Asked { search: Some(words), ..Asked::default() }).await;
    assert_filtered(&all, &found, |client| {
        attribute(client, "FirstName") == first && attribute(client, "LastName") == last
    });
    let found = list(Asked { search: Some("no such client".into()), ..Asked::default() }).await;
    assert!(found.is_empty());

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |client| json!(client.id.unwrap().0)),
            ("FirstName", |client| attribute(client, "FirstName")),
            ("MiddleName", |client| attribute(client, "MiddleName")),
            ("LastName", |client| attribute(client, "LastName")),
            ("Email", |client| attribute(client, "Email")),
            ("MobilePhone", |client| attribute(client, "MobilePhone")),
            ("Phone", |client| attribute(client, "Phone")),
            ("HomePhone", |client| attribute(client, "HomePhone")),
        ],
    )
    .await;
}

fn one_of(ids: &str) -> Rule {
    let rule = Rule {
        field: Some("id".into()),
        operator: Some("in".into()),
        value: Some(ids.into()),
        ..Rule::default()
    };
    Rule { combinator: Some(Combinator::And), not: Some(false), rules: vec![rule], ..Rule::default() }
}

pub(crate) async fn conditions_and_a_segment_select_clients_together_or_either(company: &Company) {
    let portal = &company.portal;
    let every_client = every(portal.list_clients(&Asked::default()).rows()).await;
    let selected = async |request: &ClientsByConditionsRequest| {
        let query = ListClientsByConditionsQuery::default();
        every(portal.list_clients_by_conditions(&query, request).rows()).await
    };
    let ids = |clients: &[Record<Client>]| clients.iter().map(|client| client.id.unwrap().0).collect::<Vec<_>>();

    let by_rules = ClientsByConditionsRequest { conditions: Some(one_of("2,3,5,8")), ..Default::default() };
    let found = selected(&by_rules).await;
    assert_eq!(ids(&found), [2, 3, 5, 8]);
    assert_filtered(&every_client, &found, |client| [2, 3, 5, 8].contains(&client.id.unwrap().0));

    let by_segment = ClientsByConditionsRequest { segment_id: Some(SegmentId(1)), ..Default::default() };
    let members = ids(&selected(&by_segment).await);
    assert!(!members.is_empty() && members.len() < every_client.len());
    for client in &every_client {
        let shown = client.segments.as_ref().and_then(|segment| segment.id) == Some(SegmentId(1));
        assert_eq!(shown, members.contains(&client.id.unwrap().0), "a client shows the first segment it is in");
    }

    let both = |combinator| ClientsByConditionsRequest {
        combinator: Some(combinator),
        conditions: Some(one_of("2,3,5,8")),
        segment_id: Some(SegmentId(1)),
    };
    let together = ids(&selected(&both(Combinator::And)).await);
    let either = ids(&selected(&both(Combinator::Or)).await);
    let chosen = |id: &i64| [2, 3, 5, 8].contains(id);
    assert_eq!(together, (1..=CLIENTS).filter(|id| chosen(id) && members.contains(id)).collect::<Vec<_>>());
    assert_eq!(either, (1..=CLIENTS).filter(|id| chosen(id) || members.contains(id)).collect::<Vec<_>>());

    let nobody = ClientsByConditionsRequest { conditions: Some(one_of("99999")), ..Default::default() };
    assert!(selected(&nobody).await.is_empty());
    let asked = ListClientsByConditionsQuery::default();
    let mut wrong = both(Combinator::And);
    wrong.segment_id = Some(SegmentId(99_999));
    wrong.conditions = Some(one_of("many"));
    let refused = portal.list_clients_by_conditions(&asked, &wrong).page(1).await;
    assert_refused(refused, &["conditions.rules.0.value", "segment_id"]);
}

pub(crate) async fn selected_clients_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let request =
        ClientsByConditionsRequest { conditions: Some(one_of("1,2,3,4,5,6,7,9,11")), ..Default::default() };
    let list = async |query: ListClientsByConditionsQuery| {
        every(portal.list_clients_by_conditions(&query, &request).rows()).await
    };
    let all = list(ListClientsByConditionsQuery::default()).await;
    let by_four = ListClientsByConditionsQuery { per_page: Some(4), ..Default::default() };
    assert_pages(4, &all, portal.list_clients_by_conditions(&by_four, &request).stream()).await;
    let ordinary = every(portal.list_clients(&Asked::default()).rows()).await;
    assert!(bodies(&all).iter().all(|body| bodies(&ordinary).contains(body)), "they are shown as ever");
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(ListClientsByConditionsQuery { sort_by, sort_direction, ..Default::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("FirstName", |client| attribute(client, "FirstName")),
            ("LastName", |client| attribute(client, "LastName")),
        ],
    )
    .await;
}
