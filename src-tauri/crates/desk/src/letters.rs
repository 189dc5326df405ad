//! Preparing letters: one for each recipient, with only its items; kept with their provenance.

use crate::clients::client_id;
use crate::contract::{
    Id, Ids, LetterArea, LetterFilter, LetterRow, LetterStage, PostalLines, PrepareLetters, PrepareProblem,
    PreparedLetters, RecipientChoice, RecipientParty, Topic, Why, WhyOverride, WhyRelease, WhyReworded,
};
use crate::desk::Open;
use crate::enclosures::Enclosed;
use crate::gate::review_row;
use crate::library::{bureau_code, bureau_of};
use crate::{Desk, Error, addressees};
use ::letters::{
    AddressBlock, Attached, DisputedItem, Draft, ENGINE, Enclosure, Envelope, Facts, Finding, Layout, Press, SetLetter,
    Variables, Wording,
};
use domain::gate::{MadeFinding, Rule};
use domain::{
    Bureau, Client, Furnisher, FurnisherId, InstructionId, ItemId, Letter, LetterId, LetterState, NegativeItem,
    Permission, PostalAddress, Provenance, Reason, Recipient, RecipientKind, ReleaseWay, Snippet, Template, TemplateId,
    furnisher_of,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use store::{KeptItem, KeptLetter, LetterRecord};

mod wording;
mod work;

pub(crate) use work::Work;

/// What every letter of one preparation shares.
struct Desktop {
    client: Client,
    template: Template,
    snippets: Vec<Snippet>,
    /// The chosen items with their reasons, in the agent's order.
    chosen: Vec<(NegativeItem, Reason)>,
    bureau_addresses: HashMap<Bureau, (String, PostalAddress, Option<String>)>,
    furnishers: Vec<Furnisher>,
    agent: String,
    today: Date,
    unsigned_override: Option<String>,
    /// Go with every letter.
    enclosures: Vec<Enclosed>,
    /// What the template shows, by the id in its text.
    pictures: Vec<(String, Vec<u8>)>,
}

impl Desk {
    /// Writes one letter for each recipient and keeps those that could be written; the others are answered with what
    /// to do about them.
    ///
    /// # Errors
    /// What keeps every letter from being written: an unknown record, an excluded item, no signed agreement;
    /// [`Error::Cancelled`] when [`Desk::letter_stop`] came before the end: then none is kept.
    pub async fn letter_prepare(&self, prepare: PrepareLetters) -> Result<PreparedLetters, Error> {
        let open = self.ready().await?;
        let work = self.work_on(prepare.recipients.len())?;
        let desktop = work.unless_stopped(self.desktop(&open, &prepare)).await?;
        if prepare.recipients.is_empty() {
            return Err(Error::bad("recipients", "choose at least one bureau or furnisher"));
        }
        let mut letters = Vec::new();
        let mut problems = Vec::new();
        for (position, choice) in (0_u32..).zip(&prepare.recipients) {
            work.done(position)?;
            let mut name = String::new();
            match self.prepare_one(&open, &desktop, choice, &mut name).await {
                Ok(kept) => letters.push(kept),
                Err(error @ (Error::Store(_) | Error::Internal(_))) => return Err(error),
                Err(error) => {
                    problems.push(PrepareProblem {
                        recipient: position,
                        recipient_name: name,
                        problem: error.problem(),
                    });
                }
            }
        }
        let mut write = open.store.write().await?;
        for kept in &letters {
            write.add_letter(kept).await?;
        }
        for choice in &prepare.recipients {
            if let RecipientParty::Furnisher { furnisher_id, address: Some(address) } = &choice.party {
                let address = postal(address);
                if address.is_complete() {
                    write.set_furnisher_address(furnisher(furnisher_id)?, &address).await?;
                }
            }
        }
        write.commit().await?;
        if !letters.is_empty() {
            self.changed(&[Topic::Letters, Topic::Items]);
        }
        Ok(PreparedLetters { letters: letters.iter().map(|kept| row(&kept.record)).collect(), problems })
    }

    /// Letters, newest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn letter_list(&self, filter: LetterFilter) -> Result<Vec<LetterRow>, Error> {
        let open = self.ready().await?;
        let client = filter.client_id.as_deref().map(|id| client_id(id, "clientId")).transpose()?;
        Ok(open.store.letters(client, filter.discarded).await?.iter().map(row).collect())
    }

    /// Why a letter says what it says.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn letter_why(&self, id: Id) -> Result<Why, Error> {
        let open = self.ready().await?;
        let record = open.store.letter(&LetterId(id.id)).await?.ok_or(Error::NotFound("letter"))?;
        let overrides = open.store.letter_overrides(&record.letter.id).await?;
        let enclosures = open.store.letter_enclosures(&record.letter.id).await?;
        let enclosures = enclosures.into_iter().map(|enclosed| [enclosed.name, enclosed.hash]).collect();
        let releases = open.store.letter_releases(&record.letter.id).await?;
        let pdf = open.store.letter_pdf(&record.letter.id).await?;
        let fonts = pdf.map(|pdf| ::letters::fonts_of(&pdf)).unwrap_or_default();
        let why = record.letter.provenance;
        Ok(Why {
            template_name: why.template_name,
            template_hash: why.template_hash,
            seed: why.seed.to_string(),
            data_hash: why.data_hash,
            pdf_hash: why.pdf_hash,
            engine: why.engine,
            author: why.author,
            items: record.items.into_iter().map(|item| [item.account_name, item.reason]).collect(),
            unsigned_override: record.unsigned_override,
            enclosures,
            review: record.reviewed.as_ref().map(review_row),
            overrides: overrides
                .into_iter()
                .map(|over| WhyOverride {
                    title: over.rule.title().to_owned(),
                    reason: over.reason,
                    at: over.at.to_string(),
                    by: over.by,
                })
                .collect(),
            reworded: record.reworded.map(|(at, by)| WhyReworded { at: at.to_string(), by }),
            releases: releases
                .into_iter()
                .map(|release| WhyRelease {
                    fax: release.way == ReleaseWay::Fax,
                    at: release.at.to_string(),
                    by: release.by,
                })
                .collect(),
            fonts,
        })
    }

    /// Sets letters aside.
    ///
    /// # Errors
    /// [`Error::LetterState`] for a printed one; then none is moved.
    pub async fn letter_discard(&self, ids: Ids) -> Result<Vec<LetterRow>, Error> {
        self.move_letters(&ids.ids, LetterState::Discarded, "it went to a printer, so it stays on record").await
    }

    /// Brings discarded letters back.
    ///
    /// # Errors
    /// [`Error::LetterState`] for one that is not discarded; then none is moved.
    pub async fn letter_restore(&self, ids: Ids) -> Result<Vec<LetterRow>, Error> {
        self.move_letters(&ids.ids, LetterState::Prepared, "only a discarded letter can be restored").await
    }

    async fn move_letters(
        &self,
        ids: &[String],
        to: LetterState,
        otherwise: &'static str,
    ) -> Result<Vec<LetterRow>, Error> {
        let open = self.ready().await?;
        let now = self.inner.ports.clock.now();
        let mut write = open.store.write().await?;
        let mut moved = Vec::with_capacity(ids.len());
        for id in ids {
            let mut record = open.store.letter(&LetterId(id.clone())).await?.ok_or(Error::NotFound("letter"))?;
            let from = record.letter.state;
            if !from.can_become(to) || !write.move_letter(&record.letter.id, from, to, now).await? {
                return Err(Error::LetterState(from, otherwise));
            }
            record.letter.state = to;
            moved.push(row(&record));
        }
        write.commit().await?;
        self.changed(&[Topic::Letters, Topic::Items]);
        Ok(moved)
    }

    /// Gathers and checks what all letters of a preparation share.
    async fn desktop(&self, open: &Arc<Open>, prepare: &PrepareLetters) -> Result<Desktop, Error> {
        let client = client_id(&prepare.client_id, "clientId")?;
        let facts = open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let unsigned_override =
            prepare.unsigned_override.as_deref().map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        let signed = matches!(facts.permission, Permission::Signed(_));
        if !signed && unsigned_override.is_none() {
            return Err(Error::Unsigned);
        }
        if !facts.client.mailing.is_complete() {
            return Err(Error::AddressIncomplete { whose: "the client's mailing".to_owned() });
        }
        let template: TemplateId =
            prepare.template_id.parse().map(TemplateId).map_err(|_| Error::bad("templateId", "choose a template"))?;
        let template = open.store.template(template).await?.ok_or(Error::NotFound("template"))?;
        let mut items: HashMap<ItemId, NegativeItem> =
            open.store.items_of(client).await?.into_iter().map(|facts| (facts.item.id.clone(), facts.item)).collect();
        let reasons: HashMap<InstructionId, Reason> =
            open.store.reasons().await?.into_iter().map(|reason| (reason.id, reason)).collect();
        if prepare.items.is_empty() {
            return Err(Error::bad("items", "choose at least one item"));
        }
        let exclusions = open.store.exclusions_of(client).await?;
        let mut chosen = Vec::with_capacity(prepare.items.len());
        for choice in &prepare.items {
            // Taken out: an item chosen twice is not found the second time.
            let item = items.remove(&ItemId(choice.item_id.clone())).ok_or(Error::NotFound("negative item"))?;
            if item.excluded || exclusions.iter().any(|exclusion| exclusion.covers(&item)) {
                return Err(Error::ItemExcluded(item.account_name));
            }
            let reason: InstructionId = choice
                .reason_id
                .parse()
                .map_err(|_| Error::bad("reasonId", format!("pick a reason for {}", item.account_name)))?;
            let reason = reasons.get(&reason).cloned().ok_or(Error::NotFound("reason"))?;
            chosen.push((item, reason));
        }
        let bureau_addresses = open
            .store
            .default_bureau_addresses()
            .await?
            .into_iter()
            .filter_map(|address| Some((address.bureau?, (address.title, address.address, address.fax_number))))
            .collect();
        let snippets = open.store.snippets().await?;
        Ok(Desktop {
            client: facts.client,
            pictures: self.template_pictures(open, &template, &snippets).await?,
            template,
            snippets,
            chosen,
            bureau_addresses,
            furnishers: open
                .store
                .search_furnishers("", u32::MAX)
                .await?
                .into_iter()
                .map(|hit| hit.furnisher)
                .collect(),
            agent: open.account.agent.clone(),
            today: self.inner.ports.clock.today(),
            unsigned_override: if signed { None } else { unsigned_override },
            // Last: a file may have to be fetched.
            enclosures: self.enclosures(open, client, &prepare.enclosures).await?,
        })
    }

    /// Writes one recipient's letter. `name` is filled as soon as the recipient is known, for problems to carry.
    async fn prepare_one(
        &self,
        open: &Open,
        desktop: &Desktop,
        choice: &RecipientChoice,
        name: &mut String,
    ) -> Result<KeptLetter, Error> {
        let recipient = match &choice.party {
            RecipientParty::Bureau { bureau } => {
                let bureau = bureau_of(*bureau);
                bureau.to_string().clone_into(name);
                let (title, address, fax_number) =
                    desktop.bureau_addresses.get(&bureau).cloned().ok_or(Error::NoBureauAddress(bureau))?;
                if !address.is_complete() {
                    return Err(Error::AddressIncomplete { whose: format!("{bureau}'s default") });
                }
                let title = if title.trim().is_empty() { bureau.to_string() } else { title };
                let kind = RecipientKind::Bureau(bureau);
                Recipient { kind, name: title, address: Some(address), fax_number }
            }
            RecipientParty::Furnisher { furnisher_id, address } => {
                let id = furnisher(furnisher_id)?;
                let hit = open.store.furnisher(id).await?.ok_or(Error::NotFound("furnisher"))?;
                hit.furnisher.name.clone_into(name);
                let typed = address.as_ref().map(postal).filter(|address| !address.lines().is_empty());
                let address = typed.or(hit.address);
                if address.as_ref().is_some_and(|address| !address.is_complete()) {
                    return Err(Error::AddressIncomplete { whose: format!("{}'s", hit.furnisher.name) });
                }
                if address.is_none() && hit.furnisher.fax_number.is_none() {
                    return Err(Error::AddressIncomplete { whose: format!("{}'s", hit.furnisher.name) });
                }
                let kind = RecipientKind::Furnisher(id);
                Recipient { kind, name: hit.furnisher.name, address, fax_number: hit.furnisher.fax_number }
            }
            RecipientParty::Addressee { addressee_id } => {
                let known = open
                    .store
                    .addressee(addressees::addressee(addressee_id)?)
                    .await?
                    .ok_or(Error::NotFound("address"))?;
                known.name.clone_into(name);
                let kind = RecipientKind::Addressee(known.id);
                Recipient { kind, name: known.name, address: Some(known.address), fax_number: known.fax_number }
            }
        };
        let items = items_for(desktop, &recipient, choice.item_ids.as_deref());
        if items.is_empty() {
            return Err(Error::NoItems(name.clone()));
        }
        let mut seed = [0; 8];
        getrandom::fill(&mut seed)?;
        let seed = u64::from_le_bytes(seed);
        let rows = disputed(&items, &recipient);
        let facts = Facts {
            client: &desktop.client,
            recipient: &recipient,
            items: &rows,
            agent: &desktop.agent,
            company: self.inner.settings.letters.company.as_ref(),
            date: desktop.today,
        };
        let variables = facts.variables();
        let data_hash = data_hash(&variables, &rows, &recipient, desktop);
        let (set, wording) = self.set(desktop, &recipient, &rows, &variables, seed, None).await?;
        let whole_ssn = |finding: &Finding| matches!(finding, Finding::SocialSecurityNumber { own: true, .. });
        if set.findings.iter().any(whole_ssn) {
            return Err(Error::WholeSsn);
        }
        // A letter that says "enclosed" and encloses nothing is worse than none.
        if let Some(refused) = set.findings.iter().find(|finding| matches!(finding, Finding::RefusedEnclosure { .. })) {
            return Err(Error::Enclosure(refused.to_string()));
        }
        let record = LetterRecord {
            letter: Letter {
                id: LetterId(uuid::Uuid::now_v7().to_string()),
                client: desktop.client.id,
                recipient,
                items: items.iter().map(|(item, reason)| (item.id.clone(), reason.id)).collect(),
                dated: desktop.today,
                pages: set.pages,
                state: LetterState::Prepared,
                prepared: self.inner.ports.clock.now(),
                printed: None,
                provenance: Provenance {
                    template: desktop.template.id,
                    template_name: desktop.template.name.clone(),
                    template_hash: template_hash(&desktop.template, &desktop.snippets),
                    seed,
                    data_hash,
                    engine: ENGINE.to_owned(),
                    pdf_hash: digest(&set.pdf),
                    author: desktop.agent.clone(),
                },
            },
            client_name: desktop.client.name.full(),
            items: items
                .iter()
                .map(|(item, reason)| KeptItem {
                    item: item.id.clone(),
                    instruction: reason.id,
                    account_name: item.account_name.clone(),
                    reason: reason.name.clone(),
                    facts_hash: Some(item_hash(item)),
                })
                .collect(),
            unsigned_override: desktop.unsigned_override.clone(),
            window: window_area(&self.inner.settings.letters.envelope),
            findings: set.findings.iter().map(made).collect(),
            fingerprint: Some(set.fingerprint.to_bytes()),
            client_hash: Some(client_hash(&desktop.client)),
            reviewed: None,
            sent: None,
            saved: None,
            enclosures: u32::try_from(desktop.enclosures.len()).unwrap_or(u32::MAX),
            reworded: None,
        };
        let enclosures = desktop.enclosures.iter().map(|enclosed| enclosed.kept.clone()).collect();
        Ok(KeptLetter { record, enclosures, pdf: set.pdf, wording })
    }

    /// Sets one letter on the press, off the threads that serve others; answers it with its text.
    async fn set(
        &self,
        desktop: &Desktop,
        recipient: &Recipient,
        rows: &[DisputedItem],
        variables: &Variables,
        seed: u64,
        wording: Option<Wording<'_>>,
    ) -> Result<(SetLetter, String), Error> {
        let shared = &self.inner.settings.letters;
        let enclosures: Vec<Enclosure<'_>> = desktop
            .enclosures
            .iter()
            .map(|enclosed| Enclosure { name: &enclosed.kept.name, bytes: &enclosed.bytes })
            .collect();
        let pictures: Vec<Attached<'_>> = desktop.pictures.iter().map(|(id, bytes)| Attached { id, bytes }).collect();
        self.with_press(|press| {
            let draft = Draft {
                template: &desktop.template,
                wording,
                snippets: &desktop.snippets,
                state: Some(desktop.client.mailing.state.as_str()).filter(|state| !state.trim().is_empty()),
                variables,
                images: &pictures,
                sender: AddressBlock::postal(&desktop.client.name.full(), &desktop.client.mailing),
                recipient: address_block(recipient),
                date: desktop.today,
                subject: subject(recipient),
                items: rows,
                signer: desktop.client.name.full(),
                seed,
                layout: Layout::Letter,
                envelope: shared.envelope,
                fold_marks: shared.fold_marks,
                enclosures: &enclosures,
                ssn: desktop.client.ssn.as_ref(),
                proof: false,
                title: title(recipient),
            };
            Ok((press.set(&draft)?, press.wording(&draft)?))
        })
        .await
    }

    /// Works with the one press.
    pub(crate) async fn with_press<T>(&self, work: impl FnOnce(&mut Press) -> Result<T, Error>) -> Result<T, Error> {
        let mut slot = self.inner.press.lock().await;
        // A letter takes milliseconds; the fonts are read once.
        let press = match slot.as_mut() {
            Some(press) => press,
            None => slot.insert(Press::new()?),
        };
        work(press)
    }
}

/// The chosen items that go to this recipient, in the agent's order.
fn items_for<'a>(
    desktop: &'a Desktop,
    recipient: &Recipient,
    named: Option<&[String]>,
) -> Vec<&'a (NegativeItem, Reason)> {
    desktop
        .chosen
        .iter()
        .filter(|(item, _)| match named {
            Some(ids) => ids.contains(&item.id.0),
            None => match recipient.kind {
                // An item whose report is not here yet may be any bureau's: the agent chose it, so it goes.
                RecipientKind::Bureau(bureau) => item.bureau.is_none_or(|reporting| reporting == bureau),
                RecipientKind::Furnisher(id) => {
                    furnisher_of(&item.account_name, &desktop.furnishers).is_some_and(|meant| meant.id == id)
                }
                RecipientKind::Addressee(_) => true,
            },
        })
        .collect()
}

fn disputed(items: &[&(NegativeItem, Reason)], recipient: &Recipient) -> Vec<DisputedItem> {
    items
        .iter()
        .map(|(item, reason)| DisputedItem {
            creditor: item.account_name.clone(),
            account_number: item.account_number.clone(),
            kind: item.account_type.clone(),
            amount: item.balance.or(item.past_due),
            date: item.opened,
            reason: reason.name.clone(),
            // Codes are a bureau's own; nobody else has a use for them.
            code: recipient.kind.bureau().and_then(|bureau| {
                let code = reason.claim_code.as_ref().filter(|code| code.is_active)?;
                Some(code.for_bureau(bureau).to_owned()).filter(|code| !code.is_empty())
            }),
        })
        .collect()
}

fn address_block(recipient: &Recipient) -> AddressBlock {
    match (&recipient.address, &recipient.fax_number) {
        (Some(address), _) => AddressBlock::postal(&recipient.name, address),
        (None, fax) => AddressBlock {
            lines: vec![recipient.name.clone(), format!("By fax: {}", fax.as_deref().unwrap_or_default())],
        },
    }
}

/// What stands after `Re:`.
pub(crate) fn subject(recipient: &Recipient) -> String {
    match recipient.kind {
        RecipientKind::Bureau(_) => "Dispute of information in my credit report".to_owned(),
        RecipientKind::Furnisher(_) => "Dispute of information you report to the credit bureaus".to_owned(),
        RecipientKind::Addressee(_) => "Dispute of information about me".to_owned(),
    }
}

/// Shows in a viewer's window bar and a print queue: the recipient only.
pub(crate) fn title(recipient: &Recipient) -> String {
    match recipient.kind {
        RecipientKind::Bureau(bureau) => format!("Dispute letter - {bureau}"),
        RecipientKind::Furnisher(_) => "Dispute letter - furnisher".to_owned(),
        RecipientKind::Addressee(_) => "Dispute letter".to_owned(),
    }
}

/// What the recipient's window can show of page 1, in inches.
fn window_area(envelope: &Envelope) -> Option<[f32; 4]> {
    let area = envelope.window()?.can_show();
    Some([area.left / 72.0, area.top / 72.0, area.width / 72.0, area.height / 72.0])
}

/// SHA-256 over texts; each is preceded by its length, so that no two lists hash alike.
fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex::encode(hash.finalize())
}

pub(crate) fn template_hash(template: &Template, snippets: &[Snippet]) -> String {
    let blocks = template.contents.iter().flat_map(|block| [block.section.as_deref().unwrap_or_default(), &block.html]);
    let snippets = snippets
        .iter()
        .flat_map(|snippet| [snippet.name.as_str(), snippet.state.as_deref().unwrap_or_default(), &snippet.html]);
    hash([template.name.as_str(), template.kind.code()].into_iter().chain(blocks).chain(snippets))
}

/// What a letter says of an item, reason aside: a change of it is a new fact.
pub(crate) fn item_hash(item: &NegativeItem) -> String {
    let amount = item.balance.or(item.past_due).map(domain::Money::to_plain).unwrap_or_default();
    let opened = item.opened.map(|date| date.to_string()).unwrap_or_default();
    hash([item.account_name.as_str(), &item.account_number, &item.account_type, &amount, &opened])
}

/// What every letter says of its client, as a hash.
pub(crate) fn client_hash(client: &Client) -> String {
    let born = client.birth_date.map(|date| date.to_string()).unwrap_or_default();
    let PostalAddress { street, city, state, zip } = &client.mailing;
    hash([client.name.full().as_str(), &born, street, city, state, zip])
}

/// A finding of the engine under the gate's rule for it.
fn made(finding: &Finding) -> MadeFinding {
    let rule = match finding {
        Finding::SocialSecurityNumber { .. } => Rule::NumberExposed,
        Finding::AddressOutsideWindow => Rule::AddressOutsideWindow,
        _ => Rule::Wording,
    };
    MadeFinding { rule, message: finding.to_string() }
}

/// SHA-256 of bytes, as text.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn data_hash(variables: &Variables, rows: &[DisputedItem], recipient: &Recipient, desktop: &Desktop) -> String {
    let mut texts: Vec<String> =
        variables.iter().flat_map(|(name, value)| [name.to_owned(), value.to_owned()]).collect();
    for row in rows {
        texts.extend([
            row.creditor.clone(),
            row.account_number.clone(),
            row.kind.clone(),
            row.amount.map(domain::Money::to_plain).unwrap_or_default(),
            row.date.map(|date| date.to_string()).unwrap_or_default(),
            row.reason.clone(),
            row.code.clone().unwrap_or_default(),
        ]);
    }
    texts.extend(address_block(recipient).lines);
    texts.extend(desktop.enclosures.iter().map(|enclosed| enclosed.kept.hash.clone()));
    texts.extend(desktop.pictures.iter().map(|(_, bytes)| digest(bytes)));
    hash(texts.iter().map(String::as_str))
}

fn furnisher(id: &str) -> Result<FurnisherId, Error> {
    id.parse().map_err(|_| Error::bad("furnisherId", "not the id of a furnisher"))
}

fn postal(lines: &PostalLines) -> PostalAddress {
    PostalAddress {
        street: lines.street.trim().to_owned(),
        city: lines.city.trim().to_owned(),
        state: lines.state.trim().to_owned(),
        zip: PostalAddress::normal_zip(&lines.zip),
    }
}

pub(crate) fn row(record: &LetterRecord) -> LetterRow {
    let letter = &record.letter;
    LetterRow {
        id: letter.id.to_string(),
        client_id: letter.client.to_string(),
        client_name: record.client_name.clone(),
        recipient_name: letter.recipient.name.clone(),
        bureau: letter.recipient.kind.bureau().map(bureau_code),
        fax_only: letter.recipient.address.is_none(),
        fax_number: letter.recipient.fax_number.clone(),
        dated: letter.dated.to_string(),
        pages: letter.pages,
        stage: match letter.state {
            LetterState::Prepared => LetterStage::Prepared,
            LetterState::Printed => LetterStage::Printed,
            LetterState::Discarded => LetterStage::Discarded,
        },
        prepared_at: letter.prepared.to_string(),
        printed_at: letter.printed.map(|at| at.to_string()),
        template_name: letter.provenance.template_name.clone(),
        items: record.items.iter().map(|item| item.account_name.clone()).collect(),
        window: record.window.map(|[x, y, width, height]| LetterArea { x, y, width, height }),
        findings: record.findings.iter().map(|finding| finding.message.clone()).collect(),
        review: record.reviewed.as_ref().map(review_row),
        enclosures: record.enclosures,
        reworded_at: record.reworded.as_ref().map(|(at, _)| at.to_string()),
        sent_on: record.sent.map(|date| date.to_string()),
    }
}
