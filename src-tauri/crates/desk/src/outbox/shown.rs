//! Rows as the window shows them: where they stand, in the contract's words, and what they do, in the agent's.

use super::fields::{fields, refused, written};
use crate::contract::{OutboxDecision, OutboxItem, OutboxKind, OutboxStage, OutboxTrouble, OutboxTroubleKind};
use domain::outbox::{Decision, Intent, IntentKind, OutboxState, Trouble, TroubleKind, Turn};
use domain::{ClientField, FaxNumber, Goal, GoalId};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::OutboxEntry;

pub(super) fn told(decision: Decision) -> OutboxDecision {
    match decision {
        Decision::WasSent => OutboxDecision::WasSent,
        Decision::SendAgain => OutboxDecision::SendAgain,
        Decision::Cancel => OutboxDecision::Cancel,
    }
}

fn stage(state: OutboxState) -> OutboxStage {
    match state {
        OutboxState::Queued => OutboxStage::Queued,
        OutboxState::Sending => OutboxStage::Sending,
        OutboxState::Done => OutboxStage::Done,
        OutboxState::Rejected => OutboxStage::Rejected,
        OutboxState::Unknown => OutboxStage::Unknown,
        OutboxState::Cancelled => OutboxStage::Cancelled,
    }
}

fn kind(kind: IntentKind) -> OutboxKind {
    match kind {
        IntentKind::Fax => OutboxKind::Fax,
        IntentKind::Email => OutboxKind::Email,
        IntentKind::Sms => OutboxKind::Sms,
        IntentKind::PostalLetter => OutboxKind::PostalLetter,
        IntentKind::RecordFax => OutboxKind::RecordFax,
        IntentKind::AddDocument => OutboxKind::AddDocument,
        IntentKind::FileLetter => OutboxKind::FileLetter,
        IntentKind::ReplaceDocument => OutboxKind::ReplaceDocument,
        IntentKind::DeleteDocument => OutboxKind::DeleteDocument,
        IntentKind::LinkAttachment => OutboxKind::LinkAttachment,
        IntentKind::UnlinkAttachment => OutboxKind::UnlinkAttachment,
        IntentKind::CreateNote => OutboxKind::CreateNote,
        IntentKind::UpdateNote => OutboxKind::UpdateNote,
        IntentKind::DeleteNote => OutboxKind::DeleteNote,
        IntentKind::UpdateClient => OutboxKind::UpdateClient,
        IntentKind::AssignGoals => OutboxKind::AssignGoals,
        IntentKind::RemoveGoals => OutboxKind::RemoveGoals,
        IntentKind::CreateAgreement => OutboxKind::CreateAgreement,
    }
}

fn trouble_kind(kind: TroubleKind) -> OutboxTroubleKind {
    match kind {
        TroubleKind::Unreachable => OutboxTroubleKind::Unreachable,
        TroubleKind::Busy => OutboxTroubleKind::Busy,
        TroubleKind::SignIn => OutboxTroubleKind::SignIn,
        TroubleKind::Refused => OutboxTroubleKind::Refused,
        TroubleKind::Conflict => OutboxTroubleKind::Conflict,
        TroubleKind::Held => OutboxTroubleKind::Held,
        TroubleKind::Lost => OutboxTroubleKind::Lost,
        TroubleKind::Unclear => OutboxTroubleKind::Unclear,
        TroubleKind::TooManyTries => OutboxTroubleKind::TooManyTries,
    }
}

pub(super) fn item(entry: &OutboxEntry, name: Option<&String>, behind: bool, goals: &[Goal]) -> OutboxItem {
    let client_name = name.cloned().unwrap_or_default();
    let row = match entry {
        OutboxEntry::Row(row) => row,
        OutboxEntry::Parked(parked) => {
            return OutboxItem {
                id: parked.id.to_string(),
                client_id: parked.client.to_string(),
                client_name,
                kind: None,
                stage: stage(parked.state),
                title: "Something of a newer version".to_owned(),
                detail: parked.kind.replace('_', " "),
                created_at: parked.created.to_string(),
                sent_at: None,
                next_at: None,
                attempts: 0,
                behind,
                asks: !parked.state.is_over(),
                paused: false,
                trouble: Some(OutboxTrouble {
                    kind: OutboxTroubleKind::UnknownKind,
                    message: "This version does not know it. It stays as it is; a newer version can send it."
                        .to_owned(),
                    fields: BTreeMap::new(),
                    theirs: None,
                }),
                letter_id: None,
                editable: false,
            };
        }
    };
    let (title, detail) = words(&row.intent, goals);
    // Whatever the time is: what waits for time alone does not ask.
    let asks = row.state != OutboxState::Sending && row.turn(Timestamp::MAX) == Turn::Agent;
    OutboxItem {
        id: row.id.to_string(),
        client_id: row.client.to_string(),
        client_name,
        kind: Some(kind(row.intent.kind())),
        stage: stage(row.state),
        title,
        detail,
        created_at: row.created.to_string(),
        sent_at: row.sent.map(|at| at.to_string()),
        next_at: row.next.map(|at| at.to_string()),
        attempts: row.attempts,
        behind: behind && !row.state.is_over(),
        asks,
        paused: row.paused,
        trouble: row.trouble.as_ref().map(|trouble| OutboxTrouble {
            kind: trouble_kind(trouble.kind),
            message: trouble.message.clone(),
            fields: refused(&row.intent, &trouble.fields),
            theirs: trouble.theirs.clone().or_else(|| their_values(trouble)),
        }),
        letter_id: row.intent.letter().map(ToString::to_string),
        editable: matches!(row.state, OutboxState::Queued | OutboxState::Rejected) && !fields(&row.intent).is_empty(),
    }
}

/// What a row does, and more of it.
fn words(intent: &Intent, known: &[Goal]) -> (String, String) {
    let number =
        |digits: &str| FaxNumber::parse(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string());
    match intent {
        Intent::Fax { to, number: digits, .. } => (format!("Fax to {}", to.name()), number(digits)),
        Intent::Email { to, subject, .. } => (format!("E-mail to {to}"), subject.clone()),
        Intent::Sms { number: digits, body, .. } => (format!("Text message to {}", number(digits)), start(body)),
        Intent::PostalLetter { address, .. } => ("Letter by the portal".to_owned(), start(address)),
        Intent::RecordFax { to, number: digits, .. } => (format!("Record of a fax to {}", to.name()), number(digits)),
        Intent::AddDocument(document) => ("New document".to_owned(), document.file.name.clone()),
        Intent::FileLetter { document, .. } => ("Printed letter to be filed".to_owned(), document.file.name.clone()),
        Intent::ReplaceDocument { file, .. } => ("Another file for a document".to_owned(), file.name.clone()),
        Intent::DeleteDocument { .. } => ("Removal of a document".to_owned(), String::new()),
        Intent::LinkAttachment { entity, .. } => ("File to be attached".to_owned(), entity.replace('_', " ")),
        Intent::UnlinkAttachment { entity, .. } => ("File to be detached".to_owned(), entity.replace('_', " ")),
        Intent::CreateNote { text } => ("New note".to_owned(), start(text)),
        Intent::UpdateNote { text, .. } => ("Changed note".to_owned(), start(text)),
        Intent::DeleteNote { base } => ("Removal of a note".to_owned(), start(&base.text)),
        Intent::UpdateClient { changes } => {
            let labels: Vec<&str> = changes.iter().map(|change| change.field.label()).collect();
            ("Changed client data".to_owned(), labels.join(", "))
        }
        Intent::AssignGoals { goals } => ("New goal".to_owned(), goal_names(goals, known)),
        Intent::RemoveGoals { goals } => ("Removal of a goal".to_owned(), goal_names(goals, known)),
        Intent::CreateAgreement { name, .. } => ("Signed agreement".to_owned(), name.clone()),
    }
}

/// What the portal has now in place of what an edit of several fields was made on, a line each.
fn their_values(trouble: &Trouble) -> Option<String> {
    let line = |(code, value): (&String, &String)| {
        let (label, value) = match ClientField::from_code(code) {
            Some(field) => (field.label(), written(field, value)),
            None => (code.as_str(), value.clone()),
        };
        format!("{label}: {}", if value.is_empty() { "nothing" } else { &value })
    };
    let lines: Vec<String> = trouble.their_values.iter().map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

pub(super) fn of_goals(entry: &OutboxEntry) -> bool {
    let OutboxEntry::Row(row) = entry else { return false };
    matches!(row.intent.kind(), IntentKind::AssignGoals | IntentKind::RemoveGoals)
}

/// Their names; how many there are, where one is not in the list.
fn goal_names(goals: &[GoalId], known: &[Goal]) -> String {
    let name = |id: &GoalId| known.iter().find(|goal| goal.id == *id).map(|goal| goal.name.as_str());
    let names: Option<Vec<&str>> = goals.iter().map(name).collect();
    names.map_or_else(|| goals.len().to_string(), |names| names.join(", "))
}

/// The first line of a text, cut where a list cuts it.
fn start(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(90) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line.to_owned(),
    }
}
