//! The check itself: facts in, findings out.

use super::{GateTable, Limit, Rule, Severity};
use crate::business_days::cancellable_until;
use crate::{ClientId, ItemId, LetterId};
use jiff::Timestamp;
use jiff::civil::Date;

/// How the letter is about to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Printed, or saved as a file.
    Paper,
    /// Faxed.
    Fax,
}

/// How a client reviewed a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReviewChannel {
    /// Read aloud or discussed on the phone.
    Phone,
    /// Sent and answered by e-mail.
    Email,
    /// Read in the office.
    InPerson,
    /// Read in the customer portal.
    Portal,
}

impl ReviewChannel {
    /// Every channel with its stored spelling.
    const ALL: [(ReviewChannel, &'static str); 4] = [
        (ReviewChannel::Phone, "phone"),
        (ReviewChannel::Email, "email"),
        (ReviewChannel::InPerson, "in_person"),
        (ReviewChannel::Portal, "portal"),
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(channel, _)| *channel == self).map_or("", |(_, code)| code)
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(channel, _)| *channel)
    }
}

/// That the client read a letter before it went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// How.
    pub channel: ReviewChannel,
    /// When the client did.
    pub on: Date,
    /// When that was recorded.
    pub recorded: Timestamp,
    /// By whom.
    pub by: String,
}

/// Why a letter may go although a finding blocks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Which rule.
    pub rule: Rule,
    /// What the finding was about: see [`GateFinding::subject`].
    pub subject: String,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A paper on file: when it was filed, if the portal says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatedPaper {
    /// There is none.
    Missing,
    /// There is one of unknown age.
    Undated,
    /// The newest.
    Filed(Date),
}

/// An item of the letter as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemStanding {
    /// The item.
    pub item: ItemId,
    /// Its account name when the letter was made.
    pub account_name: String,
    /// Why it must not be disputed, if it must not.
    pub excluded: Option<String>,
    /// Late payments of it that must not be disputed.
    pub late_payments: Vec<String>,
    /// When another letter about it went to the same recipient, whose answer is awaited.
    pub dispute_open_since: Option<Date>,
    /// When another letter about it for the same recipient was printed, of which nobody said that it was mailed.
    pub printed_on: Option<Date>,
    /// When it was sent to the same recipient with the same reason and the same facts.
    pub sent_unchanged_on: Option<Date>,
    /// What the portal now says of it is not what the letter says.
    pub changed: bool,
}

/// The other client's letter that is most alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The other letter.
    pub letter: LetterId,
    /// Whose it is.
    pub client: ClientId,
    /// The share of common wording in percent.
    pub percent: u8,
}

/// What the engine reported when it set the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFinding {
    /// Which rule it falls under.
    pub rule: Rule,
    /// In words.
    pub message: String,
}

/// All that is known of a letter that is about to go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where the agent works.
    pub today: Date,
    /// How it is about to go out.
    pub medium: Medium,
    /// When the first of the client's agreements was signed; `None` when none is.
    pub agreement_signed: Option<Date>,
    /// The client's review.
    pub review: Option<Review>,
    /// Proof of identity.
    pub identity: DatedPaper,
    /// Proof of address.
    pub address_proof: DatedPaper,
    /// Its items.
    pub items: Vec<ItemStanding>,
    /// The most alike letter of another client.
    pub alike: Option<Alike>,
    /// It is a direct dispute.
    pub to_furnisher: bool,
    /// Its template or snippets are not what it was made from.
    pub template_changed: bool,
    /// What the client is recognised by now, if the letter was made for another name, address or day of birth.
    pub client_changed: Option<String>,
    /// Its pages, enclosures included.
    pub pages: u32,
    /// What the engine reported.
    pub made: Vec<MadeFinding>,
}

/// Where the agent mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The client's agreements.
    Agreement,
    /// The client's documents.
    Documents,
    /// The letter's review.
    Review,
    /// An item of the client.
    Item(ItemId),
    /// The letter: write it anew, or correct its template.
    Letter,
    /// Another letter, to compare.
    OtherLetter(LetterId),
    /// The recipient's record.
    Recipient,
}

/// Something that the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateFinding {
    /// Which rule.
    pub rule: Rule,
    /// What it does.
    pub severity: Severity,
    /// What it is about, for an override to be of this and nothing else: an item's key and what stands against it, or
    /// empty.
    pub subject: String,
    /// What was found and what to do.
    pub message: String,
    /// Where to do it.
    pub place: Place,
}

/// Looks at a letter before it goes out. Findings come in the order of [`Rule::ALL`].
#[must_use]
pub fn check(table: &GateTable, facts: &Facts) -> Vec<GateFinding> {
    let mut found = Found { table, findings: Vec::new() };
    permission(&mut found, facts);
    for item in &facts.items {
        standing(&mut found, item);
    }
    papers(&mut found, facts);
    letter(&mut found, facts);
    let mut findings = found.findings;
    findings.sort_by_key(|finding| finding.rule);
    findings
}

struct Found<'a> {
    table: &'a GateTable,
    findings: Vec<GateFinding>,
}

impl Found<'_> {
    fn add(&mut self, rule: Rule, subject: &str, message: String, place: Place) {
        let severity = self.table.severity(rule);
        if severity != Severity::Off {
            self.findings.push(GateFinding { rule, severity, subject: subject.to_owned(), message, place });
        }
    }
}

fn us(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.month(), date.day(), date.year())
}

fn permission(found: &mut Found<'_>, facts: &Facts) {
    match facts.agreement_signed {
        None => found.add(
            Rule::AgreementUnsigned,
            "",
            "The client has not signed an agreement. No letter may go out before.".to_owned(),
            Place::Agreement,
        ),
        Some(signed) => {
            let days = u8::try_from(found.table.limit(Limit::CancellationDays)).unwrap_or(u8::MAX);
            let until = cancellable_until(signed, days);
            if facts.today <= until {
                let message = format!(
                    "The agreement was signed on {} and can be cancelled through {}. Send the letter after that day.",
                    us(signed),
                    us(until)
                );
                found.add(Rule::AgreementCancellable, &signed.to_string(), message, Place::Agreement);
            }
        }
    }
    if facts.review.is_none() {
        let message =
            "It is not recorded that the client reviewed this letter. Bureaus may ignore letters that the consumer \
                       never saw."
                .to_owned();
        found.add(Rule::ReviewMissing, "", message, Place::Review);
    }
}

fn standing(found: &mut Found<'_>, item: &ItemStanding) {
    let (id, name) = (item.item.0.as_str(), item.account_name.as_str());
    let place = || Place::Item(item.item.clone());
    if let Some(why) = &item.excluded {
        found.add(Rule::ItemExcluded, id, format!("{name}: {why} Write the letter anew without it."), place());
    }
    for payment in &item.late_payments {
        let message =
            format!("{name}: {payment} must not be disputed. Make sure that the letter does not speak of it.");
        found.add(Rule::LatePaymentExcluded, &format!("{id} {payment}"), message, place());
    }
    if let Some(since) = item.dispute_open_since {
        let message = format!(
            "{name} was disputed with this recipient on {}, and the answer is awaited. Record the answer first, or leave the \
             item out.",
            us(since)
        );
        found.add(Rule::DisputeOpen, &format!("{id} {since}"), message, place());
    }
    if let Some(printed) = item.printed_on {
        let message = format!(
            "Another letter about {name} to this recipient was printed on {}. Confirm that print run, or discard this letter.",
            us(printed)
        );
        found.add(Rule::PrintedBefore, &format!("{id} {printed}"), message, place());
    }
    if let Some(sent) = item.sent_unchanged_on {
        let message = format!(
            "{name} was disputed with this recipient for the same reason on {}, and nothing about it is new. Give a new fact \
             or another reason, or the dispute may be called frivolous.",
            us(sent)
        );
        found.add(Rule::Repeated, &format!("{id} {sent}"), message, place());
    }
    if item.changed {
        let message = format!("The portal says something else of {name} than this letter. Write the letter anew.");
        found.add(Rule::Stale, id, message, place());
    }
}

fn papers(found: &mut Found<'_>, facts: &Facts) {
    for (rule, limit, paper, what) in [
        (Rule::IdentityMissing, Limit::IdentityDays, facts.identity, "proof of identity"),
        (Rule::AddressProofMissing, Limit::AddressProofDays, facts.address_proof, "proof of address"),
    ] {
        let days = found.table.limit(limit);
        let message = match paper {
            DatedPaper::Missing => format!("There is no {what} on file. Ask the client for one."),
            DatedPaper::Undated if days > 0 => {
                format!("The age of the {what} on file is unknown. Make sure that it is at most {days} days old.")
            }
            DatedPaper::Filed(filed) if days > 0 && age(filed, facts.today) > i64::from(days) => format!(
                "The {what} on file is {} days old; {days} is the limit. Ask the client for a newer one.",
                age(filed, facts.today)
            ),
            DatedPaper::Undated | DatedPaper::Filed(_) => continue,
        };
        found.add(rule, "", message, Place::Documents);
    }
}

fn age(from: Date, today: Date) -> i64 {
    (today - from).get_days().into()
}

fn letter(found: &mut Found<'_>, facts: &Facts) {
    for made in &facts.made {
        found.add(made.rule, &made.message, sentence(&made.message), Place::Letter);
    }
    if let Some(now) = &facts.client_changed {
        let message = "The client's name, mailing address or date of birth was changed after this letter was written. \
                       Write it anew."
            .to_owned();
        found.add(Rule::Stale, now, message, Place::Letter);
    }
    if facts.template_changed {
        let message =
            "Its template or a snippet was changed on the portal after this letter was written. Write it anew to \
                       have the new text."
                .to_owned();
        found.add(Rule::Stale, "template", message, Place::Letter);
    }
    if let Some(alike) = &facts.alike
        && u16::from(alike.percent) >= found.table.limit(Limit::AlikePercent)
    {
        let message = format!(
            "{} % of its wording is that of another client's letter. Bureaus sort out form letters: add this client's facts.",
            alike.percent
        );
        found.add(Rule::Alike, &alike.letter.0, message, Place::OtherLetter(alike.letter.clone()));
    }
    if facts.to_furnisher {
        let message =
            "Direct disputes sent by credit-repair firms are excepted by regulation: there is no guaranteed duty to \
                       investigate."
                .to_owned();
        found.add(Rule::FurnisherExempt, "", message, Place::Recipient);
    }
    let most = u32::from(found.table.limit(Limit::FaxPages));
    if facts.medium == Medium::Fax && facts.pages > most {
        let message =
            format!("The fax has {} pages; {most} is the limit. Leave enclosures out, or mail it.", facts.pages);
        found.add(Rule::FaxTooLong, &facts.pages.to_string(), message, Place::Letter);
    }
}

/// The engine's findings begin small and end without a stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn facts() -> Facts {
        Facts {
            today: date(2026, 11, 24),
            medium: Medium::Paper,
            agreement_signed: Some(date(2026, 10, 1)),
            review: Some(Review {
                channel: ReviewChannel::Phone,
                on: date(2026, 11, 23),
                recorded: Timestamp::UNIX_EPOCH,
                by: "agent".to_owned(),
            }),
            identity: DatedPaper::Filed(date(2020, 1, 1)),
            address_proof: DatedPaper::Filed(date(2026, 11, 1)),
            items: vec![item()],
            alike: None,
            to_furnisher: false,
            template_changed: false,
            client_changed: None,
            pages: 1,
            made: Vec::new(),
        }
    }

    fn item() -> ItemStanding {
        ItemStanding {
            item: ItemId("i1".into()),
            account_name: "Capital One".into(),
            excluded: None,
            late_payments: Vec::new(),
            dispute_open_since: None,
            printed_on: None,
            sent_unchanged_on: None,
            changed: false,
        }
    }

    fn found(facts: &Facts) -> Vec<(Rule, Severity)> {
        check(&GateTable::default(), facts).into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    }

    #[test]
    fn a_letter_with_everything_in_order_has_no_finding() {
        assert_eq!(check(&GateTable::default(), &facts()), []);
    }

    #[test]
    fn each_fault_is_found_once_and_weighed_by_the_table() {
        use Severity::{Block, Warn};
        let day = date(2026, 11, 2);
        let with = |change: &dyn Fn(&mut Facts)| {
            let mut facts = facts();
            change(&mut facts);
            found(&facts)
        };
        assert_eq!(with(&|f| f.agreement_signed = None), [(Rule::AgreementUnsigned, Block)]);
        // Thanksgiving and a weekend: through Monday, 30 November.
        assert_eq!(with(&|f| f.agreement_signed = Some(date(2026, 11, 24))), [(Rule::AgreementCancellable, Block)]);
        assert_eq!(with(&|f| f.agreement_signed = Some(date(2026, 11, 18))), []);
        assert_eq!(with(&|f| f.review = None), [(Rule::ReviewMissing, Warn)]);
        assert_eq!(with(&|f| f.identity = DatedPaper::Missing), [(Rule::IdentityMissing, Warn)]);
        assert_eq!(
            with(&|f| f.address_proof = DatedPaper::Filed(date(2026, 9, 24))),
            [(Rule::AddressProofMissing, Warn)]
        );
        assert_eq!(with(&|f| f.address_proof = DatedPaper::Filed(date(2026, 9, 25))), []);
        assert_eq!(with(&|f| f.address_proof = DatedPaper::Undated), [(Rule::AddressProofMissing, Warn)]);
        assert_eq!(with(&|f| f.items[0].excluded = Some("excluded.".into())), [(Rule::ItemExcluded, Block)]);
        assert_eq!(with(&|f| f.items[0].late_payments.push("May 2025".into())), [(Rule::LatePaymentExcluded, Warn)]);
        assert_eq!(with(&|f| f.items[0].dispute_open_since = Some(day)), [(Rule::DisputeOpen, Block)]);
        assert_eq!(with(&|f| f.items[0].printed_on = Some(day)), [(Rule::PrintedBefore, Warn)]);
        assert_eq!(with(&|f| f.items[0].sent_unchanged_on = Some(day)), [(Rule::Repeated, Warn)]);
        assert_eq!(with(&|f| f.items[0].changed = true), [(Rule::Stale, Warn)]);
        assert_eq!(with(&|f| f.template_changed = true), [(Rule::Stale, Warn)]);
        assert_eq!(with(&|f| f.client_changed = Some("now".into())), [(Rule::Stale, Warn)]);
        assert_eq!(with(&|f| f.to_furnisher = true), [(Rule::FurnisherExempt, Warn)]);
        assert_eq!(with(&|f| f.pages = 31), [], "paper has no limit");
        let fax = |f: &mut Facts| (f.medium, f.pages) = (Medium::Fax, 31);
        assert_eq!(with(&fax), [(Rule::FaxTooLong, Block)]);
        let made = |rule| MadeFinding { rule, message: "a number stands in the text".into() };
        assert_eq!(with(&|f| f.made = vec![made(Rule::NumberExposed)]), [(Rule::NumberExposed, Block)]);
        let alike = |percent| Some(Alike { letter: LetterId("o".into()), client: ClientId(2), percent });
        assert_eq!(with(&|f| f.alike = alike(89)), []);
        assert_eq!(with(&|f| f.alike = alike(90)), [(Rule::Alike, Warn)]);
    }

    #[test]
    fn a_company_weighs_rules_and_sets_limits_within_what_the_law_allows() {
        let mut table = GateTable::default();
        table.set_severity(Rule::ReviewMissing, Severity::Block);
        table.set_severity(Rule::FurnisherExempt, Severity::Off);
        table.set_limit("address_proof_days", 10).unwrap();
        let facts = Facts { review: None, to_furnisher: true, ..facts() };
        let found: Vec<_> = check(&table, &facts).into_iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(found, [(Rule::ReviewMissing, Severity::Block), (Rule::AddressProofMissing, Severity::Warn)]);
        assert!(table.set_limit("cancellation_days", 2).unwrap_err().to_string().contains("between 3 and 30"));
        assert!(table.set_limit("fax_page", 2).is_err());
    }

    #[test]
    fn rules_are_told_apart_by_their_spelling_and_a_finding_names_what_it_is_about() {
        for (rule, code) in Rule::ALL {
            assert_eq!((Rule::from_code(code), rule.code()), (Some(rule), code));
        }
        let mut facts = facts();
        facts.items[0].dispute_open_since = Some(date(2026, 11, 2));
        let finding = check(&GateTable::default(), &facts).remove(0);
        assert_eq!(finding.subject, "i1 2026-11-02");
        assert!(
            finding.message.contains("Capital One") && finding.message.contains("11/02/2026"),
            "{}",
            finding.message
        );
        assert_eq!(finding.place, Place::Item(ItemId("i1".into())));
    }
}
