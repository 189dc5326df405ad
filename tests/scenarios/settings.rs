//! What the settings page tells, and what leaves with the file for support.

use crate::main_job::{bureau, everyone, ready_client, request};
use desk::contract::{Empty, EnvelopeKind, Id, KeyGuard, NoteAdd, ProblemCode, Realm};
use desk_tests::{Office, code, portal, signed_in_and_synced, synced};
use std::collections::BTreeSet;

/// Sets what a deployment sets, with a secret in it.
fn deploy(office: &Office) {
    std::fs::create_dir_all(office.data()).unwrap();
    let text = r#"
        [portal.headers]
        X-Gateway = "hush-hush"
        [portal.limits]
        per_minute = 5000
        [portal.routes]
        listGoals = "GET /v2/goals"
        [outbox]
        quiet_seconds = 240
        [gate]
        review_missing = "block"
        [letters]
        envelope = "double"
        fold_marks = true
        [letters.company]
        name = "Clear Credit LLC"
        address = "1 Main Street, Boise, ID 83702"
    "#;
    std::fs::write(office.data().join("settings.toml"), text).unwrap();
}

#[tokio::test]
async fn the_settings_tell_what_is_in_force_and_what_is_kept_here() {
    let (office, portal) = (Office::default(), portal(12).await);
    deploy(&office);
    let desk = office.desk().await;
    assert_eq!(code(desk.settings_get(Empty {}).await), ProblemCode::NotSignedIn);
    desk.close().await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let told = desk.settings_get(Empty {}).await.unwrap();
    assert_eq!((told.realm, told.guard), (Realm::Practice, KeyGuard::Keychain));
    assert_eq!(told.portal.as_deref(), Some(portal.base_url().as_str().trim_end_matches('/')));
    assert_eq!(told.email, portal.credentials().email);
    assert!(told.file.found && told.file.path.ends_with("settings.toml"), "{:?}", told.file);
    assert_eq!((told.limits.per_minute, told.limits.quiet_seconds), (Some(5000), 240));
    assert_eq!((told.letters.envelope.kind, told.letters.fold_marks), (EnvelopeKind::Double, true));
    assert_eq!(told.letters.envelope.windows.len(), 2);
    assert_eq!(told.letters.company.unwrap().name, "Clear Credit LLC");
    assert!(told.versions.sqlite.starts_with("3.") && told.versions.letters.starts_with("letters "));

    let clients = told.cache.kinds.iter().find(|kind| kind.resource == "clients").unwrap();
    assert_eq!((clients.records, clients.whole), (12, true));
    let details = told.cache.kinds.iter().find(|kind| kind.resource == "client_details").unwrap();
    assert_eq!((details.records, details.whole), (12, true));
    assert!(told.cache.kinds.iter().all(|kind| kind.whole), "{:?}", told.cache.kinds);
    assert!(told.cache.bytes > 100_000, "{} bytes", told.cache.bytes);

    // The counts are the cache's own: they are there after a restart, with no portal.
    desk.close().await;
    portal.stop().await;
    let again = office.desk().await.settings_get(Empty {}).await.unwrap();
    assert_eq!(again.cache.kinds, told.cache.kinds);
}

#[tokio::test]
async fn a_file_for_support_holds_the_facts_and_nothing_of_anyone() {
    let (office, portal) = (Office::default(), portal(12).await);
    deploy(&office);
    let desk = signed_in_and_synced(&office, &portal).await;
    let credentials = portal.credentials();
    let agent = desk.session_get(Empty {}).await.unwrap().agent.unwrap();
    // The practice password is left out: it is "practice", which the realm is called too.
    let mut canaries: Vec<String> = vec![credentials.email, credentials.api_key, "hush".into()];
    canaries.extend(agent.split(' ').map(str::to_owned));
    canaries.extend(["Clear Credit", "Main Street", "borrowed a canary"].map(str::to_owned));
    canaries.push(office.data().display().to_string());

    let (client, items) = ready_client(&desk).await;
    let to = vec![bureau(items[0].bureau.unwrap())];
    let done = desk.letter_prepare(request(&desk, &client, &items[..1], to).await).await.unwrap();
    canaries.push(done.letters[0].id.clone());
    canaries.extend(items.iter().map(|item| item.account_name.clone()));
    for client in everyone(&desk).await {
        let card = desk.client_get(Id { id: client.id.clone() }).await.unwrap();
        canaries.extend([client.name.clone(), client.sorted_name, client.email, card.mailing.street]);
        canaries.extend(client.name.split(' ').map(str::to_owned));
        canaries.extend(card.phones);
    }
    portal.stop().await;
    let note = NoteAdd { client_id: client.id.clone(), text: "He borrowed a canary.".into() };
    canaries.push(desk.note_add(note).await.unwrap().id);
    assert_eq!(synced(&desk).await.problem.unwrap().code, ProblemCode::PortalUnreachable);

    *office.dialogs.answer.lock().unwrap() = Some(office.folder.path().join("support.txt"));
    let saved = desk.diagnostics_save(Empty {}).await.unwrap();
    let text = std::fs::read_to_string(&saved.files[0]).unwrap();
    desk.close().await;
    office
        .in_the_cache(async |store| {
            canaries.extend(store.meta("session.token").await.unwrap());
            for hit in store.search_clients("", 0, 500).await.unwrap().rows {
                let ssn = hit.client.ssn.unwrap().expose().to_owned();
                canaries.extend([format!("{}-{}-{}", &ssn[..3], &ssn[3..5], &ssn[5..]), ssn]);
            }
        })
        .await;

    assert!(canaries.len() > 100);
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    for canary in canaries.iter().filter(|canary| canary.chars().count() > 3) {
        // A single word may be a part of another one.
        let one = canary.chars().all(char::is_alphanumeric);
        let found = if one { words.contains(canary.as_str()) } else { text.contains(canary.as_str()) };
        assert!(!found, "{canary} is in the file:\n{text}");
    }
    for fact in [
        "desk: 0.1.0",
        "sqlite: 3.",
        "realm: practice",
        "key: keychain",
        "clients: 12\n",
        "problem: portal_unreachable",
        "create_note, ",
        "settings.toml: found",
        "headers: X-Gateway\n",
        "routes: listGoals\n",
        "calls a minute: 5000",
        "quiet seconds: 240",
        "envelope: double, window 4 x 1 in",
        "company: set",
        "gate.review_missing: block",
        "gate.alike: warn, alike_percent = 90",
        "printers: 1\n",
    ] {
        assert!(text.contains(fact), "{fact} is not in the file:\n{text}");
    }
}

#[tokio::test]
async fn a_closed_dialog_saves_nothing_for_support() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    assert_eq!(desk.diagnostics_save(Empty {}).await.unwrap().files.len(), 0);
    assert_eq!(
        code(desk.diagnostics_to(&office.folder.path().join("gone/support.txt")).await),
        ProblemCode::FileFailed
    );
}
