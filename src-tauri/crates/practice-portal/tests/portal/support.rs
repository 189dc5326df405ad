//! A running portal, signed in.

use practice_portal::{Credentials, Options, Role, Running, serve};
use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use std::time::Duration;

/// A portal with an agent signed in.
pub(crate) struct Agent {
    pub(crate) portal: Running,
    pub(crate) token: String,
    pub(crate) http: Client,
}

/// A small portal in memory, whose tokens outlive a moved clock.
pub(crate) fn small() -> Options {
    let token_lifetime = Duration::from_secs(60 * 24 * 60 * 60);
    Options { clients: 40, seed: 3, token_lifetime, ..Options::default() }
}

impl Agent {
    pub(crate) async fn sign_in() -> Agent {
        Agent::sign_in_to(small()).await
    }

    pub(crate) async fn sign_in_to(options: Options) -> Agent {
        let portal = serve(options).await.expect("the portal starts");
        // Plain HTTP needs no TLS, but the client wants a provider for it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().build().expect("a client");
        let mut agent = Agent { portal, token: String::new(), http };
        let known = agent.portal.credentials();
        let answer = agent.login(&known.email, &known.password).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Value = answer.json().await.expect("JSON");
        agent.token = answer["token"].as_str().expect("a token").to_owned();
        agent
    }

    /// Signs in as somebody else.
    pub(crate) async fn become_one(&mut self, known: &Credentials) {
        let answer = self.login(&known.email, &known.password).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Value = answer.json().await.expect("JSON");
        self.token = answer["token"].as_str().expect("a token").to_owned();
    }

    /// Signs in as an account of the staff that may do other things.
    pub(crate) async fn become_staff(&mut self, role: Role) {
        let known = self.portal.credentials_of(role);
        self.become_one(&known).await;
    }

    /// Signs in as a client.
    pub(crate) async fn become_client(&mut self, id: i64) {
        let known = self.portal.credentials_of_client(id).await.expect("a client");
        self.become_one(&known).await;
    }

    /// A portal with an administrator signed in.
    pub(crate) async fn administrator() -> Agent {
        let mut agent = Agent::sign_in().await;
        agent.become_staff(Role::Administrator).await;
        agent
    }

    /// An accepted request with its body.
    pub(crate) async fn done(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(method.clone(), path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        answer
    }

    /// The status of a request without a body.
    pub(crate) async fn status(&self, method: Method, path: &str) -> StatusCode {
        self.request(method, path).send().await.expect("an answer").status()
    }

    /// A 422 with the fields it names, in order.
    pub(crate) async fn refused(&self, method: Method, path: &str, body: Value) -> Vec<String> {
        let (status, answer) = self.send(method.clone(), path, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{method} {path}: {answer}");
        answer["errors"].as_object().expect("errors").keys().cloned().collect()
    }

    /// Stores a file and gives its record.
    pub(crate) async fn upload(&self, path: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let form = Form::new().part("file", Part::bytes(bytes.into()).file_name("whatever.bin"));
        let answer = self.request(Method::POST, path).multipart(form).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json::<Value>().await.expect("JSON")["data"].take()
    }

    pub(crate) async fn login(&self, email: &str, password: &str) -> Response {
        let body = json!({ "email": email, "password": password });
        self.unsigned(Method::POST, "/auth/login").json(&body).send().await.expect("an answer")
    }

    /// A request with the API key only.
    pub(crate) fn unsigned(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.portal.base_url());
        self.http.request(method, url).header("x-api-key", self.portal.credentials().api_key)
    }

    /// A request with key and token.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.unsigned(method, path).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    /// A 200 with its body.
    pub(crate) async fn ok(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        answer(self.request(method, path).json(&body)).await
    }

    /// Every record of a paged list, 100 at a time.
    pub(crate) async fn all(&self, path: &str) -> Vec<Value> {
        let mut records = Vec::new();
        for page in 1.. {
            let between = if path.contains('?') { '&' } else { '?' };
            let body = self.ok(&format!("{path}{between}per_page=100&page={page}")).await;
            records.extend(body["data"].as_array().expect("rows").iter().cloned());
            if body["links"]["next"].is_null() {
                break;
            }
        }
        records
    }
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    let body = if status == StatusCode::NO_CONTENT { Value::Null } else { answer.json().await.expect("JSON") };
    (status, body)
}

/// The messages of a 422 about one field.
pub(crate) fn messages(body: &Value, field: &str) -> Vec<String> {
    let messages = body["errors"][field].as_array().cloned().unwrap_or_default();
    messages.iter().map(|message| message.as_str().unwrap_or_default().to_owned()).collect()
}

/// One field of every record.
pub(crate) fn column(records: &[Value], pointer: &str) -> Vec<Value> {
    records.iter().map(|record| record.pointer(pointer).cloned().unwrap_or_default()).collect()
}
