//! Sign in, sync, find, choose, prepare, save, print; then again with the portal gone.

use desk::Desk;
use desk::contract::{
    AgreementState, BureauCode, ClientRow, ClientSearch, Empty, Id, ItemRow, LetterFilter, LetterItem, LetterSave,
    LetterStage, PrepareLetters, PreparedLetters, PrintRunStage, PrintRunStart, RecipientChoice, RecipientParty,
    SaveLayout,
};
use desk_tests::{Office, portal, session, signed_in_and_synced};
use std::collections::BTreeSet;

pub(crate) async fn everyone(desk: &Desk) -> Vec<ClientRow> {
    desk.client_search(ClientSearch { query: String::new(), offset: 0, limit: 500, ..ClientSearch::default() })
        .await
        .unwrap()
        .rows
}

pub(crate) async fn items(desk: &Desk, client: &ClientRow) -> Vec<ItemRow> {
    let items = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
    items.into_iter().filter(|item| !item.excluded).collect()
}

/// A client with a signed agreement and items at all three bureaus, and one item of each.
pub(crate) async fn ready_client(desk: &Desk) -> (ClientRow, Vec<ItemRow>) {
    for client in everyone(desk).await {
        let mut seen = BTreeSet::new();
        let chosen: Vec<ItemRow> =
            items(desk, &client).await.into_iter().filter(|item| seen.insert(item.bureau)).collect();
        if client.agreement == AgreementState::Signed && chosen.len() == 3 && chosen.iter().all(|i| i.bureau.is_some())
        {
            return (client, chosen);
        }
    }
    panic!("the practice portal has such a client");
}

pub(crate) fn bureau(bureau: BureauCode) -> RecipientChoice {
    RecipientChoice { party: RecipientParty::Bureau { bureau }, item_ids: None }
}

pub(crate) fn on_paper(ids: &[String]) -> PrintRunStart {
    PrintRunStart { ids: ids.to_vec(), printer: "Office".into(), tray: None, duplex: false, copies: 1 }
}

pub(crate) const BUREAUS: [BureauCode; 3] = [BureauCode::Equifax, BureauCode::Experian, BureauCode::Transunion];

pub(crate) async fn request(
    desk: &Desk,
    client: &ClientRow,
    items: &[ItemRow],
    recipients: Vec<RecipientChoice>,
) -> PrepareLetters {
    let templates = desk.template_list(Empty {}).await.unwrap();
    let template = templates.iter().find(|template| template.name.contains("611")).unwrap_or(&templates[0]);
    let reasons = desk.reason_list(Empty {}).await.unwrap();
    PrepareLetters {
        client_id: client.id.clone(),
        template_id: template.id.clone(),
        items: items
            .iter()
            .zip(&reasons)
            .map(|(item, reason)| LetterItem { item_id: item.id.clone(), reason_id: reason.id.clone() })
            .collect(),
        recipients,
        unsigned_override: None,
        enclosures: Vec::new(),
    }
}

async fn prepared(desk: &Desk) -> PreparedLetters {
    let (client, items) = ready_client(desk).await;
    let recipients = BUREAUS.into_iter().map(bureau).collect();
    desk.letter_prepare(request(desk, &client, &items, recipients).await).await.unwrap()
}

#[tokio::test]
async fn three_items_at_three_bureaus_become_three_letters_each_with_its_own() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let done = prepared(&desk).await;
    assert_eq!((done.letters.len(), done.problems.len()), (3, 0));
    for (letter, code) in done.letters.iter().zip(BUREAUS) {
        assert_eq!(letter.bureau, Some(code));
        assert_eq!(letter.client_name, client.name);
        let own: Vec<&str> = items.iter().filter(|i| i.bureau == Some(code)).map(|i| i.account_name.as_str()).collect();
        assert_eq!(letter.items, own);
        assert!(desk.letter_pdf(&letter.id).await.unwrap().starts_with(b"%PDF"));
    }
    let listed = desk.letter_list(LetterFilter::default()).await.unwrap();
    assert_eq!(listed.len(), 3);
}

#[tokio::test]
async fn the_work_goes_on_with_the_portal_gone_and_after_a_restart() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    desk.close().await;
    portal.stop().await;

    let desk = office.desk().await;
    assert!(!session(&desk).await.sign_in_needed, "the session is kept");
    let (client, _) = ready_client(&desk).await;
    let family = client.sorted_name.split(',').next().unwrap().to_owned();
    let found = desk
        .client_search(ClientSearch { query: family, offset: 0, limit: 10, ..ClientSearch::default() })
        .await
        .unwrap();
    assert!(found.rows.iter().any(|row| row.id == client.id));

    let done = prepared(&desk).await;
    let ids: Vec<String> = done.letters.iter().map(|letter| letter.id.clone()).collect();
    let out = office.folder.path().join("out");
    *office.dialogs.answer.lock().unwrap() = Some(out.clone());
    let saved = desk.letter_save(LetterSave { ids: ids.clone(), layout: SaveLayout::Separate }).await.unwrap();
    assert_eq!(saved.files.len(), 3);
    for file in &saved.files {
        assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
        assert!(!client.name.split(' ').any(|part| file.contains(part)), "no consumer in a file name");
    }
    let run = desk.print_run_start(on_paper(&ids)).await.unwrap();
    assert_eq!((run.letters, run.job.as_deref(), run.stage), (3, Some("Office-1"), PrintRunStage::Printed));
    let letters = desk.letter_list(LetterFilter::default()).await.unwrap();
    assert!(letters.iter().all(|letter| letter.stage == LetterStage::Printed && letter.printed_at.is_some()));
    let jobs = office.printers.jobs.lock().unwrap();
    assert!(!jobs[0].title.contains(&client.name), "no consumer in a print queue");
    assert!(jobs[0].pdf.starts_with(b"%PDF"));
}

#[tokio::test]
async fn practice_needs_no_server_but_its_own_and_is_offline_after_a_restart_until_asked() {
    let office = Office::default();
    let desk = office.desk().await;
    desk.session_practice(desk::contract::Practice::default()).await.unwrap();
    assert_eq!(desk_tests::synced(&desk).await.problem, None);
    assert_eq!(everyone(&desk).await.len(), 12);
    desk.close().await;

    let desk = office.desk().await;
    assert_eq!(session(&desk).await.realm, Some(desk::contract::Realm::Practice));
    assert_eq!(everyone(&desk).await.len(), 12);
    assert_eq!(desk.sync_status(Empty {}).await.unwrap().online, None, "nothing was started or asked");
    assert_eq!(desk_tests::synced(&desk).await.problem, None, "a sync starts the practice portal again");
    desk.close().await;
}

#[tokio::test]
async fn the_window_calls_by_name_and_gets_words_for_what_fails() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let take = serde_json::json!({"query": "", "offset": 0, "limit": 5});
    let page = desk.call("client_search", take).await.unwrap();
    assert_eq!((page["total"].as_u64(), page["rows"].as_array().map(Vec::len)), (Some(12), Some(5)));
    let problem = desk.call("client_search", serde_json::json!({"query": 5})).await.unwrap_err();
    assert_eq!(serde_json::to_value(problem.code).unwrap(), "bad_request");
    assert!(desk.call("client_delete", serde_json::json!({})).await.is_err());
}
