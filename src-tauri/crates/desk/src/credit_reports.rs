//! A client's credit reports: as documents, side by side, and what changed. All from the cache.

use crate::clients::client_id;
use crate::contract::{
    BureauHeader, ClientReports, Id, ReportBeside, ReportBesideColumn, ReportBesideEntry, ReportBesideRow,
    ReportBesideSection, ReportChange, ReportChangedEntry, ReportChangedRow, ReportChangedSection, ReportDifference,
    ReportDocument, ReportEntry, ReportLine, ReportPair, ReportPart, ReportRow, ReportSection,
};
use crate::desk::Open;
use crate::library::bureau_code;
use crate::readings::access;
use crate::{Desk, Error};
use ::sync::CONTENTS_KEPT;
use domain::credit_report::{
    BesideEntry, BesideRow, Change, ChangedEntry, ChangedRow, Column, CreditReport, Document, Entry, Part, Row, Said,
    Tree, beside, difference, read,
};
use domain::{Bureau, ClientId, MasterSchemaId};
use serde_json::Value;
use std::collections::BTreeSet;
use store::{DetailTable, KeptReport};

/// A report with what is in it.
struct Opened {
    report: CreditReport,
    /// `None` when its content is not here.
    document: Option<Document>,
}

impl Desk {
    /// A client's reports, newest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn credit_report_list(&self, client: Id) -> Result<ClientReports, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let mut reports = Vec::new();
        for kept in open.store.credit_reports_of(client).await? {
            // Only a code for several bureaus has to be looked up in the content.
            let is_told = Bureau::from_code(&kept.report.bureau).is_some();
            let opened = if is_told {
                Opened { report: kept.report, document: None }
            } else {
                opened(&open, kept.report).await?
            };
            reports.push(ReportRow { kept: kept.kept, ..opened.row() });
        }
        let headers = open.store.reports_of(client).await?;
        Ok(ClientReports {
            reports,
            headers: headers
                .into_iter()
                .map(|header| BureauHeader {
                    bureau: header.bureau.map(bureau_code),
                    created_at: header.created.map(|at| at.to_string()),
                    updated_at: header.updated.map(|at| at.to_string()),
                })
                .collect(),
            access: access(open.store.reading(client, DetailTable::CreditReports).await?),
            kept_per_bureau: u32::try_from(CONTENTS_KEPT).unwrap_or(u32::MAX),
        })
    }

    /// One report as a document.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a report that is not in the cache with its content, no open cache, or the cache fails.
    pub async fn credit_report_get(&self, id: Id) -> Result<ReportDocument, Error> {
        let open = self.ready().await?;
        let opened = one(&open, &id.id, "id").await?;
        let document = opened.document.as_ref().ok_or_else(no_content)?;
        let sections = sections(&document.entries, |entry| &entry.part, entry)
            .into_iter()
            .map(|(part, title, entries)| ReportSection { part, title, entries })
            .collect();
        Ok(ReportDocument { report: opened.row(), sections })
    }

    /// The newest report of each bureau that is here with its content, side by side.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn credit_report_beside(&self, client: Id) -> Result<ReportBeside, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let mut newest: Vec<Opened> = Vec::new();
        let mut met: BTreeSet<Bureau> = BTreeSet::new();
        for KeptReport { report, .. } in open.store.credit_reports_of(client).await?.into_iter().filter(|one| one.kept)
        {
            if Bureau::from_code(&report.bureau).is_some_and(|bureau| met.contains(&bureau))
                || met.len() == Bureau::ALL.len()
            {
                continue;
            }
            let opened = opened(&open, report).await?;
            if opened.bureaus().difference(&met).next().is_some() {
                met.extend(opened.bureaus());
                newest.push(opened);
            }
        }
        let of = |bureau: &Bureau| newest.iter().position(|opened| opened.bureaus().contains(bureau));
        let columns: Vec<Column<'_>> = Bureau::ALL
            .iter()
            .enumerate()
            .map(|(at, bureau)| {
                let content = of(bureau);
                let document = content.and_then(|content| newest.get(content)?.document.as_ref());
                Column { bureau: *bureau, document, content: content.unwrap_or(newest.len() + at) }
            })
            .collect();
        let entries = beside(&columns);
        let sections = sections(&entries, |entry| &entry.part, beside_entry)
            .into_iter()
            .map(|(part, title, entries)| ReportBesideSection { part, title, entries })
            .collect();
        let column = |bureau: &Bureau| ReportBesideColumn {
            bureau: bureau_code(*bureau),
            report: of(bureau).and_then(|at| newest.get(at)).map(Opened::row),
        };
        Ok(ReportBeside { columns: Bureau::ALL.iter().map(column).collect(), sections })
    }

    /// What changed from one report to another of the same client, at the bureaus that both are of.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a report that is not in the cache with its content, [`Error::BadRequest`] for reports of
    /// different clients or of no bureau in common, no open cache, or the cache fails.
    pub async fn credit_report_difference(&self, pair: ReportPair) -> Result<ReportDifference, Error> {
        let open = self.ready().await?;
        let before = one(&open, &pair.before, "before").await?;
        let after = one(&open, &pair.after, "after").await?;
        if before.report.client != after.report.client {
            return Err(Error::bad("after", "these are reports of two clients"));
        }
        let (old, new) =
            (before.document.as_ref().ok_or_else(no_content)?, after.document.as_ref().ok_or_else(no_content)?);
        let bureaus: BTreeSet<Bureau> = before.bureaus().intersection(&after.bureaus()).copied().collect();
        if bureaus.is_empty() && before.report.bureau != after.report.bureau {
            return Err(Error::bad("after", "these reports have no bureau in common, so there is nothing to compare"));
        }
        let found = difference(old, new, &bureaus);
        let sections = sections(&found.entries, |changed| &changed.entry.part, changed_entry)
            .into_iter()
            .map(|(part, title, entries)| ReportChangedSection { part, title, entries })
            .collect();
        Ok(ReportDifference {
            before: before.row(),
            after: after.row(),
            bureaus: bureaus.into_iter().map(bureau_code).collect(),
            sections,
            unchanged: u32::try_from(found.unchanged).unwrap_or(u32::MAX),
        })
    }
}

fn no_content() -> Error {
    Error::NotFound("report with its content")
}

impl Opened {
    /// Bureaus that tell something in it: the one it is of, or those that its content names.
    fn bureaus(&self) -> BTreeSet<Bureau> {
        match Bureau::from_code(&self.report.bureau) {
            Some(bureau) => BTreeSet::from([bureau]),
            None => self.document.as_ref().map(Document::bureaus).unwrap_or_default(),
        }
    }

    fn row(&self) -> ReportRow {
        let report = &self.report;
        let bureaus = self.bureaus();
        let name = match Bureau::from_code(&report.bureau) {
            Some(bureau) => bureau.to_string(),
            None if bureaus.len() == Bureau::ALL.len() => "Three bureaus".to_owned(),
            None if report.bureau.is_empty() => "Bureau unknown".to_owned(),
            None => report.bureau.clone(),
        };
        ReportRow {
            id: report.id.to_string(),
            name,
            bureaus: bureaus.into_iter().map(bureau_code).collect(),
            vendor: report.vendor.clone(),
            reported_on: report.reported.map(|day| day.to_string()),
            modified_at: report.modified.map(|at| at.to_string()),
            kept: self.document.is_some(),
        }
    }
}

async fn one(open: &Open, id: &str, field: &'static str) -> Result<Opened, Error> {
    let id: MasterSchemaId = id.parse().map_err(|_| Error::bad(field, "not the id of a report"))?;
    let kept = open.store.credit_report(id).await?.ok_or(Error::NotFound("report"))?;
    opened(open, kept.report).await
}

/// Reads a report's content. A text that is no JSON, which a portal cannot have sent, is shown as the text it is.
async fn opened(open: &Open, report: CreditReport) -> Result<Opened, Error> {
    let Some(content) = open.store.credit_report_content(report.id).await? else {
        return Ok(Opened { report, document: None });
    };
    let ssn = client_ssn(open, report.client).await?;
    let bureau = Bureau::from_code(&report.bureau);
    // A report can have thousands of lines.
    let document = tokio::task::spawn_blocking(move || {
        let tree = match serde_json::from_str(&content) {
            Ok(value) => tree(value),
            Err(_) => Tree::Text(content),
        };
        read(&tree, bureau, ssn.as_ref())
    })
    .await
    .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Opened { report, document: Some(document) })
}

async fn client_ssn(open: &Open, client: ClientId) -> Result<Option<domain::Ssn>, Error> {
    Ok(open.store.client(client).await?.and_then(|facts| facts.client.ssn))
}

fn tree(value: Value) -> Tree {
    match value {
        Value::Null => Tree::Nothing,
        Value::Bool(truth) => Tree::Truth(truth),
        Value::Number(number) => Tree::Number(number.to_string()),
        Value::String(text) => Tree::Text(text),
        Value::Array(all) => Tree::List(all.into_iter().map(tree).collect()),
        Value::Object(fields) => Tree::Record(fields.into_iter().map(|(name, value)| (name, tree(value))).collect()),
    }
}

/// Entries, which are in the order of their parts, by part.
fn sections<T, R>(
    entries: &[T],
    part: impl Fn(&T) -> &Part,
    row: impl Fn(&T) -> R,
) -> Vec<(ReportPart, String, Vec<R>)> {
    let mut sections: Vec<(ReportPart, String, Vec<R>)> = Vec::new();
    let mut before: Option<&Part> = None;
    for entry in entries {
        let here = part(entry);
        if before != Some(here) {
            let (code, title) = named(here);
            sections.push((code, title, Vec::new()));
            before = Some(here);
        }
        if let Some((_, _, rows)) = sections.last_mut() {
            rows.push(row(entry));
        }
    }
    sections
}

fn named(part: &Part) -> (ReportPart, String) {
    let (code, title) = match part {
        Part::Accounts => (ReportPart::Accounts, "Accounts"),
        Part::Inquiries => (ReportPart::Inquiries, "Inquiries"),
        Part::PublicRecords => (ReportPart::PublicRecords, "Public records"),
        Part::Scores => (ReportPart::Scores, "Scores"),
        Part::Summary => (ReportPart::Summary, "Summary"),
        Part::Consumer => (ReportPart::Consumer, "Consumer"),
        Part::Other(title) => (ReportPart::Other, title.as_str()),
        Part::Report => (ReportPart::Report, "About this report"),
    };
    (code, title.to_owned())
}

fn depth(depth: usize) -> u32 {
    u32::try_from(depth).unwrap_or(u32::MAX)
}

fn entry(entry: &Entry) -> ReportEntry {
    let line = |row: &Row| ReportLine {
        label: row.label.clone(),
        value: row.value().map(str::to_owned),
        depth: depth(row.within.len()),
        heading: row.said == Said::Heading,
    };
    ReportEntry {
        title: entry.title.clone(),
        number: entry.number.clone(),
        bureau: entry.bureau.map(bureau_code),
        lines: entry.rows.iter().map(line).collect(),
    }
}

fn beside_entry(entry: &BesideEntry) -> ReportBesideEntry {
    let row = |row: &BesideRow| ReportBesideRow {
        label: row.label.clone(),
        depth: depth(row.depth),
        heading: row.heading,
        values: row.values.clone(),
        differs: row.differs,
    };
    ReportBesideEntry {
        title: entry.title.clone(),
        number: entry.number.clone(),
        present: entry.present.clone(),
        rows: entry.rows.iter().map(row).collect(),
    }
}

fn changed_entry(changed: &ChangedEntry) -> ReportChangedEntry {
    let row = |row: &ChangedRow| ReportChangedRow {
        label: row.label.clone(),
        before: row.before.clone(),
        after: row.after.clone(),
    };
    ReportChangedEntry {
        title: changed.entry.title.clone(),
        number: changed.entry.number.clone(),
        bureau: changed.entry.bureau.map(bureau_code),
        change: match changed.change {
            Change::Added => ReportChange::Added,
            Change::Removed => ReportChange::Removed,
            Change::Changed => ReportChange::Changed,
        },
        rows: changed.rows.iter().map(row).collect(),
    }
}
