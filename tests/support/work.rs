//! Faxes and notes for the proofs: letters are prepared beforehand, and every piece of work can be told from every other.

use crate::{Office, signed_in_and_synced};
use desk::Desk;
use desk::contract::{
    AgreementState, BureauCode, ClientRow, ClientSearch, Empty, FaxSend, Id, ItemRow, LetterItem, NoteAdd, OutboxItem,
    PrepareLetters, RecipientChoice, RecipientParty,
};
use practice_portal::Running;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Clients whose letters are faxed: so many lanes.
const LANES: usize = 8;
const BUREAUS: [BureauCode; 3] = [BureauCode::Equifax, BureauCode::Experian, BureauCode::Transunion];

/// One thing to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// A letter, as a fax.
    Fax {
        /// Its key.
        letter: String,
        /// Whose it is.
        client: String,
    },
    /// A note with a text that no other has.
    Note {
        /// Whose.
        client: String,
        /// Text.
        text: String,
    },
}

impl Work {
    /// Whose it is.
    #[must_use]
    pub fn client(&self) -> &str {
        match self {
            Work::Fax { client, .. } | Work::Note { client, .. } => client,
        }
    }

    /// Whether a row of the outbox is this.
    #[must_use]
    pub fn is(&self, row: &OutboxItem) -> bool {
        match self {
            Work::Fax { letter, .. } => row.letter_id.as_ref() == Some(letter),
            Work::Note { text, .. } => row.detail == *text,
        }
    }

    /// Queues it.
    ///
    /// # Panics
    /// When the desk does not take it.
    pub async fn queue(&self, desk: &Desk) {
        match self {
            Work::Fax { letter, .. } => {
                let numbers = [(letter.clone(), "(888) 555-0100".to_owned())].into();
                let queued = desk
                    .fax_send(FaxSend { letter_ids: vec![letter.clone()], numbers, cover: false, again: false })
                    .await
                    .unwrap();
                assert!(queued.problems.is_empty(), "{:?}", queued.problems);
            }
            Work::Note { client, text } => {
                desk.note_add(NoteAdd { client_id: client.clone(), text: text.clone() }).await.unwrap();
            }
        }
    }
}

/// Signs in, pulls, prepares the letters and closes the desk: half the rows are faxes, half are notes, in turn, over a few
/// clients.
///
/// # Panics
/// When the practice portal has no client that letters can be written for.
pub async fn prepare(office: &Office, portal: &Running, rows: usize) -> Vec<Work> {
    let desk = signed_in_and_synced(office, portal).await;
    let clients = ready_clients(&desk).await;
    let mut faxes = Vec::new();
    'enough: loop {
        for (client, items) in &clients {
            if faxes.len() >= rows.div_ceil(2) {
                break 'enough;
            }
            let done = desk.letter_prepare(request(&desk, client, items).await).await.unwrap();
            assert!(done.problems.is_empty(), "{:?}", done.problems);
            faxes.extend(
                done.letters.into_iter().map(|letter| Work::Fax { letter: letter.id, client: client.id.clone() }),
            );
        }
    }
    desk.close().await;
    let mut works = Vec::new();
    for (number, fax) in faxes.into_iter().enumerate() {
        let client = clients[number % clients.len()].0.id.clone();
        works.push(fax);
        works.push(Work::Note { client, text: format!("Called about matter {number}.") });
    }
    works.truncate(rows);
    works
}

/// Clients with a signed agreement, and an item of each at every bureau.
async fn ready_clients(desk: &Desk) -> Vec<(ClientRow, Vec<ItemRow>)> {
    let all = desk
        .client_search(ClientSearch { query: String::new(), offset: 0, limit: 500, ..ClientSearch::default() })
        .await
        .unwrap()
        .rows;
    let mut ready = Vec::new();
    for client in all.into_iter().filter(|client| client.agreement == AgreementState::Signed) {
        let mut seen = BTreeSet::new();
        let items = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
        let wanted = |item: &ItemRow| !item.excluded && item.bureau.is_some() && seen.insert(item.bureau);
        let items: Vec<ItemRow> = items.into_iter().filter(wanted).collect();
        if items.len() == BUREAUS.len() {
            ready.push((client, items));
        }
        if ready.len() == LANES {
            break;
        }
    }
    assert!(!ready.is_empty(), "the practice portal has such a client");
    ready
}

async fn request(desk: &Desk, client: &ClientRow, items: &[ItemRow]) -> PrepareLetters {
    let templates = desk.template_list(Empty {}).await.unwrap();
    let template = templates.iter().find(|template| template.name.contains("611")).unwrap_or(&templates[0]);
    let reasons = desk.reason_list(Empty {}).await.unwrap();
    let bureau = |bureau| RecipientChoice { party: RecipientParty::Bureau { bureau }, item_ids: None };
    PrepareLetters {
        client_id: client.id.clone(),
        template_id: template.id.clone(),
        items: items
            .iter()
            .zip(&reasons)
            .map(|(item, reason)| LetterItem { item_id: item.id.clone(), reason_id: reason.id.clone() })
            .collect(),
        recipients: BUREAUS.into_iter().map(bureau).collect(),
        unsigned_override: None,
        enclosures: Vec::new(),
    }
}
