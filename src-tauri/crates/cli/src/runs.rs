//! Print runs and awaited answers on the command line.

use crate::arguments::{AnswerCommand, Became, RunsCommand};
use crate::output::{Failure, Output};
use desk::Desk;
use desk::contract::{
    Empty, FollowUpFilter, FollowUpOutcome, FollowUpSet, Id, ManifestFormat, OutcomeCode, PrintRunConfirm,
};

pub(crate) async fn runs(desk: &Desk, command: RunsCommand, output: &Output) -> Result<(), Failure> {
    match command {
        RunsCommand::List => output.runs(&desk.print_run_list(Empty {}).await?),
        RunsCommand::Show { id } => output.run_detail(&desk.print_run_get(Id { id }).await?),
        RunsCommand::Confirm { id, jammed, mailed_on, no_filing } => {
            let confirm = PrintRunConfirm { id, jammed, mailed_on, file: !no_filing };
            let done = desk.print_run_confirm(confirm).await?;
            output.follow_ups(&done.follow_ups)
        }
        RunsCommand::Reprint { id } => output.run(&desk.print_run_reprint(Id { id }).await?),
        RunsCommand::Manifest { id, out } => {
            let csv = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            let format = if csv { ManifestFormat::Csv } else { ManifestFormat::Pdf };
            output.saved(&desk.print_run_manifest_to(&id, format, &out).await?)
        }
    }
}

pub(crate) async fn answers(desk: &Desk, command: AnswerCommand, output: &Output) -> Result<(), Failure> {
    let row = match command {
        AnswerCommand::List { client, all } => {
            let filter = FollowUpFilter { client_id: client, closed: all };
            return output.follow_ups(&desk.follow_up_list(filter).await?);
        }
        AnswerCommand::Received { letter, on, extended } => {
            desk.follow_up_set(FollowUpSet { letter_id: letter, received_on: on, extended }).await?
        }
        AnswerCommand::Outcome { letter, items, outcome } => {
            let outcome = Some(match outcome {
                Became::Deleted => OutcomeCode::Deleted,
                Became::Updated => OutcomeCode::Updated,
                Became::Verified => OutcomeCode::Verified,
                Became::Frivolous => OutcomeCode::Frivolous,
                Became::NoResponse => OutcomeCode::NoResponse,
                Became::Reinserted => OutcomeCode::Reinserted,
            });
            desk.follow_up_outcome(FollowUpOutcome { letter_id: letter, item_ids: items, outcome }).await?
        }
    };
    output.follow_ups(&[row])
}
