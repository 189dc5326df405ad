//! Lists as streams, and files on their way, against a scripted server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use bytes::Bytes;
use domain::AttachmentId;
use futures::{StreamExt, TryStreamExt};
use portal_api::clients::ListClientsQuery;
use portal_api::{ApiError, Config, FileSource, Limits, Portal, Upload};
use secrecy::SecretString;
use serde_json::json;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::matchers::{header_exists, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

fn portal(server: &MockServer) -> Portal {
    Portal::new(&config(server), Some(SecretString::from("token-1"))).unwrap()
}

fn config(server: &MockServer) -> Config {
    Config::new(&format!("{}/api", server.uri()), SecretString::from("key-1")).unwrap()
}

/// Serves `/api/clients` from a function of the page's number.
async fn listing(page: impl Fn(u64) -> serde_json::Value + Send + Sync + 'static) -> (MockServer, Portal) {
    let server = MockServer::start().await;
    let answer = move |request: &Request| {
        let asked = request.url.query_pairs().find(|(name, _)| name == "page").unwrap().1.parse().unwrap();
        ResponseTemplate::new(200).set_body_json(page(asked))
    };
    Mock::given(path("/api/clients")).respond_with(answer).mount(&server).await;
    let portal = portal(&server);
    (server, portal)
}

async fn ids(portal: &Portal, query: ListClientsQuery) -> Vec<i64> {
    let rows: Vec<_> = portal.list_clients(&query).stream().try_collect::<Vec<_>>().await.unwrap();
    rows.into_iter().flat_map(portal_api::Page::records).map(|record| record.id.unwrap().0).collect()
}

#[tokio::test]
async fn a_list_streams_until_its_last_page() {
    let (_server, portal) = listing(|page| json!({"data": [{"id": page}], "meta": {"total": 3, "last_page": 3}})).await;
    assert_eq!(ids(&portal, ListClientsQuery::default()).await, [1, 2, 3]);
    let rows = portal.list_clients(&ListClientsQuery::default()).rows().count().await;
    assert_eq!(rows, 3);
}

#[tokio::test]
async fn a_bare_list_streams_until_a_page_is_not_full_or_comes_again() {
    let pages = |page: u64| if page < 3 { json!([{"id": page * 2}, {"id": page * 2 + 1}]) } else { json!([{"id": 9}]) };
    let (server, portal) = listing(pages).await;
    let by_two = || ListClientsQuery { per_page: Some(2), ..ListClientsQuery::default() };
    assert_eq!(ids(&portal, by_two()).await, [2, 3, 4, 5, 9]);
    assert_eq!(server.received_requests().await.unwrap().len(), 3);
    let (server, portal) = listing(|_| json!([{"id": 1}, {"id": 2}])).await;
    assert_eq!(ids(&portal, by_two()).await, [1, 2], "a server that ignores the page");
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_stream_ends_at_the_first_failure() {
    let server = MockServer::start().await;
    let page = json!({"data": [{"id": 1}], "meta": {"total": 3, "last_page": 3}});
    let first = ResponseTemplate::new(200).set_body_json(page);
    Mock::given(query_param("page", "1")).respond_with(first).mount(&server).await;
    Mock::given(query_param("page", "2")).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    let portal = portal(&server);
    let outcome: Vec<_> = portal.list_clients(&ListClientsQuery::default()).stream().collect().await;
    assert!(matches!(outcome.as_slice(), [Ok(_), Err(ApiError::Server { status: 500, .. })]), "{outcome:?}");
}

fn upload(source: FileSource, told: &Arc<Mutex<Vec<u64>>>) -> Upload {
    let told = Arc::clone(told);
    Upload {
        name: "utility bill.pdf".into(),
        kind: "application/pdf".into(),
        source,
        caption: Some("Utility bill".into()),
        on_progress: Some(Arc::new(move |bytes| told.lock().unwrap().push(bytes))),
    }
}

#[tokio::test]
async fn an_upload_sends_file_and_caption_and_tells_its_progress() {
    let server = MockServer::start().await;
    let stored = ResponseTemplate::new(201).set_body_json(json!({"data": {"id": 7, "size": 200_000}}));
    Mock::given(method("POST")).and(path("/api/attachments")).respond_with(stored).mount(&server).await;
    let content = vec![b'x'; 200_000];
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("bill.pdf");
    std::fs::write(&file, &content).unwrap();
    for source in [FileSource::Bytes(Bytes::from(content.clone())), FileSource::Path(file.clone())] {
        let told = Arc::default();
        let attachment = portal(&server).upload_attachment(&upload(source, &told)).await.unwrap();
        assert_eq!(attachment.id, Some(AttachmentId(7)));
        let told = told.lock().unwrap().clone();
        assert!(told.len() > 2 && told.is_sorted() && told.last() == Some(&200_000), "{told:?}");
        let body = server.received_requests().await.unwrap().pop().unwrap().body;
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("filename=\"utility bill.pdf\"") && text.contains("Content-Type: application/pdf"));
        assert!(text.contains("name=\"caption\"") && text.contains("Utility bill"));
        assert!(body.windows(content.len()).any(|part| part == content), "the whole file is there");
    }
}

#[tokio::test]
async fn an_upload_takes_as_long_as_it_moves_and_is_given_up_when_it_stands_still() {
    let server = MockServer::start().await;
    let stored = ResponseTemplate::new(201).set_body_json(json!({"data": {"id": 7}}));
    Mock::given(path("/api/attachments")).respond_with(stored).mount(&server).await;
    // Any other call has ended before it began.
    let config = Config { read_timeout: Duration::ZERO, ..config(&server) };
    let token = || Some(SecretString::from("token-1"));
    let slow = Portal::new(&config, token()).unwrap();
    let whole = FileSource::Bytes(Bytes::from(vec![b'x'; 200_000]));
    assert_eq!(slow.upload_attachment(&upload(whole, &Arc::default())).await.unwrap().id, Some(AttachmentId(7)));

    let stuck = FileSource::Pieces {
        length: 1_000,
        open: Arc::new(|| {
            let first = futures::stream::iter([Ok(Bytes::from_static(b"the first piece"))]);
            first.chain(futures::stream::pending()).boxed()
        }),
    };
    let impatient = Portal::new(&Config { upload_timeout: Duration::from_millis(50), ..config }, token()).unwrap();
    let error = impatient.upload_attachment(&upload(stuck, &Arc::default())).await.unwrap_err();
    assert!(matches!(error, ApiError::Unreachable { reason: "timed out", nothing_sent: false, .. }), "{error:?}");
}

#[tokio::test]
async fn an_upload_is_sent_again_whole_after_a_refresh() {
    let server = MockServer::start().await;
    let user = json!({"token": "fresh", "user": {"id": 1}});
    let renewed = ResponseTemplate::new(200).set_body_json(user);
    Mock::given(path("/api/auth/refresh")).respond_with(renewed).mount(&server).await;
    let calls = AtomicUsize::new(0);
    let answer = move |_: &Request| match calls.fetch_add(1, Ordering::SeqCst) {
        0 => ResponseTemplate::new(401),
        _ => ResponseTemplate::new(201).set_body_json(json!({"data": {"id": 7}})),
    };
    Mock::given(path("/api/attachments")).respond_with(answer).mount(&server).await;
    let source = FileSource::Bytes(Bytes::from_static(b"the whole file"));
    portal(&server).upload_attachment(&upload(source, &Arc::default())).await.unwrap();
    let last = server.received_requests().await.unwrap().pop().unwrap();
    assert!(String::from_utf8_lossy(&last.body).contains("the whole file"));
}

#[tokio::test]
async fn a_file_that_is_gone_is_refused_with_its_field() {
    let server = MockServer::start().await;
    let gone = upload(FileSource::Path("/nowhere/bill.pdf".into()), &Arc::default());
    match portal(&server).upload_attachment(&gone).await.unwrap_err() {
        ApiError::Refused { fields, .. } => assert!(fields.contains_key("file")),
        other => panic!("{other}"),
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_download_streams_with_its_kind_length_and_name() {
    let server = MockServer::start().await;
    let file = ResponseTemplate::new(200)
        .set_body_raw(vec![7u8; 100_000], "image/png")
        .insert_header("Content-Disposition", "attachment; filename=\"../id card.png\"");
    Mock::given(path("/api/attachments/3/download")).respond_with(file).mount(&server).await;
    let download = portal(&server).download_attachment(AttachmentId(3)).await.unwrap();
    assert_eq!((download.kind().as_str(), download.length()), ("image/png", Some(100_000)));
    assert_eq!(download.file_name().as_deref(), Some("id card.png"));
    let received = AtomicU64::new(0);
    let pieces = download.pieces().try_for_each(async |piece| {
        received.fetch_add(piece.len() as u64, Ordering::Relaxed);
        Ok(())
    });
    pieces.await.unwrap();
    assert_eq!(received.into_inner(), 100_000);
    let error = portal(&server).download_attachment(AttachmentId(3)).await.unwrap().bytes(99_999).await.unwrap_err();
    assert!(matches!(error, ApiError::Refused { .. }), "{error}");
}

#[tokio::test]
async fn row_5_a_link_to_a_file_is_followed_without_key_and_token() {
    let server = MockServer::start().await;
    let signed = format!("{}/signed/file", server.uri());
    let redirect = ResponseTemplate::new(302).insert_header("Location", signed.as_str());
    let link = ResponseTemplate::new(200).set_body_json(json!({ "data": { "url": signed } }));
    Mock::given(path("/api/attachments/1/download")).respond_with(redirect).mount(&server).await;
    Mock::given(path("/api/attachments/2/download")).respond_with(link).mount(&server).await;
    let leak = ResponseTemplate::new(500);
    for name in ["x-api-key", "authorization"] {
        Mock::given(path("/signed/file")).and(header_exists(name)).respond_with(leak.clone()).mount(&server).await;
    }
    let file = ResponseTemplate::new(200).set_body_raw(b"bytes".to_vec(), "application/pdf");
    Mock::given(path("/signed/file")).respond_with(file).mount(&server).await;
    for id in [1, 2] {
        let bytes = portal(&server).download_attachment(AttachmentId(id)).await.unwrap().bytes(100).await.unwrap();
        assert_eq!(bytes, b"bytes");
    }
    let open = ResponseTemplate::new(302).insert_header("Location", "http://files.example.com/x");
    Mock::given(path("/api/attachments/4/download")).respond_with(open).mount(&server).await;
    let error = portal(&server).download_attachment(AttachmentId(4)).await.unwrap_err();
    assert!(error.to_string().contains("https"), "{error}");
    let json_file = ResponseTemplate::new(200).set_body_json(json!({"report": true}));
    Mock::given(path("/api/attachments/5/download")).respond_with(json_file).mount(&server).await;
    let bytes = portal(&server).download_attachment(AttachmentId(5)).await.unwrap().bytes(100).await.unwrap();
    assert_eq!(bytes, br#"{"report":true}"#);
}

#[tokio::test]
async fn a_download_holds_its_place_among_the_calls_until_its_end() {
    let server = MockServer::start().await;
    let file = ResponseTemplate::new(200).set_body_raw(b"bytes".to_vec(), "application/pdf");
    Mock::given(path("/api/attachments/1/download")).respond_with(file).mount(&server).await;
    let config = Config { limits: Limits { concurrent: 1, per_minute: None }, ..config(&server) };
    let portal = Portal::new(&config, Some(SecretString::from("t"))).unwrap();
    let first = portal.download_attachment(AttachmentId(1)).await.unwrap();
    let mut second = Box::pin(portal.download_attachment(AttachmentId(1)));
    assert!(futures::poll!(&mut second).is_pending());
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    drop(first);
    second.await.unwrap();
}

#[tokio::test]
async fn further_headers_go_along_and_the_desks_own_cannot_be_replaced() {
    let server = MockServer::start().await;
    let secret = || SecretString::from("gateway-1");
    let config = Config { headers: vec![("X-Gateway".into(), secret())], ..config(&server) };
    let answer = ResponseTemplate::new(200).set_body_json(json!([]));
    Mock::given(header_exists("x-gateway")).respond_with(answer).expect(1).mount(&server).await;
    Portal::new(&config, None).unwrap().list_goals().await.unwrap();
    for own in ["Authorization", "x-api-key", "no header"] {
        let config = Config { headers: vec![(own.into(), secret())], ..config.clone() };
        let error = Portal::new(&config, None).err().unwrap();
        assert!(error.to_string().contains(own), "{error}");
    }
    let config = Config { authorities: Some("not a certificate".into()), ..config };
    assert!(Portal::new(&config, None).err().unwrap().to_string().starts_with("ca:"));
}
