//! The real portal: each kind's calls, and what their failures mean for a row.

use super::client_data;
use super::look;
use super::turn::{Head, Journal, JournalError, Remote};
use bytes::Bytes;
use domain::outbox::{
    Attempt, DocumentBase, DocumentFile, FaxTo, FileRef, Intent, IntentKind, Look, NotSent, NoteBase, OutboxRow, Rules,
    Step, Trouble, TroubleKind,
};
use domain::{AttachmentId, Channel, ClientId, IntentId, UserId};
use futures::{Stream, StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};
use portal_api::attachments::{
    Attachment, CreateAttachmentLinkRequest, DeleteAttachmentLinkRequest, ListAttachmentsQuery,
};
use portal_api::client_agreements::CreateClientAgreementRequest;
use portal_api::client_documents::{
    ClientDocument, CreateClientDocumentRequest, DocumentKind, DocumentSubkind, ListClientDocumentsQuery,
    UpdateClientDocumentRequest,
};
use portal_api::correspondences::{
    CreateCorrespondenceRequest, Email, Fax, FaxRecipient, PostalLetter, SendCorrespondenceRequest, TextMessage,
};
use portal_api::goals::GoalIdsRequest;
use portal_api::notes::{ListNotesQuery, Note, NoteRequest};
use portal_api::{ApiError, FileSource, MOST_PER_PAGE, Portal, Record, Row, Upload};
use std::fmt::Display;
use std::sync::Arc;
use store::{OutboxEntry, Store, StoreError};

/// Told which row's file is on its way, and how many of its bytes have left.
pub type OnUpload = Arc<dyn Fn(&IntentId, u64, u64) + Send + Sync>;

/// The portal of the signed-in agent.
pub struct PortalRemote {
    /// The session.
    pub portal: Portal,
    /// Where the bytes are.
    pub store: Store,
    /// Who writes notes.
    pub user: UserId,
    /// Told of uploads.
    pub on_upload: OnUpload,
}

impl Journal for Store {
    async fn heads(&self) -> Result<Vec<Head>, JournalError> {
        let head = |entry: OutboxEntry| match entry {
            OutboxEntry::Row(row) => Head::Row(row),
            OutboxEntry::Parked(parked) => Head::Parked(parked.client),
        };
        Ok(self.outbox_heads().await?.into_iter().map(head).collect())
    }

    async fn row(&self, id: &IntentId) -> Result<Option<OutboxRow>, JournalError> {
        Ok(self.outbox_row(id).await?.and_then(OutboxEntry::row))
    }

    async fn save(&self, row: &OutboxRow) -> Result<bool, JournalError> {
        let mut write = self.write().await?;
        let saved = write.save_outbox_row(row).await?;
        write.commit().await?;
        Ok(saved)
    }

    async fn recover(&self, now: Timestamp, rules: &Rules) -> Result<u32, JournalError> {
        let mut write = self.write().await?;
        let recovered = write.recover_outbox(now, rules).await?;
        write.commit().await?;
        Ok(recovered)
    }

    async fn claimed(&self, client: ClientId, kind: IntentKind) -> Result<Vec<String>, JournalError> {
        Ok(self.outbox_claimed(client, kind).await?)
    }
}

impl Remote for PortalRemote {
    async fn attempt(&self, row: &OutboxRow) -> Attempt {
        let outcome = match row.step {
            Step::Upload => match row.intent.file() {
                Some(file) => match self.store.outbox_file_is_whole(&file.hash).await {
                    Ok(true) => self.upload(&row.id, file).await,
                    Ok(false) => return refused("its file is damaged in the cache; nothing of it was sent"),
                    // The cache is busy, not broken: the row waits.
                    Err(StoreError::Busy) => return Attempt::NotSent(NotSent::Busy(None)),
                    Err(error) => return refused(&format!("its file cannot be read: {error}; nothing of it was sent")),
                },
                None => return refused("this has no file to upload"),
            },
            Step::Act => self.act(row).await,
        };
        outcome.unwrap_or_else(|error| failed(&error))
    }

    async fn look(&self, row: &OutboxRow, claimed: &[String]) -> Look {
        let newest_before = match self.store.newest_before(&row.id).await {
            Ok(newest) => newest,
            Err(StoreError::Busy) => return Look::NotNow(NotSent::Busy(None)),
            Err(error) => {
                return Look::Unclear { evidence: format!("the cache does not say what came before: {error}") };
            }
        };
        let known = look::Known { user: self.user, newest_before, claimed };
        match look::look(&self.portal, row, &known).await {
            Ok(look) => look,
            Err(error) => match (not_sent(&error), &error) {
                (Some(why), _) => Look::NotNow(why),
                // What is refused will be refused again: only the agent can find out otherwise.
                (None, ApiError::Forbidden { .. } | ApiError::NotFound { .. } | ApiError::Refused { .. }) => {
                    Look::Unclear { evidence: error.to_string() }
                }
                (None, ApiError::Server { .. } | ApiError::Unreadable { .. }) => {
                    Look::NotNow(NotSent::Failed(error.to_string()))
                }
                (None, _) => Look::NotNow(NotSent::Unreachable(error.to_string())),
            },
        }
    }
}

/// What a failed call means: whether the portal may have taken it.
fn failed(error: &ApiError) -> Attempt {
    if let Some(why) = not_sent(error) {
        return Attempt::NotSent(why);
    }
    match error {
        ApiError::Refused { message, fields } => {
            Attempt::Refused(Trouble { fields: fields.clone(), ..Trouble::new(TroubleKind::Refused, message.clone()) })
        }
        ApiError::Forbidden { operation, message } => refused(&format!(
            "your account lacks the permission for this in the portal ({operation}: {message}). Ask an administrator for it \
             and try again, or cancel this"
        )),
        ApiError::NotFound { .. } => refused(&error.to_string()),
        // A server may fail after it took it, and an answer that cannot be read may have been a yes.
        ApiError::Unreachable { .. } | ApiError::Server { .. } | ApiError::Unreadable { .. } => {
            Attempt::Lost(error.to_string())
        }
        ApiError::SessionExpired(_) | ApiError::WrongCredentials(_) => Attempt::NotSent(NotSent::SignIn),
        ApiError::TooManyRequests { .. } => Attempt::NotSent(NotSent::Busy(None)),
    }
}

/// Why it is certain that the portal did not take a call.
fn not_sent(error: &ApiError) -> Option<NotSent> {
    match error {
        ApiError::Unreachable { nothing_sent: true, reason, .. } => Some(NotSent::Unreachable((*reason).to_owned())),
        ApiError::SessionExpired(_) | ApiError::WrongCredentials(_) => Some(NotSent::SignIn),
        ApiError::TooManyRequests { retry_after } => {
            Some(NotSent::Busy(retry_after.and_then(|wait| SignedDuration::try_from(wait).ok())))
        }
        _ => None,
    }
}

pub(super) fn refused(message: &str) -> Attempt {
    Attempt::Refused(Trouble::new(TroubleKind::Refused, message))
}

fn conflict(noun: &str, theirs: Option<String>) -> Attempt {
    let became = if theirs.is_some() { "changed" } else { "removed" };
    let message = format!("the portal's {noun} was {became} after you began to edit it");
    Attempt::Refused(Trouble { theirs, ..Trouble::new(TroubleKind::Conflict, message) })
}

/// What a document has that is not the file which the agent saw; nothing when that is its file, or is not known.
fn other_file(document: &ClientDocument, base: &DocumentBase) -> Option<String> {
    let now = document.attachment.as_ref()?;
    let (has, had) = (now.id?, base.file?);
    (has != had).then(|| match now.caption.as_deref().filter(|caption| !caption.is_empty()) {
        Some(caption) => format!("Another file: {caption}"),
        None => format!("Another file: number {has}"),
    })
}

fn made<T>(record: &Record<T>, id: impl FnOnce(&T) -> Option<String>) -> Attempt {
    Attempt::Accepted { server_id: id(record), attachment: None }
}

pub(super) fn done() -> Attempt {
    Attempt::Accepted { server_id: None, attachment: None }
}

fn text<T: Display>(id: &Option<T>) -> Option<String> {
    id.as_ref().map(ToString::to_string)
}

impl PortalRemote {
    async fn upload(&self, id: &IntentId, file: &FileRef) -> Result<Attempt, ApiError> {
        let (store, hash) = (self.store.clone(), file.hash.clone());
        let open = move || {
            let state = (store.clone(), hash.clone(), 0_u32);
            let pieces = futures::stream::try_unfold(state, |(store, hash, position)| async move {
                match store.outbox_piece(&hash, position).await {
                    Ok(Some(piece)) => Ok(Some((Bytes::from(piece), (store, hash, position + 1)))),
                    Ok(None) => Ok(None),
                    Err(error) => Err(std::io::Error::other(error.to_string())),
                }
            });
            pieces.boxed()
        };
        let (tell, id, size) = (Arc::clone(&self.on_upload), id.clone(), file.size);
        let upload = Upload {
            name: file.name.clone(),
            kind: file.kind.clone(),
            source: FileSource::Pieces { length: file.size, open: Arc::new(open) },
            caption: file.caption.clone(),
            on_progress: Some(Arc::new(move |sent| tell(&id, sent, size))),
        };
        let attachment = self.portal.upload_attachment(&upload).await?;
        match attachment.id {
            Some(id) => Ok(Attempt::Accepted { server_id: None, attachment: Some(id) }),
            None => Ok(Attempt::Lost("the portal stored the file and did not say where".to_owned())),
        }
    }

    async fn act(&self, row: &OutboxRow) -> Result<Attempt, ApiError> {
        let (portal, client) = (&self.portal, row.client);
        let file = row.attachment;
        Ok(match &row.intent {
            Intent::Fax { .. } | Intent::Email { .. } | Intent::Sms { .. } | Intent::PostalLetter { .. } => {
                let Some(request) = message(row) else { return Ok(refused("this has no file to send")) };
                made(&portal.send_correspondence(&request).await?, |sent| text(&sent.id))
            }
            Intent::RecordFax { number, to, .. } => {
                let (recipient, furnisher) = names(to);
                let attributes = FaxRecipient { recipient, furnisher, ..FaxRecipient::new(number.clone()) };
                let request = CreateCorrespondenceRequest {
                    attachment_id: file,
                    attributes: Some(attributes),
                    ..CreateCorrespondenceRequest::new(client, Channel::Fax)
                };
                made(&portal.create_correspondence(&request).await?, |record| text(&record.id))
            }
            Intent::AddDocument(document) | Intent::FileLetter { document, .. } => {
                let Some(file) = file else { return Ok(refused("this has no file to file")) };
                made(&portal.create_client_document(&filed(client, document, file)).await?, |made| text(&made.id))
            }
            Intent::ReplaceDocument { base, .. } => {
                let Some(file) = file else { return Ok(refused("this has no file to file")) };
                self.replace_document(base, file).await?
            }
            Intent::DeleteDocument { base } => self.delete_document(client, base).await?,
            Intent::LinkAttachment { attachment, entity, entity_id } => {
                let request = CreateAttachmentLinkRequest::new(*attachment, entity.clone(), *entity_id);
                match portal.create_attachment_link(&request).await {
                    // Tied already, by whomever: that is all that was wanted.
                    Err(ApiError::Refused { .. })
                        if self.is_tied(*attachment, entity, *entity_id).await.unwrap_or(false) =>
                    {
                        done()
                    }
                    outcome => made(&outcome?, |made| text(&made.id)),
                }
            }
            Intent::UnlinkAttachment { attachment, entity, entity_id } => {
                let request = DeleteAttachmentLinkRequest::new(entity.clone(), *entity_id);
                let is_it = |one: &Attachment| one.id == Some(*attachment);
                let listed = self.tied(entity, *entity_id);
                gone(portal.delete_attachment_link(*attachment, &request).await, listed, is_it).await?
            }
            Intent::CreateNote { text: note } => {
                let request = NoteRequest { client_id: Some(client), note_text: Some(note.clone()) };
                made(&portal.create_note(&request).await?, |made| text(&made.id))
            }
            Intent::UpdateNote { base, text } => self.update_note(client, base, text).await?,
            Intent::DeleteNote { base } => self.delete_note(client, base).await?,
            Intent::UpdateClient { changes } => client_data::update(portal, client, changes).await?,
            Intent::AssignGoals { goals } => {
                portal.assign_client_goals(client, &GoalIdsRequest::new(goals.clone())).await?;
                done()
            }
            Intent::RemoveGoals { goals } => {
                portal.remove_client_goals(client, &GoalIdsRequest::new(goals.clone())).await?;
                done()
            }
            Intent::CreateAgreement { name, kind, signed, .. } => {
                let request = CreateClientAgreementRequest {
                    agreement_signed: *signed,
                    attachment_id: file,
                    client_id: Some(client),
                    ..CreateClientAgreementRequest::new(name.clone(), kind.clone())
                };
                made(&portal.create_client_agreement(&request).await?, |made| text(&made.id))
            }
        })
    }

    /// The files that are tied to a record.
    fn tied(&self, entity: &str, entity_id: i64) -> impl Stream<Item = Result<Row<Attachment>, ApiError>> {
        let query = ListAttachmentsQuery {
            per_page: Some(MOST_PER_PAGE),
            ..ListAttachmentsQuery::new(entity.to_owned(), entity_id)
        };
        self.portal.list_attachments(&query).rows()
    }

    async fn is_tied(&self, attachment: AttachmentId, entity: &str, entity_id: i64) -> Result<bool, ApiError> {
        let is_it = |row: Row<Attachment>| matches!(row, Row::Read(file) if file.id == Some(attachment));
        self.tied(entity, entity_id).try_any(|row| std::future::ready(is_it(row))).await
    }

    /// Gives a document that still has the file that the agent saw another one; one that has it already is done.
    async fn replace_document(&self, base: &DocumentBase, file: AttachmentId) -> Result<Attempt, ApiError> {
        let document = match self.portal.get_client_document(&base.document).await {
            Ok(document) => document,
            Err(ApiError::NotFound { .. }) => return Ok(conflict("document", None)),
            Err(error) => return Err(error),
        };
        if document.attachment.as_ref().and_then(|has| has.id) == Some(file) {
            return Ok(Attempt::Accepted { server_id: Some(base.document.to_string()), attachment: None });
        }
        if let Some(theirs) = other_file(&document, base) {
            return Ok(conflict("document", Some(theirs)));
        }
        let request = UpdateClientDocumentRequest::new(file);
        Ok(made(&self.portal.update_client_document(&base.document, &request).await?, |made| text(&made.id)))
    }

    async fn delete_document(&self, client: ClientId, base: &DocumentBase) -> Result<Attempt, ApiError> {
        let deleted = match self.portal.get_client_document(&base.document).await {
            Ok(document) => {
                if let Some(theirs) = other_file(&document, base) {
                    return Ok(conflict("document", Some(theirs)));
                }
                self.portal.delete_client_document(&base.document).await
            }
            Err(error) => Err(error),
        };
        let query = ListClientDocumentsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientDocumentsQuery::new(client) };
        let is_it = |one: &ClientDocument| one.id.as_ref() == Some(&base.document);
        gone(deleted, self.portal.list_client_documents(&query).rows(), is_it).await
    }

    /// Changes a note that is still what the agent saw; one that already says the new text is done.
    async fn update_note(&self, client: ClientId, base: &NoteBase, new: &str) -> Result<Attempt, ApiError> {
        let theirs = match self.portal.get_note(base.note).await {
            Ok(note) => note.note_text.clone().unwrap_or_default(),
            Err(ApiError::NotFound { .. }) => return Ok(conflict("note", None)),
            Err(error) => return Err(error),
        };
        if look::same_text(&theirs, new) {
            return Ok(Attempt::Accepted { server_id: Some(base.note.to_string()), attachment: None });
        }
        if !look::same_text(&theirs, &base.text) {
            return Ok(conflict("note", Some(theirs)));
        }
        let request = NoteRequest { client_id: Some(client), note_text: Some(new.to_owned()) };
        Ok(made(&self.portal.update_note(base.note, &request).await?, |made| text(&made.id)))
    }

    async fn delete_note(&self, client: ClientId, base: &NoteBase) -> Result<Attempt, ApiError> {
        let deleted = match self.portal.get_note(base.note).await {
            Ok(note) => {
                let theirs = note.note_text.clone().unwrap_or_default();
                if !look::same_text(&theirs, &base.text) {
                    return Ok(conflict("note", Some(theirs)));
                }
                self.portal.delete_note(base.note).await
            }
            Err(error) => Err(error),
        };
        let query =
            ListNotesQuery { client_id: Some(client), per_page: Some(MOST_PER_PAGE), ..ListNotesQuery::default() };
        gone(deleted, self.portal.list_notes(&query).rows(), |one: &Note| one.id == Some(base.note)).await
    }
}

/// What is not there is removed. A route that is wrong says so of everything: then the list still has it.
async fn gone<T, W>(
    outcome: Result<T, ApiError>,
    listed: impl Stream<Item = Result<Row<W>, ApiError>>,
    is_it: impl Fn(&W) -> bool,
) -> Result<Attempt, ApiError> {
    let error = match outcome {
        Ok(_) => return Ok(done()),
        Err(error @ ApiError::NotFound { .. }) => error,
        Err(error) => return Err(error),
    };
    let there = |row| matches!(row, Row::Read(record) if is_it(&record));
    let still = listed.try_any(|row| std::future::ready(there(row))).await?;
    Ok(if still { refused(&format!("it is listed, and cannot be removed: {error}")) } else { done() })
}

fn names(to: &FaxTo) -> (Option<String>, Option<String>) {
    match to {
        FaxTo::Recipient(name) => (Some(name.clone()), None),
        FaxTo::Furnisher(name) => (None, Some(name.clone())),
    }
}

/// The request of a message; `None` for a fax without its file.
fn message(row: &OutboxRow) -> Option<SendCorrespondenceRequest> {
    let about = |channel, item: &Option<_>| SendCorrespondenceRequest {
        client_id: Some(row.client),
        negative_item_id: item.clone(),
        ..SendCorrespondenceRequest::new(channel)
    };
    Some(match &row.intent {
        Intent::Fax { number, to, item, .. } => {
            let (recipient, furnisher) = names(to);
            let attachment_id = Some(row.attachment?);
            let fax = Fax { attachment_id, recipient, furnisher, ..Fax::new(number.clone()) };
            SendCorrespondenceRequest { fax: Some(fax), ..about(Channel::Fax, item) }
        }
        Intent::Email { to, subject, body, item } => {
            let email = Email::new(to.clone(), subject.clone(), body.clone());
            SendCorrespondenceRequest { email: Some(email), ..about(Channel::Email, item) }
        }
        Intent::Sms { number, body, item } => {
            let sms = TextMessage::new(number.clone(), body.clone());
            SendCorrespondenceRequest { sms: Some(sms), ..about(Channel::Sms, item) }
        }
        Intent::PostalLetter { content, address, item } => {
            let letter = PostalLetter::new(content.clone(), address.clone());
            SendCorrespondenceRequest { letter: Some(letter), ..about(Channel::Letter, item) }
        }
        _ => return None,
    })
}

fn filed(client: ClientId, document: &DocumentFile, file: AttachmentId) -> CreateClientDocumentRequest {
    CreateClientDocumentRequest {
        client_id: Some(client),
        subtype: document.subkind.as_deref().map(DocumentSubkind::from_code),
        ..CreateClientDocumentRequest::new(DocumentKind::from_code(&document.kind), file)
    }
}
