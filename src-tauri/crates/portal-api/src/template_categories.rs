//! Groups of templates (API: Template Categories).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Done, Operation, Pages, Portal, Record};
use domain::TemplateCategoryId;
use jiff::Timestamp;

record! {
    /// `TemplateCategoryResource`.
    pub struct TemplateCategory {
        id: Option<TemplateCategoryId>,
        name: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listTemplateCategories` can be asked for.
    pub struct ListTemplateCategoriesQuery {
        ;
        name: String,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// `CreateTemplateCategoryRequest`.
    pub struct CreateTemplateCategoryRequest {
        ;
        name: String,
    }
}

request! {
    /// `UpdateTemplateCategoryRequest`.
    pub struct UpdateTemplateCategoryRequest {
        name: String,
        ;
    }
}

impl Portal {
    /// Filter and page the template categories (API: `listTemplateCategories`).
    pub fn list_template_categories(&self, query: &ListTemplateCategoriesQuery) -> Pages<TemplateCategory> {
        Pages::new(self, Operation::ListTemplateCategories, &[], query, &())
    }

    /// Add a template category (API: `createTemplateCategory`).
    pub async fn create_template_category(
        &self,
        request: &CreateTemplateCategoryRequest,
    ) -> Result<Record<TemplateCategory>, ApiError> {
        self.one(Operation::CreateTemplateCategory, &[], &(), request).await
    }

    /// Remove a template category (API: `deleteTemplateCategory`).
    pub async fn delete_template_category(&self, id: TemplateCategoryId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteTemplateCategory, &[&id], &(), &()).await
    }

    /// Read one template category (API: `getTemplateCategory`).
    pub async fn get_template_category(&self, id: TemplateCategoryId) -> Result<Record<TemplateCategory>, ApiError> {
        self.one(Operation::GetTemplateCategory, &[&id], &(), &()).await
    }

    /// Change a template category (API: `updateTemplateCategory`).
    pub async fn update_template_category(
        &self,
        id: TemplateCategoryId,
        request: &UpdateTemplateCategoryRequest,
    ) -> Result<Record<TemplateCategory>, ApiError> {
        self.one(Operation::UpdateTemplateCategory, &[&id], &(), request).await
    }
}
