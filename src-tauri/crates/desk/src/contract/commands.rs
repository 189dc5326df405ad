//! The one list: command -> what it takes -> what it answers. The dispatcher and the TypeScript bindings are both made
//! from it, so neither can drift.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// For a command that takes nothing, or answers nothing but success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}

/// One record's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Id {
    /// The id as the list showed it.
    pub id: String,
}

/// Several records' ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ids {
    /// The ids as the list showed them.
    pub ids: Vec<String>,
}

/// Calls `$list!` with every command. Adding a command is one line here and one method on the desk.
macro_rules! commands {
    ($list:ident) => {
        $list! {
            /// Who is signed in, and whether the local cache is open.
            session_get(Empty) -> Session;
            /// Signs in to a portal; makes the local cache on the first time.
            session_sign_in(SignIn) -> Session;
            /// What the deployment set for sign-in.
            session_options(Empty) -> SignInOptions;
            /// Signs in on Microsoft's page in the system's browser; waits for it.
            session_sign_in_azure(AzureSignIn) -> Session;
            /// Stops waiting for the browser.
            session_cancel_azure(Empty) -> Empty;
            /// Has the portal mail the password-reset instructions.
            password_forgotten(PasswordForgotten) -> Said;
            /// Sets a new password with the token of the mail.
            password_reset(PasswordReset) -> Said;
            /// Signs in to the practice portal of this application.
            session_practice(Practice) -> Session;
            /// Opens a cache that a passphrase guards.
            session_unlock(Passphrase) -> Session;
            /// Tries again to open a cache whose key could not be read.
            session_retry(Empty) -> Session;
            /// Sets a cache that cannot be read aside, keeping its files, so that a new one can be made.
            session_set_aside(Empty) -> Session;
            /// Signs out and wipes the local cache.
            session_sign_out(SignOut) -> Session;
            /// Starts a pull of what changed, unless a pull runs; of everything when that is due.
            sync_start(Empty) -> SyncStatus;
            /// Starts a pull of everything, unless a pull runs.
            sync_everything(Empty) -> SyncStatus;
            /// Stops the pull; what it brought is kept.
            sync_cancel(Empty) -> SyncStatus;
            /// How the pull stands.
            sync_status(Empty) -> SyncStatus;
            /// Finds clients by name, e-mail, phone, id or last four of the SSN; all of them for an empty text.
            client_search(ClientSearch) -> ClientPage;
            /// States, products and segments that the list of clients can be narrowed by.
            client_filter_choices(Empty) -> ClientFilterChoices;
            /// Filters that are kept by a name.
            client_filter_list(Empty) -> Vec<SavedClientFilter>;
            /// Keeps a filter by a name.
            client_filter_save(ClientFilterSave) -> SavedClientFilter;
            /// Forgets one; `client_filter_save` with its id brings it back.
            client_filter_remove(Id) -> Empty;
            /// Reads who is in a segment of the portal, unless that was done just now.
            segment_read(Id) -> SegmentRead;
            /// What became of reading records: why there are none.
            reading_get(ReadingOf) -> RecordAccess;
            /// One client.
            client_get(Id) -> ClientCard;
            /// Reads all of one client's records again, unless that was done just now.
            client_refresh(Id) -> ClientFreshness;
            /// A client's dynamic attributes, grouped.
            client_overview(Id) -> ClientOverview;
            /// Queues changes of a client's data, where the portal lets them be changed.
            client_update(ClientUpdate) -> OutboxItem;
            /// What matters of a client: proofs of identity, products, goals, and what asks for the agent.
            client_standing(Id) -> ClientStanding;
            /// What the client sees in the company's customer portal, read now.
            client_customer_view(Id) -> CustomerView;
            /// What a bureau asks to prove the client's identity.
            kba_questions(KbaAsk) -> KbaRound;
            /// Sends the answers.
            kba_answer(KbaReply) -> KbaOutcome;
            /// Has the client counted as proven without questions.
            kba_skip(KbaAsk) -> Empty;
            /// A client's negative items, by bureau and account name.
            item_list(Id) -> Vec<ItemRow>;
            /// The default dispute addresses.
            bureau_address_list(Empty) -> Vec<BureauAddressRow>;
            /// Finds furnishers by name.
            furnisher_search(FurnisherSearch) -> Vec<FurnisherRow>;
            /// Recipients beside bureaus and furnishers, by name.
            addressee_list(Empty) -> Vec<AddresseeRow>;
            /// Keeps such a recipient under its name.
            addressee_save(AddresseeSave) -> AddresseeRow;
            /// Takes one off the list; `addressee_save` brings it back.
            addressee_forget(Id) -> Empty;
            /// Templates that letters can be written from.
            template_list(Empty) -> Vec<TemplateRow>;
            /// Dispute reasons in the company's order.
            reason_list(Empty) -> Vec<ReasonRow>;
            /// Writes the letters: one for each recipient, with only its items.
            letter_prepare(PrepareLetters) -> PreparedLetters;
            /// Stops the letters that are being prepared or saved: none of them is kept.
            letter_stop(Empty) -> Empty;
            /// Prepared, printed or discarded letters, newest first.
            letter_list(LetterFilter) -> Vec<LetterRow>;
            /// Why a letter says what it says.
            letter_why(Id) -> Why;
            /// What a letter says, to be changed.
            letter_text(Id) -> LetterText;
            /// Sets a letter again with its text changed, or as it was made.
            letter_reword(LetterReword) -> LetterRow;
            /// Sets letters aside; `letter_restore` undoes it.
            letter_discard(Ids) -> Vec<LetterRow>;
            /// Brings discarded letters back.
            letter_restore(Ids) -> Vec<LetterRow>;
            /// Looks at letters before they go out.
            letter_check(LetterCheck) -> Vec<LetterChecked>;
            /// Lets a letter go although a finding blocks it, on record; or takes that back.
            letter_override(LetterOverride) -> LetterChecked;
            /// Records that the client reviewed letters; or takes that back.
            letter_review(LetterReview) -> Vec<LetterRow>;
            /// Asks where, and saves letters as PDF.
            letter_save(LetterSave) -> LettersSaved;
            /// The gate's rules as the deployment weighs them.
            gate_table(Empty) -> Vec<GateRuleRow>;
            /// What of a client must not be disputed, beside the portal's own marks.
            exclusion_list(Id) -> Vec<ExclusionRow>;
            /// Records an exclusion.
            exclusion_add(ExclusionAdd) -> ExclusionRow;
            /// Takes an exclusion back.
            exclusion_remove(Id) -> Empty;
            /// Answers that are awaited.
            follow_up_list(FollowUpFilter) -> Vec<FollowUpRow>;
            /// Sets when a recipient got a letter, and which period applies.
            follow_up_set(FollowUpSet) -> FollowUpRow;
            /// Records what became of items; or takes that back.
            follow_up_outcome(FollowUpOutcome) -> FollowUpRow;
            /// The day's work.
            today_get(Empty) -> Today;
            /// What is to be sent.
            outbox_list(OutboxQuery) -> Vec<OutboxItem>;
            /// One row in full.
            outbox_get(Id) -> OutboxDetail;
            /// How many rows wait, and why nothing is sent.
            outbox_status(Empty) -> OutboxStatus;
            /// Tries a row again, now.
            outbox_retry(Id) -> OutboxItem;
            /// Keeps a row from going before it is resumed.
            outbox_pause(Id) -> OutboxItem;
            /// Lets a paused row go.
            outbox_resume(Id) -> OutboxItem;
            /// Sends nothing before the agent says so.
            sending_pause(Empty) -> OutboxStatus;
            /// Sends again.
            sending_resume(Empty) -> OutboxStatus;
            /// Gives a row up.
            outbox_cancel(Id) -> OutboxItem;
            /// Settles an unknown outcome.
            outbox_settle(OutboxSettle) -> OutboxItem;
            /// Corrects a row and queues it again.
            outbox_edit(OutboxEdit) -> OutboxItem;
            /// Caches that were set aside, and what of them was not sent.
            aside_list(Empty) -> Vec<AsideRow>;
            /// Brings what was not sent of one into the outbox, where it waits for the agent.
            aside_rescue(Id) -> AsideRescued;
            /// The network may be back.
            network_back(Empty) -> Empty;
            /// A client's notes.
            note_list(Id) -> Vec<NoteRow>;
            /// Queues a new note.
            note_add(NoteAdd) -> OutboxItem;
            /// Queues a change of a note.
            note_change(NoteChange) -> OutboxItem;
            /// Queues the removal of a note.
            note_remove(Id) -> OutboxItem;
            /// A client's goals, and those there are to choose from.
            goal_list(Id) -> ClientGoals;
            /// Queues goals for a client.
            goal_assign(GoalsChange) -> Vec<OutboxItem>;
            /// Queues the removal of goals from a client.
            goal_remove(GoalsChange) -> Vec<OutboxItem>;
            /// A client's documents.
            document_list(Id) -> Vec<DocumentCard>;
            /// Asks for files in the system's dialog.
            document_choose(Empty) -> Vec<ChosenFile>;
            /// Turns a chosen picture upright, takes its tilt out and makes it smaller; the original stays chosen.
            document_straighten(Id) -> StraightenedFile;
            /// Queues a chosen file as a new document.
            document_add(DocumentAdd) -> OutboxItem;
            /// Queues a chosen file in place of a document's.
            document_replace(DocumentReplace) -> OutboxItem;
            /// Queues the removal of a document.
            document_remove(DocumentRef) -> OutboxItem;
            /// Files that are tied to a client's own record, read now.
            client_file_list(Id) -> Vec<ClientFile>;
            /// Queues a stored file to be tied to a client's own record.
            client_file_link(ClientFileRef) -> OutboxItem;
            /// Queues the removal of the tie.
            client_file_unlink(ClientFileRef) -> OutboxItem;
            /// Brings a file to this computer, unless it is here, and says what it is.
            file_open(FileOpen) -> OpenedFile;
            /// Stops bringing a file of the portal.
            file_cancel(Id) -> Empty;
            /// Asks where, and saves a copy of a file.
            file_save(FileSave) -> LetterSaved;
            /// A client's credit reports, newest first.
            credit_report_list(Id) -> ClientReports;
            /// One report as a document.
            credit_report_get(Id) -> ReportDocument;
            /// The newest report of each bureau of a client, side by side.
            credit_report_beside(Id) -> ReportBeside;
            /// What changed from one report to another.
            credit_report_difference(ReportPair) -> ReportDifference;
            /// A client's tasks.
            task_list(Id) -> ClientTasks;
            /// Open tasks of everyone that are overdue or due within a week.
            tasks_due(TasksDueFilter) -> TasksDue;
            /// A page of everyone's tasks.
            task_search(TaskSearch) -> TaskPage;
            /// A client's agreements, newest first.
            agreement_list(Id) -> ClientAgreements;
            /// Kinds of agreements that the portal has, the commonest first.
            agreement_kinds(Empty) -> Vec<String>;
            /// Queues the record of an agreement that a client signed elsewhere.
            agreement_add(AgreementAdd) -> OutboxItem;
            /// What a client bought.
            product_list(Id) -> ClientProducts;
            /// A client's correspondence.
            correspondence_list(Id) -> Vec<CorrespondenceRow>;
            /// Queues an e-mail, a text message or a letter by the portal.
            message_send(MessageSend) -> OutboxItem;
            /// Templates that e-mails, text messages and letters by the portal can be written from.
            message_template_list(Empty) -> Vec<TemplateRow>;
            /// What one of them says to a client.
            message_draft(MessageAsk) -> MessageDraft;
            /// Queues the record of a fax that went another way.
            fax_record(FaxRecord) -> OutboxItem;
            /// What the company set for faxes.
            fax_setting(Empty) -> FaxSetting;
            /// How many pages a fax will have.
            fax_look(FaxLook) -> FaxPages;
            /// Queues letters as faxes.
            fax_send(FaxSend) -> FaxesQueued;
            /// The printers of this computer.
            printer_list(Empty) -> Vec<PrinterRow>;
            /// Prints letters as one job; waits until the print system has it.
            print_run_start(PrintRunStart) -> PrintRunRow;
            /// Stops a run before the print system has it.
            print_run_cancel(Empty) -> Empty;
            /// Print runs, newest first.
            print_run_list(Empty) -> Vec<PrintRunRow>;
            /// One run with its letters.
            print_run_get(Id) -> PrintRunDetail;
            /// Says what came out well; those letters are mailed, and their answers awaited.
            print_run_confirm(PrintRunConfirm) -> PrintRunConfirmed;
            /// Prints the jammed letters of a run again, as a new run.
            print_run_reprint(Id) -> PrintRunRow;
            /// Asks where, and saves a run's manifest.
            print_run_manifest(PrintRunManifest) -> LetterSaved;
            /// What is in force on this desk.
            settings_get(Empty) -> SettingsView;
            /// Asks where, and saves facts about this desk for support, with nothing of any client.
            diagnostics_save(Empty) -> LetterSaved;
        }
    };
}
pub(crate) use commands;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident($take:ty) -> $give:ty;)+) => {
        /// Every command's name.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),+];
    };
}
commands!(names);
