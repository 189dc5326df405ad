//! What matters of a client before anything is done for them.

use super::{KbaProviderCode, RecordAccess};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What came of proving a client's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProofState {
    /// The answers were right, or a code was.
    Proven,
    /// The client counts as proven without questions.
    Skipped,
    /// The portal refused the answers.
    Refused,
}

/// The last proof with one provider, made from this desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofRow {
    /// Who asked; `null` for one that this build does not know.
    pub provider: Option<KbaProviderCode>,
    /// What came of it.
    pub state: ProofState,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// Which agent asked.
    pub author: String,
}

/// Something about a client that asks for the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClientAlertKind {
    /// Things of the client in the outbox wait for a decision.
    OutboxAsks,
    /// Answers are overdue.
    AnswersOverdue,
    /// Tasks are overdue.
    TasksOverdue,
    /// Items came back to a report after they were deleted.
    ItemsReinserted,
}

/// How many of one kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientAlert {
    /// Which.
    pub kind: ClientAlertKind,
    /// How many; never zero.
    pub count: u32,
    /// Days since the longest overdue of them was due.
    pub days: Option<u32>,
}

/// What matters of a client, as far as the cache knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClientStanding {
    /// The last proof of identity with each provider, the last first. The portal does not tell what was proven elsewhere, so
    /// none is not a "no".
    pub proofs: Vec<ProofRow>,
    /// Names of what the client bought, the first bought first.
    pub products: Vec<String>,
    /// What became of asking the portal for products.
    pub products_access: RecordAccess,
    /// Names of the client's goals, with those that wait to be given and without those that wait to be taken away.
    pub goals: Vec<String>,
    /// What became of asking the portal for the client's goals.
    pub goals_access: RecordAccess,
    /// What asks for the agent, the most pressing first.
    pub alerts: Vec<ClientAlert>,
}
