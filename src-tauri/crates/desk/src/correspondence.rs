//! What was sent and received, and sending more of it.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{
    ChannelCode, CorrespondenceRow, Empty, FaxRecord, FileLink, Id, MessageAsk, MessageDraft, MessageSend, OutboxItem,
    TemplateRow,
};
use crate::desk::{Desk, Open};
use crate::library::template_row;
use crate::notes::one;
use ::letters::{Draft, Facts, Finding, Layout};
use domain::outbox::{FaxTo, Intent, OutboxRow};
use domain::{
    AddresseeId, AttachmentId, AwaitedItem, Channel, ClientId, Correspondence, FaxNumber, FollowUp, ItemId, LetterId,
    Recipient, RecipientKind, SentBy, TemplateId, TemplateKind,
};
use std::collections::HashSet;
use store::{OutboxEntry, OutboxFilter, StoreError};

/// The longest text message, characters.
const LONGEST_SMS: usize = 1600;

impl Desk {
    /// A client's correspondence, newest first; what waits in the outbox comes first and is marked.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn correspondence_list(&self, client: Id) -> Result<Vec<CorrespondenceRow>, Error> {
        let open = self.ready().await?;
        let id = client_id(&client.id, "id")?;
        let filter = OutboxFilter { client: Some(id), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let items = self.items(&open, filter).await?;
        let agent = &open.account.agent;
        let mut rows: Vec<CorrespondenceRow> =
            entries.iter().zip(items).filter_map(|(entry, item)| waiting(entry, item, agent)).collect();
        rows.reverse();
        let sent = open.store.outbox(OutboxFilter { over: true, ..filter }).await?;
        let sent: Vec<OutboxRow> = sent.into_iter().filter_map(OutboxEntry::row).collect();
        let pieces = open.store.correspondences_of(id).await?;
        let files: Vec<AttachmentId> = pieces.iter().flat_map(|piece| &piece.attachments).map(|file| file.id).collect();
        let here = open.store.stored_files_here(&files).await?;
        let letters = open.store.follow_ups(Some(id), true).await?;
        let mut past: Vec<CorrespondenceRow> = letters
            .iter()
            .filter(|letter| {
                letter.by == SentBy::Mail && !pieces.iter().any(|piece| is_of(piece, &letter.letter, &sent))
            })
            .map(|letter| mailed(letter, agent))
            .collect();
        past.extend(pieces.into_iter().map(|piece| row(piece, &here, &sent)));
        // The sort is stable: what has no time stays in the order of its keys.
        past.sort_by(|one, other| when(other).cmp(&when(one)));
        rows.extend(past);
        Ok(rows)
    }

    /// Queues an e-mail, a text message or a letter by the portal.
    ///
    /// # Errors
    /// [`Error::BadRequest`] with the field.
    pub async fn message_send(&self, message: MessageSend) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let item = |item: Option<String>| item.filter(|item| !item.is_empty()).map(ItemId);
        let (client, intent) = match message {
            MessageSend::Email { client_id, to, subject, body, item_id } => {
                let to = email_address(&to)?;
                let (subject, body) = (filled("subject", &subject)?, filled("body", &body)?);
                (client_id, Intent::Email { to, subject, body, item: item(item_id) })
            }
            MessageSend::Sms { client_id, number, body, item_id } => {
                let number = FaxNumber::parse(&number).map_err(|error| Error::bad("number", error.to_string()))?;
                let body = filled("body", &body)?;
                if body.chars().count() > LONGEST_SMS {
                    return Err(Error::bad("body", format!("a text message has at most {LONGEST_SMS} characters")));
                }
                (client_id, Intent::Sms { number: number.digits().to_owned(), body, item: item(item_id) })
            }
            MessageSend::Letter { client_id, content, address, item_id } => {
                let (content, address) = (filled("content", &content)?, filled("address", &address)?);
                (client_id, Intent::PostalLetter { content, address, item: item(item_id) })
            }
        };
        let client = client_id(&client, "clientId")?;
        if let Some(field) = shows_ssn(&open, client, &intent).await? {
            return Err(Error::bad(field, SHOWS_SSN));
        }
        one(self.enqueue(&open, vec![self.row(client, intent)], &[]).await?)
    }

    /// Queues the record of a fax that went another way: nothing is faxed.
    ///
    /// # Errors
    /// [`Error::BadRequest`] with the field, [`Error::NotFound`], [`Error::FileChanged`], or the cache fails.
    pub async fn fax_record(&self, record: FaxRecord) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&record.client_id, "clientId")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let number = FaxNumber::parse(&record.number).map_err(|error| Error::bad("number", error.to_string()))?;
        let name = filled("recipient", &record.recipient)?;
        let to = if record.furnisher { FaxTo::Furnisher(name) } else { FaxTo::Recipient(name) };
        let number = number.digits().to_owned();
        self.enqueue_with_chosen(&open, client, record.token.as_deref(), |file| Intent::RecordFax { file, number, to })
            .await
    }

    /// Templates that e-mails, text messages and letters by the portal can be written from.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn message_template_list(&self, _: Empty) -> Result<Vec<TemplateRow>, Error> {
        let templates = self.ready().await?.store.templates().await?;
        let says = |kind: &TemplateKind| matches!(kind, TemplateKind::Static | TemplateKind::Smart | TemplateKind::Sms);
        Ok(templates.into_iter().filter(|template| says(&template.kind)).map(template_row).collect())
    }

    /// What a template says to a client. It is the agent's to be corrected: what cannot be filled in stays in brackets.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Letter`] for a template that cannot be read, or the cache fails.
    pub async fn message_draft(&self, ask: MessageAsk) -> Result<MessageDraft, Error> {
        let open = self.ready().await?;
        let client = open.store.client(client_id(&ask.client_id, "clientId")?).await?;
        let client = client.ok_or(Error::NotFound("client"))?.client;
        let template: TemplateId =
            ask.template_id.parse().map(TemplateId).map_err(|_| Error::bad("templateId", "choose a template"))?;
        let template = open.store.template(template).await?.ok_or(Error::NotFound("template"))?;
        let snippets = open.store.snippets().await?;
        // Nobody's address but the client's own, who is no bureau: no part of an SSN is filled in.
        let recipient = Recipient {
            kind: RecipientKind::Addressee(AddresseeId(0)),
            name: client.name.full(),
            address: Some(client.mailing.clone()),
            fax_number: None,
        };
        let date = self.inner.ports.clock.today();
        let company = self.inner.settings.letters.company.as_ref();
        let facts =
            Facts { client: &client, recipient: &recipient, items: &[], agent: &open.account.agent, company, date };
        let variables = facts.variables();
        let mut seed = [0; 8];
        getrandom::fill(&mut seed)?;
        let draft = Draft {
            layout: Layout::Message,
            snippets: &snippets,
            state: Some(client.mailing.state.as_str()).filter(|state| !state.trim().is_empty()),
            seed: u64::from_le_bytes(seed),
            proof: true,
            ..Draft::page(&template, &variables, date, String::new())
        };
        let (text, findings) = self.with_press(|press| Ok(press.message(&draft)?)).await?;
        let unfilled = findings.into_iter().filter_map(|finding| match finding {
            Finding::Unfilled(fault) => Some(fault.name),
            _ => None,
        });
        Ok(MessageDraft { text, unfilled: unfilled.collect() })
    }
}

/// What is said of a message that may not go.
pub(crate) const SHOWS_SSN: &str =
    "shows the client's whole Social Security number; write its last four digits at most";

/// The field of a message that shows the client's whole Social Security number.
pub(crate) async fn shows_ssn(
    open: &Open,
    client: ClientId,
    intent: &Intent,
) -> Result<Option<&'static str>, StoreError> {
    let said: &[(&'static str, &String)] = match intent {
        Intent::Email { subject, body, .. } => &[("subject", subject), ("body", body)],
        Intent::Sms { body, .. } => &[("body", body)],
        Intent::PostalLetter { content, address, .. } => &[("content", content), ("postal_address", address)],
        _ => return Ok(None),
    };
    let Some(ssn) = open.store.client(client).await?.and_then(|facts| facts.client.ssn) else { return Ok(None) };
    Ok(said.iter().find(|(_, text)| ::letters::shows_ssn(text, &ssn)).map(|(field, _)| *field))
}

/// What can be an e-mail address; whether anybody reads there, the portal finds out.
pub(crate) fn email_address(text: &str) -> Result<String, Error> {
    let address = filled("to", text)?;
    if domain::is_email_address(&address) { Ok(address) } else { Err(Error::bad("to", "not an e-mail address")) }
}

pub(crate) fn filled(field: &'static str, text: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Err(Error::bad(field, "must not be empty")),
        text => Ok(text.to_owned()),
    }
}

fn channel(channel: &Channel) -> ChannelCode {
    match channel {
        Channel::Fax => ChannelCode::Fax,
        Channel::Email => ChannelCode::Email,
        Channel::Sms => ChannelCode::Sms,
        Channel::Letter => ChannelCode::Letter,
        Channel::Other(_) => ChannelCode::Other,
    }
}

/// What this desk sent that became the piece.
fn sent_as<'a>(piece: &Correspondence, sent: &'a [OutboxRow]) -> Option<&'a OutboxRow> {
    let id = piece.id.to_string();
    sent.iter().find(|row| {
        let by_file = row.attachment.is_some_and(|sent| piece.attachments.iter().any(|file| file.id == sent));
        by_file || (is_message(&row.intent) && row.server_id.as_ref() == Some(&id))
    })
}

fn is_message(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::Fax { .. }
            | Intent::RecordFax { .. }
            | Intent::Email { .. }
            | Intent::Sms { .. }
            | Intent::PostalLetter { .. }
    )
}

/// Whether the portal has a printed letter as this piece: by the file that was filed of it.
fn is_of(piece: &Correspondence, letter: &LetterId, sent: &[OutboxRow]) -> bool {
    piece.channel == Channel::Letter && sent_as(piece, sent).is_some_and(|row| row.intent.letter() == Some(letter))
}

/// When a piece went, as text that sorts.
fn when(row: &CorrespondenceRow) -> Option<&str> {
    row.created_at.as_deref().or(row.sent_on.as_deref())
}

/// A letter that was printed here and mailed.
fn mailed(letter: &FollowUp, agent: &str) -> CorrespondenceRow {
    let about: Option<&AwaitedItem> = match letter.items.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    CorrespondenceRow {
        id: None,
        channel: ChannelCode::Letter,
        recipient: letter.recipient.name.clone(),
        status: "mailed".to_owned(),
        item_id: about.map(|item| item.item.to_string()),
        run_by: agent.to_owned(),
        created_at: None,
        sent_on: Some(letter.sent.to_string()),
        letter_id: Some(letter.letter.to_string()),
        attributes: std::collections::BTreeMap::new(),
        attachments: Vec::new(),
        pending: None,
    }
}

fn row(piece: Correspondence, here: &HashSet<AttachmentId>, sent: &[OutboxRow]) -> CorrespondenceRow {
    let sent = sent_as(&piece, sent);
    let attribute = |names: &[&str]| {
        names.iter().find_map(|name| piece.attributes.get(*name)).filter(|value| !value.is_empty()).cloned()
    };
    let recipient = ["recipient", "furnisher", "to", "number", "postal_address", "fax_number"];
    CorrespondenceRow {
        id: Some(piece.id.to_string()),
        channel: channel(&piece.channel),
        recipient: attribute(&recipient).unwrap_or_default(),
        status: attribute(&["status", "delivery_status"]).unwrap_or_default(),
        item_id: piece.item.as_ref().map(ToString::to_string),
        run_by: piece.run_by.clone(),
        created_at: piece.created.or(sent.and_then(|row| row.sent)).map(|at| at.to_string()),
        sent_on: None,
        letter_id: sent.and_then(|row| row.intent.letter()).map(ToString::to_string),
        attachments: piece
            .attachments
            .iter()
            .map(|file| FileLink {
                id: file.id.to_string(),
                caption: file.caption.clone(),
                extension: file.extension.clone(),
                size: file.size,
                here: here.contains(&file.id),
            })
            .collect(),
        attributes: piece.attributes,
        pending: None,
    }
}

/// A message that waits.
fn waiting(entry: &OutboxEntry, item: OutboxItem, agent: &str) -> Option<CorrespondenceRow> {
    let OutboxEntry::Row(row) = entry else { return None };
    let (channel, recipient, about) = match &row.intent {
        Intent::Fax { to, item, .. } => (ChannelCode::Fax, to.name(), item.as_ref()),
        Intent::RecordFax { to, .. } => (ChannelCode::Fax, to.name(), None),
        Intent::Email { to, item, .. } => (ChannelCode::Email, to.as_str(), item.as_ref()),
        Intent::Sms { number, item, .. } => (ChannelCode::Sms, number.as_str(), item.as_ref()),
        Intent::PostalLetter { address, item, .. } => (ChannelCode::Letter, address.as_str(), item.as_ref()),
        _ => return None,
    };
    Some(CorrespondenceRow {
        id: None,
        channel,
        recipient: recipient.to_owned(),
        status: String::new(),
        item_id: about.map(ToString::to_string),
        run_by: agent.to_owned(),
        created_at: Some(item.created_at.clone()),
        sent_on: None,
        letter_id: row.intent.letter().map(ToString::to_string),
        attributes: std::collections::BTreeMap::new(),
        attachments: Vec::new(),
        pending: Some(item),
    })
}
