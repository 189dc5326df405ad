//! Tasks about clients: pulled, read with the portal gone, the most overdue first, and refused without harm.

use crate::main_job::everyone;
use desk::Desk;
use desk::contract::{
    AgreementState, ClientTasks, Id, ProblemCode, RecordAccess, TaskPage, TaskPart, TaskRow, TaskSearch, TaskStage,
    TasksDueFilter,
};
use desk_tests::{Office, portal, sign_in, signed_in_and_synced, synced};
use practice_portal::{Action, Rule};
use serde_json::{Value, json};

async fn tasks(desk: &Desk, client: &str) -> ClientTasks {
    desk.task_list(Id { id: client.to_owned() }).await.unwrap()
}

async fn due(desk: &Desk, limit: u32) -> desk::contract::TasksDue {
    desk.tasks_due(TasksDueFilter { limit }).await.unwrap()
}

fn names(tasks: &[TaskRow]) -> Vec<&str> {
    tasks.iter().map(|task| task.name.as_str()).collect()
}

fn task(id: i64, name: &str, status: &str, due: Option<&str>) -> Value {
    json!({"id": id, "name": name, "status": status, "due_date": due, "resource_type": "client", "resource_id": "1"})
}

/// A desk whose only client has these tasks.
async fn with_tasks(office: &Office, rows: Value) -> Desk {
    let portal = portal(1).await;
    portal.faults().add(Rule::new("/client-tasks", Action::Status(200, json!({"data": rows}))).times(u32::MAX));
    let desk = signed_in_and_synced(office, &portal).await;
    portal.stop().await;
    desk
}

#[tokio::test]
async fn tasks_are_pulled_with_the_client_and_read_with_the_portal_gone() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let mut met = Vec::new();
    for client in everyone(&desk).await {
        let list = tasks(&desk, &client.id).await;
        assert_eq!(list.access, RecordAccess::Read);
        let card = desk.client_get(Id { id: client.id.clone() }).await.unwrap();
        let open: Vec<_> = list.tasks.iter().filter(|task| task.stage == TaskStage::Open).collect();
        assert_eq!(card.open_tasks as usize, open.len());
        assert!(list.tasks.iter().skip(open.len()).all(|task| task.stage != TaskStage::Open), "open ones come first");
        assert!(open.is_sorted_by_key(|task| task.days_left), "{open:?}");
        let items = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
        for task in &list.tasks {
            assert_eq!((&task.client_id, &task.client_name), (&client.id, &client.name));
            assert!(task.due_on.is_some() && !task.author.is_empty());
            if let Some(about) = &task.item {
                let item = items.iter().find(|item| item.id == about.id).unwrap();
                assert_eq!(about.account_name.as_ref(), Some(&item.account_name));
            }
        }
        met.extend(list.tasks);
    }
    assert!(met.iter().any(|task| task.item.is_some()), "some are about an item");
    assert!(met.iter().any(|task| task.stage == TaskStage::Done) && met.iter().any(|task| task.item.is_none()));

    let mut expected: Vec<_> =
        met.iter().filter(|task| task.stage == TaskStage::Open && task.days_left.unwrap() <= 7).collect();
    expected.sort_by_key(|task| task.days_left);
    let all = due(&desk, 200).await;
    let days = |rows: &[&TaskRow]| rows.iter().map(|task| task.days_left).collect::<Vec<_>>();
    assert!(!expected.is_empty(), "the practice portal has open tasks");
    assert_eq!(days(&all.rows.iter().collect::<Vec<_>>()), days(&expected));
    assert_eq!(all.total as usize, expected.len());
    assert_eq!(all.overdue as usize, expected.iter().filter(|task| task.days_left < Some(0)).count());
    let one = due(&desk, 1).await;
    assert_eq!((one.rows.len(), one.total), (1, all.total), "the count is of all");
    desk.close().await;
}

#[tokio::test]
async fn what_is_due_stands_in_its_order_and_what_is_done_is_not_due() {
    let office = Office::default();
    // It is Monday, November 23, 2026.
    let desk = with_tasks(
        &office,
        json!([
            task(1, "some day", "open", None),
            task(2, "next week", "in_progress", Some("2026-11-30T00:00:00Z")),
            task(3, "today", "open", Some("2026-11-23T00:00:00Z")),
            task(4, "done", "Completed", Some("2026-11-01T00:00:00Z")),
            task(5, "overdue", "open", Some("2026-11-20T15:00:00Z")),
            task(6, "next month", "open", Some("2026-12-20T15:00:00Z")),
            task(7, "cancelled", "canceled", Some("2026-11-21T15:00:00Z")),
            {"name": "without a key"},
        ]),
    )
    .await;
    let list = tasks(&desk, "1").await;
    assert_eq!(
        names(&list.tasks),
        ["overdue", "today", "next week", "next month", "some day", "cancelled", "done"],
        "open ones by their day, those without one last; then the others, newest first"
    );
    let left: Vec<_> = list.tasks.iter().map(|task| task.days_left).collect();
    assert_eq!(left, [Some(-3), Some(0), Some(7), Some(27), None, Some(-2), Some(-22)]);
    assert_eq!(list.tasks[2].status, "in_progress", "the portal's own word is kept");

    let all = due(&desk, 50).await;
    assert_eq!(names(&all.rows), ["overdue", "today", "next week"]);
    assert_eq!((all.total, all.overdue), (3, 1));
    assert_eq!(desk.sync_status(desk::contract::Empty {}).await.unwrap().parked, 1, "the odd one is kept aside");
    desk.close().await;
}

#[tokio::test]
async fn a_task_about_an_item_that_is_not_here_says_so() {
    let office = Office::default();
    let mut about = task(1, "check", "open", None);
    about["resource_type"] = "App\\Models\\NegativeItem".into();
    about["resource_id"] = 987_654.into();
    let desk = with_tasks(&office, json!([about])).await;
    let list = tasks(&desk, "1").await;
    let item = list.tasks[0].item.as_ref().unwrap();
    assert_eq!((item.id.as_str(), item.account_name.as_ref()), ("987654", None));
    desk.close().await;
}

#[tokio::test]
async fn tasks_that_may_not_be_read_are_named_and_keep_nothing_else_from_being_read() {
    for (status, access, problem) in [
        (403, RecordAccess::Forbidden, ProblemCode::Forbidden),
        (404, RecordAccess::Missing, ProblemCode::PortalFailed),
    ] {
        let (office, portal) = (Office::default(), portal(12).await);
        let answer = Action::Status(status, json!({"message": "No."}));
        portal.faults().add(Rule::new("/client-tasks", answer).times(u32::MAX));
        let desk = office.desk().await;
        desk.session_sign_in(sign_in(&portal)).await.unwrap();
        let told = synced(&desk).await;
        assert!(told.finished_at.is_some(), "everything else is whole");
        let said = told.problem.unwrap();
        assert_eq!(said.code, problem);
        assert!(said.message.contains("tasks") && !said.message.contains("client details"), "{}", said.message);
        for client in everyone(&desk).await {
            assert_ne!(client.agreement, AgreementState::Unknown, "the client's details count as read");
            assert_eq!(tasks(&desk, &client.id).await.access, access);
        }
        assert_eq!(due(&desk, 50).await.total, 0);
        portal.faults().clear();
        assert_eq!(synced(&desk).await.problem, None);
        assert_eq!(tasks(&desk, "1").await.access, RecordAccess::Read);
        desk.close().await;
    }
}

#[tokio::test]
async fn a_task_that_is_done_in_the_portal_is_done_here_after_the_next_sync() {
    let (office, portal) = (Office::default(), portal(1).await);
    let answer = |status: &str| {
        let rows = json!({"data": [task(1, "call", status, Some("2026-11-20T15:00:00Z"))]});
        Rule::new("/client-tasks", Action::Status(200, rows)).times(u32::MAX)
    };
    portal.faults().add(answer("open"));
    let desk = signed_in_and_synced(&office, &portal).await;
    assert_eq!(due(&desk, 50).await.total, 1);
    portal.faults().clear();
    portal.faults().add(answer("completed"));
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(due(&desk, 50).await.total, 0);
    assert_eq!(tasks(&desk, "1").await.tasks[0].stage, TaskStage::Done);
    desk.close().await;
}

async fn page(desk: &Desk, part: TaskPart, mine: bool, offset: u32, limit: u32) -> TaskPage {
    desk.task_search(TaskSearch { part, mine, offset, limit }).await.unwrap()
}

#[tokio::test]
async fn everyones_tasks_are_paged_in_their_order_and_counted() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let mut all = Vec::new();
    for client in everyone(&desk).await {
        all.extend(tasks(&desk, &client.id).await.tasks);
    }
    for mine in [false, true] {
        for (part, wanted) in [
            (TaskPart::Open, all.iter().filter(|task| task.stage == TaskStage::Open).collect::<Vec<_>>()),
            (
                TaskPart::Overdue,
                all.iter().filter(|task| task.stage == TaskStage::Open && task.days_left < Some(0)).collect(),
            ),
            (TaskPart::Over, all.iter().filter(|task| task.stage != TaskStage::Open).collect()),
        ] {
            let agent = desk_tests::session(&desk).await.agent.unwrap();
            let mut wanted: Vec<&TaskRow> = wanted.into_iter().filter(|task| !mine || task.author == agent).collect();
            let counts = page(&desk, part, mine, 0, 0).await;
            let told = match part {
                TaskPart::Open => counts.open,
                TaskPart::Overdue => counts.overdue,
                TaskPart::Over => counts.over,
            };
            assert_eq!(told as usize, wanted.len(), "{part:?}, {mine}");
            let mut read = Vec::new();
            for offset in (0..told).step_by(4) {
                read.extend(page(&desk, part, mine, offset, 4).await.rows);
            }
            let mut ids: Vec<_> = read.iter().map(|task| &task.id).collect();
            let days: Vec<_> = read.iter().map(|task| task.days_left).collect();
            if part == TaskPart::Over {
                assert!(days.is_sorted_by(|one, next| one >= next), "{days:?}");
            } else {
                assert!(days.is_sorted_by_key(|day| (day.is_none(), *day)), "{days:?}");
            }
            ids.sort();
            wanted.sort_by_key(|task| &task.id);
            assert_eq!(ids, wanted.iter().map(|task| &task.id).collect::<Vec<_>>(), "each stands on one page");
        }
    }
    desk.close().await;
}

#[tokio::test]
async fn a_task_is_overdue_when_its_day_is_past_not_its_hour() {
    let office = Office::default();
    // It is Monday, November 23, 2026, at three in the afternoon.
    let desk = with_tasks(
        &office,
        json!([
            task(1, "today without a time", "open", Some("2026-11-23T00:00:00Z")),
            task(2, "this morning", "open", Some("2026-11-23T09:00:00Z")),
            task(3, "yesterday without a time", "open", Some("2026-11-22T00:00:00Z")),
            task(4, "late last night", "open", Some("2026-11-22T23:59:59Z")),
            task(5, "whenever", "open", None),
            task(6, "done", "done", Some("2026-11-20T00:00:00Z")),
            task(7, "done some day", "done", None),
        ]),
    )
    .await;
    let overdue = page(&desk, TaskPart::Overdue, false, 0, 50).await;
    assert_eq!(names(&overdue.rows), ["yesterday without a time", "late last night"]);
    assert_eq!((overdue.open, overdue.overdue, overdue.over), (5, 2, 2));
    let open = page(&desk, TaskPart::Open, false, 1, 3).await;
    assert_eq!(names(&open.rows), ["late last night", "today without a time", "this morning"]);
    assert_eq!(names(&page(&desk, TaskPart::Over, false, 0, 50).await.rows), ["done", "done some day"]);
    assert!(page(&desk, TaskPart::Open, true, 0, 50).await.rows.is_empty(), "nobody is named as their author");
    desk.close().await;
}
