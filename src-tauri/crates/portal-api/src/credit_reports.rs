//! Credit reports as documents (API: Credit Report Master Schemas).

use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Operation, Pages, Portal, Record};
use domain::{ClientId, CreditReportId, MasterSchemaId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

record! {
    /// `CreditReportMasterSchemaResource`, `CreditReportMasterSchemaWithContentResource`. What is in
    /// `content` is not documented: it is kept as it came.
    pub struct CreditReport without ["client"] {
        id: Option<MasterSchemaId>,
        internal_client_key: Option<String>,
        client_key: Option<String>,
        client: Option<Box<Client>>,
        vendor: Option<String>,
        bureau: Option<String>,
        report_id: Option<CreditReportId>,
        report_date: Option<Date>,
        modified_date: Option<Timestamp>,
        available_file_types: Vec<String>,
        content: Option<Value>,
    }
}

request! {
    /// What `listClientCreditReportMasterSchemas` can be asked for.
    pub struct ListClientCreditReportMasterSchemasQuery {
        ;
        vendor: String,
        bureau: String,
        report_date: Date,
        report_id: CreditReportId,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

impl Portal {
    /// One master schema with its stored content (API: `getCreditReportMasterSchema`).
    pub async fn get_credit_report_master_schema(&self, id: MasterSchemaId) -> Result<Record<CreditReport>, ApiError> {
        self.one(Operation::GetCreditReportMasterSchema, &[&id], &(), &()).await
    }

    /// Page the master schemas of a client (API: `listClientCreditReportMasterSchemas`).
    pub fn list_client_credit_report_master_schemas(
        &self,
        client: ClientId,
        query: &ListClientCreditReportMasterSchemasQuery,
    ) -> Pages<CreditReport> {
        Pages::new(self, Operation::ListClientCreditReportMasterSchemas, &[&client], query, &())
    }

    /// Newest master schema of a client with its content (API: `getLatestClientCreditReportMasterSchema`).
    pub async fn get_latest_client_credit_report_master_schema(
        &self,
        client: ClientId,
    ) -> Result<Record<CreditReport>, ApiError> {
        self.one(Operation::GetLatestClientCreditReportMasterSchema, &[&client], &(), &()).await
    }
}
