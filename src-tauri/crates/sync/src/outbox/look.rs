//! Reading back: whether the portal has what a row sent.
//!
//! A fax, a document, a record and an agreement with a file are known by the file's key, which no other row has. A note is
//! known by author, text and time. Messages without a mark are compared by what the portal shows of them: one that matches
//! alone is it, several are for the agent to tell apart.

use domain::outbox::{Intent, Look, OutboxRow};
use domain::{AttachmentId, Channel, ClientId, UserId};
use futures::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use portal_api::attachments::ListAttachmentsQuery;
use portal_api::client_agreements::{ClientAgreement, ListClientAgreementsQuery};
use portal_api::client_documents::ListClientDocumentsQuery;
use portal_api::correspondences::{Correspondence, ListCorrespondencesQuery};
use portal_api::notes::ListNotesQuery;
use portal_api::{ApiError, MOST_PER_PAGE, Operation, Portal, Record, Row};
use std::fmt::Display;

/// How far the clocks of this computer and of the portal may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

/// Whether two texts are the same to a server that trims and unifies line ends.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(a) == plain(b)
}

/// Reads back.
///
/// # Errors
/// The list could not be read whole: then nothing is proven.
pub(super) async fn look(portal: &Portal, user: UserId, row: &OutboxRow, claimed: &[String]) -> Result<Look, ApiError> {
    match &row.intent {
        Intent::Fax { .. } | Intent::RecordFax { file: Some(_), .. } => {
            let Some(file) = row.attachment else { return Ok(nothing("its file never reached the portal")) };
            let faxes = correspondences(portal, row.client, Channel::Fax).await?;
            let seen = faxes.len();
            let found = faxes.into_iter().find(|fax| fax.attachments.iter().any(|one| one.id == Some(file)));
            Ok(match found {
                Some(fax) => it_is(fax.id, &format!("fax {} carries file {file}", shown(fax.id))),
                None => nothing(&format!("{seen} faxes are listed for this client, none with file {file}")),
            })
        }
        Intent::RecordFax { number, .. } => {
            let alike = |fax: &Record<Correspondence>| attribute_is(fax, "fax_number", number);
            messages(portal, row, Channel::Fax, claimed, alike).await
        }
        Intent::Email { to, subject, .. } => {
            let alike =
                |mail: &Record<Correspondence>| attribute_is(mail, "to", to) && attribute_is(mail, "subject", subject);
            messages(portal, row, Channel::Email, claimed, alike).await
        }
        Intent::Sms { number, .. } => {
            messages(portal, row, Channel::Sms, claimed, |sms| attribute_is(sms, "number", number)).await
        }
        Intent::PostalLetter { address, .. } => {
            let alike = |letter: &Record<Correspondence>| attribute_is(letter, "postal_address", address);
            messages(portal, row, Channel::Letter, claimed, alike).await
        }
        Intent::AddDocument(_) | Intent::FileLetter { .. } => {
            let Some(file) = row.attachment else { return Ok(nothing("its file never reached the portal")) };
            let query =
                ListClientDocumentsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientDocumentsQuery::new(row.client) };
            let documents = whole(
                Operation::ListClientDocuments,
                portal.list_client_documents(&query).rows().try_collect().await?,
            )?;
            let seen = documents.len();
            let has = |one: Option<AttachmentId>| one == Some(file);
            let found = documents
                .into_iter()
                .find(|document| has(document.attachment.as_ref().and_then(|attachment| attachment.id)));
            Ok(match found {
                Some(document) => it_is(document.value.id, &format!("a document carries file {file}")),
                None => nothing(&format!("{seen} documents are listed for this client, none with file {file}")),
            })
        }
        Intent::LinkAttachment { attachment, entity, entity_id } => {
            let query = ListAttachmentsQuery {
                per_page: Some(MOST_PER_PAGE),
                ..ListAttachmentsQuery::new(entity.clone(), *entity_id)
            };
            let files = whole(Operation::ListAttachments, portal.list_attachments(&query).rows().try_collect().await?)?;
            Ok(match files.iter().any(|file| file.id == Some(*attachment)) {
                true => it_is(Some(attachment), &format!("file {attachment} is tied to the record")),
                false => nothing(&format!("{} files are tied to the record, not file {attachment}", files.len())),
            })
        }
        Intent::CreateNote { text } => {
            let query = ListNotesQuery {
                client_id: Some(row.client),
                per_page: Some(MOST_PER_PAGE),
                ..ListNotesQuery::default()
            };
            let notes = whole(Operation::ListNotes, portal.list_notes(&query).rows().try_collect().await?)?;
            let seen = notes.len();
            let mine = notes.into_iter().filter(|note| {
                note.user.as_ref().and_then(|author| author.id) == Some(user)
                    && note.note_text.as_deref().is_some_and(|theirs| same_text(theirs, text))
                    && may_be_of(row, note.created_at)
                    && !is_claimed(note.id, claimed)
            });
            Ok(one_of(mine.map(|note| note.id), &format!("{seen} notes are listed for this client"), "note"))
        }
        Intent::CreateAgreement { name, kind, .. } => {
            let query = ListClientAgreementsQuery {
                per_page: Some(MOST_PER_PAGE),
                ..ListClientAgreementsQuery::new(row.client)
            };
            let agreements = whole(
                Operation::ListClientAgreements,
                portal.list_client_agreements(&query).rows().try_collect().await?,
            )?;
            let seen = agreements.len();
            let alike = |one: &Record<ClientAgreement>| match row.attachment {
                Some(file) => one.attachment.as_ref().and_then(|attachment| attachment.id) == Some(file),
                None => {
                    one.name.as_deref() == Some(name)
                        && one.r#type.as_deref() == Some(kind)
                        && may_be_of(row, one.created_at)
                        && !is_claimed(one.id, claimed)
                }
            };
            let found = agreements.into_iter().filter(alike).map(|one| one.id);
            Ok(one_of(found, &format!("{seen} agreements are listed for this client"), "agreement"))
        }
        // These leave the same when they are made twice, and are never asked for here.
        Intent::ReplaceDocument { .. }
        | Intent::DeleteDocument { .. }
        | Intent::UnlinkAttachment { .. }
        | Intent::UpdateNote { .. }
        | Intent::DeleteNote { .. }
        | Intent::UpdateClient { .. }
        | Intent::AssignGoals { .. }
        | Intent::RemoveGoals { .. } => Ok(nothing("it can simply be made again")),
    }
}

/// The messages of a channel that may be the row's.
async fn messages(
    portal: &Portal,
    row: &OutboxRow,
    channel: Channel,
    claimed: &[String],
    alike: impl Fn(&Record<Correspondence>) -> bool,
) -> Result<Look, ApiError> {
    let noun = channel.code().to_owned();
    let all = correspondences(portal, row.client, channel).await?;
    let seen = all.len();
    let mine = all
        .into_iter()
        .filter(|one| alike(one) && may_be_of(row, one.created_at) && !is_claimed(one.id, claimed))
        .map(|one| one.id);
    Ok(one_of(mine, &format!("{seen} messages of this kind are listed for this client"), &noun))
}

async fn correspondences(
    portal: &Portal,
    client: ClientId,
    channel: Channel,
) -> Result<Vec<Record<Correspondence>>, ApiError> {
    let query = ListCorrespondencesQuery {
        client_id: Some(client),
        r#type: Some(channel),
        per_page: Some(MOST_PER_PAGE),
        ..ListCorrespondencesQuery::default()
    };
    whole(Operation::ListCorrespondences, portal.list_correspondences(&query).rows().try_collect().await?)
}

/// Every record of a list. A list with a row that cannot be read proves nothing.
fn whole<T>(operation: Operation, rows: Vec<Row<T>>) -> Result<Vec<Record<T>>, ApiError> {
    rows.into_iter()
        .map(|row| match row {
            Row::Read(record) => Ok(record),
            Row::Parked { reason, .. } => {
                Err(ApiError::Unreadable { operation, path: "a row of the list".to_owned(), reason })
            }
        })
        .collect()
}

fn attribute_is(message: &Record<Correspondence>, name: &str, value: &str) -> bool {
    message.attributes.get(name).is_some_and(|theirs| same_text(theirs, value))
}

/// Whether a record can be as young as the row's call. A record that does not say its age may be.
fn may_be_of(row: &OutboxRow, created: Option<Timestamp>) -> bool {
    let began = row.sent.unwrap_or(row.created);
    created.is_none_or(|created| created.duration_since(began) >= -CLOCKS_DIFFER)
}

fn is_claimed<T: Display>(id: Option<T>, claimed: &[String]) -> bool {
    id.is_some_and(|id| claimed.contains(&id.to_string()))
}

fn shown<T: Display>(id: Option<T>) -> String {
    id.map_or_else(|| "without a key".to_owned(), |id| id.to_string())
}

fn it_is<T: Display>(id: Option<T>, evidence: &str) -> Look {
    Look::Found { server_id: id.map(|id| id.to_string()), evidence: evidence.to_owned() }
}

fn nothing(evidence: &str) -> Look {
    Look::Absent { evidence: evidence.to_owned() }
}

/// One that matches alone is it.
fn one_of<T: Display>(found: impl Iterator<Item = Option<T>>, seen: &str, noun: &str) -> Look {
    let mut found: Vec<Option<T>> = found.collect();
    match found.len() {
        0 => nothing(&format!("{seen}, none like this")),
        1 => match found.pop().flatten() {
            Some(id) => it_is(Some(&id), &format!("{noun} {id} is this one")),
            None => it_is(None::<i64>, &format!("one {noun} is this one")),
        },
        several => Look::Unclear { evidence: format!("{seen}, {several} of them like this") },
    }
}
