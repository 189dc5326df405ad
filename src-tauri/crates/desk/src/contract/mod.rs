//! The types that cross into the window, and the one list of what the window can ask for.
//!
//! Ids are strings, dates are ISO 8601 (`2026-03-05`), instants RFC 3339 in UTC, money is already formatted as a US
//! office writes it. Nothing here holds logic: use cases convert into these types at their end.

mod access;
mod agreements;
mod asides;
mod bindings;
mod client_filters;
mod clients;
mod commands;
mod credit_reports;
mod faxes;
mod files;
mod follow_ups;
mod gate;
mod goals;
mod items;
mod kba;
mod letters;
mod library;
mod outbox;
mod overview;
mod print_runs;
mod problem;
mod readings;
mod records;
mod session;
mod settings;
mod standing;
mod sync;
mod tasks;

pub use access::{AzureSignIn, PasswordForgotten, PasswordReset, Said, SignInOptions};
pub use agreements::{AgreementAdd, AgreementCard, ClientAgreements, ClientProducts, ProductRow};
pub use asides::{AsideRescued, AsideRow};
pub use bindings::typescript;
pub use client_filters::{
    ClientFilter, ClientFilterChoices, ClientFilterSave, ClientFilterValue, ClientSort, ClientSortBy,
    SavedClientFilter, SegmentRead, SegmentRow,
};
pub use clients::{
    AgreementRow, AgreementState, ClientCard, ClientFreshness, ClientPage, ClientRow, ClientSearch, DocumentRow,
};
pub(crate) use commands::commands;
pub use commands::{COMMANDS, Empty, Id, Ids};
pub use credit_reports::{
    BureauHeader, ClientReports, ReportBeside, ReportBesideColumn, ReportBesideEntry, ReportBesideRow,
    ReportBesideSection, ReportChange, ReportChangedEntry, ReportChangedRow, ReportChangedSection, ReportDifference,
    ReportDocument, ReportEntry, ReportLine, ReportPair, ReportPart, ReportRow, ReportSection,
};
pub use faxes::{FaxFineness, FaxLook, FaxPages, FaxProblem, FaxSend, FaxSetting, FaxesQueued};
pub use files::{ClientFile, ClientFileRef, FetchProgress, FileOpen, FileSave, FileSource, OpenedFile};
pub use follow_ups::{
    FollowUpFilter, FollowUpItem, FollowUpOutcome, FollowUpRow, FollowUpSet, OutcomeCode, SentByCode, Today,
};
pub use gate::{
    ExclusionAdd, ExclusionKind, ExclusionRow, GateFinding, GateLimit, GateMedium, GateOverride, GatePlace, GateRule,
    GateRuleRow, GateSeverity, LetterCheck, LetterChecked, LetterOverride, LetterReview, ReviewChannelCode, ReviewRow,
};
pub use goals::{ClientGoals, GoalChoice, GoalRow, GoalsChange};
pub use items::{ItemObsolescence, ItemRow};
pub use kba::{KbaAsk, KbaOption, KbaOutcome, KbaProviderCode, KbaQuestionRow, KbaReply, KbaRound, KbaWay};
pub use letters::{
    HeldLetter, LetterArea, LetterFilter, LetterItem, LetterReword, LetterRow, LetterSave, LetterSaved, LetterStage,
    LetterText, LettersProgress, LettersSaved, PrepareLetters, PrepareProblem, PreparedLetters, RecipientChoice,
    RecipientParty, SaveLayout, Why, WhyOverride, WhyRelease, WhyReworded,
};
pub use library::{
    AddresseeRow, AddresseeSave, BureauAddressRow, BureauCode, ClaimCodeRow, FurnisherRow, FurnisherSearch,
    PostalLines, ReasonRow, TemplateRow,
};
pub use outbox::{
    OutboxDecided, OutboxDecision, OutboxDetail, OutboxEdit, OutboxEvidence, OutboxField, OutboxItem, OutboxKind,
    OutboxPause, OutboxQuery, OutboxSettle, OutboxStage, OutboxStatus, OutboxTrouble, OutboxTroubleKind,
    UploadProgress,
};
pub use overview::{
    AttributeEdit, AttributeGroup, AttributeGroupKind, AttributeRow, ClientOverview, ClientUpdate, ClientValue,
    ClientValueKind, CustomerLine, CustomerPart, CustomerSection, CustomerView,
};
pub use print_runs::{
    ManifestFormat, PrintRunConfirm, PrintRunConfirmed, PrintRunDetail, PrintRunLetter, PrintRunManifest,
    PrintRunProgress, PrintRunRow, PrintRunStage, PrintRunStart, PrinterRow, TrayRow,
};
pub use problem::{Problem, ProblemCode};
pub use readings::{ReadingOf, RecordKind};
pub use records::{
    ChannelCode, ChosenFile, CorrespondenceRow, DocumentAdd, DocumentCard, DocumentRef, DocumentReplace, FaxRecord,
    FileFormat, FileLink, MessageAsk, MessageDraft, MessageSend, NoteAdd, NoteChange, NoteRow, RecordAccess,
    StraightenedFile,
};
pub use session::{KeyGuard, Passphrase, Practice, Realm, Session, SessionStage, SignIn, SignOut};
pub use settings::{
    CacheView, CachedKind, CompanyView, EnvelopeKind, EnvelopeView, EnvelopeWindow, LettersView, LimitsView,
    SettingsFile, SettingsView, VersionsView,
};
pub use standing::{ClientAlert, ClientAlertKind, ClientStanding, ProofRow, ProofState};
pub use sync::{DeskEvent, ResourceProgress, ResourceState, SyncStatus, Topic};
pub use tasks::{ClientTasks, TaskItem, TaskPage, TaskPart, TaskRow, TaskSearch, TaskStage, TasksDue, TasksDueFilter};
