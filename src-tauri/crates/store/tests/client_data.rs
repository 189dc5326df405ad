//! A client with the changes that wait: the cache shows what the agent means, and keeps what the portal has.
//!
//! Each test closes its cache: a process that ends while a connection is still closing loses the cipher's library under it.

use domain::outbox::{Attempt, Intent, OutboxRow, Rules};
use domain::{Client, ClientChange, ClientField, ClientId, IntentId, PersonName, PostalAddress};
use jiff::Timestamp;
use store::{DatabaseKey, Sent, Store};
use tempfile::TempDir;

fn client(first: &str, last: &str) -> Sent<Client> {
    let value = Client {
        id: ClientId(1),
        key: None,
        name: PersonName { first: first.into(), middle: String::new(), last: last.into() },
        email: Some("1@example.com".into()),
        phones: Vec::new(),
        ssn: None,
        birth_date: None,
        mailing: PostalAddress::default(),
        attributes: [("FirstName".to_owned(), first.to_owned())].into(),
    };
    Sent { value, body: "{}".into() }
}

#[tokio::test]
async fn a_client_is_read_with_what_waits_to_be_changed_until_the_portal_has_it_or_nobody_wants_it() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([1; 32])).await.unwrap();
    let mut write = store.write().await.unwrap();
    write.put_clients(&[client("Ana", "García")], 1).await.unwrap();
    write.commit().await.unwrap();
    let row = |id: &str, field, to: &str| {
        let changes = vec![ClientChange { field, from: String::new(), to: to.into() }];
        OutboxRow::new(IntentId(id.into()), ClientId(1), Intent::UpdateClient { changes }, Timestamp::UNIX_EPOCH)
    };
    let (name, email) = (row("a", ClientField::FirstName, "Anna"), row("b", ClientField::Email, "anna@example.com"));
    let mut write = store.write().await.unwrap();
    write.enqueue(&[name.clone(), email.clone()]).await.unwrap();
    write.commit().await.unwrap();
    let seen = async || {
        let client = store.client(ClientId(1)).await.unwrap().unwrap().client;
        let listed = store.search_clients("", 0, 9).await.unwrap().rows.remove(0).client;
        assert_eq!((&listed.name, &listed.email), (&client.name, &client.email));
        (client.name.first, client.email.unwrap())
    };
    assert_eq!(seen().await, ("Anna".to_owned(), "anna@example.com".to_owned()));
    // A pull brings what the portal has.
    let mut write = store.write().await.unwrap();
    write.put_clients(&[client("Ana", "Gómez")], 2).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(seen().await, ("Anna".to_owned(), "anna@example.com".to_owned()));
    let save = async |row: &OutboxRow| {
        let mut write = store.write().await.unwrap();
        assert!(write.save_outbox_row(row).await.unwrap());
        write.commit().await.unwrap();
    };
    save(&email.cancelled().unwrap()).await;
    assert_eq!(seen().await, ("Anna".to_owned(), "1@example.com".to_owned()));
    let begun = name.begin(Timestamp::UNIX_EPOCH).unwrap();
    save(&begun).await;
    let accepted = Attempt::Accepted { server_id: None, attachment: None };
    save(&begun.attempted(accepted, Timestamp::UNIX_EPOCH, &Rules::default(), 0)).await;
    assert_eq!(seen().await, ("Anna".to_owned(), "1@example.com".to_owned()), "the portal has it");
    assert_eq!(store.search_clients("anna gomez", 0, 9).await.unwrap().total, 1, "and it is found by it");
    store.close().await;
}
