//! How often a fax is tried again (API: Fax Settings).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Operation, Pages, Portal, Record};
use domain::FaxSettingsId;
use jiff::Timestamp;

record! {
    /// `FaxSettingsResponse`.
    pub struct FaxSettings {
        id: Option<FaxSettingsId>,
        reattempt_count: Option<i64>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listFaxSettings` can be asked for.
    pub struct ListFaxSettingsQuery {
        ;
        reattempt_count: String,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `CreateFaxSettingsRequest`.
    pub struct CreateFaxSettingsRequest {
        ;
        reattempt_count: i64,
    }
}

request! {
    /// `UpdateFaxSettingsRequest`.
    pub struct UpdateFaxSettingsRequest {
        reattempt_count: i64,
        ;
    }
}

impl Portal {
    /// Page the fax settings (API: `listFaxSettings`).
    pub fn list_fax_settings(&self, query: &ListFaxSettingsQuery) -> Pages<FaxSettings> {
        Pages::new(self, Operation::ListFaxSettings, &[], query, &())
    }

    /// Add a fax setting (API: `createFaxSettings`).
    pub async fn create_fax_settings(
        &self,
        request: &CreateFaxSettingsRequest,
    ) -> Result<Record<FaxSettings>, ApiError> {
        self.one(Operation::CreateFaxSettings, &[], &(), request).await
    }

    /// Change a fax setting (API: `updateFaxSettings`).
    pub async fn update_fax_settings(
        &self,
        id: FaxSettingsId,
        request: &UpdateFaxSettingsRequest,
    ) -> Result<Record<FaxSettings>, ApiError> {
        self.one(Operation::UpdateFaxSettings, &[&id], &(), request).await
    }
}
