//! Clients from CSV files (API: Imports).

use crate::fields::{open_enum, record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Download, Operation, Pages, Portal, Record};
use domain::{AttachmentId, ImportId};
use jiff::Timestamp;

open_enum! {
    /// What an import does with its rows.
    pub enum ImportKind {
        Add "add",
        Update "update",
        Delete "delete",
    }
}

record! {
    /// `ImportResource`.
    pub struct Import {
        id: Option<ImportId>,
        r#type: Option<ImportKind>,
        status: Option<String>,
        total_records: Option<i64>,
        processed_records: Option<i64>,
        error_log: Option<String>,
        created_by: Option<Box<User>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listImports` can be asked for.
    pub struct ListImportsQuery {
        ;
        search: String,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

request! {
    /// `CreateImportRequest`.
    pub struct CreateImportRequest {
        r#type: ImportKind,
        attachment_id: AttachmentId,
        ;
    }
}

impl Portal {
    /// Page the import runs (API: `listImports`).
    pub fn list_imports(&self, query: &ListImportsQuery) -> Pages<Import> {
        Pages::new(self, Operation::ListImports, &[], query, &())
    }

    /// Start an import of client rows from a stored file (API: `createImport`).
    pub async fn create_import(&self, request: &CreateImportRequest) -> Result<Record<Import>, ApiError> {
        self.one(Operation::CreateImport, &[], &(), request).await
    }

    /// Download the sample CSV (API: `downloadImportExample`).
    pub async fn download_import_example(&self) -> Result<Download, ApiError> {
        self.file(Operation::DownloadImportExample, &[]).await
    }
}
