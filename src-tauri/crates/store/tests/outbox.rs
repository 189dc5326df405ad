//! The outbox table: nothing overwritten, nothing forgotten, no bytes kept longer than needed.
//!
//! Each test closes its cache: a process that ends while a connection is still closing loses the cipher's library under it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::outbox::{
    Attempt, Decision, DocumentBase, DocumentFile, FaxTo, FileRef, Intent, IntentKind, NoteBase, OutboxRow,
    OutboxState, Rules, Trouble, TroubleKind,
};
use domain::{
    AttachmentId, ClientChange, ClientField, ClientId, DocumentId, GoalId, IntentId, ItemId, LetterId, NoteId,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{DatabaseKey, OutboxEntry, OutboxFilter, PIECE, Store};
use tempfile::TempDir;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

async fn store() -> (TempDir, Store) {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([1; 32])).await.unwrap();
    (folder, store)
}

fn file(hash: &str) -> FileRef {
    let caption = Some("Letter".to_owned());
    FileRef { hash: hash.into(), name: "letter.pdf".into(), kind: "application/pdf".into(), size: 9, caption }
}

fn to() -> FaxTo {
    FaxTo::Furnisher("Quillmark Bank".into())
}

/// One of every kind.
fn every_kind() -> Vec<Intent> {
    let document = || DocumentFile { file: file("doc"), kind: "id".into(), subkind: Some("utility_bills".into()) };
    let base = || NoteBase { note: NoteId(4), text: "Before.".into() };
    let item = || Some(ItemId("77".into()));
    vec![
        Intent::Fax {
            file: file("fax"),
            number: "8885550100".into(),
            to: to(),
            item: item(),
            letter: Some(LetterId("l1".into())),
        },
        Intent::Email { to: "a@b.c".into(), subject: "S".into(), body: "B".into(), item: item() },
        Intent::Sms { number: "3025550100".into(), body: "B".into(), item: None },
        Intent::PostalLetter { content: "C".into(), address: "A".into(), item: None },
        Intent::RecordFax { file: None, number: "1".into(), to: FaxTo::Recipient("Equifax".into()) },
        Intent::AddDocument(document()),
        Intent::FileLetter { letter: LetterId("l1".into()), document: document() },
        Intent::ReplaceDocument {
            base: DocumentBase { document: DocumentId("5".into()), file: Some(AttachmentId(8)) },
            file: file("new"),
        },
        Intent::DeleteDocument { base: DocumentBase { document: DocumentId("5".into()), file: None } },
        Intent::LinkAttachment { attachment: AttachmentId(6), entity: "client".into(), entity_id: 1 },
        Intent::UnlinkAttachment { attachment: AttachmentId(6), entity: "client".into(), entity_id: 1 },
        Intent::CreateNote { text: "Called: 5 o'clock \u{1f4de}".into() },
        Intent::UpdateNote { base: base(), text: "After.".into() },
        Intent::DeleteNote { base: base() },
        Intent::UpdateClient {
            changes: vec![ClientChange { field: ClientField::MailingZip, from: String::new(), to: "02108".into() }],
        },
        Intent::AssignGoals { goals: vec![GoalId(1), GoalId(2)] },
        Intent::RemoveGoals { goals: vec![] },
        Intent::CreateAgreement { name: "N".into(), kind: "K".into(), signed: Some(at(5)), file: Some(file("signed")) },
    ]
}

fn row(id: &str, client: i64, intent: Intent) -> OutboxRow {
    OutboxRow::new(IntentId(id.into()), ClientId(client), intent, at(0))
}

async fn enqueue(store: &Store, rows: &[OutboxRow]) {
    let mut write = store.write().await.unwrap();
    write.enqueue(rows).await.unwrap();
    write.commit().await.unwrap();
}

async fn save(store: &Store, row: &OutboxRow) -> bool {
    let mut write = store.write().await.unwrap();
    let saved = write.save_outbox_row(row).await.unwrap();
    write.commit().await.unwrap();
    saved
}

async fn rows(store: &Store, over: bool) -> Vec<OutboxRow> {
    let entries = store.outbox(OutboxFilter { over, ..OutboxFilter::default() }).await.unwrap();
    entries.into_iter().filter_map(OutboxEntry::row).collect()
}

#[tokio::test]
async fn every_kind_comes_back_as_it_was_queued() {
    let (_folder, store) = store().await;
    let queued: Vec<OutboxRow> =
        every_kind().into_iter().enumerate().map(|(n, intent)| row(&format!("i{n}"), 1, intent)).collect();
    assert_eq!(queued.len(), IntentKind::ALL.len());
    enqueue(&store, &queued).await;
    assert_eq!(rows(&store, false).await, queued);
    let of_letter = store.outbox_of_letter(&LetterId("l1".into())).await.unwrap();
    assert_eq!(of_letter.iter().map(|entry| entry.id().0.as_str()).collect::<Vec<_>>(), ["i0", "i6"]);
    store.close().await;
}

#[tokio::test]
async fn a_row_with_everything_on_it_comes_back_too() {
    let (_folder, store) = store().await;
    let fresh = row("a", 1, every_kind().remove(0));
    enqueue(&store, std::slice::from_ref(&fresh)).await;
    let rules = Rules::default();
    let uploaded = Attempt::Accepted { server_id: None, attachment: Some(AttachmentId(7)) };
    let mut trouble = Trouble::new(TroubleKind::Conflict, "changed");
    trouble.fields.insert("note_text".into(), vec!["Required.".into()]);
    trouble.theirs = Some("Theirs.".into());
    trouble.their_values.insert("email".into(), "theirs@example.com".into());
    let steps: Vec<OutboxRow> = {
        let begun = fresh.begin(at(1)).unwrap();
        let queued = begun.attempted(uploaded, at(2), &rules, 0);
        let again = queued.begin(at(3)).unwrap();
        let lost = again.attempted(Attempt::Lost("timed out".into()), at(4), &rules, 0);
        let sent_again = lost.settled(Decision::SendAgain, at(5)).unwrap();
        let sending = sent_again.begin(at(6)).unwrap();
        let refused = sending.attempted(Attempt::Refused(trouble), at(7), &rules, 0);
        vec![begun, queued, again, lost, sent_again, sending, refused]
    };
    for step in steps {
        assert!(save(&store, &step).await);
        assert_eq!(rows(&store, false).await, std::slice::from_ref(&step), "{:?}", step.state);
    }
    store.close().await;
}

#[tokio::test]
async fn two_changes_never_overwrite_each_other() {
    let (_folder, store) = store().await;
    let fresh = row("a", 1, every_kind().remove(1));
    enqueue(&store, std::slice::from_ref(&fresh)).await;
    assert!(save(&store, &fresh.begin(at(1)).unwrap()).await);
    assert!(!save(&store, &fresh.cancelled().unwrap()).await, "it is being sent");
    assert_eq!(rows(&store, false).await[0].state, OutboxState::Sending);
    store.close().await;
}

#[tokio::test]
async fn the_heads_are_the_first_rows_of_the_lanes_oldest_lane_first() {
    let (_folder, store) = store().await;
    let note = |id: &str, client| row(id, client, Intent::CreateNote { text: id.into() });
    let first = note("b1", 2);
    enqueue(&store, &[first.clone(), note("a1", 1), note("b2", 2), note("a2", 1)]).await;
    let heads = async || -> Vec<String> {
        store.outbox_heads().await.unwrap().into_iter().map(|entry| entry.id().0.clone()).collect()
    };
    assert_eq!(heads().await, ["b1", "a1"]);
    assert!(save(&store, &first.cancelled().unwrap()).await);
    assert_eq!(heads().await, ["a1", "b2"]);
    assert_eq!(rows(&store, true).await.len(), 4, "what is over stays on record");
    store.close().await;
}

#[tokio::test]
async fn a_row_of_an_unknown_kind_stays_blocks_its_lane_and_is_counted() {
    let (_folder, store) = store().await;
    enqueue(&store, &[row("a", 1, every_kind().remove(1)), row("b", 1, every_kind().remove(2))]).await;
    let mut write = store.write().await.unwrap();
    write.make_outbox_row_unknown(&IntentId("a".into())).await.unwrap();
    write.commit().await.unwrap();
    match store.outbox_heads().await.unwrap().as_slice() {
        [OutboxEntry::Parked(parked)] => assert_eq!((parked.id.0.as_str(), parked.kind.as_str()), ("a", "gift")),
        other => panic!("{other:?}"),
    }
    let counts = store.outbox_counts().await.unwrap();
    assert_eq!((counts.waiting, counts.trouble), (1, 1));
    store.close().await;
}

#[tokio::test]
async fn what_is_paused_is_counted_apart_and_survives_with_the_cache() {
    let (_folder, store) = store().await;
    let (one, other) = (row("a", 1, every_kind().remove(1)), row("b", 1, every_kind().remove(2)));
    enqueue(&store, &[one.clone(), other]).await;
    assert!(save(&store, &one.paused().unwrap()).await);
    assert!(!save(&store, &one.begin(at(1)).unwrap()).await, "whoever saw it before the pause begins nothing");
    assert!(!store.sending_is_paused().await.unwrap());
    let mut write = store.write().await.unwrap();
    write.set_sending_paused(true).await.unwrap();
    write.commit().await.unwrap();
    let path = store.path().to_owned();
    store.close().await;
    let again = Store::open(&path, &DatabaseKey::new([1; 32])).await.unwrap();
    let counts = again.outbox_counts().await.unwrap();
    assert_eq!((counts.waiting, counts.trouble, counts.paused, counts.unsent()), (1, 0, 1, 2));
    assert!(rows(&again, false).await[0].paused && again.sending_is_paused().await.unwrap());
    again.close().await;
}

#[tokio::test]
async fn a_start_finds_what_was_being_sent_and_changes_nothing_else() {
    let (_folder, store) = store().await;
    let (fax, note) = (row("a", 1, every_kind().remove(0)), row("b", 2, every_kind().remove(11)));
    enqueue(&store, &[fax.clone(), note.clone()]).await;
    assert!(save(&store, &note.begin(at(1)).unwrap()).await);
    let mut write = store.write().await.unwrap();
    assert_eq!(write.recover_outbox(at(9), &Rules::default()).await.unwrap(), 1);
    write.commit().await.unwrap();
    let after = rows(&store, false).await;
    assert_eq!((after[0].state, after[1].state), (OutboxState::Queued, OutboxState::Unknown));
    store.close().await;
}

#[tokio::test]
async fn the_bytes_of_a_file_stay_while_a_row_needs_them_and_no_longer() {
    let (_folder, store) = store().await;
    let bytes: Vec<u8> = (0..PIECE * 2 + 5).map(|n| (n % 251) as u8).collect();
    let (one, two) = (row("a", 1, every_kind().remove(0)), row("b", 1, every_kind().remove(0)));
    let mut write = store.write().await.unwrap();
    write.keep_outbox_file("fax", &bytes).await.unwrap();
    write.keep_outbox_file("fax", &bytes).await.unwrap();
    write.enqueue(&[one.clone(), two.clone()]).await.unwrap();
    write.commit().await.unwrap();
    let mut kept = Vec::new();
    for position in 0.. {
        let Some(piece) = store.outbox_piece("fax", position).await.unwrap() else { break };
        kept.extend(piece);
    }
    assert!(kept == bytes);
    assert!(save(&store, &one.cancelled().unwrap()).await);
    assert!(store.outbox_piece("fax", 0).await.unwrap().is_some());
    assert!(save(&store, &two.cancelled().unwrap()).await);
    assert!(store.outbox_piece("fax", 0).await.unwrap().is_none());
    store.close().await;
}

#[tokio::test]
async fn a_file_is_whole_while_its_pieces_are_those_its_hash_was_taken_of() {
    let (_folder, store) = store().await;
    let bytes = vec![7; PIECE + 1];
    let hash = hex::encode(Sha256::digest(&bytes));
    let mut write = store.write().await.unwrap();
    write.keep_outbox_piece(&hash, 0, &bytes[..PIECE]).await.unwrap();
    write.commit().await.unwrap();
    assert!(!store.outbox_file_is_whole(&hash).await.unwrap(), "its end is missing");
    let mut write = store.write().await.unwrap();
    write.keep_outbox_piece(&hash, 1, &bytes[PIECE..]).await.unwrap();
    write.commit().await.unwrap();
    assert!(store.outbox_file_is_whole(&hash).await.unwrap());
    store.close().await;
}

#[tokio::test]
async fn what_other_rows_made_is_claimed() {
    let (_folder, store) = store().await;
    let note = row("a", 1, Intent::CreateNote { text: "x".into() });
    enqueue(&store, std::slice::from_ref(&note)).await;
    let accepted = Attempt::Accepted { server_id: Some("41".into()), attachment: None };
    let begun = note.begin(at(1)).unwrap();
    assert!(save(&store, &begun).await && save(&store, &begun.attempted(accepted, at(2), &Rules::default(), 0)).await);
    let claimed = async |client, kind| store.outbox_claimed(ClientId(client), kind).await.unwrap();
    assert_eq!(claimed(1, IntentKind::CreateNote).await, ["41"]);
    assert!(claimed(1, IntentKind::Fax).await.is_empty() && claimed(2, IntentKind::CreateNote).await.is_empty());
    store.close().await;
}
