//! Workflows and what they hang together with: events and their definitions, triggers, steps, runs.
//!
//! No documented operation lists or changes workflows; they are seen through event definitions and tasks, and a step can
//! be tried in debug mode. All of them are the library's.

mod graph;
mod library;

pub(crate) use graph::Graph;

use super::{Resource, none, none_routes};
use crate::{
    portal::Portal,
    problem::Problem,
    records::{Column, Table},
};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(crate) static DEFINITIONS: Table = Table {
    name: "event_definitions",
    noun: "event definition",
    columns: &[
        Column::field("name", "/name"),
        Column::field("source", "/source"),
        Column::field("status", "/status"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/name", "/description"]),
    ],
};
static EVENTS: Table = Table { name: "events", noun: "event", columns: &[] };
static CONDITIONS: Table = Table {
    name: "trigger_event_conditions",
    noun: "trigger condition",
    columns: &[Column::field("segment_id", "/segment_id")],
};
static TRIGGERS: Table = Table {
    name: "triggers",
    noun: "trigger",
    columns: &[Column::field("condition_id", "/condition_id"), Column::field("workflow_id", "/workflow_id")],
};
static WORKFLOWS: Table = Table { name: "workflows", noun: "workflow", columns: &[] };
pub(crate) static STEPS: Table = Table { name: "workflow_steps", noun: "workflow step", columns: &[] };
static INSTANCES: Table = Table { name: "workflow_instances", noun: "workflow instance", columns: &[] };
static EXECUTIONS: Table = Table { name: "workflow_step_executions", noun: "step execution", columns: &[] };
static NOTES: Table = Table { name: "workflow_notes", noun: "workflow note", columns: &[] };

const HELD: Resource = Resource { tables: &[], routes: none_routes, library: none, further_schema: &[] };

/// Everything but the definitions, which have operations of their own.
pub(crate) const RESOURCES: [Resource; 8] = [
    Resource { tables: &[&EVENTS], library: library::events, ..HELD },
    Resource { tables: &[&CONDITIONS], library: library::conditions, ..HELD },
    Resource { tables: &[&TRIGGERS], library: library::triggers, ..HELD },
    Resource { tables: &[&WORKFLOWS], library: library::workflows, ..HELD },
    Resource { tables: &[&STEPS], library: library::steps, ..HELD },
    Resource { tables: &[&INSTANCES], library: library::instances, ..HELD },
    Resource { tables: &[&EXECUTIONS], library: library::executions, ..HELD },
    Resource { tables: &[&NOTES], library: library::notes, ..HELD },
];

/// The definitions of the library.
pub(crate) use library::definitions;

/// The steps that tasks of the practice clients came from.
pub(crate) const TASK_STEPS: [i64; 2] = [4, 8];

/// One step with what hangs on it, null when there is none.
pub(crate) async fn step(portal: &Portal, db: &mut SqliteConnection, id: i64) -> Result<Value, Problem> {
    Ok(Graph::load(portal, db).await?.step(id))
}
