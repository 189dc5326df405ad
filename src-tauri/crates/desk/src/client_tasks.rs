//! Tasks about clients: read from the cache. The portal offers no way to make or change one.

use crate::clients::client_id;
use crate::contract::{
    ClientTasks, Id, TaskItem, TaskPage, TaskPart, TaskRow, TaskSearch, TaskStage, TasksDue, TasksDueFilter,
};
use crate::follow_ups::{MOST_LINES, SOON, days_between};
use crate::readings::access;
use crate::{Clock, Desk, Error};
use domain::{Task, TaskState, due_day};
use jiff::{SignedDuration, Timestamp};
use store::{DetailTable, KeptTask, WhichTasks};

/// Past the end of the last day that is soon, in every time zone.
const SURELY_LATER: SignedDuration = SignedDuration::from_hours((SOON as i64 + 3) * 24);

/// Rows that one call answers at most.
const MOST_ROWS: u32 = 500;

impl Desk {
    /// A client's tasks.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn task_list(&self, client: Id) -> Result<ClientTasks, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let tasks = open.store.client_tasks_of(client).await?;
        let reading = open.store.reading(client, DetailTable::Tasks).await?;
        Ok(ClientTasks { tasks: tasks.into_iter().map(|kept| self.task_row(kept)).collect(), access: access(reading) })
    }

    /// Open tasks of everyone that are overdue or due within a week.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn tasks_due(&self, filter: TasksDueFilter) -> Result<TasksDue, Error> {
        let open = self.ready().await?;
        let clock = &self.inner.ports.clock;
        let end = clock.now().checked_add(SURELY_LATER).unwrap_or(Timestamp::MAX);
        let today = clock.today();
        let mut total = 0;
        let mut overdue = 0;
        for at in open.store.times_due(end).await? {
            let left = days_between(today, due_day(at, |at| clock.date_of(at)));
            total += u32::from(left <= SOON);
            overdue += u32::from(left < 0);
        }
        let limit = filter.limit.min(MOST_LINES).min(total);
        let kept = open.store.tasks_due(end, limit).await?;
        let mut rows: Vec<TaskRow> = kept.into_iter().map(|kept| self.task_row(kept)).collect();
        rows.sort_by_key(|row| row.days_left);
        Ok(TasksDue { rows, total, overdue })
    }

    /// A page of everyone's tasks, with how many there are.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn task_search(&self, search: TaskSearch) -> Result<TaskPage, Error> {
        let open = self.ready().await?;
        let clock = &*self.inner.ports.clock;
        let overdue = WhichTasks::Overdue { today: clock.today(), began: today_began(clock) };
        let which = match search.part {
            TaskPart::Open => WhichTasks::Open,
            TaskPart::Overdue => overdue,
            TaskPart::Over => WhichTasks::Over,
        };
        let author = search.mine.then_some(open.account.agent.as_str());
        let kept = open.store.tasks(which, author, search.offset, search.limit.min(MOST_ROWS)).await?;
        Ok(TaskPage {
            rows: kept.into_iter().map(|kept| self.task_row(kept)).collect(),
            open: open.store.count_tasks(WhichTasks::Open, author).await?,
            overdue: open.store.count_tasks(overdue, author).await?,
            over: open.store.count_tasks(WhichTasks::Over, author).await?,
        })
    }

    fn task_row(&self, KeptTask { task, client, item_name }: KeptTask) -> TaskRow {
        let clock = &self.inner.ports.clock;
        let stage = match task.state() {
            TaskState::Open => TaskStage::Open,
            TaskState::Done => TaskStage::Done,
            TaskState::Cancelled => TaskStage::Cancelled,
        };
        let due = task.due.map(|at| due_day(at, |at| clock.date_of(at)));
        TaskRow {
            id: task.id.to_string(),
            client_id: task.client.to_string(),
            client_name: client.full(),
            name: task.name,
            description: task.description,
            stage,
            status: task.status,
            due_on: due.map(|day| day.to_string()),
            days_left: due.map(|day| days_between(clock.today(), day)),
            item: task.item.map(|id| TaskItem { id: id.to_string(), account_name: item_name }),
            author: task.author,
            created_at: task.created.map(|at| at.to_string()),
        }
    }
}

/// Days since an open task was due; `None` when it is not overdue.
pub(crate) fn overdue(task: &Task, clock: &dyn Clock) -> Option<i32> {
    let due = due_day(task.due?, |at| clock.date_of(at));
    let late = days_between(due, clock.today());
    (task.state() == TaskState::Open && late > 0).then_some(late)
}

/// The first second of today where the agent works.
fn today_began(clock: &dyn Clock) -> Timestamp {
    let today = clock.today();
    let second = |second: i64| Timestamp::from_second(second).unwrap_or(Timestamp::MIN);
    let now = clock.now().as_second();
    // The day before is there, however long a day may be.
    let (mut before, mut within) = (now - 2 * 24 * 3600, now);
    while within - before > 1 {
        let middle = before + (within - before) / 2;
        if clock.date_of(second(middle)) < today {
            before = middle;
        } else {
            within = middle;
        }
    }
    second(within)
}
