//! The cache as its callers meet it: encrypted, searchable, exact about what it lost and why.
//!
//! Each test closes its cache: a process that ends while a connection is still closing loses the cipher's library under it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::gate::{MadeFinding, Override, Review, ReviewChannel, Rule};
use domain::{
    Agreement, AgreementId, Bureau, Client, ClientId, ClientReport, DocumentId, Exclusion, ExclusionScope,
    InstructionId, ItemFlags, ItemId, ItemStatus, LateCounts, Letter, LetterId, LetterState, Money, NegativeItem,
    Outcome, PaperChoice, Permission, PersonName, PostalAddress, PrintRun, PrintRunState, PrintedLetter, Provenance,
    Recipient, RecipientKind, ReportId, SentBy, Ssn, TemplateId,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::path::Path;
use store::{
    ClientOrder, ClientQuery, ClientSort, DatabaseKey, DetailTable, KeptEnclosure, KeptItem, KeptLetter, LetterRecord,
    Pull, Resource, Reworded, Sent, Store, StoreError,
};
use tempfile::TempDir;

const KEY: [u8; 32] = [7; 32];
const PAGES: &[u8] = b"%PDF-1.7";

struct Desk {
    store: Store,
    folder: TempDir,
}

async fn desk() -> Desk {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new(KEY)).await.unwrap();
    Desk { store, folder }
}

fn client(id: i64, first: &str, last: &str) -> Client {
    Client {
        id: ClientId(id),
        key: None,
        name: PersonName { first: first.into(), middle: String::new(), last: last.into() },
        email: Some(format!("{}@example.com", id)),
        phones: vec![],
        ssn: None,
        birth_date: None,
        mailing: PostalAddress::default(),
        attributes: [("FirstName".to_owned(), first.to_owned())].into(),
    }
}

fn sent<T>(value: T) -> Sent<T> {
    Sent { value, body: "{}".into() }
}

fn item(id: &str, client: i64, report: i64) -> NegativeItem {
    NegativeItem {
        id: ItemId(id.into()),
        client: ClientId(client),
        bureau: None,
        report: Some(ReportId(report)),
        account_name: format!("ACCOUNT {id}"),
        account_number: "1234XXXX".into(),
        account_type: "Credit Card".into(),
        account_status: "Open".into(),
        status: ItemStatus::Other("escalated".into()),
        excluded: true,
        flags: ItemFlags { is_negative: true, is_collection: true, ..ItemFlags::default() },
        lates: LateCounts { days_30: 1, days_60: 2, days_90: 3 },
        balance: Some("1234.50".parse::<Money>().unwrap()),
        past_due: None,
        high_balance: None,
        opened: Some("2020-02-29".parse().unwrap()),
        reported: None,
        last_activity: None,
        last_adverse: Some("2023-05-31".parse().unwrap()),
        charged_off: Some("2024-01-15".parse().unwrap()),
        collected: Some("2024-03-01".parse().unwrap()),
    }
}

async fn put(store: &Store, clients: Vec<Client>, walk: i64) {
    let mut write = store.write().await.unwrap();
    write.put_clients(&clients.into_iter().map(sent).collect::<Vec<_>>(), walk).await.unwrap();
    write.commit().await.unwrap();
}

async fn found(store: &Store, text: &str) -> Vec<i64> {
    let hits = store.search_clients(text, 0, 50).await.unwrap();
    assert_eq!(hits.total as usize, hits.rows.len(), "{text}");
    hits.rows.iter().map(|row| row.client.id.0).collect()
}

#[tokio::test]
async fn the_linked_sqlite_encrypts_and_is_recent() {
    let desk = desk().await;
    let version = desk.store.sqlite_version().await.unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 50, 4], "{version}");
    desk.store.close().await;
}

#[tokio::test]
async fn no_byte_of_a_client_is_readable_in_the_files() {
    let desk = desk().await;
    let mut canary = client(1, "Zephyrine", "Quackenbush");
    canary.ssn = Some(Ssn::parse("900-65-4321").unwrap());
    canary.mailing.street = "77 Hollyhock Terrace".into();
    let mut write = desk.store.write().await.unwrap();
    write.put_clients(&[Sent { value: canary, body: r#"{"secret":"Xanthopsia"}"#.into() }], 1).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(found(&desk.store, "zephyrine").await, [1]);
    let wanted =
        ["Zephyrine", "zephyrine", "Quackenbush", "900654321", "4321", "Hollyhock", "Xanthopsia", "clients", "SQLite"];
    let check = |when: &str| {
        let mut files = 0;
        for entry in std::fs::read_dir(desk.folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            files += 1;
            for word in wanted {
                assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} {when}");
            }
        }
        files
    };
    assert!(check("while the log is full") >= 2, "a database and its log");
    desk.store.close().await;
    check("after closing");
    desk.store.close().await;
}

#[tokio::test]
async fn another_key_does_not_open_it_and_changes_nothing() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "García")], 1).await;
    desk.store.close().await;
    let path = desk.folder.path().join("desk.db");
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path, &DatabaseKey::new([8; 32])).await, Err(StoreError::NotReadable)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let again = Store::open(&path, &DatabaseKey::new(KEY)).await.unwrap();
    assert_eq!(found(&again, "garcia").await, [1]);
    desk.store.close().await;
}

#[tokio::test]
async fn a_damaged_page_is_reported_and_never_read_as_data() {
    let desk = desk().await;
    let many = (1..400).map(|n| client(n, "Ana", &format!("Number{n}"))).collect();
    put(&desk.store, many, 1).await;
    desk.store.close().await;
    let path = desk.folder.path().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let pages = bytes.len() / 4096;
    for page in 2..pages {
        bytes[page * 4096 + 100] ^= 0xff;
    }
    std::fs::write(&path, bytes).unwrap();
    let outcome = match Store::open(&path, &DatabaseKey::new(KEY)).await {
        Ok(store) => store.search_clients("", 0, 400).await.map(|_| ()),
        Err(error) => Err(error),
    };
    assert!(matches!(outcome, Err(StoreError::Damaged(_) | StoreError::NotReadable)), "{outcome:?}");
    desk.store.close().await;
}

#[tokio::test]
async fn a_full_disk_is_named_and_keeps_what_was_there() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "García")], 1).await;
    desk.store.limit_pages(1).await.unwrap();
    let mut write = desk.store.write().await.unwrap();
    let many: Vec<_> = (2..2000).map(|n| sent(client(n, "Filler", &"x".repeat(500)))).collect();
    let outcome = match write.put_clients(&many, 1).await {
        Ok(()) => write.commit().await,
        Err(error) => Err(error),
    };
    assert!(matches!(outcome, Err(StoreError::DiskFull)), "{outcome:?}");
    assert_eq!(found(&desk.store, "").await, [1]);
}

#[tokio::test]
async fn a_cache_of_a_newer_version_is_left_alone() {
    let desk = desk().await;
    desk.store.record_unknown_migration(9999).await.unwrap();
    desk.store.close().await;
    let again = Store::open(&desk.folder.path().join("desk.db"), &DatabaseKey::new(KEY)).await;
    assert!(matches!(again, Err(StoreError::TooNew)));
    desk.store.close().await;
}

#[tokio::test]
async fn a_whole_page_pasted_into_a_search_is_no_damage() {
    let desk = desk().await;
    let page = "lorem ipsum ".repeat(3_000);
    assert!(found(&desk.store, &page).await.is_empty());
    assert!(desk.store.search_furnishers(&page, 10).await.unwrap().is_empty());
    desk.store.close().await;
}

#[tokio::test]
async fn clients_are_found_by_whatever_an_agent_has_in_hand() {
    let desk = desk().await;
    let mut ana = client(11, "Ana María", "García-Núñez");
    ana.phones = vec!["+1 (302) 555-0134".into()];
    ana.ssn = Some(Ssn::parse("900-12-9876").unwrap());
    ana.email = Some("ana.garcia@example.org".into());
    put(&desk.store, vec![ana, client(12, "Łukasz", "Wiśniewski"), client(13, "小明", "王")], 1).await;
    for text in
        ["garcia", "nunez ana", "GARCÍA", "mar", "ana.garcia@ex", "(302) 555-0134", "5550134", "302555", "9876", "11"]
    {
        assert_eq!(found(&desk.store, text).await, [11], "{text}");
    }
    assert_eq!(found(&desk.store, "lukasz").await, [12]);
    assert_eq!(found(&desk.store, "小明").await, [13]);
    assert_eq!(found(&desk.store, "").await, [11, 12, 13]);
    assert!(found(&desk.store, "ana wisniewski").await.is_empty());
    assert!(found(&desk.store, "x\" OR \"1").await.is_empty());
    desk.store.close().await;
}

#[tokio::test]
async fn a_client_comes_back_as_they_went_in_alone_and_in_a_list() {
    let desk = desk().await;
    let mut whole = client(7, "Zoë \"Z\"", "O\u{2019}Hara");
    whole.key = Some("K-7".into());
    whole.name.middle = "Ann".into();
    whole.phones = vec!["3025550100".into(), "3025550101".into()];
    whole.birth_date = Some("1980-02-29".parse().unwrap());
    whole.mailing =
        PostalAddress { street: "1 Elm St".into(), city: "Dover".into(), state: "DE".into(), zip: "19901".into() };
    put(&desk.store, vec![whole.clone()], 1).await;
    assert_eq!(desk.store.client(ClientId(7)).await.unwrap().unwrap().client, whole);
    whole.attributes.clear();
    for text in ["", "ann"] {
        assert_eq!(desk.store.search_clients(text, 0, 5).await.unwrap().rows[0].client, whole, "{text:?}");
    }
}

#[tokio::test]
async fn a_client_who_is_renamed_is_found_by_the_new_name_only() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "García")], 1).await;
    put(&desk.store, vec![client(1, "Ana", "Smith")], 2).await;
    assert_eq!(found(&desk.store, "smith").await, [1]);
    assert!(found(&desk.store, "garcia").await.is_empty());
    desk.store.close().await;
}

#[tokio::test]
async fn pages_of_a_search_do_not_overlap() {
    let desk = desk().await;
    put(&desk.store, (0..95).map(|n| client(n, "Ana", &format!("Same{}", n % 3))).collect(), 1).await;
    let mut seen = Vec::new();
    for offset in (0..100).step_by(10) {
        let hits = desk.store.search_clients("same", offset, 10).await.unwrap();
        assert_eq!(hits.total, 95);
        seen.extend(hits.rows.iter().map(|row| row.client.id));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 95);
    desk.store.close().await;
}

#[tokio::test]
async fn a_page_says_how_many_match_though_it_has_nobody() {
    let desk = desk().await;
    // Around the number from which matches are found in another way.
    put(&desk.store, (0..2_001).map(|n| client(n, if n == 0 { "Ana" } else { "Anabel" }, "Same")).collect(), 1).await;
    for (text, total) in [("anab", 2_000), ("ana", 2_001), ("bob", 0)] {
        let last = desk.store.search_clients(text, total.max(1) - 1, 10).await.unwrap();
        assert_eq!((last.total, last.rows.len()), (total, total.min(1) as usize), "{text}");
        let behind = desk.store.search_clients(text, total, 10).await.unwrap();
        assert_eq!((behind.total, behind.rows.len()), (total, 0), "{text}");
    }
    desk.store.close().await;
}

#[tokio::test]
async fn what_very_many_match_comes_by_name_wherever_it_stands_in_the_list() {
    let desk = desk().await;
    // One letter finds those with odd numbers, another everyone of the second half, which the list begins without.
    let first = |n: i64| if n % 2 == 1 { "Olga" } else { "Ed" };
    let all = |n: i64| client(n, first(n), &format!("{}{n:04}", if n >= 2_500 { "Young" } else { "Adams" }));
    put(&desk.store, (0..5_000).map(all).collect(), 1).await;
    let odd: Vec<i64> = (0..5_000).filter(|n| n % 2 == 1).collect();
    let late: Vec<i64> = (2_500..5_000).collect();
    for (text, found) in [("o", &odd), ("y", &late)] {
        for descending in [false, true] {
            let by_name: Vec<i64> = if descending { found.iter().rev().copied().collect() } else { found.clone() };
            for offset in [0, 300, 2_000, 2_480] {
                let sort = ClientSort { by: ClientOrder::Name, descending };
                let query = ClientQuery { text: text.into(), sort, ..ClientQuery::default() };
                let hits = desk.store.find_clients(&query, offset, 40).await.unwrap();
                let page: Vec<i64> = hits.rows.iter().map(|row| row.client.id.0).collect();
                let end = by_name.len().min(offset as usize + 40);
                assert_eq!(
                    (hits.total, page.as_slice()),
                    (2_500, &by_name[offset as usize..end]),
                    "{text} {descending}"
                );
            }
        }
    }
    desk.store.close().await;
}

#[tokio::test]
async fn what_very_many_match_is_found_anew_when_somebody_is_added_or_renamed() {
    let desk = desk().await;
    put(&desk.store, (10..2_600).map(|n| client(n, "Ana", &format!("Same{n:04}"))).collect(), 1).await;
    let first = async |offset| {
        let hits = desk.store.search_clients("an", offset, 2).await.unwrap();
        (hits.total, hits.rows.iter().map(|row| row.client.id.0).collect::<Vec<_>>())
    };
    assert_eq!(first(0).await, (2_590, vec![10, 11]));
    assert_eq!(first(0).await, (2_590, vec![10, 11]), "the same once more");
    assert_eq!(first(2).await, (2_590, vec![12, 13]), "another page is another one");
    put(&desk.store, vec![client(1, "Ana", "Aaron"), client(11, "Eve", "Same0011")], 2).await;
    assert_eq!(first(0).await, (2_590, vec![1, 10]));
    assert_eq!(first(2).await, (2_590, vec![12, 13]));
    desk.store.close().await;
}

#[tokio::test]
async fn an_item_comes_back_as_it_went_in_with_the_bureau_of_its_report() {
    let desk = desk().await;
    let mut write = desk.store.write().await.unwrap();
    write.put_clients(&[sent(client(1, "Ana", "García"))], 1).await.unwrap();
    write.put_items(&[sent(item("5", 1, 50)), sent(item("6", 1, 60))], 1).await.unwrap();
    let report = ClientReport {
        id: ReportId(50),
        client: ClientId(1),
        bureau: Some(Bureau::TransUnion),
        created: None,
        updated: Some("2026-01-02T03:04:05Z".parse().unwrap()),
    };
    write.put_reports(&[sent(report.clone())], 1).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(desk.store.reports_of(ClientId(1)).await.unwrap(), [report]);
    let items = desk.store.items_of(ClientId(1)).await.unwrap();
    let known = NegativeItem { bureau: Some(Bureau::TransUnion), ..item("5", 1, 50) };
    assert_eq!(items.iter().map(|facts| facts.item.clone()).collect::<Vec<_>>(), [known, item("6", 1, 60)]);
    assert_eq!(desk.store.client(ClientId(1)).await.unwrap().unwrap().items, 2);
    desk.store.close().await;
}

#[tokio::test]
async fn permission_is_unknown_until_the_clients_details_were_read() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "García")], 1).await;
    let signed = async || desk.store.client(ClientId(1)).await.unwrap().unwrap().permission;
    assert_eq!(signed().await, Permission::Unknown);
    let mut write = desk.store.write().await.unwrap();
    for table in [DetailTable::Agreements, DetailTable::Documents, DetailTable::Reports] {
        write.settle_detail(ClientId(1), table, 1).await.unwrap();
    }
    write.details_read(ClientId(1), 1).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(signed().await, Permission::Unsigned);
    let agreement = Agreement {
        id: AgreementId(3),
        client: ClientId(1),
        name: "Service".into(),
        kind: "service".into(),
        signed: Some("2026-01-02T03:04:05Z".parse().unwrap()),
        created: Some("2026-01-01T03:04:05Z".parse().unwrap()),
        attachment: None,
    };
    let mut write = desk.store.write().await.unwrap();
    write.put_agreements(&[sent(agreement.clone())], 1).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(signed().await, Permission::Signed("2026-01-02T03:04:05Z".parse().unwrap()));
    assert_eq!(desk.store.agreements_of(ClientId(1)).await.unwrap(), [agreement]);
    desk.store.close().await;
}

#[tokio::test]
async fn a_row_leaves_only_after_two_complete_walks_without_it() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "A"), client(2, "Bea", "B")], 1).await;
    for (walk, left) in [(2, vec![1, 2]), (3, vec![1])] {
        put(&desk.store, vec![client(1, "Ana", "A")], walk).await;
        let mut write = desk.store.write().await.unwrap();
        write.settle_walk(Resource::Clients, walk).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(found(&desk.store, "").await, left, "after walk {walk}");
    }
    assert!(found(&desk.store, "bea").await.is_empty());
    desk.store.close().await;
}

#[tokio::test]
async fn a_row_that_comes_back_between_two_absences_stays() {
    let desk = desk().await;
    for (walk, there) in [(1, true), (2, false), (3, true), (4, false)] {
        if there {
            put(&desk.store, vec![client(1, "Ana", "A")], walk).await;
        }
        let mut write = desk.store.write().await.unwrap();
        write.settle_walk(Resource::Clients, walk).await.unwrap();
        write.commit().await.unwrap();
    }
    assert_eq!(found(&desk.store, "").await, [1]);
    desk.store.close().await;
}

#[tokio::test]
async fn the_place_of_a_pull_and_its_parked_rows_survive() {
    let desk = desk().await;
    let pull = Pull { walk: 4, next_page: 3, received: 200, total: Some(950), done: false };
    let mut write = desk.store.write().await.unwrap();
    write.set_pull(Resource::Notes, pull).await.unwrap();
    write.park(Resource::Notes, &[("{\"odd\":1}".into(), "id: missing".into())], 4).await.unwrap();
    write.commit().await.unwrap();
    desk.store.close().await;
    let again = Store::open(&desk.folder.path().join("desk.db"), &DatabaseKey::new(KEY)).await.unwrap();
    assert_eq!(again.pull(Resource::Notes).await.unwrap(), Some(pull));
    assert_eq!(again.pull(Resource::Clients).await.unwrap(), None);
    assert_eq!((again.parked().await.unwrap(), again.seen(Resource::Notes, 4).await.unwrap()), (1, 1));
    let mut write = again.write().await.unwrap();
    write.settle_walk(Resource::Notes, 5).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(again.parked().await.unwrap(), 0, "the next walk no longer saw it");
    desk.store.close().await;
}

#[tokio::test]
async fn what_was_read_client_by_client_leaves_with_the_client() {
    let desk = desk().await;
    put(&desk.store, vec![client(1, "Ana", "García")], 1).await;
    let agreement = Agreement {
        id: AgreementId(3),
        client: ClientId(1),
        name: "Service".into(),
        kind: "service".into(),
        signed: None,
        created: None,
        attachment: None,
    };
    let mut write = desk.store.write().await.unwrap();
    write.put_agreements(&[sent(agreement)], 1).await.unwrap();
    write.commit().await.unwrap();
    for (walk, left) in [(2, 1), (3, 0)] {
        let mut write = desk.store.write().await.unwrap();
        write.settle_walk(Resource::Clients, walk).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(desk.store.agreements_of(ClientId(1)).await.unwrap().len(), left, "walk {walk}");
    }
    desk.store.close().await;
}

#[tokio::test]
async fn a_write_that_is_dropped_leaves_no_trace() {
    let desk = desk().await;
    let mut write = desk.store.write().await.unwrap();
    write.put_clients(&[sent(client(1, "Ana", "A"))], 1).await.unwrap();
    drop(write);
    assert!(found(&desk.store, "").await.is_empty());
    desk.store.close().await;
}

fn letter(id: &str, prepared: &str) -> KeptLetter {
    KeptLetter {
        record: LetterRecord {
            letter: Letter {
                id: LetterId(id.into()),
                client: ClientId(1),
                recipient: Recipient {
                    kind: RecipientKind::Bureau(Bureau::Equifax),
                    name: "Equifax".into(),
                    address: Some(PostalAddress {
                        street: "P.O. Box 1".into(),
                        city: "Atlanta".into(),
                        state: "GA".into(),
                        zip: "30374".into(),
                    }),
                    fax_number: None,
                },
                items: vec![(ItemId("5".into()), InstructionId(2))],
                dated: "2026-03-05".parse().unwrap(),
                pages: 2,
                state: LetterState::Prepared,
                prepared: prepared.parse().unwrap(),
                printed: None,
                provenance: Provenance {
                    template: TemplateId(1),
                    template_name: "Bureau dispute".into(),
                    template_hash: "aa".into(),
                    seed: u64::MAX,
                    data_hash: "bb".into(),
                    engine: "1".into(),
                    pdf_hash: hex::encode(Sha256::digest(PAGES)),
                    author: "Ada".into(),
                },
            },
            client_name: "Ana García".into(),
            items: vec![KeptItem {
                item: ItemId("5".into()),
                instruction: InstructionId(2),
                account_name: "ACCOUNT 5".into(),
                reason: "Not mine.".into(),
                facts_hash: Some("dd".into()),
            }],
            unsigned_override: Some("signed on paper".into()),
            window: Some([1.0, 2.5, 3.25, 0.5]),
            findings: vec![MadeFinding { rule: Rule::Wording, message: "a <blink> was rendered as text".into() }],
            fingerprint: Some(vec![1, 0, 0, 0]),
            client_hash: Some("ee".into()),
            reviewed: None,
            sent: None,
            saved: None,
            enclosures: 1,
            reworded: None,
        },
        enclosures: vec![KeptEnclosure {
            document: DocumentId("d1".into()),
            name: "Driver license".into(),
            hash: "ee".into(),
        }],
        pdf: PAGES.to_vec(),
        wording: "<p>Dear Equifax</p>".into(),
    }
}

#[tokio::test]
async fn pages_that_are_not_those_of_the_letter_are_damage() {
    let desk = desk().await;
    let mut lost = letter("a", "2026-03-05T10:00:00Z");
    lost.pdf.push(0);
    let mut write = desk.store.write().await.unwrap();
    write.add_letter(&lost).await.unwrap();
    write.commit().await.unwrap();
    let read = desk.store.letter_pdf(&LetterId("a".into())).await;
    assert!(matches!(read, Err(StoreError::Unreadable("letter_pdfs.pdf"))), "{read:?}");
    assert_eq!(desk.store.letter_pdf(&LetterId("b".into())).await.unwrap(), None);
    desk.store.close().await;
}

#[tokio::test]
async fn letters_come_back_whole_newest_first_and_move_by_compare_and_swap() {
    let desk = desk().await;
    let (old, new) = (letter("a", "2026-03-05T10:00:00Z"), letter("b", "2026-03-05T10:00:00.5Z"));
    let mut write = desk.store.write().await.unwrap();
    write.put_items(&[sent(item("5", 1, 50))], 1).await.unwrap();
    for kept in [&old, &new] {
        write.add_letter(kept).await.unwrap();
    }
    write.commit().await.unwrap();
    assert_eq!(desk.store.letters(None, false).await.unwrap(), [new.record.clone(), old.record.clone()]);
    assert_eq!(desk.store.letters(Some(ClientId(2)), true).await.unwrap(), []);
    assert_eq!(desk.store.letter_pdf(&LetterId("a".into())).await.unwrap().unwrap(), old.pdf);
    assert_eq!(desk.store.items_of(ClientId(1)).await.unwrap()[0].letters, 2);

    let now: Timestamp = "2026-03-06T08:00:00Z".parse().unwrap();
    let id = LetterId("a".into());
    let mut write = desk.store.write().await.unwrap();
    assert!(write.move_letter(&id, LetterState::Prepared, LetterState::Printed, now).await.unwrap());
    assert!(!write.move_letter(&id, LetterState::Prepared, LetterState::Discarded, now).await.unwrap());
    write.mark_letter_saved(&LetterId("b".into()), now).await.unwrap();
    write.commit().await.unwrap();
    let printed = desk.store.letter(&id).await.unwrap().unwrap();
    assert_eq!((printed.letter.state, printed.letter.printed), (LetterState::Printed, Some(now)));
    assert_eq!(desk.store.count_letters_unprinted().await.unwrap(), 0);
    desk.store.close().await;
}

#[tokio::test]
async fn a_letter_that_is_reworded_has_new_bytes_and_lost_its_review() {
    let desk = desk().await;
    let (one, id) = (letter("a", "2026-03-05T10:00:00Z"), LetterId("a".into()));
    let at = "2026-03-07T10:00:00Z".parse::<Timestamp>().unwrap();
    let review =
        Review { channel: ReviewChannel::InPerson, on: "2026-03-07".parse().unwrap(), recorded: at, by: "Ada".into() };
    let reworded = |changed: Option<&str>, pdf: &[u8]| Reworded {
        changed: changed.map(|text| (text.to_owned(), at, "Bo".to_owned())),
        pdf: pdf.to_vec(),
        pdf_hash: hex::encode(Sha256::digest(pdf)),
        engine: "2".into(),
        pages: 3,
        findings: Vec::new(),
        fingerprint: vec![2],
    };
    let was = one.record.letter.provenance.pdf_hash.clone();
    let mut write = desk.store.write().await.unwrap();
    write.add_letter(&one).await.unwrap();
    write.set_letter_review(&id, Some(&review)).await.unwrap();
    let new = reworded(Some("<p>Dear all</p>"), b"new pages");
    assert!(!write.reword_letter(&id, "other bytes", &new).await.unwrap());
    assert!(write.reword_letter(&id, &was, &new).await.unwrap());
    write.commit().await.unwrap();
    assert_eq!(desk.store.letter_pdf(&id).await.unwrap().unwrap(), b"new pages");
    let record = desk.store.letter(&id).await.unwrap().unwrap();
    assert_eq!((record.reworded, record.reviewed, record.letter.pages), (Some((at, "Bo".into())), None, 3));
    let text = desk.store.letter_wording(&id).await.unwrap().unwrap();
    assert_eq!((text.made.as_str(), &text.findings), ("<p>Dear Equifax</p>", &one.record.findings));
    assert_eq!(text.changed.unwrap().0, "<p>Dear all</p>");

    let run = PrintRun {
        id: "x".into(),
        number: 0,
        reprint_of: None,
        paper: PaperChoice { printer: "Office".into(), tray: None, duplex: false, copies: 1 },
        state: PrintRunState::Printing,
        job: None,
        failure: None,
        started: at,
        by: "Ada".into(),
        letters: vec![PrintedLetter { letter: id.clone(), pages: 3, came_out: None }],
    };
    let mut write = desk.store.write().await.unwrap();
    write.add_print_run(&run).await.unwrap();
    assert!(!write.reword_letter(&id, &new.pdf_hash, &reworded(None, PAGES)).await.unwrap(), "it may be on paper");
    write.move_print_run("x", PrintRunState::Cancelled, None, None).await.unwrap();
    assert!(write.reword_letter(&id, &new.pdf_hash, &reworded(None, PAGES)).await.unwrap());
    assert!(write.move_letter(&id, LetterState::Prepared, LetterState::Printed, at).await.unwrap());
    assert!(!write.reword_letter(&id, &was, &new).await.unwrap(), "a printed letter says what was printed");
    write.commit().await.unwrap();
    assert_eq!(desk.store.letter(&id).await.unwrap().unwrap().reworded, None);
    desk.store.close().await;
}

#[tokio::test]
async fn what_is_recorded_of_a_letter_comes_back_and_can_be_taken_back() {
    let desk = desk().await;
    let (one, other) = (letter("a", "2026-03-05T10:00:00Z"), letter("b", "2026-03-06T10:00:00Z"));
    let (id, at) = (LetterId("a".into()), "2026-03-07T10:00:00Z".parse::<Timestamp>().unwrap());
    let on = "2026-03-07".parse().unwrap();
    let review = Review { channel: ReviewChannel::InPerson, on, recorded: at, by: "Ada".into() };
    let over =
        Override { rule: Rule::DisputeOpen, subject: "5 x".into(), reason: "new facts".into(), at, by: "Ada".into() };
    let exclusion = |id: &str, scope| Exclusion {
        id: id.into(),
        client: ClientId(1),
        scope,
        reason: "paid".into(),
        at,
        by: "Ada".into(),
    };
    let exclusions = [
        exclusion("1", ExclusionScope::Item(ItemId("5".into()))),
        exclusion("2", ExclusionScope::LatePayment { item: ItemId("5".into()), payment: "May 2025".into() }),
        exclusion("3", ExclusionScope::Bureau(Bureau::Experian)),
        exclusion("4", ExclusionScope::Creditor("CHASE".into())),
    ];
    let mut write = desk.store.write().await.unwrap();
    for kept in [&one, &other] {
        write.add_letter(kept).await.unwrap();
    }
    write.set_letter_review(&id, Some(&review)).await.unwrap();
    write.add_letter_override(&id, &over).await.unwrap();
    for exclusion in &exclusions {
        write.add_exclusion(exclusion).await.unwrap();
    }
    write.open_follow_up(&id, SentBy::Mail, on, at).await.unwrap();
    write.open_follow_up(&id, SentBy::Fax, "2026-04-01".parse().unwrap(), at).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(desk.store.letter_review(&id).await.unwrap(), Some(review));
    assert_eq!(desk.store.letter_overrides(&id).await.unwrap(), [over]);
    assert_eq!(desk.store.exclusions_of(ClientId(1)).await.unwrap(), exclusions);
    let record = desk.store.letter(&id).await.unwrap().unwrap();
    assert_eq!(record.reviewed, Some((ReviewChannel::InPerson, on, "Ada".into())));
    assert_eq!(record.sent, Some(on), "the first day of going out stays");

    let (b, client) = (LetterId("b".into()), ClientId(1));
    let said = desk.store.said_before(&b, client, RecipientKind::Bureau(Bureau::Equifax)).await.unwrap();
    assert_eq!((said.len(), said[0].sent, said[0].facts_hash.as_deref()), (1, Some(on), Some("dd")));
    let elsewhere = desk.store.said_before(&b, client, RecipientKind::Bureau(Bureau::Experian)).await.unwrap();
    assert_eq!(elsewhere, []);

    let mut write = desk.store.write().await.unwrap();
    write.set_follow_up(&id, Some("2026-03-10".parse().unwrap()), true).await.unwrap();
    assert!(write.set_outcome(&id, &ItemId("5".into()), Some(Outcome::Verified), at, "Ada").await.unwrap());
    assert!(!write.set_outcome(&id, &ItemId("6".into()), Some(Outcome::Verified), at, "Ada").await.unwrap());
    write.set_letter_review(&id, None).await.unwrap();
    write.drop_letter_override(&id, Rule::DisputeOpen, "5 x").await.unwrap();
    assert!(write.drop_exclusion("1").await.unwrap());
    write.commit().await.unwrap();
    assert_eq!(desk.store.letter_review(&id).await.unwrap(), None);
    assert_eq!(desk.store.letter_overrides(&id).await.unwrap(), []);
    assert_eq!(desk.store.exclusions_of(ClientId(1)).await.unwrap(), exclusions[1..]);
    assert_eq!(desk.store.follow_ups(None, false).await.unwrap(), []);
    let closed = desk.store.follow_ups(Some(ClientId(1)), true).await.unwrap();
    assert_eq!(closed[0].items[0].outcome, Some(Outcome::Verified));
    assert_eq!((closed[0].received, closed[0].extended), (Some("2026-03-10".parse().unwrap()), true));
    assert_eq!(desk.store.follow_up(&id).await.unwrap().as_ref(), closed.first());
    let history = &desk.store.item_histories(ClientId(1)).await.unwrap()[&ItemId("5".into())];
    assert_eq!((history.rounds, history.last_outcome, history.awaited), (1, Some(Outcome::Verified), false));
    desk.store.close().await;
}

#[tokio::test]
async fn what_is_due_is_counted_whole_and_listed_in_part_by_the_days_that_the_answers_have() {
    let desk = desk().await;
    let at = "2026-03-07T10:00:00Z".parse::<Timestamp>().unwrap();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let mut write = desk.store.write().await.unwrap();
    // By mail and by fax, received and not, with the longer period and without: each has its own last day.
    for (number, (by, sent, received, extended)) in [
        (SentBy::Mail, "2026-03-02", None, false),
        (SentBy::Mail, "2026-03-02", Some("2026-03-20"), false),
        (SentBy::Fax, "2026-03-02", None, false),
        (SentBy::Mail, "2026-02-27", Some("2026-02-28"), true),
        (SentBy::Fax, "2026-03-30", None, true),
        (SentBy::Mail, "2026-03-01", None, false),
    ]
    .into_iter()
    .enumerate()
    {
        let id = LetterId(format!("l{number}"));
        write.add_letter(&letter(&id.0, "2026-03-01T10:00:00Z")).await.unwrap();
        write.open_follow_up(&id, by, day(sent), at).await.unwrap();
        write.set_follow_up(&id, received.map(day), extended).await.unwrap();
    }
    assert!(
        write
            .set_outcome(&LetterId("l5".into()), &ItemId("5".into()), Some(Outcome::Deleted), at, "Ada")
            .await
            .unwrap()
    );
    write.commit().await.unwrap();
    let mut awaited = desk.store.follow_ups(None, false).await.unwrap();
    awaited.sort_by_key(|follow_up| (follow_up.due(), follow_up.sent, follow_up.letter.0.clone()));
    assert_eq!(awaited.len(), 5, "what is answered is not awaited");
    for until in ["2026-03-31", "2026-04-01", "2026-04-05", "2026-04-06", "2026-04-14", "2026-05-14"].map(day) {
        let due: Vec<_> = awaited.iter().filter(|follow_up| follow_up.due() <= until).cloned().collect();
        let overdue = awaited.iter().filter(|follow_up| follow_up.due() < until).count();
        let counts = desk.store.count_awaited(until, until).await.unwrap();
        assert_eq!(
            (counts.awaited, counts.due as usize, counts.overdue as usize),
            (5, due.len(), overdue),
            "until {until}"
        );
        assert_eq!(desk.store.follow_ups_due(until, 100).await.unwrap(), due, "until {until}");
        let most = 2.min(due.len());
        assert_eq!(desk.store.follow_ups_due(until, 2).await.unwrap(), due[..most], "the most overdue first");
    }
    desk.store.close().await;
}

#[tokio::test]
async fn letters_that_wait_are_counted_whole_and_listed_the_oldest_first() {
    let desk = desk().await;
    let at = "2026-03-07T10:00:00Z".parse::<Timestamp>().unwrap();
    let id = |text: &str| LetterId(text.into());
    let mut write = desk.store.write().await.unwrap();
    for (name, hour) in
        [("late", 12), ("early", 8), ("reviewed", 9), ("sent", 7), ("saved", 7), ("gone", 7), ("out", 7)]
    {
        write.add_letter(&letter(name, &format!("2026-03-05T{hour:02}:00:00Z"))).await.unwrap();
    }
    let on = "2026-03-07".parse().unwrap();
    let review = Review { channel: ReviewChannel::InPerson, on, recorded: at, by: "Ada".into() };
    write.set_letter_review(&id("reviewed"), Some(&review)).await.unwrap();
    write.open_follow_up(&id("sent"), SentBy::Fax, on, at).await.unwrap();
    write.mark_letter_saved(&id("saved"), at).await.unwrap();
    write.move_letter(&id("gone"), LetterState::Prepared, LetterState::Discarded, at).await.unwrap();
    write.move_letter(&id("out"), LetterState::Prepared, LetterState::Printed, at).await.unwrap();
    write.commit().await.unwrap();
    for (which, names) in [
        (None, &["early", "reviewed", "late"][..]),
        (Some(false), &["early", "late"][..]),
        (Some(true), &["reviewed"][..]),
    ] {
        let listed = desk.store.letters_waiting(which, 100).await.unwrap();
        assert_eq!(listed.iter().map(|record| record.letter.id.0.as_str()).collect::<Vec<_>>(), names, "{which:?}");
        assert!(listed.iter().all(|record| record.items.len() == 1));
        assert_eq!(desk.store.count_letters_waiting(which).await.unwrap() as usize, names.len(), "{which:?}");
    }
    assert_eq!(desk.store.letters_waiting(None, 2).await.unwrap().len(), 2);
    desk.store.close().await;
}

#[tokio::test]
async fn print_runs_are_numbered_and_one_that_was_cut_short_asks_what_came_out() {
    let desk = desk().await;
    let at = "2026-03-07T10:00:00Z".parse::<Timestamp>().unwrap();
    let run = |id: &str| PrintRun {
        id: id.into(),
        number: 0,
        reprint_of: None,
        paper: PaperChoice { printer: "Office".into(), tray: Some("Upper".into()), duplex: true, copies: 2 },
        state: PrintRunState::Printing,
        job: None,
        failure: None,
        started: at,
        by: "Ada".into(),
        letters: vec![PrintedLetter { letter: LetterId("a".into()), pages: 2, came_out: None }],
    };
    let mut write = desk.store.write().await.unwrap();
    write.add_letter(&letter("a", "2026-03-05T10:00:00Z")).await.unwrap();
    assert_eq!(write.add_print_run(&run("x")).await.unwrap(), 1);
    assert_eq!(write.add_print_run(&run("y")).await.unwrap(), 2);
    write.move_print_run("y", PrintRunState::Printed, Some("Office-7"), None).await.unwrap();
    write.set_came_out("y", &LetterId("a".into()), false).await.unwrap();
    write.commit().await.unwrap();
    let mut write = desk.store.write().await.unwrap();
    assert_eq!(write.recover_print_runs().await.unwrap(), 1);
    write.commit().await.unwrap();
    let runs = desk.store.print_runs(10).await.unwrap();
    assert_eq!(runs.iter().map(|run| run.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((runs[0].job.as_deref(), runs[0].letters[0].came_out), (Some("Office-7"), Some(false)));
    assert_eq!(runs[1].state, PrintRunState::Printed);
    assert!(runs[1].failure.is_some());
    assert_eq!(desk.store.print_run("x").await.unwrap().unwrap(), PrintRun { number: 1, ..runs[1].clone() });
    desk.store.close().await;
}

#[tokio::test]
async fn values_by_name_are_set_replaced_and_removed() {
    let desk = desk().await;
    for value in [Some("1"), Some("2"), None] {
        let mut write = desk.store.write().await.unwrap();
        write.set_meta("token", value).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(desk.store.meta("token").await.unwrap().as_deref(), value);
    }
    desk.store.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_not_overwritten() {
    let folder = TempDir::new().unwrap();
    let path: &Path = &folder.path().join("desk.db");
    std::fs::write(path, vec![b'x'; 8192]).unwrap();
    assert!(matches!(Store::open(path, &DatabaseKey::new(KEY)).await, Err(StoreError::NotReadable)));
    assert_eq!(std::fs::read(path).unwrap(), vec![b'x'; 8192]);
}
