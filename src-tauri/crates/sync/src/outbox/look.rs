//! Reading back: whether the portal has what a row sent.
//!
//! A fax, a document, a record and an agreement with a file are known by the file's key, which no other row has. A note is
//! known by author, text and time. Messages without a mark are compared by what the portal shows of them, and must be of this
//! agent and newer than what was known before the call, because an older one may say the same. One that is certain and alone is
//! it; what is not certain, and several, are for the agent to tell apart.

use domain::outbox::{Intent, Look, OutboxRow};
use domain::{AttachmentId, Channel, ClientId, CorrespondenceId, UserId};
use futures::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use portal_api::attachments::ListAttachmentsQuery;
use portal_api::client_agreements::{ClientAgreement, ListClientAgreementsQuery};
use portal_api::client_documents::ListClientDocumentsQuery;
use portal_api::correspondences::{Correspondence, ListCorrespondencesQuery};
use portal_api::notes::{ListNotesQuery, Note};
use portal_api::{ApiError, MOST_PER_PAGE, Portal, Record, Row};
use std::fmt::Display;

/// How far the clocks of this computer and of the portal may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

/// How far they differ when one of them is wrong: what is older than that is not the row's.
const CLOCK_IS_WRONG: SignedDuration = SignedDuration::from_hours(24);

/// Whether two texts are the same to a server that trims and unifies line ends.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(a) == plain(b)
}

/// What is known of a row beside itself.
pub(super) struct Known<'a> {
    /// Who sends.
    pub(super) user: UserId,
    /// The newest correspondence that was known before its first call that may have been taken; nothing when none was.
    pub(super) newest_before: Option<CorrespondenceId>,
    /// Keys that other rows have.
    pub(super) claimed: &'a [String],
}

/// Reads back.
///
/// # Errors
/// The list could not be read: then nothing is proven.
pub(super) async fn look(portal: &Portal, row: &OutboxRow, known: &Known<'_>) -> Result<Look, ApiError> {
    match &row.intent {
        Intent::Fax { .. } | Intent::RecordFax { file: Some(_), .. } => {
            let Some(file) = row.attachment else { return Ok(nothing("its file never reached the portal")) };
            let faxes = correspondences(portal, row.client, Channel::Fax).await?;
            let found = faxes.records.iter().find(|fax| fax.attachments.iter().any(|one| one.id == Some(file)));
            Ok(match found {
                Some(fax) => it_is(fax.id, &format!("fax {} carries file {file}", shown(fax.id))),
                None => faxes.without(&format!("faxes are listed for this client, none with file {file}")),
            })
        }
        Intent::RecordFax { number, .. } => {
            let alike = |fax: &Record<Correspondence>| attribute_is(fax, "fax_number", number);
            messages(portal, row, Channel::Fax, known, alike).await
        }
        Intent::Email { to, subject, .. } => {
            let alike =
                |mail: &Record<Correspondence>| attribute_is(mail, "to", to) && attribute_is(mail, "subject", subject);
            messages(portal, row, Channel::Email, known, alike).await
        }
        Intent::Sms { number, .. } => {
            messages(portal, row, Channel::Sms, known, |sms| attribute_is(sms, "number", number)).await
        }
        Intent::PostalLetter { address, .. } => {
            let alike = |letter: &Record<Correspondence>| attribute_is(letter, "postal_address", address);
            messages(portal, row, Channel::Letter, known, alike).await
        }
        Intent::AddDocument(_) | Intent::FileLetter { .. } => {
            let Some(file) = row.attachment else { return Ok(nothing("its file never reached the portal")) };
            let query =
                ListClientDocumentsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientDocumentsQuery::new(row.client) };
            let documents = Listed::of(portal.list_client_documents(&query).rows().try_collect().await?);
            let has = |one: Option<AttachmentId>| one == Some(file);
            let found = documents
                .records
                .iter()
                .find(|document| has(document.attachment.as_ref().and_then(|attachment| attachment.id)));
            Ok(match found {
                Some(document) => it_is(document.value.id.as_ref(), &format!("a document carries file {file}")),
                None => documents.without(&format!("documents are listed for this client, none with file {file}")),
            })
        }
        Intent::LinkAttachment { attachment, entity, entity_id } => {
            let query = ListAttachmentsQuery {
                per_page: Some(MOST_PER_PAGE),
                ..ListAttachmentsQuery::new(entity.clone(), *entity_id)
            };
            let files = Listed::of(portal.list_attachments(&query).rows().try_collect().await?);
            Ok(match files.records.iter().any(|file| file.id == Some(*attachment)) {
                true => it_is(Some(attachment), &format!("file {attachment} is tied to the record")),
                false => files.without(&format!("files are tied to the record, not file {attachment}")),
            })
        }
        Intent::CreateNote { text } => {
            let query = ListNotesQuery {
                client_id: Some(row.client),
                per_page: Some(MOST_PER_PAGE),
                ..ListNotesQuery::default()
            };
            let notes = Listed::of(portal.list_notes(&query).rows().try_collect().await?);
            let alike = |note: &&Record<Note>| {
                note.user.as_ref().and_then(|author| author.id) == Some(known.user)
                    && note.note_text.as_deref().is_some_and(|theirs| same_text(theirs, text))
                    && !is_claimed(note.id, known.claimed)
            };
            let likely = notes.records.iter().filter(alike).map(|note| (note.id, by_age(row, note.created_at)));
            Ok(notes.one_of(likely, "notes are listed for this client", "note"))
        }
        Intent::CreateAgreement { name, kind, .. } => {
            let query = ListClientAgreementsQuery {
                per_page: Some(MOST_PER_PAGE),
                ..ListClientAgreementsQuery::new(row.client)
            };
            let agreements = Listed::of(portal.list_client_agreements(&query).rows().try_collect().await?);
            let likeliness = |one: &Record<ClientAgreement>| match row.attachment {
                Some(file) if one.attachment.as_ref().and_then(|attachment| attachment.id) == Some(file) => Likely::Yes,
                None if one.name.as_deref() == Some(name)
                    && one.r#type.as_deref() == Some(kind)
                    && !is_claimed(one.id, known.claimed) =>
                {
                    by_age(row, one.created_at)
                }
                Some(_) | None => Likely::No,
            };
            let likely = agreements.records.iter().map(|one| (one.id, likeliness(one)));
            Ok(agreements.one_of(likely, "agreements are listed for this client", "agreement"))
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
    known: &Known<'_>,
    alike: impl Fn(&Record<Correspondence>) -> bool,
) -> Result<Look, ApiError> {
    let noun = channel.code().to_owned();
    let messages = correspondences(portal, row.client, channel).await?;
    let likely = messages
        .records
        .iter()
        .filter(|one| alike(one) && !is_claimed(one.id, known.claimed))
        .map(|one| (one.id, likely(row, one, known)));
    Ok(messages.one_of(likely, "messages of this kind are listed for this client", &noun))
}

/// Whether a message that says what the row's does is the row's.
fn likely(row: &OutboxRow, message: &Record<Correspondence>, known: &Known<'_>) -> Likely {
    let author = message.run_by.as_ref().and_then(|author| author.id);
    if author.is_some_and(|author| author != known.user) {
        return Likely::No;
    }
    if message.created_at.is_some() {
        return by_age(row, message.created_at);
    }
    // The documented record has no age; keys grow.
    match (message.id, known.newest_before) {
        (Some(id), Some(newest)) if id <= newest => Likely::No,
        (Some(_), Some(_)) if author.is_some() => Likely::Yes,
        _ => Likely::Perhaps,
    }
}

async fn correspondences(
    portal: &Portal,
    client: ClientId,
    channel: Channel,
) -> Result<Listed<Correspondence>, ApiError> {
    let query = ListCorrespondencesQuery {
        client_id: Some(client),
        r#type: Some(channel),
        per_page: Some(MOST_PER_PAGE),
        ..ListCorrespondencesQuery::default()
    };
    Ok(Listed::of(portal.list_correspondences(&query).rows().try_collect().await?))
}

/// Every record of a list, and how many rows of it could not be read.
struct Listed<T> {
    records: Vec<Record<T>>,
    unread: usize,
}

impl<T> Listed<T> {
    fn of(rows: Vec<Row<T>>) -> Self {
        let mut listed = Self { records: Vec::with_capacity(rows.len()), unread: 0 };
        for row in rows {
            match row {
                Row::Read(record) => listed.records.push(record),
                Row::Parked { .. } => listed.unread += 1,
            }
        }
        listed
    }

    /// What was looked for is not among the records: it may be one that cannot be read.
    fn without(&self, seen: &str) -> Look {
        let seen = format!("{} {seen}", self.records.len());
        match self.unread {
            0 => nothing(&seen),
            1 => Look::Unclear { evidence: format!("{seen}; one more cannot be read") },
            several => Look::Unclear { evidence: format!("{seen}; {several} more cannot be read") },
        }
    }

    /// The one that is certain, if it is alone.
    fn one_of<K: Display>(&self, likely: impl Iterator<Item = (Option<K>, Likely)>, seen: &str, noun: &str) -> Look {
        let may_be: Vec<(Option<K>, Likely)> = likely.filter(|(_, likely)| *likely != Likely::No).collect();
        match may_be.as_slice() {
            [] => self.without(&format!("{seen}, none like this")),
            [(Some(id), Likely::Yes)] => it_is(Some(id), &format!("{noun} {id} is this one")),
            [(None, Likely::Yes)] => it_is(None::<&K>, &format!("one {noun} is this one")),
            several => {
                let keys: Vec<String> = several.iter().map(|(id, _)| shown(id.as_ref())).collect();
                let count = self.records.len();
                Look::Unclear { evidence: format!("{count} {seen}; this may be {noun} {}", keys.join(" or ")) }
            }
        }
    }
}

/// Whether a record that says what the row does is the row's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likely {
    Yes,
    Perhaps,
    No,
}

/// By its age: it is not older than the call, as far as both clocks can be trusted.
fn by_age(row: &OutboxRow, created: Option<Timestamp>) -> Likely {
    let Some(created) = created else { return Likely::Perhaps };
    let age = row.sent.unwrap_or(row.created).duration_since(created);
    if age <= CLOCKS_DIFFER {
        Likely::Yes
    } else if age <= CLOCK_IS_WRONG {
        Likely::Perhaps
    } else {
        Likely::No
    }
}

fn attribute_is(message: &Record<Correspondence>, name: &str, value: &str) -> bool {
    message.attributes.get(name).is_some_and(|theirs| same_text(theirs, value))
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
