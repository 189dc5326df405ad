//! What clients work towards (API: Goals, Client Goals).

use crate::fields::{record, request};
use crate::{ApiError, Done, Missing, Operation, Page, Portal, Record, ToDomain};
use domain::{ClientId, GoalId};
use jiff::Timestamp;

record! {
    /// `GoalResponse`.
    pub struct Goal {
        id: Option<GoalId>,
        name: Option<String>,
        icon: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// `GoalIdsRequest`.
    pub struct GoalIdsRequest {
        goal_ids: Vec<GoalId>,
        ;
    }
}

request! {
    /// `CreateGoalRequest`.
    pub struct CreateGoalRequest {
        ;
        icon: String,
        name: String,
    }
}

request! {
    /// `UpdateGoalRequest`.
    pub struct UpdateGoalRequest {
        name: String,
        icon: String,
        ;
    }
}

impl ToDomain for Goal {
    type Value = domain::Goal;

    fn to_domain(self) -> Result<domain::Goal, Missing> {
        Ok(domain::Goal { id: self.id.ok_or(Missing("id"))?, name: self.name.unwrap_or_default() })
    }
}

impl Portal {
    /// Detach goals from a client (API: `removeClientGoals`).
    pub async fn remove_client_goals(&self, client: ClientId, request: &GoalIdsRequest) -> Result<Done, ApiError> {
        self.done(Operation::RemoveClientGoals, &[&client], &(), request).await
    }

    /// Goals attached to a client (API: `listClientGoals`).
    pub async fn list_client_goals(&self, client: ClientId) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::ListClientGoals, &[&client], &(), &()).await
    }

    /// Attach several goals to a client (API: `assignClientGoals`).
    pub async fn assign_client_goals(
        &self,
        client: ClientId,
        request: &GoalIdsRequest,
    ) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::AssignClientGoals, &[&client], &(), request).await
    }

    /// Every goal there is (API: `listGoals`).
    pub async fn list_goals(&self) -> Result<Page<Goal>, ApiError> {
        self.list(Operation::ListGoals, &[], &(), &()).await
    }

    /// Add a goal with its badge icon (API: `createGoal`).
    pub async fn create_goal(&self, request: &CreateGoalRequest) -> Result<Record<Goal>, ApiError> {
        self.one(Operation::CreateGoal, &[], &(), request).await
    }

    /// Remove a goal (API: `deleteGoal`).
    pub async fn delete_goal(&self, id: GoalId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteGoal, &[&id], &(), &()).await
    }

    /// Read one goal (API: `getGoal`).
    pub async fn get_goal(&self, id: GoalId) -> Result<Record<Goal>, ApiError> {
        self.one(Operation::GetGoal, &[&id], &(), &()).await
    }

    /// Change a goal (API: `updateGoal`).
    pub async fn update_goal(&self, id: GoalId, request: &UpdateGoalRequest) -> Result<Record<Goal>, ApiError> {
        self.one(Operation::UpdateGoal, &[&id], &(), request).await
    }
}
