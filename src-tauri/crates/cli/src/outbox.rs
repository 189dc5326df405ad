//! The outbox, faxes, documents and agreements.

use crate::arguments::{AddDocumentArguments, AgreementsCommand, Decision, OutboxCommand, RecordFaxArguments};
use crate::output::{Failure, Output};
use desk::Desk;
use desk::contract::{
    AgreementAdd, DeskEvent, DocumentAdd, Empty, FaxRecord, FaxSend, Id, OutboxDecision, OutboxPause, OutboxQuery,
    OutboxSettle, OutboxStatus,
};
use std::path::PathBuf;

pub(crate) async fn run(desk: &Desk, command: OutboxCommand, output: &Output) -> Result<(), Failure> {
    match command {
        OutboxCommand::List { client, all } => {
            output.outbox(&desk.outbox_list(OutboxQuery { client_id: client, over: all }).await?)
        }
        OutboxCommand::Show { id } => output.detail(&desk.outbox_get(Id { id }).await?),
        OutboxCommand::Send => output.outbox_status(&send(desk).await?),
        OutboxCommand::Retry { id } => output.item(&desk.outbox_retry(Id { id }).await?),
        OutboxCommand::Pause { id: Some(id) } => output.item(&desk.outbox_pause(Id { id }).await?),
        OutboxCommand::Pause { id: None } => output.outbox_status(&desk.sending_pause(Empty {}).await?),
        OutboxCommand::Resume { id: Some(id) } => output.item(&desk.outbox_resume(Id { id }).await?),
        OutboxCommand::Resume { id: None } => output.outbox_status(&desk.sending_resume(Empty {}).await?),
        OutboxCommand::Cancel { id } => output.item(&desk.outbox_cancel(Id { id }).await?),
        OutboxCommand::Rescue { id: Some(id) } => output.rescued(&desk.aside_rescue(Id { id }).await?),
        OutboxCommand::Rescue { id: None } => output.asides(&desk.aside_list(Empty {}).await?),
        OutboxCommand::Settle { id, decision } => {
            let decision = match decision {
                Decision::WasSent => OutboxDecision::WasSent,
                Decision::SendAgain => OutboxDecision::SendAgain,
                Decision::Cancel => OutboxDecision::Cancel,
            };
            output.item(&desk.outbox_settle(OutboxSettle { id, decision }).await?)
        }
    }
}

/// Waits while the worker sends: until nothing waits, or nothing goes on by itself.
async fn send(desk: &Desk) -> Result<OutboxStatus, Failure> {
    let mut events = desk.events();
    desk.network_back(Empty {}).await?;
    loop {
        let status = desk.outbox_status(Empty {}).await?;
        let stuck = matches!(status.paused, Some(OutboxPause::Agent | OutboxPause::SignIn | OutboxPause::CacheFailed));
        if status.waiting == 0 || stuck || !moves(desk).await? {
            return Ok(status);
        }
        tokio::select! {
            event = events.recv() => if matches!(event, Ok(DeskEvent::Outbox(_))) { continue },
            interrupted = tokio::signal::ctrl_c() => if interrupted.is_ok() { return Ok(status) },
        }
    }
}

/// Whether any row is not held up by one that waits for the agent, or that the agent paused.
async fn moves(desk: &Desk) -> Result<bool, Failure> {
    let rows = desk.outbox_list(OutboxQuery::default()).await?;
    let blocked: Vec<&str> =
        rows.iter().filter(|row| row.asks || row.paused).map(|row| row.client_id.as_str()).collect();
    Ok(rows.iter().any(|row| !blocked.contains(&row.client_id.as_str())))
}

pub(crate) async fn fax(
    desk: &Desk,
    letters: Vec<String>,
    number: Option<String>,
    cover: bool,
    again: bool,
    output: &Output,
) -> Result<(), Failure> {
    let numbers = match number {
        Some(number) => letters.iter().map(|letter| (letter.clone(), number.clone())).collect(),
        None => std::collections::BTreeMap::new(),
    };
    let queued = desk.fax_send(FaxSend { letter_ids: letters, numbers, cover, again }).await?;
    output.faxes(&queued)
}

pub(crate) async fn add_document(desk: &Desk, add: AddDocumentArguments, output: &Output) -> Result<(), Failure> {
    let AddDocumentArguments { client, kind, subtype, caption, file } = add;
    let token = chosen(desk, file).await?;
    output.item(&desk.document_add(DocumentAdd { client_id: client, token, kind, subkind: subtype, caption }).await?)
}

/// The token of a file.
pub(crate) async fn chosen(desk: &Desk, file: PathBuf) -> Result<String, Failure> {
    let chosen = desk.files_chosen(vec![file]).await?;
    let Some(chosen) = chosen.into_iter().next() else { return Err(Failure::usage("no file was chosen")) };
    match chosen.problem {
        Some(problem) => Err(Failure(problem)),
        None => Ok(chosen.token),
    }
}

async fn maybe_chosen(desk: &Desk, file: Option<PathBuf>) -> Result<Option<String>, Failure> {
    match file {
        Some(file) => chosen(desk, file).await.map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn record_fax(desk: &Desk, record: RecordFaxArguments, output: &Output) -> Result<(), Failure> {
    let RecordFaxArguments { client, number, to, furnisher, file } = record;
    let token = maybe_chosen(desk, file).await?;
    let record = FaxRecord { client_id: client, number, recipient: to, furnisher, token };
    output.item(&desk.fax_record(record).await?)
}

pub(crate) async fn agreements(desk: &Desk, command: AgreementsCommand, output: &Output) -> Result<(), Failure> {
    match command {
        AgreementsCommand::List { client } => output.agreements(&desk.agreement_list(Id { id: client }).await?),
        AgreementsCommand::Add { client, name, kind, signed, file } => {
            let token = maybe_chosen(desk, file).await?;
            let add = AgreementAdd { client_id: client, name, kind, signed_on: signed, token };
            output.item(&desk.agreement_add(add).await?)
        }
    }
}
