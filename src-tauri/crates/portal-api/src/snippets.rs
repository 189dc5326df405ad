//! Reusable texts (API: Snippets).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::SnippetId;
use jiff::Timestamp;
use jiff::civil::Date;

record! {
    /// `SnippetResponse`.
    pub struct Snippet {
        id: Option<SnippetId>,
        name: Option<String>,
        content: Option<String>,
        is_state_related: Option<bool>,
        state_code: Option<String>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listSnippets` can be asked for.
    pub struct ListSnippetsQuery {
        ;
        id: i64,
        name: String,
        created_at: Date,
        state_code: String,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// `SnippetRequest`.
    pub struct SnippetRequest {
        ;
        content: String,
        is_state_related: bool,
        name: String,
        state_code: String,
    }
}

impl ToDomain for Snippet {
    type Value = domain::Snippet;

    fn to_domain(self) -> Result<domain::Snippet, Missing> {
        Ok(domain::Snippet {
            id: self.id.ok_or(Missing("id"))?,
            name: self.name.ok_or(Missing("name"))?,
            html: self.content.unwrap_or_default(),
            state: self.state_code.filter(|_| self.is_state_related.unwrap_or(false)),
        })
    }
}

impl Portal {
    /// Filter and page the snippets (API: `listSnippets`).
    pub fn list_snippets(&self, query: &ListSnippetsQuery) -> Pages<Snippet> {
        Pages::new(self, Operation::ListSnippets, &[], query, &())
    }

    /// Add a snippet (API: `createSnippet`).
    pub async fn create_snippet(&self, request: &SnippetRequest) -> Result<Record<Snippet>, ApiError> {
        self.one(Operation::CreateSnippet, &[], &(), request).await
    }

    /// Remove a snippet (API: `deleteSnippet`).
    pub async fn delete_snippet(&self, id: SnippetId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteSnippet, &[&id], &(), &()).await
    }

    /// Read a snippet with variables resolved (API: `getSnippetPreview`).
    pub async fn get_snippet_preview(&self, id: SnippetId) -> Result<Record<Snippet>, ApiError> {
        self.one(Operation::GetSnippetPreview, &[&id], &(), &()).await
    }

    /// Change a snippet (API: `updateSnippet`).
    pub async fn update_snippet(&self, id: SnippetId, request: &SnippetRequest) -> Result<Record<Snippet>, ApiError> {
        self.one(Operation::UpdateSnippet, &[&id], &(), request).await
    }

    /// Copy a snippet under a generated name (API: `cloneSnippet`).
    pub async fn clone_snippet(&self, id: SnippetId) -> Result<Record<Snippet>, ApiError> {
        self.one(Operation::CloneSnippet, &[&id], &(), &()).await
    }
}
