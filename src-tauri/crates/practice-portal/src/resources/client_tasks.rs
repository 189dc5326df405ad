//! Tasks about clients, some of them made by a step of a workflow.

use super::{Resource, clients, none, users, workflows};
use crate::{
    fields::Query,
    kinds::Kind,
    list::{ANY_TEXT, Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, routing::get};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "client_tasks",
    noun: "task",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("name", "/name"),
        Column::field("status", "/status"),
        Column::field("due_date", "/due_date"),
        Column::field("author_id", "/author_id"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/name", "/description"]),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[
        Filter::is("client_id", Kind::Integer).required(),
        Filter::words("search", "words"),
        Filter::is("status", ANY_TEXT),
        Filter::on_day_of("due_date"),
        Filter::is("author_id", Kind::Integer),
    ],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("status", "status"),
        ("due_date", "due_date"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/client-tasks", get(list))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&portal, &mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn shown(portal: &Portal, db: &mut SqliteConnection, tasks: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let owners = clients::whole(db, &stored::keys(&tasks, "client_id")).await?;
    let mut shown = Vec::new();
    for mut task in tasks {
        let step = match stored::number(&task, "workflow_step_id") {
            Some(step) => workflows::step(portal, db, step).await?,
            None => Value::Null,
        };
        task.remove("workflow_step_id");
        task.insert("workflow_step".into(), step);
        let task = stored::embed(task, "author_id", "author", &authors);
        shown.push(stored::embed(task, "client_id", "client", &owners));
    }
    Ok(shown)
}
