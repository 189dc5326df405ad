//! The first day against a real server: every read operation is called once, and what comes back is held against what
//! this build can read.
//!
//! Nothing is changed on the portal: operations that write are named and left out, and so are those that would start an
//! identity check at a bureau. No value of a record is shown, only paths and counts.

use crate::Error;
use crate::desk::Desk;
use portal_api::Operation::{self, *};
use portal_api::{Answer, ApiError, Portal};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// One operation's turn.
#[derive(Clone, Debug, Serialize)]
pub struct Probe {
    /// The operation's id.
    pub operation: &'static str,
    /// Method and path in force.
    pub route: String,
    /// HTTP status; empty when it was not called or nothing answered.
    pub status: String,
    /// How it went.
    pub outcome: Outcome,
    /// What was read, or why not.
    pub why: String,
    /// Milliseconds.
    pub ms: u64,
}

/// How a probe went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The answer was read whole.
    Read,
    /// The answer came and could not be read, or not whole.
    Unread,
    /// The portal refused: permission, values, or a route that is not there.
    Refused,
    /// No answer.
    Silent,
    /// Not called.
    Skipped,
}

/// Where a value of a path or query comes from.
#[derive(Clone, Copy)]
enum Source {
    /// A field of the first record that another operation listed.
    Listed(Operation, &'static str),
    /// A word.
    Word(&'static str),
}

/// What an operation is asked with, by parameter.
fn asked(operation: Operation) -> Vec<(&'static str, Source)> {
    use Source::{Listed, Word};
    let client = |name| (name, Listed(ListClients, "id"));
    let of = |list| vec![("id", Listed(list, "id"))];
    match operation {
        ListAttachments => vec![("entity_type", Word("client")), client("entity_id")],
        GetAttachment | DownloadAttachment | PortalGetAttachment => of(ListAttachments),
        ListClientAgreements | ListClientDocuments | ListClientTasks => vec![client("client_id")],
        GetClient | ListClientReports | PortalGetClientMe => vec![client("id")],
        GetClientReport => vec![client("id"), ("bureau", Listed(ListClientReports, "bureau"))],
        GetClientDocument => of(ListClientDocuments),
        GetClientProduct => of(ListClientProducts),
        GetCreditReportMasterSchema | PortalGetCreditReportMasterSchema => of(ListClientCreditReportMasterSchemas),
        GetNegativeItem => of(ListNegativeItems),
        GetContract | ListContractVersions | PortalGetContract => of(ListContracts),
        GetClickHouseEvent => vec![("eventName", Listed(ListClickHouseEvents, "event"))],
        GetFurnisher => of(ListFurnishers),
        GetGoal => of(ListGoals),
        GetNote => of(ListNotes),
        GetRole => of(ListRoles),
        GetQueryBuilderFields | GetQueryBuilderValues => vec![("modelName", Word("client"))],
        ListSegments => vec![("is_archive", Word("0"))],
        GetSegment | ExportSegment => of(ListSegments),
        GetEventDefinition => of(ListEventDefinitions),
        GetInstruction => vec![("instruction", Listed(ListInstructions, "id"))],
        ListItemDropdownsByType => vec![("id", Word("item_type"))],
        GetSnippetPreview => of(ListSnippets),
        GetTemplateCategory => of(ListTemplateCategories),
        GetTemplatePreview => of(ListTemplates),
        PortalGetNegativeItem => vec![client("client"), ("id", Listed(ListNegativeItems, "id"))],
        ListClientGoals
        | ListClientSegments
        | ListClientCreditReportMasterSchemas
        | GetLatestClientCreditReportMasterSchema
        | PortalListClientAgreements
        | PortalListClientDocuments
        | PortalListClientGoals
        | PortalListClientProducts
        | PortalListNegativeItems => vec![client("client")],
        _ => Vec::new(),
    }
}

/// The body of the reads that need one.
fn body(operation: Operation) -> Option<Value> {
    let group = json!({"combinator": "AND", "rules": [{"field": "id", "operator": ">", "value": "0"}]});
    match operation {
        ListClientsByConditions => Some(json!({"combinator": "AND", "conditions": group})),
        GetQueryBuilderFields => Some(group),
        GetQueryBuilderValues => Some(json!({"field_name": "MailingState"})),
        _ => None,
    }
}

fn left_out(operation: Operation) -> Option<&'static str> {
    match operation {
        GetKbaQuestions => Some("not called: it would start an identity check at the bureau"),
        operation if !operation.is_read() => Some("not called: it writes"),
        _ => None,
    }
}

impl Desk {
    /// Calls every read operation once; `on_probe` is told of each as it is done.
    ///
    /// # Errors
    /// No one is signed in.
    pub async fn doctor(&self, mut on_probe: impl FnMut(&Probe)) -> Result<Vec<Probe>, Error> {
        let open = self.ready().await?;
        let portal = self.connected(&open).await?;
        let mut listed = BTreeMap::new();
        let mut probes = BTreeMap::new();
        let mut waiting: Vec<Operation> = Operation::ALL.to_vec();
        // Each round calls what has all its values; what still waits after a round without a call never gets them.
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut next = Vec::new();
            for operation in waiting {
                let sources = asked(operation);
                let ready = left_out(operation).is_some()
                    || sources.iter().all(|(_, from)| match from {
                        Source::Listed(list, _) => probes.contains_key(list),
                        Source::Word(_) => true,
                    });
                if !ready {
                    next.push(operation);
                    continue;
                }
                let probe = probe(&portal, operation, &sources, &mut listed).await;
                on_probe(&probe);
                probes.insert(operation, probe);
            }
            if next.len() == before {
                return Err(Error::Internal("the doctor's plan has a circle".to_owned()));
            }
            waiting = next;
        }
        Ok(probes.into_values().collect())
    }
}

/// First records of lists, by operation.
type Listed = BTreeMap<Operation, Value>;

async fn probe(
    portal: &Portal,
    operation: Operation,
    sources: &[(&'static str, Source)],
    listed: &mut Listed,
) -> Probe {
    let (method, path) = portal.route(operation);
    let mut probe = Probe {
        operation: operation.id(),
        route: format!("{method} {path}"),
        status: String::new(),
        outcome: Outcome::Skipped,
        why: String::new(),
        ms: 0,
    };
    if let Some(why) = left_out(operation) {
        probe.why = why.to_owned();
        return probe;
    }
    let mut values = BTreeMap::new();
    for (name, from) in sources {
        let value = match from {
            Source::Word(word) => (*word).to_owned(),
            Source::Listed(list, field) => match listed.get(list).and_then(|body| first(body, field)) {
                Some(value) => value,
                None => {
                    probe.why = format!("not called: {list} brought no record with {field}");
                    return probe;
                }
            },
        };
        values.insert(*name, value);
    }
    let path: Vec<String> = operation.parameters().iter().filter_map(|name| values.remove(name)).collect();
    let mut query: Vec<(String, String)> = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if operation.takes_page() {
        query.extend([("page".to_owned(), "1".to_owned()), ("per_page".to_owned(), "15".to_owned())]);
    }
    let started = Instant::now();
    let outcome = call(portal, operation, &path, &query).await;
    probe.ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok((status, text)) => {
            probe.status = status.to_string();
            (probe.outcome, probe.why) = read(operation, &text);
            if let Ok(body) = serde_json::from_str(&text) {
                listed.insert(operation, body);
            }
        }
        Err(error) => {
            (probe.outcome, probe.status) = match &error {
                ApiError::Unreachable { .. } => (Outcome::Silent, String::new()),
                ApiError::Unreadable { .. } => (Outcome::Unread, "2xx".into()),
                ApiError::SessionExpired(_) | ApiError::WrongCredentials(_) => (Outcome::Refused, "401".into()),
                ApiError::Forbidden { .. } => (Outcome::Refused, "403".into()),
                ApiError::NotFound { .. } => (Outcome::Refused, "404".into()),
                ApiError::Refused { .. } => (Outcome::Refused, "422".into()),
                ApiError::TooManyRequests { .. } => (Outcome::Refused, "429".into()),
                ApiError::Server { status, .. } => (Outcome::Refused, status.to_string()),
            };
            probe.why = error.to_string();
        }
    }
    probe
}

/// The most of a file that the doctor takes, bytes: enough to know that it comes.
const ENOUGH: usize = 32 * 1024 * 1024;

async fn call(
    portal: &Portal,
    operation: Operation,
    path: &[String],
    query: &[(String, String)],
) -> Result<(u16, String), ApiError> {
    let download = portal.call(operation, path, query, body(operation).as_ref()).await?;
    let status = download.status();
    let bytes = download.bytes(ENOUGH).await?;
    if operation.answer() == Answer::File {
        return Ok((status, bytes.len().to_string()));
    }
    Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
}

fn read(operation: Operation, text: &str) -> (Outcome, String) {
    if operation.answer() == Answer::File {
        return (Outcome::Read, format!("a file of {text} bytes"));
    }
    match operation.check(text) {
        Err(error) => (Outcome::Unread, error.to_string()),
        Ok(reading) => match (reading.records, reading.parked.first()) {
            (records, Some(reason)) => (
                Outcome::Unread,
                format!("{} of {} records: {reason}", reading.parked.len(), records + reading.parked.len()),
            ),
            (1, None) => (Outcome::Read, "1 record".to_owned()),
            (records, None) => (Outcome::Read, format!("{records} records")),
        },
    }
}

/// A field of the first record in a body, in whatever envelope.
fn first(body: &Value, field: &str) -> Option<String> {
    match body {
        Value::Array(rows) => rows.iter().find_map(|row| first(row, field)),
        Value::Object(map) => match map.get(field) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => map.get("data").and_then(|data| first(data, field)),
        },
        _ => None,
    }
}
