//! A client's goals: given and taken away here, sent through the outbox.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{ClientGoals, GoalChoice, GoalRow, GoalsChange, Id, OutboxItem};
use crate::desk::{Desk, Open};
use crate::readings::access;
use domain::outbox::Intent;
use domain::{ClientId, Goal, GoalId};
use std::collections::HashMap;
use std::sync::Arc;
use store::{DetailTable, OutboxEntry, OutboxFilter};

/// What a row of the outbox does to a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Given,
    TakenAway,
}

/// A goal of a client as the agent sees it: the portal's, with what waits in the outbox over it.
pub(crate) struct Standing {
    goal: Goal,
    waits: Option<(Change, OutboxItem)>,
}

impl Standing {
    /// The goal's name, unless it waits to be taken away.
    pub(crate) fn kept_name(&self) -> Option<&str> {
        let leaves = matches!(self.waits, Some((Change::TakenAway, _)));
        (!leaves).then_some(self.goal.name.as_str())
    }
}

impl Desk {
    /// A client's goals, those that wait in the outbox among them, and the goals there are to choose from.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn goal_list(&self, client: Id) -> Result<ClientGoals, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let choices = open.store.goals().await?;
        let goals = self.goals_standing(&open, client, &choices).await?.into_iter().map(|one| GoalRow {
            id: one.goal.id.to_string(),
            name: one.goal.name,
            pending: one.waits.map(|(_, item)| item),
        });
        Ok(ClientGoals {
            goals: goals.collect(),
            access: access(open.store.reading(client, DetailTable::Goals).await?),
            choices: choices.into_iter().map(|goal| GoalChoice { id: goal.id.to_string(), name: goal.name }).collect(),
            choices_access: access(open.store.goals_reading().await?),
        })
    }

    /// Queues goals for a client, each as a row of its own.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for none, and for one that the client has; [`Error::NotFound`] for a client or a goal that is not
    /// in the cache; [`Error::Waiting`] for one that waits in the outbox. Then nothing is queued.
    pub async fn goal_assign(&self, change: GoalsChange) -> Result<Vec<OutboxItem>, Error> {
        let (open, client, wanted) = self.goals_changed(&change).await?;
        let choices = open.store.goals().await?;
        let has = open.store.goals_of(client).await?;
        for id in &wanted {
            let goal = choices.iter().find(|goal| goal.id == *id).ok_or(Error::NotFound("goal"))?;
            if has.iter().any(|one| one.id == *id) {
                return Err(Error::bad("goalIds", format!("the client has the goal {} already", goal.name)));
            }
        }
        let rows = wanted.into_iter().map(|goal| self.row(client, Intent::AssignGoals { goals: vec![goal] }));
        self.enqueue(&open, rows.collect(), &[]).await
    }

    /// Queues the removal of goals from a client, each as a row of its own.
    ///
    /// # Errors
    /// As [`Desk::goal_assign`]; [`Error::NotFound`] for a goal that the client does not have.
    pub async fn goal_remove(&self, change: GoalsChange) -> Result<Vec<OutboxItem>, Error> {
        let (open, client, wanted) = self.goals_changed(&change).await?;
        let has = open.store.goals_of(client).await?;
        if wanted.iter().any(|id| has.iter().all(|one| one.id != *id)) {
            return Err(Error::NotFound("goal of this client"));
        }
        let rows = wanted.into_iter().map(|goal| self.row(client, Intent::RemoveGoals { goals: vec![goal] }));
        self.enqueue(&open, rows.collect(), &[]).await
    }

    /// A client's goals by name, with what waits in the outbox over them.
    pub(crate) async fn goals_standing(
        &self,
        open: &Open,
        client: ClientId,
        choices: &[Goal],
    ) -> Result<Vec<Standing>, Error> {
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let mut waiting: HashMap<GoalId, (Change, OutboxItem)> = HashMap::new();
        if entries.iter().any(|entry| changes(entry).is_some()) {
            for (entry, item) in entries.iter().zip(self.shown(open, &entries).await?) {
                let Some((change, goals)) = changes(entry) else { continue };
                waiting.extend(goals.iter().map(|goal| (*goal, (change, item.clone()))));
            }
        }
        let mut standing: Vec<Standing> = Vec::new();
        for goal in open.store.goals_of(client).await? {
            let waits = waiting.remove(&goal.id);
            standing.push(Standing { goal, waits });
        }
        for (id, waits) in waiting {
            // One that is gone already has nothing to be shown on.
            if waits.0 == Change::Given {
                let known = choices.iter().find(|goal| goal.id == id).cloned();
                standing.push(Standing { goal: known.unwrap_or(Goal { id, name: String::new() }), waits: Some(waits) });
            }
        }
        standing.sort_by_key(|one| (one.goal.name.to_lowercase(), one.goal.id));
        Ok(standing)
    }

    /// The client and the goals of a change, once each, of which nothing waits.
    async fn goals_changed(&self, change: &GoalsChange) -> Result<(Arc<Open>, ClientId, Vec<GoalId>), Error> {
        let open = self.ready().await?;
        let client = client_id(&change.client_id, "clientId")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let mut wanted: Vec<GoalId> = Vec::new();
        for id in &change.goal_ids {
            let id = id.parse().map_err(|_| Error::bad("goalIds", "not the id of a goal"))?;
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        if wanted.is_empty() {
            return Err(Error::bad("goalIds", "Choose a goal first."));
        }
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let waits = |id| entries.iter().filter_map(changes).any(|(_, goals)| goals.contains(id));
        if wanted.iter().any(waits) {
            return Err(Error::Waiting("goal"));
        }
        Ok((open, client, wanted))
    }
}

/// What a row does to which goals.
fn changes(entry: &OutboxEntry) -> Option<(Change, &[GoalId])> {
    match entry {
        OutboxEntry::Row(row) => match &row.intent {
            Intent::AssignGoals { goals } => Some((Change::Given, goals)),
            Intent::RemoveGoals { goals } => Some((Change::TakenAway, goals)),
            _ => None,
        },
        OutboxEntry::Parked(_) => None,
    }
}
