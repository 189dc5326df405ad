//! Companies that report to the bureaus (API: Furnishers).

use crate::fields::{record, request};
use crate::goals::Goal;
use crate::page::SortDirection;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{FurnisherId, FurnisherKind};
use jiff::Timestamp;

record! {
    /// `FurnisherResponse`; reading one is documented with a goal's `icon` (oddity 24).
    pub struct Furnisher {
        id: Option<FurnisherId>,
        name: Option<String>,
        r#type: Option<FurnisherKind>,
        fax_number: Option<String>,
        icon: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listFurnishers` can be asked for.
    pub struct ListFurnishersQuery {
        ;
        name: String,
        r#type: FurnisherKind,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// `FurnisherRequest`.
    pub struct FurnisherRequest {
        ;
        fax_number: String,
        name: String,
        r#type: FurnisherKind,
    }
}

impl ToDomain for Furnisher {
    type Value = domain::Furnisher;

    fn to_domain(self) -> Result<domain::Furnisher, Missing> {
        Ok(domain::Furnisher {
            id: self.id.ok_or(Missing("id"))?,
            name: self.name.ok_or(Missing("name"))?,
            kind: self.r#type.unwrap_or(FurnisherKind::Other(String::new())),
            fax_number: self.fax_number,
        })
    }
}

impl Portal {
    /// Filter and page the furnishers (API: `listFurnishers`).
    pub fn list_furnishers(&self, query: &ListFurnishersQuery) -> Pages<Furnisher> {
        Pages::new(self, Operation::ListFurnishers, &[], query, &())
    }

    /// Add a furnisher (API: `createFurnisher`).
    pub async fn create_furnisher(&self, request: &FurnisherRequest) -> Result<Record<Furnisher>, ApiError> {
        self.one(Operation::CreateFurnisher, &[], &(), request).await
    }

    /// Remove a furnisher (API: `deleteFurnisher`).
    pub async fn delete_furnisher(&self, id: FurnisherId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteFurnisher, &[&id], &(), &()).await
    }

    /// Read one furnisher (API: `getFurnisher`).
    pub async fn get_furnisher(&self, id: FurnisherId) -> Result<Record<Goal>, ApiError> {
        self.one(Operation::GetFurnisher, &[&id], &(), &()).await
    }

    /// Change a furnisher (API: `updateFurnisher`).
    pub async fn update_furnisher(
        &self,
        id: FurnisherId,
        request: &FurnisherRequest,
    ) -> Result<Record<Furnisher>, ApiError> {
        self.one(Operation::UpdateFurnisher, &[&id], &(), request).await
    }
}
