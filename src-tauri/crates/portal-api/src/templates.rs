//! What letters are written from (API: Templates).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::template_categories::TemplateCategory;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{ClientId, TemplateCategoryId, TemplateId, TemplateKind};
use jiff::Timestamp;

record! {
    /// `TemplateContent`.
    pub struct TemplateContent {
        id: Option<i64>,
        content: Option<String>,
        section_type: Option<String>,
        version: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
        deleted_at: Option<Timestamp>,
    }
}

record! {
    /// `TemplateResponse`.
    pub struct Template {
        id: Option<TemplateId>,
        name: Option<String>,
        r#type: Option<TemplateKind>,
        is_dispute: Option<bool>,
        preview_content: Option<String>,
        category: Option<Box<TemplateCategory>>,
        contents: Vec<TemplateContent>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
        deleted_at: Option<Timestamp>,
    }
}

request! {
    /// What `listTemplates` can be asked for.
    pub struct ListTemplatesQuery {
        ;
        name: String,
        category_name: String,
        r#type: TemplateKind,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// A block of a new template.
    pub struct NewTemplateContent {
        content: String,
        ;
        section_type: String,
    }
}

request! {
    /// `CreateTemplateRequest`.
    pub struct CreateTemplateRequest {
        ;
        category_id: TemplateCategoryId,
        contents: Vec<NewTemplateContent>,
        is_dispute: bool,
        name: String,
        r#type: TemplateKind,
    }
}

request! {
    /// What `getTemplatePreview` can be asked for.
    pub struct GetTemplatePreviewQuery {
        ;
        client_id: ClientId,
    }
}

impl ToDomain for Template {
    type Value = domain::Template;

    fn to_domain(self) -> Result<domain::Template, Missing> {
        let live = self.contents.into_iter().filter(|content| content.deleted_at.is_none());
        Ok(domain::Template {
            id: self.id.ok_or(Missing("id"))?,
            name: self.name.unwrap_or_default(),
            kind: self.r#type.unwrap_or_else(|| TemplateKind::from_code("")),
            is_dispute: self.is_dispute.unwrap_or(false),
            category: self.category.and_then(|category| category.name),
            contents: live
                .map(|content| domain::TemplateContent {
                    section: content.section_type,
                    html: content.content.unwrap_or_default(),
                    version: content.version,
                })
                .collect(),
        })
    }
}

impl Portal {
    /// Filter and page the message templates (API: `listTemplates`).
    pub fn list_templates(&self, query: &ListTemplatesQuery) -> Pages<Template> {
        Pages::new(self, Operation::ListTemplates, &[], query, &())
    }

    /// Add a message template (API: `createTemplate`).
    pub async fn create_template(&self, request: &CreateTemplateRequest) -> Result<Record<Template>, ApiError> {
        self.one(Operation::CreateTemplate, &[], &(), request).await
    }

    /// Remove a message template (API: `deleteTemplate`).
    pub async fn delete_template(&self, id: TemplateId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteTemplate, &[&id], &(), &()).await
    }

    /// Read a template with shortcodes resolved, optionally for a client (API: `getTemplatePreview`).
    pub async fn get_template_preview(
        &self,
        id: TemplateId,
        query: &GetTemplatePreviewQuery,
    ) -> Result<Record<Template>, ApiError> {
        self.one(Operation::GetTemplatePreview, &[&id], query, &()).await
    }
}
