//! Tasks about clients.

use crate::company::{CLIENTS, Company, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::ClientId;
use jiff::tz::TimeZone;
use portal_api::client_tasks::{ListClientTasksQuery, Task};
use portal_api::{Portal, Record, SortDirection};
use serde_json::json;

type Asked = ListClientTasksQuery;

async fn list(portal: &Portal, query: Asked) -> Vec<Record<Task>> {
    every(portal.list_client_tasks(&query).rows()).await
}

/// The client with the most tasks, and those.
async fn busiest(portal: &Portal) -> (ClientId, Vec<Record<Task>>) {
    let mut busiest = (ClientId(0), Vec::new());
    for id in (1..=CLIENTS).map(ClientId) {
        let tasks = list(portal, Asked::new(id)).await;
        if tasks.len() > busiest.1.len() {
            busiest = (id, tasks);
        }
    }
    busiest
}

pub(crate) async fn a_task_says_whose_it_is_and_which_step_made_it(company: &Company) {
    let portal = &company.portal;
    let mut made_by_steps = 0;
    for id in (1..=CLIENTS).map(ClientId) {
        for task in list(portal, Asked::new(id)).await {
            assert_eq!(task.client.as_ref().unwrap().id, Some(id));
            assert!(task.author.as_ref().unwrap().id.is_some() && task.due_date.is_some());
            assert!(task.name.as_ref().is_some_and(|name| !name.is_empty()));
            if let Some(step) = task.workflow_step.as_deref() {
                made_by_steps += 1;
                assert_eq!(step.r#type.as_deref(), Some("create_task"));
                assert!(step.workflow.as_ref().is_some_and(|workflow| workflow.name.is_some()));
            }
        }
    }
    assert!(made_by_steps > 0);
    let mut nobody = Asked::new(ClientId(1));
    nobody.sort_by = Some("salary".into());
    assert_refused(portal.list_client_tasks(&nobody).page(1).await, &["sort_by"]);
}

pub(crate) async fn tasks_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let (client, all) = busiest(portal).await;
    let by_one = Asked { per_page: Some(1), ..Asked::new(client) };
    assert_pages(1, &all, portal.list_client_tasks(&by_one).stream()).await;

    let task = all[0].value.clone();
    let name = task.name.clone().unwrap();
    let found = list(portal, Asked { search: Some(name.to_uppercase()), ..Asked::new(client) }).await;
    assert_filtered(&all, &found, |task| task.name.as_deref() == Some(&name));
    let narrowed = list(portal, Asked { status: task.status.clone(), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |other| other.status == task.status);
    let day = |task: &Task| TimeZone::UTC.to_datetime(task.due_date.unwrap()).date();
    let narrowed = list(portal, Asked { due_date: Some(day(&task)), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |other| day(other) == day(&task));
    let author = |task: &Task| task.author.as_ref().unwrap().id;
    let narrowed = list(portal, Asked { author_id: author(&task), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |other| author(other) == author(&task));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(portal, Asked { sort_by, sort_direction, ..Asked::new(client) }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |task| json!(task.id.as_ref().unwrap().0)),
            ("name", |task| json!(task.name)),
            ("status", |task| json!(task.status)),
            ("due_date", |task| instant(task.due_date)),
            ("created_at", |task| instant(task.created_at)),
            ("updated_at", |task| instant(task.updated_at)),
        ],
    )
    .await;
}
