//! What is to be sent: listed, corrected, cancelled and settled by the agent.

mod fields;
mod shown;

use self::fields::{fields, with_values};
use self::shown::{item, of_goals, told};
use crate::Error;
use crate::approval::{changed_since, released};
use crate::clients::client_id;
use crate::contract::{
    DeskEvent, Empty, Id, OutboxDecided, OutboxDecision, OutboxDetail, OutboxEdit, OutboxEvidence, OutboxItem,
    OutboxPause, OutboxQuery, OutboxSettle, OutboxStatus, Topic,
};
use crate::correspondence::{SHOWS_SSN, shows_ssn};
use crate::desk::{Desk, Open};
use crate::gate::{Checked, Checker};
use crate::notes::one;
use crate::sending::topics;
use domain::gate::Medium;
use domain::outbox::{Decision, DocumentBase, Intent, IntentKind, OutboxError, OutboxRow, Trouble, TroubleKind};
use domain::{ClientChange, ClientField, ClientId, IntentId, LetterState};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use store::{LetterFax, OutboxCounts, OutboxEntry, OutboxFilter, StoreError, payload_hash};

/// Rows that are listed when those that are over are, too.
const MOST_OVER: u32 = 500;

impl Desk {
    /// Rows in the order in which they go; with those that are over, the newest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn outbox_list(&self, query: OutboxQuery) -> Result<Vec<OutboxItem>, Error> {
        let open = self.ready().await?;
        let client = query.client_id.as_deref().map(|id| client_id(id, "clientId")).transpose()?;
        let limit = if query.over { MOST_OVER } else { 0 };
        self.items(&open, OutboxFilter { client, over: query.over, limit }).await
    }

    pub(crate) async fn items(&self, open: &Open, filter: OutboxFilter) -> Result<Vec<OutboxItem>, Error> {
        self.shown(open, &open.store.outbox(filter).await?).await
    }

    /// Rows as the window shows them; whatever their number, lanes and names are looked up once.
    pub(crate) async fn shown(&self, open: &Open, entries: &[OutboxEntry]) -> Result<Vec<OutboxItem>, Error> {
        let names = self.names(open, entries.iter().map(OutboxEntry::client)).await?;
        let mut heads: HashMap<ClientId, IntentId> = HashMap::new();
        for head in open.store.outbox_heads().await? {
            heads.insert(head.client(), head.id().clone());
        }
        let goals = if entries.iter().any(of_goals) { open.store.goals().await? } else { Vec::new() };
        let item = |entry: &OutboxEntry| {
            let behind = heads.get(&entry.client()).is_some_and(|head| head != entry.id());
            item(entry, names.get(&entry.client()), behind, &goals)
        };
        Ok(entries.iter().map(item).collect())
    }

    /// One row in full.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn outbox_get(&self, id: Id) -> Result<OutboxDetail, Error> {
        let open = self.ready().await?;
        let entry = entry(&open, &id.id).await?;
        let item = self.item(&open, &entry).await?;
        let OutboxEntry::Row(row) = entry else {
            return Ok(OutboxDetail {
                item,
                fields: Vec::new(),
                payload_hash: None,
                evidence: Vec::new(),
                file_hash: None,
                attachment_id: None,
                server_id: None,
                decision: None,
            });
        };
        let evidence = row.evidence.iter();
        Ok(OutboxDetail {
            fields: fields(&row.intent),
            payload_hash: Some(payload_hash(&row.intent)?),
            item,
            evidence: evidence
                .map(|piece| OutboxEvidence { at: piece.at.to_string(), what: piece.what.clone() })
                .collect(),
            file_hash: row.intent.file().map(|file| file.hash.clone()),
            attachment_id: row.attachment.map(|attachment| attachment.to_string()),
            server_id: row.server_id.clone(),
            decision: row.decision.map(|(decision, at)| OutboxDecided { decision: told(decision), at: at.to_string() }),
        })
    }

    /// How many rows wait, and why nothing is sent.
    ///
    /// # Errors
    /// The cache fails. Without an open cache nothing waits.
    pub async fn outbox_status(&self, _: Empty) -> Result<OutboxStatus, Error> {
        match self.ready().await {
            Ok(open) => Ok(self.status_of(&open).await?),
            Err(_) => Ok(OutboxStatus::default()),
        }
    }

    /// What is said before the window closes; `None` when nothing waits to be sent.
    pub async fn closing_words(&self) -> Option<String> {
        let status = match self.outbox_status(Empty {}).await {
            Ok(status) => status,
            Err(error) => {
                tracing::warn!(code = ?error.problem().code, "what waits could not be counted");
                return None;
            }
        };
        let unsent = status.waiting + status.trouble + status.paused_rows;
        let things = if unsent == 1 {
            "1 thing in the outbox is".to_owned()
        } else {
            format!("{unsent} things in the outbox are")
        };
        let trouble = match status.trouble {
            0 => "",
            1 => " One of them needs you.",
            _ => " Some of them need you.",
        };
        (unsent > 0).then(|| {
            let kept = match status.paused {
                Some(OutboxPause::Agent) => {
                    "What waits is kept on this computer; sending is paused until you resume it."
                }
                _ if status.waiting == 0 && status.paused_rows > 0 => {
                    "What is paused is kept on this computer until you resume it."
                }
                _ => "What waits is kept on this computer and is sent when Dispute Desk is opened again.",
            };
            format!("{things} not sent yet.{trouble} {kept}")
        })
    }

    /// Tries a row again, now. One that the portal's own change stands against goes over that change, and a fax that was held
    /// goes as its facts are now: the agent saw them.
    ///
    /// # Errors
    /// [`Error::OutboxMoved`] when it is somewhere else by now.
    pub async fn outbox_retry(&self, id: Id) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        if let OutboxEntry::Row(row) = entry(&open, &id.id).await?
            && row.trouble.as_ref().is_some_and(|trouble| trouble.kind == TroubleKind::Held)
            && let Intent::Fax { letter: Some(letter), .. } = &row.intent
        {
            // The agent read why it was held: it may go as its facts are now.
            let release = released(&open, letter, self.inner.ports.clock.now()).await?;
            let mut write = open.store.write().await?;
            write.add_letter_release(letter, &release).await?;
            write.commit().await?;
        }
        let item = self.change(&id.id, |row, _| again(row)).await?;
        // Now means now, also while the worker rests from a portal that was away.
        open.wake.network();
        Ok(item)
    }

    /// Keeps a row from going before the agent resumes it. Of an upload that is under way the rest is not sent; any other
    /// call is finished first.
    ///
    /// # Errors
    /// [`Error::OutboxMoved`] when it went on by now, or waits for the agent anyway.
    pub async fn outbox_pause(&self, id: Id) -> Result<OutboxItem, Error> {
        self.change(&id.id, |row, _| row.paused()).await
    }

    /// Lets a paused row go.
    ///
    /// # Errors
    /// [`Error::OutboxMoved`] when it is over by now.
    pub async fn outbox_resume(&self, id: Id) -> Result<OutboxItem, Error> {
        self.change(&id.id, |row, _| row.resumed()).await
    }

    /// Sends nothing before the agent says so, also after a restart.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn sending_pause(&self, _: Empty) -> Result<OutboxStatus, Error> {
        self.pause_all(true).await
    }

    /// Sends again.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn sending_resume(&self, _: Empty) -> Result<OutboxStatus, Error> {
        self.pause_all(false).await
    }

    async fn pause_all(&self, paused: bool) -> Result<OutboxStatus, Error> {
        let open = self.ready().await?;
        let mut write = open.store.write().await?;
        write.set_sending_paused(paused).await?;
        write.commit().await?;
        open.brake.hold_all(paused);
        open.wake.rows();
        self.tell_outbox(&open).await;
        Ok(self.status_of(&open).await?)
    }

    /// Gives a row up that is queued or rejected.
    ///
    /// # Errors
    /// [`Error::OutboxMoved`] when it is somewhere else by now.
    pub async fn outbox_cancel(&self, id: Id) -> Result<OutboxItem, Error> {
        self.change(&id.id, |row, _| row.cancelled()).await
    }

    /// Settles an unknown outcome by what the agent found out.
    ///
    /// # Errors
    /// [`Error::OutboxMoved`] when it is not unknown any more.
    pub async fn outbox_settle(&self, settle: OutboxSettle) -> Result<OutboxItem, Error> {
        let decision = match settle.decision {
            OutboxDecision::WasSent => Decision::WasSent,
            OutboxDecision::SendAgain => Decision::SendAgain,
            OutboxDecision::Cancel => Decision::Cancel,
        };
        self.change(&settle.id, |row, now| row.settled(decision, now)).await
    }

    /// Corrects a row that is queued or rejected, and queues it again.
    ///
    /// # Errors
    /// [`Error::BadRequest`] with the field, [`Error::OutboxMoved`] when it is somewhere else by now.
    pub async fn outbox_edit(&self, edit: OutboxEdit) -> Result<OutboxItem, Error> {
        let today = self.inner.ports.clock.today();
        self.change(&edit.id, |row, _| {
            let intent = with_values(&row.intent, &edit.values, today)?;
            Ok::<_, Error>(row.edited(intent)?)
        })
        .await
    }

    /// The network may be back.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn network_back(&self, _: Empty) -> Result<Empty, Error> {
        if let Ok(open) = self.ready().await {
            open.wake.network();
        }
        Ok(Empty {})
    }

    /// Changes a row by compare and swap, once more if the worker was faster.
    pub(crate) async fn change<E>(
        &self,
        id: &str,
        change: impl Fn(&OutboxRow, Timestamp) -> Result<OutboxRow, E>,
    ) -> Result<OutboxItem, Error>
    where
        Error: From<E>,
    {
        let open = self.ready().await?;
        loop {
            let OutboxEntry::Row(row) = entry(&open, id).await? else {
                return Err(Error::NotFound("outbox row"));
            };
            let changed = change(&row, self.inner.ports.clock.now())?;
            let mut write = open.store.write().await?;
            let saved = write.save_outbox_row(&changed).await?;
            write.commit().await?;
            if saved {
                open.brake.follow(&changed);
                open.wake.rows();
                self.changed(topics(changed.intent.kind()));
                self.tell_outbox(&open).await;
                return self.item(&open, &OutboxEntry::Row(Box::new(changed))).await;
            }
        }
    }

    /// Queues rows with the bytes of their files, in one transaction.
    ///
    /// # Errors
    /// [`Error::Waiting`] when a letter's fax waits already: then nothing is queued.
    pub(crate) async fn enqueue(
        &self,
        open: &Arc<Open>,
        rows: Vec<OutboxRow>,
        files: &[(String, Vec<u8>)],
    ) -> Result<Vec<OutboxItem>, Error> {
        let mut releases = Vec::new();
        for row in &rows {
            if let Intent::Fax { letter: Some(letter), .. } = &row.intent {
                releases.push((letter, released(open, letter, row.created).await?));
            }
        }
        let mut write = open.store.write().await?;
        for (letter, _) in &releases {
            // Somebody else may have queued it since it was looked up.
            if write.fax_of_letter(letter).await? == Some(LetterFax::Waits) {
                return Err(Error::Waiting("letter's fax"));
            }
        }
        for (hash, bytes) in files {
            write.keep_outbox_file(hash, bytes).await?;
        }
        write.enqueue(&rows).await?;
        for (letter, release) in &releases {
            write.add_letter_release(letter, release).await?;
        }
        write.commit().await?;
        self.queued(open).await;
        if rows.iter().any(|row| row.intent.kind() == IntentKind::UpdateClient) {
            self.changed(&[Topic::Clients]);
        }
        let entries: Vec<OutboxEntry> = rows.into_iter().map(|row| OutboxEntry::Row(Box::new(row))).collect();
        self.shown(open, &entries).await
    }

    /// Wakes the worker for new rows and tells the window.
    pub(crate) async fn queued(&self, open: &Arc<Open>) {
        open.wake.rows();
        self.changed(&[Topic::Outbox, Topic::Notes, Topic::Documents, Topic::Correspondence]);
        self.tell_outbox(open).await;
    }

    /// A new row of this client.
    pub(crate) fn row(&self, client: ClientId, intent: Intent) -> OutboxRow {
        let id = IntentId(uuid::Uuid::now_v7().to_string());
        OutboxRow::new(id, client, intent, self.inner.ports.clock.now())
    }

    /// What holds a row just before its first byte: what the gate finds now, and facts that changed since the agent let the
    /// letter go. They are read from the portal once more where it can be read.
    pub(crate) async fn holds_now(&self, open: &Arc<Open>, row: &OutboxRow) -> Result<Option<Trouble>, StoreError> {
        let Intent::Fax { letter: Some(letter), .. } = &row.intent else { return self.holds(open, row).await };
        self.read_facts(open, row.client).await;
        if let Some(trouble) = self.holds(open, row).await? {
            return Ok(Some(trouble));
        }
        let Some(record) = open.store.letter(letter).await? else { return Ok(None) };
        Ok(changed_since(open, &record).await?.map(|changed| {
            let message = format!(
                "Changed since you let this letter go: {changed}. Look at it and prepare it anew, or try again to fax it as \
                 it is."
            );
            Trouble::new(TroubleKind::Held, message)
        }))
    }

    /// Reads what letters of a client rest on; what cannot be read is as the cache has it.
    async fn read_facts(&self, open: &Arc<Open>, client: ClientId) {
        let read = async {
            let portal = self.connected(open).await?;
            Ok::<_, Error>(::sync::refresh_facts(&portal, &open.store, client).await?)
        };
        match read.await {
            Ok(()) => self.changed(&[Topic::Clients, Topic::Items]),
            Err(error) => {
                tracing::debug!(code = ?error.problem().code, "a letter's facts could not be read again");
            }
        }
    }

    /// What holds a row that is about to leave.
    pub(crate) async fn holds(&self, open: &Open, row: &OutboxRow) -> Result<Option<Trouble>, StoreError> {
        let held = |message: &str| Some(Trouble::new(TroubleKind::Held, message));
        if !row.intent.kind().leaves_the_company() {
            return Ok(None);
        }
        let Some(letter) = row.intent.letter() else {
            // It may have been edited since it was queued.
            let shows = shows_ssn(open, row.client, &row.intent).await?;
            return Ok(shows.and_then(|field| {
                let trouble = held(&format!("This {SHOWS_SSN}."))?;
                Some(Trouble { fields: [(field.to_owned(), vec![SHOWS_SSN.to_owned()])].into(), ..trouble })
            }));
        };
        let Some(mut record) = open.store.letter(letter).await? else {
            return Ok(held("The letter is no longer on this desk."));
        };
        // What is not the letter's own file is the letter after its cover page.
        if row.intent.file().is_some_and(|file| file.hash != record.letter.provenance.pdf_hash) {
            record.letter.pages += 1;
        }
        if record.letter.state == LetterState::Discarded {
            return Ok(held("The letter was set aside after it was queued. Restore it, or cancel this fax."));
        }
        let checked = Checker::new(self, open).await?.check(&record, Medium::Fax).await?;
        if let Some(why) = checked.into_iter().find(Checked::blocks) {
            return Ok(held(&why.finding.message));
        }
        Ok(None)
    }

    pub(crate) async fn item(&self, open: &Open, entry: &OutboxEntry) -> Result<OutboxItem, Error> {
        one(self.shown(open, std::slice::from_ref(entry)).await?)
    }

    async fn names(
        &self,
        open: &Open,
        clients: impl Iterator<Item = ClientId>,
    ) -> Result<HashMap<ClientId, String>, Error> {
        let mut names = HashMap::new();
        for client in clients {
            if !names.contains_key(&client)
                && let Some(facts) = open.store.client(client).await?
            {
                names.insert(client, facts.client.name.full());
            }
        }
        Ok(names)
    }

    pub(crate) fn set_pause(&self, pause: Option<OutboxPause>) {
        *self.inner.outbox_pause.lock().unwrap_or_else(PoisonError::into_inner) = pause;
    }

    async fn status_of(&self, open: &Open) -> Result<OutboxStatus, StoreError> {
        let counts = open.store.outbox_counts().await?;
        let paused = if open.brake.holds_all() {
            Some(OutboxPause::Agent)
        } else {
            let paused = *self.inner.outbox_pause.lock().unwrap_or_else(PoisonError::into_inner);
            paused.filter(|_| counts.waiting > 0)
        };
        let OutboxCounts { waiting, trouble, paused: paused_rows } = counts;
        Ok(OutboxStatus { waiting, trouble, paused_rows, paused })
    }

    pub(crate) async fn tell_outbox(&self, open: &Open) {
        match self.status_of(open).await {
            Ok(status) => self.tell(DeskEvent::Outbox(status)),
            Err(error) => tracing::error!(%error, "the outbox could not be counted"),
        }
    }
}

/// Whatever file the document has by now.
fn over_any(base: &DocumentBase) -> DocumentBase {
    DocumentBase { file: None, ..base.clone() }
}

/// Queued once more; over the portal's own change where one stands against it.
fn again(row: &OutboxRow) -> Result<OutboxRow, OutboxError> {
    let theirs = row.trouble.as_ref().and_then(|trouble| trouble.theirs.clone());
    match (&row.intent, theirs) {
        (Intent::UpdateNote { base, text }, Some(theirs)) => {
            let base = domain::outbox::NoteBase { text: theirs, ..base.clone() };
            row.edited(Intent::UpdateNote { base, text: text.clone() })
        }
        (Intent::DeleteNote { base }, Some(theirs)) => {
            let base = domain::outbox::NoteBase { text: theirs, ..base.clone() };
            row.edited(Intent::DeleteNote { base })
        }
        (Intent::ReplaceDocument { base, file }, Some(_)) => {
            row.edited(Intent::ReplaceDocument { base: over_any(base), file: file.clone() })
        }
        (Intent::DeleteDocument { base }, Some(_)) => row.edited(Intent::DeleteDocument { base: over_any(base) }),
        (Intent::UpdateClient { changes }, _) => {
            let theirs = |field: ClientField| row.trouble.as_ref()?.their_values.get(field.code()).cloned();
            let over = |change: &ClientChange| ClientChange {
                from: theirs(change.field).unwrap_or_else(|| change.from.clone()),
                ..change.clone()
            };
            row.edited(Intent::UpdateClient { changes: changes.iter().map(over).collect() })
        }
        _ => row.retried(),
    }
}

/// A row by its key.
pub(crate) async fn entry(open: &Open, id: &str) -> Result<OutboxEntry, Error> {
    open.store.outbox_row(&IntentId(id.to_owned())).await?.ok_or(Error::NotFound("outbox row"))
}
