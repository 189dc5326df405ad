//! A running portal, signed in.

use practice_portal::{Options, Running, serve};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

/// A portal with an agent signed in.
pub(crate) struct Agent {
    pub(crate) portal: Running,
    pub(crate) token: String,
    pub(crate) http: Client,
}

/// A small portal in memory.
pub(crate) fn small() -> Options {
    Options { clients: 40, seed: 3, ..Options::default() }
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
    (answer.status(), answer.json().await.expect("JSON"))
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
