//! What lies on the disk, and what a full one does.

use crate::main_job::{everyone, ready_client, request};
use desk::contract::Id;
use desk_tests::{Office, portal, sign_in, signed_in_and_synced, synced};
use portal_api::auth::LoginRequest;
use portal_api::{Config, Portal};
use std::collections::HashMap;
use store::{DatabaseKey, Store, StoreError};
use sync::{Patience, PullError, Scope};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn no_name_number_or_address_of_anyone_is_readable_in_any_file_of_the_desk() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let mut canaries: Vec<String> = vec![portal.credentials().api_key, portal.credentials().email];
    for client in everyone(&desk).await {
        let card = desk.client_get(Id { id: client.id.clone() }).await.unwrap();
        // Short words stand in random bytes by chance.
        canaries
            .extend(client.name.split(' ').chain([client.email.as_str()]).filter(|w| w.len() >= 6).map(str::to_owned));
        canaries.extend([card.mailing.street, card.phones[0].clone()].into_iter().filter(|word| word.len() >= 6));
    }
    let mut ssns = Vec::new();
    office
        .in_the_cache(async |store| {
            for hit in store.search_clients("", 0, 500).await.unwrap().rows {
                let ssn = hit.client.ssn.unwrap().expose().to_owned();
                ssns.extend([format!("{}-{}-{}", &ssn[..3], &ssn[3..5], &ssn[5..]), ssn]);
            }
        })
        .await;
    assert_eq!(ssns.len(), 120);
    // Written last: whoever closed the cache just now folded the log into it.
    synced(&desk).await;
    let (client, items) = ready_client(&desk).await;
    let to = vec![crate::main_job::bureau(items[0].bureau.unwrap())];
    desk.letter_prepare(request(&desk, &client, &items, to).await).await.unwrap();
    canaries.extend(ssns);
    assert!(canaries.len() > 300);
    let wal = office.files().into_iter().find(|path| path.ends_with("desk.db-wal")).unwrap();
    assert!(
        std::fs::metadata(wal).unwrap().len() > 100_000,
        "the log of the database is full of what was just written"
    );
    // By their first bytes: one look at each byte of the files, however many canaries there are.
    let mut by_start: HashMap<&[u8], Vec<&[u8]>> = HashMap::new();
    for canary in &canaries {
        by_start.entry(&canary.as_bytes()[..4]).or_default().push(canary.as_bytes());
    }
    let check = || {
        let mut bytes = 0;
        for path in office.files() {
            let file = std::fs::read(&path).unwrap();
            bytes += file.len();
            for (at, start) in file.windows(4).enumerate() {
                let found = by_start.get(start).into_iter().flatten().find(|canary| file[at..].starts_with(canary));
                assert!(found.is_none(), "{} in {}", String::from_utf8_lossy(found.unwrap()), path.display());
            }
        }
        bytes
    };
    assert!(check() > 500_000, "the cache and its log are there");
    desk.close().await;
    check();
}

#[tokio::test]
async fn a_full_disk_stops_the_pull_in_words_and_with_space_it_goes_on() {
    let server = portal(250).await;
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([5; 32])).await.unwrap();
    let given = sign_in(&server);
    let api = Portal::new(&Config::new(&given.portal, given.api_key.into()).unwrap(), None).unwrap();
    api.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
    let never = CancellationToken::new();
    let pull = async || {
        sync::pull(&api, &store, &never, Patience::default(), jiff::Timestamp::now(), Scope::Everything, &|_| {}).await
    };
    store.limit_pages(350).await.unwrap();
    let error = match pull().await {
        Err(error @ PullError::Store(StoreError::DiskFull)) => desk::Error::from(error),
        other => panic!("{other:?}"),
    };
    let words = error.problem().message;
    assert!(words.contains("disk is full") && words.contains("Free some space"), "{words}");
    let kept = store.search_clients("", 0, 500).await.unwrap().total;
    assert!(kept >= 100, "the pages before it are kept: {kept} clients");
    let asked = server.faults().requests("GET /bureau-addresses");

    store.limit_pages(1_000_000).await.unwrap();
    assert!(pull().await.unwrap().left_out.is_empty());
    assert_eq!(store.search_clients("", 0, 500).await.unwrap().total, 250);
    assert_eq!(server.faults().requests("GET /bureau-addresses"), asked, "what was whole is not read again");
}
