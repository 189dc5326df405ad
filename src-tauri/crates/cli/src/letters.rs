//! Letters on the command line.

use crate::arguments::{Bureau, PrepareArguments};
use crate::output::{Failure, Output};
use desk::Desk;
use desk::contract::{
    BureauCode, Empty, LetterFilter, LetterItem, LetterPrint, PrepareLetters, RecipientChoice, RecipientParty,
    SaveLayout,
};
use std::path::Path;

pub(crate) async fn prepare(desk: &Desk, arguments: PrepareArguments, output: &Output) -> Result<(), Failure> {
    let bureaus = arguments.bureaus.into_iter().map(|bureau| RecipientParty::Bureau {
        bureau: match bureau {
            Bureau::Equifax => BureauCode::Equifax,
            Bureau::Experian => BureauCode::Experian,
            Bureau::Transunion => BureauCode::Transunion,
        },
    });
    let furnishers =
        arguments.furnishers.into_iter().map(|furnisher_id| RecipientParty::Furnisher { furnisher_id, address: None });
    let recipients: Vec<RecipientChoice> =
        bureaus.chain(furnishers).map(|party| RecipientChoice { party, item_ids: None }).collect();
    if recipients.is_empty() {
        return Err(Failure::usage("give at least one --bureau or --furnisher"));
    }
    let prepared = desk
        .letter_prepare(PrepareLetters {
            client_id: arguments.client,
            template_id: arguments.template,
            items: arguments.items.into_iter().map(|(item_id, reason_id)| LetterItem { item_id, reason_id }).collect(),
            recipients,
            unsigned_override: arguments.unsigned_because,
        })
        .await?;
    output.prepared(&prepared)?;
    match prepared.problems.into_iter().next() {
        Some(first) => Err(Failure(first.problem)),
        None => Ok(()),
    }
}

pub(crate) async fn list(
    desk: &Desk,
    client_id: Option<String>,
    discarded: bool,
    output: &Output,
) -> Result<(), Failure> {
    output.letters(&desk.letter_list(LetterFilter { client_id, discarded }).await?)
}

pub(crate) async fn save(
    desk: &Desk,
    out: &Path,
    merged: bool,
    ids: &[String],
    output: &Output,
) -> Result<(), Failure> {
    let layout = if merged { SaveLayout::Merged } else { SaveLayout::Separate };
    output.saved(&desk.letter_export(ids, layout, out).await?)
}

pub(crate) async fn print(
    desk: &Desk,
    printer: Option<String>,
    ids: Vec<String>,
    output: &Output,
) -> Result<(), Failure> {
    let printer = match printer {
        Some(printer) => printer,
        None => {
            let printers = desk.printer_list(Empty {}).await?;
            let default = printers.into_iter().find(|printer| printer.is_default);
            default.map(|printer| printer.name).ok_or_else(|| Failure::usage("no default printer; give --printer"))?
        }
    };
    output.job(&desk.letter_print(LetterPrint { ids, printer }).await?)
}
