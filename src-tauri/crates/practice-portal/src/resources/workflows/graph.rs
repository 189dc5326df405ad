//! Workflows as they are documented: every record carries the records it hangs together with, which carry it again.
//!
//! The documentation cuts a circle by an empty object. Here the record that would begin a circle, or lie deeper than
//! five records, is its key alone, and a list of such records is empty. A step execution names its step `client` and its
//! instance `workflow` (oddity 29).

use super::{CONDITIONS, DEFINITIONS, EVENTS, EXECUTIONS, INSTANCES, NOTES, STEPS, TRIGGERS, WORKFLOWS};
use crate::{
    portal::Portal,
    problem::Problem,
    records::{Record, Table},
    resources::{clients, negative_items, segments, templates, users},
    stored,
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Every record of the workflows, and those of others that they name.
#[derive(Debug)]
pub(crate) struct Graph {
    records: BTreeMap<&'static str, BTreeMap<i64, Record>>,
    others: BTreeMap<Other, BTreeMap<i64, Value>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    Clients,
    Items,
    Segments,
    Templates,
    Users,
}

const DEEPEST: usize = 5;

type Path<'a> = &'a [&'static str];

impl Graph {
    /// Reads all of them; they are few.
    pub(crate) async fn load(portal: &Portal, db: &mut SqliteConnection) -> Result<Graph, Problem> {
        let mut records = BTreeMap::new();
        let tables: [&'static Table; 9] =
            [&DEFINITIONS, &EVENTS, &CONDITIONS, &TRIGGERS, &WORKFLOWS, &STEPS, &INSTANCES, &EXECUTIONS, &NOTES];
        for table in tables {
            let ids = table.ids(db).await?;
            records.insert(table.name, table.get_all(db, &ids).await?);
        }
        let named = |field: &str| -> Vec<i64> {
            records.values().flat_map(BTreeMap::values).filter_map(|record| stored::number(record, field)).collect()
        };
        let others = BTreeMap::from([
            (Other::Clients, clients::whole(db, &named("client_id")).await?),
            (Other::Items, negative_items::whole(portal, db, &named("negative_item_id")).await?),
            (Other::Segments, segments::whole(db, &named("segment_id")).await?),
            (Other::Templates, templates::whole(db, &named("template_id")).await?),
            (Other::Users, users::all_full(db).await?),
        ]);
        Ok(Graph { records, others })
    }

    /// An event definition with what hangs on it, null when there is none.
    pub(crate) fn definition(&self, id: i64) -> Value {
        self.show(&DEFINITIONS, Some(id), &[])
    }

    /// A step with what hangs on it, null when there is none.
    pub(crate) fn step(&self, id: i64) -> Value {
        self.show(&STEPS, Some(id), &[])
    }

    fn other(&self, kind: Other, id: Option<i64>) -> Value {
        id.and_then(|id| self.others.get(&kind)?.get(&id)).cloned().unwrap_or(Value::Null)
    }

    /// The records of a table that name this key in a field.
    fn show_all(&self, table: &'static Table, field: &str, key: i64, path: Path<'_>) -> Value {
        if path.contains(&table.name) || path.len() >= DEEPEST {
            return json!([]);
        }
        let records = self.records.get(table.name).into_iter().flatten();
        let naming = records.filter(|(_, record)| stored::number(record, field) == Some(key));
        naming.map(|(id, _)| self.show(table, Some(*id), path)).collect()
    }

    fn show(&self, table: &'static Table, id: Option<i64>, path: Path<'_>) -> Value {
        let found = id.and_then(|id| Some((id, self.records.get(table.name)?.get(&id)?)));
        let Some((id, record)) = found else { return Value::Null };
        if path.contains(&table.name) || path.len() >= DEEPEST {
            return json!({ "id": id });
        }
        let deeper: Vec<&'static str> = path.iter().copied().chain([table.name]).collect();
        let own = record.iter().filter(|(name, _)| !name.ends_with("_id") || *name == "rudder_id");
        let mut shown: Record = own.map(|(name, value)| (name.clone(), value.clone())).collect();
        shown
            .extend(self.related(table, id, record, &deeper).into_iter().map(|(name, value)| (name.to_owned(), value)));
        if table.name == EVENTS.name {
            for instant in ["created_at", "updated_at"] {
                shown.remove(instant);
            }
        }
        Value::Object(shown)
    }

    fn related(&self, table: &'static Table, id: i64, record: &Record, path: Path<'_>) -> Vec<(&'static str, Value)> {
        let key = |field: &str| stored::number(record, field);
        let one = |table: &'static Table, field: &str| self.show(table, key(field), path);
        let all = |table: &'static Table, field: &str| self.show_all(table, field, id, path);
        let other = |kind: Other, field: &str| self.other(kind, key(field));
        match table.name {
            "event_definitions" => vec![
                ("events", all(&EVENTS, "event_definition_id")),
                ("triggerEventConditions", all(&CONDITIONS, "event_definition_id")),
            ],
            "events" => vec![
                ("client", other(Other::Clients, "client_id")),
                ("eventDefinition", one(&DEFINITIONS, "event_definition_id")),
                ("workflowInstances", all(&INSTANCES, "event_id")),
            ],
            "trigger_event_conditions" => vec![
                ("eventDefinition", one(&DEFINITIONS, "event_definition_id")),
                ("segment", other(Other::Segments, "segment_id")),
                ("trigger", self.show(&TRIGGERS, self.trigger_of(id), path)),
            ],
            "triggers" => vec![
                ("triggerEventCondition", one(&CONDITIONS, "condition_id")),
                ("workflow", one(&WORKFLOWS, "workflow_id")),
                ("workflowInstances", all(&INSTANCES, "trigger_id")),
            ],
            "workflows" => vec![
                ("createdBy", other(Other::Users, "created_by_id")),
                ("lastModifiedBy", other(Other::Users, "last_modified_by_id")),
                ("trigger", self.show(&TRIGGERS, self.first(&TRIGGERS, "workflow_id", id), path)),
                ("steps", all(&STEPS, "workflow_id")),
                ("workflowInstances", all(&INSTANCES, "workflow_id")),
                ("workflowNotes", all(&NOTES, "workflow_id")),
            ],
            "workflow_steps" => vec![
                ("eventDefinition", one(&DEFINITIONS, "event_definition_id")),
                ("segment", other(Other::Segments, "segment_id")),
                ("template", other(Other::Templates, "template_id")),
                ("nextStepOnSuccess", one(&STEPS, "next_success_id")),
                ("nextStepOnFailure", one(&STEPS, "next_failure_id")),
                ("stepExecutions", all(&EXECUTIONS, "step_id")),
                ("workflow", one(&WORKFLOWS, "workflow_id")),
            ],
            "workflow_instances" => vec![
                ("client", other(Other::Clients, "client_id")),
                ("negativeItem", other(Other::Items, "negative_item_id")),
                ("event", one(&EVENTS, "event_id")),
                ("trigger", one(&TRIGGERS, "trigger_id")),
                ("workflow", one(&WORKFLOWS, "workflow_id")),
                ("stepExecutions", all(&EXECUTIONS, "instance_id")),
            ],
            "workflow_step_executions" => {
                vec![("client", one(&STEPS, "step_id")), ("workflow", one(&INSTANCES, "instance_id"))]
            }
            "workflow_notes" => {
                vec![("author", other(Other::Users, "author_id")), ("workflow", one(&WORKFLOWS, "workflow_id"))]
            }
            _ => Vec::new(),
        }
    }

    fn trigger_of(&self, condition: i64) -> Option<i64> {
        self.first(&TRIGGERS, "condition_id", condition)
    }

    fn first(&self, table: &Table, field: &str, key: i64) -> Option<i64> {
        let records = self.records.get(table.name)?;
        records.iter().find(|(_, record)| stored::number(record, field) == Some(key)).map(|(id, _)| *id)
    }
}
