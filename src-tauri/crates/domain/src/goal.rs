//! What clients work towards.

use crate::GoalId;

/// A goal that clients can have (API: Goals).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Server key.
    pub id: GoalId,
    /// What it is called; may be empty.
    pub name: String,
}
