//! Results as tables for people or as JSON for programs, and failures as exit codes.

use crate::practice::Serving;
use desk::contract::{
    AddresseeRow, AsideRescued, AsideRow, ClientAgreements, ClientFile, ClientGoals, ClientPage, ClientTasks,
    DocumentCard, FaxesQueued, FollowUpRow, GateRuleRow, ItemRow, LetterChecked, LetterRow, LetterSaved, NoteRow,
    OutboxDetail, OutboxItem, OutboxPause, OutboxStatus, PreparedLetters, PrintRunDetail, PrintRunRow, PrinterRow,
    Problem, ProblemCode, ReasonRow, Said, SavedClientFilter, SegmentRow, Session, SessionStage, SyncStatus, TaskStage,
    TemplateRow,
};
use desk::{ApiAnswer, ApiOperation, Error, Outcome, Probe};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

/// Why a command failed.
pub(crate) struct Failure(pub(crate) Problem);

impl Failure {
    /// The arguments do not fit.
    pub(crate) fn usage(message: &str) -> Self {
        Self(Problem { code: ProblemCode::BadRequest, message: message.to_owned(), fields: BTreeMap::new() })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error.problem())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(Problem { code: ProblemCode::FileFailed, message: error.to_string(), fields: BTreeMap::new() })
    }
}

/// How results are written.
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Writes a value as JSON, or as what `table` makes of it.
    fn write<T: Serialize>(&self, value: &T, table: impl FnOnce(&T) -> String) -> Result<(), Failure> {
        let mut text = if self.json {
            serde_json::to_string(value).map_err(|error| Failure::usage(&error.to_string()))?
        } else {
            table(value)
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        std::io::stdout().write_all(text.as_bytes())?;
        Ok(std::io::stdout().flush()?)
    }

    /// Tells a failure and answers its exit code.
    pub(crate) fn failed(&self, failure: &Failure) -> ExitCode {
        let Problem { code, message, fields } = &failure.0;
        let text = if self.json {
            serde_json::to_string(&failure.0).unwrap_or_else(|_| message.clone())
        } else {
            let mut text = message.clone();
            for (field, messages) in fields {
                text.push_str(&format!("\n  {field}: {}", messages.join(" ")));
            }
            text
        };
        let _ = writeln!(std::io::stderr(), "{text}");
        ExitCode::from(exit_code(*code))
    }

    pub(crate) fn serving(&self, serving: &Serving) -> Result<(), Failure> {
        self.write(serving, |s| {
            let others: String =
                s.accounts.iter().map(|account| format!("\n  {:<14}{}", account.role, account.email)).collect();
            format!(
                "Practice portal with {} made-up clients (seed {})\n  portal    {}\n  e-mail    {}\n  password  {}\n  API key   {}\nThe same password signs in{others}\nCtrl-C stops it.",
                s.clients, s.seed, s.portal, s.email, s.password, s.api_key
            )
        })
    }

    pub(crate) fn session(&self, session: &Session) -> Result<(), Failure> {
        self.write(session, session_text)
    }

    pub(crate) fn status(&self, session: &Session, sync: &SyncStatus) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Status<'a> {
            session: &'a Session,
            sync: &'a SyncStatus,
        }
        self.write(&Status { session, sync }, |status| {
            let session = session_text(status.session);
            match status.session.stage {
                SessionStage::Ready => format!("{session}\n{}", sync_text(status.sync)),
                _ => session,
            }
        })
    }

    pub(crate) fn sync(&self, status: &SyncStatus) -> Result<(), Failure> {
        self.write(status, sync_text)
    }

    pub(crate) fn clients(&self, page: &ClientPage) -> Result<(), Failure> {
        self.write(page, |page| {
            let rows = page.rows.iter().map(|row| {
                vec![
                    row.id.clone(),
                    row.sorted_name.clone(),
                    row.city.clone(),
                    row.state.clone(),
                    row.phone.clone(),
                    row.items.to_string(),
                ]
            });
            format!(
                "{}{} of {} clients",
                table(&["ID", "NAME", "CITY", "ST", "PHONE", "ITEMS"], rows),
                page.rows.len(),
                page.total
            )
        })
    }

    pub(crate) fn filters(&self, kept: &[SavedClientFilter], segments: &[SegmentRow]) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Filters<'a> {
            kept: &'a [SavedClientFilter],
            segments: &'a [SegmentRow],
        }
        self.write(&Filters { kept, segments }, |filters| {
            let names = filters.kept.iter().map(|one| vec![one.name.clone()]);
            let segments = filters.segments.iter().map(|one| {
                let clients = one.clients.map_or_else(|| "unknown".to_owned(), |count| count.to_string());
                vec![
                    one.id.clone(),
                    one.name.clone(),
                    clients,
                    one.read_at.clone().unwrap_or_else(|| "never".to_owned()),
                ]
            });
            format!("{}\n{}", table(&["KEPT FILTER"], names), table(&["SEGMENT", "NAME", "CLIENTS", "READ"], segments))
        })
    }

    pub(crate) fn items(&self, items: &[ItemRow]) -> Result<(), Failure> {
        self.write(&items, |items| {
            let rows = items.iter().map(|item| {
                let bureau = item.bureau.map_or_else(|| "unknown".to_owned(), |bureau| format!("{bureau:?}"));
                vec![
                    item.id.clone(),
                    bureau,
                    item.account_name.clone(),
                    item.account_number.clone(),
                    item.account_type.clone(),
                    item.balance.clone().unwrap_or_default(),
                    if item.excluded { "excluded".to_owned() } else { item.status.clone() },
                ]
            });
            table(&["ID", "BUREAU", "ACCOUNT", "NUMBER", "TYPE", "BALANCE", "STATUS"], rows)
        })
    }

    pub(crate) fn templates(&self, templates: &[TemplateRow]) -> Result<(), Failure> {
        self.write(&templates, |templates| {
            let rows = templates.iter().map(|t| vec![t.id.clone(), t.name.clone(), t.kind.clone(), t.category.clone()]);
            table(&["ID", "NAME", "TYPE", "CATEGORY"], rows)
        })
    }

    pub(crate) fn addressees(&self, addressees: &[AddresseeRow]) -> Result<(), Failure> {
        self.write(&addressees, |addressees| {
            let rows = addressees.iter().map(|AddresseeRow { id, name, address, fax }| {
                let place = format!("{}, {}, {} {}", address.street, address.city, address.state, address.zip);
                vec![id.clone(), name.clone(), place, fax.clone()]
            });
            table(&["ID", "NAME", "ADDRESS", "FAX"], rows)
        })
    }

    pub(crate) fn reasons(&self, reasons: &[ReasonRow]) -> Result<(), Failure> {
        self.write(&reasons, |reasons| {
            table(&["ID", "REASON"], reasons.iter().map(|reason| vec![reason.id.clone(), reason.name.clone()]))
        })
    }

    pub(crate) fn printers(&self, printers: &[PrinterRow]) -> Result<(), Failure> {
        self.write(&printers, |printers| {
            let rows = printers.iter().map(|printer| {
                let state = match (printer.is_default, printer.ready) {
                    (true, true) => "default",
                    (false, true) => "",
                    (_, false) => "not ready",
                };
                vec![printer.name.clone(), printer.label.clone(), state.to_owned()]
            });
            table(&["NAME", "LABEL", "STATE"], rows)
        })
    }

    pub(crate) fn letters(&self, letters: &[LetterRow]) -> Result<(), Failure> {
        self.write(&letters, |letters| letters_text(letters))
    }

    pub(crate) fn prepared(&self, prepared: &PreparedLetters) -> Result<(), Failure> {
        self.write(prepared, |prepared| {
            let mut text = letters_text(&prepared.letters);
            for problem in &prepared.problems {
                text.push_str(&format!("not written: {}: {}\n", problem.recipient_name, problem.problem.message));
            }
            text
        })
    }

    pub(crate) fn saved(&self, saved: &LetterSaved) -> Result<(), Failure> {
        self.write(saved, |saved| saved.files.join("\n"))
    }

    pub(crate) fn gate(&self, rules: &[GateRuleRow]) -> Result<(), Failure> {
        self.write(&rules, |rules| {
            let rows = rules.iter().map(|rule| {
                let limit = rule.limit.as_ref();
                let limit = limit.map(|limit| format!("{} = {} {}", limit.name, limit.value, limit.unit));
                vec![code(&rule.rule), code(&rule.severity), rule.title.clone(), limit.unwrap_or_default()]
            });
            table(&["RULE", "WEIGHT", "TITLE", "LIMIT"], rows)
        })
    }

    pub(crate) fn checked(&self, letters: &[LetterChecked]) -> Result<(), Failure> {
        self.write(&letters, |letters| {
            let mut text = String::new();
            for letter in *letters {
                let state = if letter.blocked { "held" } else { "may go" };
                text.push_str(&format!("{} {state}\n", letter.letter_id));
                for finding in &letter.findings {
                    let over = finding.overridden.as_ref();
                    let over = over.map(|over| format!(" (allowed by {}: {})", over.by, over.reason));
                    let (rule, severity) = (code(&finding.rule), code(&finding.severity));
                    text.push_str(&format!("  {severity} {rule}: {}{}\n", finding.message, over.unwrap_or_default()));
                }
            }
            text
        })
    }

    pub(crate) fn run(&self, run: &PrintRunRow) -> Result<(), Failure> {
        self.write(run, |run| {
            let job = run.job.as_deref().unwrap_or("no job");
            format!(
                "Run {} ({}): {job}, {} letters, {} pages on {} sheets. Say what came out: desk runs confirm {}",
                run.number,
                code(&run.stage),
                run.letters,
                run.pages,
                run.sheets,
                run.id
            )
        })
    }

    pub(crate) fn runs(&self, runs: &[PrintRunRow]) -> Result<(), Failure> {
        self.write(&runs, |runs| {
            let rows = runs.iter().map(|run| {
                vec![
                    run.number.to_string(),
                    run.id.clone(),
                    code(&run.stage),
                    run.letters.to_string(),
                    run.sheets.to_string(),
                    run.jammed.to_string(),
                    run.printer.clone(),
                    run.started_at.clone(),
                ]
            });
            table(&["RUN", "ID", "STATE", "LETTERS", "SHEETS", "JAMMED", "PRINTER", "STARTED"], rows)
        })
    }

    pub(crate) fn run_detail(&self, detail: &PrintRunDetail) -> Result<(), Failure> {
        self.write(detail, |detail| {
            let rows = detail.letters.iter().map(|letter| {
                vec![
                    letter.position.to_string(),
                    letter.letter_id.clone(),
                    letter.client_name.clone(),
                    letter.recipient_name.clone(),
                    letter.pages.to_string(),
                    letter.sheets.to_string(),
                    letter.postage.clone(),
                    match letter.came_out {
                        Some(true) => "yes",
                        Some(false) => "jammed",
                        None => "",
                    }
                    .to_owned(),
                ]
            });
            let heads = ["NO", "LETTER", "CLIENT", "RECIPIENT", "PAGES", "SHEETS", "POSTAGE", "CAME OUT"];
            table(&heads, rows)
        })
    }

    pub(crate) fn follow_ups(&self, rows: &[FollowUpRow]) -> Result<(), Failure> {
        self.write(&rows, |rows| {
            let rows = rows.iter().map(|row| {
                let due = if row.estimated { format!("{} (estimated)", row.due_on) } else { row.due_on.clone() };
                let open = row.items.iter().filter(|item| item.outcome.is_none()).count();
                vec![
                    row.letter_id.clone(),
                    row.client_name.clone(),
                    row.recipient_name.clone(),
                    row.sent_on.clone(),
                    due,
                    row.days_left.to_string(),
                    format!("{open} of {}", row.items.len()),
                ]
            });
            table(&["LETTER", "CLIENT", "RECIPIENT", "SENT", "DUE", "DAYS LEFT", "AWAITED"], rows)
        })
    }

    pub(crate) fn said(&self, said: &Said) -> Result<(), Failure> {
        self.write(said, |said| if said.message.is_empty() { "Done.".to_owned() } else { said.message.clone() })
    }

    pub(crate) fn operations(&self, operations: &[ApiOperation]) -> Result<(), Failure> {
        self.write(&operations, |operations| {
            let rows = operations.iter().map(|it| {
                vec![
                    it.operation.to_owned(),
                    it.method.clone(),
                    it.path.clone(),
                    it.query.join(" "),
                    it.body.join(" "),
                    it.answer.to_owned(),
                ]
            });
            let text = table(&["OPERATION", "METHOD", "PATH", "QUERY", "BODY", "ANSWERS"], rows);
            format!("{text}{} operations", operations.len())
        })
    }

    /// The body of an answer as it came; what could not be read of it goes to standard error.
    pub(crate) fn answer(&self, answer: &ApiAnswer) -> Result<(), Failure> {
        let mut out = std::io::stdout();
        out.write_all(&answer.body)?;
        if answer.body.last().is_some_and(|last| *last != b'\n') {
            out.write_all(b"\n")?;
        }
        out.flush()?;
        for unread in &answer.unread {
            writeln!(std::io::stderr(), "not read: {unread}")?;
        }
        Ok(())
    }

    pub(crate) fn probes(&self, probes: &[Probe]) -> Result<(), Failure> {
        self.write(&probes, |probes| {
            let rows = probes.iter().map(|probe| {
                let outcome = match probe.outcome {
                    Outcome::Read => "read",
                    Outcome::Unread => "NOT READ",
                    Outcome::Refused => "refused",
                    Outcome::Silent => "no answer",
                    Outcome::Skipped => "",
                };
                let called = probe.outcome != Outcome::Skipped;
                let ms = if called { probe.ms.to_string() } else { String::new() };
                vec![
                    probe.operation.to_owned(),
                    probe.route.clone(),
                    probe.status.clone(),
                    ms,
                    outcome.to_owned(),
                    probe.why.clone(),
                ]
            });
            let text = table(&["OPERATION", "ROUTE", "ANSWER", "MS", "DECODED", "WHY"], rows);
            let of = |outcome| probes.iter().filter(|probe| probe.outcome == outcome).count();
            format!(
                "{text}{} read, {} not read, {} refused, {} without an answer, {} not called",
                of(Outcome::Read),
                of(Outcome::Unread),
                of(Outcome::Refused),
                of(Outcome::Silent),
                of(Outcome::Skipped)
            )
        })
    }

    pub(crate) fn item(&self, item: &OutboxItem) -> Result<(), Failure> {
        self.write(item, |item| outbox_text(std::slice::from_ref(item)))
    }

    pub(crate) fn outbox(&self, items: &[OutboxItem]) -> Result<(), Failure> {
        self.write(&items, |items| if items.is_empty() { "Nothing waits.".to_owned() } else { outbox_text(items) })
    }

    pub(crate) fn outbox_status(&self, status: &OutboxStatus) -> Result<(), Failure> {
        self.write(status, |status| {
            let rows = match (status.waiting, status.trouble, status.paused_rows) {
                (0, 0, 0) => "Everything is sent.".to_owned(),
                (waiting, trouble, 0) => format!("{waiting} waiting, {trouble} need your decision"),
                (waiting, trouble, paused) => {
                    format!("{waiting} waiting, {trouble} need your decision, {paused} paused")
                }
            };
            match status.paused {
                Some(OutboxPause::Agent) => format!("Sending is paused: resume it with `desk outbox resume`.\n{rows}"),
                _ => rows,
            }
        })
    }

    pub(crate) fn asides(&self, asides: &[AsideRow]) -> Result<(), Failure> {
        self.write(&asides, |asides| match asides.is_empty() {
            true => "No cache was set aside.".to_owned(),
            false => table(&["ID", "SET ASIDE", "NOT SENT", "UNREADABLE", "WHY"], asides.iter().map(aside_cells)),
        })
    }

    pub(crate) fn rescued(&self, rescued: &AsideRescued) -> Result<(), Failure> {
        self.write(rescued, |rescued| {
            let mut text = match rescued.brought.len() {
                0 => "Nothing was brought.\n".to_owned(),
                rows => format!("{rows} brought; nothing of it goes before you resume or settle it.\n"),
            };
            if rescued.unreadable > 0 {
                text.push_str(&format!("{} cannot be read.\n", rescued.unreadable));
            }
            if !rescued.brought.is_empty() {
                text.push_str(&outbox_text(&rescued.brought));
            }
            text
        })
    }

    pub(crate) fn detail(&self, detail: &OutboxDetail) -> Result<(), Failure> {
        self.write(detail, |detail| {
            let mut text = outbox_text(std::slice::from_ref(&detail.item));
            for field in &detail.fields {
                text.push_str(&format!("  {}: {}\n", field.label, field.value));
            }
            let known = [
                ("file", &detail.file_hash),
                ("all of it", &detail.payload_hash),
                ("key of the file", &detail.attachment_id),
                ("key", &detail.server_id),
            ];
            for (name, value) in known {
                if let Some(value) = value {
                    text.push_str(&format!("  {name}: {value}\n"));
                }
            }
            for piece in &detail.evidence {
                text.push_str(&format!("  {}  {}\n", piece.at, piece.what));
            }
            text
        })
    }

    pub(crate) fn faxes(&self, queued: &FaxesQueued) -> Result<(), Failure> {
        self.write(queued, |queued| {
            let mut text = outbox_text(&queued.queued);
            for problem in &queued.problems {
                text.push_str(&format!("not queued: {}: {}\n", problem.letter_id, problem.problem.message));
            }
            text
        })
    }

    pub(crate) fn documents(&self, documents: &[DocumentCard]) -> Result<(), Failure> {
        self.write(&documents, |documents| {
            let rows = documents.iter().map(|card| {
                let waits = card.pending.as_ref().map(|item| item.title.to_lowercase()).unwrap_or_default();
                vec![
                    card.id.clone().unwrap_or_default(),
                    card.kind.clone(),
                    card.subkind.clone(),
                    card.caption.clone(),
                    card.size.to_string(),
                    waits,
                ]
            });
            table(&["ID", "TYPE", "SUBTYPE", "CAPTION", "BYTES", "WAITS"], rows)
        })
    }

    pub(crate) fn client_files(&self, files: &[ClientFile]) -> Result<(), Failure> {
        self.write(&files, |files| {
            let rows = files.iter().map(|ClientFile { file, pending }| {
                let waits = pending.as_ref().map(|item| item.title.to_lowercase()).unwrap_or_default();
                vec![file.id.clone(), file.caption.clone(), file.extension.clone(), file.size.to_string(), waits]
            });
            table(&["ID", "CAPTION", "KIND", "BYTES", "WAITS"], rows)
        })
    }

    pub(crate) fn agreements(&self, agreements: &ClientAgreements) -> Result<(), Failure> {
        self.write(&agreements, |list| {
            let rows = list.agreements.iter().map(|card| {
                let waits = card.pending.as_ref().map(|item| item.title.to_lowercase()).unwrap_or_default();
                vec![
                    card.id.clone().unwrap_or_default(),
                    card.kind.clone(),
                    card.name.clone(),
                    card.signed_at.clone().unwrap_or_default(),
                    waits,
                ]
            });
            table(&["ID", "TYPE", "AGREEMENT", "SIGNED", "WAITS"], rows)
        })
    }

    pub(crate) fn notes(&self, notes: &[NoteRow]) -> Result<(), Failure> {
        self.write(&notes, |notes| {
            let rows = notes.iter().map(|note| {
                vec![
                    note.id.clone().unwrap_or_default(),
                    note.created_at.clone().unwrap_or_default(),
                    note.author.clone(),
                    note.text.replace('\n', " "),
                ]
            });
            table(&["ID", "WRITTEN", "BY", "NOTE"], rows)
        })
    }

    pub(crate) fn goals(&self, goals: &ClientGoals) -> Result<(), Failure> {
        self.write(&goals, |list| {
            let had = list.goals.iter().map(|goal| {
                let state = goal.pending.as_ref().map_or_else(|| "a goal".to_owned(), |row| row.title.to_lowercase());
                vec![goal.id.clone(), state, goal.name.clone()]
            });
            let free = list.choices.iter().filter(|choice| list.goals.iter().all(|goal| goal.id != choice.id));
            let free = free.map(|choice| vec![choice.id.clone(), String::new(), choice.name.clone()]);
            table(&["ID", "STATE", "GOAL"], had.chain(free))
        })
    }

    pub(crate) fn tasks(&self, tasks: &ClientTasks) -> Result<(), Failure> {
        self.write(&tasks, |tasks| {
            let rows = tasks.tasks.iter().map(|task| {
                let overdue = task.stage == TaskStage::Open && task.days_left.is_some_and(|days| days < 0);
                vec![
                    task.id.clone(),
                    task.due_on.clone().unwrap_or_default(),
                    if overdue { "overdue".to_owned() } else { task.status.clone() },
                    task.name.clone(),
                    task.item.as_ref().and_then(|item| item.account_name.clone()).unwrap_or_default(),
                ]
            });
            table(&["ID", "DUE", "STATUS", "TASK", "ITEM"], rows)
        })
    }

    /// A line for people; nothing with `--json`.
    pub(crate) fn say(&self, line: &str) -> Result<(), Failure> {
        if self.json { Ok(()) } else { Ok(writeln!(std::io::stdout(), "{line}")?) }
    }

    /// One JSON object as the last line, for people and programs alike.
    pub(crate) fn last_line<T: Serialize>(&self, value: &T) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(|error| Failure::usage(&error.to_string()))?;
        Ok(writeln!(std::io::stdout(), "{text}")?)
    }
}

fn exit_code(code: ProblemCode) -> u8 {
    match code {
        ProblemCode::Internal => 1,
        ProblemCode::NotSignedIn | ProblemCode::WrongCredentials | ProblemCode::SessionExpired => 3,
        ProblemCode::PortalUnreachable
        | ProblemCode::PortalFailed
        | ProblemCode::PortalBusy
        | ProblemCode::PortalUnreadable
        | ProblemCode::Forbidden
        | ProblemCode::ListUnstable => 4,
        ProblemCode::KeychainUnavailable
        | ProblemCode::KeychainLocked
        | ProblemCode::KeyMissing
        | ProblemCode::WrongPassphrase
        | ProblemCode::CacheDamaged
        | ProblemCode::CacheBusy
        | ProblemCode::CacheTooNew
        | ProblemCode::DiskFull
        | ProblemCode::FileFailed => 5,
        ProblemCode::SettingsWrong
        | ProblemCode::BadRequest
        | ProblemCode::NotFound
        | ProblemCode::PortalRefused
        | ProblemCode::WeakPassphrase
        | ProblemCode::LetterFailed
        | ProblemCode::NoItemsForRecipient
        | ProblemCode::ItemExcluded
        | ProblemCode::AgreementUnsigned
        | ProblemCode::AddressIncomplete
        | ProblemCode::LettersUnprinted
        | ProblemCode::OutboxUnsent
        | ProblemCode::OutboxMoved
        | ProblemCode::OutboxWaiting
        | ProblemCode::Held
        | ProblemCode::PrintFailed => 6,
        ProblemCode::Cancelled => 7,
    }
}

fn aside_cells(aside: &AsideRow) -> Vec<String> {
    let why = match (&aside.problem, aside.lost_changes) {
        (Some(problem), _) => problem.message.clone(),
        (None, true) => "Its last changes are lost: what seems to wait may have been sent.".to_owned(),
        (None, false) => String::new(),
    };
    vec![aside.id.clone(), aside.at.clone(), aside.unsent.to_string(), aside.unreadable.to_string(), why]
}

fn outbox_text(items: &[OutboxItem]) -> String {
    let rows = items.iter().map(|item| {
        let trouble = item.trouble.as_ref().map(|trouble| trouble.message.clone()).unwrap_or_default();
        let stage = format!("{:?}", item.stage).to_lowercase();
        vec![
            item.id.clone(),
            item.client_name.clone(),
            item.title.clone(),
            item.detail.clone(),
            match (item.asks, item.paused) {
                (true, _) => format!("{stage}: decide"),
                (false, true) => format!("{stage}: paused"),
                (false, false) => stage,
            },
            trouble,
        ]
    });
    table(&["ID", "CLIENT", "WHAT", "DETAIL", "STATE", "WHY"], rows)
}

fn session_text(session: &Session) -> String {
    match (&session.agent, &session.portal) {
        (Some(agent), Some(portal)) => {
            let again = if session.sign_in_needed { " (the session has ended: sign in again to sync)" } else { "" };
            format!("{agent} at {portal}{again}")
        }
        _ => match (session.stage, &session.problem) {
            (SessionStage::Locked, _) => "The cache is locked: give its passphrase.".to_owned(),
            (_, Some(problem)) => problem.message.clone(),
            _ => "No one is signed in.".to_owned(),
        },
    }
}

fn sync_text(status: &SyncStatus) -> String {
    let mut text = match &status.finished_at {
        Some(at) => format!("Last complete sync: {at}\n"),
        None => "Never synced to the end.\n".to_owned(),
    };
    for resource in &status.resources {
        text.push_str(&format!("  {:<18} {}\n", resource.resource.replace('_', " "), resource.done));
    }
    if status.parked > 0 {
        text.push_str(&format!("  {} records could not be read and are kept aside\n", status.parked));
    }
    text
}

fn letters_text(letters: &[LetterRow]) -> String {
    let rows = letters.iter().map(|letter| {
        vec![
            letter.id.clone(),
            letter.client_name.clone(),
            letter.recipient_name.clone(),
            letter.pages.to_string(),
            format!("{:?}", letter.stage).to_lowercase(),
            letter.dated.clone(),
        ]
    });
    table(&["ID", "CLIENT", "RECIPIENT", "PAGES", "STATE", "DATED"], rows)
}

/// Columns as wide as their widest cell.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A code of the contract as programs spell it.
fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
