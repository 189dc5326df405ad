//! What a letter rested on when an agent let it go, and what of that has changed since. Findings that were on the screen then
//! were accepted with it; what changed later was seen by nobody.

use crate::desk::Open;
use crate::letters::{client_hash, item_hash};
use domain::{LetterId, RecipientKind, Release, ReleaseWay};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{LetterRecord, StoreError};

const CLIENT: &str = "client";
const NUMBER: &str = "fax_number";

/// That the agent lets a letter go as a fax, as it and its facts are now.
pub(crate) async fn released(open: &Open, letter: &LetterId, at: Timestamp) -> Result<Release, StoreError> {
    let facts = match open.store.letter(letter).await? {
        Some(record) => facts(open, &record).await?,
        None => BTreeMap::new(),
    };
    Ok(Release { way: ReleaseWay::Fax, at, by: open.account.agent.clone(), facts })
}

/// What of a letter's facts is not as it was when it was last let go as a fax, in words; nothing when all of it is.
pub(crate) async fn changed_since(open: &Open, record: &LetterRecord) -> Result<Option<String>, StoreError> {
    let releases = open.store.letter_releases(&record.letter.id).await?;
    let Some(release) = releases.into_iter().rfind(|release| release.way == ReleaseWay::Fax) else { return Ok(None) };
    let now = facts(open, record).await?;
    let changed: Vec<String> = release
        .facts
        .iter()
        .filter(|(what, hash)| now.get(*what) != Some(*hash))
        .map(|(what, _)| match what.as_str() {
            CLIENT => "the client's name, birth date or address".to_owned(),
            NUMBER => "the recipient's fax number".to_owned(),
            item => {
                let item = record.items.iter().find(|kept| kept.item.0 == item);
                item.map_or_else(|| "an item".to_owned(), |kept| format!("{} on the report", kept.account_name))
            }
        })
        .collect();
    Ok((!changed.is_empty()).then(|| changed.join(", ")))
}

/// What the portal says of everything that a letter rests on, as the cache has it: a hash by the item's key, or by what it is.
async fn facts(open: &Open, record: &LetterRecord) -> Result<BTreeMap<String, String>, StoreError> {
    let letter = &record.letter;
    let mut facts = BTreeMap::new();
    if let Some(client) = open.store.client(letter.client).await? {
        facts.insert(CLIENT.to_owned(), client_hash(&client.client));
    }
    let number = match letter.recipient.kind {
        RecipientKind::Bureau(bureau) => {
            let addresses = open.store.default_bureau_addresses().await?;
            addresses.into_iter().find(|address| address.bureau == Some(bureau)).and_then(|address| address.fax_number)
        }
        RecipientKind::Furnisher(id) => open.store.furnisher(id).await?.and_then(|hit| hit.furnisher.fax_number),
        RecipientKind::Addressee(id) => open.store.addressee(id).await?.and_then(|addressee| addressee.fax_number),
    };
    facts.insert(NUMBER.to_owned(), number.unwrap_or_default());
    for known in open.store.items_of(letter.client).await? {
        if letter.items.iter().any(|(item, _)| *item == known.item.id) {
            let hash = format!("{} {}", known.item.status.code(), item_hash(&known.item));
            facts.insert(known.item.id.0, hash);
        }
    }
    Ok(facts)
}
