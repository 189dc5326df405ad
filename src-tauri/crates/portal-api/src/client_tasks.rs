//! Tasks about a client (API: Client Tasks).

use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::workflows::WorkflowStep;
use crate::{Operation, Pages, Portal};
use domain::{ClientId, TaskId, UserId};
use jiff::Timestamp;

record! {
    /// `TaskResource`.
    pub struct Task without ["client"] {
        id: Option<TaskId>,
        name: Option<String>,
        description: Option<String>,
        status: Option<String>,
        due_date: Option<Timestamp>,
        resource_type: Option<String>,
        resource_id: Option<String>,
        author: Option<Box<User>>,
        client: Option<Box<Client>>,
        workflow_step: Option<Box<WorkflowStep>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listClientTasks` can be asked for.
    pub struct ListClientTasksQuery {
        client_id: ClientId,
        ;
        search: String,
        status: String,
        due_date: Timestamp,
        author_id: UserId,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

impl Portal {
    /// Filter and page the tasks of a client (API: `listClientTasks`).
    pub fn list_client_tasks(&self, query: &ListClientTasksQuery) -> Pages<Task> {
        Pages::new(self, Operation::ListClientTasks, &[], query, &())
    }
}
