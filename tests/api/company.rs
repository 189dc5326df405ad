//! A company of a check's own: a practice portal, its staff and its clients as they sign in, and a record of what the
//! portal answered.

use bytes::Bytes;
use domain::ClientId;
use portal_api::attachments::Attachment;
use portal_api::auth::LoginRequest;
use portal_api::{ApiError, Config, FileSource, Operation, Portal, Record, Upload};
use practice_portal::{Credentials, Options, Role, Running};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// How many clients a company has.
pub(crate) const CLIENTS: i64 = 12;

/// What its people are made from.
const SEED: u64 = 7;

/// A practice portal and who signs in to it.
pub(crate) struct Company {
    /// Its portal, as whoever started it sees it.
    pub(crate) server: Running,
    /// Signed in with an account that may do everything.
    pub(crate) portal: Portal,
}

/// Runs a check on a company of its own, on this thread; answers the operations that were answered with a success.
pub(crate) fn check(check: impl AsyncFnOnce(&Company)) -> BTreeSet<Operation> {
    let answered = Answered::default();
    let _listening = tracing::subscriber::set_default(tracing_subscriber::registry().with(answered.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let company = Company::open().await;
        check(&company).await;
        company.server.stop().await;
    });
    std::mem::take(&mut answered.0.lock().unwrap())
}

impl Company {
    async fn open() -> Self {
        let clients = u32::try_from(CLIENTS).unwrap();
        let server = practice_portal::serve(Options { clients, seed: SEED, ..Options::default() }).await.unwrap();
        let portal = connect(&server, &server.credentials_of(Role::Administrator)).await;
        Self { server, portal }
    }

    /// Signed in with an account of this role.
    pub(crate) async fn staff(&self, role: Role) -> Portal {
        connect(&self.server, &self.server.credentials_of(role)).await
    }

    /// Signed in as a client.
    pub(crate) async fn client(&self, id: ClientId) -> Portal {
        connect(&self.server, &self.server.credentials_of_client(id.0).await.unwrap()).await
    }

    /// Not signed in.
    pub(crate) fn nobody(&self) -> Portal {
        unsigned(&self.server, &self.server.credentials().api_key)
    }

    /// Stores a file.
    pub(crate) async fn upload(&self, upload: &Upload) -> Record<Attachment> {
        self.portal.upload_attachment(upload).await.unwrap()
    }
}

/// A connection with this key and no session.
pub(crate) fn unsigned(server: &Running, api_key: &str) -> Portal {
    let config = Config::new(server.base_url().as_str(), api_key.to_owned().into()).unwrap();
    Portal::new(&config, None).unwrap()
}

async fn connect(server: &Running, given: &Credentials) -> Portal {
    let portal = unsigned(server, &given.api_key);
    portal.login(&LoginRequest::new(given.email.clone(), given.password.clone().into())).await.unwrap();
    portal
}

/// A made-up PDF of so many bytes, unlike any with another seed.
pub(crate) fn pdf(length: usize, seed: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize_with(length, || random.u8(..));
    bytes
}

/// A file in memory, ready to be sent.
pub(crate) fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Upload {
    Upload {
        name: name.to_owned(),
        kind: kind.to_owned(),
        source: FileSource::Bytes(Bytes::from(bytes)),
        caption: None,
        on_progress: None,
    }
}

/// A small PDF, ready to be sent.
pub(crate) fn letter(seed: u64) -> Upload {
    file("letter.pdf", "application/pdf", pdf(2_000, seed))
}

/// The portal must have nothing there.
#[track_caller]
pub(crate) fn assert_gone<T>(outcome: Result<T, ApiError>) {
    match outcome {
        Err(ApiError::NotFound { .. }) => {}
        Err(other) => panic!("expected that nothing is there: {other}"),
        Ok(_) => panic!("it is still there"),
    }
}

/// The portal must refuse exactly these fields, each with words.
#[track_caller]
pub(crate) fn assert_refused<T>(outcome: Result<T, ApiError>, fields: &[&str]) {
    match outcome {
        Err(ApiError::Refused { fields: refused, .. }) => {
            assert_eq!(refused.keys().map(String::as_str).collect::<Vec<_>>(), fields);
            assert!(refused.values().all(|messages| messages.iter().any(|message| !message.is_empty())));
        }
        Err(other) => panic!("expected that {fields:?} are refused: {other}"),
        Ok(_) => panic!("expected that {fields:?} are refused"),
    }
}

/// The portal must not permit it.
#[track_caller]
pub(crate) fn assert_forbidden<T>(outcome: Result<T, ApiError>) {
    match outcome {
        Err(ApiError::Forbidden { .. }) => {}
        Err(other) => panic!("expected that it is not permitted: {other}"),
        Ok(_) => panic!("it was permitted"),
    }
}

/// Hears from the client which operations the portal answered with a success.
#[derive(Clone, Default)]
struct Answered(Arc<Mutex<BTreeSet<Operation>>>);

impl<S: tracing::Subscriber> Layer<S> for Answered {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if !event.metadata().target().starts_with("portal_api") {
            return;
        }
        let mut call = Call::default();
        event.record(&mut call);
        if let (Some(operation), 200..300) = (call.operation, call.status) {
            self.0.lock().unwrap().insert(operation);
        }
    }
}

/// What the client says of a call.
#[derive(Default)]
struct Call {
    operation: Option<Operation>,
    status: u64,
}

impl Visit for Call {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "status" {
            self.status = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "operation" {
            self.operation = Operation::from_id(&format!("{value:?}"));
        }
    }
}
