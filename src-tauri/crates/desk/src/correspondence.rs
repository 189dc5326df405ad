//! What was sent and received, and sending more of it.

use crate::Error;
use crate::clients::client_id;
use crate::contract::{
    ChannelCode, CorrespondenceRow, FaxProblem, FaxSend, FaxesQueued, FileLink, Id, MessageSend, OutboxItem,
};
use crate::desk::{Desk, Open};
use crate::notes::one;
use domain::outbox::{FaxTo, FileRef, Intent};
use domain::{Channel, Correspondence, FaxNumber, ItemId, LetterId, LetterState, RecipientKind};
use store::{LetterRecord, OutboxEntry, OutboxFilter};

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
        rows.extend(open.store.correspondences_of(id).await?.into_iter().map(row));
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
        let row = self.row(client_id(&client, "clientId")?, intent);
        one(self.enqueue(&open, vec![row], &[]).await?)
    }

    /// Queues letters as faxes, each in its client's lane, and keeps their bytes. A letter that cannot be faxed is answered
    /// with what to do; the others are queued.
    ///
    /// # Errors
    /// No open cache, or the cache fails: then nothing is queued.
    pub async fn fax_send(&self, fax: FaxSend) -> Result<FaxesQueued, Error> {
        let open = self.ready().await?;
        if fax.letter_ids.is_empty() {
            return Err(Error::bad("letterIds", "choose at least one letter"));
        }
        let (mut rows, mut files, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for id in &fax.letter_ids {
            match self.faxed(&open, id, fax.numbers.get(id)).await {
                Ok((row, hash, pdf)) => {
                    rows.push(row);
                    files.push((hash, pdf));
                }
                Err(error @ (Error::Store(_) | Error::Internal(_))) => return Err(error),
                Err(error) => problems.push(FaxProblem { letter_id: id.clone(), problem: error.problem() }),
            }
        }
        let queued = self.enqueue(&open, rows, &files).await?;
        Ok(FaxesQueued { queued, problems })
    }

    /// The row of a letter's fax, with its bytes and their hash.
    async fn faxed(
        &self,
        open: &Open,
        id: &str,
        number: Option<&String>,
    ) -> Result<(domain::outbox::OutboxRow, String, Vec<u8>), Error> {
        let id = LetterId(id.to_owned());
        let record = open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        if record.letter.state == LetterState::Discarded {
            return Err(Error::LetterState(LetterState::Discarded, "restore it before faxing it"));
        }
        let waits = open.store.outbox_of_letter(&id).await?.into_iter().filter_map(OutboxEntry::row);
        if waits.into_iter().any(|row| matches!(row.intent, Intent::Fax { .. }) && !row.state.is_over()) {
            return Err(Error::Waiting("letter's fax"));
        }
        let number = number.or(record.letter.recipient.fax_number.as_ref()).ok_or_else(|| {
            Error::bad("fax_number", format!("{} has no fax number on the portal", record.letter.recipient.name))
        })?;
        let number = FaxNumber::parse(number).map_err(|error| Error::bad("fax_number", error.to_string()))?;
        let pdf = open.store.letter_pdf(&id).await?.ok_or(Error::NotFound("letter"))?;
        let hash = crate::letters::digest(&pdf);
        let row = self.row(record.letter.client, fax_of(&record, &number, hash.clone(), pdf.len() as u64));
        if let Some(trouble) = self.holds(open, &row).await? {
            return Err(Error::Held(trouble.message));
        }
        Ok((row, hash, pdf))
    }
}

fn fax_of(record: &LetterRecord, number: &FaxNumber, hash: String, size: u64) -> Intent {
    let letter = &record.letter;
    let name = letter.recipient.name.clone();
    Intent::Fax {
        file: FileRef {
            hash,
            name: "letter.pdf".to_owned(),
            kind: "application/pdf".to_owned(),
            size,
            caption: Some("Dispute letter".to_owned()),
        },
        number: number.digits().to_owned(),
        to: match letter.recipient.kind {
            RecipientKind::Bureau(_) | RecipientKind::Addressee(_) => FaxTo::Recipient(name),
            RecipientKind::Furnisher(_) => FaxTo::Furnisher(name),
        },
        // The portal keeps one item for a fax: with several it is none of them alone.
        item: match letter.items.as_slice() {
            [(item, _)] => Some(item.clone()),
            _ => None,
        },
        letter: Some(letter.id.clone()),
    }
}

/// What can be an e-mail address; whether anybody reads there, the portal finds out.
pub(crate) fn email_address(text: &str) -> Result<String, Error> {
    let address = filled("to", text)?;
    match address.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') && !address.contains(char::is_whitespace) => {
            Ok(address)
        }
        _ => Err(Error::bad("to", "not an e-mail address")),
    }
}

fn filled(field: &'static str, text: &str) -> Result<String, Error> {
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

fn row(piece: Correspondence) -> CorrespondenceRow {
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
        created_at: piece.created.map(|at| at.to_string()),
        attachments: piece
            .attachments
            .iter()
            .map(|file| FileLink {
                id: file.id.to_string(),
                caption: file.caption.clone(),
                extension: file.extension.clone(),
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
        attributes: std::collections::BTreeMap::new(),
        attachments: Vec::new(),
        pending: Some(item),
    })
}
