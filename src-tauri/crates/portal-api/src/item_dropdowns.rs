//! Values of the item drop-down lists (API: Item Dropdowns).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Done, Operation, Pages, Portal, Record};
use domain::ItemDropdownId;
use jiff::Timestamp;

record! {
    /// `ItemDropdownResource`.
    pub struct ItemDropdown {
        id: Option<ItemDropdownId>,
        r#type: Option<String>,
        value: Option<String>,
        created_by: Option<Box<User>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// `UpdateItemDropdownRequest`.
    pub struct UpdateItemDropdownRequest {
        value: String,
        ;
    }
}

request! {
    /// What `listItemDropdownsByType` can be asked for.
    pub struct ListItemDropdownsByTypeQuery {
        ;
        search: String,
        id: String,
        created_at: Timestamp,
        author: String,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// `CreateItemDropdownRequest`.
    pub struct CreateItemDropdownRequest {
        r#type: String,
        value: String,
        ;
    }
}

impl Portal {
    /// Remove a dropdown option (API: `deleteItemDropdown`).
    pub async fn delete_item_dropdown(&self, id: ItemDropdownId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteItemDropdown, &[&id], &(), &()).await
    }

    /// Change a dropdown option (API: `updateItemDropdown`).
    pub async fn update_item_dropdown(
        &self,
        id: ItemDropdownId,
        request: &UpdateItemDropdownRequest,
    ) -> Result<Record<ItemDropdown>, ApiError> {
        self.one(Operation::UpdateItemDropdown, &[&id], &(), request).await
    }

    /// Filter and page the options of one dropdown (API: `listItemDropdownsByType`).
    pub fn list_item_dropdowns_by_type(&self, id: &str, query: &ListItemDropdownsByTypeQuery) -> Pages<ItemDropdown> {
        Pages::new(self, Operation::ListItemDropdownsByType, &[&id], query, &())
    }

    /// Add a dropdown option (API: `createItemDropdown`).
    pub async fn create_item_dropdown(
        &self,
        request: &CreateItemDropdownRequest,
    ) -> Result<Record<ItemDropdown>, ApiError> {
        self.one(Operation::CreateItemDropdown, &[], &(), request).await
    }
}
