//! The gate: what is known of a letter just before it goes out, what the rules say of it, and what an agent recorded.
//!
//! The rules are the domain's ([`domain::gate`]); this gathers the facts. It runs before a print run, a save, when a fax
//! is queued, and again before the fax's first byte.

use crate::contract::{
    Empty, GateFinding as FindingRow, GateLimit, GateMedium, GateOverride, GatePlace, GateRule, GateRuleRow,
    GateSeverity, LetterCheck, LetterChecked, LetterOverride, LetterReview, LetterRow, ReviewChannelCode, ReviewRow,
    Topic,
};
use crate::desk::Open;
use crate::letters::{client_hash, item_hash, row, template_hash};
use crate::{Desk, Error};
use ::letters::{Fingerprint, similarity};
use domain::gate::{
    Alike, DatedPaper, Facts, GateFinding, GateTable, ItemStanding, Limit, Medium, Override, Place, Review,
    ReviewChannel, Rule, Severity, check,
};
use domain::{ClientId, Document, Exclusion, ItemId, LetterId, LetterState, NegativeItem, RecipientKind, TemplateId};
use jiff::civil::Date;
use std::collections::HashMap;
use store::{LetterRecord, Said, StoreError};

/// Other letters that a letter's wording is compared with: the newest.
const COMPARED: u32 = 1000;

/// Documents that prove an address, by their subtype (API: Client Documents).
const ADDRESS_PROOFS: [&str; 6] = [
    "utility_bills",
    "bank_or_credit_union_statement",
    "canceled_check",
    "pay_stub",
    "signed_letter_from_homeless_shelter",
    "stamped_post_office_box_receipt",
];

/// Documents that prove who someone is, by their subtype, whatever their type.
const IDENTITY_PROOFS: [&str; 2] = ["drive_licence", "government_issued_id"];

/// What stands for or against all letters of one client.
struct Standing {
    agreement_signed: Option<Date>,
    identity: DatedPaper,
    address_proof: DatedPaper,
    items: HashMap<ItemId, NegativeItem>,
    exclusions: Vec<Exclusion>,
    client_hash: Option<String>,
}

/// Another letter's wording.
struct Known {
    letter: LetterId,
    client: ClientId,
    fingerprint: Fingerprint,
}

/// Checks letters, and keeps what several of them share.
pub(crate) struct Checker<'a> {
    desk: &'a Desk,
    open: &'a Open,
    standings: HashMap<ClientId, Standing>,
    templates: HashMap<TemplateId, String>,
    known: Vec<Known>,
}

/// A finding and what was recorded for exactly it.
pub(crate) struct Checked {
    pub(crate) finding: GateFinding,
    pub(crate) overridden: Option<Override>,
}

impl Checked {
    pub(crate) fn blocks(&self) -> bool {
        self.finding.severity == Severity::Block && self.overridden.is_none()
    }
}

impl<'a> Checker<'a> {
    pub(crate) async fn new(desk: &'a Desk, open: &'a Open) -> Result<Self, StoreError> {
        let snippets = open.store.snippets().await?;
        let templates = open.store.templates().await?;
        let wordings = open.store.wordings(COMPARED).await?.into_iter();
        Ok(Self {
            desk,
            open,
            standings: HashMap::new(),
            templates: templates.iter().map(|template| (template.id, template_hash(template, &snippets))).collect(),
            known: wordings
                .filter_map(|wording| {
                    let fingerprint = Fingerprint::from_bytes(&wording.fingerprint)?;
                    Some(Known { letter: wording.letter, client: wording.client, fingerprint })
                })
                .collect(),
        })
    }

    /// What the rules say of a letter.
    pub(crate) async fn check(&mut self, record: &LetterRecord, medium: Medium) -> Result<Vec<Checked>, StoreError> {
        let letter = &record.letter;
        let review = self.open.store.letter_review(&letter.id).await?;
        let said = self.open.store.said_before(&letter.id, letter.client, letter.recipient.kind).await?;
        let mut overrides = self.open.store.letter_overrides(&letter.id).await?;
        // Preparing without an agreement asked for a reason already.
        if let Some(reason) = &record.unsigned_override {
            overrides.push(Override {
                rule: Rule::AgreementUnsigned,
                subject: String::new(),
                reason: reason.clone(),
                at: letter.prepared,
                by: letter.provenance.author.clone(),
            });
        }
        let alike = self.most_alike(record);
        let template_changed = self
            .templates
            .get(&letter.provenance.template)
            .is_some_and(|current| *current != letter.provenance.template_hash);
        let desk = self.desk;
        let standing = self.standing(letter.client).await?;
        let day = |at| desk.inner.ports.clock.date_of(at);
        let facts = Facts {
            today: desk.inner.ports.clock.today(),
            medium,
            agreement_signed: standing.agreement_signed,
            review,
            identity: standing.identity,
            address_proof: standing.address_proof,
            items: record.items.iter().map(|item| item_standing(item, standing, &said, &day)).collect(),
            alike,
            to_furnisher: matches!(letter.recipient.kind, RecipientKind::Furnisher(_)),
            template_changed,
            client_changed: match (&record.client_hash, &standing.client_hash) {
                (Some(then), Some(now)) if then != now => Some(now.clone()),
                _ => None,
            },
            pages: letter.pages,
            made: record.findings.clone(),
        };
        let findings = check(&desk.inner.settings.gate, &facts);
        Ok(findings
            .into_iter()
            .map(|finding| {
                let same = |over: &&Override| over.rule == finding.rule && over.subject == finding.subject;
                Checked { overridden: overrides.iter().find(same).cloned(), finding }
            })
            .collect())
    }

    async fn standing(&mut self, client: ClientId) -> Result<&Standing, StoreError> {
        if !self.standings.contains_key(&client) {
            let store = &self.open.store;
            let signed = store.agreements_of(client).await?.into_iter().filter_map(|agreement| agreement.signed).min();
            let documents = store.documents_of(client).await?;
            let day = |at| self.desk.inner.ports.clock.date_of(at);
            let standing = Standing {
                agreement_signed: signed.map(day),
                identity: newest(&documents, &day, |document| {
                    document.kind == "id" || IDENTITY_PROOFS.contains(&document.subkind.as_str())
                }),
                address_proof: newest(&documents, &day, |document| ADDRESS_PROOFS.contains(&document.subkind.as_str())),
                items: store
                    .items_of(client)
                    .await?
                    .into_iter()
                    .map(|facts| (facts.item.id.clone(), facts.item))
                    .collect(),
                exclusions: store.exclusions_of(client).await?,
                client_hash: store.client(client).await?.map(|facts| client_hash(&facts.client)),
            };
            self.standings.insert(client, standing);
        }
        self.standings.get(&client).ok_or(StoreError::Unreadable("clients"))
    }

    fn most_alike(&self, record: &LetterRecord) -> Option<Alike> {
        let own = Fingerprint::from_bytes(record.fingerprint.as_deref()?)?;
        self.known
            .iter()
            .filter(|known| known.client != record.letter.client)
            .map(|known| (similarity(&own, &known.fingerprint), known))
            .max_by_key(|(percent, _)| *percent)
            .map(|(percent, known)| Alike { letter: known.letter.clone(), client: known.client, percent })
    }
}

fn newest(
    documents: &[Document],
    day: &impl Fn(jiff::Timestamp) -> Date,
    proves: impl Fn(&Document) -> bool,
) -> DatedPaper {
    let mut found = documents.iter().filter(|document| proves(document)).map(|document| document.created).peekable();
    if found.peek().is_none() {
        return DatedPaper::Missing;
    }
    found.flatten().max().map_or(DatedPaper::Undated, |at| DatedPaper::Filed(day(at)))
}

fn item_standing(
    kept: &store::KeptItem,
    standing: &Standing,
    said: &[Said],
    day: &impl Fn(jiff::Timestamp) -> Date,
) -> ItemStanding {
    let now = standing.items.get(&kept.item);
    let excluded = match now {
        None => Some("it is no longer on the portal.".to_owned()),
        Some(item) if item.excluded => Some("it is excluded from disputes on the portal.".to_owned()),
        Some(item) => standing.exclusions.iter().find(|exclusion| exclusion.covers(item)).map(excluded_because),
    };
    let before = || said.iter().filter(|said| said.item == kept.item);
    let dispute_open_since = before().filter(|said| said.outcome.is_none()).filter_map(|said| said.sent).max();
    let unconfirmed = |said: &&Said| said.sent.is_none() && said.state == LetterState::Printed;
    let unchanged = |said: &&Said| {
        said.instruction == kept.instruction && said.facts_hash.is_some() && said.facts_hash == kept.facts_hash
    };
    ItemStanding {
        item: kept.item.clone(),
        account_name: kept.account_name.clone(),
        excluded,
        late_payments: standing
            .exclusions
            .iter()
            .filter_map(|exclusion| exclusion.late_payment(&kept.item))
            .map(str::to_owned)
            .collect(),
        printed_on: before().filter(unconfirmed).filter_map(|said| said.printed).max().map(day),
        // An open dispute says it all.
        sent_unchanged_on: match dispute_open_since {
            Some(_) => None,
            None => before().filter(unchanged).filter_map(|said| said.sent).max(),
        },
        dispute_open_since,
        changed: now.is_some_and(|item| kept.facts_hash.as_ref().is_some_and(|hash| *hash != item_hash(item))),
    }
}

/// In words, for a table's row or a finding.
pub(crate) fn excluded_because(exclusion: &Exclusion) -> String {
    use domain::ExclusionScope::{Bureau, Creditor, Item, LatePayment};
    let what = match &exclusion.scope {
        Item(_) => "it is excluded from disputes".to_owned(),
        LatePayment { payment, .. } => format!("its late payment ({payment}) is excluded from disputes"),
        Bureau(bureau) => format!("everything at {bureau} is excluded from disputes"),
        Creditor(name) => format!("everything of {name} is excluded from disputes"),
    };
    match exclusion.reason.trim().trim_end_matches('.') {
        "" => format!("{what} by {}.", exclusion.by),
        reason => format!("{what} by {}: {reason}.", exclusion.by),
    }
}

impl Desk {
    /// The rules as the deployment weighs them.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn gate_table(&self, _: Empty) -> Result<Vec<GateRuleRow>, Error> {
        Ok(self.gate_rows())
    }

    pub(crate) fn gate_rows(&self) -> Vec<GateRuleRow> {
        let table: &GateTable = &self.inner.settings.gate;
        let limit = |rule: Rule| {
            let (limit, name, _, _, unit) = Limit::ALL.iter().find(|(_, _, of, ..)| *of == rule)?;
            Some(GateLimit { name: (*name).to_owned(), value: table.limit(*limit), unit: (*unit).to_owned() })
        };
        Rule::ALL
            .iter()
            .map(|(known, _)| GateRuleRow {
                rule: rule(*known),
                title: known.title().to_owned(),
                severity: severity(table.severity(*known)),
                limit: limit(*known),
            })
            .collect()
    }

    /// Looks at letters before they go out.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn letter_check(&self, ask: LetterCheck) -> Result<Vec<LetterChecked>, Error> {
        let open = self.ready().await?;
        let medium = match ask.medium {
            GateMedium::Paper => Medium::Paper,
            GateMedium::Fax | GateMedium::FaxAfterCover => Medium::Fax,
        };
        let mut checker = Checker::new(self, &open).await?;
        let mut checked = Vec::with_capacity(ask.ids.len());
        for id in ask.ids {
            if let Some(mut record) = open.store.letter(&LetterId(id)).await? {
                record.letter.pages += u32::from(ask.medium == GateMedium::FaxAfterCover);
                checked.push(told(&record, &checker.check(&record, medium).await?));
            }
        }
        Ok(checked)
    }

    /// Lets a letter go although a finding blocks it, or takes that back.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::BadRequest`] for an empty reason.
    pub async fn letter_override(&self, over: LetterOverride) -> Result<LetterChecked, Error> {
        let open = self.ready().await?;
        let id = LetterId(over.letter_id);
        let record = open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        let rule = rule_of(over.rule);
        let mut write = open.store.write().await?;
        match over.reason.as_deref().map(str::trim) {
            Some("") => return Err(Error::bad("reason", "say why the letter may go")),
            Some(reason) => {
                let over = Override {
                    rule,
                    subject: over.subject,
                    reason: reason.to_owned(),
                    at: self.inner.ports.clock.now(),
                    by: open.account.agent.clone(),
                };
                write.add_letter_override(&id, &over).await?;
            }
            None => write.drop_letter_override(&id, rule, &over.subject).await?,
        }
        write.commit().await?;
        self.changed(&[Topic::Letters]);
        let checked = Checker::new(self, &open).await?.check(&record, Medium::Paper).await?;
        Ok(told(&record, &checked))
    }

    /// Records that the client reviewed letters, or takes that back.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::BadRequest`] for a day that is not one or still to come; then none is recorded.
    pub async fn letter_review(&self, review: LetterReview) -> Result<Vec<LetterRow>, Error> {
        let open = self.ready().await?;
        let today = self.inner.ports.clock.today();
        let on = day_or_today(review.on.as_deref(), "on", today)?;
        if on > today {
            return Err(Error::bad("on", "this day is still to come"));
        }
        let review_of = review.channel.map(|channel| Review {
            channel: channel_of(channel),
            on,
            recorded: self.inner.ports.clock.now(),
            by: open.account.agent.clone(),
        });
        let mut write = open.store.write().await?;
        let mut rows = Vec::with_capacity(review.ids.len());
        for id in review.ids {
            let mut record = open.store.letter(&LetterId(id)).await?.ok_or(Error::NotFound("letter"))?;
            write.set_letter_review(&record.letter.id, review_of.as_ref()).await?;
            record.reviewed = review_of.as_ref().map(|review| (review.channel, review.on, review.by.clone()));
            rows.push(row(&record));
        }
        write.commit().await?;
        self.changed(&[Topic::Letters]);
        Ok(rows)
    }

    /// The letters that the gate holds, each with the first reason.
    pub(crate) async fn held<'a>(
        &self,
        open: &Open,
        letters: &'a [LetterRecord],
        medium: Medium,
    ) -> Result<Vec<(&'a LetterRecord, String)>, Error> {
        let mut checker = Checker::new(self, open).await?;
        let mut held = Vec::new();
        for record in letters {
            if let Some(why) = checker.check(record, medium).await?.into_iter().find(Checked::blocks) {
                held.push((record, why.finding.message));
            }
        }
        Ok(held)
    }

    /// Refuses when the gate holds any of the letters.
    pub(crate) async fn gate(&self, open: &Open, letters: &[LetterRecord], medium: Medium) -> Result<(), Error> {
        refusal(&self.held(open, letters, medium).await?, letters.len()).map_or(Ok(()), Err)
    }
}

/// What is said when held letters keep all of so many back; `None` when none is held.
pub(crate) fn refusal(held: &[(&LetterRecord, String)], of: usize) -> Option<Error> {
    let (record, why) = held.first()?;
    let name = &record.letter.recipient.name;
    Some(Error::Held(if of == 1 {
        format!("The letter to {name} is held. {why}")
    } else {
        format!("{} of {of} letters are held. The first, to {name}: {why}", held.len())
    }))
}

/// A day as the window sends it.
pub(crate) fn day_or_today(text: Option<&str>, field: &'static str, today: Date) -> Result<Date, Error> {
    match text {
        Some(text) => text.parse().map_err(|_| Error::bad(field, "not a date; write it as 2026-03-05")),
        None => Ok(today),
    }
}

fn told(record: &LetterRecord, checked: &[Checked]) -> LetterChecked {
    LetterChecked {
        letter_id: record.letter.id.to_string(),
        blocked: checked.iter().any(Checked::blocks),
        findings: checked
            .iter()
            .map(|checked| FindingRow {
                rule: rule(checked.finding.rule),
                title: checked.finding.rule.title().to_owned(),
                severity: severity(checked.finding.severity),
                subject: checked.finding.subject.clone(),
                message: checked.finding.message.clone(),
                place: place(&checked.finding.place),
                overridden: checked.overridden.as_ref().map(|over| GateOverride {
                    reason: over.reason.clone(),
                    at: over.at.to_string(),
                    by: over.by.clone(),
                }),
            })
            .collect(),
    }
}

fn place(place: &Place) -> GatePlace {
    match place {
        Place::Agreement => GatePlace::Agreement,
        Place::Documents => GatePlace::Documents,
        Place::Review => GatePlace::Review,
        Place::Item(item) => GatePlace::Item { item_id: item.to_string() },
        Place::Letter => GatePlace::Letter,
        Place::OtherLetter(letter) => GatePlace::OtherLetter { letter_id: letter.to_string() },
        Place::Recipient => GatePlace::Recipient,
    }
}

fn severity(severity: Severity) -> GateSeverity {
    match severity {
        Severity::Off => GateSeverity::Off,
        Severity::Warn => GateSeverity::Warn,
        Severity::Block => GateSeverity::Block,
    }
}

pub(crate) fn review_row((channel, on, by): &(ReviewChannel, Date, String)) -> ReviewRow {
    ReviewRow {
        channel: match channel {
            ReviewChannel::Phone => ReviewChannelCode::Phone,
            ReviewChannel::Email => ReviewChannelCode::Email,
            ReviewChannel::InPerson => ReviewChannelCode::InPerson,
            ReviewChannel::Portal => ReviewChannelCode::Portal,
        },
        on: on.to_string(),
        by: by.clone(),
    }
}

fn channel_of(code: ReviewChannelCode) -> ReviewChannel {
    match code {
        ReviewChannelCode::Phone => ReviewChannel::Phone,
        ReviewChannelCode::Email => ReviewChannel::Email,
        ReviewChannelCode::InPerson => ReviewChannel::InPerson,
        ReviewChannelCode::Portal => ReviewChannel::Portal,
    }
}

/// Both enums have the same names; the compiler holds the pairs to be complete.
macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        fn rule(rule: Rule) -> GateRule {
            match rule { $(Rule::$name => GateRule::$name),+ }
        }

        fn rule_of(code: GateRule) -> Rule {
            match code { $(GateRule::$name => Rule::$name),+ }
        }
    };
}
rules!(
    AgreementUnsigned,
    AgreementCancellable,
    ItemExcluded,
    LatePaymentExcluded,
    DisputeOpen,
    NumberExposed,
    AddressOutsideWindow,
    FaxTooLong,
    ReviewMissing,
    IdentityMissing,
    AddressProofMissing,
    PrintedBefore,
    Repeated,
    Alike,
    FurnisherExempt,
    Stale,
    Wording,
);
