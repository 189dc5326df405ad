//! Saved selections of clients or items (API: Segments, Client Segments).

use crate::fields::{open_enum, record, request, sent_record};
use crate::page::SortDirection;
use crate::{ApiError, Done, Download, Missing, Operation, Page, Pages, Portal, Record, ToDomain};
use domain::{ClientId, SegmentId};
use jiff::Timestamp;
use serde_json::Value;

open_enum! {
    /// How the rules of a group are joined.
    pub enum Combinator {
        And "AND",
        Or "OR",
    }
}

open_enum! {
    /// What a segment selects.
    pub enum SegmentKind {
        Client "client",
        NegativeItem "negative_item",
    }
}

sent_record! {
    /// `SegmentRule` and `SegmentRuleGroup`: a rule, or a group of rules (oddity 48). What is none is not sent.
    pub struct Rule {
        field: Option<String>,
        operator: Option<String>,
        value: Option<Value>,
        relation: Option<String>,
        count_repeat: Option<i64>,
        combinator: Option<Combinator>,
        not: Option<bool>,
        rules: Vec<Rule>,
    }
}

record! {
    /// `SegmentResource`.
    pub struct Segment {
        id: Option<SegmentId>,
        name: Option<String>,
        description: Option<String>,
        r#type: Option<SegmentKind>,
        conditions: Option<Box<Rule>>,
        is_active: Option<bool>,
        is_archive: Option<bool>,
        clients_count: Option<i64>,
        negative_items_count: Option<i64>,
        usage_count: Option<i64>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listSegments` can be asked for.
    pub struct ListSegmentsQuery {
        is_archive: bool,
        ;
        search: String,
        is_active: bool,
        client_id: ClientId,
        per_page: i64,
        sort_direction: SortDirection,
        r#type: SegmentKind,
        sort_by: String,
    }
}

request! {
    /// `CreateSegmentRequest`.
    pub struct CreateSegmentRequest {
        ;
        combinator: Combinator,
        conditions: Rule,
        description: String,
        is_active: bool,
        is_archive: bool,
        name: String,
        r#type: SegmentKind,
    }
}

request! {
    /// `UpdateSegmentRequest`.
    pub struct UpdateSegmentRequest {
        ;
        combinator: Combinator,
        conditions: Rule,
        description: String,
        is_active: bool,
        is_archive: bool,
        name: String,
        r#type: SegmentKind,
    }
}

impl ToDomain for Segment {
    type Value = domain::Segment;

    fn to_domain(self) -> Result<domain::Segment, Missing> {
        Ok(domain::Segment {
            id: self.id.ok_or(Missing("id"))?,
            name: self.name.ok_or(Missing("name"))?,
            description: self.description.unwrap_or_default(),
            clients: self.clients_count.and_then(|count| u32::try_from(count).ok()),
        })
    }
}

impl Portal {
    /// Segments a client falls into (API: `listClientSegments`).
    pub async fn list_client_segments(&self, client: ClientId) -> Result<Page<Segment>, ApiError> {
        self.list(Operation::ListClientSegments, &[&client], &(), &()).await
    }

    /// Filter the segments (API: `listSegments`).
    pub fn list_segments(&self, query: &ListSegmentsQuery) -> Pages<Segment> {
        Pages::new(self, Operation::ListSegments, &[], query, &())
    }

    /// Add a segment (API: `createSegment`).
    pub async fn create_segment(&self, request: &CreateSegmentRequest) -> Result<Record<Segment>, ApiError> {
        self.one(Operation::CreateSegment, &[], &(), request).await
    }

    /// Re-evaluate the members of a segment now (API: `refreshSegment`).
    pub async fn refresh_segment(&self, id: SegmentId) -> Result<Record<Segment>, ApiError> {
        self.one(Operation::RefreshSegment, &[&id], &(), &()).await
    }

    /// Remove a segment (API: `deleteSegment`).
    pub async fn delete_segment(&self, id: SegmentId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteSegment, &[&id], &(), &()).await
    }

    /// Read one segment (API: `getSegment`).
    pub async fn get_segment(&self, id: SegmentId) -> Result<Record<Segment>, ApiError> {
        self.one(Operation::GetSegment, &[&id], &(), &()).await
    }

    /// Change a segment (API: `updateSegment`).
    pub async fn update_segment(
        &self,
        id: SegmentId,
        request: &UpdateSegmentRequest,
    ) -> Result<Record<Segment>, ApiError> {
        self.one(Operation::UpdateSegment, &[&id], &(), request).await
    }

    /// Download the members of a segment as CSV (API: `exportSegment`).
    pub async fn export_segment(&self, id: SegmentId) -> Result<Download, ApiError> {
        self.file(Operation::ExportSegment, &[&id]).await
    }
}
