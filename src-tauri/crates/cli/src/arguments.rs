//! What can be asked, as arguments.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Prepare dispute letters from the local encrypted cache, with or without a network.
///
/// Secrets (password, API key, passphrase) are read from standard input, one a line in the order they are asked for;
/// at a terminal they are typed without an echo.
///
/// Exit codes: 0 done, 1 internal failure, 2 wrong arguments, 3 sign-in needed, 4 portal or network, 5 cache or
/// keychain, 6 what was asked cannot be done as asked, 7 cancelled.
#[derive(Parser)]
#[command(name = "desk", version)]
pub(crate) struct Arguments {
    /// Folder of the cache; the user's local data folder by default.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Answer one JSON value on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Made-up clients of the practice portal that `sign-in --practice` starts.
    #[arg(long, global = true, default_value_t = 250, value_name = "N")]
    pub(crate) practice_clients: u32,
    /// Seed of those clients.
    #[arg(long, global = true, default_value_t = 7, value_name = "SEED")]
    pub(crate) practice_seed: u64,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// A portal for training, with made-up people.
    Practice {
        #[command(subcommand)]
        command: PracticeCommand,
    },
    /// Sign in to a portal (reads password, then API key) or to practice.
    SignIn(SignInArguments),
    /// Sign out and wipe the local cache.
    SignOut {
        /// Even when prepared letters were neither printed nor saved.
        #[arg(long)]
        discard_letters: bool,
        /// Even when something in the outbox was not sent yet.
        #[arg(long)]
        discard_unsent: bool,
    },
    /// A forgotten password.
    Password {
        #[command(subcommand)]
        command: PasswordCommand,
    },
    /// Any documented operation of the portal by its name.
    Api {
        #[command(subcommand)]
        command: ApiCommand,
    },
    /// Call every read operation of the portal once and say which answers this build can read. Changes nothing.
    Doctor,
    /// Save facts about this desk for support: versions, counts and settings, nothing of any client.
    Diagnostics {
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Set a cache that cannot be opened aside, keeping its files.
    SetAside,
    /// Who is signed in, how the cache stands.
    Status,
    /// Bring what is new or was changed into the cache, and everything once a day; Ctrl-C stops, the next sync goes on
    /// from there.
    Sync {
        /// Read everything again: only that finds what left the portal.
        #[arg(long)]
        everything: bool,
    },
    /// Find clients, change their data.
    Clients {
        #[command(subcommand)]
        command: ClientsCommand,
    },
    /// A client's negative items.
    Items {
        /// The client's id.
        client: String,
    },
    /// A client's tasks.
    Tasks {
        /// The client's id.
        client: String,
    },
    /// Templates that letters can be written from.
    Templates,
    /// Recipients beside bureaus and furnishers, kept on this desk.
    Addressees {
        #[command(subcommand)]
        command: AddresseesCommand,
    },
    /// Dispute reasons.
    Reasons,
    /// Printers of this computer.
    Printers,
    /// Prepare, list, save and print letters.
    Letters {
        #[command(subcommand)]
        command: LettersCommand,
    },
    /// What is looked at before a letter goes out, as settings.toml weighs it.
    Gate,
    /// Print runs: what came out well, what is printed again.
    Runs {
        #[command(subcommand)]
        command: RunsCommand,
    },
    /// Answers that are awaited.
    Answers {
        #[command(subcommand)]
        command: AnswerCommand,
    },
    /// What is to be sent.
    Outbox {
        #[command(subcommand)]
        command: OutboxCommand,
    },
    /// Queue letters as faxes to their recipients' numbers.
    Fax {
        /// Letter ids.
        #[arg(required = true)]
        letters: Vec<String>,
        /// Another number for all of them.
        #[arg(long)]
        number: Option<String>,
        /// Put a cover page before each letter.
        #[arg(long)]
        cover: bool,
        /// Also letters that were faxed before, because their fax did not arrive.
        #[arg(long)]
        again: bool,
    },
    /// Queue the record of a fax that went another way; nothing is faxed.
    RecordFax(RecordFaxArguments),
    /// A client's agreements.
    Agreements {
        #[command(subcommand)]
        command: AgreementsCommand,
    },
    /// A client's documents and other files.
    Documents {
        #[command(subcommand)]
        command: DocumentsCommand,
    },
    /// A client's notes.
    Notes {
        #[command(subcommand)]
        command: NotesCommand,
    },
    /// A client's goals, and those there are to choose from.
    Goals {
        #[command(subcommand)]
        command: GoalsCommand,
    },
    /// Walk the main job on the practice portal: sign in, sync, prepare letters, write PDFs and a manifest.
    Demo {
        /// Folder of the PDFs and the manifest.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Clients to write letters for.
        #[arg(long, default_value_t = 12, value_name = "N")]
        letters: u32,
    },
}

#[derive(Subcommand)]
pub(crate) enum ClientsCommand {
    /// By parts of name, e-mail, phone, id or the last four of the SSN; everyone without a text.
    Search(ClientsSearch),
    /// Filters kept by a name, and the portal's segments.
    Filters,
    /// Queue changes of a client's data, where the portal lets them be changed.
    Change {
        /// The client's id.
        client: String,
        /// What is to be what, as MailingCity=Boston; email, mobile_phone, FirstName, LastName, D_O_B__c, MailingStreet,
        /// MailingCity, MailingState, MailingPostalCode, OtherStreet, OtherCity, OtherPostalCode, OtherCountry.
        #[arg(required = true, value_name = "NAME=VALUE")]
        values: Vec<String>,
    },
}

#[derive(Args)]
pub(crate) struct ClientsSearch {
    /// What to find.
    #[arg(default_value = "")]
    pub(crate) text: String,
    /// Rows to answer, at most 500.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// First row to answer.
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: u32,
    /// By what they are sorted; by name without it.
    #[arg(long)]
    pub(crate) sort: Option<SortBy>,
    /// The other way round.
    #[arg(long, requires = "sort")]
    pub(crate) descending: bool,
    /// A filter kept in the window, by its name.
    #[arg(long, value_name = "NAME")]
    pub(crate) saved: Option<String>,
    /// Whose agreement stands so. May be repeated.
    #[arg(long)]
    pub(crate) agreement: Vec<AgreementIs>,
    /// Whose mailing address is in this state, as FL. May be repeated.
    #[arg(long)]
    pub(crate) state: Vec<String>,
    /// Whose mailing address is complete, or incomplete.
    #[arg(long)]
    pub(crate) mailing: Option<MailingIs>,
    /// Who bought this product, by its name. May be repeated.
    #[arg(long)]
    pub(crate) product: Vec<String>,
    /// With items that nothing disputes yet.
    #[arg(long)]
    pub(crate) undisputed: bool,
    /// With letters that were prepared and neither printed, saved nor sent.
    #[arg(long)]
    pub(crate) letters_waiting: bool,
    /// With an answer overdue or due within a week.
    #[arg(long)]
    pub(crate) answer_due: bool,
    /// With a task overdue or due within a week.
    #[arg(long)]
    pub(crate) task_due: bool,
    /// To whom no letter of this desk went out in so many days; 0 for never.
    #[arg(long, value_name = "DAYS")]
    pub(crate) no_letter_days: Option<u16>,
    /// The id of a segment of the portal: see `desk clients filters`. Its members are read now.
    #[arg(long, value_name = "ID")]
    pub(crate) segment: Option<String>,
}

/// By what clients are sorted.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum SortBy {
    Name,
    City,
    Email,
    Phone,
    Ssn,
    Id,
    Items,
    Agreement,
}

/// How an agreement stands.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum AgreementIs {
    Signed,
    Cancellable,
    Unsigned,
    Unknown,
}

/// Whether letters can be mailed to an address.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum MailingIs {
    Complete,
    Incomplete,
}

#[derive(Subcommand)]
pub(crate) enum PracticeCommand {
    /// Serve the practice portal on this computer until Ctrl-C.
    Serve {
        /// Port on 127.0.0.1; any free one for 0.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Made-up clients.
        #[arg(long, default_value_t = 250)]
        clients: u32,
        /// Same seed, same people.
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// File of its data; in memory without one.
        #[arg(long, value_name = "FILE")]
        database: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum OutboxCommand {
    /// Rows that wait, in the order in which they go.
    List {
        /// Only this client's.
        #[arg(long)]
        client: Option<String>,
        /// Also those that are over, the newest first.
        #[arg(long)]
        all: bool,
    },
    /// One row with its evidence.
    Show {
        /// The row's id.
        id: String,
    },
    /// Send what waits, until nothing does or only the agent can go on; Ctrl-C stops.
    Send,
    /// Try a row again, now.
    Retry {
        /// The row's id.
        id: String,
    },
    /// Keep a row from going before it is resumed; without an id, send nothing at all.
    Pause {
        /// The row's id.
        id: Option<String>,
    },
    /// Let a paused row go; without an id, send again.
    Resume {
        /// The row's id.
        id: Option<String>,
    },
    /// Give a row up that is queued or rejected.
    Cancel {
        /// The row's id.
        id: String,
    },
    /// What was not sent of caches that were set aside; with an id, bring that of one into the outbox, where it waits for
    /// you.
    Rescue {
        /// The id of the cache that was set aside.
        id: Option<String>,
    },
    /// Settle an unknown outcome by what you found out.
    Settle {
        /// The row's id.
        id: String,
        /// What you found out.
        decision: Decision,
    },
}

/// What was found out about an unknown outcome.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Decision {
    /// It was sent.
    WasSent,
    /// It was not: send it again.
    SendAgain,
    /// Leave it.
    Cancel,
}

#[derive(Subcommand)]
pub(crate) enum DocumentsCommand {
    /// Documents on the portal and in the outbox.
    List {
        /// The client's id.
        client: String,
    },
    /// Queue a file as a new document.
    Add(AddDocumentArguments),
    /// Queue another file for a document.
    Replace {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The document's id.
        id: String,
        /// The file.
        file: PathBuf,
    },
    /// Queue the removal of a document.
    Remove {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The document's id.
        id: String,
    },
    /// Other files of the client, read from the portal now.
    Files {
        /// The client's id.
        client: String,
    },
    /// Queue a file of the client's documents or correspondence to be kept with the client's own record.
    Keep {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The file's id.
        file: String,
    },
    /// Queue its removal from there. The portal deletes a file that nothing else uses.
    Unkeep {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The file's id.
        file: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum AgreementsCommand {
    /// Agreements on the portal and in the outbox.
    List {
        /// The client's id.
        client: String,
    },
    /// Queue the record of an agreement that the client signed elsewhere.
    Add {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// Its title.
        #[arg(long)]
        name: String,
        /// Its type in the portal's words, e.g. service_agreement.
        #[arg(long = "type", value_name = "TYPE")]
        kind: String,
        /// The day on which it was signed, as 2026-11-02; not signed without it.
        #[arg(long, value_name = "DATE")]
        signed: Option<String>,
        /// The signed paper.
        file: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct RecordFaxArguments {
    /// The client's id.
    #[arg(long)]
    pub(crate) client: String,
    /// The number that it went to.
    #[arg(long)]
    pub(crate) number: String,
    /// Whom it went to.
    #[arg(long)]
    pub(crate) to: String,
    /// The recipient is a furnisher.
    #[arg(long)]
    pub(crate) furnisher: bool,
    /// What was faxed.
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct AddDocumentArguments {
    /// The client's id.
    #[arg(long)]
    pub(crate) client: String,
    /// id, credit_related, fixed_income_verification or other.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: String,
    /// More closely, e.g. drive_licence or utility_bills.
    #[arg(long)]
    pub(crate) subtype: Option<String>,
    /// What the portal shows for it.
    #[arg(long)]
    pub(crate) caption: Option<String>,
    /// The file.
    pub(crate) file: PathBuf,
}

#[derive(Subcommand)]
pub(crate) enum NotesCommand {
    /// Notes on the portal and in the outbox.
    List {
        /// The client's id.
        client: String,
    },
    /// Queue a new note.
    Add {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// What to note.
        text: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum GoalsCommand {
    /// The client's goals, then those the client could have.
    List {
        /// The client's id.
        client: String,
    },
    /// Queue goals for the client.
    Add {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The goals' ids.
        #[arg(required = true)]
        goals: Vec<String>,
    },
    /// Queue the removal of goals.
    Remove {
        /// The client's id.
        #[arg(long)]
        client: String,
        /// The goals' ids.
        #[arg(required = true)]
        goals: Vec<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum PasswordCommand {
    /// Have the portal mail instructions (reads the API key).
    Forgot {
        /// Base address of the portal's API.
        #[arg(long, value_name = "URL")]
        portal: String,
        /// Account e-mail.
        #[arg(long)]
        email: String,
    },
    /// Set a new password (reads the API key, the code of the mail, and the new password).
    Reset {
        /// Base address of the portal's API.
        #[arg(long, value_name = "URL")]
        portal: String,
        /// Account e-mail.
        #[arg(long)]
        email: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum ApiCommand {
    /// Every documented operation with its route, parameters and body.
    List,
    /// Make one call in the signed-in session; its answer goes to standard output as it came.
    Call(ApiCallArguments),
}

#[derive(Args)]
pub(crate) struct ApiCallArguments {
    /// The operation: see `desk api list`.
    pub(crate) operation: String,
    /// A value of the path or the query. May be repeated.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = param)]
    pub(crate) params: Vec<(String, String)>,
    /// A file: the JSON body, or the file to upload.
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,
    /// Write the answer to a file as it comes.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct SignInArguments {
    /// The practice portal of this application: no secret is asked for.
    #[arg(long, conflicts_with_all = ["portal", "email", "microsoft"], required_unless_present = "portal")]
    pub(crate) practice: bool,
    /// Base address of the portal's API, e.g. https://portal.example.com/api
    #[arg(long, value_name = "URL")]
    pub(crate) portal: Option<String>,
    /// Account e-mail.
    #[arg(long, required_unless_present_any = ["practice", "microsoft"])]
    pub(crate) email: Option<String>,
    /// Sign in on Microsoft's page in the browser; only the API key is read.
    #[arg(long, requires = "portal", conflicts_with = "email")]
    pub(crate) microsoft: bool,
    /// Guard the cache with a passphrase (read from standard input, last) instead of this computer's keychain.
    #[arg(long)]
    pub(crate) passphrase: bool,
}

#[derive(Subcommand)]
pub(crate) enum LettersCommand {
    /// Write one letter for each recipient.
    Prepare(PrepareArguments),
    /// Letters in the local record, newest first.
    List {
        /// Only this client's.
        #[arg(long)]
        client: Option<String>,
        /// Also those set aside.
        #[arg(long)]
        discarded: bool,
    },
    /// Save letters as PDF.
    Save {
        /// A folder, or with --merged a file.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
        /// All letters in one PDF.
        #[arg(long)]
        merged: bool,
        /// Letter ids.
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Print letters as one job.
    Print(PrintArguments),
    /// Look at letters before they go out.
    Check {
        /// As faxes.
        #[arg(long)]
        fax: bool,
        /// Letter ids.
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Record that the client reviewed letters.
    Review {
        /// How; without it the record is taken back.
        #[arg(long)]
        how: Option<ReviewHow>,
        /// The day, as 2026-03-05; today without one.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Letter ids.
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Let a letter go although a rule holds it; the reason is recorded.
    Allow {
        /// The letter's id.
        id: String,
        /// The rule's code: see `desk gate`.
        rule: String,
        /// Why; without it the override is taken back.
        #[arg(long)]
        because: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct PrintArguments {
    /// Queue name; the default printer without one.
    #[arg(long)]
    pub(crate) printer: Option<String>,
    /// Paper source: see `desk printers --json`.
    #[arg(long)]
    pub(crate) tray: Option<String>,
    /// On both sides; every letter begins on a new sheet.
    #[arg(long)]
    pub(crate) duplex: bool,
    /// Copies of each letter.
    #[arg(long, default_value_t = 1)]
    pub(crate) copies: u16,
    /// Letter ids.
    #[arg(required = true)]
    pub(crate) ids: Vec<String>,
}

/// How a client reviewed letters.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum ReviewHow {
    Phone,
    Email,
    InPerson,
    Portal,
}

#[derive(Subcommand)]
pub(crate) enum RunsCommand {
    /// Print runs, newest first.
    List,
    /// One run with its letters.
    Show {
        /// The run's id.
        id: String,
    },
    /// Say what came out well; those letters are mailed, and their answers awaited.
    Confirm {
        /// The run's id.
        id: String,
        /// A letter that jammed. May be repeated.
        #[arg(long, value_name = "LETTER")]
        jammed: Vec<String>,
        /// The day of mailing, as 2026-03-05; today without one.
        #[arg(long, value_name = "DATE")]
        mailed_on: Option<String>,
        /// Do not file the letters with their clients on the portal.
        #[arg(long)]
        no_filing: bool,
    },
    /// Print the jammed letters again.
    Reprint {
        /// The run's id.
        id: String,
    },
    /// Save the manifest: PDF, or CSV when the file is named so.
    Manifest {
        /// The run's id.
        id: String,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum AnswerCommand {
    /// Letters that are out, the most overdue first.
    List {
        /// Only this client's.
        #[arg(long)]
        client: Option<String>,
        /// Also those that are answered.
        #[arg(long)]
        all: bool,
    },
    /// Say when a recipient got a letter.
    Received {
        /// The letter's id.
        letter: String,
        /// The day, as 2026-03-05; without it nothing says so.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// The longer period of 45 days applies.
        #[arg(long)]
        extended: bool,
    },
    /// Say what became of items.
    Outcome {
        /// The letter's id.
        letter: String,
        /// What became of them.
        outcome: Became,
        /// Item ids.
        #[arg(required = true)]
        items: Vec<String>,
    },
}

/// What became of an item.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Became {
    Deleted,
    Updated,
    Verified,
    Frivolous,
    NoResponse,
    Reinserted,
}

#[derive(Subcommand)]
pub(crate) enum AddresseesCommand {
    /// By name.
    List,
    /// Keep one under its name, in place of what was kept under it.
    Save {
        /// First line on the envelope.
        #[arg(long)]
        name: String,
        /// Street or P.O. box.
        #[arg(long)]
        street: String,
        /// City.
        #[arg(long)]
        city: String,
        /// Two letters.
        #[arg(long)]
        state: String,
        /// ZIP code.
        #[arg(long)]
        zip: String,
        /// Fax number.
        #[arg(long, default_value = "")]
        fax: String,
    },
    /// Take one off the list; letters to it stay.
    Forget {
        /// Its id.
        id: String,
    },
}

#[derive(Args)]
pub(crate) struct PrepareArguments {
    /// The client's id.
    #[arg(long)]
    pub(crate) client: String,
    /// The template's id: see `desk templates`.
    #[arg(long)]
    pub(crate) template: String,
    /// A disputed item and the id of its reason: see `desk items` and `desk reasons`. May be repeated.
    #[arg(long = "item", value_name = "ITEM=REASON", required = true, value_parser = item)]
    pub(crate) items: Vec<(String, String)>,
    /// equifax, experian or transunion. May be repeated.
    #[arg(long = "bureau", value_name = "BUREAU")]
    pub(crate) bureaus: Vec<Bureau>,
    /// A furnisher's id; its letter is addressed for fax. May be repeated.
    #[arg(long = "furnisher", value_name = "ID")]
    pub(crate) furnishers: Vec<String>,
    /// Anyone else, by id: see `desk addressees list`. May be repeated.
    #[arg(long = "addressee", value_name = "ID")]
    pub(crate) addressees: Vec<String>,
    /// Prepare although no agreement is signed; the reason is recorded with each letter.
    #[arg(long, value_name = "REASON")]
    pub(crate) unsigned_because: Option<String>,
    /// A document of the client's that goes with every letter: see `desk documents list`. May be repeated.
    #[arg(long = "enclose", value_name = "DOCUMENT")]
    pub(crate) enclosures: Vec<String>,
}

/// A bureau's name as an argument.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Bureau {
    Equifax,
    Experian,
    Transunion,
}

fn param(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write the parameter's name, =, and its value".to_owned()),
    }
}

fn item(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((item, reason)) if !item.is_empty() && !reason.is_empty() => Ok((item.to_owned(), reason.to_owned())),
        _ => Err("write the item's id, =, and the id of its reason".to_owned()),
    }
}
