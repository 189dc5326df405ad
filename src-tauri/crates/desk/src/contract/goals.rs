//! What clients work towards.

use super::{OutboxItem, RecordAccess};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A goal that clients can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalChoice {
    /// The portal's key.
    pub id: String,
    /// What it is called; may be empty.
    pub name: String,
}

/// A goal of a client, or one that waits to become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalRow {
    /// The portal's key.
    pub id: String,
    /// What it is called; empty when nobody knows.
    pub name: String,
    /// The row of the outbox that gives it to the client, or takes it away.
    pub pending: Option<OutboxItem>,
}

/// A client's goals, and those there are to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientGoals {
    /// The client's by name, those that wait to be given or taken away among them.
    pub goals: Vec<GoalRow>,
    /// What became of asking the portal for them.
    pub access: RecordAccess,
    /// Every goal that the company has, by name.
    pub choices: Vec<GoalChoice>,
    /// What became of asking the portal for that list.
    pub choices_access: RecordAccess,
}

/// Gives goals to a client, or takes them away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GoalsChange {
    /// The client.
    pub client_id: String,
    /// The goals; each becomes a row of the outbox of its own.
    pub goal_ids: Vec<String>,
}
