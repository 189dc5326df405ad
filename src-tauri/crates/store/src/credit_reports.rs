//! Stored reports of clients, and the contents of the newest of them.
//!
//! A content is the JSON that the portal sent, as text: only the reading of it knows shapes. It leaves with its report.

use crate::columns::{count, date, instant, put};
use crate::{Sent, Store, StoreError, Write};
use domain::credit_report::CreditReport;
use domain::{ClientId, CreditReportId, MasterSchemaId};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};
use std::collections::BTreeMap;

/// A report and whether its content is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReport {
    /// The report.
    pub report: CreditReport,
    /// Its content is in the cache.
    pub kept: bool,
}

const COLUMNS: &str =
    "r.id, r.client_id, r.vendor, r.bureau, r.report, r.reported, r.modified, c.report_id IS NOT NULL AS kept
     FROM credit_reports r LEFT JOIN credit_report_contents c ON c.report_id = r.id";

fn kept(row: &SqliteRow) -> Result<KeptReport, StoreError> {
    let report = CreditReport {
        id: MasterSchemaId(row.try_get("id")?),
        client: ClientId(row.try_get("client_id")?),
        vendor: row.try_get("vendor")?,
        bureau: row.try_get("bureau")?,
        report: row.try_get::<Option<String>, _>("report")?.map(CreditReportId),
        reported: date(row.try_get("reported")?, "credit_reports.reported")?,
        modified: instant(row.try_get("modified")?, "credit_reports.modified")?,
    };
    Ok(KeptReport { report, kept: row.try_get("kept")? })
}

impl Store {
    /// A client's reports, newest first.
    ///
    /// # Errors
    /// As every query.
    pub async fn credit_reports_of(&self, client: ClientId) -> Result<Vec<KeptReport>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} WHERE r.client_id = ?1 ORDER BY r.reported DESC, r.modified DESC, r.id DESC");
        // The text is ours; the value is bound.
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(client.0).fetch_all(&self.readers).await?;
        rows.iter().map(kept).collect()
    }

    /// How many reports a client has.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_credit_reports(&self, client: ClientId) -> Result<u32, StoreError> {
        let sql = "SELECT count(*) FROM credit_reports WHERE client_id = ?1";
        Ok(count(sqlx::query_scalar(sql).bind(client.0).fetch_one(&self.readers).await?))
    }

    /// One report.
    ///
    /// # Errors
    /// As every query.
    pub async fn credit_report(&self, id: MasterSchemaId) -> Result<Option<KeptReport>, StoreError> {
        let sql = format!("SELECT {COLUMNS} WHERE r.id = ?1");
        // The text is ours; the value is bound.
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(kept).transpose()
    }

    /// A report's content as JSON; `None` when it is not here.
    ///
    /// # Errors
    /// As every query.
    pub async fn credit_report_content(&self, id: MasterSchemaId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT content FROM credit_report_contents WHERE report_id = ?1";
        Ok(sqlx::query_scalar(sql).bind(id.0).fetch_optional(&self.readers).await?)
    }

    /// Which of a client's contents are here, each with its report's time of change when it was read.
    ///
    /// # Errors
    /// As every query.
    pub async fn credit_report_contents_of(
        &self,
        client: ClientId,
    ) -> Result<BTreeMap<MasterSchemaId, Option<Timestamp>>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.report_id, c.modified FROM credit_report_contents c
             JOIN credit_reports r ON r.id = c.report_id WHERE r.client_id = ?1",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let modified = instant(row.try_get("modified")?, "credit_report_contents.modified")?;
                Ok((MasterSchemaId(row.try_get("report_id")?), modified))
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces reports. Contents stay.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_credit_reports(&mut self, reports: &[Sent<CreditReport>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            reports,
            walk,
            "credit_reports"("id", "client_id", "vendor", "bureau", "report", "reported", "modified"),
            |out, row| {
                let report = &row.value;
                out.push_bind(report.id.0)
                    .push_bind(report.client.0)
                    .push_bind(&report.vendor)
                    .push_bind(&report.bureau)
                    .push_bind(report.report.as_ref().map(|id| &id.0))
                    .push_bind(report.reported.map(|day| day.to_string()))
                    .push_bind(report.modified.map(|at| at.to_string()))
            }
        );
        Ok(())
    }

    /// Keeps a report's content, in place of an older one.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_credit_report_content(
        &mut self,
        id: MasterSchemaId,
        modified: Option<Timestamp>,
        content: &str,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO credit_report_contents (report_id, modified, content) VALUES (?1, ?2, ?3)
             ON CONFLICT (report_id) DO UPDATE SET modified = excluded.modified, content = excluded.content",
        )
        .bind(id.0)
        .bind(modified.map(|at| at.to_string()))
        .bind(content)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets a client's contents but these.
    ///
    /// # Errors
    /// As every query.
    pub async fn keep_only_credit_report_contents(
        &mut self,
        client: ClientId,
        ids: &[MasterSchemaId],
    ) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "DELETE FROM credit_report_contents WHERE report_id IN (SELECT id FROM credit_reports WHERE client_id = ",
        );
        query.push_bind(client.0).push(")");
        if !ids.is_empty() {
            query.push(" AND report_id NOT IN (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id.0);
            }
            query.push(")");
        }
        query.build().execute(&mut *self.tx).await?;
        Ok(())
    }
}
