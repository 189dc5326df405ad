//! Workflows and their runs, as tasks and events embed them.

use crate::clients::Client;
use crate::decode::{Wire, by_keys};
use crate::event_definitions::EventDefinition;
use crate::fields::record;
use crate::negative_items::NegativeItem;
use crate::segments::Segment;
use crate::templates::Template;
use crate::users::User;
use domain::WorkflowStepId;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

record! {
    /// `Event`.
    pub struct Event {
        id: Option<i64>,
        rudder_id: Option<String>,
        status: Option<String>,
        attributes: BTreeMap<String, String>,
        data: Map<String, Value>,
        client: Option<Box<Client>>,
        event_definition as "eventDefinition": Option<Box<EventDefinition>>,
        workflow_instances as "workflowInstances": Vec<WorkflowInstance>,
        occurred_at: Option<Timestamp>,
        received_at: Option<Timestamp>,
        processed_at: Option<Timestamp>,
    }
}

record! {
    /// `TriggerEventCondition`.
    pub struct TriggerEventCondition {
        id: Option<i64>,
        event_definition as "eventDefinition": Option<Box<EventDefinition>>,
        segment: Option<Box<Segment>>,
        trigger: Option<Box<Trigger>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `Trigger`.
    pub struct Trigger {
        id: Option<i64>,
        r#type: Option<String>,
        trigger_event_condition as "triggerEventCondition": Option<Box<TriggerEventCondition>>,
        workflow: Option<Box<Workflow>>,
        workflow_instances as "workflowInstances": Vec<WorkflowInstance>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `Workflow`.
    pub struct Workflow {
        id: Option<i64>,
        name: Option<String>,
        description: Option<String>,
        r#type: Option<String>,
        is_active: Option<bool>,
        is_archive: Option<bool>,
        is_version: Option<bool>,
        can_run_concurrently: Option<bool>,
        completion_status: Option<String>,
        exit_on_trigger_mismatch: Option<bool>,
        max_duration: Option<i64>,
        created_by as "createdBy": Option<Box<User>>,
        last_modified_by as "lastModifiedBy": Option<Box<User>>,
        trigger: Option<Box<Trigger>>,
        steps: Vec<WorkflowStep>,
        workflow_instances as "workflowInstances": Vec<WorkflowInstance>,
        workflow_notes as "workflowNotes": Vec<WorkflowNote>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `WorkflowStep`.
    pub struct WorkflowStep {
        id: Option<WorkflowStepId>,
        name: Option<String>,
        r#type: Option<String>,
        step_order: Option<i64>,
        is_children: Option<bool>,
        on_fail_exit: Option<bool>,
        config: Map<String, Value>,
        event_definition as "eventDefinition": Option<Box<EventDefinition>>,
        segment: Option<Box<Segment>>,
        template: Option<Box<Template>>,
        next_step_on_success as "nextStepOnSuccess": Option<Box<WorkflowStep>>,
        next_step_on_failure as "nextStepOnFailure": Option<Box<WorkflowStep>>,
        step_executions as "stepExecutions": Vec<WorkflowStepExecution>,
        workflow: Option<Box<Workflow>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `WorkflowInstance`.
    pub struct WorkflowInstance {
        id: Option<i64>,
        status: Option<String>,
        version_number: Option<i64>,
        client: Option<Box<Client>>,
        negative_item as "negativeItem": Option<Box<NegativeItem>>,
        event: Option<Box<Event>>,
        trigger: Option<Box<Trigger>>,
        workflow: Option<Box<Workflow>>,
        context: Map<String, Value>,
        result: Map<String, Value>,
        step_executions as "stepExecutions": Vec<WorkflowStepExecution>,
        start_time: Option<Timestamp>,
        end_time: Option<Timestamp>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

/// Whose run a step's run is: the documentation names the field `client` and shows a step (oddity 29).
#[derive(Clone, Debug, PartialEq)]
pub enum StepOrClient {
    /// The step.
    Step(Box<WorkflowStep>),
    /// The client.
    Client(Box<Client>),
}

impl<'de> Deserialize<'de> for StepOrClient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match by_keys(deserializer, &["client_key", "attributes", "ssn", "email"])? {
            Ok(client) => Self::Client(Box::new(client)),
            Err(step) => Self::Step(Box::new(step)),
        })
    }
}

impl Wire for StepOrClient {}

#[cfg(test)]
impl crate::fields::send::Sent for StepOrClient {
    fn sent(&self) -> Option<serde_json::Value> {
        match self {
            Self::Client(client) => client.sent(),
            Self::Step(step) => step.sent(),
        }
    }
}

/// What a step's run belongs to: the field is named `workflow` and shows an instance (oddity 29).
#[derive(Clone, Debug, PartialEq)]
pub enum InstanceOrWorkflow {
    /// The run of the workflow.
    Instance(Box<WorkflowInstance>),
    /// The workflow.
    Workflow(Box<Workflow>),
}

impl<'de> Deserialize<'de> for InstanceOrWorkflow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match by_keys(deserializer, &["steps", "is_version", "can_run_concurrently"])? {
            Ok(workflow) => Self::Workflow(Box::new(workflow)),
            Err(instance) => Self::Instance(Box::new(instance)),
        })
    }
}

impl Wire for InstanceOrWorkflow {}

#[cfg(test)]
impl crate::fields::send::Sent for InstanceOrWorkflow {
    fn sent(&self) -> Option<serde_json::Value> {
        match self {
            Self::Workflow(workflow) => workflow.sent(),
            Self::Instance(instance) => instance.sent(),
        }
    }
}

record! {
    /// `WorkflowStepExecution`.
    pub struct WorkflowStepExecution {
        id: Option<i64>,
        status: Option<String>,
        retry_count: Option<i64>,
        client: Option<Box<StepOrClient>>,
        workflow: Option<Box<InstanceOrWorkflow>>,
        error: Map<String, Value>,
        result: Map<String, Value>,
        start_time: Option<Timestamp>,
        end_time: Option<Timestamp>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `WorkflowNote`.
    pub struct WorkflowNote {
        id: Option<i64>,
        content: Option<String>,
        coordinate_x: Option<f64>,
        coordinate_y: Option<f64>,
        width: Option<f64>,
        height: Option<f64>,
        author: Option<Box<User>>,
        workflow: Option<Box<Workflow>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}
