//! The main job in one go, on the practice portal of this application.

use crate::output::{Failure, Output};
use crate::session::watched_sync;
use desk::Desk;
use desk::contract::{
    AgreementState, BureauCode, ClientRow, ClientSearch, Empty, Id, ItemRow, LetterItem, LetterRow, Practice,
    PrepareLetters, Problem, ProblemCode, ReasonRow, RecipientChoice, RecipientParty, SaveLayout, SessionStage,
    TemplateRow,
};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::Instant;

/// Items of a client that the demo disputes.
const ITEMS: usize = 4;

/// What the demo did.
#[derive(Serialize)]
struct Done {
    clients: usize,
    negative_items: u64,
    letters: usize,
    pages: u32,
    seconds: BTreeMap<&'static str, f64>,
    out: String,
}

/// One letter in `manifest.json`.
#[derive(Serialize)]
struct Entry<'a> {
    file: String,
    letter: &'a str,
    client_id: &'a str,
    client_name: &'a str,
    recipient: &'a str,
    address: Vec<String>,
    template: &'a str,
    dated: &'a str,
    pages: u32,
    items: Vec<Item>,
}

#[derive(Clone, Serialize)]
struct Item {
    id: String,
    account_name: String,
    account_number: String,
    reason: String,
}

pub(crate) async fn run(desk: &Desk, out: &Path, wanted: u32, output: &Output) -> Result<(), Failure> {
    let mut seconds = BTreeMap::new();
    let total = Instant::now();
    let mut stage = Instant::now();
    let mut lap = |name: &'static str| {
        seconds.insert(name, (stage.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);
        stage = Instant::now();
    };

    let session = desk.session_get(Empty {}).await?;
    if session.stage != SessionStage::SignedOut {
        return Err(Failure::usage("the demo needs an empty --data-dir: this one has a cache"));
    }
    let session = desk.session_practice(Practice::default()).await?;
    let agent = session.agent.unwrap_or_default();
    output.say(&format!("Signed in to the practice portal as {agent}."))?;
    lap("sign_in");

    let status = watched_sync(desk, false).await?;
    if let Some(problem) = status.problem {
        return Err(Failure(problem));
    }
    let negative_items =
        status.resources.iter().find(|r| r.resource == "negative_items").map_or(0, |resource| resource.done);
    let everyone = everyone(desk).await?;
    let clients = everyone.len();
    output.say(&format!("Synced {clients} clients and {negative_items} negative items."))?;
    lap("sync");

    let templates = desk.template_list(Empty {}).await?;
    let reasons = desk.reason_list(Empty {}).await?;
    let addresses = desk.bureau_address_list(Empty {}).await?;
    let to_bureau = template(&templates, &["Bureau", "611"])?;
    let to_furnisher = template(&templates, &["Direct dispute", "furnisher", "623"])?;
    let unsigned = everyone.iter().filter(|client| client.agreement != AgreementState::Signed).count();
    if unsigned > 0 {
        output.say(&format!("No letters for {unsigned} clients: they have not signed an agreement."))?;
    }
    let mut letters: Vec<(LetterRow, Vec<Item>)> = Vec::new();
    let mut written = 0;
    for client in varied(everyone) {
        if written == wanted {
            break;
        }
        let items: Vec<ItemRow> = desk
            .item_list(Id { id: client.id.clone() })
            .await?
            .into_iter()
            .filter(|item| !item.excluded && item.bureau.is_some())
            .collect();
        let chosen = across_bureaus(items);
        if chosen.is_empty() {
            continue;
        }
        let picked: Vec<(ItemRow, &ReasonRow)> =
            chosen.into_iter().zip(reasons.iter().cycle().skip(written as usize)).collect();
        let bureaus: HashSet<BureauCode> = picked.iter().filter_map(|(item, _)| item.bureau).collect();
        let mut bureaus: Vec<BureauCode> = bureaus.into_iter().collect();
        bureaus.sort();
        let recipients = bureaus.into_iter().map(|bureau| RecipientParty::Bureau { bureau }).map(every_item).collect();
        let made = prepare(desk, &client, to_bureau, &picked, recipients).await?;
        let made_count = made.len();
        letters.extend(made);
        let furnisher = picked.iter().find_map(|(item, _)| item.furnisher_id.clone());
        let mut direct = 0;
        if let Some(furnisher_id) = furnisher {
            let party = RecipientParty::Furnisher { furnisher_id, address: None };
            let made = prepare(desk, &client, to_furnisher, &picked, vec![every_item(party)]).await?;
            direct = made.len();
            letters.extend(made);
        }
        written += 1;
        output.say(&format!("  {}: {made_count} letters to bureaus, {direct} to a furnisher.", client.name))?;
    }
    lap("prepare");

    if letters.is_empty() {
        return Err(Failure::usage(
            "no client of this practice portal has a signed agreement and an item; give more --clients",
        ));
    }
    let ids: Vec<String> = letters.iter().map(|(letter, _)| letter.id.clone()).collect();
    let saved = desk.letter_export(&ids, SaveLayout::Separate, out).await?;
    desk.letter_export(&ids, SaveLayout::Merged, &out.join("All letters.pdf")).await?;
    let manifest: Vec<Entry<'_>> = letters
        .iter()
        .zip(&saved.files)
        .map(|((letter, items), file)| Entry {
            file: Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            letter: &letter.id,
            client_id: &letter.client_id,
            client_name: &letter.client_name,
            recipient: &letter.recipient_name,
            address: addresses
                .iter()
                .find(|row| Some(row.bureau) == letter.bureau)
                .map(|row| {
                    vec![
                        row.address.street.clone(),
                        format!("{}, {} {}", row.address.city, row.address.state, row.address.zip),
                    ]
                })
                .unwrap_or_default(),
            template: &letter.template_name,
            dated: &letter.dated,
            pages: letter.pages,
            items: items.clone(),
        })
        .collect();
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| Failure::usage(&error.to_string()))?;
    tokio::fs::write(out.join("manifest.json"), text).await?;
    lap("save");
    seconds.insert("total", (total.elapsed().as_secs_f64() * 1000.0).round() / 1000.0);

    let pages = letters.iter().map(|(letter, _)| letter.pages).sum();
    output.say(&format!("Wrote {} letters ({pages} pages) and manifest.json to {}.", letters.len(), out.display()))?;
    output.last_line(&Done {
        clients,
        negative_items,
        letters: letters.len(),
        pages,
        seconds,
        out: out.display().to_string(),
    })
}

async fn everyone(desk: &Desk) -> Result<Vec<ClientRow>, Failure> {
    const A_TIME: u32 = 500;
    let mut rows = Vec::new();
    for offset in (0..).step_by(A_TIME as usize) {
        let page = desk
            .client_search(ClientSearch { query: String::new(), offset, limit: A_TIME, ..ClientSearch::default() })
            .await?;
        let ended = page.rows.is_empty();
        rows.extend(page.rows);
        if ended {
            break;
        }
    }
    Ok(rows)
}

fn every_item(party: RecipientParty) -> RecipientChoice {
    RecipientChoice { party, item_ids: None }
}

/// The first template whose name or category holds one of the words.
fn template<'a>(templates: &'a [TemplateRow], words: &[&str]) -> Result<&'a TemplateRow, Failure> {
    words
        .iter()
        .find_map(|word| templates.iter().find(|template| template.name.contains(word)))
        .ok_or_else(|| Failure::usage("the practice portal has no template for these letters"))
}

/// Signed clients in turn by how their names are written, because that is what a letter engine is judged by.
fn varied(mut clients: Vec<ClientRow>) -> Vec<ClientRow> {
    clients.retain(|client| client.agreement == AgreementState::Signed);
    clients.sort_by_key(|client| (client.id.len(), client.id.clone()));
    let mut met: BTreeMap<Writing, u32> = BTreeMap::new();
    let mut turns: Vec<(u32, Writing, ClientRow)> = clients
        .into_iter()
        .map(|client| {
            let writing = writing(&client.name);
            let turn = met.entry(writing).or_default();
            *turn += 1;
            (*turn, writing, client)
        })
        .collect();
    turns.sort_by_key(|(turn, writing, _)| (*turn, *writing));
    turns.into_iter().map(|(_, _, client)| client).collect()
}

/// How a name is written: in another script, or in Latin letters that plain ASCII does not have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Writing {
    Vietnamese,
    Cyrillic,
    Arabic,
    Han,
    Hangul,
    Kana,
    Polish,
    Spanish,
    French,
    OtherLatin,
    Ascii,
}

fn writing(name: &str) -> Writing {
    let has = |range: std::ops::RangeInclusive<char>| name.chars().any(|c| range.contains(&c));
    let any = |letters: &str| name.chars().any(|c| letters.contains(c));
    if has('\u{1ea0}'..='\u{1ef9}') || any("đĐơƠưƯ") {
        Writing::Vietnamese
    } else if has('\u{400}'..='\u{4ff}') {
        Writing::Cyrillic
    } else if has('\u{600}'..='\u{6ff}') {
        Writing::Arabic
    } else if has('\u{3040}'..='\u{30ff}') {
        Writing::Kana
    } else if has('\u{ac00}'..='\u{d7af}') {
        Writing::Hangul
    } else if has('\u{4e00}'..='\u{9fff}') {
        Writing::Han
    } else if any("łŁąęśźżńĄĘŚŹŻŃ") {
        Writing::Polish
    } else if any("ñÑ") {
        Writing::Spanish
    } else if any("éèêëçàÉÈ") {
        Writing::French
    } else if !name.is_ascii() {
        Writing::OtherLatin
    } else {
        Writing::Ascii
    }
}

/// A few items so that each bureau that reports any is among them.
fn across_bureaus(items: Vec<ItemRow>) -> Vec<ItemRow> {
    let mut seen = HashSet::new();
    let (first, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| seen.insert(item.bureau));
    first.into_iter().chain(rest).take(ITEMS).collect()
}

/// Prepares the letters and keeps what each says of its items, for the manifest.
async fn prepare(
    desk: &Desk,
    client: &ClientRow,
    template: &TemplateRow,
    picked: &[(ItemRow, &ReasonRow)],
    recipients: Vec<RecipientChoice>,
) -> Result<Vec<(LetterRow, Vec<Item>)>, Failure> {
    let prepared = desk
        .letter_prepare(PrepareLetters {
            client_id: client.id.clone(),
            template_id: template.id.clone(),
            items: picked
                .iter()
                .map(|(item, reason)| LetterItem { item_id: item.id.clone(), reason_id: reason.id.clone() })
                .collect(),
            recipients,
            unsigned_override: None,
            enclosures: Vec::new(),
        })
        .await?;
    if let Some(problem) = prepared.problems.into_iter().next() {
        let message = format!("{} to {}: {}", client.name, problem.recipient_name, problem.problem.message);
        return Err(Failure(Problem { code: ProblemCode::LetterFailed, message, fields: BTreeMap::new() }));
    }
    Ok(prepared
        .letters
        .into_iter()
        .map(|letter| {
            let items = picked
                .iter()
                .filter(|(item, _)| letter.bureau.is_none_or(|bureau| item.bureau == Some(bureau)))
                .filter(|(item, _)| letter.items.contains(&item.account_name))
                .map(|(item, reason)| Item {
                    id: item.id.clone(),
                    account_name: item.account_name.clone(),
                    account_number: item.account_number.clone(),
                    reason: reason.name.clone(),
                })
                .collect();
            (letter, items)
        })
        .collect())
}
