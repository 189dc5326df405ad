//! `desk`: what an agent does, without a window.
//!
//! Invariants: secrets come from standard input and never from arguments; results go to standard output (one JSON
//! value with `--json`), everything else to standard error; the exit code says what kind of failure it was.

#![forbid(unsafe_code)]

mod api;
mod arguments;
mod clients;
mod demo;
mod letters;
mod outbox;
mod output;
mod practice;
mod runs;
mod secrets;
mod session;

use arguments::{
    AddresseesCommand, ApiCommand, Arguments, Command, DocumentsCommand, GoalsCommand, LettersCommand, NotesCommand,
    PasswordCommand, PracticeCommand,
};
use clap::Parser;
use desk::contract::{
    AddresseeSave, ClientFileRef, DocumentRef, DocumentReplace, Empty, GoalsChange, Id, NoteAdd, PostalLines,
    SessionStage, SignOut,
};
use desk::{Desk, DeskFolder, NoDialogs, Ports, PracticeSize, Rules, SystemClock};
use output::{Failure, Output};
use platform::{SystemBrowser, SystemKeychain, SystemPrinters};
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("DESK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let output = Output { json: arguments.json };
    match run(arguments, &output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.failed(&failure),
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let practice = PracticeSize { clients: arguments.practice_clients, seed: arguments.practice_seed };
    if let Command::Practice { command: PracticeCommand::Serve { port, clients, seed, database } } = arguments.command {
        return practice::serve(port, clients, seed, database, output).await;
    }
    let folder = match arguments.data_dir {
        Some(folder) => folder,
        None => platform::data_folder().ok_or_else(|| Failure::usage("there is no home folder; give --data-dir"))?,
    };
    let ports = Ports {
        keychain: Arc::new(SystemKeychain),
        printers: Arc::new(SystemPrinters),
        dialogs: Arc::new(NoDialogs),
        browser: Arc::new(SystemBrowser),
        clock: Arc::new(SystemClock),
        pace: Rules::default(),
    };
    let desk = Desk::open(DeskFolder::new(folder), ports, practice).await?;
    let outcome = command(&desk, arguments.command, output).await;
    desk.close().await;
    outcome
}

async fn command(desk: &Desk, command: Command, output: &Output) -> Result<(), Failure> {
    let session = desk.session_get(Empty {}).await?;
    let opens = !matches!(
        command,
        Command::Status | Command::SetAside | Command::Password { .. } | Command::Api { command: ApiCommand::List }
    );
    if opens && session.stage == SessionStage::Locked {
        session::unlock(desk).await?;
    }
    match command {
        Command::SignIn(sign_in) => session::sign_in(desk, sign_in, output).await,
        Command::SignOut { discard_letters, discard_unsent } => {
            output.session(&desk.session_sign_out(SignOut { discard_letters, discard_unsent }).await?)
        }
        Command::SetAside => output.session(&desk.session_set_aside(Empty {}).await?),
        Command::Password { command } => match command {
            PasswordCommand::Forgot { portal, email } => session::forgot(desk, portal, email, output).await,
            PasswordCommand::Reset { portal, email } => session::reset(desk, portal, email, output).await,
        },
        Command::Api { command } => match command {
            ApiCommand::List => output.operations(&desk.api_list()),
            ApiCommand::Call(call) => api::call(desk, call, output).await,
        },
        Command::Outbox { command } => outbox::run(desk, command, output).await,
        Command::Fax { letters, number, cover, again } => {
            outbox::fax(desk, letters, number, cover, again, output).await
        }
        Command::Documents { command } => match command {
            DocumentsCommand::List { client } => output.documents(&desk.document_list(Id { id: client }).await?),
            DocumentsCommand::Add(add) => outbox::add_document(desk, add, output).await,
            DocumentsCommand::Replace { client, id, file } => {
                let token = outbox::chosen(desk, file).await?;
                output.item(&desk.document_replace(DocumentReplace { client_id: client, id, token }).await?)
            }
            DocumentsCommand::Remove { client, id } => {
                output.item(&desk.document_remove(DocumentRef { client_id: client, id }).await?)
            }
            DocumentsCommand::Files { client } => output.client_files(&desk.client_file_list(Id { id: client }).await?),
            DocumentsCommand::Keep { client, file } => {
                output.item(&desk.client_file_link(ClientFileRef { client_id: client, file_id: file }).await?)
            }
            DocumentsCommand::Unkeep { client, file } => {
                output.item(&desk.client_file_unlink(ClientFileRef { client_id: client, file_id: file }).await?)
            }
        },
        Command::RecordFax(record) => outbox::record_fax(desk, record, output).await,
        Command::Agreements { command } => outbox::agreements(desk, command, output).await,
        Command::Notes { command } => match command {
            NotesCommand::List { client } => output.notes(&desk.note_list(Id { id: client }).await?),
            NotesCommand::Add { client, text } => {
                output.item(&desk.note_add(NoteAdd { client_id: client, text }).await?)
            }
        },
        Command::Goals { command } => match command {
            GoalsCommand::List { client } => output.goals(&desk.goal_list(Id { id: client }).await?),
            GoalsCommand::Add { client, goals } => {
                output.outbox(&desk.goal_assign(GoalsChange { client_id: client, goal_ids: goals }).await?)
            }
            GoalsCommand::Remove { client, goals } => {
                output.outbox(&desk.goal_remove(GoalsChange { client_id: client, goal_ids: goals }).await?)
            }
        },
        Command::Doctor => api::doctor(desk, output).await,
        Command::Diagnostics { out } => output.saved(&desk.diagnostics_to(&out).await?),
        Command::Status => session::status(desk, output).await,
        Command::Sync { everything } => session::sync(desk, everything, output).await,
        Command::Clients { command } => clients::clients(desk, command, output).await,
        Command::Tasks { client } => output.tasks(&desk.task_list(Id { id: client }).await?),
        Command::Items { client } => output.items(&desk.item_list(Id { id: client }).await?),
        Command::Templates => output.templates(&desk.template_list(Empty {}).await?),
        Command::Addressees { command } => match command {
            AddresseesCommand::List => output.addressees(&desk.addressee_list(Empty {}).await?),
            AddresseesCommand::Save { name, street, city, state, zip, fax } => {
                let address = PostalLines { street, city, state, zip };
                output.addressees(&[desk.addressee_save(AddresseeSave { name, address, fax }).await?])
            }
            AddresseesCommand::Forget { id } => {
                desk.addressee_forget(Id { id }).await?;
                output.addressees(&desk.addressee_list(Empty {}).await?)
            }
        },
        Command::Reasons => output.reasons(&desk.reason_list(Empty {}).await?),
        Command::Printers => output.printers(&desk.printer_list(Empty {}).await?),
        Command::Gate => output.gate(&desk.gate_table(Empty {}).await?),
        Command::Runs { command } => runs::runs(desk, command, output).await,
        Command::Answers { command } => runs::answers(desk, command, output).await,
        Command::Letters { command } => match command {
            LettersCommand::Prepare(prepare) => letters::prepare(desk, prepare, output).await,
            LettersCommand::List { client, discarded } => letters::list(desk, client, discarded, output).await,
            LettersCommand::Save { out, merged, ids } => letters::save(desk, &out, merged, &ids, output).await,
            LettersCommand::Print(print) => letters::print(desk, print, output).await,
            LettersCommand::Check { fax, ids } => letters::check(desk, ids, fax, output).await,
            LettersCommand::Review { how, on, ids } => letters::review(desk, how, on, ids, output).await,
            LettersCommand::Allow { id, rule, because } => letters::allow(desk, id, &rule, because, output).await,
        },
        Command::Demo { out, letters } => demo::run(desk, &out, letters, output).await,
        Command::Practice { .. } => Err(Failure::usage("practice serve runs by itself")),
    }
}
