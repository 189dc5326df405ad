//! The rules and how each is weighed.

use std::collections::BTreeMap;

/// Something that may be wrong with a letter that is about to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// No agreement is signed (CROA).
    AgreementUnsigned,
    /// The agreement may still be cancelled (CROA: three business days).
    AgreementCancellable,
    /// An item is excluded from disputes, or gone from the portal.
    ItemExcluded,
    /// One late payment of an item is excluded.
    LatePaymentExcluded,
    /// An item is in an open dispute with the same recipient.
    DisputeOpen,
    /// A number like a Social Security number is in the letter.
    NumberExposed,
    /// The recipient's address is not wholly in the envelope's window.
    AddressOutsideWindow,
    /// The fax has more pages than the limit.
    FaxTooLong,
    /// The client did not review the letter.
    ReviewMissing,
    /// No proof of identity on file, or an old one.
    IdentityMissing,
    /// No proof of address on file, or an old one.
    AddressProofMissing,
    /// Another letter with an item went to a printer for the same recipient, and nobody said whether it was mailed.
    PrintedBefore,
    /// Item and reason were sent to the same recipient before, and nothing about the item is new.
    Repeated,
    /// The wording is nearly that of another client's letter.
    Alike,
    /// Regulation excepts direct disputes sent by credit-repair firms.
    FurnisherExempt,
    /// The template, the snippets, the item or the client changed since the letter was made.
    Stale,
    /// The engine set the letter without something.
    Wording,
}

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing; it is not shown.
    Off,
    /// It is shown.
    Warn,
    /// The letter stays here until it is corrected or an agent says, on record, why it may go.
    Block,
}

impl Severity {
    /// Reads `off`, `warn`, `block`.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Severity::Off),
            "warn" => Some(Severity::Warn),
            "block" => Some(Severity::Block),
            _ => None,
        }
    }
}

impl Rule {
    /// Every rule with its spelling in settings and records, in the order in which findings are shown.
    pub const ALL: [(Rule, &'static str); 17] = [
        (Rule::AgreementUnsigned, "agreement_unsigned"),
        (Rule::AgreementCancellable, "agreement_cancellable"),
        (Rule::ItemExcluded, "item_excluded"),
        (Rule::LatePaymentExcluded, "late_payment_excluded"),
        (Rule::DisputeOpen, "dispute_open"),
        (Rule::NumberExposed, "number_exposed"),
        (Rule::AddressOutsideWindow, "address_outside_window"),
        (Rule::FaxTooLong, "fax_too_long"),
        (Rule::ReviewMissing, "review_missing"),
        (Rule::IdentityMissing, "identity_missing"),
        (Rule::AddressProofMissing, "address_proof_missing"),
        (Rule::PrintedBefore, "printed_before"),
        (Rule::Repeated, "repeated"),
        (Rule::Alike, "alike"),
        (Rule::FurnisherExempt, "furnisher_exempt"),
        (Rule::Stale, "stale"),
        (Rule::Wording, "wording"),
    ];

    /// Its spelling in settings and records.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(rule, _)| *rule == self).map_or("", |(_, code)| code)
    }

    /// Reads the spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(rule, _)| *rule)
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Rule::AgreementUnsigned => "Agreement not signed",
            Rule::AgreementCancellable => "Agreement can still be cancelled",
            Rule::ItemExcluded => "Item excluded from disputes",
            Rule::LatePaymentExcluded => "Late payment excluded",
            Rule::DisputeOpen => "Dispute still open",
            Rule::NumberExposed => "Social Security number",
            Rule::AddressOutsideWindow => "Address outside the window",
            Rule::FaxTooLong => "Fax too long",
            Rule::ReviewMissing => "Client review not recorded",
            Rule::IdentityMissing => "Proof of identity",
            Rule::AddressProofMissing => "Proof of address",
            Rule::PrintedBefore => "Printed before",
            Rule::Repeated => "Sent before, nothing new",
            Rule::Alike => "Wording of another letter",
            Rule::FurnisherExempt => "Furnisher may not have to answer",
            Rule::Stale => "Changed since it was written",
            Rule::Wording => "Left out of the letter",
        }
    }

    /// How it is weighed unless the deployment says otherwise.
    #[must_use]
    pub fn usual(self) -> Severity {
        match self {
            Rule::AgreementUnsigned
            | Rule::AgreementCancellable
            | Rule::ItemExcluded
            | Rule::DisputeOpen
            | Rule::NumberExposed
            | Rule::FaxTooLong => Severity::Block,
            Rule::LatePaymentExcluded
            | Rule::AddressOutsideWindow
            | Rule::ReviewMissing
            | Rule::IdentityMissing
            | Rule::AddressProofMissing
            | Rule::PrintedBefore
            | Rule::Repeated
            | Rule::Alike
            | Rule::FurnisherExempt
            | Rule::Stale
            | Rule::Wording => Severity::Warn,
        }
    }
}

/// A number that a rule is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// Business days in which an agreement may be cancelled.
    CancellationDays,
    /// The oldest proof of identity, in days; 0 is any age.
    IdentityDays,
    /// The oldest proof of address, in days; 0 is any age.
    AddressProofDays,
    /// The most pages of a fax.
    FaxPages,
    /// From how many percent on two letters are alike.
    AlikePercent,
}

impl Limit {
    /// Every limit with its spelling in settings, its rule, its usual value and its unit.
    pub const ALL: [(Limit, &'static str, Rule, u16, &'static str); 5] = [
        (Limit::CancellationDays, "cancellation_days", Rule::AgreementCancellable, 3, "business days"),
        (Limit::IdentityDays, "identity_days", Rule::IdentityMissing, 0, "days at most"),
        (Limit::AddressProofDays, "address_proof_days", Rule::AddressProofMissing, 60, "days at most"),
        (Limit::FaxPages, "fax_pages", Rule::FaxTooLong, 30, "pages at most"),
        (Limit::AlikePercent, "alike_percent", Rule::Alike, 90, "percent or more"),
    ];
}

/// A limit that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} must be between {least} and {most}")]
pub struct UnknownLimit {
    /// As in settings.
    pub name: String,
    /// The smallest value.
    pub least: u16,
    /// The largest value.
    pub most: u16,
}

/// How a company weighs the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateTable {
    severities: BTreeMap<Rule, Severity>,
    limits: BTreeMap<Limit, u16>,
}

impl GateTable {
    /// How a rule is weighed.
    #[must_use]
    pub fn severity(&self, rule: Rule) -> Severity {
        self.severities.get(&rule).copied().unwrap_or_else(|| rule.usual())
    }

    /// Weighs a rule otherwise.
    pub fn set_severity(&mut self, rule: Rule, severity: Severity) {
        self.severities.insert(rule, severity);
    }

    /// A limit's value.
    #[must_use]
    pub fn limit(&self, limit: Limit) -> u16 {
        let usual = || Limit::ALL.iter().find(|(known, ..)| *known == limit).map_or(0, |(.., usual, _)| *usual);
        self.limits.get(&limit).copied().unwrap_or_else(usual)
    }

    /// Sets a limit by its spelling in settings.
    ///
    /// # Errors
    /// The limits that it must keep; no limit is called that when both are 0.
    pub fn set_limit(&mut self, name: &str, value: u16) -> Result<(), UnknownLimit> {
        let Some((limit, ..)) = Limit::ALL.iter().find(|(_, known, ..)| *known == name) else {
            return Err(UnknownLimit { name: name.to_owned(), least: 0, most: 0 });
        };
        let (least, most) = match limit {
            Limit::CancellationDays => (3, 30),
            Limit::IdentityDays | Limit::AddressProofDays => (0, 3650),
            Limit::FaxPages => (1, 200),
            Limit::AlikePercent => (50, 100),
        };
        if !(least..=most).contains(&value) {
            return Err(UnknownLimit { name: name.to_owned(), least, most });
        }
        self.limits.insert(*limit, value);
        Ok(())
    }
}
