//! What rules can be made of.

use crate::company::{Company, assert_refused};
use crate::lists::{assert_pages, every, whole};
use portal_api::clients::ListClientsQuery;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::query_builder::{GetQueryBuilderValuesQuery, QueryBuilderFieldsRequest, QueryBuilderValuesRequest};
use portal_api::segments::{Combinator, Rule};
use serde_json::json;
use std::collections::BTreeSet;

fn rule(field: &str, operator: &str, value: &str) -> Rule {
    Rule {
        field: Some(field.into()),
        operator: Some(operator.into()),
        value: Some(value.into()),
        ..Rule::default()
    }
}

fn values_of(field: &str) -> QueryBuilderValuesRequest {
    QueryBuilderValuesRequest { field_name: Some(field.into()), ..QueryBuilderValuesRequest::default() }
}

pub(crate) async fn every_field_of_every_model_has_a_type_whose_operators_are_listed(company: &Company) {
    let portal = &company.portal;
    let models = portal.list_query_builder_models().await.unwrap().data;
    assert_eq!(models, ["client", "negative_item"]);
    let types = whole(portal.list_attribute_types().await);
    let names: Vec<_> = types.iter().map(|kind| kind.type_name.as_deref().unwrap()).collect();
    assert!(types.iter().all(|kind| kind.available_values.contains(&json!("="))));
    for model in &models {
        let fields = portal.get_query_builder_fields(model, &QueryBuilderFieldsRequest::default()).await.unwrap().data;
        assert!(fields.len() > 10);
        for (name, field) in &fields {
            assert!(field["type"].as_str().is_some_and(|kind| names.contains(&kind)), "{name} of {model}");
        }
    }
    let all = portal.get_query_builder_fields("client", &QueryBuilderFieldsRequest::default()).await.unwrap().data;
    let below = QueryBuilderFieldsRequest { relation: Some("negative_items".into()), ..Default::default() };
    let items = portal.get_query_builder_fields("client", &below).await.unwrap().data;
    for (name, field) in &items {
        assert_eq!(&all[&format!("negative_items.{name}")], field, "below the relation it has its bare name");
    }
    assert!(items.contains_key("account_name") && !items.contains_key("FirstName"));
    let nowhere = QueryBuilderFieldsRequest {
        relation: Some("neighbours".into()),
        combinator: Some(Combinator::Or),
        ..Default::default()
    };
    assert_refused(portal.get_query_builder_fields("client", &nowhere).await, &["relation"]);
    assert_refused(portal.get_query_builder_fields("invoice", &Default::default()).await, &["modelName"]);
}

pub(crate) async fn the_values_of_a_field_are_those_of_the_selected_records(company: &Company) {
    let portal = &company.portal;
    let values = async |model: &str, request: &QueryBuilderValuesRequest| -> Vec<String> {
        let listed = portal.get_query_builder_values(model, &GetQueryBuilderValuesQuery::default(), request);
        every(listed.rows()).await.into_iter().map(|word| word.value.0).collect()
    };
    let clients = every(portal.list_clients(&ListClientsQuery::default()).rows()).await;
    let states = |of: &dyn Fn(i64) -> bool| -> Vec<String> {
        let some = clients.iter().filter(|client| of(client.id.unwrap().0));
        let states: BTreeSet<String> = some.map(|client| client.attributes["MailingState"].clone()).collect();
        states.into_iter().collect()
    };
    assert_eq!(values("client", &values_of("MailingState")).await, states(&|_| true));
    let some = QueryBuilderValuesRequest {
        conditions: Some(Rule {
            combinator: Some(Combinator::Or),
            rules: vec![rule("id", "=", "2"), rule("id", ">", "9")],
            ..Rule::default()
        }),
        combinator: Some(Combinator::And),
        ..values_of("MailingState")
    };
    assert_eq!(values("client", &some).await, states(&|id| id == 2 || id > 9));

    let items = every(portal.list_negative_items(&ListNegativeItemsQuery::default()).rows()).await;
    let kinds: BTreeSet<String> = items.iter().filter_map(|item| item.account_type.clone()).collect();
    let kinds: Vec<String> = kinds.into_iter().collect();
    assert_eq!(values("negative_item", &values_of("account_type")).await, kinds);
    assert_eq!(values("client", &values_of("negative_items.account_type")).await, kinds, "also by way of the client");

    let by_two = GetQueryBuilderValuesQuery { per_page: Some(2) };
    let all = values_of("account_name");
    let whole = every(portal.get_query_builder_values("negative_item", &by_two, &all).rows()).await;
    assert_pages(2, &whole, portal.get_query_builder_values("negative_item", &by_two, &all).stream()).await;
    let wrong = portal.get_query_builder_values("client", &by_two, &values_of("shoe_size"));
    assert_refused(wrong.page(1).await, &["field_name"]);
}
