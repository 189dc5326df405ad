//! Credit reports as documents (API: Credit Report Master Schemas).

use crate::clients::Client;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Missing, Operation, Pages, Portal, Record, ToDomain};
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

impl CreditReport {
    /// The content as JSON; `None` when there is none.
    #[must_use]
    pub fn content_text(&self) -> Option<String> {
        self.content.as_ref().filter(|content| !content.is_null()).map(Value::to_string)
    }
}

impl ToDomain for CreditReport {
    type Value = domain::credit_report::CreditReport;

    fn to_domain(self) -> Result<domain::credit_report::CreditReport, Missing> {
        Ok(domain::credit_report::CreditReport {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client.and_then(|client| client.id).ok_or(Missing("client"))?,
            vendor: self.vendor.unwrap_or_default(),
            bureau: self.bureau.unwrap_or_default(),
            report: self.report_id,
            reported: self.report_date,
            modified: self.modified_date,
        })
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
