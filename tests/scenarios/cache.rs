//! What lies on the disk, and what a full one does.

use crate::main_job::{everyone, ready_client, request};
use desk::contract::Id;
use desk_tests::{Office, portal, sign_in, signed_in_and_synced};
use portal_api::{Config, Portal};
use store::{DatabaseKey, Store, StoreError};
use sync::{Patience, PullError};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn no_name_number_or_address_of_anyone_is_readable_in_any_file_of_the_desk() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let to = vec![crate::main_job::bureau(items[0].bureau.unwrap())];
    desk.letter_prepare(request(&desk, &client, &items, to).await).await.unwrap();
    let mut canaries: Vec<String> = vec![portal.credentials().api_key, portal.credentials().email];
    for client in everyone(&desk).await {
        let card = desk.client_get(Id { id: client.id.clone() }).await.unwrap();
        // Short words stand in random bytes by chance.
        canaries
            .extend(client.name.split(' ').chain([client.email.as_str()]).filter(|w| w.len() >= 6).map(str::to_owned));
        canaries.extend([card.mailing.street, card.phones[0].clone()].into_iter().filter(|word| word.len() >= 6));
    }
    assert!(canaries.len() > 200);
    let check = || {
        let mut bytes = 0;
        for path in office.files() {
            let file = std::fs::read(&path).unwrap();
            bytes += file.len();
            for canary in &canaries {
                assert!(!contains(&file, canary.as_bytes()), "{canary} in {}", path.display());
            }
        }
        bytes
    };
    assert!(check() > 500_000, "the cache and its log are there");
    desk.close().await;
    check();
}

fn contains(file: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    file.iter().enumerate().any(|(at, byte)| byte == first && file[at..].starts_with(word))
}

#[tokio::test]
async fn a_full_disk_stops_the_pull_in_words_and_with_space_it_goes_on() {
    let server = portal(60).await;
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([5; 32])).await.unwrap();
    let given = sign_in(&server);
    let api = Portal::new(&Config::new(&given.portal, given.api_key.into()).unwrap(), None).unwrap();
    api.sign_in(&given.email, &given.password.into()).await.unwrap();
    let never = CancellationToken::new();
    store.limit_pages(120).await.unwrap();
    let outcome = sync::pull(&api, &store, &never, Patience::default(), &|_| {}).await;
    let error = match outcome {
        Err(error @ PullError::Store(StoreError::DiskFull)) => desk::Error::from(error),
        other => panic!("{other:?}"),
    };
    let words = error.problem().message;
    assert!(words.contains("disk is full") && words.contains("Free some space"), "{words}");
    let kept = store.search_clients("", 0, 500).await.unwrap().total;

    store.limit_pages(1_000_000).await.unwrap();
    sync::pull(&api, &store, &never, Patience::default(), &|_| {}).await.unwrap();
    assert_eq!(store.search_clients("", 0, 500).await.unwrap().total, 60);
    assert!(kept <= 60);
}
