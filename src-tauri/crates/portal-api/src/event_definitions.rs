//! Kinds of events that start workflows (API: Event Definitions).

use crate::fields::read::Field;
use crate::fields::{open_enum, record, request};
use crate::page::SortDirection;
use crate::workflows::{Event, TriggerEventCondition};
use crate::{ApiError, Operation, Pages, Portal, Record};
use domain::EventDefinitionId;
use jiff::Timestamp;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

open_enum! {
    /// Whether a kind of event is in use.
    pub enum DefinitionStatus {
        Draft "draft",
        Active "active",
    }
}

/// `EventDefinitionSchema` as it is read. What is written is a list of dotted keys (oddity 42); a server that answers that
/// list is understood too. Never written back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventDefinitionSchema {
    /// JSON schema of each key.
    pub properties: Map<String, Value>,
    /// Keys that an event must have.
    pub required: Vec<String>,
}

impl Field for Option<EventDefinitionSchema> {
    fn field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = |value: Value| -> Result<Vec<String>, D::Error> {
            Vec::<String>::field(value).map_err(|_| D::Error::custom("expected a list of keys"))
        };
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            Value::Object(mut fields) => Ok(Some(EventDefinitionSchema {
                properties: Field::field(fields.remove("properties").unwrap_or_default())
                    .map_err(|_| D::Error::custom("expected an object"))?,
                required: words(fields.remove("required").unwrap_or_default())?,
            })),
            keys => Ok(Some(EventDefinitionSchema { properties: Map::new(), required: words(keys)? })),
        }
    }
}

#[cfg(test)]
impl crate::fields::send::Sent for EventDefinitionSchema {
    fn sent(&self) -> Option<Value> {
        Some(serde_json::json!({ "properties": self.properties, "required": self.required }))
    }
}

record! {
    /// `EventDefinitionResource`.
    pub struct EventDefinition {
        id: Option<EventDefinitionId>,
        name: Option<String>,
        description: Option<String>,
        source: Option<String>,
        status: Option<DefinitionStatus>,
        schema: Option<EventDefinitionSchema>,
        events: Vec<Event>,
        trigger_event_conditions as "triggerEventConditions": Vec<TriggerEventCondition>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listEventDefinitions` can be asked for.
    pub struct ListEventDefinitionsQuery {
        ;
        search: String,
        source: String,
        status: DefinitionStatus,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// `CreateEventDefinitionRequest`.
    pub struct CreateEventDefinitionRequest {
        name: String,
        description: String,
        source: String,
        schema: Vec<String>,
        ;
        status: DefinitionStatus,
    }
}

request! {
    /// `UpdateEventDefinitionRequest`.
    pub struct UpdateEventDefinitionRequest {
        ;
        description: String,
        name: String,
        schema: Vec<String>,
        source: String,
        status: DefinitionStatus,
    }
}

impl Portal {
    /// Filter and page the event definitions (API: `listEventDefinitions`).
    pub fn list_event_definitions(&self, query: &ListEventDefinitionsQuery) -> Pages<EventDefinition> {
        Pages::new(self, Operation::ListEventDefinitions, &[], query, &())
    }

    /// Add an event definition (API: `createEventDefinition`).
    pub async fn create_event_definition(
        &self,
        request: &CreateEventDefinitionRequest,
    ) -> Result<Record<EventDefinition>, ApiError> {
        self.one(Operation::CreateEventDefinition, &[], &(), request).await
    }

    /// Read one event definition (API: `getEventDefinition`).
    pub async fn get_event_definition(&self, id: EventDefinitionId) -> Result<Record<EventDefinition>, ApiError> {
        self.one(Operation::GetEventDefinition, &[&id], &(), &()).await
    }

    /// Change an event definition (API: `updateEventDefinition`).
    pub async fn update_event_definition(
        &self,
        id: EventDefinitionId,
        request: &UpdateEventDefinitionRequest,
    ) -> Result<Record<EventDefinition>, ApiError> {
        self.one(Operation::UpdateEventDefinition, &[&id], &(), request).await
    }
}
