//! One newtype per kind of record, so that a client's key can never be used as an item's.
//!
//! Server keys are 64-bit integers; where the documentation shows a record without a key (negative items, client
//! documents) or with a key of doubtful type, the id is text. Ids cross into the window as strings.

macro_rules! integer_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self(text.to_owned()))
            }
        }
    )+};
}

integer_ids! {
    /// A client of the company.
    ClientId;
    /// A postal address of a bureau.
    BureauAddressId;
    /// A company that reports to the bureaus.
    FurnisherId;
    /// Anyone else that letters go to, by this desk's own key.
    AddresseeId;
    /// A letter, mail or text template.
    TemplateId;
    /// A group of templates.
    TemplateCategoryId;
    /// A reusable text block, named by its shortcode.
    SnippetId;
    /// A dispute reason ("instruction" on the server).
    InstructionId;
    /// A code per bureau behind a reason.
    ClaimCodeId;
    /// A kind of creditor that reasons are attached to.
    CreditorTypeId;
    /// A signed or unsigned client agreement.
    AgreementId;
    /// A stored file.
    AttachmentId;
    /// An internal note about a client.
    NoteId;
    /// A fax, mail, text or letter on record.
    CorrespondenceId;
    /// A member of staff.
    UserId;
    /// One bureau's credit report of a client.
    ReportId;
    /// A credit report as a document ("credit report master schema" on the server).
    MasterSchemaId;
    /// Something a client works towards.
    GoalId;
    /// A service the company sells.
    ProductId;
    /// A product that a client bought.
    ClientProductId;
    /// A contract text that clients sign.
    ContractId;
    /// One version of a contract text.
    ContractVersionId;
    /// A saved selection of clients or negative items.
    SegmentId;
    /// A task about a client.
    TaskId;
    /// The company's fax settings.
    FaxSettingsId;
    /// A run of a CSV import.
    ImportId;
    /// A value of a drop-down list of negative items.
    ItemDropdownId;
    /// A template held by Customer.io.
    CustomerIoTemplateId;
    /// A kind of event that starts workflows.
    EventDefinitionId;
    /// A step of a workflow.
    WorkflowStepId;
}

text_ids! {
    /// A negative item. The documented record has no key; when the server sends none, the id is
    /// `tradeline:<vendor_tradeline_id>`.
    ItemId;
    /// A client document. The documented record has no key; when the server sends none, the id is
    /// `attachment:<attachment id>`.
    DocumentId;
    /// A credit report as its vendor names it: `RPT_789` beside plain numbers (oddity 35).
    CreditReportId;
    /// A role of staff: an integer in paths, text in records (oddity 34).
    RoleId;
    /// Something to be sent, in the outbox; a UUID made here.
    IntentId;
    /// A letter prepared on this desk; a UUID made here.
    LetterId;
}
