//! Tasks about a client (API: Client Tasks).

use crate::clients::Client;
use crate::fields::{Beside, record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::workflows::WorkflowStep;
use crate::{Missing, Operation, Pages, Portal, ToDomain};
use domain::{ClientId, TaskId, UserId, item_named};
use jiff::Timestamp;

record! {
    /// `TaskResource`. The step that made it comes with its whole workflow, which holds records of other clients: the
    /// body that is kept has its key alone.
    pub struct Task without ["client", "workflow_step"] {
        id: Option<TaskId>,
        name: Option<String>,
        description: Option<String>,
        status: Option<String>,
        due_date: Option<Timestamp>,
        resource_type: Option<String>,
        resource_id: Option<String>,
        author: Option<Box<User>>,
        client: Option<Box<Client>>,
        workflow_step: Beside<WorkflowStep>,
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

impl ToDomain for Task {
    type Value = domain::Task;

    fn to_domain(self) -> Result<domain::Task, Missing> {
        Ok(domain::Task {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client.and_then(|client| client.id).ok_or(Missing("client.id"))?,
            name: self.name.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            status: self.status.unwrap_or_default(),
            due: self.due_date,
            item: item_named(&self.resource_type.unwrap_or_default(), &self.resource_id.unwrap_or_default()),
            author: self.author.map(|author| author.display_name()).unwrap_or_default(),
            created: self.created_at,
        })
    }
}

impl Portal {
    /// Filter and page the tasks of a client (API: `listClientTasks`).
    pub fn list_client_tasks(&self, query: &ListClientTasksQuery) -> Pages<Task> {
        Pages::new(self, Operation::ListClientTasks, &[], query, &())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn a_workflow_that_cannot_be_read_keeps_no_task_from_being_read_and_none_of_it_is_kept() {
        let body = r#"{"id":1,"name":"Call","client":{"id":7},"resource_type":"NegativeItem","resource_id":5,
                       "workflow_step":{"id":3,"step_order":"soon","workflow":{"clients":[{"ssn":123456789}]}}}"#;
        let task = decode::one::<Task>(body).unwrap();
        assert!(!task.body.contains("123456789") && task.body.contains("Call"), "{}", task.body);
        let task = task.value.to_domain().unwrap();
        assert_eq!((task.client, task.item), (ClientId(7), Some(domain::ItemId("5".into()))));
    }
}
