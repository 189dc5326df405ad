//! Tracked events (API: ClickHouse Events).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Operation, Pages, Portal, Record};
use jiff::Timestamp;
use serde_json::{Map, Value};

record! {
    /// `ClickHouseEventResource`.
    pub struct ClickHouseEvent {
        event: Option<String>,
        rudder_id as "rudderId": Option<String>,
        timestamp: Option<Timestamp>,
        context: Map<String, Value>,
        properties: Map<String, Value>,
    }
}

request! {
    /// What `listClickHouseEvents` can be asked for.
    pub struct ListClickHouseEventsQuery {
        ;
        event: String,
        rudder_id as "rudderId": String,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

impl Portal {
    /// Filter and page the ClickHouse events (API: `listClickHouseEvents`).
    pub fn list_click_house_events(&self, query: &ListClickHouseEventsQuery) -> Pages<ClickHouseEvent> {
        Pages::new(self, Operation::ListClickHouseEvents, &[], query, &())
    }

    /// Read one ClickHouse event by its name (API: `getClickHouseEvent`).
    pub async fn get_click_house_event(&self, event_name: &str) -> Result<Record<ClickHouseEvent>, ApiError> {
        self.one(Operation::GetClickHouseEvent, &[&event_name], &(), &()).await
    }
}
