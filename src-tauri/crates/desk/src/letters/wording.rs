//! A letter's own text, changed by hand.
//!
//! The letter is set again from the changed text and from what made it. When a fact that it states is another one since, that
//! would be a new letter under an old date: it is prepared again instead.

use super::{Desktop, data_hash, digest, disputed, row};
use crate::contract::{Id, LetterReword, LetterRow, LetterText, Topic};
use crate::desk::Open;
use crate::{Desk, Error};
use ::letters::{ENGINE, Facts, Finding, Wording};
use domain::{InstructionId, ItemId, LetterId, LetterState, NegativeItem, Reason, Template, TemplateKind};
use std::collections::HashMap;
use std::sync::Arc;
use store::{LetterRecord, LetterWording, Reworded};

impl Desk {
    /// What a letter says, as HTML that is safe to show and to change.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Field`] for a letter of a version that kept no text, no open cache, or the cache fails.
    pub async fn letter_text(&self, id: Id) -> Result<LetterText, Error> {
        let open = self.ready().await?;
        let id = LetterId(id.id);
        open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        let LetterWording { made, changed, .. } = kept(&open, &id).await?;
        Ok(match changed {
            Some((text, at, by)) => {
                LetterText { text, made: Some(made), changed_at: Some(at.to_string()), changed_by: Some(by) }
            }
            None => LetterText { text: made, made: None, changed_at: None, changed_by: None },
        })
    }

    /// Sets a letter again with its text changed, or as it was made. The client's review is dropped: it was of other words.
    ///
    /// # Errors
    /// [`Error::LetterState`] for one that went out or waits to; [`Error::Field`] when what it states is no longer so, or it
    /// has no text; what the engine refuses; no open cache, or the cache fails. The letter is then as it was.
    pub async fn letter_reword(&self, reword: LetterReword) -> Result<LetterRow, Error> {
        let open = self.ready().await?;
        let id = LetterId(reword.id);
        let record = open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        if record.letter.state != LetterState::Prepared || record.sent.is_some() {
            return Err(Error::LetterState(record.letter.state, GONE));
        }
        let mut rows = open.store.outbox_of_letter(&id).await?.into_iter();
        if rows.any(|entry| entry.row().is_none_or(|row| !row.state.is_over())) {
            return Err(Error::LetterState(record.letter.state, "it waits in the outbox; cancel it there first"));
        }
        let LetterWording { made, findings, .. } = kept(&open, &id).await?;
        let text = reword.text.filter(|text| *text != made);
        let wording = Wording { text: text.as_deref().unwrap_or(&made), made: &made };
        let (desktop, chosen) = self.desktop_of(&open, &record).await?;
        let recipient = &record.letter.recipient;
        let rows = disputed(&chosen.iter().collect::<Vec<_>>(), recipient);
        let facts = Facts {
            client: &desktop.client,
            recipient,
            items: &rows,
            agent: &desktop.agent,
            company: self.inner.settings.letters.company.as_ref(),
            date: desktop.today,
        };
        let variables = facts.variables();
        let why = &record.letter.provenance;
        if data_hash(&variables, &rows, recipient, &desktop) != why.data_hash {
            return Err(changed_since());
        }
        let (set, _) = self.set(&desktop, recipient, &rows, &variables, why.seed, Some(wording)).await?;
        if set.findings.iter().any(|finding| matches!(finding, Finding::SocialSecurityNumber { own: true, .. })) {
            return Err(Error::WholeSsn);
        }
        let findings = if text.is_some() { set.findings.iter().map(super::made).collect() } else { findings };
        let now = self.inner.ports.clock.now();
        let reworded = Reworded {
            changed: text.map(|text| (text, now, open.account.agent.clone())),
            pdf_hash: digest(&set.pdf),
            engine: ENGINE.to_owned(),
            pages: set.pages,
            findings,
            fingerprint: set.fingerprint.to_bytes(),
            pdf: set.pdf,
        };
        let mut write = open.store.write().await?;
        if !write.reword_letter(&id, &why.pdf_hash, &reworded).await? {
            return Err(Error::LetterState(LetterState::Printed, GONE));
        }
        write.commit().await?;
        self.changed(&[Topic::Letters]);
        let record = open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        Ok(row(&record))
    }

    /// What a kept letter was made from, as far as it still is; the rest shows in the hash of its data.
    async fn desktop_of(
        &self,
        open: &Arc<Open>,
        record: &LetterRecord,
    ) -> Result<(Desktop, Vec<(NegativeItem, Reason)>), Error> {
        let letter = &record.letter;
        let facts = open.store.client(letter.client).await?.ok_or(Error::NotFound("client"))?;
        let mut items: HashMap<ItemId, NegativeItem> = open
            .store
            .items_of(letter.client)
            .await?
            .into_iter()
            .map(|facts| (facts.item.id.clone(), facts.item))
            .collect();
        let reasons: HashMap<InstructionId, Reason> =
            open.store.reasons().await?.into_iter().map(|reason| (reason.id, reason)).collect();
        let mut chosen = Vec::with_capacity(letter.items.len());
        for (item, reason) in &letter.items {
            let found = items.remove(item).zip(reasons.get(reason).cloned());
            chosen.push(found.ok_or_else(changed_since)?);
        }
        let why = &letter.provenance;
        let snippets = open.store.snippets().await?;
        // It only names pictures here: the text is the letter's own.
        let template = open.store.template(why.template).await?.unwrap_or_else(|| Template {
            id: why.template,
            name: why.template_name.clone(),
            kind: TemplateKind::Static,
            is_dispute: true,
            category: None,
            contents: Vec::new(),
        });
        let enclosed = open.store.letter_enclosures(&letter.id).await?;
        let enclosed: Vec<String> = enclosed.into_iter().map(|enclosure| enclosure.document.0).collect();
        let desktop = Desktop {
            client: facts.client,
            pictures: self.template_pictures(open, &template, &snippets).await?,
            template,
            snippets,
            chosen: Vec::new(),
            bureau_addresses: HashMap::new(),
            furnishers: Vec::new(),
            agent: why.author.clone(),
            today: letter.dated,
            unsigned_override: None,
            enclosures: self.enclosures(open, letter.client, &enclosed).await?,
        };
        Ok((desktop, chosen))
    }
}

const GONE: &str = "only the text of a letter that did not go out can be changed";

async fn kept(open: &Open, id: &LetterId) -> Result<LetterWording, Error> {
    let none = || Error::bad("id", "this letter was prepared before its text was kept: prepare it again to change it");
    open.store.letter_wording(id).await?.ok_or_else(none)
}

fn changed_since() -> Error {
    Error::bad(
        "text",
        "what this letter states of the client, the items, the recipient or the enclosures changed since it was prepared: \
         prepare it again, then change its text",
    )
}
