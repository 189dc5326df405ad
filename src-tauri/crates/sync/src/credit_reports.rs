//! A client's stored reports: the list at every pull, and a content once.
//!
//! A content is large and, once stored, seldom changes. So only the newest [`CONTENTS_KEPT`] of each bureau are kept, enough
//! for the last report, the one to compare it with, and two rounds before; and of those only what the cache does not have,
//! or has from before the report's time of change, is read. A report without such a time is read once.
//!
//! What may not be read, or is not there at all, is named and keeps nothing else of the client from being fresh.

use crate::PullError;
use crate::apart::{REFUSALS, ReadApart, Refusals};
use crate::lists::{CREDIT_REPORTS, Rows};
use crate::pull::Run;
use domain::credit_report::CreditReport;
use domain::{Bureau, ClientId, MasterSchemaId};
use jiff::Timestamp;
use portal_api::ApiError;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Reading, StoreError, Write};

/// Contents that are kept of each bureau, as the portal names it, per client.
pub const CONTENTS_KEPT: usize = 4;
/// Contents that are kept per client, whatever a portal calls its bureaus.
const MOST_CONTENTS: usize = 24;

/// How often in a row the portal refused.
#[derive(Debug, Default)]
pub(crate) struct ReportRefusals {
    list: Refusals,
    content: AtomicU32,
}

/// What was read of a client's reports.
pub(crate) struct ReadReports {
    client: ClientId,
    pub(crate) list: ReadApart,
    /// Reports whose contents are to be kept.
    keep: Vec<MasterSchemaId>,
    contents: Vec<(MasterSchemaId, Option<Timestamp>, String)>,
}

impl Run<'_> {
    /// Reads a client's reports as far as they can be read.
    pub(crate) async fn credit_reports_of(&self, client: ClientId, refusals: &ReportRefusals) -> ReadReports {
        let list = self.apart(client, &CREDIT_REPORTS, &refusals.list).await;
        let mut read = ReadReports { client, list, keep: Vec::new(), contents: Vec::new() };
        if read.list.pages.is_some()
            && let Err(error) = self.contents(&mut read, refusals).await
        {
            read.list.failure = Some(error);
        }
        read
    }

    /// Reads the contents that are wanted and not here.
    async fn contents(&self, read: &mut ReadReports, refusals: &ReportRefusals) -> Result<(), PullError> {
        let known = self.store.credit_report_contents_of(read.client).await?;
        let listed = read.list.pages.iter().flatten().flat_map(|page| match &page.rows {
            Rows::CreditReports(rows) => rows.as_slice(),
            _ => &[],
        });
        let wanted = wanted(listed.map(|sent| &sent.value).collect());
        read.keep = wanted.iter().map(|(id, _)| *id).collect();
        for (id, modified) in wanted.into_iter().filter(|(id, modified)| known.get(id) != Some(modified)) {
            if refusals.content.load(Ordering::Relaxed) >= REFUSALS {
                read.list.reading = Some(Reading::Forbidden);
                return Ok(());
            }
            match self.patiently(|| Box::pin(self.portal.get_credit_report_master_schema(id))).await {
                Ok(whole) => {
                    refusals.content.store(0, Ordering::Relaxed);
                    read.contents.extend(whole.content_text().map(|content| (id, modified, content)));
                }
                // It left after the list was read.
                Err(PullError::Portal(ApiError::NotFound { .. })) => {}
                Err(error) => {
                    if matches!(error, PullError::Portal(ApiError::Forbidden { .. })) {
                        refusals.content.fetch_add(1, Ordering::Relaxed);
                        read.list.reading = Some(Reading::Forbidden);
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

impl ReadReports {
    /// Stores it.
    pub(crate) async fn put(&self, write: &mut Write, walk: i64) -> Result<(), StoreError> {
        self.list.put(write, walk).await?;
        if self.list.pages.is_some() {
            write.keep_only_credit_report_contents(self.client, &self.keep).await?;
        }
        for (id, modified, content) in &self.contents {
            write.put_credit_report_content(*id, *modified, content).await?;
        }
        Ok(())
    }
}

/// The newest of each bureau, each with its time of change.
fn wanted(mut reports: Vec<&CreditReport>) -> Vec<(MasterSchemaId, Option<Timestamp>)> {
    reports.sort_by_key(|report| std::cmp::Reverse((report.reported, report.modified, report.id)));
    reports.dedup_by_key(|report| report.id);
    let mut of_bureau: HashMap<String, usize> = HashMap::new();
    reports.retain(|report| {
        let name = Bureau::from_code(&report.bureau).map_or(report.bureau.to_lowercase(), |bureau| bureau.to_string());
        let kept = of_bureau.entry(name).or_default();
        *kept += 1;
        *kept <= CONTENTS_KEPT
    });
    reports.truncate(MOST_CONTENTS);
    reports.into_iter().map(|report| (report.id, report.modified)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: i64, bureau: &str, day: Option<&str>) -> CreditReport {
        CreditReport {
            id: MasterSchemaId(id),
            client: ClientId(1),
            vendor: String::new(),
            bureau: bureau.into(),
            report: None,
            reported: day.map(|day| day.parse().unwrap()),
            modified: None,
        }
    }

    fn wanted_ids(reports: &[CreditReport]) -> Vec<i64> {
        wanted(reports.iter().collect()).into_iter().map(|(id, _)| id.0).collect()
    }

    #[test]
    fn the_newest_of_each_bureau_are_wanted_in_whatever_order_they_are_listed() {
        let days = ["2026-03-01", "2026-01-01", "2026-05-01", "2026-02-01", "2026-04-01"];
        let mut reports: Vec<_> = (1..).zip(days).map(|(id, day)| report(id, "EFX", Some(day))).collect();
        reports.push(report(9, "equifax", None));
        reports.push(report(6, "TUC", Some("2020-01-01")));
        assert_eq!(wanted_ids(&reports), [3, 5, 1, 4, 6], "two spellings of a bureau are one");
    }

    #[test]
    fn a_portal_that_names_a_bureau_of_its_own_for_each_report_does_not_fill_the_disk() {
        let reports: Vec<_> = (1..=500).map(|id| report(id, &format!("bureau {id}"), Some("2026-01-01"))).collect();
        assert_eq!(wanted_ids(&reports).len(), MOST_CONTENTS);
    }
}
