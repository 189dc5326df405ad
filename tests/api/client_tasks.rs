//! Tasks about clients.

use crate::company::{CLIENTS, Company, assert_refused};
use crate::lists::{assert_pages, assert_sorts, every, instant};
use domain::{ClientId, UserId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal_api::client_tasks::{ListClientTasksQuery, Task};
use portal_api::{Portal, Record, SortDirection};
use serde_json::json;

type Asked = ListClientTasksQuery;

async fn list(portal: &Portal, query: Asked) -> Vec<Record<Task>> {
    every(portal.list_client_tasks(&query).rows()).await
}

/// The clients with several tasks, and those.
async fn busy(portal: &Portal) -> Vec<(ClientId, Vec<Record<Task>>)> {
    let mut busy = Vec::new();
    for id in (1..=CLIENTS).map(ClientId) {
        let tasks = list(portal, Asked::new(id)).await;
        if tasks.len() > 1 {
            busy.push((id, tasks));
        }
    }
    busy
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

/// A way to narrow the list to what a task has, and whether another has it too.
type Narrowing = (fn(&Task, Asked) -> Asked, fn(&Task, &Task) -> bool);

fn author(task: &Task) -> Option<UserId> {
    task.author.as_ref().and_then(|author| author.id)
}

fn due(task: &Task) -> Date {
    TimeZone::UTC.to_datetime(task.due_date.unwrap()).date()
}

pub(crate) async fn tasks_are_narrowed_to_what_is_asked_for(company: &Company) {
    let portal = &company.portal;
    let narrowings: [Narrowing; 4] = [
        (
            |task, all| Asked { search: task.name.as_ref().map(|name| name.to_uppercase()), ..all },
            |task, other| task.name == other.name,
        ),
        (|task, all| Asked { status: task.status.clone(), ..all }, |task, other| task.status == other.status),
        (|task, all| Asked { due_date: task.due_date, ..all }, |task, other| due(task) == due(other)),
        (|task, all| Asked { author_id: author(task), ..all }, |task, other| author(task) == author(other)),
    ];
    let mut strictly = [0; 4];
    for (client, all) in busy(portal).await {
        for (place, (asked, fits)) in narrowings.iter().enumerate() {
            let narrowed = list(portal, asked(&all[0], Asked::new(client))).await;
            let expected: Vec<_> = all.iter().filter(|other| fits(&all[0], other)).cloned().collect();
            assert!(narrowed == expected, "way {place} of client {client}");
            strictly[place] += usize::from(narrowed.len() < all.len());
        }
    }
    assert!(strictly.iter().all(|times| *times > 0), "each way leaves something out: {strictly:?}");
}

pub(crate) async fn tasks_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    for (client, all) in busy(portal).await {
        let by_one = Asked { per_page: Some(1), ..Asked::new(client) };
        assert_pages(1, &all, portal.list_client_tasks(&by_one).stream()).await;
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
}
