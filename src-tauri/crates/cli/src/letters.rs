//! Letters on the command line.

use crate::arguments::{Bureau, PrepareArguments, PrintArguments, ReviewHow};
use crate::output::{Failure, Output};
use desk::Desk;
use desk::contract::{
    BureauCode, Empty, GateMedium, GateRule, LetterCheck, LetterFilter, LetterItem, LetterOverride, LetterReview,
    PrepareLetters, PrintRunStart, RecipientChoice, RecipientParty, ReviewChannelCode, SaveLayout,
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
    let addressees = arguments.addressees.into_iter().map(|addressee_id| RecipientParty::Addressee { addressee_id });
    let recipients: Vec<RecipientChoice> =
        bureaus.chain(furnishers).chain(addressees).map(|party| RecipientChoice { party, item_ids: None }).collect();
    if recipients.is_empty() {
        return Err(Failure::usage("give at least one --bureau, --furnisher or --addressee"));
    }
    let prepared = desk
        .letter_prepare(PrepareLetters {
            client_id: arguments.client,
            template_id: arguments.template,
            items: arguments.items.into_iter().map(|(item_id, reason_id)| LetterItem { item_id, reason_id }).collect(),
            recipients,
            unsigned_override: arguments.unsigned_because,
            enclosures: arguments.enclosures,
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

pub(crate) async fn print(desk: &Desk, arguments: PrintArguments, output: &Output) -> Result<(), Failure> {
    let printer = match arguments.printer {
        Some(printer) => printer,
        None => {
            let printers = desk.printer_list(Empty {}).await?;
            let default = printers.into_iter().find(|printer| printer.is_default);
            default.map(|printer| printer.name).ok_or_else(|| Failure::usage("no default printer; give --printer"))?
        }
    };
    let PrintArguments { tray, duplex, copies, ids, .. } = arguments;
    output.run(&desk.print_run_start(PrintRunStart { ids, printer, tray, duplex, copies }).await?)
}

pub(crate) async fn check(desk: &Desk, ids: Vec<String>, fax: bool, output: &Output) -> Result<(), Failure> {
    let medium = if fax { GateMedium::Fax } else { GateMedium::Paper };
    output.checked(&desk.letter_check(LetterCheck { ids, medium }).await?)
}

pub(crate) async fn review(
    desk: &Desk,
    how: Option<ReviewHow>,
    on: Option<String>,
    ids: Vec<String>,
    output: &Output,
) -> Result<(), Failure> {
    let channel = how.map(|how| match how {
        ReviewHow::Phone => ReviewChannelCode::Phone,
        ReviewHow::Email => ReviewChannelCode::Email,
        ReviewHow::InPerson => ReviewChannelCode::InPerson,
        ReviewHow::Portal => ReviewChannelCode::Portal,
    });
    output.letters(&desk.letter_review(LetterReview { ids, channel, on }).await?)
}

/// Overrides the finding of this rule, of which a letter may have several.
pub(crate) async fn allow(
    desk: &Desk,
    id: String,
    code: &str,
    reason: Option<String>,
    output: &Output,
) -> Result<(), Failure> {
    let rule: GateRule = serde_json::from_value(code.into())
        .map_err(|_| Failure::usage(&format!("{code} is no rule: see the codes in `desk gate`")))?;
    let mut last = Vec::new();
    for medium in [GateMedium::Paper, GateMedium::Fax] {
        let checked = desk.letter_check(LetterCheck { ids: vec![id.clone()], medium }).await?;
        for finding in checked.into_iter().flat_map(|checked| checked.findings).filter(|finding| finding.rule == rule) {
            let (letter_id, subject, reason) = (id.clone(), finding.subject, reason.clone());
            last = vec![desk.letter_override(LetterOverride { letter_id, rule, subject, reason }).await?];
        }
    }
    if last.is_empty() {
        return Err(Failure::usage(&format!("nothing was found under {code}: there is nothing to override")));
    }
    output.checked(&last)
}
