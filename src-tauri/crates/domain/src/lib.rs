//! The words of a dispute desk as types: ids, money, clients, negative items, templates, letters.
//!
//! Invariants: nothing here does I/O, knows a wire format or reads a clock, and nothing is `Serialize`. The crates
//! that talk to a server, a database or a window convert at their own boundary.
//!
//! Left out on purpose: anything that only one outer layer needs.

#![forbid(unsafe_code)]

mod address;
mod addressee;
mod agreement;
mod attachment;
mod bureau;
mod business_days;
mod client;
mod client_data;
mod client_product;
mod correspondence;
pub mod credit_report;
mod document;
mod envelope;
mod exclusion;
mod fax_number;
mod follow_up;
mod furnisher;
pub mod gate;
mod goal;
mod identity;
mod ids;
mod letter;
mod money;
mod negative_item;
mod note;
mod obsolescence;
pub mod outbox;
mod person;
mod print_run;
mod reason;
mod report;
mod segment;
mod ssn;
mod task;
mod template;
mod user;

pub use address::{PostalAddress, us_state_name};
pub use addressee::{Addressee, AddresseeError, AddresseePart, NewAddressee};
pub use agreement::{Agreement, Permission};
pub use attachment::Attachment;
pub use bureau::{Bureau, BureauAddress};
pub use business_days::cancellable_until;
pub use client::Client;
pub use client_data::{ChangesStand, ClientChange, ClientField, ClientValueError, ClientValueKind, is_email_address};
pub use client_product::ClientProduct;
pub use correspondence::{Channel, Correspondence};
pub use document::Document;
pub use envelope::{Area, Envelope, ImpossibleEnvelope, Pane, Window};
pub use exclusion::{Exclusion, ExclusionScope};
pub use fax_number::{FaxNumber, FaxNumberError};
pub use follow_up::{AwaitedItem, FollowUp, Outcome, SentBy};
pub use furnisher::{Furnisher, FurnisherKind, furnisher_of, same_furnisher};
pub use goal::Goal;
pub use identity::{IdentityProof, ProofOutcome};
pub use ids::{
    AddresseeId, AgreementId, AttachmentId, BureauAddressId, ClaimCodeId, ClientId, ClientProductId, ContractId,
    ContractVersionId, CorrespondenceId, CreditReportId, CreditorTypeId, CustomerIoTemplateId, DocumentId,
    EventDefinitionId, FaxSettingsId, FurnisherId, GoalId, ImportId, InstructionId, IntentId, ItemDropdownId, ItemId,
    LetterId, MasterSchemaId, NoteId, ProductId, ReportId, RoleId, SegmentId, SnippetId, TaskId, TemplateCategoryId,
    TemplateId, UserId, WorkflowStepId,
};
pub use letter::{Letter, LetterState, Provenance, Recipient, RecipientKind, Release, ReleaseWay};
pub use money::{Money, MoneyError};
pub use negative_item::{ItemFlags, ItemStatus, LateCounts, NegativeItem};
pub use note::Note;
pub use obsolescence::{DefaultKind, Obsolescence, Untold};
pub use person::PersonName;
pub use print_run::{PaperChoice, PostageClass, PrintRun, PrintRunState, PrintedLetter, postage, sheets, weight};
pub use reason::{ClaimCode, CreditorType, Reason};
pub use report::ClientReport;
pub use segment::Segment;
pub use ssn::{Ssn, SsnError};
pub use task::{Task, TaskState, due_day, item_named};
pub use template::{Snippet, Template, TemplateContent, TemplateKind};
pub use user::User;
