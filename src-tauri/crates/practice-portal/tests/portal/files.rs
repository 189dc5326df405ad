use crate::support::{Agent, messages};
use reqwest::{
    Method, StatusCode, header,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

async fn upload(agent: &Agent, bytes: Vec<u8>, caption: Option<&str>) -> (StatusCode, Value) {
    let mut form = Form::new().part("file", Part::bytes(bytes).file_name("whatever.bin"));
    if let Some(caption) = caption {
        form = form.text("caption", caption.to_owned());
    }
    let answer = agent.request(Method::POST, "/attachments").multipart(form).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn clients_documents_are_pictures_of_the_size_they_say() {
    let agent = Agent::sign_in().await;
    let (mut cards, mut bills) = (0, 0);
    for client in 1..=12 {
        for document in agent.all(&format!("/client-documents?client_id={client}")).await {
            assert_eq!(document["client"]["id"], client);
            let file = &document["attachment"];
            let path = format!("/attachments/{}", file["id"]);
            assert_eq!(agent.ok(&path).await["data"], *file);
            let answer = agent.request(Method::GET, &format!("{path}/download")).send().await.unwrap();
            assert_eq!(answer.headers()[header::CONTENT_TYPE], file["type"].as_str().unwrap());
            let name = answer.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
            assert!(name.contains(&format!("attachment-{}.{}", file["id"], file["extension"].as_str().unwrap())));
            let bytes = answer.bytes().await.unwrap();
            assert_eq!(bytes.len() as u64, file["size"].as_u64().unwrap());
            let picture = image::load_from_memory(&bytes).expect("a picture");
            match document["subtype"].as_str().unwrap() {
                "utility_bills" => {
                    bills += 1;
                    assert_eq!((document["type"].as_str(), picture.width()), (Some("other"), 850));
                }
                kind => {
                    cards += 1;
                    assert!(["drive_licence", "government_issued_id"].contains(&kind));
                    assert_eq!((document["type"].as_str(), picture.width()), (Some("id"), 1012));
                }
            }
        }
    }
    assert!(cards > 8 && bills > 6, "{cards} {bills}");
}

#[tokio::test]
async fn the_same_file_is_drawn_the_same_twice() {
    let agent = Agent::sign_in().await;
    let get =
        || async { agent.request(Method::GET, "/attachments/1/download").send().await.unwrap().bytes().await.unwrap() };
    assert!(get().await == get().await);
}

#[tokio::test]
async fn an_uploaded_file_comes_back_as_it_was_and_files_under_a_client() {
    let agent = Agent::sign_in().await;
    let pdf = b"%PDF-1.7 not much of a document".to_vec();
    let (status, body) = upload(&agent, pdf.clone(), Some("Insurance statement")).await;
    assert_eq!(status, StatusCode::CREATED);
    let file = &body["data"];
    assert_eq!(
        [&file["type"], &file["extension"], &file["caption"], &file["size"]],
        [&json!("application/pdf"), &json!("pdf"), &json!("Insurance statement"), &json!(pdf.len())]
    );
    let url = file["downloadUrl"].as_str().unwrap();
    let key = agent.portal.credentials().api_key;
    let back = agent.http.get(url).header("x-api-key", key).bearer_auth(&agent.token).send().await.unwrap();
    assert_eq!(back.bytes().await.unwrap(), pdf);

    let document =
        json!({ "type": "credit_related", "subtype": "creditor", "client_id": 4, "attachment_id": file["id"] });
    let (status, body) = agent.send(Method::POST, "/client-documents", document).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["data"]["attachment"]["id"], file["id"]);
    assert_eq!(body["data"]["author"]["email"], agent.portal.credentials().email);
    let path = format!("/client-documents/{}", body["data"]["id"]);
    assert_eq!(agent.ok(&path).await, body);
    let owned = format!("/attachments?entity_type=client_document&entity_id={}&caption=insur", body["data"]["id"]);
    assert_eq!(agent.all(&owned).await, std::slice::from_ref(file));
}

#[tokio::test]
async fn uploads_are_judged_by_their_content() {
    let agent = Agent::sign_in().await;
    let mut docx = b"PK\x03\x04".to_vec();
    docx.extend(b"....word/document.xml....");
    for (bytes, extension) in [
        (b"\xff\xd8\xff\xe0 jpeg".to_vec(), "jpg"),
        (b"\x89PNG\r\n\x1a\n png".to_vec(), "png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 doc".to_vec(), "doc"),
        (docx, "docx"),
    ] {
        let (status, body) = upload(&agent, bytes, None).await;
        assert_eq!((status, &body["data"]["extension"]), (StatusCode::CREATED, &json!(extension)));
        assert!(body["data"]["caption"].is_null());
    }
    for bytes in [b"MZ program".to_vec(), b"PK\x03\x04 other archive".to_vec(), Vec::new()] {
        let (status, body) = upload(&agent, bytes, None).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            messages(&body, "file"),
            ["The file field must be a file of type: jpg, jpeg, png, pdf, doc, docx, csv."]
        );
    }
}

#[tokio::test]
async fn a_missing_or_far_too_large_file_is_a_422() {
    let agent = Agent::sign_in().await;
    let form = Form::new().text("caption", "no file");
    let answer = agent.request(Method::POST, "/attachments").multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(messages(&answer.json().await.unwrap(), "file"), ["The file field is required."]);
    let mut large = b"%PDF-".to_vec();
    large.resize(20 * 1024 * 1024 + 1, 0);
    let (status, body) = upload(&agent, large, None).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(messages(&body, "file"), ["The file field must not be greater than 20480 kilobytes."]);
}

#[tokio::test]
async fn a_document_of_nothing_is_refused() {
    let agent = Agent::sign_in().await;
    let document = json!({ "type": "photo", "client_id": 9_999, "attachment_id": 9_999 });
    let (status, body) = agent.send(Method::POST, "/client-documents", document).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["type", "client_id", "attachment_id"] {
        assert_eq!(messages(&body, field).len(), 1, "{field}: {body}");
    }
}

async fn exists(agent: &Agent, file: &Value) -> bool {
    agent.get(&format!("/attachments/{}", file["id"])).await.0 == StatusCode::OK
}

#[tokio::test]
async fn a_file_goes_with_its_last_tie() {
    let agent = Agent::sign_in().await;
    let file = agent.upload("/attachments", *b"%PDF- tied").await;
    let tie = |kind: &str, owner: i64| json!({ "entity_type": kind, "entity_id": owner });
    for client in [1, 2] {
        let mut body = tie("client", client);
        body["attachment_id"] = file["id"].clone();
        let (status, answer) = agent.send(Method::POST, "/attachment-links", body).await;
        assert_eq!((status, &answer["data"]), (StatusCode::CREATED, &file));
    }
    let owned = agent.all("/attachments?entity_type=client&entity_id=2").await;
    assert!(owned.contains(&file));
    let path = format!("/attachment-links/{}", file["id"]);
    agent.done(Method::DELETE, &path, tie("client", 1)).await;
    assert!(exists(&agent, &file).await);
    let again = agent.send(Method::DELETE, &path, tie("client", 1)).await;
    assert_eq!(again.0, StatusCode::NOT_FOUND);
    let by_query = format!("{path}?entity_type=client&entity_id=2");
    assert_eq!(agent.status(Method::DELETE, &by_query).await, StatusCode::OK);
    assert!(!exists(&agent, &file).await);
}

#[tokio::test]
async fn a_file_in_use_is_not_deleted_and_an_unused_one_is() {
    let agent = Agent::sign_in().await;
    let file = agent.upload("/attachments", *b"%PDF- used").await;
    let path = format!("/attachments/{}", file["id"]);
    let document = json!({ "client_id": 1, "type": "other", "attachment_id": file["id"] });
    let document = agent.done(Method::POST, "/client-documents", document).await["data"].clone();
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::UNPROCESSABLE_ENTITY);
    let filed = format!("/client-documents/{}", document["id"]);
    assert_eq!(agent.status(Method::DELETE, &filed).await, StatusCode::NO_CONTENT);
    assert!(!exists(&agent, &file).await, "it went with its document");
    assert_eq!(agent.get(&filed).await.0, StatusCode::NOT_FOUND);

    let unused = agent.upload("/attachments", *b"%PDF- unused").await;
    let path = format!("/attachments/{}", unused["id"]);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NO_CONTENT);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_that_loses_its_file_stays() {
    let agent = Agent::sign_in().await;
    let document = agent.all("/client-documents?client_id=2").await[0].clone();
    let file = &document["attachment"];
    let tie = json!({ "entity_type": "client_document", "entity_id": document["id"] });
    agent.done(Method::DELETE, &format!("/attachment-links/{}", file["id"]), tie).await;
    assert!(exists(&agent, file).await, "the client still has it");
    let now = agent.ok(&format!("/client-documents/{}", document["id"])).await;
    assert_eq!(now["data"]["attachment"], Value::Null);
    let with = json!({ "attachment_id": file["id"] });
    let again = agent.done(Method::PUT, &format!("/client-documents/{}", document["id"]), with).await;
    assert_eq!(again["data"]["attachment"], *file);
}

#[tokio::test]
async fn wrong_ties_are_refused() {
    let agent = Agent::sign_in().await;
    let wrong = json!({ "attachment_id": 99_999, "entity_type": "invoice", "entity_id": 1 });
    assert_eq!(agent.refused(Method::POST, "/attachment-links", wrong).await, ["attachment_id", "entity_type"]);
    let wrong = json!({ "attachment_id": 1, "entity_type": "client", "entity_id": 99_999 });
    assert_eq!(agent.refused(Method::POST, "/attachment-links", wrong).await, ["entity_id"]);
    let twice = json!({ "attachment_id": 1, "entity_type": "client", "entity_id": 1 });
    assert_eq!(agent.refused(Method::POST, "/attachment-links", twice).await, ["attachment_id"]);
    let (status, _) = agent.send(Method::POST, "/attachments", json!({ "file": "x" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a form is needed");
}
