//! The outbox against the portal's ledger: nothing lost, nothing doubled, and every row says what became of it.

use crate::work::Work;
use domain::outbox::{Intent, OutboxRow, OutboxState};
use practice_portal::{Accepted, AcceptedKind};
use std::collections::{BTreeMap, BTreeSet};
use store::{OutboxEntry, OutboxFilter, Store};

/// How the rows ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Rows in the outbox.
    pub rows: usize,
    /// The portal has it.
    pub done: usize,
    /// The portal said no.
    pub rejected: usize,
    /// For the agent to tell.
    pub unknown: usize,
    /// Outcomes that were unknown at some time and were settled by reading the portal.
    pub read_back: usize,
    /// Entries of the portal's ledger.
    pub accepted: usize,
}

/// Compares, and answers the broken promises in words. `promised` are the places of the works that a child said are
/// durable.
///
/// # Panics
/// When the store cannot be read.
pub async fn compare(
    store: &Store,
    works: &[Work],
    promised: &BTreeSet<usize>,
    accepted: &[Accepted],
) -> (Ended, Vec<String>) {
    let all = store.outbox(OutboxFilter { over: true, ..OutboxFilter::default() }).await.unwrap();
    let rows: Vec<OutboxRow> = all.into_iter().filter_map(OutboxEntry::row).collect();
    let mut broken = Vec::new();
    for (number, work) in works.iter().enumerate() {
        match rows.iter().filter(|row| is(work, row)).count() {
            1 => {}
            0 if promised.contains(&number) => broken.push(format!("work {number} was promised and is lost")),
            0 => broken.push(format!("work {number} was never queued")),
            several => broken.push(format!("work {number} has {several} rows")),
        }
    }
    let mut ended = Ended { rows: rows.len(), accepted: accepted.len(), ..Ended::default() };
    let mut claimed = BTreeSet::new();
    for row in &rows {
        let (kind, id) = (row.intent.kind().code(), &row.id);
        ended.read_back += usize::from(!row.evidence.is_empty() && row.decision.is_none());
        match row.state {
            OutboxState::Done => ended.done += 1,
            OutboxState::Rejected => ended.rejected += 1,
            OutboxState::Unknown => ended.unknown += 1,
            other => broken.push(format!("{kind} {id} is still {}", other.code())),
        }
        if row.state == OutboxState::Unknown && row.evidence.is_empty() {
            broken.push(format!("{kind} {id} is unknown and shows no evidence"));
        }
        let record = accepted
            .iter()
            .find(|one| Some(one.record_id.to_string()) == row.server_id && one.kind == accepted_as(&row.intent));
        if row.state == OutboxState::Done && record.is_none() {
            broken.push(format!("{kind} {id} is called done and the portal has nothing of that key"));
        }
        if let Some(record) = record
            && !claimed.insert((record.kind, record.record_id))
        {
            broken.push(format!("{kind} {id} calls a record its own that another row has"));
        }
    }
    // Each note has its own text. Letters from the same facts have the same bytes, so their faxes are counted by the rows
    // that carry them; that each of those rows has a record of its own is looked at above.
    let mut sent: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in accepted {
        sent.entry(one.file_sha256.as_deref().unwrap_or(&one.payload_sha256)).or_default().0 += 1;
    }
    for file in rows.iter().filter_map(|row| row.intent.file()) {
        sent.entry(&file.hash).or_default().1 += 1;
    }
    for (mark, (times, rows)) in &sent {
        if *times > (*rows).max(1) {
            broken.push(format!("{mark} was accepted {times} times for {rows} rows"));
        }
    }
    if accepted.len() < ended.done || accepted.len() > ended.done + ended.unknown {
        let Ended { done, unknown, .. } = ended;
        broken.push(format!("{done} are done, {unknown} unknown, and the portal accepted {}", accepted.len()));
    }
    (ended, broken)
}

fn is(work: &Work, row: &OutboxRow) -> bool {
    match (work, &row.intent) {
        (Work::Fax { letter, .. }, Intent::Fax { letter: Some(theirs), .. }) => theirs.0 == *letter,
        (Work::Note { text, .. }, Intent::CreateNote { text: theirs }) => theirs == text,
        _ => false,
    }
}

fn accepted_as(intent: &Intent) -> AcceptedKind {
    match intent {
        Intent::Fax { .. } => AcceptedKind::Fax,
        _ => AcceptedKind::Note,
    }
}
