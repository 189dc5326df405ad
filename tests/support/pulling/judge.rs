//! Whether what the cache has is what the portal said.

use super::portal::{ModelledPortal, Row, Sorting, Table};
use super::records::{Kind, Place};
use domain::ClientId;
use std::collections::BTreeMap;
use store::{DetailTable, Reading, Store};

/// Rows of a kind that are in the cache, each with the number of its version; none for what the portal never said.
pub(super) type Held = BTreeMap<i64, Option<usize>>;

/// What the cache has of a kind.
pub(super) async fn held(store: &Store, portal: &ModelledPortal, kind: Kind) -> Held {
    match kind.place() {
        Place::List(resource) => {
            let said = portal.table(kind, |table| {
                let versions = |(key, row): (&i64, &Row)| {
                    let numbered = row.versions.iter().enumerate();
                    numbered.map(|(at, version)| (*key, at, version.body.clone())).collect::<Vec<_>>()
                };
                table.rows.iter().filter(|(_, row)| !row.odd).flat_map(versions).collect::<Vec<_>>()
            });
            let rows: Vec<(String, &str)> =
                said.iter().map(|(key, _, body)| (key.to_string(), body.as_str())).collect();
            let differing = store.differing(resource, &rows).await.unwrap();
            let same = said.iter().enumerate().filter(|(at, _)| differing.binary_search(at).is_err());
            let mut held: Held = same.map(|(_, (key, number, _))| (*key, Some(*number))).collect();
            // Whatever else is there has no key that a row ever had.
            for stranger in held.len() as u64..store.held(resource).await.unwrap() {
                held.insert(-1 - i64::try_from(stranger).unwrap(), None);
            }
            held
        }
        Place::Detail(table) => {
            let clients: Vec<i64> = portal.table(Kind::Clients, |table| table.rows.keys().copied().collect());
            let mut held = Held::new();
            for client in clients {
                held.extend(details(store, table, ClientId(client)).await);
            }
            held
        }
    }
}

async fn details(store: &Store, table: DetailTable, client: ClientId) -> Held {
    let number = |text: &str| text.strip_prefix('v').and_then(|number| number.parse().ok());
    let time = |time: Option<jiff::Timestamp>| time.and_then(|time| usize::try_from(time.as_second()).ok());
    match table {
        DetailTable::Agreements => {
            store.agreements_of(client).await.unwrap().iter().map(|row| (row.id.0, number(&row.name))).collect()
        }
        DetailTable::Documents => {
            let rows = store.documents_of(client).await.unwrap();
            rows.iter().map(|row| (row.id.0.parse().unwrap(), time(row.created))).collect()
        }
        DetailTable::Reports => {
            store.reports_of(client).await.unwrap().iter().map(|row| (row.id.0, time(row.created))).collect()
        }
        DetailTable::CreditReports => {
            let rows = store.credit_reports_of(client).await.unwrap();
            rows.iter().map(|row| (row.report.id.0, number(&row.report.vendor))).collect()
        }
        DetailTable::Tasks => {
            let rows = store.client_tasks_of(client).await.unwrap();
            rows.iter().map(|row| (row.task.id.0, number(&row.task.name))).collect()
        }
        DetailTable::Goals => {
            store.goals_of(client).await.unwrap().iter().map(|row| (row.id.0, number(&row.name))).collect()
        }
    }
}

/// Whether the newest first of a list is what was changed last, or the list does not show what was.
pub(super) fn tells_changes(kind: Kind, table: &Table) -> bool {
    let by_time = !matches!(kind, Kind::Clients | Kind::Correspondences);
    let by_luck = by_time && table.manner.sorting == Sorting::Ignored && table.manner.shows_changes;
    !table.slipped && !by_luck
}

/// What of a kind the portal had by this time, and has, and is not in the cache as it was then or later. What was changed
/// since is `brought` as well, or, where it may have come to stand before what was read, by the next pull.
pub(super) fn missing(kind: Kind, table: &Table, held: &Held, by: u64, brought: bool) -> Vec<String> {
    let mut missing = Vec::new();
    let settled = |row: &Row| brought || row.versions.last().is_some_and(|version| version.since < by);
    for (key, row) in table.live(0).filter(|(_, row)| !row.odd && settled(row)) {
        let Some(wanted) = row.versions.iter().rposition(|version| version.since < by) else { continue };
        match held.get(&key) {
            None => missing.push(format!("{kind:?} {key} is not in the cache")),
            Some(Some(number)) if *number < wanted => {
                missing.push(format!("{kind:?} {key} is version {number} in the cache, and was {wanted} before"));
            }
            Some(_) => {}
        }
    }
    missing
}

/// What is in the cache and not on the portal.
pub(super) fn strangers(kind: Kind, table: &Table, held: &Held) -> Vec<String> {
    let here = |key: i64| table.rows.get(&key).is_some_and(|row| row.gone.is_none() && !row.odd);
    held.keys()
        .filter(|key| !here(**key))
        .map(|key| format!("{kind:?} {key} is in the cache and not on the portal"))
        .collect()
}

/// What should stand for asking for a kind that is refused so.
pub(super) fn reading(refused: Option<u16>) -> Reading {
    match refused {
        Some(403) => Reading::Forbidden,
        Some(_) => Reading::Missing,
        None => Reading::Read,
    }
}

/// A report's content in the cache is the one of its version.
pub(super) async fn contents(store: &Store, held: &Held) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, number) in held {
        let content = store.credit_report_content(domain::MasterSchemaId(*key)).await.unwrap();
        let shown = number.map(|number| format!("\"vendor\":\"v{number}\""));
        if content.zip(shown).is_none_or(|(content, shown)| !content.contains(&shown)) {
            wrong.push(format!("the content of report {key} is not that of its version"));
        }
    }
    wrong
}
