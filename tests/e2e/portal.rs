//! The company's portal of the walk: in this process, so that it can be stopped, started again with the same data, told to
//! lose an answer, and asked what it holds.

use desk::contract::SignIn;
use desk_tests::sign_in;
use domain::{Channel, ClientId};
use portal_api::auth::LoginRequest;
use portal_api::correspondences::{Email, SendCorrespondenceRequest};
use portal_api::{Config, Portal};
use practice_portal::{AcceptedKind, Faults, Options, Running};
use std::path::PathBuf;

/// A portal that answers.
pub(crate) struct CompanyPortal {
    options: Options,
    running: Running,
}

/// A portal that was stopped: nobody listens at its address.
pub(crate) struct StoppedPortal(Options);

impl CompanyPortal {
    /// Starts it with made-up people in a new file.
    pub(crate) async fn start(database: PathBuf, clients: u32) -> Self {
        Self::serve(Options { database: Some(database), clients, seed: 11, ..Options::default() }).await
    }

    async fn serve(mut options: Options) -> Self {
        let running = practice_portal::serve(options.clone()).await.expect("the portal starts");
        options.port = running.base_url().port().expect("its own port");
        Self { options, running }
    }

    /// Stops it, and waits until nobody listens there any more.
    pub(crate) async fn stop(self) -> StoppedPortal {
        self.running.stop().await;
        StoppedPortal(self.options)
    }

    /// What the agent types to sign in.
    pub(crate) fn sign_in(&self) -> SignIn {
        sign_in(&self.running)
    }

    pub(crate) fn faults(&self) -> &Faults {
        self.running.faults()
    }

    /// How much of a kind it accepted so far, whatever became of the answers.
    pub(crate) async fn accepted(&self, kind: AcceptedKind) -> usize {
        let accepted = self.running.accepted().await.expect("its ledger");
        accepted.iter().filter(|entry| entry.kind == kind).count()
    }

    /// SHA-256 of the file of the document that was accepted last.
    pub(crate) async fn last_document(&self) -> Option<String> {
        let accepted = self.running.accepted().await.expect("its ledger");
        accepted.into_iter().rfind(|entry| entry.kind == AcceptedKind::Document)?.file_sha256
    }

    /// The agent writes an e-mail to a client on another computer.
    pub(crate) async fn agent_writes_elsewhere(&self, client: ClientId, to: &str, subject: &str) {
        let agent = self.running.credentials();
        let config = Config::new(self.running.base_url().as_str(), agent.api_key.into()).expect("its address");
        let portal = Portal::new(&config, None).expect("a connection");
        portal.login(&LoginRequest::new(agent.email, agent.password.into())).await.expect("a session");
        let email = Email::new(to.to_owned(), subject.to_owned(), "From another computer.".to_owned());
        let request = SendCorrespondenceRequest {
            client_id: Some(client),
            email: Some(email),
            ..SendCorrespondenceRequest::new(Channel::Email)
        };
        portal.send_correspondence(&request).await.expect("it is sent");
    }
}

impl StoppedPortal {
    /// Starts it again at the same address, with everything that was in it.
    pub(crate) async fn back(self) -> CompanyPortal {
        CompanyPortal::serve(self.0).await
    }
}
