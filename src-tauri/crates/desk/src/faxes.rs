//! Letters as faxes: what will arrive, and queueing it.
//!
//! The portal takes a PDF and its provider's machine makes dots of it; how fine they are, the two machines agree on. So
//! a fax is looked at in both finenesses, made from the very bytes that are queued.

use crate::contract::{Empty, FaxFineness, FaxLook, FaxPages, FaxProblem, FaxSend, FaxSetting, FaxesQueued};
use crate::desk::Open;
use crate::letters::{digest, subject, title};
use crate::{Desk, Error};
use ::letters::raster::{Fineness, Sheets};
use ::letters::{Draft, Variables, fax_cover};
use domain::gate::Limit;
use domain::outbox::{FaxTo, FileRef, Intent, OutboxRow};
use domain::{FaxNumber, LetterId, LetterState, RecipientKind};
use std::collections::HashSet;
use store::{LetterFax, LetterRecord};

impl Desk {
    /// What the company set for faxes, as the last pull read it.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn fax_setting(&self, _: Empty) -> Result<FaxSetting, Error> {
        let open = self.ready().await?;
        Ok(FaxSetting { reattempts: ::sync::fax_reattempts(&open.store).await? })
    }

    /// How many pages a fax will have, before it is queued.
    ///
    /// # Errors
    /// [`Error::NotFound`], a number that is none, no open cache, or the cache fails.
    pub async fn fax_look(&self, look: FaxLook) -> Result<FaxPages, Error> {
        let pdf = self.looked_at(&look).await?;
        let pages = off_thread(move || Ok(Sheets::open(&pdf)?.len())).await?;
        let limit = self.inner.settings.gate.limit(Limit::FaxPages);
        Ok(FaxPages { pages: u32::try_from(pages).unwrap_or(u32::MAX), limit })
    }

    /// A page of a fax in black and white as PNG, counted from 1. Its dots are not square: it is shown as US Letter.
    ///
    /// # Errors
    /// As [`Desk::fax_look`], and a page that there is none of.
    pub async fn fax_page(&self, look: &FaxLook, page: u32, fineness: FaxFineness) -> Result<Vec<u8>, Error> {
        let pdf = self.looked_at(look).await?;
        let index = page.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        let index = index.ok_or_else(|| Error::bad("page", "pages count from 1"))?;
        let fineness = match fineness {
            FaxFineness::Standard => Fineness::Standard,
            FaxFineness::Fine => Fineness::Fine,
        };
        off_thread(move || Sheets::open(&pdf)?.fax_page(index, fineness)?.png()).await
    }

    async fn looked_at(&self, look: &FaxLook) -> Result<Vec<u8>, Error> {
        let open = self.ready().await?;
        let record = open.store.letter(&LetterId(look.letter_id.clone())).await?.ok_or(Error::NotFound("letter"))?;
        let number = number_of(&record, look.number.as_ref())?;
        self.fax_file(&open, &record, number.as_ref(), look.cover).await
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
        let mut named = HashSet::new();
        for id in fax.letter_ids.iter().filter(|id| named.insert(*id)) {
            match self.faxed(&open, id, &fax).await {
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
    async fn faxed(&self, open: &Open, id: &str, fax: &FaxSend) -> Result<(OutboxRow, String, Vec<u8>), Error> {
        let (number, cover) = (fax.numbers.get(id), fax.cover);
        let id = LetterId(id.to_owned());
        let record = open.store.letter(&id).await?.ok_or(Error::NotFound("letter"))?;
        if record.letter.state == LetterState::Discarded {
            return Err(Error::LetterState(LetterState::Discarded, "restore it before faxing it"));
        }
        match open.store.fax_of_letter(&id).await? {
            Some(LetterFax::Waits) => return Err(Error::Waiting("letter's fax")),
            Some(LetterFax::Sent) if !fax.again => return Err(Error::FaxedBefore),
            Some(LetterFax::Sent) | None => {}
        }
        let number = number_of(&record, number)?.ok_or_else(|| {
            Error::bad("fax_number", format!("{} has no fax number on the portal", record.letter.recipient.name))
        })?;
        let pdf = self.fax_file(open, &record, Some(&number), cover).await?;
        let hash = digest(&pdf);
        let row = self.row(record.letter.client, fax_of(&record, &number, hash.clone(), pdf.len() as u64));
        if let Some(trouble) = self.holds(open, &row).await? {
            return Err(Error::Held(trouble.message));
        }
        Ok((row, hash, pdf))
    }

    /// What the portal is given: the letter as it is, or after its cover page.
    async fn fax_file(
        &self,
        open: &Open,
        record: &LetterRecord,
        number: Option<&FaxNumber>,
        cover: bool,
    ) -> Result<Vec<u8>, Error> {
        let letter = open.store.letter_pdf(&record.letter.id).await?.ok_or(Error::NotFound("letter"))?;
        if !cover {
            return Ok(letter);
        }
        let cover = self.cover(record, number).await?;
        off_thread(move || ::letters::merge(&[&cover, &letter])).await
    }

    /// The cover page of a letter. It holds nothing of the client but the name, which the letter itself begins with.
    async fn cover(&self, record: &LetterRecord, number: Option<&FaxNumber>) -> Result<Vec<u8>, Error> {
        let recipient = &record.letter.recipient;
        let today = self.inner.ports.clock.today();
        let mut variables = Variables::new();
        variables.insert("FaxTo", recipient.name.as_str());
        variables.insert("FaxNumber", number.map_or_else(|| "Not chosen yet".to_owned(), ToString::to_string));
        variables.insert("FaxFrom", record.client_name.as_str());
        variables.insert("FaxPages", (record.letter.pages + 1).to_string());
        variables.insert("FaxSubject", subject(recipient));
        variables.insert_optional("FaxNote", "");
        variables.insert_date("Date", Some(today));
        let (template, title) = (fax_cover(), title(recipient));
        self.with_press(|press| Ok(press.set(&Draft::page(&template, &variables, today, title))?.pdf)).await
    }
}

/// The number that a letter is faxed to; `None` when nobody knows one.
fn number_of(record: &LetterRecord, given: Option<&String>) -> Result<Option<FaxNumber>, Error> {
    given
        .or(record.letter.recipient.fax_number.as_ref())
        .map(|number| FaxNumber::parse(number).map_err(|error| Error::bad("fax_number", error.to_string())))
        .transpose()
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

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ::letters::LetterError> + Send + 'static,
) -> Result<T, Error> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))??)
}
