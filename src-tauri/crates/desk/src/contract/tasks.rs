//! Tasks about clients.

use super::RecordAccess;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskStage {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Not to be done any more.
    Cancelled,
}

/// The negative item that a task is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskItem {
    /// Which.
    pub id: String,
    /// Its account name; `null` when it is not in the cache.
    pub account_name: Option<String>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskRow {
    /// The portal's key.
    pub id: String,
    /// About whom.
    pub client_id: String,
    /// Their name.
    pub client_name: String,
    /// What is to be done.
    pub name: String,
    /// More about it; may be empty.
    pub description: String,
    /// How it stands.
    pub stage: TaskStage,
    /// The same in the portal's words; may be empty.
    pub status: String,
    /// The day it is due, ISO.
    pub due_on: Option<String>,
    /// Days from today to `due_on`; negative when it is past.
    pub days_left: Option<i32>,
    /// The item it is about.
    pub item: Option<TaskItem>,
    /// Who made it; may be empty.
    pub author: String,
    /// When, RFC 3339 UTC.
    pub created_at: Option<String>,
}

/// A client's tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientTasks {
    /// Open ones first, the most overdue first; then the others, newest first.
    pub tasks: Vec<TaskRow>,
    /// What became of asking the portal for them.
    pub access: RecordAccess,
}

/// How many of the tasks due to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TasksDueFilter {
    /// Rows at most, up to 200.
    pub limit: u32,
}

/// Open tasks of everyone that are overdue or due within a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TasksDue {
    /// The most overdue first, as many as were asked for.
    pub rows: Vec<TaskRow>,
    /// How many there are in all.
    pub total: u32,
    /// How many of them are overdue.
    pub overdue: u32,
}

/// Which of everyone's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskPart {
    /// Open ones by the moment they are due, the most overdue first, those without one last.
    Open,
    /// Open ones whose day is past, in the same order.
    Overdue,
    /// Done and cancelled ones, newest first.
    Over,
}

/// A page of everyone's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskSearch {
    /// Which.
    pub part: TaskPart,
    /// Only those that the agent made: the portal names who made a task, and nobody who is to do it.
    pub mine: bool,
    /// First row to answer.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

/// One page of everyone's tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskPage {
    /// Rows from `offset` on.
    pub rows: Vec<TaskRow>,
    /// How many are open.
    pub open: u32,
    /// How many of them are overdue.
    pub overdue: u32,
    /// How many are done or cancelled.
    pub over: u32,
}
