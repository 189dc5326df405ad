//! Signing in, renewing, and forgotten passwords.

use crate::company::{Company, assert_gone, assert_refused, unsigned};
use desk::Browser;
use desk_tests::TestBrowser;
use domain::ClientId;
use portal_api::auth::{ForgotPasswordRequest, LoginRequest, ResetPasswordRequest};
use portal_api::azure::{Application, Attempt};
use portal_api::{ApiError, Portal};
use practice_portal::Role;
use secrecy::ExposeSecret;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use url::Url;

const HOUR: Duration = Duration::from_secs(60 * 60);

fn with(email: &str, password: &str) -> LoginRequest {
    LoginRequest::new(email.to_owned(), password.to_owned().into())
}

fn token(portal: &Portal) -> Option<String> {
    portal.token().borrow().as_ref().map(|token| token.expose_secret().to_owned())
}

#[track_caller]
fn assert_wrong<T>(outcome: Result<T, ApiError>) {
    assert!(matches!(outcome, Err(ApiError::WrongCredentials(_))), "the sign-in is not refused");
}

#[track_caller]
fn assert_ended<T>(outcome: Result<T, ApiError>) {
    assert!(matches!(outcome, Err(ApiError::SessionExpired(_))), "the session has not ended");
}

pub(crate) async fn whoever_signs_in_is_told_who_they_are_and_what_they_may_do(company: &Company) {
    for role in Role::ALL {
        let known = company.server.credentials_of(role);
        let portal = company.nobody();
        assert_ended(portal.get_client(ClientId(1)).await);
        let signed_in = portal.login(&with(&known.email, &known.password)).await.unwrap();
        assert_eq!(signed_in.user.email, known.email);
        assert_eq!(token(&portal).as_deref(), Some(signed_in.token.expose_secret()), "the session is the connection's");
        let may = |permission: &str| signed_in.user.permissions.iter().any(|known| known == permission);
        let sees_clients = portal.get_client(ClientId(1)).await.is_ok();
        assert_eq!(sees_clients, may("clients.view"), "{}", role.name());
    }
    let client = company.server.credentials_of_client(5).await.unwrap();
    let portal = company.nobody();
    let signed_in = portal.login(&with(&client.email, &client.password)).await.unwrap();
    assert_eq!((signed_in.user.id.0, signed_in.user.email), (5, client.email));
}

pub(crate) async fn wrong_credentials_and_a_wrong_key_sign_nobody_in(company: &Company) {
    let known = company.server.credentials();
    let portal = company.nobody();
    assert_wrong(portal.login(&with(&known.email, "guessed")).await);
    assert_wrong(portal.login(&with("nobody@example.com", &known.password)).await);
    assert_refused(portal.login(&with("no address", "")).await, &["email", "password"]);
    assert_eq!(token(&portal), None);
    let stranger = unsigned(&company.server, "another key");
    assert!(stranger.login(&with(&known.email, &known.password)).await.is_err(), "without the key nothing is answered");
}

pub(crate) async fn an_expired_session_is_renewed_in_passing_and_an_old_one_has_ended(company: &Company) {
    let portal = company.staff(Role::Agent).await;
    let first = token(&portal);
    let renewed = portal.refresh_token().await.unwrap();
    assert_eq!(renewed.user.email, company.server.credentials().email);
    let second = token(&portal);
    assert_eq!(second.as_deref(), Some(renewed.token.expose_secret()));
    assert_ne!(first, second);

    company.server.advance(2 * HOUR);
    portal.get_client(ClientId(1)).await.unwrap();
    let third = token(&portal);
    assert_ne!(second, third, "the call renewed the session before it was answered");

    company.server.advance(16 * 24 * HOUR);
    assert_ended(portal.get_client(ClientId(1)).await);
    assert_eq!(token(&portal), None);
    assert_ended(portal.refresh_token().await);
}

/// What a browser brings back to this computer.
async fn come_back(listener: &TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let line = BufReader::new(stream).lines().next_line().await.unwrap().unwrap();
    line.split(' ').nth(1).unwrap().split_once('?').unwrap().1.to_owned()
}

pub(crate) async fn a_browser_signs_in_through_azure_once_and_only_for_its_own_attempt(company: &Company) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redirect = Url::parse(&format!("http://{}/signed-in", listener.local_addr().unwrap())).unwrap();
    let application = Application { authorize: company.server.azure_authorize_url(), client_id: "desk".into() };
    let (attempt, other) = (Attempt::new(&[1; 64], redirect.clone()), Attempt::new(&[2; 64], redirect));
    let go = async |attempt: &Attempt| {
        // Only the address that comes back matters; the browser's own page is nobody's.
        TestBrowser::default().open(attempt.address(&application).as_str()).await.unwrap();
        come_back(&listener).await
    };
    let query = go(&attempt).await;
    assert!(other.redeem(&query).is_err(), "what comes back belongs to one attempt");
    let request = attempt.redeem(&query).unwrap();
    let portal = company.nobody();
    let signed_in = portal.login_socialite(&request).await.unwrap();
    assert_eq!(signed_in.user.email, company.server.credentials().email);
    portal.get_client(ClientId(1)).await.unwrap();
    assert_wrong(company.nobody().login_socialite(&request).await);

    let mut stolen = attempt.redeem(&go(&attempt).await).unwrap();
    stolen.code_verifier = Some("another computer's".to_owned().into());
    assert_wrong(company.nobody().login_socialite(&stolen).await);
    let mut unknown = request;
    unknown.provider = "carrier pigeon".into();
    assert_refused(company.nobody().login_socialite(&unknown).await, &["provider"]);
}

pub(crate) async fn a_forgotten_password_is_replaced_with_the_mailed_token(company: &Company) {
    let known = company.server.credentials();
    let portal = company.nobody();
    let reset = async |token: &str, password: &str, again: &str| {
        let request = ResetPasswordRequest::new(
            known.email.clone(),
            password.to_owned().into(),
            token.to_owned().into(),
            again.to_owned().into(),
        );
        portal.reset_password(&request).await
    };
    assert_gone(portal.forgot_password(&ForgotPasswordRequest::new("nobody@example.com".into())).await);
    let answer = portal.forgot_password(&ForgotPasswordRequest::new(known.email.clone())).await.unwrap();
    assert!(!answer.message.is_empty(), "whoever forgot is told what happens next");
    let mailed = company.server.mailed_password_token(&known.email).await.unwrap().expect("a mail");

    assert_refused(reset(&mailed, "correct horse", "battery staple").await, &["password"]);
    assert_refused(reset(&mailed, "short", "short").await, &["password"]);
    assert_refused(reset("guessed", "correct horse", "correct horse").await, &[]);
    reset(&mailed, "correct horse", "correct horse").await.unwrap();
    assert_refused(reset(&mailed, "correct horse", "correct horse").await, &[]);

    assert_wrong(portal.login(&with(&known.email, &known.password)).await);
    assert_eq!(portal.login(&with(&known.email, "correct horse")).await.unwrap().user.email, known.email);
}
