//! The calls of the outbox to a portal, and reading them back: each kind against a practice portal in this process.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use domain::outbox::{
    Attempt, DocumentBase, DocumentFile, FaxTo, FileRef, Intent, Look, NotSent, NoteBase, OutboxRow, OutboxState,
    Rules, Step, TroubleKind,
};
use domain::{AttachmentId, ClientId, DocumentId, GoalId, IntentId, LetterId, NoteId};
use futures::TryStreamExt as _;
use jiff::SignedDuration;
use portal_api::auth::LoginRequest;
use portal_api::client_agreements::ListClientAgreementsQuery;
use portal_api::client_documents::DocumentSubkind;
use portal_api::correspondences::ListCorrespondencesQuery;
use portal_api::goals::Goal;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{Config, Portal, Record, Row};
use practice_portal::{Accepted, AcceptedKind, Action, Options, Rule, Running};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{DatabaseKey, Store};
use sync::outbox::{Journal, PortalRemote, Remote};
use tempfile::TempDir;

const CLIENT: ClientId = ClientId(1);
const OTHER: ClientId = ClientId(2);

/// A portal, and a desk's way to it.
struct Site {
    running: Running,
    remote: PortalRemote,
    told: Arc<Mutex<Vec<(String, u64, u64)>>>,
    _folder: TempDir,
}

impl Site {
    async fn new() -> Self {
        let running = practice_portal::serve(Options { clients: 4, seed: 3, ..Options::default() }).await.unwrap();
        let given = running.credentials();
        let portal =
            Portal::new(&Config::new(running.base_url().as_str(), given.api_key.into()).unwrap(), None).unwrap();
        let user = portal.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap().user.id;
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([7; 32])).await.unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let on_upload = {
            let told = Arc::clone(&told);
            Arc::new(move |id: &IntentId, sent, of| told.lock().unwrap().push((id.0.clone(), sent, of)))
        };
        Self { running, remote: PortalRemote { portal, store, user, on_upload }, told, _folder: folder }
    }

    /// A file in the cache, to be sent.
    async fn file(&self, words: &str) -> FileRef {
        let bytes = format!("%PDF-1.7\n% {words}\n%%EOF\n").into_bytes();
        let hash = hex(&bytes);
        let mut write = self.remote.store.write().await.unwrap();
        write.keep_outbox_file(&hash, &bytes).await.unwrap();
        write.commit().await.unwrap();
        let size = bytes.len() as u64;
        FileRef { hash, name: "scan.pdf".into(), kind: "application/pdf".into(), size, caption: Some("A scan".into()) }
    }

    /// A row whose call is written down now.
    fn row(&self, intent: Intent) -> OutboxRow {
        let now = self.running.now();
        OutboxRow { sent: Some(now), ..OutboxRow::new(IntentId("an-intent".into()), CLIENT, intent, now) }
    }

    /// A row of this intent whose call is written down in the cache, which knows the client's correspondence by now.
    async fn begun(&self, intent: Intent, key: &str) -> OutboxRow {
        let PortalRemote { portal, store, .. } = &self.remote;
        sync::refresh_correspondences(portal, store, CLIENT).await.unwrap();
        let queued = OutboxRow { id: IntentId(key.into()), sent: None, ..self.row(intent) };
        let begun = queued.begin(self.running.now()).unwrap();
        let mut write = store.write().await.unwrap();
        write.enqueue(&[queued]).await.unwrap();
        assert!(write.save_outbox_row(&begun).await.unwrap());
        write.commit().await.unwrap();
        begun
    }

    /// A row whose file is on the portal.
    async fn ready(&self, intent: Intent) -> OutboxRow {
        let row = self.row(intent);
        if row.step == Step::Act {
            return row;
        }
        let Attempt::Accepted { server_id: None, attachment: Some(file) } = self.remote.attempt(&row).await else {
            panic!("its file is taken: {row:?}");
        };
        OutboxRow { step: Step::Act, attachment: Some(file), ..row }
    }

    /// Sends a row that is taken; the portal's key of what was made.
    async fn sent(&self, row: &OutboxRow) -> Option<String> {
        match self.remote.attempt(row).await {
            Attempt::Accepted { server_id, attachment: None } => server_id,
            other => panic!("{:?} ended with {other:?}", row.intent.kind()),
        }
    }

    async fn look(&self, row: &OutboxRow, claimed: &[&str]) -> Look {
        let claimed: Vec<String> = claimed.iter().map(ToString::to_string).collect();
        self.remote.look(row, &claimed).await
    }

    async fn accepted(&self) -> Vec<Accepted> {
        self.running.accepted().await.unwrap()
    }

    /// A process that ends while a connection is still closing loses the cipher's library under it.
    async fn end(self) {
        self.remote.store.close().await;
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn document(file: FileRef) -> DocumentFile {
    DocumentFile { file, kind: "id".into(), subkind: Some("utility_bills".into()) }
}

fn email(to: &str, subject: &str) -> Intent {
    Intent::Email { to: to.into(), subject: subject.into(), body: "It is on its way.".into(), item: None }
}

fn sms(number: &str) -> Intent {
    Intent::Sms { number: number.into(), body: "Please send your ID.".into(), item: None }
}

fn postal(address: &str) -> Intent {
    Intent::PostalLetter { content: "To whom it may concern".into(), address: address.into(), item: None }
}

fn record(number: &str, file: Option<FileRef>) -> Intent {
    Intent::RecordFax { file, number: number.into(), to: FaxTo::Recipient("Equifax".into()) }
}

fn note(text: &str) -> Intent {
    Intent::CreateNote { text: text.into() }
}

fn agreement(name: &str, kind: &str, file: Option<FileRef>) -> Intent {
    let signed = "2026-11-10T15:00:00Z".parse().ok();
    Intent::CreateAgreement { name: name.into(), kind: kind.into(), signed, file }
}

fn fax(file: FileRef, to: FaxTo) -> Intent {
    Intent::Fax { file, number: "3025550101".into(), to, item: None, letter: None }
}

#[tokio::test]
async fn what_goes_with_a_file_of_its_own_is_known_by_it() {
    let site = Site::new().await;
    let mut cases: Vec<(Intent, AcceptedKind)> = Vec::new();
    for (number, to) in [FaxTo::Recipient("Equifax".into()), FaxTo::Furnisher("Midland".into())].into_iter().enumerate()
    {
        cases.push((fax(site.file(&format!("fax {number}")).await, to), AcceptedKind::Fax));
    }
    cases.push((record("3025550102", Some(site.file("record").await)), AcceptedKind::Record));
    cases.push((Intent::AddDocument(document(site.file("document").await)), AcceptedKind::Document));
    let (letter, file) = (LetterId("a-letter".into()), site.file("letter").await);
    cases.push((Intent::FileLetter { letter, document: document(file) }, AcceptedKind::Document));
    cases.push((agreement("Services", "service", Some(site.file("agreement").await)), AcceptedKind::Agreement));
    for (intent, kind) in cases {
        let row = site.row(intent.clone());
        assert!(matches!(site.look(&row, &[]).await, Look::Absent { .. }), "{kind:?} before its file went");
        let row = site.ready(intent).await;
        assert!(matches!(site.look(&row, &[]).await, Look::Absent { .. }), "{kind:?} before it went");
        let before = site.accepted().await.len();
        let id = site.sent(&row).await.expect("the portal tells the key");
        let accepted = site.accepted().await;
        let record = accepted.last().unwrap();
        assert_eq!((accepted.len(), record.kind, record.client_id), (before + 1, kind, Some(CLIENT.0)));
        assert_eq!(
            (record.record_id.to_string(), record.attachment_id),
            (id.clone(), row.attachment.map(|file| file.0))
        );
        let Look::Found { server_id, evidence } = site.look(&row, &[]).await else { panic!("{kind:?} is there") };
        assert_eq!(server_id, Some(id), "{evidence}");
        let another = OutboxRow { attachment: Some(AttachmentId(999_999)), ..row };
        assert!(matches!(site.look(&another, &[]).await, Look::Absent { .. }), "{kind:?} with another file");
    }
    site.end().await;
}

#[tokio::test]
async fn what_bears_no_mark_is_known_by_what_it_says_whose_it_is_and_its_age() {
    let site = Site::new().await;
    // Each kind, and the same with one thing that tells it from the first.
    let cases = [
        (
            email("a@example.com", "Hello"),
            vec![email("b@example.com", "Hello"), email("a@example.com", "Bye")],
            AcceptedKind::Email,
        ),
        (sms("3025550103"), vec![sms("3025550104")], AcceptedKind::Sms),
        (postal("1 Oak St, Miami"), vec![postal("2 Oak St, Miami")], AcceptedKind::Letter),
        (record("3025550105", None), vec![record("3025550106", None)], AcceptedKind::Record),
        (note("Called about the ID."), vec![note("Called about the bill.")], AcceptedKind::Note),
        (
            agreement("Terms", "service", None),
            vec![agreement("Other terms", "service", None), agreement("Terms", "privacy", None)],
            AcceptedKind::Agreement,
        ),
    ];
    // Where nothing was ever known, nothing tells an older message from the row's.
    site.sent(&site.row(sms("3025550199"))).await;
    for (intent, others, kind) in cases {
        let row = site.begun(intent.clone(), &format!("{kind:?}")).await;
        assert!(matches!(site.look(&row, &[]).await, Look::Absent { .. }), "{kind:?} before it went");
        let before = site.accepted().await.len();
        let id = site.sent(&row).await.expect("the portal tells the key");
        let accepted = site.accepted().await;
        assert_eq!((accepted.len(), accepted.last().unwrap().kind), (before + 1, kind));
        assert_eq!(accepted.last().unwrap().record_id.to_string(), id);
        let Look::Found { server_id, .. } = site.look(&row, &[]).await else { panic!("{kind:?} is there") };
        assert_eq!(server_id.as_ref(), Some(&id));

        assert!(matches!(site.look(&row, &[&id]).await, Look::Absent { .. }), "{kind:?} that another row has");
        let elsewhere = OutboxRow { client: OTHER, ..row.clone() };
        assert!(matches!(site.look(&elsewhere, &[]).await, Look::Absent { .. }), "{kind:?} of another client");
        for other in others {
            let other = OutboxRow { intent: other, ..row.clone() };
            assert!(matches!(site.look(&other, &[]).await, Look::Absent { .. }), "{kind:?} that says something else");
        }
        let age =
            |from: i64| OutboxRow { sent: Some(site.running.now() + SignedDuration::from_mins(from)), ..row.clone() };
        assert!(matches!(site.look(&age(9), &[]).await, Look::Found { .. }), "clocks differ a little");
        // The portal lists no age of a message: it is told from older ones by its key.
        let tells_age = matches!(kind, AcceptedKind::Note | AcceptedKind::Agreement);
        let never = |from| OutboxRow { sent: None, created: age(from).sent.unwrap(), ..row.clone() };
        for (wrong, old) in [(age(12), age(60 * 25)), (never(12), never(60 * 25))] {
            let (wrong, old) = (site.look(&wrong, &[]).await, site.look(&old, &[]).await);
            if tells_age {
                assert!(
                    matches!(&wrong, Look::Unclear { evidence } if evidence.contains(&id)),
                    "{kind:?}: a clock is wrong"
                );
                assert!(matches!(old, Look::Absent { .. }), "{kind:?} from long before");
            } else {
                assert!(matches!((wrong, old), (Look::Found { .. }, Look::Found { .. })), "{kind:?} has no age");
                let later = site.begun(intent.clone(), &format!("{kind:?} again")).await;
                assert!(matches!(site.look(&later, &[]).await, Look::Absent { .. }), "{kind:?} from before the call");
                let unknown = OutboxRow { id: IntentId("of no call".into()), ..row.clone() };
                let unclear = site.look(&unknown, &[]).await;
                assert!(matches!(unclear, Look::Unclear { .. }), "{kind:?} that may be an older one: {unclear:?}");
                break;
            }
        }

        let twin = site.sent(&row).await.unwrap();
        let Look::Unclear { evidence } = site.look(&row, &[]).await else { panic!("{kind:?} is there twice") };
        assert!(evidence.contains(&id) && evidence.contains(&twin), "{evidence}");
        let Look::Found { server_id, .. } = site.look(&row, &[&id]).await else { panic!("{kind:?}: the other is it") };
        assert_eq!(server_id, Some(twin));
    }
    site.end().await;
}

#[tokio::test]
async fn what_was_sent_from_elsewhere_while_a_row_could_not_leave_is_not_the_rows() {
    let site = Site::new().await;
    // Something is known, so that a bound can be.
    site.sent(&site.row(sms("3025550199"))).await;
    let begun = site.begun(sms("3025550103"), "an-intent").await;
    let store = &site.remote.store;
    let save = async |row: &OutboxRow| {
        let mut write = store.write().await.unwrap();
        assert!(write.save_outbox_row(row).await.unwrap());
        write.commit().await.unwrap();
    };
    let away = Attempt::NotSent(NotSent::Unreachable("no connection".into()));
    let waits = begun.attempted(away, site.running.now(), &Rules::default(), 0);
    save(&waits).await;
    site.sent(&site.row(sms("3025550103"))).await;
    sync::refresh_correspondences(&site.remote.portal, store, CLIENT).await.unwrap();

    let again = waits.begin(site.running.now()).unwrap();
    save(&again).await;
    assert!(matches!(site.look(&again, &[]).await, Look::Absent { .. }), "it is older than the call");
    // Once a call may have been taken, what came after it may be the row's, whenever it was read into the cache.
    let id = site.sent(&again).await.unwrap();
    sync::refresh_correspondences(&site.remote.portal, store, CLIENT).await.unwrap();
    let lost = again.attempted(Attempt::Lost("timed out".into()), site.running.now(), &Rules::default(), 0);
    save(&lost).await;
    let Look::Found { server_id, .. } = site.look(&lost, &[]).await else { panic!("it is there") };
    assert_eq!(server_id, Some(id));
    site.end().await;
}

#[tokio::test]
async fn everything_that_a_row_says_reaches_the_portal() {
    let site = Site::new().await;
    let portal = &site.remote.portal;
    let mine = ListNegativeItemsQuery { client_id: Some(CLIENT), ..ListNegativeItemsQuery::default() };
    let items: Vec<_> = portal.list_negative_items(&mine).rows().try_collect().await.unwrap();
    let about = items.into_iter().find_map(|row| read(row).id.clone());
    assert!(about.is_some(), "the client has an item");
    let kept = async |id: &str| {
        let query = ListCorrespondencesQuery { client_id: Some(CLIENT), ..ListCorrespondencesQuery::default() };
        let rows: Vec<_> = portal.list_correspondences(&query).rows().try_collect().await.unwrap();
        rows.into_iter().map(read).find(|one| one.id.map(|id| id.to_string()).as_deref() == Some(id)).unwrap()
    };

    for (to, name, value, other) in [
        (FaxTo::Recipient("Equifax".into()), "recipient", "Equifax", "furnisher"),
        (FaxTo::Furnisher("Midland".into()), "furnisher", "Midland", "recipient"),
    ] {
        let sent = Intent::Fax {
            file: site.file(name).await,
            number: "3025550101".into(),
            to: to.clone(),
            item: about.clone(),
            letter: None,
        };
        let recorded = Intent::RecordFax { file: None, number: "3025550102".into(), to };
        for (intent, item) in [(sent, about.clone()), (recorded, None)] {
            let row = site.ready(intent).await;
            let id = site.sent(&row).await.unwrap();
            if let (Some(file), Look::Found { evidence, .. }) = (row.attachment, site.look(&row, &[]).await) {
                assert_eq!(evidence, format!("fax {id} carries file {file}"));
            }
            let fax = kept(&id).await;
            assert_eq!(fax.attributes.get(name).map(String::as_str), Some(value));
            assert_eq!(fax.attributes.get(other), None);
            assert_eq!(fax.negative_item_id, item);
        }
    }

    let row = site.ready(Intent::AddDocument(document(site.file("typed").await))).await;
    let id = DocumentId(site.sent(&row).await.unwrap());
    let filed = portal.get_client_document(&id).await.unwrap();
    assert_eq!(filed.subtype.as_ref().map(DocumentSubkind::code), Some("utility_bills"));
    let Look::Found { evidence, .. } = site.look(&row, &[]).await else { panic!("it is there") };
    assert_eq!(evidence, format!("a document carries file {}", row.attachment.unwrap()));

    let row = site.row(agreement("Terms", "service", None));
    let id = site.sent(&row).await.unwrap();
    let query = ListClientAgreementsQuery::new(CLIENT);
    let rows: Vec<_> = portal.list_client_agreements(&query).rows().try_collect().await.unwrap();
    let signed = rows.into_iter().map(read).find(|one| one.id.as_ref().map(ToString::to_string) == Some(id.clone()));
    assert_eq!(signed.unwrap().agreement_signed, "2026-11-10T15:00:00Z".parse().ok());
    site.end().await;
}

fn read<T: std::fmt::Debug>(row: Row<T>) -> Record<T> {
    match row {
        Row::Read(record) => record,
        Row::Parked { reason, .. } => panic!("{reason}"),
    }
}

#[tokio::test]
async fn the_cache_is_the_workers_journal() {
    let site = Site::new().await;
    let journal = &site.remote.store;
    let row = |id: &str, client| OutboxRow { id: IntentId(id.into()), client, sent: None, ..site.row(note("Called.")) };
    let (one, two) = (row("one", CLIENT), row("two", OTHER));
    let mut write = journal.write().await.unwrap();
    write.enqueue(&[one.clone(), two.clone()]).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(journal.heads().await.unwrap().len(), 2);
    let kept = Journal::row(journal, &one.id).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.state), (one.id.clone(), OutboxState::Queued));
    assert_eq!(Journal::row(journal, &IntentId("none".into())).await.unwrap(), None);

    let now = site.running.now();
    for row in [&one, &two] {
        let sending = row.begin(now).unwrap();
        assert!(journal.save(&sending).await.unwrap());
        assert!(!journal.save(&sending).await.unwrap(), "another one has it by now");
    }
    let rules = Rules::default();
    assert_eq!(journal.recover(now, &rules).await.unwrap(), 2);
    assert_eq!(journal.recover(now, &rules).await.unwrap(), 0);
    let lost = Journal::row(journal, &one.id).await.unwrap().unwrap();
    assert_eq!(lost.state, OutboxState::Unknown);

    assert_eq!(journal.claimed(CLIENT, one.intent.kind()).await.unwrap(), Vec::<String>::new());
    let found = Look::Found { server_id: Some("41".into()), evidence: "note 41 is this one".into() };
    assert!(journal.save(&lost.looked(found, true, now, &rules, 0).unwrap()).await.unwrap());
    assert_eq!(journal.claimed(CLIENT, one.intent.kind()).await.unwrap(), ["41"]);
    assert_eq!(journal.claimed(OTHER, one.intent.kind()).await.unwrap(), Vec::<String>::new());
    site.end().await;
}

#[tokio::test]
async fn a_note_of_another_agent_is_not_the_rows() {
    let site = Site::new().await;
    let row = site.row(note("Called."));
    site.sent(&row).await;
    let user = domain::UserId(site.remote.user.0 + 1);
    let elsewhere = PortalRemote {
        user,
        portal: site.remote.portal.clone(),
        store: site.remote.store.clone(),
        on_upload: Arc::new(|_, _, _| {}),
    };
    assert!(matches!(elsewhere.look(&row, &[]).await, Look::Absent { .. }));
    let spaced = OutboxRow { intent: note("  Called.\r\n"), ..row };
    assert!(matches!(site.look(&spaced, &[]).await, Look::Found { .. }), "a server trims");
    site.end().await;
}

#[tokio::test]
async fn a_file_is_tied_to_a_record_and_the_tie_removed() {
    let site = Site::new().await;
    let filed = site.ready(Intent::AddDocument(document(site.file("tied").await))).await;
    site.sent(&filed).await;
    let attachment = filed.attachment.unwrap();
    let link = |entity_id| Intent::LinkAttachment { attachment, entity: "client".into(), entity_id };
    let row = site.row(link(CLIENT.0));
    assert!(matches!(site.look(&row, &[]).await, Look::Absent { .. }));
    site.sent(&row).await;
    let Look::Found { server_id, .. } = site.look(&row, &[]).await else { panic!("it is tied") };
    assert_eq!(server_id, Some(attachment.to_string()));
    assert!(matches!(site.look(&site.row(link(OTHER.0)), &[]).await, Look::Absent { .. }));
    let tie = Intent::UnlinkAttachment { attachment, entity: "client".into(), entity_id: CLIENT.0 };
    assert_eq!(site.sent(&site.row(tie.clone())).await, None);
    assert!(matches!(site.look(&row, &[]).await, Look::Absent { .. }));
    assert_eq!(site.sent(&site.row(tie)).await, None, "what is not there is removed");
    site.end().await;
}

#[tokio::test]
async fn a_document_gets_another_file_and_goes() {
    let site = Site::new().await;
    let first = site.ready(Intent::AddDocument(document(site.file("first").await))).await;
    let id = site.sent(&first).await.unwrap();
    let named = || DocumentId(id.clone());
    let base = |row: &OutboxRow| DocumentBase { document: named(), file: row.attachment };
    let replace = Intent::ReplaceDocument { base: base(&first), file: site.file("second").await };
    let second = site.ready(replace).await;
    assert_eq!(site.sent(&second).await, Some(id.clone()));
    assert_eq!(site.sent(&second).await, Some(id.clone()), "it has that file already");
    // Who saw the first file does not know of the second.
    let third = site.ready(Intent::ReplaceDocument { base: base(&first), file: site.file("third").await }).await;
    for row in [third, site.row(Intent::DeleteDocument { base: base(&first) })] {
        let Attempt::Refused(trouble) = site.remote.attempt(&row).await else { panic!("it is another file") };
        assert_eq!(trouble.kind, TroubleKind::Conflict);
        assert!(trouble.theirs.is_some_and(|theirs| theirs.contains("Another file")));
    }
    let carries = |row: &OutboxRow| OutboxRow { intent: first.intent.clone(), ..row.clone() };
    assert!(matches!(site.look(&carries(&second), &[]).await, Look::Found { .. }), "it has the new file");
    assert!(matches!(site.look(&first, &[]).await, Look::Absent { .. }), "and not the old one");
    let gone = site.row(Intent::DeleteDocument { base: base(&second) });
    assert_eq!(site.sent(&gone).await, None);
    assert!(matches!(site.look(&carries(&second), &[]).await, Look::Absent { .. }));
    assert_eq!(site.sent(&gone).await, None, "what is not there is removed");
    assert!(matches!(site.look(&gone, &[]).await, Look::Absent { .. }));
    let late = site.ready(Intent::ReplaceDocument { base: base(&second), file: site.file("late").await }).await;
    let Attempt::Refused(trouble) = site.remote.attempt(&late).await else { panic!("it is gone") };
    assert_eq!((trouble.kind, trouble.theirs), (TroubleKind::Conflict, None));
    site.end().await;
}

#[tokio::test]
async fn a_note_is_changed_and_removed_only_as_the_agent_saw_it() {
    let site = Site::new().await;
    let id = NoteId(site.sent(&site.row(note("One"))).await.unwrap().parse().unwrap());
    let base = |text: &str| NoteBase { note: id, text: text.into() };
    let update = |from: &str, to: &str| site.row(Intent::UpdateNote { base: base(from), text: to.into() });
    let says = async || site.remote.portal.get_note(id).await.unwrap().note_text.clone().unwrap();

    assert_eq!(site.sent(&update("One", "Two")).await, Some(id.to_string()));
    assert_eq!(says().await, "Two");
    assert_eq!(site.sent(&update("One", "Two")).await, Some(id.to_string()), "it says so already");
    let Attempt::Refused(trouble) = site.remote.attempt(&update("One", "Three")).await else { panic!("it is another") };
    assert_eq!((trouble.kind, trouble.theirs.as_deref()), (TroubleKind::Conflict, Some("Two")));
    assert!(trouble.message.contains("changed"), "{}", trouble.message);
    assert_eq!(says().await, "Two");

    let delete = |text: &str| site.row(Intent::DeleteNote { base: base(text) });
    for route in ["GET /notes/{id}", "DELETE /notes/{id}"] {
        site.running.faults().add(Rule::on(route, Action::Status(405, json!({ "message": "Not allowed." }))));
        let Attempt::Refused(trouble) = site.remote.attempt(&delete("Two")).await else { panic!("it is still there") };
        assert!(trouble.message.contains("it is listed"), "{}", trouble.message);
    }
    let Attempt::Refused(trouble) = site.remote.attempt(&delete("One")).await else { panic!("it is another") };
    assert_eq!((trouble.kind, trouble.theirs.as_deref()), (TroubleKind::Conflict, Some("Two")));
    assert_eq!(site.sent(&delete("Two")).await, None);
    assert!(site.remote.portal.get_note(id).await.is_err(), "it is gone");
    assert_eq!(site.sent(&delete("Two")).await, None, "what is not there is removed");
    let Attempt::Refused(trouble) = site.remote.attempt(&update("Two", "Three")).await else { panic!("it is gone") };
    assert_eq!((trouble.kind, trouble.theirs), (TroubleKind::Conflict, None));
    assert!(trouble.message.contains("removed"), "{}", trouble.message);

    site.running.faults().add(Rule::on("GET /notes/{id}", Action::Status(500, json!({}))).times(u32::MAX));
    for row in [update("One", "Two"), delete("Two")] {
        assert!(matches!(site.remote.attempt(&row).await, Attempt::Lost(_)), "nobody knows what it says");
    }
    site.end().await;
}

#[tokio::test]
async fn goals_are_given_and_taken() {
    let site = Site::new().await;
    let portal = &site.remote.portal;
    let has = async || -> Vec<String> {
        let goals = portal.list_client_goals(CLIENT).await.unwrap();
        let id = |row: Row<Goal>| match row {
            Row::Read(goal) => goal.id.map(|id| id.to_string()),
            Row::Parked { .. } => None,
        };
        goals.rows.into_iter().filter_map(id).collect()
    };
    let goal = GoalId(1);
    let taken = site.row(Intent::RemoveGoals { goals: vec![goal] });
    assert_eq!(site.sent(&taken).await, None);
    assert!(!has().await.contains(&"1".to_owned()));
    assert_eq!(site.sent(&site.row(Intent::AssignGoals { goals: vec![goal] })).await, None);
    assert!(has().await.contains(&"1".to_owned()));
    assert_eq!(site.sent(&taken).await, None);
    assert!(!has().await.contains(&"1".to_owned()));
    site.end().await;
}

/// Sends a note through what goes wrong.
async fn through(site: &Site, action: Action) -> Attempt {
    site.running.faults().add(Rule::on("POST /notes", action));
    site.remote.attempt(&site.row(note("Called."))).await
}

#[tokio::test]
async fn a_failure_says_whether_the_portal_may_have_taken_it() {
    let site = Site::new().await;
    let refusal = json!({ "message": "Too long.", "errors": { "note_text": ["Too long."] } });
    let Attempt::Refused(trouble) = through(&site, Action::Status(422, refusal)).await else { panic!("refused") };
    assert_eq!((trouble.kind, trouble.message.as_str()), (TroubleKind::Refused, "Too long."));
    assert_eq!(trouble.fields["note_text"], ["Too long."]);
    let Attempt::Refused(forbidden) = through(&site, Action::Status(403, json!({ "message": "No." }))).await else {
        panic!("refused")
    };
    for said in ["your account lacks the permission", "No.", "Ask an administrator", "cancel"] {
        assert!(forbidden.message.contains(said), "{said}: {}", forbidden.message);
    }
    for status in [403, 404] {
        let outcome = through(&site, Action::Status(status, json!({ "message": "No." }))).await;
        assert!(matches!(outcome, Attempt::Refused(trouble) if trouble.kind == TroubleKind::Refused), "{status}");
    }
    for action in [
        Action::Status(500, json!({})),
        Action::StatusAfterHandling(502, json!({})),
        Action::CloseAfterHandling,
        Action::ResetBeforeHandling,
        Action::CutAnswer(20),
    ] {
        let outcome = through(&site, action.clone()).await;
        assert!(matches!(outcome, Attempt::Lost(_)), "{action:?}: {outcome:?}");
    }
    site.running.faults().refuse_connections(true);
    let away = site.remote.attempt(&site.row(note("Called."))).await;
    assert!(matches!(away, Attempt::NotSent(NotSent::Unreachable(_))), "{away:?}");
    site.end().await;
    let site = Site::new().await;
    assert_eq!(through(&site, Action::EndSessions).await, Attempt::NotSent(NotSent::SignIn));
    site.end().await;
    let site = Site::new().await;
    let busy = through(&site, Action::TooManyRequests(Duration::from_secs(7))).await;
    assert!(asks_for(&busy, 7), "{busy:?}");
    site.end().await;
}

/// Whether a portal asked for so many seconds, of which some part of one is over.
fn asks_for(outcome: &Attempt, seconds: i64) -> bool {
    let Attempt::NotSent(NotSent::Busy(Some(wait))) = outcome else { return false };
    *wait <= SignedDuration::from_secs(seconds) && *wait > SignedDuration::from_secs(seconds - 5)
}

#[tokio::test]
async fn a_portal_that_cannot_be_read_proves_nothing() {
    let site = Site::new().await;
    let row = site.row(note("Called."));
    let odd =
        json!({ "data": [{ "id": { "not": "a key" } }], "meta": { "total": 1, "current_page": 1, "last_page": 1 } });
    site.running.faults().add(Rule::on("GET /notes", Action::Status(500, json!({}))));
    let look = site.look(&row, &[]).await;
    assert!(matches!(look, Look::NotNow(NotSent::Failed(_))), "{look:?}");
    site.running.faults().add(Rule::on("GET /notes", Action::CloseAfterHandling));
    let look = site.look(&row, &[]).await;
    assert!(matches!(look, Look::NotNow(NotSent::Unreachable(_))), "{look:?}");
    // What stays as it is holds nobody else up: the agent settles it.
    for action in [Action::Status(403, json!({})), Action::Status(404, json!({})), Action::Status(200, odd)] {
        site.running.faults().add(Rule::on("GET /notes", action.clone()));
        let look = site.look(&row, &[]).await;
        assert!(matches!(&look, Look::Unclear { evidence } if !evidence.is_empty()), "{action:?}: {look:?}");
    }
    site.running.faults().add(Rule::on("GET /notes", Action::EndSessions));
    assert_eq!(site.look(&row, &[]).await, Look::NotNow(NotSent::SignIn));
    site.end().await;
    let site = Site::new().await;
    let busy = Action::TooManyRequests(Duration::from_secs(600));
    site.running.faults().add(Rule::on("GET /notes", busy));
    let Look::NotNow(why) = site.look(&row, &[]).await else { panic!("it asked for time") };
    assert!(asks_for(&Attempt::NotSent(why), 600));
    site.end().await;
}

#[tokio::test]
async fn a_file_goes_whole_and_tells_how_far_it_is_or_does_not_go() {
    let site = Site::new().await;
    let file = site.file(&"long ".repeat(200_000)).await;
    let (hash, size) = (file.hash.clone(), file.size);
    let row = site.ready(fax(file.clone(), FaxTo::Recipient("Equifax".into()))).await;
    let told = site.told.lock().unwrap().clone();
    assert_eq!(told.last(), Some(&("an-intent".to_owned(), size, size)));
    assert!(told.len() > 1 && told.is_sorted_by(|before, after| before.1 <= after.1), "{told:?}");
    site.sent(&row).await;
    assert_eq!(site.accepted().await.last().unwrap().file_sha256.as_deref(), Some(hash.as_str()));

    let nowhere = Action::StatusAfterHandling(201, json!({ "data": { "caption": "A scan" } }));
    site.running.faults().add(Rule::on("POST /attachments", nowhere));
    let lost = site.remote.attempt(&site.row(fax(file.clone(), FaxTo::Recipient("Equifax".into())))).await;
    assert!(matches!(lost, Attempt::Lost(_)), "{lost:?}");

    let before = site.running.faults().requests("POST /attachments");
    let torn = FileRef { hash: "0".repeat(64), ..file };
    let mut write = site.remote.store.write().await.unwrap();
    write.keep_outbox_file(&torn.hash, b"%PDF-1.7 something else").await.unwrap();
    write.commit().await.unwrap();
    let Attempt::Refused(trouble) = site.remote.attempt(&site.row(fax(torn, FaxTo::Recipient("Equifax".into())))).await
    else {
        panic!("a damaged file is not sent");
    };
    assert!(trouble.message.contains("damaged"), "{}", trouble.message);
    assert_eq!(site.running.faults().requests("POST /attachments"), before);
    site.end().await;
}

#[tokio::test]
async fn what_needs_a_file_is_refused_without_one() {
    let site = Site::new().await;
    let file = site.file("needed").await;
    for intent in [
        fax(file.clone(), FaxTo::Recipient("Equifax".into())),
        Intent::AddDocument(document(file.clone())),
        Intent::ReplaceDocument { base: DocumentBase { document: DocumentId("1".into()), file: None }, file },
    ] {
        let row = OutboxRow { step: Step::Act, ..site.row(intent) };
        let outcome = site.remote.attempt(&row).await;
        assert!(matches!(outcome, Attempt::Refused(_)), "{outcome:?}");
    }
    let row = OutboxRow { step: Step::Upload, ..site.row(note("Called.")) };
    assert!(matches!(site.remote.attempt(&row).await, Attempt::Refused(_)));
    assert_eq!(site.accepted().await.len(), 0);
    site.end().await;
}
